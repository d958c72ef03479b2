"""Papers as they go to the printer or into a file, for the window and the command line alike.

What draws them is imported where something is printed: reportlab takes a while to load.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from app.commands.changes import Changes
from app.commands.reading import nothing, register_prints
from app.context import AppContext
from app.files import write_whole
from app.queries.clearing import clearing_file_name, clearing_paper
from app.queries.lists import Asked
from app.queries.notices import notice_file_name, notice_paper
from app.queries.objection_papers import application, decision, receipt
from app.queries.own_copy import own_copy as own_copy_of
from app.queries.period_ends import period_ends
from app.queries.summaries import summary as summary_of
from app.reports.content import Summary
from app.reports.objection_content import TITLES, Paper
from app.rules.grading.case import Period
from app.words import ntr, tr
from models.types import Day, Uid, iso


class Document(NamedTuple):
    """A paper that was made."""

    title: str
    name: str
    """Of the file it is saved as, without the ending."""
    content: bytes
    """The PDF."""
    staff_nos: tuple[str, ...] = ()
    """Whose files get a line in the register of readings; nobody's where it was registered before."""


def register(context: AppContext, document: Document, then: Callable[[], object] = nothing) -> Changes:
    """Let a print of it stand in the register of readings: what does not, is not printed."""
    if document.staff_nos:
        return context.do(register_prints, document.staff_nos, document.title, then)
    then()
    return Changes()


def save(context: AppContext, document: Document, path: Path) -> Changes:
    """Write it to a file. Raises Invalid where that cannot be; then nothing is registered."""
    return register(context, document, partial(write_whole, path, document.content))


def summary(context: AppContext, staff_no: str, period: Period, language: str) -> Document:
    """The summary for the annual review. Raises Invalid, as all below, where a character cannot be drawn."""
    from app.reports.fonts import refuse_undrawable
    from app.reports.summary import summary_pdf

    data = context.ask(summary_of, staff_no, period, language)
    refuse_undrawable(data, data.name)
    title, content = tr("Summary for the annual review"), summary_pdf([data], language)
    return Document(title, summary_name(data), content, (staff_no,))


def summary_name(summary: Summary) -> str:
    """What the file of a summary is called, without the ending."""
    return f"{summary.staff_no}-{summary.name}-{summary.period_label}"


def notice(context: AppContext, entry: Uid, language: str) -> Document:
    """The notice of an entry (告知书)."""
    from app.reports.fonts import refuse_undrawable
    from app.reports.notice import notice_pdf

    paper = context.ask(notice_paper, entry, language)
    refuse_undrawable(paper, paper.name)
    content = notice_pdf(paper, language)
    return Document(tr("Notice of the entry"), notice_file_name(paper), content, (paper.staff_no,))


def clearing(context: AppContext, lead: Uid, language: str) -> Document:
    """The clearing of a person (澄清)."""
    from app.reports.clearing import clearing_pdf
    from app.reports.fonts import refuse_undrawable

    paper = context.ask(clearing_paper, lead, language)
    refuse_undrawable(paper, paper.name)
    content = clearing_pdf(paper, language)
    return Document(tr("Clearing"), clearing_file_name(paper), content, (paper.staff_no,))


_OBJECTIONS = {Paper.APPLICATION: application, Paper.RECEIPT: receipt, Paper.DECISION: decision}


def objection(context: AppContext, which: Paper, staff_no: str, uid: Uid, language: str) -> Document:
    """A paper of an objection; ``uid``: of what is objected to for an application, else of the objection."""
    from app.reports.fonts import refuse_undrawable
    from app.reports.objections import objection_pdf

    paper = context.ask(_OBJECTIONS[which], staff_no, uid, language)
    refuse_undrawable(paper, paper.name)
    title = tr(TITLES[which])
    name = f"{paper.staff_no}-{paper.name}-{title}"
    return Document(title, name, objection_pdf(paper, language), (paper.staff_no,))


def own_copy(context: AppContext, staff_no: str, request: str, on: Day, language: str) -> Document:
    """Everything held on a person (本人查阅); the command ``give_own_copy`` registers it."""
    from app.reports.own_copy import own_copy_pdf

    data = context.ask(own_copy_of, staff_no, f"{request.strip()} {iso(on)}", language)
    return Document(tr("Own copy"), f"{staff_no}-{tr('own copy')}", own_copy_pdf(data, language))


class Letters(NamedTuple):
    """The notices that belong to the list of what ends (期满告知), in one document."""

    document: Document | None
    """None where nobody is told."""
    told: int
    to_come: int
    again: int

    def sentence(self) -> str:
        """How many there are; whose is still to come, and whom somebody has to look at first."""
        counted = (
            (self.told, ntr("{n} notice.", "{n} notices.", self.told)),
            (
                self.to_come,
                ntr("{n} period ends later.", "{n} periods end later.", self.to_come),
            ),
            (
                self.again,
                ntr(
                    "{n} person did another wrong within the period and gets none; look at the file first.",
                    "{n} people did another wrong within the period and get none; look at the files first.",
                    self.again,
                ),
            ),
        )
        said = [words.format(n=n) for n, words in counted if n]
        return " ".join(said) or tr("No influence period ends in this month.")


def period_end_letters(context: AppContext, asked: Asked, language: str) -> Letters:
    """The notices to all whose influence period ends in the month."""
    from app.reports.fonts import refuse_undrawable
    from app.reports.period_end import period_ends_pdf

    papers, to_come, again = context.ask(period_ends, asked, language)
    for paper in papers:
        refuse_undrawable(paper, paper.name)
    if not papers:
        return Letters(None, 0, to_come, again)
    month, title = (asked.until or context.today()) // 100, tr("Notices of the end")
    name = f"{title}-{month // 100}-{month % 100:02}"
    whose = tuple(paper.staff_no for paper in papers)
    document = Document(title, name, period_ends_pdf(papers, language), whose)
    return Letters(document, len(papers), to_come, again)
