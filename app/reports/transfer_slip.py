"""The paper that goes with a file to another office (诚信档案转递单), with the receipt to be returned.

After the form of the personnel files' 转递通知单: who sends whose file to whom, a list of what goes, and
below the line the receipt (回执). On it stands what proves the bundle: the fingerprint of the key, and
the root hash.
"""

from itertools import zip_longest

from app.queries.bundles import Slip
from app.reports.layout import (
    CELL,
    CELL_HEAD,
    FIGURE,
    HEADING,
    LABEL,
    MM,
    NONE,
    NOTE,
    SMALL,
    STRONG,
    SUBTITLE,
    TEXT,
    THICK,
    THIN,
    TITLE,
    Align,
    Block,
    Cell,
    Look,
    cell,
    ends,
    faint,
    gap,
    paragraph,
    row,
    stack,
    table,
)
from app.reports.pages import WIDTH, About, Part, write_pdf
from app.reports.signatures import signatures
from app.reports.text import Style
from app.reports.wording import Translate, document_day, in_eights
from app.words import mark, translator
from models.types import Day

MATERIALS = {
    "entries": mark("Entries of any state"),
    "evidence": mark("Evidence (files, papers)"),
    "files": mark("of it files inside"),
    "notices": mark("Notices to the person"),
    "statements": mark("Statements of the person"),
    "revocations": mark("Proposals to revoke"),
    "objections": mark("Objections, decisions"),
    "erasures": mark("Orders to erase"),
    "evaluations": mark("Evaluations"),
    "approvals": mark("Decisions on evaluations"),
    "leads": mark("Leads that became entries"),
    "person_states": mark("States of service"),
    "measurements": mark("Measured results"),
}
_LETTER = Style(TEXT.chain, 11, 18)
_NUMBER = Style(STRONG.chain, 15, 22)
_LABEL_WIDTH = 26 * MM
_PAIR = (_LABEL_WIDTH, WIDTH / 2 - _LABEL_WIDTH) * 2
_WIDE = (_LABEL_WIDTH, WIDTH - _LABEL_WIDTH)
_LIST = (10 * MM, WIDTH / 2 - 41 * MM, 14 * MM, 17 * MM)
_ROOM = 7 * MM


def transfer_slip_pdf(slip: Slip, language: str = "zh_CN") -> bytes:
    """One page: the slip, and the receipt beneath the line. The same slip gives the same bytes."""
    tr = translator(language)
    title = tr("Transfer slip of an integrity file")
    running = stack([ends(f"{slip.name} {slip.staff_no}", slip.office, faint(LABEL), WIDTH), gap(2 * MM)])
    part = Part(
        bookmark=f"{slip.name} {slip.staff_no}",
        blocks=[stack([*_letter(slip, title, tr)]), stack([*_receipt(slip, tr)])],
        running=running,
        foot=lambda page, pages: _foot(slip, tr, page, pages),
    )
    about = About(f"{title} {slip.name}", slip.office, language.replace("_", "-"), Day(slip.on))
    return write_pdf([part], about)


def _letter(slip: Slip, title: str, tr: Translate) -> list[Block]:
    said = tr(
        "The integrity file of {name} goes to you as one signed bundle. Compare fingerprint and root "
        "before you take it in, and send the receipt back."
    ).format(name=slip.name)
    return [
        paragraph(slip.office, SUBTITLE, WIDTH, Align.CENTRE),
        paragraph(title, TITLE, WIDTH, Align.CENTRE),
        ends(
            tr("Document {number}").format(number=slip.document_no),
            document_day(Day(slip.on), tr),
            LABEL,
            WIDTH,
        ),
        gap(2 * MM),
        paragraph(tr("{office}:").format(office=slip.to), _LETTER, WIDTH),
        paragraph(said, _LETTER, WIDTH),
        gap(2 * MM),
        *_person(slip, tr),
        gap(3 * MM),
        *_materials(slip, tr),
        gap(3 * MM),
        *_proof(slip, tr),
        gap(3 * MM),
        signatures(
            [tr("Handled by (signature)"), tr("Approved by (signature)")],
            tr("Date: ______________"),
            tr("Sending office (seal)"),
            WIDTH,
        ),
    ]


