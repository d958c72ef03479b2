"""The papers of an objection (异议申请书, 收件回执, 异议处理决定告知书)."""

from collections.abc import Iterator, Sequence

from app.reports.layout import (
    CELL_HEAD,
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
    glued,
    paragraph,
    row,
    stack,
)
from app.reports.objection_content import TITLES, ObjectionPaper, Paper
from app.reports.pages import WIDTH, About, Part, write_pdf
from app.reports.signatures import signatures
from app.reports.wording import Translate, document_day, in_eights
from app.rules.objections import DECIDE, LONGEST
from app.words import translator
from models.types import iso

BODY = TEXT._replace(size=12, leading=22)
"""Of what is read as a letter."""
_LABEL = 29 * MM
_VALUE = (WIDTH - 2 * _LABEL) / 2
_GRID = (_LABEL, _VALUE, _LABEL, _VALUE)
_WIDE = (_LABEL, WIDTH - _LABEL)
_FOOT = (33 * MM, *(13.6 * MM,) * 8, WIDTH - 33 * MM - 8 * 13.6 * MM)
_ROW = 9 * MM


def objection_pdf(paper: ObjectionPaper, language: str = "zh_CN") -> bytes:
    """The paper as PDF. The same content gives the same bytes."""
    tr = translator(language)
    title = tr(TITLES[paper.paper])
    about = About(f"{title} {paper.name}", paper.office, language.replace("_", "-"), paper.printed_on)
    running = tr("{name} ({staff_no}), {title}, {period}").format(
        name=paper.name, staff_no=paper.staff_no, title=title, period=iso(paper.printed_on)
    )
    part = Part(
        bookmark=f"{paper.name} {paper.staff_no}",
        blocks=[*_title(paper, title, tr), *_BODIES[paper.paper](paper, tr)],
        running=stack([ends(running, paper.office, faint(LABEL), WIDTH), gap(2 * MM)]),
        foot=lambda page, pages: _foot(paper, tr, page, pages),
    )
    return write_pdf([part], about)


def _title(paper: ObjectionPaper, title: str, tr: Translate) -> list[Block]:
    number = paper.document_no or tr("File no. {number}").format(number=paper.file_no)
    printed = tr("Printed on {date}").format(date=document_day(paper.printed_on, tr))
    return [
        paragraph(paper.office, SUBTITLE, WIDTH, Align.CENTRE),
        paragraph(title, TITLE, WIDTH, Align.CENTRE),
        gap(3 * MM),
        ends(number, printed, LABEL, WIDTH),
        gap(1 * MM),
    ]


def _grid(rows: Sequence[tuple[list[Cell], tuple[float, ...], float]]) -> list[Block]:
    blocks: list[Block] = []
    for number, (cells, widths, least) in enumerate(rows):
        look = Look(
            above=THICK if number == 0 else NONE,
            below=THICK if number == len(rows) - 1 else THIN,
            centred=least <= 12 * MM,
        )
        blocks += row(cells, widths, look, least)
    return blocks


def _head(text: str) -> Cell:
    return cell(text, LABEL, Align.CENTRE)


def _person(paper: ObjectionPaper, tr: Translate) -> list[tuple[list[Cell], tuple[float, ...], float]]:
    return [
        (
            [_head(tr("Name")), cell(paper.name, STRONG), _head(tr("Staff no.")), cell(paper.staff_no, TEXT)],
            _GRID,
            _ROW,
        ),
        (
            [
                _head(tr("Department")),
                cell(paper.department, TEXT),
                _head(tr("Post")),
                cell(paper.post or "—", TEXT),
            ],
            _GRID,
            _ROW,
        ),
        ([_head(tr("Objection to")), cell(paper.target, TEXT)], _WIDE, _ROW),
    ]


# The application


def _application(paper: ObjectionPaper, tr: Translate) -> Iterator[Block]:
    rows = [
        *_person(paper, tr),
        ([_head(tr("Last day")), cell(_last_day(paper, tr), TEXT)], _WIDE, _ROW),
        ([_head(tr("What is wrong, and why")), cell("")], _WIDE, 76 * MM),
        ([_head(tr("What is asked for")), cell("")], _WIDE, 24 * MM),
        ([_head(tr("Papers enclosed")), cell("")], _WIDE, 18 * MM),
        (
            [
                _head(tr("The person (signature)")),
                cell(""),
                _head(tr("Date")),
                cell(""),
            ],
            _GRID,
            12 * MM,
        ),
        (
            [
                _head(tr("Received by (signature)")),
                cell(""),
                _head(tr("Received (date)")),
                cell(""),
            ],
            _GRID,
            12 * MM,
        ),
    ]
    yield from _grid(rows)
    yield gap(3 * MM)
    yield paragraph(tr("Notes"), HEADING, WIDTH)
    for note in _notes(paper, tr):
        yield paragraph(note, NOTE, WIDTH)


