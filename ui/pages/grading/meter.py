"""How many of each grade are proposed: numbers, and a bar beneath them."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import listed, ntr, tr
from ui import theme

_BAR, _SQUARE, _GAP = 6, 9, 2


class Share(NamedTuple):
    """A grade and how many are proposed for it."""

    name: str
    number: int


class GradeMeter(QWidget):
    """Painted; the same in words for a screen reader. The best grade is the darkest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[Share, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: tuple[Share, ...]) -> None:
        """Show other numbers, best grade first."""
        self._shares = shares
        words = listed(f"{share.name} {share.number}" for share in shares)
        total = sum(share.number for share in shares)
        people = ntr("{n} person", "{n} people", total).format(n=total)
        self.setAccessibleName(tr("Grades proposed: {grades}; {people}").format(grades=words, people=people))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), self.fontMetrics().height() + theme.XS + _BAR)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _widths(self) -> list[int]:
        metrics = self.fontMetrics()
        return [
            _SQUARE + theme.XS + metrics.horizontalAdvance(f"{share.name} {share.number}") + theme.L
            for share in self._shares
        ]

    def _shades(self) -> list[QColor]:
        colours, steps = theme.colours(), max(1, len(self._shares) - 1)
        return [
            QColor(theme.mixed(colours.accent, colours.base, 1 - 0.75 * n / steps))
            for n in range(len(self._shares))
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, height = 0, self.fontMetrics().height()
        for share, shade, width in zip(self._shares, self._shades(), self._widths(), strict=True):
            painter.fillRect(left, (height - _SQUARE) // 2, _SQUARE, _SQUARE, shade)
            painter.setPen(theme.colour("text" if share.number else "muted"))
            room = QRect(left + _SQUARE + theme.XS, 0, width, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"{share.name} {share.number}")
            left += width
        self._paint_bar(painter, height + theme.XS)

    def _paint_bar(self, painter: QPainter, top: int) -> None:
        total = sum(share.number for share in self._shares)
        painter.fillRect(0, top, self.width(), _BAR, QColor(theme.colours().hover))
        left, counted = 0, 0
        for share, shade in zip(self._shares, self._shades(), strict=True):
            counted += share.number
            right = round(self.width() * counted / total) if total else 0
            if share.number:
                painter.fillRect(left, top, max(1, right - left - _GAP), _BAR, shade)
            left = right
