"""Documents: what and for whom at the left, what will be on paper at the right.

The first people are shown as soon as their summaries are known; the others are looked through after
them, a few at a time, so that another choice never waits for an old one.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.context import AppContext
from app.errors import UserError
from app.papers import summary_name
from app.queries.people import people_rows
from app.queries.preflight import Readied, readied
from app.rules.grading.case import Period
from app.words import ntr, tr
from ui import messages, tasks, theme
from ui.dialogs.files import ask_folder, ask_new_file, documents_folder
from ui.page import Page, Place
from ui.pages.documents import files
from ui.pages.documents.checks import Checklist
from ui.pages.documents.form import FORMS, DocumentForm, Wanted
from ui.pages.documents.preview import PdfPreview
from ui.widgets import action_button, label, rule

SHOWN = 20
"""People in the preview, and looked through in one go."""
MOST = 1_000
"""People printed for at once."""
LEFT = 348


class _First(NamedTuple):
    """The beginning of what is wanted, and who comes after."""

    content: bytes
    ready: Readied
    rest: tuple[str, ...]


class DocumentsPage(Page):
    """Keeps what is chosen while it lives."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted = Wanted()
        self._ready = Readied()
        self._content = b""
        self._complete = False
        self._folder = documents_folder()
        self.setWindowTitle(tr("Documents"))
        self.form, self.checks = DocumentForm(context, self), Checklist(self)
        self.preview = PdfPreview(
            tr("Choose one or several people at the left: their papers are shown here.")
        )
        self.refusal = label("", "error")
        self._make_actions()
        self._lay_out()
        self.form.changed.connect(self._on_changed)
        self.first = self.form.search
        self._show()
        self.form.ask_again()

    def show_place(self, place: Place) -> None:
        """Someone's documents, where the place names a staff number."""
        if place.args:
            self.form.choose_alone(str(place.args[0]))
            self.setFocus()

    def refresh(self, changes: Changes) -> None:
        """What is printed may say something else."""
        if changes.kinds & {Kind.PEOPLE, Kind.DEPARTMENTS, Kind.EVALUATIONS, Kind.SCHEMES}:
            self.form.ask_again()
        if changes.kinds & {Kind.PEOPLE, Kind.ENTRIES, Kind.EVALUATIONS, Kind.SCHEMES}:
            self._ask()

    # Looking

    def _on_changed(self) -> None:
        if self.form.wanted() != self._wanted:
            self._ask()

    def _ask(self) -> None:
        wanted = self._wanted = self.form.wanted()
        self._ready, self._complete, self._content = Readied(), False, b""
        self.refusal.clear()
        if not wanted.people or wanted.period is None:
            self._complete = True
            self.preview.show_nothing()
        elif len(wanted.people) > MOST:
            self._on_refused(UserError(tr("Choose at most {n} people at once.").format(n=f"{MOST:,}")))
        else:
            ask = partial(_first, self._context, wanted)
            tasks.read(self, ask, partial(self._on_first, wanted), self._on_refused, key="look")
        self._show()

    def _on_refused(self, error: UserError) -> None:
        self.refusal.setText(error.sentence)
        self.preview.show_nothing()
        self._show()

    def _on_first(self, wanted: Wanted, first: _First) -> None:
        if wanted is not self._wanted:
            return
        self._content = b"" if first.rest else first.content
        if first.content:
            self.preview.show_pdf(first.content)
        else:
            self.preview.show_nothing()
        self._on_more(wanted, first.rest, first.ready)

    def _on_more(self, wanted: Wanted, rest: tuple[str, ...], more: Readied) -> None:
        if wanted is not self._wanted:
            return
        known = self._ready
        self._ready = Readied(known.summaries + more.summaries, known.findings + more.findings)
        self._complete = not rest
        if rest and wanted.period:
            ask = partial(self._context.ask, readied, rest[:SHOWN], wanted.period, wanted.language)
            go_on = partial(self._on_more, wanted, rest[SHOWN:])
            tasks.read(self, ask, go_on, self._on_refused, key="look")
        self._show()

    def _show(self) -> None:
        """Say how far it is, and allow what can be done."""
        people, known = len(self._wanted.people), len(self._ready.summaries)
        if not people or self.refusal.text():
            self.checks.show_nothing()
            words = ""
        elif not self._complete:
            self.checks.show_nothing()
            words = tr("Looking through {known} of {n}…").format(known=known, n=people)
        else:
            self.checks.show_findings(self._ready.findings)
            words = (
                tr("The first {shown} of {n} people").format(shown=SHOWN, n=known) if known > SHOWN else ""
            )
        self.preview.say(words)
        why = "" if self._complete and known else self._why_not(people)
        for act in (self.print, self.save, self.save_each):
            act.setEnabled(not why)
            act.setToolTip(why or f"{act.text()} ({act.shortcut().toString()})")

    def _why_not(self, people: int) -> str:
        if not people:
            return tr("Choose first for whom.")
        return (
            tr("Nothing can be printed; the lines above say why.") if self._complete else tr("Please wait…")
        )

    # Doing

    def _print(self) -> None:
        printer = files.printer(self._name())
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # its own ``open`` wants a slot by name

    def print_on(self, printer: QPrinter) -> None:
        """Send all that is wanted to a printer."""
        job = partial(files.print_all, self._context, self._made(), printer)
        tasks.run(self, tr("Printing: {name}").format(name=self._name()), job, self._on_printed)

    def _on_printed(self, pages: int) -> None:
        said = ntr("{n} page is with the printer.", "{n} pages are with the printer.", pages)
        messages.say(self, "ok", said.format(n=pages))

    def _save(self) -> None:
        path = self._folder / f"{self._name()}.pdf"
        ask_new_file(self, tr("Save as PDF"), "PDF (*.pdf)", path, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save all that is wanted in one file."""
        job = partial(files.save_all, self._context, self._made(), path)
        title = tr("Saving: {name}").format(name=path.name)
        tasks.run(self, title, job, partial(self._on_saved, path.parent))

    def _save_each(self) -> None:
        ask_folder(self, tr("Folder for one file a person"), self._folder, self.save_each_in)

    def save_each_in(self, folder: Path) -> None:
        """Save one file for each person in a folder."""
        job = partial(files.save_each, self._context, self._made(), folder)
        title = tr("Saving: {name}").format(name=self._name())
        tasks.run(self, title, job, partial(self._on_saved, folder))

    def _on_saved(self, folder: Path, files: int) -> None:
        self._folder = folder
        self.open_folder.setEnabled(True)
        self.open_folder.setToolTip(str(folder))
        said = ntr("{n} file is saved in {folder}.", "{n} files are saved in {folder}.", files)
        action = messages.Action(tr("Open the folder"), self._open_folder)
        messages.say(self, "ok", said.format(n=files, folder=folder), action)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _made(self) -> "files.Made":
        return files.Made(self._ready.summaries, self._wanted.language, self._content)

    def _name(self) -> str:
        """Of one person, or of the form."""
        if len(self._ready.summaries) == 1:
            return summary_name(self._ready.summaries[0])
        period = self._wanted.period.label if self._wanted.period else ""
        return f"{tr(FORMS[self.form.form.currentData()])}-{period}"

    # What it is made of

    def _make_actions(self) -> None:
        self.print = self._action(tr("Print…"), "Ctrl+P", self._print)
        self.save = self._action(tr("Save PDF…"), "Ctrl+S", self._save)
        self.save_each = self._action(tr("One file a person…"), "Ctrl+Shift+S", self._save_each)
        self.open_folder = self._action(tr("Open the folder"), "", self._open_folder)
        self.open_folder.setEnabled(False)
        self.open_folder.setToolTip(tr("Nothing has been saved from here yet."))

    def _action(self, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        sides = QSplitter(self)
        sides.addWidget(self._left())
        sides.addWidget(self.preview)
        sides.setChildrenCollapsible(False)
        sides.setStretchFactor(1, 1)
        sides.setSizes([LEFT, 800])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sides)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setMinimumWidth(LEFT - 40)
        self.refusal.setWordWrap(True)
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.form, 1)
        column.addWidget(rule())
        column.addWidget(self.checks)
        column.addWidget(self.refusal)
        above, beneath = QHBoxLayout(), QHBoxLayout()
        above.addWidget(action_button(self.print, "primary"), 1)
        above.addWidget(action_button(self.save), 1)
        beneath.addWidget(action_button(self.save_each), 1)
        beneath.addWidget(action_button(self.open_folder), 1)
        for buttons in (above, beneath):
            buttons.setSpacing(theme.S)
            column.addLayout(buttons)
        return left


def _first(context: AppContext, wanted: Wanted) -> _First:
    """On a worker: the first people, as they will be on paper."""
    assert isinstance(wanted.period, Period)
    rows = context.ask(people_rows, wanted.people)
    numbers = sorted(row.staff_no for row in rows.values())
    ready = context.ask(readied, numbers[:SHOWN], wanted.period, wanted.language)
    made = files.Made(ready.summaries, wanted.language)
    content = files.pdf_of(made) if ready.summaries else b""
    return _First(content, ready, tuple(numbers[SHOWN:]))
