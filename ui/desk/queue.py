"""A list that is worked through with the keyboard: two lines a row, in groups, of which some fold away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui import theme
from ui.desk.paint import QueuePainter
from ui.desk.rows import Group, QueueItem, QueueModel


class QueueList(QListView):
    """Shows a QueueModel. Enter opens, ↑↓ move, a click or ←→ on a heading folds."""

    picked = Signal(str)
    """The key of another item, or nothing where the keyboard stands on none."""
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QueueModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(QueuePainter(self, self.rows))
        self.setAccessibleName(name)
        theme.mark(self, "surface", "plain")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._picked = ""
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_opened)

    def current(self) -> str:
        """The key of the item that the keyboard stands on; empty for none."""
        shown = self.rows.shown(self.currentIndex())
        return shown.key if isinstance(shown, QueueItem) else ""

    def shown_keys(self) -> list[str]:
        """The keys of the items shown, from the top."""
        shown = (self.rows.shown(self.rows.index(row)) for row in range(self.rows.rowCount()))
        return [row.key for row in shown if isinstance(row, QueueItem)]

    def following(self, may: Callable[[str], bool]) -> str:
        """The next key below for which ``may`` holds, else the nearest above, else where it stands."""
        keys, current = self.shown_keys(), self.current()
        at = keys.index(current)
        return next((key for key in (*keys[at:], *reversed(keys[:at])) if may(key)), current)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Other rows: the keyboard stays on its item, or where that item was."""
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        kept = self._picked
        self.rows.show(groups)
        found = self.rows.row_of(kept)
        self._stand(found if found >= 0 else self._near(max(0, row)))
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(self.currentIndex())

    def pick(self, key: str) -> None:
        """Put the keyboard on an item; a group that hides it opens."""
        if group := self.rows.hiding(key):
            self._fold(group, False)
        if (row := self.rows.row_of(key)) >= 0:
            self._stand(row)

    def _near(self, row: int) -> int:
        """The item at a row or the next one, else the last before it; -1 where there are none."""
        items = self.rows.item_rows()
        return next((one for one in items if one >= row), items[-1] if items else -1)

    def _stand(self, row: int) -> None:
        self.setCurrentIndex(self.rows.index(row) if row >= 0 else self.rootIndex())
        self._on_current()

    def _on_current(self) -> None:
        key = self.current()
        if key != self._picked:
            self._picked = key
            self.picked.emit(key)

    def _on_opened(self, index: QModelIndex) -> None:
        shown = self.rows.shown(index)
        if isinstance(shown, QueueItem):
            self.opened.emit(shown.key)

    def _fold(self, group: Group, away: bool) -> None:
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self.rows.fold(group, away)
        self.setCurrentIndex(self.rows.index(row))
        self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown, key = self.rows.shown(self.currentIndex()), event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(shown, Group) and (enter or key == Qt.Key.Key_Space):
            self._fold(shown, not self.rows.folded(shown))
        elif isinstance(shown, Group) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(shown, key == Qt.Key.Key_Left)
        elif enter:
            self._on_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are shortcuts here."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        shown = self.rows.shown(self.indexAt(event.position().toPoint()))
        if isinstance(shown, Group) and shown.folds:
            self._fold(shown, not self.rows.folded(shown))

    def sizeHint(self) -> QSize:
        return QSize(420, 400)
