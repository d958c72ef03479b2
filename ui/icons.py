"""The icon set, drawn in the colours of the theme in use and sharp at every scale."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui import theme

ICONS = Path(__file__).parent.parent / "resources" / "icons"


@cache
def icon(name: str, role: theme.Role = "text") -> QIcon:
    """The icon ``name`` (a file in resources/icons without its ending), following the theme.

    FileNotFoundError where there is none: it is raised here, not at some later painting.
    """
    _shape(name)
    return QIcon(_TintedSvg(name, role))


def pixmap(name: str, role: theme.Role, size: int, ratio: float) -> QPixmap:
    """The icon in its colour of now, ``size`` logical pixels wide, for labels and delegates."""
    return _rendered(name, theme.colour(role).name(), round(size * ratio), ratio)


class _TintedSvg(QIconEngine):
    """Asks for the colour at each painting, so that icons outlive a change of the theme."""

    def __init__(self, name: str, role: theme.Role) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return _TintedSvg(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        drawn = _rendered(self._name, self._colour(mode), round(side * ratio), ratio)
        offset = QPoint((rect.width() - side) // 2, (rect.height() - side) // 2)
        painter.drawPixmap(rect.topLeft() + offset, drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)  # Qt 6.8's own paints on memory left uncleared

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = min(size.width(), size.height())
        return _rendered(self._name, self._colour(mode), round(side * scale), scale)

    def _colour(self, mode: QIcon.Mode) -> str:
        if mode == QIcon.Mode.Disabled:
            return theme.colours().disabled
        return theme.colour(self._role).name()


@cache
def _shape(name: str) -> bytes:
    return (ICONS / f"{name}.svg").read_bytes()


@cache
def _rendered(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    svg = _shape(name).replace(b"currentColor", colour.encode())
    pixels = max(1, pixels)  # where there is no room at all, Qt asks for none
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
