"""The year in three pictures: grades, where they stand, entries by month. Every bar has its number."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.labels import label as words
from app.queries.home import YearPicture
from app.words import in_use, tr
from models.types import EvaluationStatus
from ui import theme
from ui.widgets import label

WIDTH = 340
_THICK = 10
_MONTHS_HIGH = 120
"""Logical pixels for the bars of the months, both ways together."""


class Bar(NamedTuple):
    """A word, a number, and the colour that the word explains."""

    text: str
    number: int
    role: theme.Role = "accent"


class YearPane(QWidget):
    """The pictures, one below the other, at places that do not move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._grades, self._statuses, self._months = Bars(self), Bars(self), Months(self)
        self._titles = [label("", "heading") for _ in range(3)]
        self._totals = [label("", "muted") for _ in range(3)]
        self._content = QWidget(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._content)
        self._content.hide()  # until their numbers are there, so that nothing moves afterwards
        column = QVBoxLayout(self._content)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        self._pictures: tuple[QWidget, ...] = (self._grades, self._statuses, self._months)
        for title, total, picture in zip(self._titles, self._totals, self._pictures, strict=True):
            row = QHBoxLayout()
            row.addWidget(title, 1)
            row.addWidget(total)
            column.addLayout(row)
            column.addWidget(picture)
            column.addSpacing(theme.L)
        column.addStretch()

    def put(self, year: YearPicture) -> None:
        """Show a year."""
        grades = [Bar(band.name(in_use()) or tr("Not rated"), band.number) for band in year.bands]
        statuses = [
            Bar(words(status), year.statuses[status], _ROLES.get(status, "accent"))
            for status in EvaluationStatus
            if status in year.statuses
        ]
        nothing = tr("Nothing submitted yet")
        self._grades.put(grades, nothing)
        self._statuses.put(statuses, nothing)
        self._months.put(year.positive, year.negative)
        graded = sum(bar.number for bar in grades)
        totals = (f"{graded}" if graded else "", "", f"+{sum(year.positive)}  −{sum(year.negative)}")
        texts = zip(self._titles, self._totals, self._pictures, _headings(year.label), totals, strict=True)
        for title, total, picture, heading, number in texts:
            title.setText(heading)
            total.setText(number)
            picture.setAccessibleName(heading)
        self._content.show()


_ROLES: dict[EvaluationStatus, theme.Role] = {EvaluationStatus.RETURNED: "dispute"}


def _headings(period: str) -> tuple[str, str, str]:
    return (
        tr("Grades {period}").format(period=period),
        tr("Where they stand"),
        tr("Entries {period} by month").format(period=period),
    )


class Bars(QWidget):
    """Words left, bars, numbers at their ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self._nothing = "…"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, bars: Sequence[Bar], nothing: str) -> None:
        """Show these, or the sentence where there are none."""
        self._bars, self._nothing = bars, nothing
        said = "; ".join(f"{bar.text} {bar.number}" for bar in bars) or nothing
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, max(1, len(self._bars)) * self._line())

    def _line(self) -> int:
        return self.fontMetrics().height() + theme.S

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._bars:
            painter.setPen(theme.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self._nothing)
            return
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(bar.text) for bar in self._bars)
        left = min(self.width() * 2 // 3, longest + 2) + theme.M
        right = max(metrics.horizontalAdvance(str(bar.number)) for bar in self._bars) + theme.S
        most = max(1, *(bar.number for bar in self._bars))
        for place, bar in enumerate(self._bars):
            room = QRect(0, place * self._line(), self.width(), self._line())
            _paint_bar(painter, room, bar, left, (room.width() - left - right) * bar.number / most)


def _paint_bar(painter: QPainter, room: QRect, bar: Bar, left: int, length: float) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(theme.colour("text"))
    words_room = room.adjusted(0, 0, left - theme.M - room.width(), 0)
    shown = painter.fontMetrics().elidedText(bar.text, Qt.TextElideMode.ElideRight, words_room.width())
    painter.drawText(words_room, middle, shown)
    _fill(painter, QRectF(left, room.y() + (room.height() - _THICK) / 2, length, _THICK), bar.role)
    painter.setPen(theme.colour("text"))
    painter.drawText(room.adjusted(left + round(length) + theme.S, 0, 0, 0), middle, str(bar.number))


class Months(QWidget):
    """Twelve months: what is positive stands above the line, what is negative hangs below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._positive: Sequence[int] = (0,) * 12
        self._negative: Sequence[int] = (0,) * 12
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, positive: Sequence[int], negative: Sequence[int]) -> None:
        """Show these, January first."""
        self._positive, self._negative = positive, negative
        months = tr("Month {n}: {positive} positive, {negative} negative")
        self.setAccessibleDescription(
            "; ".join(
                months.format(n=n, positive=plus, negative=minus)
                for n, (plus, minus) in enumerate(zip(positive, negative, strict=True), start=1)
                if plus or minus
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, _MONTHS_HIGH + 3 * QFontMetrics(self._small()).height())

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.text_sizes().small - 1)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small())
        line = painter.fontMetrics().height()
        above, below = max(1, *self._positive), max(0, *self._negative)
        unit = min(_THICK * 2.0, _MONTHS_HIGH / (above + below))
        zero = round(line + above * unit)
        for room, plus, minus in self._rooms():
            _paint_number(painter, room, zero - plus * unit - line, f"+{plus}" if plus else "", "positive")
            _fill(
                painter, QRectF(room.x() + 3, zero - plus * unit, room.width() - 6, plus * unit), "positive"
            )
            _fill(painter, QRectF(room.x() + 3, zero, room.width() - 6, minus * unit), "negative")
            _paint_number(painter, room, zero + minus * unit, f"−{minus}" if minus else "", "negative")
        painter.setPen(QPen(QColor(theme.colours().field_border), 1))
        painter.drawLine(0, zero, self.width(), zero)
        bottom = zero + below * unit + line
        for month, (room, _, _) in enumerate(self._rooms(), start=1):
            _paint_number(painter, room, bottom, str(month), "muted")

    def _rooms(self) -> Iterator[tuple[QRectF, int, int]]:
        width = self.width() / 12
        for place, (plus, minus) in enumerate(zip(self._positive, self._negative, strict=True)):
            yield QRectF(place * width, 0, width, self.height()), plus, minus


def _fill(painter: QPainter, room: QRectF, role: theme.Role) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.mixed(theme.colour(role).name(), theme.colours().base, 0.72)))
    painter.drawRoundedRect(room, 2, 2)


def _paint_number(painter: QPainter, room: QRectF, top: float, text: str, role: theme.Role) -> None:
    painter.setPen(theme.colour(role))
    place = QRectF(room.x() - 4, top, room.width() + 8, painter.fontMetrics().height())
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
