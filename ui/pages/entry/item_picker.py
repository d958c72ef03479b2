"""Finds an item by typing Chinese, English, pinyin, initials or code."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.labels import label
from app.queries.entries import ItemRow
from app.words import in_use, listed, tr
from models.types import Polarity
from ui import icons, theme
from ui.widgets import closed_by_escape

_CODE = Qt.ItemDataRole.UserRole
DETAIL = Qt.ItemDataRole.UserRole + 1


class ItemPicker(QLineEdit):
    """Enter takes the highlighted item and moves on; the arrow down shows them all."""

    picked = Signal()
    """Another item is chosen, or none any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[ItemRow] = ()
        self._code = ""
        self._hits = QStandardItemModel(self)
        self._list = QListView()
        self._list.setIconSize(QSize(theme.ICON, theme.ICON))
        self._list.setAccessibleName(tr("Items found"))
        self._popup = QCompleter(self._hits, self)
        self._popup.setWidget(self)
        self._popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup.setMaxVisibleItems(12)
        self._popup.setPopup(self._list)
        closed_by_escape(self._popup)
        self._list.setItemDelegate(Detailed(self._list))  # a completer brings one of its own
        self._popup.activated[QModelIndex].connect(self._on_picked)  # type: ignore[index]  # an overload
        self.textEdited.connect(self._on_edited)
        self.setPlaceholderText(tr("Name, pinyin, initials or code"))

    def offer(self, items: Sequence[ItemRow]) -> None:
        """The items to choose from. What is chosen stays."""
        self._items = items
        if self._code:
            selected = self.hasSelectedText()
            self.put(self._code)
            if selected:
                self.selectAll()

    def code(self) -> str:
        """The chosen item; empty where what is typed is none."""
        return self._code

    def put(self, code: str, typed: str = "") -> None:
        """Show an item, or what was typed where there is none."""
        item = next((item for item in self._items if item.code == code), None)
        self._code = code
        self.setText(item.name(in_use()) if item else typed or code)
        self.setCursorPosition(0)
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._show("" if self._code else self.text())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self._list.isVisible()
        ):
            self._on_picked(self._list.currentIndex())
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The whole name or code, typed without looking at the list, is as good."""
        typed = self.text().strip().lower()
        for item in self._items:
            if not self._code and typed and typed in (item.code, item.name_zh, item.name_en.lower()):
                self.put(item.code)
        super().focusOutEvent(event)

    def _on_edited(self, text: str) -> None:
        self._code = ""
        self.picked.emit()
        if text.strip():
            self._show(text)
        else:
            self._list.hide()

    def _show(self, typed: str) -> None:
        self._hits.clear()
        for item in found(self._items, typed):
            self._hits.appendRow(_line(item))
        if not self._hits.rowCount():
            nothing = QStandardItem(tr("No item for “{text}”").format(text=typed.strip()))
            nothing.setEnabled(False)
            self._hits.appendRow(nothing)
        self._popup.complete(self.rect())
        if self._hits.item(0).isEnabled():
            self._list.setCurrentIndex(self._popup.completionModel().index(0, 0))

    def _on_picked(self, index: QModelIndex) -> None:
        code = index.data(_CODE)
        self._list.hide()
        if code:
            self.put(code)
            self.focusNextChild()


def found(items: Sequence[ItemRow], typed: str) -> list[ItemRow]:
    """The items meant by what was typed; those whose name begins so come first."""
    small = typed.strip().lower()
    hits = [item for item in items if item.found_by(small)] if small else list(items)
    return sorted(hits, key=lambda item: not (item.name_zh.startswith(small) or small in item.keys.split()))


def _line(item: ItemRow) -> QStandardItem:
    positive = item.polarity is Polarity.POSITIVE
    icon = icons.icon("plus", "positive") if positive else icons.icon("minus", "negative")
    made = QStandardItem(icon, item.name(in_use()))
    made.setData(item.code, _CODE)
    made.setData(label(item.category), DETAIL)
    spoken = listed((label(item.polarity), item.name(in_use()), label(item.category)))
    made.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    return made


class Detailed(QStyledItemDelegate):
    """The name as every list shows it, and the category at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        painter.setPen(theme.colour("muted"))
        place = option.rect.adjusted(0, 0, -theme.M, 0)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, index.data(DETAIL) or "")
