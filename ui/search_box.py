"""The one search box: people and documents from the office, commands from the window."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from app.words import tr
from ui import icons, tasks, theme
from ui.widgets import closed_by_escape


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found."""

    title: str
    detail: str
    icon: str
    open: Callable[[], object]
    """Called on the GUI thread when it is picked."""
    group: str = ""
    """What kind of thing it is; hits of a kind stand together under it."""


Find = Callable[[str], Sequence[Hit]]
"""Hits for what was typed, best first; runs on a worker."""

_PAUSE = 120  # milliseconds without a key before the office is asked
_HIT = Qt.ItemDataRole.UserRole
_ABOVE = Qt.ItemDataRole.UserRole + 1
WIDTH = 620
"""Of the list at least, in logical pixels."""

Index = QModelIndex | QPersistentModelIndex


class SearchBox(QLineEdit):
    """Enter opens the first hit, the arrows choose another, Escape gives the keyboard back.

    Down with nothing typed shows all commands.
    """

    def __init__(self, commands: Callable[[], Sequence[Hit]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder: Find | None = None
        self._commands = commands
        self._before: QWidget | None = None
        self.setPlaceholderText(tr("Search people, entries and commands (Ctrl+K)"))
        self.setAccessibleName(tr("Search people, entries and commands"))
        self.addAction(
            QAction(icons.icon("search", "muted"), "", self), QLineEdit.ActionPosition.LeadingPosition
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._hits = QStandardItemModel(self)
        self._list = QListView()
        self._delegate = _HitDelegate(self._list)
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
        commands = [
            replace(hit, group=tr("Commands"))
            for hit in self._commands()
            if text.casefold() in hit.title.casefold()
        ]
        if self.finder and text:
            show = partial(self._on_found, text, commands)
            tasks.read(self, partial(self.finder, text), show, key="search")
        else:
            self._on_found(text, commands, ())

    def _on_found(self, text: str, commands: Sequence[Hit], found: Sequence[Hit]) -> None:
        if text != self.text().strip() or not self.hasFocus():
            return
        self._hits.clear()
        above = ""
        for hit in (*found, *commands):
            self._hits.appendRow(_line(hit, hit.group != above))
            above = hit.group
        if not self._hits.rowCount():
            nothing = QStandardItem(tr("Nothing found for “{text}”").format(text=text))
            nothing.setEnabled(False)
            self._hits.appendRow(nothing)
        completer = self._completer()
        self._delegate.typed = text.split()
        completer.complete(QRect(0, 0, max(WIDTH, self.width()), self.height()))
        shown = range(min(self._hits.rowCount(), completer.maxVisibleItems()))
        high = sum(self._list.sizeHintForRow(row) for row in shown) + 2 * self._list.frameWidth()
        self._list.resize(self._list.width(), min(high, self._list.height()))
        first = self._hits.item(0)
        if first.isEnabled():
            self._list.setCurrentIndex(completer.completionModel().index(0, 0))

    def _completer(self) -> QCompleter:
        """Made at the first key: a popup is a window, and windows cost time at the start."""
        if self._popup is None:
            self._popup = QCompleter(self._hits, self)
            self._popup.setWidget(self)
            self._popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            self._popup.setMaxVisibleItems(18)
            self._list.setAccessibleName(tr("Found"))
            self._list.setIconSize(QSize(theme.ICON, theme.ICON))
            self._popup.setPopup(self._list)
            closed_by_escape(self._popup)
            self._list.setItemDelegate(self._delegate)  # a completer brings one of its own
            self._popup.activated[QModelIndex].connect(self._on_picked)  # type: ignore[index]  # an overload
        return self._popup

    def _on_picked(self, index: QModelIndex) -> None:
        hit = index.data(_HIT)
        if isinstance(hit, Hit):
            self._leave()  # what is opened may take the keyboard to itself
            hit.open()


def _line(hit: Hit, first: bool) -> QStandardItem:
    """``first``: of its group, whose name stands above it."""
    item = QStandardItem(icons.icon(hit.icon, "muted"), hit.title)
    item.setData(hit, _HIT)
    item.setData(first and hit.group, _ABOVE)
    said = (hit.group, hit.title, hit.detail)
    item.setData(", ".join(part for part in said if part), Qt.ItemDataRole.AccessibleTextRole)
    return item


class _HitDelegate(QStyledItemDelegate):
    """Icon and title, at the right the detail, what was typed marked in both; above the first of a group its
    name."""

    typed: Sequence[str] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(0, line + theme.S + (line + theme.S if index.data(_ABOVE) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit, above = index.data(_HIT), index.data(_ABOVE)
        if not isinstance(hit, Hit):
            super().paint(painter, option, index)
            return
        room = QStyleOptionViewItem(option)
        self.initStyleOption(room, index)
        if above:
            line = option.fontMetrics.height() + theme.S
            painter.setPen(theme.colour("muted"))
            place = QRect(option.rect.left() + theme.S, option.rect.top(), option.rect.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, above)
            room.rect.setTop(option.rect.top() + line)
        room.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, room, painter, option.widget)
        self._paint_words(painter, room, hit)

    def _paint_words(self, painter: QPainter, room: QStyleOptionViewItem, hit: Hit) -> None:
        words = room.rect.adjusted(theme.ICON + theme.L, 0, -theme.M, 0)
        title = min(words.width(), room.fontMetrics.horizontalAdvance(hit.title) + theme.XL)
        _draw_marked(painter, words, hit.title, self.typed, "text")
        rest = words.adjusted(title, 0, 0, 0)
        detail = room.fontMetrics.elidedText(hit.detail, Qt.TextElideMode.ElideRight, rest.width())
        rest.setLeft(rest.right() - room.fontMetrics.horizontalAdvance(detail))
        _draw_marked(painter, rest, detail, self.typed, "muted")


def _draw_marked(painter: QPainter, room: QRect, text: str, typed: Sequence[str], role: theme.Role) -> None:
    """One line, what was typed underlined in the accent: never by colour alone."""
    metrics = painter.fontMetrics()
    for start, end in marked(text, typed):
        left = room.left() + metrics.horizontalAdvance(text[:start])
        right = room.left() + metrics.horizontalAdvance(text[:end])
        low = room.center().y() + metrics.height() // 2
        painter.fillRect(left, low - 1, right - left, 2, theme.colour("accent"))
    painter.setPen(theme.colour(role))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def marked(text: str, typed: Sequence[str]) -> list[tuple[int, int]]:
    """Where words that were typed stand in a text: from and to."""
    if not typed:
        return []
    words = "|".join(re.escape(word) for word in sorted(typed, key=len, reverse=True))
    return [match.span() for match in re.finditer(words, text, re.IGNORECASE)]
