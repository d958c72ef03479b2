"""One paper over the window, as it will come out of the printer: look at it, print it, save it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPageSize, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.files import write_whole
from app.words import ntr, tr
from ui import messages, tasks, theme
from ui.dialogs.files import ask_new_file, documents_folder
from ui.pages.documents.preview import PdfPreview
from ui.printing import print_pdf
from ui.widgets import button, label

SIZE = (760, 640)


class Paper(NamedTuple):
    """A PDF, and how its file is called, without the ending."""

    content: bytes
    name: str


def show_paper(parent: QWidget, title: str, make: Callable[[], Paper]) -> "PaperDialog":
    """Open a paper over the window; ``make`` draws it on a worker."""
    dialog = PaperDialog(parent.window(), title, make)
    dialog.open()
    return dialog


class PaperDialog(QDialog):
    """Preview, and beneath it print, save, close."""

    def __init__(self, parent: QWidget, title: str, make: Callable[[], Paper]) -> None:
        super().__init__(parent)
        self._paper: Paper | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.preview = PdfPreview(tr("The paper is being made."))
        self.refusal = label("", "error")
        self.print, self.save = button(tr("Print…"), "primary"), button(tr("Save PDF…"))
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        QShortcut(QKeySequence("Ctrl+P"), self, self._print)
        QShortcut(QKeySequence("Ctrl+S"), self, self._save)
        self._lay_out()
        self._allow()
        tasks.read(self, make, self._on_made, self._on_refused)

    def _lay_out(self) -> None:
        self.refusal.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setContentsMargins(theme.L, 0, theme.L, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.refusal, 1)
        close = button(tr("Close"))
        close.clicked.connect(self.accept)
        for one in (close, self.save, self.print):
            row.addWidget(one)
        column.addLayout(row)
        self.resize(*SIZE)

    def _on_made(self, paper: Paper) -> None:
        self._paper = paper
        self.preview.show_pdf(paper.content)
        self._allow()
        self.print.setFocus()

    def _on_refused(self, error: UserError) -> None:
        self.refusal.setText(error.sentence)
        self._allow()

    def _allow(self) -> None:
        for one, keys in ((self.print, "Ctrl+P"), (self.save, "Ctrl+S")):
            one.setEnabled(self._paper is not None)
            one.setToolTip(keys if self._paper else tr("Please wait…"))

    def _print(self) -> None:
        if self._paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setDocName(self._paper.name)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # its own ``open`` wants a slot by name

    def print_on(self, printer: QPrinter) -> None:
        """Send the paper to a printer."""
        if self._paper:
            job = partial(print_pdf, self._paper.content, printer)
            tasks.run(self, tr("Printing: {name}").format(name=self._paper.name), job, self._on_printed)

    def _on_printed(self, pages: int) -> None:
        said = ntr("{n} page is with the printer.", "{n} pages are with the printer.", pages)
        messages.say(self, "ok", said.format(n=pages))

    def _save(self) -> None:
        if self._paper:
            path = documents_folder() / f"{self._paper.name}.pdf"
            ask_new_file(self, tr("Save as PDF"), "PDF (*.pdf)", path, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the paper in a file."""
        if self._paper:
            job = partial(_write, self._paper.content, path)
            tasks.run(self, tr("Saving: {name}").format(name=path.name), job, partial(self._on_saved, path))

    def _on_saved(self, path: Path, _: int) -> None:
        messages.say(self, "ok", tr("Saved as {file}.").format(file=path))


def _write(content: bytes, path: Path, report: tasks.Report) -> int:
    report(0, 0)
    write_whole(path, content)
    return 1
