"""The ruler of grades whose ends are moved: with the mouse, with the arrows, or by typing a score."""

from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.reports.wording import plain_points
from app.standards.drafts import typed_number
from app.words import tr
from models.types import POINT, Points
from ui import theme
from ui.pages.standards.ruler import BandRuler, Ladder

_REACH = 10
"""Pixels beside an end within which the mouse takes it."""
_FAR = 10
"""Points that Shift moves at once."""


class DragRuler(BandRuler):
    """Ends are numbered as the grades are in the text: 0 is that of the best."""

    moved = Signal(int, object)
    """(number of the grade, score)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.chosen = 0
        self._held: list[int] | None = None
        """Where the ends were when the mouse took one; nothing else moves until it is let go."""
        self._from = (0, Points(0))
        self._line = _ScoreLine(self)
        self._line.typed.connect(self._on_typed)

    def show_ladder(self, ladder: Ladder) -> None:
        super().show_ladder(ladder)
        self.chosen = min(self.chosen, max(0, len(ladder.rungs) - 2))
        self._say()

    def handles(self) -> dict[int, QPoint]:
        """Where each end that can be moved is, by the number of its grade."""
        if not self._ladder or not self._segments:
            return {}
        ends, count = self._ends(), len(self._ladder.rungs)
        y = self.fontMetrics().height() + theme.XS + 4
        return {
            number: QPoint(ends[count - 1 - number], y)
            for number, rung in enumerate(self._ladder.rungs[:-1])
            if rung.low is not None
        }

    def score_of(self, number: int) -> Points:
        """The lowest score of a grade."""
        assert self._ladder
        return self._ladder.rungs[number].low or Points(0)

    # Moving

    def _move(self, number: int, score: int) -> None:
        """Whole points, and never past a neighbour."""
        assert self._ladder
        lows = [rung.low for rung in self._ladder.rungs]
        above = lows[number - 1] if number else self._ladder.ceiling
        below = lows[number + 1] if number + 1 < len(lows) - 1 else self._ladder.floor
        least = below + POINT if below is not None else score
        most = above - POINT if above is not None else score
        wanted = Points(min(max(score, least), max(most, least)))
        if wanted != lows[number]:
            self.moved.emit(number, Decimal(wanted) / POINT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.chosen = number
        self._from = event.position().toPoint().x(), self.score_of(number)
        self._held = self._ends()
        self._say()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._held is None:
            near = self._at(at) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor)
            return
        begun, score = self._from
        self._move(self.chosen, score + self._worth(at.x() - begun))

    def _worth(self, pixels: int) -> int:
        """What a way on the ruler is worth, in whole points, by the length of the grade that it goes into."""
        assert self._held is not None and self._ladder
        place = len(self._ladder.rungs) - 1 - self.chosen - (pixels < 0)
        width = self._held[place + 1] - self._held[place] or 1
        return round(pixels * self._segments[place].length / width / POINT) * POINT

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._held = None
        if self._at(event.position().toPoint()) is not None:
            self.begin_typing()

    def _ends(self) -> list[int]:
        """While the mouse holds an end, that end alone moves."""
        if self._held is None or not self._ladder:
            return super()._ends()
        ends = list(self._held)
        place = len(self._ladder.rungs) - 1 - self.chosen
        way = self.score_of(self.chosen) - self._from[1]
        side = place if way >= 0 else place - 1
        width = self._held[side + 1] - self._held[side]
        ends[place] += round(way * width / (self._lengths[side] or 1))
        return ends

    @property
    def _lengths(self) -> list[int]:
        return [segment.length for segment in self._segments]

    def _at(self, point: QPoint) -> int | None:
        near = {abs(place.x() - point.x()): number for number, place in self.handles().items()}
        return near[min(near)] if near and min(near) <= _REACH else None

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, far = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = POINT * (_FAR if far else 1)
        numbers = sorted(self.handles())
        if not numbers:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(self.chosen, self.score_of(self.chosen) + (step if key == Qt.Key.Key_Right else -step))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            at = numbers.index(self.chosen) if self.chosen in numbers else 0
            at += -1 if key == Qt.Key.Key_Up else 1
            self.chosen = numbers[min(max(at, 0), len(numbers) - 1)]
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) or event.text().isdigit():
            self.begin_typing(event.text() if event.text().isdigit() else "")
        else:
            super().keyPressEvent(event)

    def begin_typing(self, text: str = "") -> None:
        """A field over the chosen end."""
        place = self.handles().get(self.chosen)
        if place is None:
            return
        self._line.setText(text or plain_points(self.score_of(self.chosen)))
        theme.mark(self._line, "refused", "")
        self._line.move(min(max(0, place.x() - 36), self.width() - 72), 0)
        self._line.show()
        self._line.setFocus()
        if not text:
            self._line.selectAll()

    def _on_typed(self, text: str) -> None:
        number = typed_number(text)
        if number is not None:
            self.moved.emit(self.chosen, number)

    def event(self, event: QEvent) -> bool:
        """The arrows are its own, whatever they mean elsewhere."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            and not event.modifiers()
        ):
            event.accept()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _say(self) -> None:
        """What a screen reader says of the chosen end."""
        if self._ladder and self.chosen in self.handles():
            name = self._ladder.rungs[self.chosen].name
            said = tr(
                "{grade}: {score}. The arrows move it, up and down choose another, digits type a score."
            )
            self.setAccessibleDescription(
                said.format(grade=name, score=plain_points(self.score_of(self.chosen)))
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = self.handles().get(self.chosen)
        if place is None or not (self.hasFocus() or self._held is not None):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.colours().accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, 9, 9)


class _ScoreLine(QLineEdit):
    """Enter and going away take the score over, Esc does not. What is no number is marked, and stays."""

    typed = Signal(str)

    def __init__(self, ruler: QWidget) -> None:
        super().__init__(ruler)
        self._ruler = ruler
        self.setFixedWidth(72)
        self.setAccessibleName(tr("Score"))
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if typed_number(self.text()) is None:
                theme.mark(self, "refused", "true")
            else:
                self._ruler.setFocus()  # and so away from here
        elif event.key() == Qt.Key.Key_Escape:
            self.setModified(False)
            self._ruler.setFocus()
        else:
            super().keyPressEvent(event)
            self.setModified(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hide()
        if self.isModified():
            self.setModified(False)
            self.typed.emit(self.text())
