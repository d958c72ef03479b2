"""Chooses among many words: a list that is narrowed by typing, over the window until it is left."""

from collections.abc import Callable, Collection, Mapping
from functools import cache

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.pinyin import search_keys
from app.words import tr
from ui import theme

_CODE = Qt.ItemDataRole.UserRole
_ROWS = 10


class Picker(QFrame):
    """Several can be ticked, with Space or a click; or one is taken, with Enter or a click."""

    def __init__(
        self,
        owner: QWidget,
        words: Mapping[str, str],
        chosen: Collection[str],
        many: bool,
        done: Callable[[list[str]], object],
    ) -> None:
        """``done`` is told at every tick; for one alone, once, and the list closes."""
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.mark(self, "surface", "card")
        self._many, self._done, self._owner = many, done, owner
        self._chosen = list(chosen)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by name, pinyin or code"))
        self.filter.setAccessibleName(tr("Filter"))
        self.filter.textChanged.connect(self._narrow)
        self.filter.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(owner.accessibleName())
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for code, said in words.items():
            item = QListWidgetItem(said)
            item.setData(_CODE, code)
            item.setToolTip(f"{said} ({code})")
            if many:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(_state(code in self._chosen))
            self.list.addItem(item)
        self.list.itemClicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self.filter)
        column.addWidget(self.list)
        self.resize(max(owner.width(), 280), (_ROWS + 3) * (self.fontMetrics().height() + theme.S))
        self._narrow("")

    def open(self) -> None:
        """Show it beneath its owner, or above where there is no room."""
        below = self._owner.mapToGlobal(QPoint(0, self._owner.height()))
        room = self._owner.screen().availableGeometry()
        if below.y() + self.height() > room.bottom():
            below.setY(max(room.top(), self._owner.mapToGlobal(QPoint(0, 0)).y() - self.height()))
        below.setX(max(room.left(), min(below.x(), room.right() - self.width())))
        self.move(below)
        self.show()
        self.filter.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the letters; what moves and chooses is for the list."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            QApplication.sendEvent(self.list, event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (self._many and key == Qt.Key.Key_Space):
            if item := self.list.currentItem():
                self._take(item)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            self._leave()
        else:
            return False
        return True

    def _take(self, item: QListWidgetItem) -> None:
        code = str(item.data(_CODE))
        if not self._many:
            self._leave()
            self._done([code])
            return
        ticked = code not in self._chosen
        self._chosen = [*self._chosen, code] if ticked else [one for one in self._chosen if one != code]
        item.setCheckState(_state(ticked))
        self._done(self._chosen)

    def _leave(self) -> None:
        self.close()
        self._owner.setFocus()

    def _narrow(self, typed: str) -> None:
        wanted, first = typed.strip().lower(), None
        for number in range(self.list.count()):
            item = self.list.item(number)
            shown = _found_by(item.text(), str(item.data(_CODE)), wanted)
            item.setHidden(not shown)
            wished = first is None or (not wanted and not self._many and item.data(_CODE) in self._chosen)
            first = item if shown and wished else first
        if first:
            self.list.setCurrentItem(first)


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


@cache
def _keys(words: str) -> tuple[str, ...]:
    return search_keys(words, is_name=False)


def _found_by(words: str, code: str, wanted: str) -> bool:
    by_sound = any(key.startswith(wanted) for key in _keys(words))
    return wanted in words.lower() or wanted in code.lower() or by_sound
