"""A list that is worked through with the keyboard: two lines a row, in groups, of which some fold away."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.words import tr
from ui import icons, theme

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
        below = ", ".join(text for text, _ in self.below)
        marks = ", ".join(mark.text for mark in self.marks)
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


class QueueList(QListView):
    """Shows a QueueModel. Enter opens, ↑↓ move, a click or ←→ on a heading folds."""

    picked = Signal(str)
    """The key of another item, or nothing where the keyboard stands on none."""
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QueueModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
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
        self.setCurrentIndex(self.rows.index(row) if row >= 0 else _NOWHERE)
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


_PAD = 7
_GAP = 3


class _Delegate(QStyledItemDelegate):
    """Paints the two lines of an item, or the heading of a group."""

    def __init__(self, view: QueueList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sizes, metrics = theme.text_sizes(), self._view.fontMetrics()
        small = round(metrics.height() * sizes.small / sizes.body)
        if isinstance(self._view.rows.shown(index), Group):
            return QSize(200, small + 2 * _PAD)
        return QSize(200, metrics.height() + small + 2 * _PAD + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, room = self._view.rows.shown(index), QRect(option.rect)
        painter.save()
        self._paint_ground(painter, room, option, index)
        inner = room.adjusted(theme.M, _PAD, -theme.M, -_PAD)
        if isinstance(shown, Group):
            self._paint_heading(painter, inner, shown)
        elif shown:
            _paint_item(painter, inner, shown, self._view.font())
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, room: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        colours = theme.colours()
        state: QStyle.StateFlag = option.state
        current = index.row() == self._view.currentIndex().row()
        if current:
            painter.fillRect(room, QColor(colours.selection))
            painter.fillRect(room.x(), room.y(), 3, room.height(), QColor(colours.accent))
        elif isinstance(self._view.rows.shown(index), Group):
            painter.fillRect(room, QColor(colours.window))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, QColor(colours.hover))
        painter.setPen(QPen(QColor(colours.border), 0))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if current and self._view.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.drawRect(room.adjusted(0, 0, -1, -1))

    def _paint_heading(self, painter: QPainter, room: QRect, group: Group) -> None:
        painter.setFont(_font(self._view.font(), small=True, strong=True))
        painter.setPen(theme.colour("muted"))
        if group.folds:
            name = "chevron-right" if self._view.rows.folded(group) else "chevron-down"
            _paint_icon(painter, room, name, "muted")
            room = room.adjusted(14 + theme.XS, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, group.heading())


def _paint_item(painter: QPainter, room: QRect, item: QueueItem, font: QFont) -> None:
    small, strong = _font(font, small=True), _font(font, strong=True)
    height = QFontMetrics(font).height()
    first = QRect(room.x(), room.y(), room.width(), height)
    second = room.adjusted(0, height + _GAP, 0, 0)
    text: theme.Role = "muted" if item.dim else "text"
    _paint_end(painter, first, [(item.value, text)], strong)
    used = _paint_start(painter, first, [(item.title, text)], strong)
    _paint_start(painter, first.adjusted(used + theme.S, 0, 0, 0), [(item.beside, "muted")], small)
    _paint_end(painter, second, [(item.aside, "muted")], small)
    for mark in reversed(item.marks):
        _paint_end(painter, second, [(mark.text, mark.role)], small, gap=theme.XS)
        second.setRight(second.right() - 14)
        _paint_icon(painter, second.adjusted(second.width(), 0, 14, 0), mark.icon, mark.role)
        second.setRight(second.right() - theme.S)
    below: Sequence[Run] = [(run, "muted" if item.dim else role) for run, role in item.below]
    _paint_start(painter, second, below, small)


def _paint_start(painter: QPainter, room: QRect, runs: Sequence[Run], font: QFont) -> int:
    """From the left, ending in … where the room ends; the width used."""
    painter.setFont(font)
    left = room.x()
    for text, role in runs:
        rest = room.right() - left + 1
        if rest <= 0:
            break
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rest)
        painter.setPen(theme.colour(role))
        painter.drawText(QRect(left, room.y(), rest, room.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        left += painter.fontMetrics().horizontalAdvance(shown)
        if shown != text:
            break
    return left - room.x()


def _paint_end(painter: QPainter, room: QRect, runs: Sequence[Run], font: QFont, gap: int = theme.M) -> None:
    """At the right; what is left of the room is taken from it."""
    painter.setFont(font)
    end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    for text, role in runs:
        if text:
            painter.setPen(theme.colour(role))
            painter.drawText(room, int(end), text)
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(text) - gap)


def _paint_icon(painter: QPainter, room: QRect, name: str, role: theme.Role) -> None:
    ratio = painter.device().devicePixelRatioF()
    top = room.y() + (room.height() - 14) // 2
    painter.drawPixmap(room.x(), top, icons.pixmap(name, role, 14, ratio))


def _font(font: QFont, small: bool = False, strong: bool = False) -> QFont:
    made, sizes = QFont(font), theme.text_sizes()
    made.setPixelSize(sizes.small if small else sizes.body)
    made.setWeight(QFont.Weight.Bold if strong else QFont.Weight.Normal)
    return made
