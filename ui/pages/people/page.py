"""People: filters left, the table in the middle, a look at the one chosen at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from app.commands.changes import Changes, Kind
from app.context import AppContext
from app.permissions import Permission
from app.queries.people import PersonRow, people_ids, people_rows
from app.queries.people_order import PeopleOrder
from app.words import ntr, tr
from models.types import Day
from ui import messages, tasks
from ui.dialogs.add_person import AddPersonDialog
from ui.dialogs.departments import show_departments
from ui.dialogs.transfer import ask_receiving
from ui.page import Place
from ui.pages.long_list import Kind as ListKind
from ui.pages.long_list import LongList
from ui.pages.people.columns import COLUMNS
from ui.pages.people.filter import WIDTH as FILTER
from ui.pages.people.filter import FilterPane
from ui.pages.people.peek import WIDTH as PEEK
from ui.pages.people.peek import PeekPane
from ui.tables.bar import BarWords
from ui.tables.export import Exported
from ui.widgets import EmptyState

NEEDED, MOST_PEEK = 744, 300
"""Logical pixels that the standard columns take, and the most for the pane at the right."""


class PeoplePage(LongList):
    """``Place("people", …)``, see LongList."""

    filter: FilterPane

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, _kind(context), parent)
        self._keeps = context.actor.may(Permission.KEEP_FILES)
        self._dragged = False
        self._adding: AddPersonDialog | None = None
        self._make_actions()
        self.begin(FilterPane(self._keeps, self), (self.take_in, self.add, self.record))
        self.peek = PeekPane(context, self)
        self._lay_out()
        self.filter.departments_wanted.connect(self._show_departments)
        self.peek.opened.connect(lambda: self._open(self.table.current_id(), "entries"))

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

    def _follow(self) -> None:
        person = self.table.current_id()
        if person is not None or not self.model.ids:
            self.peek.follow(person)

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

    def _lay_out(self) -> None:
        self._parts = QSplitter(Qt.Orientation.Horizontal, self)
        for widget in (self.filter, self._middle(), self.peek):
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

    def _nothing(self) -> EmptyState:
        if self.clear.isEnabled():
            sentence = tr("Nobody is found by this filter.")
            return EmptyState("list-filter", sentence, tr("Clear the filter"), self._clear, self)
        sentence = tr("Nobody is here yet. People come from a list, or are added one by one.")
        if not self._keeps:
            return EmptyState("users", sentence, parent=self)
        go = partial(self.place_wanted.emit, Place("import"))
        return EmptyState("users", sentence, tr("Import a list…"), go, self)


def _kind(context: AppContext) -> ListKind:
    hint = tr("Beginning of a name, its pinyin or initials, or a staff number (Ctrl+F)")
    return ListKind(
        "people",
        tr("People"),
        COLUMNS,
        people_ids,
        people_rows,
        PeopleOrder,
        (PeopleOrder.STAFF_NO, False),
        BarWords(tr("Name, pinyin, staff number"), hint, _count),
        Exported(tr("People"), _is_negative, lambda row: row.id in context.actor.recused),
    )


def _count(people: int) -> str:
    return ntr("{n} person", "{n} people", people).format(n=f"{people:,}")


def _is_negative(row: PersonRow, columns: Sequence[str]) -> bool:
    """The number of negative entries tells of them too."""
    return row.negative > 0 and "negative" in columns
