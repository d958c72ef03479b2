"""What the wizard does on workers: reading a list, trying it, reporting on it, taking it in."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from app.commands.imports import Imported, import_list, try_list
from app.context import AppContext
from app.exchange.judge import Judged
from app.exchange.report import notes, reported
from app.exchange.survey import Survey, survey
from app.exchange.templates import items_offered, write_template
from app.pinyin import search_keys
from app.queries.departments import departments
from app.queries.entries import items
from app.words import in_use
from ui.pages.import_wizard.work import Known, Tried, Work
from ui.tasks import Report

MOST = 2_000
"""Rejected rows that are shown, and doubtful ones; the report has all."""
_EVERY = 200
"""Rows between two looks at whether to go on."""

Row = TypeVar("Row")


def learn(context: AppContext) -> Known:
    """What matching needs to know of the office."""
    search_keys("工号")  # pinyin takes a quarter of a second to load: here, and not when one types
    paths = tuple(row.path for row in context.ask(departments))
    return Known(tuple(context.ask(items)), paths, context.today())


def look(path: Path, sheet: str, report: Report) -> Survey:
    """Read a list through."""
    return survey(path, sheet, lambda rows: _watched(rows, 0, report))


def try_out(context: AppContext, work: Work, report: Report) -> Tried:
    """The dry run."""
    assert work.survey
    total, rejected, doubtful = work.survey.rows, list[Judged](), list[Judged]()

    def watch(rows: Iterator[Judged]) -> Iterator[Judged]:
        for row in _watched(rows, total, report):
            if row.problems and len(rejected) < MOST:
                rejected.append(row)
            if row.doubt and len(doubtful) < MOST:
                doubtful.append(row)
            yield row

    done = context.ask(try_list, work.source, watch)
    return Tried(done.counts, tuple(rejected), tuple(doubtful), done.doubts, done.repeated())


def save_report(context: AppContext, work: Work, path: Path, report: Report) -> Path:
    """The report on a dry run; the rows are judged once more for it."""
    assert work.survey
    total, columns = work.survey.rows, work.survey.columns
    said = notes(work.mapping, columns)

    def watch(rows: Iterator[Judged]) -> Iterator[Judged]:
        return reported(_watched(rows, total, report), path, said, columns)

    context.ask(try_list, work.source, watch)
    return path


def take_in(context: AppContext, work: Work, path: Path | None, report: Report) -> Imported:
    """The import. With a ``path``, the report on it is saved too, or nothing is imported."""
    assert work.survey
    total, columns = work.survey.rows, work.survey.columns
    said = notes(work.mapping, columns)

    def watch(rows: Iterator[Judged]) -> Iterator[Judged]:
        watched = _watched(rows, total, report)
        return reported(watched, path, said, columns) if path else watched

    return context.do(import_list, work.source, watch)


def save_template(context: AppContext, name: str, path: Path) -> Path:
    """A list to fill in, with the items of this office."""
    catalogue = context.ask(items)
    offered = items_offered((item.code, item.polarity, item.name(in_use())) for item in catalogue)
    write_template(name, path, offered, in_use())
    return path


def _watched(rows: Iterator[Row], total: int, report: Report) -> Iterator[Row]:
    """``report`` raises where the user has cancelled; the transaction is undone by that."""
    report(0, total)
    for number, row in enumerate(rows, start=1):
        yield row
        if number % _EVERY == 0:
            report(number, total)
    report(total, total)
