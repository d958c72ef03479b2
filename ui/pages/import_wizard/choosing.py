"""A list to choose from under the place where one chooses: typing finds, Enter takes, Esc leaves."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.pinyin import search_keys
from app.words import tr
from ui import icons, theme

_VALUE = Qt.ItemDataRole.UserRole
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_LINES = 11


class Choice(NamedTuple):
    """One of them."""

    value: str
    text: str
    found_by: Callable[[str], bool] | None = None
    """Whether what was typed, in small letters, means it; without one, its text tells."""
    icon: tuple[str, theme.Role] | None = None


class ChoiceList(QFrame):
    """Opens once. What was typed is looked for anywhere in the words, and in their pinyin from the start."""

    taken = Signal(str)
    """The value of the choice."""

    def __init__(self, name: str, choices: Sequence[Choice], now: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices = choices
        self.field, self.list = QLineEdit(self), QListWidget(self)
        self.field.setPlaceholderText(tr("Type to find"))
        self.field.setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(theme.ICON, theme.ICON))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._find)
        self.list.itemClicked.connect(lambda _: self._take())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        column.setSpacing(theme.XS)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self._find("")
        self._stand(now)

    def open_under(self, place: QRect, typed: str = "") -> None:
        """Open beneath a place of the screen, or above it where there is no room."""
        hint = self.list.sizeHintForColumn(0) + 2 * theme.XL
        width = min(max(place.width(), hint, 220), 520)
        lines = min(_LINES, max(1, len(self._choices)))
        height = lines * max(24, self.list.sizeHintForRow(0)) + self.field.sizeHint().height() + 5 * theme.XS
        self.resize(width, height)
        screen = self.screen().availableGeometry()
        below = place.bottom() + height <= screen.bottom()
        left = max(screen.left(), min(place.left(), screen.right() - width))
        self.move(QPoint(left, place.bottom() + 1 if below else max(screen.top(), place.top() - height)))
        self.show()
        self.field.setFocus()
        if typed:
            self.field.setText(typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that move in the list while one types."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._take()
            return True
        if event.key() in _KEYS:
            self._move(event.key())
            return True
        return False

    def _find(self, typed: str) -> None:
        small = typed.strip().lower()
        self.list.clear()
        for choice in self._choices:
            if not small or _means(choice, small):
                item = QListWidgetItem(choice.text)
                item.setData(_VALUE, choice.value)
                if choice.icon:
                    item.setIcon(icons.icon(*choice.icon))
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _stand(self, value: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_VALUE) == value:
                self.list.setCurrentRow(row)

    def _move(self, key: int) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_LINES}.get(Qt.Key(key), _LINES)
        last = self.list.count() - 1
        self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + by)))

    def _take(self) -> None:
        item = self.list.currentItem()
        value = item.data(_VALUE) if item else None
        self.close()
        if value is not None:
            self.taken.emit(value)


def _means(choice: Choice, typed: str) -> bool:
    """Whether what was typed, in small letters, means a choice: its words, their pinyin or initials."""
    if typed in choice.text.lower() or (choice.found_by and choice.found_by(typed)):
        return True
    return typed.isascii() and any(key.startswith(typed) for key in search_keys(choice.text, is_name=False))
