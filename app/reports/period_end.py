"""The notice to a person that an influence period ends (影响期届满告知书), one page for each."""

from collections.abc import Iterator, Sequence

from app.reports.content import PeriodEnd
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

_TITLES = 30 * MM
_RECEIPT = (_TITLES, WIDTH / 2 - _TITLES, _TITLES, WIDTH / 2 - _TITLES)


def period_ends_pdf(papers: Sequence[PeriodEnd], language: str = "zh_CN") -> bytes:
    """The notices as one PDF, each on its page. The same content gives the same bytes."""
    tr, first = translator(language), papers[0]
    title = tr("Notice That an Influence Period Ends")
    about = About(title, first.office, language.replace("_", "-"), first.printed_on)
    return write_pdf([_part(one, title, tr) for one in papers], about)


def _part(paper: PeriodEnd, title: str, tr: Translate) -> Part:
    running = tr("{name} ({staff_no}), {title}").format(name=paper.name, staff_no=paper.staff_no, title=title)
    return Part(
        bookmark=f"{paper.name} {paper.staff_no}",
        blocks=[*_letter(paper, title, tr), stack(_receipt(tr))],
        running=stack([ends(running, paper.office, faint(LABEL), WIDTH), gap(2 * MM)]),
        foot=lambda page, pages: proof_foot(proofs(paper, tr), tr, page, pages),
    )


def _letter(paper: PeriodEnd, title: str, tr: Translate) -> list[Block]:
    addressed = tr("{name} ({staff_no}, {post}):").format(
        name=paper.name, staff_no=paper.staff_no, post=paper.post
    )
    return [
        paragraph(paper.office, SUBTITLE, WIDTH, Align.CENTRE),
        paragraph(title, TITLE, WIDTH, Align.CENTRE),
        gap(2 * MM),
        paragraph(tr("File no. {number}").format(number=paper.file_no), LABEL, WIDTH),
        gap(3 * MM),
        paragraph(addressed, BODY, WIDTH),
        *(paragraph(INDENT + text, BODY, WIDTH) for text in _told(paper, tr)),
        gap(8 * MM),
        paragraph(tr("{office} (seal)").format(office=paper.office), BODY, WIDTH, Align.RIGHT),
        paragraph(document_day(paper.printed_on, tr), BODY, WIDTH, Align.RIGHT),
    ]


def _told(paper: PeriodEnd, tr: Translate) -> Iterator[str]:
    by = tr(", ").join(filter(None, (paper.authority, paper.document_no)))
    yield tr("The influence period of: {item} ({by}) runs from {since} and ended with {until}.").format(
        item=paper.item,
        by=by or "—",
        since=document_day(paper.since, tr),
        until=document_day(paper.until, tr),
    )
    if paper.by_law:
        yield tr(
            "By article 26 of the Law on Administrative Discipline the sanction is lifted with that: "
            "promotion, rank and pay are no longer influenced by it."
        )
    else:
        yield tr("From then on promotion, rank and appraisal are no longer influenced by it.")
    if paper.restores_nothing:
        yield tr("Post and rank of before are not restored by that.")
    if paper.others_until:
        yield tr("Another influence period runs until {date}.").format(
            date=document_day(paper.others_until, tr)
        )
    yield tr("The entry stays in the integrity file. You may object to what it says at any time.")


def _receipt(tr: Translate) -> list[Block]:
    cells = [
        cell(tr("Signature of the person"), LABEL, Align.CENTRE),
        cell(""),
        cell(tr("Date"), LABEL, Align.CENTRE),
        cell(""),
    ]
    return [gap(10 * MM), *row(cells, _RECEIPT, Look(THICK, THICK, centred=True), 12 * MM)]
