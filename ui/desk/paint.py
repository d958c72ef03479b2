"""How the rows of a list that is worked through look."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from ui import icons, theme
from ui.desk.rows import Group, Index, QueueItem, QueueModel, Run
from ui.widgets import draw_focus

_PAD = 7
_GAP = 3


class QueuePainter(QStyledItemDelegate):
    """Paints the two lines of an item, or the heading of a group."""

    def __init__(self, view: QAbstractItemView, rows: QueueModel) -> None:
        super().__init__(view)
        self._view, self._rows = view, rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sizes, metrics = theme.text_sizes(), self._view.fontMetrics()
        small = round(metrics.height() * sizes.small / sizes.body)
        if isinstance(self._rows.shown(index), Group):
            return QSize(200, small + 2 * _PAD)
        return QSize(200, metrics.height() + small + 2 * _PAD + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, room = self._rows.shown(index), QRect(option.rect)
        painter.save()
        self._paint_ground(painter, room, option, index)
        inner = room.adjusted(theme.M, _PAD, -theme.M, -_PAD)
        if isinstance(shown, Group):
            self._paint_heading(painter, inner, shown)
        elif shown:
            _paint_item(painter, inner, shown, self._view.font())
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What is cut off is shown as a tooltip, where there is no hint."""
        shown = self._rows.shown(index)
        if isinstance(shown, QueueItem) and not shown.hint:
            lines = _lines_cut(shown, option.rect.width() - 2 * theme.M, self._view.font())
            QToolTip.showText(event.globalPos(), "\n".join(lines), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _paint_ground(
        self, painter: QPainter, room: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        colours = theme.colours()
        state: QStyle.StateFlag = option.state
        current = index.row() == self._view.currentIndex().row()
        if current:
            painter.fillRect(room, QColor(colours.selection))
            painter.fillRect(room.x(), room.y(), 3, room.height(), QColor(colours.accent))
        elif isinstance(self._rows.shown(index), Group):
            painter.fillRect(room, QColor(colours.window))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, QColor(colours.hover))
        painter.setPen(QPen(QColor(colours.border), 0))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if current and self._view.hasFocus():
            draw_focus(painter, room)

    def _paint_heading(self, painter: QPainter, room: QRect, group: Group) -> None:
        painter.setFont(_font(self._view.font(), small=True, strong=True))
        painter.setPen(theme.colour("muted"))
        if group.folds:
            name = "chevron-right" if self._rows.folded(group) else "chevron-down"
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


def _lines_cut(item: QueueItem, room: int, font: QFont) -> list[str]:
    """The lines that are too long for ``room`` pixels."""
    small, strong = QFontMetrics(_font(font, small=True)), QFontMetrics(_font(font, strong=True))
    marks = sum(small.horizontalAdvance(mark.text) + 14 + theme.XS + theme.S for mark in item.marks)
    below = "".join(text for text, _ in item.below)
    first = strong.horizontalAdvance(item.title + item.value) + small.horizontalAdvance(item.beside)
    second = small.horizontalAdvance(below + item.aside) + marks
    lines = ((f"{item.title}  {item.beside}", first), (below, second))
    return [text for text, width in lines if width + theme.M + theme.S > room]


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
