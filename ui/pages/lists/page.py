"""Lists: which at the left with its department and day, its rows at the right, on paper or as a workbook."""

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidgetItem,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.commands.changes import Changes
from app.commands.erasures import set_retention
from app.commands.reading import Disclosure, register_export
from app.context import AppContext
from app.errors import Invalid, UserError
from app.exchange.listing import export_listing, watermarked
from app.papers import Letters, period_end_letters
from app.permissions import Permission
from app.queries.departments import DepartmentRow, departments
from app.queries.lists import LISTS, Asked, listing
from app.reports.content import Listing
from app.words import in_use, mark, ntr, tr
from models.types import Day
from ui import messages, tasks, theme
from ui.dialogs.disclosure import ask_disclosure, save_disclosed
from ui.dialogs.files import ask_new_file, documents_folder
from ui.dialogs.paper import show_paper
from ui.dialogs.reason import Answers, Field, Question, ask_reason
from ui.fields import DayField
from ui.page import Page, Place
from ui.pages.documents.files import printer
from ui.printing import print_pdf
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.widgets import EmptyState, FormRow, RingedList, action_button, label, rule

LEFT, ROW = 300, 36


class ListsPage(Page):
    """``Place("lists", (name,))`` stands on one list."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Listing | None = None
        self._departments: list[DepartmentRow] = []
        self.setWindowTitle(tr("Lists"))
        self.names = self._names()
        self.department, self.until = QComboBox(self), DayField(Day(0), parent=self)
        self.title, self.said, self.refusal = label("", "title"), label("", "muted"), label("", "error")
        self._make_actions()
        self._lay_out()
        self.names.currentRowChanged.connect(lambda _: self._ask())
        self.department.activated.connect(lambda _: self._ask())
        self.until.editingFinished.connect(self._ask)
        self.first = self.names
        tasks.read(self, context.today, self.until.set_today, key="today")
        tasks.read(self, partial(context.ask, departments), self._on_departments, key="departments")
        self.names.setCurrentRow(0)

    def show_place(self, place: Place) -> None:
        """Stand on the list that the place names."""
        if place.args:
            self.names.setCurrentRow(list(LISTS).index(str(place.args[0])))

    def refresh(self, changes: Changes) -> None:
        """What is shown may be another list now."""
        if changes.kinds:
            self._ask()

    # Asking

    def chosen(self) -> str:
        """The name of the list that is shown."""
        return str(self.names.currentItem().data(Qt.ItemDataRole.UserRole))

    def _asked(self) -> Asked:
        until = self.until.value()
        return Asked(self.department.currentData(), Day(until) if isinstance(until, int) else None)

    def _ask(self) -> None:
        kind = LISTS[self.chosen()]
        self._until.setVisible(bool(kind.dated))
        if kind.dated:
            self._until.call(tr(kind.dated))
            self._until.refuse(self.until.refusal(tr(kind.dated)))
        self.about.setText(tr(kind.about))
        self._letters_button.setVisible(kind.letters)
        self._rule_button.setVisible(self.chosen() == "retention" and self._may_rule)
        ask = partial(self._context.ask, listing, self.chosen(), self._asked(), in_use())
        tasks.read(self, ask, self._on_list, self._on_refused, key="list")

    def _on_departments(self, rows: list[DepartmentRow]) -> None:
        self.department.addItem(tr("All departments"), None)
        for row in rows:
            if row.path:
                self.department.addItem(row.path, row.id)

    def _on_refused(self, error: UserError) -> None:
        self.refusal.setText(error.sentence)
        self.refusal.show()

    def _on_list(self, found: Listing) -> None:
        self._found = found
        self.refusal.hide()
        self.title.setText(found.title)
        count = ntr("{n} row", "{n} rows", len(found.rows)).format(n=len(found.rows))
        self.said.setText(" · ".join((*found.said, count)))
        self._show_rows(found)
        for act in (self.print, self.save_pdf, self.save_book, self.letters, self.rule):
            act.setEnabled(True)

    def _show_rows(self, found: Listing) -> None:
        if not found.rows:
            self._replace(EmptyState("circle-check", found.empty))
            return
        columns = [
            Column(str(place), column.title, partial(_text, place), column.width, sortable=False)
            for place, column in enumerate(found.columns)
        ]
        rows = dict(enumerate(found.rows))
        model = RowModel(columns, lambda ids: {key: rows[key] for key in ids}, self)
        table = Table(model, f"list {found.name}", self)
        theme.mark(table, "surface", "plain")
        table.setAccessibleName(found.title)
        table.opened.connect(lambda key: self._open(found.whose[key]))
        table.replace(array("q", rows), rows)
        self._replace(table)

    def _replace(self, shown: QWidget) -> None:
        if old := self._stack.currentWidget():
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(shown)

    def _open(self, staff_no: str) -> None:
        if staff_no:  # a lead may be about a department alone
            self.place_wanted.emit(Place("file", (staff_no,)))

    # Doing

    def _print(self) -> None:
        if self._found:
            made = printer(self._found.title)
            dialog = QPrintDialog(made, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self.print_on(made))
            QDialog.open(dialog)  # its own ``open`` wants a slot by name

    def print_on(self, made: QPrinter) -> None:
        """Send the list to a printer, once it is said for what where it tells of negative entries."""
        found = self._found
        if found and found.negative and found.rows:
            numbers = sorted(set(found.whose) - {""})

            def command(given: Disclosure) -> Callable[[], Changes]:
                self._marked = watermarked(self._context, found, given)
                return partial(self._context.do, register_export, numbers, given)

            ask_disclosure(self, found, command, lambda: self._run_print(self._marked, made))
        elif found:
            self._run_print(found, made)

    def _run_print(self, found: Listing, made: QPrinter) -> None:
        job = partial(_print_all, found, made)
        tasks.run(self, tr("Printing: {name}").format(name=found.title), job, self._on_printed)

    def _on_printed(self, pages: int) -> None:
        said = ntr("{n} page is with the printer.", "{n} pages are with the printer.", pages)
        messages.say(self, "ok", said.format(n=pages))

    def _save(self, ending: str, kinds: str) -> None:
        if self._found:
            path = documents_folder() / f"{self._found.title}-{self._found.printed_on}.{ending}"
            ask_new_file(self, tr("Save the list"), kinds, path, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the list in a file, by its ending; what tells of negative entries once it is said for what."""
        found = self._found
        if not found:
            return
        export = partial(export_listing, self._context, found, self._asked(), path, in_use())
        said = tr("Written to {file}.").format(file=path)
        save_disclosed(self, found, export, lambda: messages.say(self, "ok", said))

    def _letters(self) -> None:
        """Show the notices that belong to the list, each on its page."""

        def show(letters: Letters) -> None:
            if letters.document:
                show_paper(self, self._context, letters.document)
            messages.say(self, "warning" if letters.again else "info", letters.sentence())

        def refused(error: UserError) -> None:
            messages.say(self, "refusal", error.sentence)

        ask = partial(period_end_letters, self._context, self._asked(), in_use())
        tasks.read(self, ask, show, refused, key="letters")

    def _rule(self) -> None:
        """The office's own rule on how long negative information stands in summaries."""
        sentence = tr("Five years is the most. A shorter time needs the office's own rule.")
        question = Question(self.rule.text().rstrip("…"), sentence, tr("Set"), (_MONTHS, _RULE))

        def command(given: Answers) -> Callable[[], Changes]:
            return partial(_set_retention, self._context, given.text("months"), given.text("document_no"))

        ask_reason(self, question, command, lambda _: self._ask())

    # What it is made of

    def _names(self) -> RingedList:
        names = RingedList(self)
        names.setAccessibleName(tr("Lists"))
        theme.mark(names, "surface", "plain")
        for name, kind in LISTS.items():
            item = QListWidgetItem(tr(kind.title), names)
            item.setSizeHint(QSize(0, ROW))
            item.setData(Qt.ItemDataRole.UserRole, name)
        return names

    def _make_actions(self) -> None:
        self.print = self._action(tr("Print…"), "Ctrl+P", self._print)
        self.save_pdf = self._action(tr("Save PDF…"), "Ctrl+S", partial(self._save, "pdf", "PDF (*.pdf)"))
        self.save_book = self._action(
            tr("Save workbook…"), "Ctrl+Shift+S", partial(self._save, "xlsx", "Excel (*.xlsx)")
        )

        self.letters = self._action(tr("Notices of the end…"), "Ctrl+E", self._letters)
        self.rule = self._action(tr("How long it is kept…"), "Ctrl+R", self._rule)
        self._may_rule = self._context.actor.may(Permission.PUBLISH_SCHEMES)

    def _action(self, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.setToolTip(f"{text} ({keys})")
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setEnabled(False)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(rule(vertical=True))
        right = QVBoxLayout()
        right.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        head.setSpacing(theme.XS)
        for widget in (self.title, self.said, self.refusal):
            head.addWidget(widget)
        right.addLayout(head)
        right.addWidget(rule())
        self._stack = QStackedLayout()
        right.addLayout(self._stack, 1)
        row.addLayout(right, 1)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setFixedWidth(LEFT)
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.names, 1)
        self.about = label("", "small")
        self.about.setWordWrap(True)
        self._until = FormRow(tr("Until"), self.until, tr("else today"))
        for widget in (self.about, FormRow(tr("Department"), self.department), self._until):
            column.addWidget(widget)
        self._letters_button = action_button(self.letters)
        for action, look in ((self.print, "primary"), (self.save_pdf, ""), (self.save_book, "")):
            column.addWidget(action_button(action, look))
        self._rule_button = action_button(self.rule)
        for one in (self._letters_button, self._rule_button):
            column.addWidget(one)
        return left


def _text(place: int, row: tuple[str, ...]) -> str:
    return row[place]


def _print_all(found: Listing, made: QPrinter, report: tasks.Report) -> int:
    from app.reports.listing import listing_pdf

    report(0, 0)
    return print_pdf(listing_pdf(found, in_use()), made, report)


def _set_retention(context: AppContext, months: str, document_no: str) -> Changes:
    """On a worker. Raises Invalid where the months are no number."""
    if not months.strip().isdecimal():
        raise Invalid(tr("Enter a number of months, such as 36."), field="months")
    return context.do(set_retention, int(months), document_no)


_MONTHS = Field(
    "months", mark("Months"), "line", mark("Enter the months."), mark("From the end of the conduct.")
)
_RULE = Field(
    "document_no", mark("Number of the rule"), "line", mark("Enter the number of the office's own rule.")
)
