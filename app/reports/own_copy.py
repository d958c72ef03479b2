"""What is held on a person, printed on that person's request (本人查阅, 个人信息保护法 第四十五条)."""

from collections.abc import Iterator, Sequence

from app.reports.content import OwnCopy
from app.reports.foot import proof_foot, proofs
from app.reports.layout import (
    CELL,
    FIGURE,
    LABEL,
    MM,
    NONE,
    NOTE,
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
    glued,
    paragraph,
    row,
    stack,
)
from app.reports.pages import WIDTH, About, Part, write_pdf
from app.reports.sections import heads, section
from app.reports.signatures import signatures
from app.reports.wording import Translate, document_day
from app.words import translator
from models.types import iso, local_time

_LABEL_WIDTH = 28 * MM
_FIRST = 8.5 * MM
_ENTRIES = (_FIRST, 19 * MM, 52 * MM, 42 * MM, WIDTH - _FIRST - 113 * MM)
_GRADES = (_FIRST, 18 * MM, 48 * MM, 26 * MM, 20 * MM, WIDTH - _FIRST - 112 * MM)
_OBJECTIONS = (_FIRST, 19 * MM, 34 * MM, 46 * MM, 19 * MM, WIDTH - _FIRST - 118 * MM)
_LEADS = (_FIRST, 19 * MM, 26 * MM, 58 * MM, WIDTH - _FIRST - 103 * MM)
_READINGS = (_FIRST, 32 * MM, 30 * MM, 26 * MM, WIDTH - _FIRST - 88 * MM)


def own_copy_pdf(copy: OwnCopy, language: str = "zh_CN") -> bytes:
    """The PDF of a copy. The same content gives the same bytes."""
    tr = translator(language)
    title = tr("Copy of the Integrity File for the Person")
    about = About(f"{title} {copy.name}", copy.office, language.replace("_", "-"), copy.printed_on)
    running = f"{copy.name} ({copy.staff_no}), {title}"
    signed = signatures(
        [tr("Handled by (signature)"), tr("The person (has received this)")],
        tr("Date: ______________"),
        tr("Office (seal)"),
        WIDTH,
    )
    part = Part(
        bookmark=f"{copy.name} {copy.staff_no}",
        blocks=glued([*_head(copy, title, tr), *_body(copy, tr)], glued([gap(4 * MM)], [signed])),
        running=stack([ends(running, copy.office, faint(LABEL), WIDTH), gap(2 * MM)]),
        foot=lambda page, pages: proof_foot(proofs(copy, tr), tr, page, pages),
    )
    return write_pdf([part], about)


def _head(copy: OwnCopy, title: str, tr: Translate) -> Iterator[Block]:
    printed = tr("Printed on {date}").format(date=document_day(copy.printed_on, tr))
    yield paragraph(copy.office, SUBTITLE, WIDTH, Align.CENTRE)
    yield paragraph(title, TITLE, WIDTH, Align.CENTRE)
    yield gap(2 * MM)
    yield ends(tr("File no. {number}").format(number=copy.file_no), printed, LABEL, WIDTH)
    yield gap(1 * MM)
    pairs = [(tr("Name"), copy.name), (tr("Staff no."), copy.staff_no), *copy.particulars]
    pairs.append((tr("On request"), copy.request))
    for n, (label, text) in enumerate(pairs, start=1):
        look = Look(THICK if n == 1 else NONE, THICK if n == len(pairs) else THIN, centred=True)
        cells = [cell(label, LABEL, Align.CENTRE), cell(text or "—", TEXT)]
        yield from row(cells, (_LABEL_WIDTH, WIDTH - _LABEL_WIDTH), look)
    note = tr("Who complained, and leads that are still looked into, are not told here.")
    yield paragraph(note, NOTE, WIDTH)


def _body(copy: OwnCopy, tr: Translate) -> Iterator[Block]:
    yield from _section(
        tr("1. Entries ({n})").format(n=len(copy.entries)),
        heads(tr("No."), tr("Date"), tr("Matter"), tr("Decided by, document"), tr("Standing")),
        [
            [
                cell(iso(one.date), FIGURE, Align.CENTRE),
                _two(one.item, one.facts),
                _two(one.authority, one.document_no),
                cell(one.standing, NOTE),
            ]
            for one in copy.entries
        ],
        _ENTRIES,
        tr,
    )
    yield from _section(
        tr("2. Grades ({n})").format(n=len(copy.grades)),
        heads(tr("No."), tr("Period"), tr("Grading standard"), tr("Grade"), tr("State"), tr("Decisions")),
        [[cell(text, NOTE) for text in one] for one in copy.grades],
        _GRADES,
        tr,
    )
    yield from _section(
        tr("3. Objections ({n})").format(n=len(copy.objections)),
        heads(tr("No."), tr("Filed on"), tr("Against"), tr("Claim"), tr("State"), tr("Decision")),
        [[cell(text, NOTE) for text in (iso(one.filed_on), *one[1:])] for one in copy.objections],
        _OBJECTIONS,
        tr,
    )
    yield from _section(
        tr("4. Leads that were closed ({n})").format(n=len(copy.leads)),
        heads(tr("No."), tr("Received on"), tr("Channel"), tr("What was reported"), tr("Outcome")),
        [[cell(text, NOTE) for text in (iso(one.received_on), *one[1:])] for one in copy.leads],
        _LEADS,
        tr,
    )
    for text, detail in copy.erased:
        yield gap(2 * MM)
        yield paragraph(f"{text} {detail}", NOTE, WIDTH)
    yield from _section(
        tr("5. Who read the file ({n})").format(n=len(copy.readings)),
        heads(tr("No."), tr("When"), tr("Reader"), tr("How"), tr("Purpose")),
        [
            [cell(text, NOTE) for text in (f"{local_time(one.read_at):%Y-%m-%d %H:%M}", *one[1:])]
            for one in copy.readings
        ],
        _READINGS,
        tr,
    )


def _two(above: str, below: str) -> Cell:
    return Cell([(text, style) for text, style in ((above, CELL), (below, NOTE)) if text])


def _section(
    title: str, head: list[Cell], rows: list[list[Cell]], widths: Sequence[float], tr: Translate
) -> list[Block]:
    numbered = [[cell(str(n), FIGURE, Align.CENTRE), *cells] for n, cells in enumerate(rows, start=1)]
    return section(title, head, numbered, widths, tr("None"))
