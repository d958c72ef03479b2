"""People: filters left, the table in the middle, a look at the one chosen at the right."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.context import AppContext
from app.permissions import Permission
from app.queries.departments import departments
from app.queries.people import PeopleFilter, PeopleOrder, PersonRow, people_rows
from app.words import tr
from models.types import Day
from ui import messages, tasks
from ui.dialogs.add_person import AddPersonDialog
from ui.dialogs.departments import show_departments
from ui.dialogs.transfer import ask_receiving
from ui.page import Page, Place
from ui.pages.people.bar import PeopleBar
from ui.pages.people.columns import COLUMNS
from ui.pages.people.filter import WIDTH as FILTER
from ui.pages.people.filter import FilterPane
from ui.pages.people.peek import WIDTH as PEEK
from ui.pages.people.peek import PeekPane
from ui.pages.people.reading import First, Listed, read_all, read_first
from ui.tables.columns import sorting
from ui.tables.row_model import RowModel
from ui.tables.table import Table
from ui.widgets import EmptyState, rule

NEEDED, MOST_PEEK = 744, 300
"""Logical pixels that the standard columns take, and the most for the pane at the right."""


class PeoplePage(Page):
    """Keeps its filter, order and selection while it lives."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._keeps = context.actor.may(Permission.KEEP_FILES)
        self._kept: int | None = None
        self._then_open = self._dragged = False
        self._adding: AddPersonDialog | None = None
        self.setWindowTitle(tr("People"))
        self._make_actions()
        self.filter = FilterPane(self._keeps, self)
        self.bar = PeopleBar(self.clear, (self.take_in, self.add, self.record), self)
        self.model = RowModel(COLUMNS, lambda ids: context.ask(people_rows, ids), self)
        self.table = Table(self.model, "people", self)
        if sorting(self.table, COLUMNS) is None:
            self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self._ask()  # the office answers while the rest is built
        self.first = self.table
        self.peek = PeekPane(context, self)
        self._lay_out()
        self._connect()

    def refresh(self, changes: Changes) -> None:
        """People may be others; or the same, with other entries or grades."""
        if changes.kinds & {Kind.PEOPLE, Kind.DEPARTMENTS}:
            self._ask_departments()
            self._ask_again()
        elif changes.kinds & {Kind.ENTRIES, Kind.EVALUATIONS, Kind.SCHEMES}:
            if self.filter.wanted().marked:
                self._ask_again()
            else:
                self.model.refetch()
        else:
            return
        self.peek.look_again()

    # Asking

    def _ask_departments(self) -> None:
        tasks.read(self, partial(self._context.ask, departments), self.filter.put, key="departments")

    def _wanted(self) -> PeopleFilter:
        key, descending = sorting(self.table, COLUMNS) or (PeopleOrder.STAFF_NO, False)
        order = PeopleOrder(key)
        return replace(self.filter.wanted(), text=self.bar.text(), order=order, descending=descending)

    def _ask(self) -> None:
        """Another question: the first rows come at once, and all ids after them."""
        wanted = self._wanted()
        self._kept = self.table.current_id() or self._kept
        self._show_filter(wanted)
        self.bar.show_count(None)
        self._then_open = False
        ask = partial(read_first, self._context, wanted)
        tasks.read(self, ask, partial(self._on_first, wanted), key="ids")

    def _search(self) -> None:
        """Another text: the best is at the top."""
        self.table.setCurrentIndex(self.table.rootIndex())
        self._kept = None
        self._ask()

    def _on_first(self, wanted: PeopleFilter, found: First) -> None:
        self.table.replace(found.ids, found.rows)
        if not self.filter.rows:
            self._ask_departments()
        if found.complete:
            self._show(Listed(found.ids))
        else:
            if self._kept is None:
                self._stand(0)
            ask = partial(read_all, self._context, wanted, self._kept)
            tasks.read(self, ask, self._on_all, key="ids")
        if self._then_open:
            self._then_open = False
            self._open(self.table.current_id())

    def _on_all(self, found: Listed) -> None:
        self.model.complete(found.ids)
        self._show(found)

    def _ask_again(self) -> None:
        """The same question, after something changed."""
        ask = partial(read_all, self._context, self._wanted(), self.table.current_id())
        tasks.read(self, ask, self._on_again, key="ids")

    def _on_again(self, found: Listed) -> None:
        if found.ids == self.model.ids:
            self.model.refetch()
        else:
            self.table.replace(found.ids)
        self._show(found)

    # Showing

    def _show(self, found: Listed) -> None:
        """All ids are in the table now."""
        self.bar.show_count(len(found.ids))
        if found.ids:
            self._stack.setCurrentIndex(0)
        else:
            self._say_nobody()
        self._stand(found.row)
        self._follow()

    def _stand(self, row: int) -> None:
        """Where nobody is chosen, choose this one."""
        if self.table.current_id() is not None or not self.model.ids:
            return
        chosen = self.table.selectionModel()
        if chosen.hasSelection():  # all are
            chosen.setCurrentIndex(self.model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self.table.selectRow(row)

    def _follow(self) -> None:
        person = self.table.current_id()
        if person is not None or not self.model.ids:
            self.peek.follow(person)

    def _show_filter(self, wanted: PeopleFilter) -> None:
        words = self.filter.words()
        if wanted.text:
            words.append(f"“{wanted.text}”")
        self.clear.setEnabled(wanted.active)
        self.clear.setVisible(wanted.active)
        self.bar.show_filter(words)

    # Acting

    def _clear(self) -> None:
        self.bar.clear()
        self.filter.clear()
        self.table.setFocus()

    def _on_enter(self) -> None:
        """Open the one at the top, also of an answer that is still on its way."""
        if self.bar.waits:
            self._search()
        person = self.table.current_id()
        self._then_open = person is None
        self._open(person)

    def _open(self, person: int | None, *tab: str) -> None:
        if person is not None:
            ask = partial(self._context.ask, people_rows, [person])
            tasks.read(self, ask, partial(self._on_row, tab), key="open")

    def _on_row(self, tab: tuple[str, ...], rows: Mapping[int, PersonRow]) -> None:
        for row in rows.values():
            self.place_wanted.emit(Place("file", (row.staff_no, *tab)))

    def _add(self) -> None:
        tasks.read(self, self._context.today, self._on_today, key="today")

    def _on_today(self, today: Day) -> None:
        if self._adding is None:
            self._adding = AddPersonDialog(self._context, today, self)
            self._adding.added.connect(self._on_added)
        self._adding.begin(today, self.filter.rows, self.filter.wanted().departments)

    def _on_added(self, staff_no: str, name: str) -> None:
        said = tr("{name} is added, and the file is opened.").format(name=name)
        go = partial(self.place_wanted.emit, Place("file", (staff_no,)))
        messages.say(self, "ok", said, messages.Action(tr("Go to the file"), go))

    def _show_departments(self) -> None:
        chosen = self.filter.wanted().departments
        show_departments(self, self._context, min(chosen) if chosen else None)

    def _make_actions(self) -> None:
        adds = tr("Only who keeps files adds people.")
        records = tr("Only who keeps files records entries.")
        self.clear = self._action(tr("Clear the filter"), "Esc", self._clear)
        self.add = self._action(tr("Add person…"), "Ctrl+Shift+N", self._add, "" if self._keeps else adds)
        self.take_in = self._action(
            tr("Take in a file…"),
            "Ctrl+Shift+O",
            lambda: ask_receiving(self, self._context),
            "" if self._keeps else adds,
        )
        self.record = self._action(
            tr("Record an entry…"),
            "Ctrl+N",
            lambda: self._open(self.table.current_id(), "new"),
            "" if self._keeps else records,
        )
        self._action(tr("Search this list"), "Ctrl+F", lambda: self.bar.search.setFocus())

    def _action(self, text: str, keys: str, do: Callable[[], object], why_not: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(why_not or f"{text.rstrip('…')} ({keys})")
        action.setEnabled(not why_not)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self.filter.changed.connect(self._ask)
        self.filter.departments_wanted.connect(self._show_departments)
        self.bar.searched.connect(self._search)
        self.bar.opened.connect(self._on_enter)
        self.bar.left.connect(self.table.setFocus)
        self.table.sort_wanted.connect(lambda *_: self._ask())
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._follow)
        self.peek.opened.connect(lambda: self._open(self.table.current_id(), "entries"))

    def _lay_out(self) -> None:
        self.table.setAccessibleName(tr("People"))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(rule())
        column.addWidget(self._stack)
        self._parts = QSplitter(Qt.Orientation.Horizontal, self)
        for widget in (self.filter, middle, self.peek):
            self._parts.addWidget(widget)
        self._parts.setCollapsible(1, False)
        self._parts.splitterMoved.connect(self._on_dragged)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._parts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the columns do not need goes to the pane at the right first, until somebody drags an edge."""
        super().resizeEvent(event)
        if not self._dragged:
            rest = self.width() - FILTER - NEEDED
            seen = min(max(rest, PEEK), MOST_PEEK)
            self._parts.setSizes([FILTER, self.width() - FILTER - seen, seen])

    def _on_dragged(self) -> None:
        self._dragged = True

    def _say_nobody(self) -> None:
        if old := self._stack.widget(1):
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(self._stack.addWidget(self._nobody()))

    def _nobody(self) -> EmptyState:
        if self.clear.isEnabled():
            sentence = tr("Nobody is found by this filter.")
            return EmptyState("list-filter", sentence, tr("Clear the filter"), self._clear, self)
        sentence = tr("Nobody is here yet. People come from a list, or are added one by one.")
        if not self._keeps:
            return EmptyState("users", sentence, parent=self)
        go = partial(self.place_wanted.emit, Place("import"))
        return EmptyState("users", sentence, tr("Import a list…"), go, self)
