"""Papers as files and on printers: what runs on a worker when documents are printed or saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from app.commands.reading import nothing, register_prints
from app.context import AppContext
from app.files import write_whole
from app.papers import summary_name
from app.reports.content import Summary
from app.words import tr
from ui.printing import print_pdf
from ui.tasks import Report


class Made(NamedTuple):
    """What was looked at and is printed."""

    summaries: tuple[Summary, ...]
    language: str
    content: bytes = b""
    """The PDF, if it shows all of them already."""


def printer(title: str) -> QPrinter:
    """The usual printer of this desk, with A4 in it."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    made.setDocName(title)
    return made


def _register(context: AppContext, made: Made, then: Callable[[], object] = nothing) -> None:
    """Let it stand in the register of readings: what does not, is not printed."""
    numbers = [one.staff_no for one in made.summaries]
    context.do(register_prints, numbers, tr("Summary for the annual review"), then)


def pdf_of(made: Made) -> bytes:
    """One PDF of all."""
    from app.reports.summary import summary_pdf  # reportlab only where something is printed

    return made.content or summary_pdf(made.summaries, made.language)


def print_all(context: AppContext, made: Made, printer: QPrinter, report: Report) -> int:
    """Gives the number of pages."""
    report(0, 0)
    content = pdf_of(made)
    _register(context, made)
    return print_pdf(content, printer, report)


def save_all(context: AppContext, made: Made, path: Path, report: Report) -> int:
    """Gives the number of files: one."""
    report(0, 0)
    _register(context, made, partial(write_whole, path, pdf_of(made)))
    return 1


def save_each(context: AppContext, made: Made, folder: Path, report: Report) -> int:
    """Gives the number of files."""
    for done, summary in enumerate(made.summaries):
        report(done, len(made.summaries))
        one = Made((summary,), made.language)
        path = folder / f"{summary_name(summary)}.pdf"
        _register(context, one, partial(write_whole, path, pdf_of(one)))
    return len(made.summaries)
