"""The grades of a standard on a ruler of scores: a filled end belongs to the grade at its right."""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.reports.wording import plain_points
from app.rules.grading.scheme import Scheme
from app.words import in_use, tr
from models.types import Points
from ui import theme

_BAR, _DOT, _MARGIN = 8, 5, 20


class _Segment(NamedTuple):
    """One grade, from its lowest score (inclusive) to that of the next one (exclusive)."""

    name: str
    low: Points | None
    high: Points | None
    length: int
    """How long it is drawn, in thousandths of a point: an open or very long end is cut short."""
    cut: bool


class BandRuler(QWidget):
    """Painted; the same in words for a screen reader and as its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: list[_Segment] = []
        self._scheme: Scheme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scheme(self, scheme: Scheme) -> None:
        """Show the grades of another standard."""
        self._scheme, self._segments = scheme, _segments(scheme)
        self.setAccessibleName(ranges(scheme))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(480, 3 * line + _BAR + 3 * theme.XS)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._scheme:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ends = self._ends()
        line = self.fontMetrics().height()
        bar = QRect(0, line + theme.XS, 0, _BAR)
        for number, (segment, (left, right)) in enumerate(zip(self._segments, pairwise(ends), strict=True)):
            self._paint_segment(painter, segment, bar.adjusted(left, 0, right, 0), number)
        for segment, left in zip(self._segments, ends, strict=False):
            if segment.low is not None:
                self._paint_end(painter, plain_points(segment.low), QPoint(left, bar.center().y()))
        last = self._segments[-1].high
        if last is not None:
            self._paint_end(painter, plain_points(last), QPoint(ends[-1], bar.center().y()))
        self._paint_base(painter, ends, bar)

    def _ends(self) -> list[int]:
        """Where each segment begins, and where the last one ends: as long as its scores, but never
        narrower than its name."""
        strong = QFontMetrics(_strong(self.font()))
        needed = [strong.horizontalAdvance(segment.name) + theme.L for segment in self._segments]
        spare = max(0, self.width() - 2 * _MARGIN - sum(needed))
        total = sum(segment.length for segment in self._segments) or 1
        ends = [_MARGIN]
        for segment, least in zip(self._segments, needed, strict=True):
            ends.append(ends[-1] + least + spare * segment.length // total)
        return ends

    def _paint_segment(self, painter: QPainter, segment: _Segment, room: QRect, number: int) -> None:
        colours, steps = theme.colours(), max(1, len(self._segments) - 1)
        shade = QColor(theme.mixed(colours.accent, colours.base, 0.25 + 0.75 * number / steps))
        painter.fillRect(room.adjusted(1, 0, -1, 0), shade)
        painter.setFont(_strong(self.font()))
        painter.setPen(theme.colour("text"))
        painter.drawText(
            QRect(room.x(), 0, room.width(), self.fontMetrics().height()),
            Qt.AlignmentFlag.AlignCenter,
            segment.name,
        )
        if segment.cut:
            middle = room.center()
            painter.setPen(QPen(QColor(colours.base), 3))
            for shift in (-4, 4):
                low, high = (
                    QPoint(middle.x() + shift - 3, room.bottom() + 2),
                    QPoint(middle.x() + shift + 3, room.top() - 2),
                )
                painter.drawLine(low, high)

    def _paint_end(self, painter: QPainter, figure: str, at: QPoint) -> None:
        """A filled end, and its score beneath."""
        painter.setPen(QPen(QColor(theme.colours().base), 2))
        painter.setBrush(theme.colour("text"))
        painter.drawEllipse(at, _DOT, _DOT)
        painter.setFont(self.font())
        painter.setPen(theme.colour("text"))
        line = self.fontMetrics().height()
        room = QRect(at.x() - 40, at.y() + _BAR // 2 + theme.XS, 80, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, figure)

    def _paint_base(self, painter: QPainter, ends: list[int], bar: QRect) -> None:
        """From which score everybody starts."""
        assert self._scheme
        words = tr("▲ base {score}").format(score=plain_points(self._scheme.score.base))
        width = self.fontMetrics().horizontalAdvance("▲")
        top = bar.bottom() + theme.XS + self.fontMetrics().height()
        painter.setPen(theme.colour("muted"))
        room = QRect(
            self._place_of(self._scheme.score.base, ends) - width // 2, top, 200, self.fontMetrics().height()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _place_of(self, score: Points, ends: list[int]) -> int:
        """Where a score lies; in a segment cut short only about."""
        for segment, (left, right) in zip(self._segments, pairwise(ends), strict=True):
            if segment.high is None or score < segment.high:
                low = segment.low if segment.low is not None else score
                share = min(1.0, (score - low) / segment.length) if segment.length else 0.5
                return round(left + (right - left) * share)
        return ends[-1]


def ranges(scheme: Scheme) -> str:
    """Each grade with its scores, in words, the best first."""
    words = []
    for segment in reversed(_segments(scheme)):
        low, high = segment.low, segment.high
        if low is None or (segment.cut and low == scheme.score.floor):
            said = tr("{grade}: below {high}").format(
                grade=segment.name, high=plain_points(high or Points(0))
            )
        else:
            said = tr("{grade}: from {low}").format(grade=segment.name, low=plain_points(low))
        words.append(said)
    return "; ".join(words)


def _segments(scheme: Scheme) -> list[_Segment]:
    """From the lowest grade up. The outer two may be open, or so long that the others would vanish."""
    lows = [band.lowest if band.lowest is not None else scheme.score.floor for band in reversed(scheme.bands)]
    highs = [*lows[1:], scheme.score.ceiling]
    inner = [
        high - low
        for low, high in zip(lows[1:-1], highs[1:-1], strict=True)
        if low is not None and high is not None
    ]
    most = max(inner, default=10_000) * 3 // 2
    segments = []
    for band, low, high in zip(reversed(scheme.bands), lows, highs, strict=True):
        true = high - low if low is not None and high is not None else most + 1
        segments.append(_Segment(band.name.in_language(in_use()), low, high, min(true, most), true > most))
    return segments


def _strong(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.Bold)
    return made
