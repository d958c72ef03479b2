"""The grades of a standard on a ruler of scores: a filled end belongs to the grade at its right, an open one
to the grade at its left."""

from collections.abc import Sequence
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


class Rung(NamedTuple):
    """A grade with its lowest score."""

    name: str
    low: Points | None
    above: bool = False
    """Whether a score must be higher than that."""


class Ladder(NamedTuple):
    """The grades, best first, and where scores begin and end."""

    rungs: Sequence[Rung]
    base: Points
    floor: Points | None
    ceiling: Points | None


class Segment(NamedTuple):
    """One grade, from its lowest score to that of the next one."""

    name: str
    low: Points | None
    high: Points | None
    length: int
    """How long it is drawn, in thousandths of a point: an open or very long end is cut short."""
    cut: bool
    above: bool


class BandRuler(QWidget):
    """Painted; the same in words for a screen reader and as its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: list[Segment] = []
        self._ladder: Ladder | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scheme(self, scheme: Scheme) -> None:
        """Show the grades of another standard."""
        self.show_ladder(ladder_of(scheme))

    def show_ladder(self, ladder: Ladder) -> None:
        """Show other grades."""
        self._ladder, self._segments = ladder, _segments(ladder)
        self.setAccessibleName(_ranges(ladder))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(480, 3 * line + _BAR + 3 * theme.XS)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._segments:
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
                self._paint_end(
                    painter, plain_points(segment.low), QPoint(left, bar.center().y()), segment.above
                )
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

    def _paint_segment(self, painter: QPainter, segment: Segment, room: QRect, number: int) -> None:
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

    def _paint_end(self, painter: QPainter, figure: str, at: QPoint, above: bool = False) -> None:
        """A filled end, or an open one, and its score beneath."""
        colours = theme.colours()
        painter.setPen(QPen(QColor(colours.text if above else colours.base), 2))
        painter.setBrush(QColor(colours.base if above else colours.text))
        painter.drawEllipse(at, _DOT, _DOT)
        painter.setFont(self.font())
        painter.setPen(theme.colour("text"))
        line = self.fontMetrics().height()
        room = QRect(at.x() - 40, at.y() + _BAR // 2 + theme.XS, 80, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, figure)

    def _paint_base(self, painter: QPainter, ends: list[int], bar: QRect) -> None:
        """From which score everybody starts."""
        assert self._ladder
        words = tr("▲ base {score}").format(score=plain_points(self._ladder.base))
        width = self.fontMetrics().horizontalAdvance("▲")
        top = bar.bottom() + theme.XS + self.fontMetrics().height()
        painter.setPen(theme.colour("muted"))
        left = self._place_of(self._ladder.base, ends) - width // 2
        room = QRect(left, top, 200, self.fontMetrics().height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _place_of(self, score: Points, ends: list[int]) -> int:
        """Where a score lies; in a segment cut short only about."""
        for segment, (left, right) in zip(self._segments, pairwise(ends), strict=True):
            if segment.high is None or score < segment.high:
                low = segment.low if segment.low is not None else score
                share = min(1.0, (score - low) / segment.length) if segment.length else 0.5
                return round(left + (right - left) * share)
        return ends[-1]


def ladder_of(scheme: Scheme) -> Ladder:
    """The grades of a standard."""
    rungs = [
        Rung(
            band.name.in_language(in_use()),
            band.above if band.lowest is None else band.lowest,
            band.above is not None,
        )
        for band in scheme.bands
    ]
    return Ladder(rungs, scheme.score.base, scheme.score.floor, scheme.score.ceiling)


def ranges(scheme: Scheme) -> str:
    """Each grade with its scores, in words, the best first."""
    return _ranges(ladder_of(scheme))


def _ranges(ladder: Ladder) -> str:
    words = []
    for segment in reversed(_segments(ladder)):
        low, high = segment.low, segment.high
        if low is None or (segment.cut and low == ladder.floor):
            said, figure = tr("{grade}: below {high}"), high or Points(0)
        else:
            said, figure = (tr("{grade}: above {low}") if segment.above else tr("{grade}: from {low}")), low
        words.append(said.format(grade=segment.name, low=plain_points(figure), high=plain_points(figure)))
    return "; ".join(words)


def _segments(ladder: Ladder) -> list[Segment]:
    """From the lowest grade up. The outer two may be open, or so long that the others would vanish."""
    rungs = list(reversed(ladder.rungs))
    if not rungs:
        return []
    lows = [ladder.floor if rung.low is None else rung.low for rung in rungs]
    highs = [*lows[1:], ladder.ceiling]
    inner = [
        high - low
        for low, high in zip(lows[1:-1], highs[1:-1], strict=True)
        if low is not None and high is not None
    ]
    most = max(inner, default=10_000) * 3 // 2
    segments = []
    for rung, low, high in zip(rungs, lows, highs, strict=True):
        true = max(0, high - low) if low is not None and high is not None else most + 1
        segments.append(Segment(rung.name, low, high, min(true, most), true > most, rung.above))
    return segments


def _strong(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.Bold)
    return made