def _last_day(paper: ObjectionPaper, tr: Translate) -> str:
    if paper.last_day is None:
        return tr("An entry may be objected to at any time.")
    said = tr("{date}, that day included; what comes later is registered as late.")
    return "\n".join(filter(None, (said.format(date=document_day(paper.last_day, tr)), paper.provisional)))


def _notes(paper: ObjectionPaper, tr: Translate) -> Iterator[str]:
    yield tr("1. What is objected to is marked as disputed from the day on which this paper comes.")
    yield tr("2. It is decided within {days} working days, at most {most}, with reasons in writing.").format(
        days=DECIDE.days, most=LONGEST.days
    )
    yield tr("3. Nobody decides who recorded, verified or approved it, or leads the department.")
    yield tr("4. A new computation that only this objection causes never ends lower than the grade before.")
    yield tr("5. Nothing secret is written here. The objection can be taken back until it is decided.")


# The receipt


def _receipt(paper: ObjectionPaper, tr: Translate) -> Iterator[Block]:
    assert paper.filed_on and paper.due_on
    yield from _letter(paper, _receipt_texts(paper, tr), tr)
    yield gap(8 * MM)
    yield from _signed((tr("Received by (signature)"), tr("The person (has received this)")), tr)


def _receipt_texts(paper: ObjectionPaper, tr: Translate) -> Iterator[str]:
    assert paper.filed_on and paper.due_on
    yield tr("Your objection to the {target} came on {date} and is registered.").format(
        target=paper.target, date=document_day(paper.filed_on, tr)
    )
    if paper.late:
        yield tr(
            "It came after the last day and is registered as late. Who decides says whether it is heard."
        )
    yield tr("What you object to is marked as disputed from that day on.")
    yield tr(
        "It is decided by {date}, that is within {days} working days, and you are told in writing."
    ).format(date=document_day(paper.due_on, tr), days=paper.term)
    if paper.provisional:
        yield paper.provisional


# The decision


def _decision(paper: ObjectionPaper, tr: Translate) -> Iterator[Block]:
    yield from _letter(paper, _decision_texts(paper, tr), tr)
    yield gap(8 * MM)
    yield from _signed((tr("Decided by (signature)"), tr("The person (has received this)")), tr)


def _decision_texts(paper: ObjectionPaper, tr: Translate) -> Iterator[str]:
    assert paper.filed_on and paper.decided_on
    yield tr("On {date} you objected to the {target}:").format(
        date=document_day(paper.filed_on, tr), target=paper.target
    )
    yield paper.claim
    if paper.late:
        yield tr("The objection came after the last day and was registered as late.")
    yield tr("Reasons: {reasons}").format(reasons=paper.reasons)
    verdict = tr("The objection is upheld.") if paper.upheld else tr("The objection is not upheld.")
    yield tr("Decision of {date}: {verdict} {outcome}").format(
        date=document_day(paper.decided_on, tr), verdict=verdict, outcome=paper.outcome
    )
    if paper.upheld:
        yield tr("A new computation that only this objection causes never ends lower than the grade before.")


# What they share


def _letter(paper: ObjectionPaper, texts: Iterator[str], tr: Translate) -> Iterator[Block]:
    yield gap(4 * MM)
    name = tr("To {name} ({staff_no}, {department}):")
    greeting = name.format(name=paper.name, staff_no=paper.staff_no, department=paper.department)
    yield paragraph(greeting, BODY, WIDTH)
    indent = "　　" if tr("Name") != "Name" else ""  # two characters, as Chinese letters begin
    for text in texts:
        for line in text.splitlines():
            yield paragraph(indent + line, BODY, WIDTH)


def _signed(signers: tuple[str, ...], tr: Translate) -> list[Block]:
    box = signatures(signers, tr("Date: ______________"), tr("Office (seal)"), WIDTH)
    return glued([gap(4 * MM)], [box])


def _foot(paper: ObjectionPaper, tr: Translate, page: int, pages: int) -> list[Block]:
    """The head of the file's chain, the seal on all chains, and the page."""
    number = tr("Page {page} of {pages}").format(page=page, pages=pages)
    head = tr("Head of the chain, no. {number}").format(number=paper.chain_seq)
    lines = [(head, paper.chain_hash, number)]
    if paper.sealed_on:
        root = tr("All chains on {date}").format(date=iso(paper.sealed_on))
        lines.append((root, paper.seal_root, ""))
    return [
        block
        for title, digest, last in lines
        for block in row(
            [
                cell(title, SMALL),
                *(cell(group, SMALL) for group in ((in_eights(digest) or ["—"]) + [""] * 8)[:8]),
                cell(last, CELL_HEAD, Align.RIGHT),
            ],
            _FOOT,
            Look(framed=False),
        )
    ]


_BODIES = {Paper.APPLICATION: _application, Paper.RECEIPT: _receipt, Paper.DECISION: _decision}
