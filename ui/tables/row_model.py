"""A table of any length: an array of ids, and rows fetched in blocks as they come into view.

``data()`` never waits for anything. A row that is not here yet is a placeholder, and its block is asked
for off the GUI thread, the newest wish first: what was only passed in scrolling is forgotten.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from app.errors import UserError
from app.words import tr
from ui import icons, messages, tasks, theme

Row = TypeVar("Row")
Ids: TypeAlias = "array[int]"
"""``array("q")``: eight bytes a row."""
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[int]], Mapping[int, Row]]
"""The rows of these ids, on a worker. An id that is gone is left out."""

BLOCK = 200
KEPT = 40
"""Blocks kept at most; the least recently seen go first."""
WISHES = 4
"""Blocks waited for at most: two are in view, the others were passed."""

_NOWHERE = QModelIndex()
_role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: how a row is shown in it."""

    key: str
    """What the page sorts by in SQL, and what the widths are remembered by."""
    title: str
    """Marked for translation, translated when shown."""
    text: Callable[[Row], str]
    width: int = 8
    """In widths of a Chinese character."""
    alignment: Literal["left", "right", "center"] = "left"
    tooltip: Callable[[Row], str] | None = None
    colour: Callable[[Row], theme.Role | None] | None = None
    icon: Callable[[Row], tuple[str, theme.Role] | None] | None = None
    spoken: Callable[[Row], str] | None = None
    """What a screen reader says where the text alone would not do."""
    sortable: bool = True
    shown: bool = True
    """Whether it is there before anyone has chosen."""


class RowModel(QAbstractTableModel, Generic[Row]):
    """The model of a Table."""

    def __init__(
        self, columns: Sequence[Column[Row]], fetch: Fetch[Row], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns, self.fetch = columns, fetch
        self.ids = array("q")
        self._rows: dict[int, Row] = {}
        self._fresh: dict[int, None] = {}  # blocks that need no fetching, least recently seen first
        self._wished: dict[int, None] = {}  # newest last
        self._fetching: tuple[int, int] | None = None  # generation and block
        self._generation = 0
        self._seen = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fetch_next)

    def reset(self, ids: Ids, rows: Mapping[int, Row] | None = None) -> None:
        """Show these ids. ``rows`` are those known already, such as the first of a query still running;
        rows of before that come again are shown at once and fetched anew."""
        self.beginResetModel()
        self.ids = ids
        self._forget_blocks()
        self._rows.update(rows or {})
        for block in range(len(rows or ()) // BLOCK + 1):
            if ids and all(number in (rows or {}) for number in self._ids_of(block)):
                self._fresh[block] = None
        self.endResetModel()

    def complete(self, ids: Ids) -> None:
        """All ids, after ``reset`` has shown the first: nothing moves where they begin alike."""
        known = len(self.ids)
        if ids[:known] != self.ids or not known:
            self.reset(ids)
        elif len(ids) > known:
            self._fresh.pop((known - 1) // BLOCK if known % BLOCK else -1, None)
            self.beginInsertRows(_NOWHERE, known, len(ids) - 1)
            self.ids = ids
            self.endInsertRows()

    def refetch(self) -> None:
        """The ids are the same, but what the rows say may have changed."""
        self._forget_blocks()
        self._tell_changed(0, len(self.ids) - 1)

    def row_at(self, number: int) -> Row | None:
        """The row, or None while it is on its way."""
        block = number // BLOCK
        if block != self._seen:
            self._see(block)
        return self._rows.get(self.ids[number])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _role.DisplayRole) -> Any:
        show = _SHOWN.get(role)
        if show is None:
            return None
        row = self.row_at(index.row())
        if row is None:
            return "…" if role == _role.DisplayRole else None
        return show(self.columns[index.column()], row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == _role.DisplayRole else None
        if role == _role.DisplayRole:
            return tr(self.columns[section].title)
        if role == _role.TextAlignmentRole:
            return _ALIGNMENTS[self.columns[section].alignment]
        return None

    def _see(self, block: int) -> None:
        if block in self._fresh:
            self._fresh[block] = self._fresh.pop(block)
            self._seen = block
        elif (self._generation, block) != self._fetching:
            self._wished.pop(block, None)
            self._wished[block] = None
            if len(self._wished) > WISHES:
                del self._wished[next(iter(self._wished))]
            if not (self._fetching or self._timer.isActive()):
                self._timer.start(0)  # after the painting that is going on has made all its wishes

    def _fetch_next(self) -> None:
        if self._fetching or not self._wished:
            return
        block, _ = self._wished.popitem()
        self._fetching = self._generation, block
        tasks.read(
            self,
            partial(self.fetch, self._ids_of(block)),
            partial(self._on_fetched, self._generation, block),
            partial(self._on_refused, self._generation, block),
            ended=self._on_ended,
        )

    def _on_fetched(self, generation: int, block: int, rows: Mapping[int, Row]) -> None:
        if generation != self._generation:
            return
        self._rows.update(rows)
        self._fresh[block] = None
        self._prune()
        self._tell_changed(block * BLOCK, block * BLOCK + len(self._ids_of(block)) - 1)

    def _on_refused(self, generation: int, block: int, error: UserError) -> None:
        if generation == self._generation:
            self._fresh[block] = None  # asking again at each painting would be refused each time
        messages.say(self, "refusal", error.sentence)

    def _on_ended(self) -> None:
        self._fetching = None
        self._fetch_next()

    def _ids_of(self, block: int) -> Ids:
        return self.ids[block * BLOCK : (block + 1) * BLOCK]

    def _forget_blocks(self) -> None:
        self._generation += 1
        self._seen = -1
        self._fresh.clear()
        self._wished.clear()

    def _prune(self) -> None:
        if len(self._rows) <= KEPT * BLOCK:
            return
        for block in list(self._fresh)[: -KEPT // 2]:
            del self._fresh[block]
        kept = {number for block in self._fresh for number in self._ids_of(block)}
        self._rows = {number: row for number, row in self._rows.items() if number in kept}
        self._seen = -1

    def _tell_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


_ALIGNMENTS = {
    "left": int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
    "right": int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
    "center": int(Qt.AlignmentFlag.AlignCenter),
}


def _colour(column: Column[Any], row: Any) -> Any:
    role = column.colour and column.colour(row)
    return theme.colour(role) if role else None


def _icon(column: Column[Any], row: Any) -> Any:
    named = column.icon and column.icon(row)
    return icons.icon(*named) if named else None


def _tooltip(column: Column[Any], row: Any) -> str | None:
    return column.tooltip(row) if column.tooltip else None


def _spoken(column: Column[Any], row: Any) -> str:
    return (column.spoken or column.text)(row)


_SHOWN: dict[int, Callable[[Column[Any], Any], Any]] = {
    _role.DisplayRole: lambda column, row: column.text(row),
    _role.TextAlignmentRole: lambda column, row: _ALIGNMENTS[column.alignment],
    _role.ForegroundRole: _colour,
    _role.DecorationRole: _icon,
    _role.ToolTipRole: _tooltip,
    _role.AccessibleTextRole: _spoken,
}
