"""A page that is one long table: filters left, the table in the middle, what is filtered by above it.

The first rows come at once, all ids after them; a stale answer is dropped.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QItemSelectionModel, Qt, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.context import AppContext
from app.queries.departments import DepartmentRow, departments
from app.words import tr
from ui import tasks
from ui.page import Page, Place
from ui.tables.bar import BarWords, ListBar
from ui.tables.columns import show_columns, shown_keys, sorting
from ui.tables.export import Exported, export_rows
from ui.tables.reading import First, Listed, Query, read_all, read_first
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.tables.views import ViewsMenu
from ui.widgets import EmptyState, rule


@dataclass(frozen=True)
class Kind:
    """What a long list is of."""

    name: str
    """Under which columns and kept filters are remembered."""
    title: str
    """Translated."""
    columns: Sequence[Column[Any]]
    ids: Query
    rows: Query
    order: Callable[[str], Any]
    """What the filter calls the order of a column."""
    first_order: tuple[str, bool]
    """Column and whether it descends, before anybody has sorted."""
    words: BarWords
    exported: Exported


class Filters(Protocol):
    """The pane at the left."""

    @property
    def changed(self) -> SignalInstance: ...
    @property
    def rows(self) -> list[DepartmentRow]: ...
    def put(self, rows: list[DepartmentRow]) -> None: ...
    def wanted(self) -> Any: ...
    def words(self) -> list[str]: ...
    def state(self) -> dict[str, Any]: ...
    def restore(self, state: dict[str, Any]) -> None: ...


class LongList(Page):
    """Keeps its filter, order and selection while it lives. ``Place(…, ("text", t))`` and
    ``("department", id)`` filter it anew."""

    filter: Filters

    def __init__(self, context: AppContext, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._kept: int | None = None
        self._then_open = False
        self._filtered_by: tuple[Any, ...] = ()
        self.setWindowTitle(kind.title)
        self.clear = self._action(tr("Clear the filter"), "Esc", self._clear)
        self.export = self._action(tr("Export…"), "Ctrl+E", self._export)
        self.views = ViewsMenu(context, kind.name, self._view, self._show_view, self)

    def begin(self, pane: Filters, acts: Sequence[QAction]) -> None:
        """Ask for the first time; ``acts``: buttons beside the search field."""
        kind = self._kind
        self.filter = pane
        self.bar = ListBar(kind.words, self.clear, acts, (self.views.menuAction(), self.export), self)
        self._action(tr("Search this list"), "Ctrl+F", self.bar.search.setFocus)
        self.model = RowModel(kind.columns, lambda ids: self._context.ask(kind.rows, ids), self)
        self.table = Table(self.model, kind.name, self)
        self.table.setAccessibleName(kind.title)
        self.first = self.table
        if sorting(self.table, kind.columns) is None:
            self._sort(*kind.first_order)
        self._ask()  # the office answers while the rest is built
        pane.changed.connect(self._ask)
        self.bar.searched.connect(self._search)
        self.bar.opened.connect(self._on_enter)
        self.bar.left.connect(self.table.setFocus)
        self.table.sort_wanted.connect(lambda *_: self._ask())
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._follow)

    def show_place(self, place: Place) -> None:
        """Filter by what the place names, once: whoever comes back finds the list as it was left."""
        if place.args and place.args != self._filtered_by:
            what, value = place.args
            self.bar.search.setText(value if what == "text" else "")
            everyone = {"serving": None}  # who left is found by the search box too
            self.filter.restore({what: value} if what == "department" else everyone)
        self._filtered_by = place.args

    # Asking

    def _ask_departments(self) -> None:
        tasks.read(self, partial(self._context.ask, departments), self.filter.put, key="departments")

    def _wanted(self) -> Any:
        key, descending = sorting(self.table, self._kind.columns) or self._kind.first_order
        order = self._kind.order(key)
        return replace(self.filter.wanted(), text=self.bar.text(), order=order, descending=descending)

    def _ask(self) -> None:
        """Another question: the first rows come at once, and all ids after them."""
        wanted = self._wanted()
        self._kept = self.table.current_id() or self._kept
        self._show_filter(wanted)
        self.bar.show_count(None)
        self._then_open = False
        ask = partial(read_first, self._context, self._kind.ids, self._kind.rows, wanted)
        tasks.read(self, ask, partial(self._on_first, wanted), key="ids")

    def _search(self) -> None:
        """Another text: the best is at the top."""
        self.table.setCurrentIndex(self.table.rootIndex())
        self._kept = None
        self._ask()

    def _on_first(self, wanted: Any, found: First) -> None:
        self.table.replace(found.ids, found.rows)
        if not self.filter.rows:
            self._ask_departments()
        if found.complete:
            self._show(Listed(found.ids))
        else:
            if self._kept is None:
                self._stand(0)
            ask = partial(read_all, self._context, self._kind.ids, wanted, self._kept)
            tasks.read(self, ask, self._on_all, key="ids")
        if self._then_open:
            self._then_open = False
            self._open(self.table.current_id())

    def _on_all(self, found: Listed) -> None:
        self.model.complete(found.ids)
        self._show(found)

    def _ask_again(self) -> None:
        """The same question, after something changed."""
        wanted, current = self._wanted(), self.table.current_id()
        ask = partial(read_all, self._context, self._kind.ids, wanted, current)
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
            self._say_nothing()
        self._stand(found.row)
        self._follow()

    def _stand(self, row: int) -> None:
        """Where none is chosen, choose this one."""
        if self.table.current_id() is not None or not self.model.ids:
            return
        chosen = self.table.selectionModel()
        if chosen.hasSelection():  # all are
            chosen.setCurrentIndex(self.model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self.table.selectRow(row)

    def _follow(self) -> None:
        """Another row is chosen."""

    def _show_filter(self, wanted: Any) -> None:
        words = self.filter.words()
        if wanted.text:
            words.append(f"“{wanted.text}”")
        self.clear.setEnabled(wanted.active)
        self.clear.setVisible(wanted.active)
        self.bar.show_filter(words)

    def _say_nothing(self) -> None:
        if old := self._stack.widget(1):
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(self._stack.addWidget(self._nothing()))

    def _nothing(self) -> EmptyState:
        """What stands in place of the table where nothing is found."""
        raise NotImplementedError

    # Acting

    def _clear(self) -> None:
        self.bar.clear()
        self.filter.restore({})
        self.table.setFocus()

    def _on_enter(self) -> None:
        """Open the one at the top, also of an answer that is still on its way."""
        if self.bar.waits:
            self._search()
        found = self.table.current_id()
        self._then_open = found is None
        self._open(found)

    def _open(self, number: int | None, *tab: str) -> None:
        if number is not None:
            ask = partial(self._context.ask, self._kind.rows, [number])
            tasks.read(self, ask, partial(self._on_row, tab), key="open")

    def _on_row(self, tab: tuple[str, ...], rows: Mapping[int, Any]) -> None:
        for row in rows.values():
            self.place_wanted.emit(self._place_of(row, *tab))

    def _place_of(self, row: Any, *tab: str) -> Place:
        """Where a row leads."""
        return Place("file", (row.staff_no, *tab))

    def _export(self) -> None:
        export_rows(
            self, self._context, self._kind.exported, self.table, [*self.filter.words(), self.bar.text()]
        )

    # Kept filters

    def _view(self) -> dict[str, Any]:
        order = sorting(self.table, self._kind.columns) or self._kind.first_order
        return {
            "filter": self.filter.state(),
            "text": self.bar.text(),
            "order": order,
            "columns": shown_keys(self.table, self._kind.columns),
        }

    def _show_view(self, view: dict[str, Any]) -> None:
        show_columns(self.table, self._kind.columns, view["columns"])
        self._sort(*view["order"])
        self.bar.search.setText(view["text"])
        self.filter.restore(view["filter"])
        self.table.setFocus()

    def _sort(self, key: str, descending: bool) -> None:
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        for section, column in enumerate(self._kind.columns):
            if column.key == key:
                self.table.horizontalHeader().setSortIndicator(section, way)

    # What it is made of

    def _action(self, text: str, keys: str, do: Callable[[], object], why_not: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(why_not or f"{text.rstrip('…')} ({keys})")
        action.setEnabled(not why_not)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _middle(self) -> QWidget:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(rule())
        column.addWidget(self._stack)
        return middle