def _grid(rows: list[tuple[list[Cell], tuple[float, ...]]]) -> list[Block]:
    return [
        block
        for n, (cells, widths) in enumerate(rows, start=1)
        for block in row(
            cells,
            widths,
            Look(THICK if n == 1 else NONE, THICK if n == len(rows) else THIN, centred=True),
            _ROOM,
        )
    ]


def _pair(*pairs: tuple[str, str]) -> tuple[list[Cell], tuple[float, ...]]:
    cells = [one for label, text in pairs for one in (cell(label, LABEL, Align.CENTRE), cell(text, TEXT))]
    return cells, _PAIR


def _person(slip: Slip, tr: Translate) -> list[Block]:
    return _grid(
        [
            _pair((tr("Name"), slip.name), (tr("Staff no."), slip.staff_no)),
            _pair((tr("Department"), slip.department), (tr("Post"), slip.post or "—")),
            _pair(
                (tr("File number"), slip.file_no), (tr("Opened on"), document_day(Day(slip.opened_on), tr))
            ),
        ]
    )


def _materials(slip: Slip, tr: Translate) -> list[Block]:
    """What goes along, in two columns side by side, so that slip and receipt stay on one page."""
    counts = dict(slip.counts)
    lines = [(tr(words), counts[name]) for name, words in MATERIALS.items() if counts[name]]
    lines.append((tr("Events of the chain"), slip.chain_seq))
    cells = [
        [
            cell(str(n), FIGURE, Align.CENTRE),
            cell(words, CELL),
            cell(str(number), FIGURE, Align.RIGHT),
            cell("", CELL),
        ]
        for n, (words, number) in enumerate(lines, start=1)
    ]
    half = (len(cells) + 1) // 2
    blank = [cell("", CELL)] * len(_LIST)
    rows = [[*left, *right] for left, right in zip_longest(cells[:half], cells[half:], fillvalue=blank)]
    titles = (tr("No."), tr("What goes along"), tr("Number"), tr("Found at arrival"))
    return table([cell(text, CELL_HEAD, Align.CENTRE) for text in titles * 2], rows, _LIST * 2)


def _proof(slip: Slip, tr: Translate) -> list[Block]:
    root = "  ".join(in_eights(slip.root))
    return _grid(
        [
            ([cell(tr("Fingerprint"), LABEL, Align.CENTRE), cell(slip.fingerprint, _NUMBER)], _WIDE),
            ([cell(tr("Root hash"), LABEL, Align.CENTRE), cell(root, FIGURE)], _WIDE),
        ]
    )


def _receipt(slip: Slip, tr: Translate) -> list[Block]:
    said = tr(
        "The integrity file of {name} (document {number}) has arrived. Fingerprint and root agree with the "
        "slip, and what was found agrees with its list."
    ).format(name=slip.name, number=slip.document_no)
    return [
        gap(3 * MM),
        paragraph("–  " * 38, faint(NOTE), WIDTH, Align.CENTRE),
        paragraph(tr("Receipt"), HEADING, WIDTH, Align.CENTRE),
        paragraph(tr("{office}:").format(office=slip.office), TEXT, WIDTH),
        paragraph(said, TEXT, WIDTH),
        gap(8 * MM),
        ends(
            tr("Received by (signature): ______________"),
            tr("Receiving office (seal)    Date: ______________"),
            LABEL,
            WIDTH,
        ),
    ]


def _foot(slip: Slip, tr: Translate, page: int, pages: int) -> list[Block]:
    head = tr("Head of the chain, no. {number}").format(number=slip.chain_seq)
    number = tr("Page {page} of {pages}").format(page=page, pages=pages)
    widths = (33 * MM, WIDTH - 63 * MM, 30 * MM)
    digest = " ".join(in_eights(slip.chain_hash))
    cells = [cell(head, SMALL), cell(digest, SMALL), cell(number, CELL_HEAD, Align.RIGHT)]
    return row(cells, widths, Look(framed=False))
