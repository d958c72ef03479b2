"""One paper as it will be on paper, to be printed or saved."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.context import AppContext
from app.papers import Document, register, save
from app.words import ntr, tr
from ui import messages, tasks, theme
from ui.dialogs.files import ask_new_file, documents_folder
from ui.pages.documents.files import printer
from ui.pages.documents.preview import PdfPreview
from ui.printing import print_pdf
from ui.widgets import button


def show_paper(parent: QWidget, context: AppContext, document: Document) -> "PaperDialog":
    """Show a paper over the window."""
    dialog = PaperDialog(parent, context, document)
    dialog.open()
    return dialog


class PaperDialog(QDialog):
    """The preview, and beneath it what can be done."""

    def __init__(self, parent: QWidget, context: AppContext, document: Document) -> None:
        super().__init__(parent)
        self._owner, self._context, self._document = parent, context, document
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(document.title)
        self.preview = PdfPreview(tr("Please wait…"), self)
        self.print, self.save = button(tr("Print…"), "primary", "printer"), button(tr("Save as PDF…"))
        close = button(tr("Close"))
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.M)
        row.addStretch()
        for one in (close, self.save, self.print):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.preview, 1)
        column.addLayout(row)
        self.resize(760, 660)
        self.preview.show_pdf(document.content)
        self.print.setFocus()

    def _print(self) -> None:
        made = printer(self._document.name)
        dialog = QPrintDialog(made, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(made))
        QDialog.open(dialog)  # its own ``open`` wants a slot by name

    def print_on(self, made: QPrinter) -> None:
        """Send it to a printer."""
        title = tr("Printing: {name}").format(name=self._document.name)
        job = partial(_printed, self._context, self._document, made)
        tasks.run(self._owner, title, job, self._on_printed)

    def _on_printed(self, pages: int) -> None:
        said = ntr("{n} page is with the printer.", "{n} pages are with the printer.", pages)
        messages.say(self._owner, "ok", said.format(n=pages))
        self.accept()

    def _save(self) -> None:
        path = documents_folder() / f"{self._document.name}.pdf"
        ask_new_file(self, tr("Save as PDF"), "PDF (*.pdf)", path, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write it to a file."""
        command = partial(save, self._context, self._document, path)
        tasks.write(self, command, lambda _: self._on_saved(path))

    def _on_saved(self, path: Path) -> None:
        action = messages.Action(tr("Open the folder"), partial(_open, path.parent))
        messages.say(self._owner, "ok", tr("Written to {file}.").format(file=path), action)
        self.accept()


def _printed(context: AppContext, document: Document, made: QPrinter, report: tasks.Report) -> int:
    register(context, document)
    return print_pdf(document.content, made, report)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
