"""The clearing (澄清) of a person: to the person alone, to the department or to the whole office."""

from collections.abc import Iterator

from app.reports.content import ClearingPaper
from app.reports.foot import proof_foot, proofs
from app.reports.layout import (
    LABEL,
    MM,
    SUBTITLE,
    THICK,
    TITLE,
    Align,
    Block,
    Look,
    cell,
    ends,
    faint,
    gap,
    paragraph,
    row,
    stack,
)
from app.reports.notice import BODY, INDENT
from app.reports.pages import WIDTH, About, Part, write_pdf
from app.reports.wording import Translate, document_day
from app.words import translator
from models.types import ClearingScope

_TITLES = 30 * MM
_RECEIPT = (_TITLES, WIDTH / 2 - _TITLES, _TITLES, WIDTH / 2 - _TITLES)


def clearing_pdf(paper: ClearingPaper, language: str = "zh_CN") -> bytes:
    """The clearing as PDF. The same content gives the same bytes."""
    tr = translator(language)
    title = tr("Clearing")
    running = tr("{name} ({staff_no}), {title}").format(name=paper.name, staff_no=paper.staff_no, title=title)
    part = Part(
        bookmark=f"{paper.name} {paper.staff_no}",
        blocks=[*_letter(paper, title, tr), stack(_receipt(tr))],
        running=stack([ends(running, paper.office, faint(LABEL), WIDTH), gap(2 * MM)]),
        foot=lambda page, pages: proof_foot(proofs(paper, tr), tr, page, pages),
    )
    about = About(f"{title} {paper.name}", paper.office, language.replace("_", "-"), paper.printed_on)
    return write_pdf([part], about)


def _letter(paper: ClearingPaper, title: str, tr: Translate) -> list[Block]:
    return [
        paragraph(paper.office, SUBTITLE, WIDTH, Align.CENTRE),
        paragraph(title, TITLE, WIDTH, Align.CENTRE),
        gap(2 * MM),
        paragraph(tr("File no. {number}").format(number=paper.file_no), LABEL, WIDTH),
        gap(3 * MM),
        paragraph(_addressed(paper, tr), BODY, WIDTH),
        *(paragraph(INDENT + text, BODY, WIDTH) for text in _told(paper, tr)),
        gap(8 * MM),
        paragraph(tr("{office} (seal)").format(office=paper.cleared_by), BODY, WIDTH, Align.RIGHT),
        paragraph(document_day(paper.cleared_on, tr), BODY, WIDTH, Align.RIGHT),
    ]


def _addressed(paper: ClearingPaper, tr: Translate) -> str:
    match paper.scope:
        case ClearingScope.PERSON:
            return tr("{name} ({staff_no}, {post}):").format(
                name=paper.name, staff_no=paper.staff_no, post=paper.post
            )
        case ClearingScope.DEPARTMENT:
            return tr("To all in the department of {name}:").format(name=paper.name)
        case ClearingScope.OFFICE:
            return tr("To all in the office:")


def _told(paper: ClearingPaper, tr: Translate) -> Iterator[str]:
    yield tr("On {date} this was reported about {name} ({post}) by way of {channel}: {matter}").format(
        date=document_day(paper.received_on, tr),
        name=paper.name,
        post=paper.post,
        channel=paper.channel,
        matter=paper.matter,
    )
    yield tr("{body} looked into it. It was found: {outcome}").format(
        body=paper.cleared_by, outcome=paper.outcome
    )
    yield tr(
        "What was reported is not substantiated. It is no entry of the integrity file, counts nowhere, and "
        "is no ground for anything to the person's disadvantage."
    )
    yield tr("This clearing is made in the scope to which the person agreed on {date}: {scope}.").format(
        date=document_day(paper.agreed_on, tr), scope=_scope(paper, tr)
    )


def _scope(paper: ClearingPaper, tr: Translate) -> str:
    words = {
        ClearingScope.PERSON: tr("the person alone"),
        ClearingScope.DEPARTMENT: tr("the department"),
        ClearingScope.OFFICE: tr("the whole office"),
    }
    return words[paper.scope]


def _receipt(tr: Translate) -> list[Block]:
    cells = [
        cell(tr("Signature of the person"), LABEL, Align.CENTRE),
        cell(""),
        cell(tr("Date"), LABEL, Align.CENTRE),
        cell(""),
    ]
    return [gap(10 * MM), *row(cells, _RECEIPT, Look(THICK, THICK, centred=True), 12 * MM)]
