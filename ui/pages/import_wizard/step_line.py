"""The steps of the wizard in a line: what is done, where one is, what comes."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.words import tr
from ui import icons, theme
from ui.widgets import rule

_DISC = 22
_GAP = 24


class StepLine(QWidget):
    """Every step that one can go to is a button."""

    wanted = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = [_Step(number, title) for number, title in enumerate(titles, start=1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        for number, step in enumerate(self.steps):
            if number:
                line = rule()
                line.setFixedWidth(_GAP)
                row.addWidget(line, alignment=Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(step)
            step.clicked.connect(lambda _, number=number: self.wanted.emit(number))

    def show_steps(self, here: int, seen: int, furthest: int) -> None:
        """Where one is, up to where one was, and up to where one can go."""
        for number, step in enumerate(self.steps):
            done = number < min(seen, furthest)
            step.show_state(here=number == here, done=done, open_=number <= furthest)


class _Step(QAbstractButton):
    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self._number, self._here, self._done = number, False, False
        self.setText(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_state(self, *, here: bool, done: bool, open_: bool) -> None:
        self._here, self._done = here, done and not here
        self.setEnabled(open_)
        words = tr("Step {number}: {title}").format(number=self._number, title=self.text())
        state = tr("this step") if here else tr("done") if done else "" if open_ else tr("not yet")
        self.setAccessibleName(f"{words}, {state}" if state else words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        font = self.font()
        font.setBold(True)  # as wide as the step where one is, so that nothing moves
        words = self.fontMetrics().__class__(font).horizontalAdvance(self.text())
        return QSize(_DISC + theme.S + words + 2 * theme.S, _DISC + theme.S)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _DISC) / 2
        disc = QRectF(theme.XS, top, _DISC, _DISC)
        edge = colours.accent_fill if self._here else colours.field_border
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(colours.accent_fill if self._here else colours.base))
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        if self._done:
            sign = icons.pixmap("check", "positive", 14, self.devicePixelRatioF())
            painter.drawPixmap(round(disc.center().x()) - 7, round(disc.center().y()) - 7, sign)
        else:
            painter.setPen(QColor(self._ink(colours.on_accent if self._here else colours.muted)))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
        self._draw_words(painter, colours)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)

    def _draw_words(self, painter: QPainter, colours: theme.Colours) -> None:
        font = self.font()
        font.setBold(self._here)
        painter.setFont(font)
        painter.setPen(QColor(self._ink(colours.text)))
        words = self.rect().adjusted(theme.XS + _DISC + theme.S, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _ink(self, colour: str) -> str:
        return colour if self.isEnabled() else theme.colours().disabled
