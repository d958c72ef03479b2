"""The rows of a list that is worked through: groups and their items."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from app.words import listed, tr
from ui import theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_role = Qt.ItemDataRole
SHOWN = _role.UserRole
"""The Group or QueueItem of a row."""

Run = tuple[str, theme.Role]
"""A piece of text in its colour."""


class Mark(NamedTuple):
    """What is unusual about a row: never an icon or a colour alone."""

    text: str
    icon: str
    role: theme.Role


class QueueItem(NamedTuple):
    """One thing to look at."""

    key: str
    title: str
    beside: str = ""
    value: str = ""
    """At the right of the first line."""
    below: tuple[Run, ...] = ()
    """The second line; it gives way to marks and ``aside``."""
    marks: tuple[Mark, ...] = ()
    aside: str = ""
    """At the right of the second line."""
    hint: str = ""
    """Why nothing can be done about it, or what there is to know more; a tooltip."""
    dim: bool = False

    def being_written(self) -> "QueueItem":
        """As it stands while what was decided about it is on its way."""
        return self._replace(dim=True, marks=(Mark(tr("Being written"), "clock", "muted"),))

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        below = listed(text for text, _ in self.below)
        marks = listed(mark.text for mark in self.marks)
        parts = (self.title, self.beside, self.value, below, marks, self.aside, self.hint)
        return "; ".join(part for part in parts if part)


class Group(NamedTuple):
    """Rows under a heading; without a title they have none."""

    title: str
    items: Sequence[QueueItem]
    folds: bool = False
    """Whether it is folded away until opened."""

    def heading(self) -> str:
        """The title with the number of its rows."""
        return tr("{title} ({n})").format(title=self.title, n=len(self.items))


class QueueModel(QAbstractListModel):
    """Groups and their rows as one list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()
        self._rows: list[Group | QueueItem] = []
        self._open: set[str] = set()

    def show(self, groups: Sequence[Group]) -> None:
        """Other rows; what was unfolded stays so."""
        self.beginResetModel()
        self._groups = groups
        self._rows = []
        for group in groups:
            if group.title and group.items:
                self._rows.append(group)
            if not self.folded(group):
                self._rows += group.items
        self.endResetModel()

    def folded(self, group: Group) -> bool:
        return group.folds and group.title not in self._open

    def fold(self, group: Group, away: bool) -> None:
        """Fold a group away or open it."""
        (self._open.discard if away else self._open.add)(group.title)
        self.show(self._groups)

    def hiding(self, key: str) -> Group | None:
        """The group that is folded away over an item."""
        folded = (group for group in self._groups if self.folded(group))
        return next((group for group in folded if any(item.key == key for item in group.items)), None)

    def row_of(self, key: str) -> int:
        """Where the item of a key stands; -1 where it is not shown."""
        rows = (n for n, row in enumerate(self._rows) if isinstance(row, QueueItem) and row.key == key)
        return next(rows, -1)

    def item_rows(self) -> list[int]:
        """Where items stand, from the top."""
        return [n for n, row in enumerate(self._rows) if isinstance(row, QueueItem)]

    def shown(self, index: Index) -> Group | QueueItem | None:
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _role.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == SHOWN:
            return row
        if role == _role.DisplayRole:
            return row.heading() if isinstance(row, Group) else row.title
        if role == _role.AccessibleTextRole:
            return row.heading() if isinstance(row, Group) else row.spoken()
        if role == _role.ToolTipRole and isinstance(row, QueueItem):
            return row.hint or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.shown(index)
        if isinstance(row, Group) and not row.folds:
            return Qt.ItemFlag.ItemIsEnabled & Qt.ItemFlag.NoItemFlags  # the keyboard passes over it
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
