"""The notice to a person about a negative entry (诚信记录告知书), with receipt and room for a statement."""

from collections.abc import Iterator

from app.reports.content import NoticePaper
from app.reports.fonts import SERIF
from app.reports.foot import proof_foot, proofs
from app.reports.layout import (
    CELL,
    HEADING,
    LABEL,
    MM,
    NONE,
    SUBTITLE,
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
)
from app.reports.pages import WIDTH, About, Part, write_pdf
from app.reports.text import Style
from app.reports.wording import Translate, document_day
from app.words import translator

BODY = Style(SERIF, 14, 22)
"""四号: with the facts of a long case it still leaves the receipt on the page."""
INDENT = "\u3000\u3000"
_TITLES = 30 * MM
_ROOM = 28 * MM
"""For the statement by hand."""


def _body(paper: NoticePaper, tr: Translate) -> list[Block]:
    opening = tr("After a check by two people the following is on your integrity file:")
    addressed = tr("{name} ({staff_no}, {post}):").format(
        name=paper.name, staff_no=paper.staff_no, post=paper.post
    )
    return [
        paragraph(paper.office, SUBTITLE, WIDTH, Align.CENTRE),
        paragraph(tr("Notice of an Entry in the Integrity File"), TITLE, WIDTH, Align.CENTRE),
        gap(2 * MM),
        ends(tr("File no. {number}").format(number=paper.file_no), paper.number, LABEL, WIDTH),
        gap(3 * MM),
        paragraph(addressed, BODY, WIDTH),
        paragraph(INDENT + opening, BODY, WIDTH),
        gap(1 * MM),
        *_facts(paper),
        gap(2 * MM),
        *(paragraph(INDENT + text, BODY, WIDTH) for text in _rights(paper, tr)),
        gap(2 * MM),
        paragraph(tr("{office} (seal)").format(office=paper.office), BODY, WIDTH, Align.RIGHT),
        paragraph(document_day(paper.issued_on, tr), BODY, WIDTH, Align.RIGHT),
    ]


def _facts(paper: NoticePaper) -> list[Block]:
    widths = (_TITLES, WIDTH - _TITLES)
    return [
        block
        for n, (title, text) in enumerate(paper.facts, start=1)
        for block in row(
            [cell(title, LABEL, Align.CENTRE), cell(text)],
            widths,
            Look(THICK if n == 1 else NONE, THICK if n == len(paper.facts) else THIN, centred=True),
            7 * MM,
        )
    ]


def _rights(paper: NoticePaper, tr: Translate) -> Iterator[str]:
    if paper.heard_first:
        yield tr(
            "No competent body has decided this, and it does not count yet. Within {days} working days of "
            "receiving this notice you may state your own view and hand in what speaks for you, in writing "
            "or to be taken down. It takes effect only after that, or once your statement was heard."
        ).format(days=paper.term)
    else:
        yield tr(
            "It rests on the decision named above and is in force. Within {days} working days of receiving "
            "this notice you may state your own view, in writing or to be taken down; it stands beside the "
            "entry wherever that is shown."
        ).format(days=paper.term)
    yield tr("Where the entry is not accurate you may object to it at any time.")
    yield tr("This notice is no disciplinary sanction.")


def _receipt(paper: NoticePaper, tr: Translate) -> list[Block]:
    """Proof of the delivery, filled in as far as it is known."""
    ways = [tr("Signed for"), tr("Signature refused"), tr("Left for the person")]
    boxes = "\u3000".join(("■ " if way == paper.delivery else "□ ") + way for way in ways)
    received = document_day(paper.delivered_on, tr) if paper.delivered_on else ""
    last = document_day(paper.last_day, tr) if paper.last_day else ""
    rows: list[tuple[list[Cell], tuple[float, ...]]] = [
        ([_label(tr("How delivered")), cell(boxes)], (_TITLES, WIDTH - _TITLES)),
        (_pair(tr("Delivered on"), received, tr("Last day for the statement"), last), _FOUR),
        (_pair(tr("Signature of the person"), "", tr("Delivered by (signature)"), ""), _FOUR),
        (_pair(tr("Witness (signature)"), paper.witness, tr("Where it was left"), ""), _FOUR),
    ]
    title = [gap(4 * MM), paragraph(tr("Proof of delivery"), HEADING, WIDTH)]
    framed = [
        block
        for n, (cells, widths) in enumerate(rows, start=1)
        for block in row(
            cells,
            widths,
            Look(THICK if n == 1 else NONE, THICK if n == len(rows) else THIN, centred=True),
            9 * MM,
        )
    ]
    return [stack([*title, *framed])]


_FOUR = (_TITLES, WIDTH / 2 - _TITLES, _TITLES, WIDTH / 2 - _TITLES)


def _pair(first: str, one: str, second: str, other: str) -> list[Cell]:
    return [_label(first), cell(one), _label(second), cell(other)]


def _label(text: str) -> Cell:
    return cell(text, LABEL, Align.CENTRE)


def _statement(tr: Translate) -> list[Block]:
    """Room for the person's own words."""
    head = paragraph(tr("Statement of the person (further sheets may be added)"), HEADING, WIDTH)
    [room] = row([cell("", CELL)], (WIDTH,), Look(THICK, THIN), _ROOM)
    signed = row(
        _pair(tr("Signature of the person"), "", tr("Date"), ""),
        _FOUR,
        Look(NONE, THICK, centred=True),
        9 * MM,
    )
    return [stack([gap(4 * MM), head, room, *signed])]


def notice_pdf(paper: NoticePaper, language: str = "zh_CN") -> bytes:
    """The notice as PDF. The same content gives the same bytes."""
    tr = translator(language)
    title = tr("Notice of an Entry in the Integrity File")
    running = tr("{name} ({staff_no}), {title}").format(name=paper.name, staff_no=paper.staff_no, title=title)
    part = Part(
        bookmark=f"{paper.name} {paper.staff_no}",
        blocks=[*_body(paper, tr), *_receipt(paper, tr), *_statement(tr)],
        running=stack([ends(running, paper.number, faint(LABEL), WIDTH), gap(2 * MM)]),
        foot=lambda page, pages: proof_foot(proofs(paper, tr), tr, page, pages),
    )
    about = About(
        f"{title} {paper.name} {paper.number}", paper.office, language.replace("_", "-"), paper.issued_on
    )
    return write_pdf([part], about)
