"""The one search box: people and documents from the office, commands from the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from app.words import tr
from ui import icons, tasks, theme


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found."""

    title: str
    detail: str
    icon: str
    open: Callable[[], object]
    """Called on the GUI thread when it is picked."""


Find = Callable[[str], Sequence[Hit]]
"""Hits for what was typed, best first; runs on a worker."""

_PAUSE = 120  # milliseconds without a key before the office is asked
_HIT = Qt.ItemDataRole.UserRole


class SearchBox(QLineEdit):
    """Enter opens the first hit, the arrows choose another, Escape gives the keyboard back.

    Down with nothing typed shows all commands.
    """

    def __init__(self, commands: Callable[[], Sequence[Hit]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder: Find | None = None
        self._commands = commands
        self._before: QWidget | None = None
        self.setPlaceholderText(tr("Search people, documents and commands (Ctrl+K)"))
        self.setAccessibleName(tr("Search people, documents and commands"))
        self.addAction(
            QAction(icons.icon("search", "muted"), "", self), QLineEdit.ActionPosition.LeadingPosition
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._hits = QStandardItemModel(self)
        self._list = QListView()
        self._popup: QCompleter | None = None
        self.textEdited.connect(self._on_edited)

    def begin(self) -> None:
        """Take the keyboard, and remember who had it."""
        if not self.hasFocus():
            self._before = self.window().focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Down:
            self._ask()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.clear()
        if self._before and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self, text: str) -> None:
        self._timer.start(_PAUSE)
        if not text.strip():
            self._timer.stop()
            self._list.hide()

    def _ask(self) -> None:
        text = self.text().strip()
        commands = [hit for hit in self._commands() if text.casefold() in hit.title.casefold()]
        if self.finder and text:
            show = partial(self._on_found, text, commands)
            tasks.read(self, partial(self.finder, text), show, key="search")
        else:
            self._on_found(text, commands, ())

    def _on_found(self, text: str, commands: Sequence[Hit], found: Sequence[Hit]) -> None:
        if text != self.text().strip() or not self.hasFocus():
            return
        self._hits.clear()
        for hit in (*found, *commands):
            self._hits.appendRow(_line(hit))
        if not self._hits.rowCount():
            nothing = QStandardItem(tr("Nothing found for “{text}”").format(text=text))
            nothing.setEnabled(False)
            self._hits.appendRow(nothing)
        completer = self._completer()
        completer.complete(self.rect())
        first = self._hits.item(0)
        if first.isEnabled():
            self._list.setCurrentIndex(completer.completionModel().index(0, 0))

    def _completer(self) -> QCompleter:
        """Made at the first key: a popup is a window, and windows cost time at the start."""
        if self._popup is None:
            self._popup = QCompleter(self._hits, self)
            self._popup.setWidget(self)
            self._popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            self._popup.setMaxVisibleItems(12)
            self._list.setAccessibleName(tr("Found"))
            self._list.setIconSize(QSize(theme.ICON, theme.ICON))
            self._popup.setPopup(self._list)
            self._list.setItemDelegate(_HitDelegate(self._list))  # a completer brings one of its own
            self._popup.activated[QModelIndex].connect(self._on_picked)  # type: ignore[index]  # an overload
        return self._popup

    def _on_picked(self, index: QModelIndex) -> None:
        hit = index.data(_HIT)
        if isinstance(hit, Hit):
            self._leave()  # what is opened may take the keyboard to itself
            hit.open()


def _line(hit: Hit) -> QStandardItem:
    item = QStandardItem(icons.icon(hit.icon, "muted"), hit.title)
    item.setData(hit, _HIT)
    item.setData(f"{hit.title}, {hit.detail}", Qt.ItemDataRole.AccessibleTextRole)
    return item


class _HitDelegate(QStyledItemDelegate):
    """The title as every list shows it, and the detail at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        hit = index.data(_HIT)
        if isinstance(hit, Hit):
            painter.setPen(theme.colour("muted"))
            place = option.rect.adjusted(0, 0, -theme.M, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hit.detail)
