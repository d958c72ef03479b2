"""The navigation rail: icon, word, and how much waits. Collapsed it keeps icon and number."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from app.words import ntr, tr
from ui import icons, theme

WIDE, NARROW, HEIGHT = 168, 70, 34
ICON = 18
_MOST = {False: 99, True: 9}  # numbers above end in a plus; the screen reader hears them all


@dataclass(frozen=True, slots=True)
class RailItem:
    """One line of the rail."""

    page: str
    title: str
    """Marked for translation."""
    icon: str
    also: tuple[str, ...] = ()
    """Pages that belong here too, such as the file of a person under people."""
    at_end: bool = False
    """Whether it stands at the bottom, apart from the work."""


class Rail(QFrame):
    """One button a page; arrows move between them, Tab leaves them."""

    wanted = Signal(str)
    """Page that was clicked."""

    def __init__(self, items: Sequence[RailItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "bar")
        self.setAccessibleName(tr("Navigation"))
        self._items = items
        self._group = QButtonGroup(self)
        self.buttons = {item.page: RailButton(item, self) for item in items}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(2)
        for item in sorted(items, key=lambda item: item.at_end):
            if item.at_end:
                column.addStretch()
            column.addWidget(self.buttons[item.page])
        if not any(item.at_end for item in items):
            column.addStretch()
        for button in self.buttons.values():
            self._group.addButton(button)
            button.clicked.connect(lambda _, page=button.item.page: self.wanted.emit(page))
        self.collapse(False)

    def show_page(self, page: str) -> None:
        """Mark the line that ``page`` belongs to."""
        for item in self._items:
            if page == item.page or page in item.also:
                self.buttons[item.page].setChecked(True)

    def set_badge(self, page: str, number: int) -> None:
        """Say how much waits; 0 shows nothing."""
        if page in self.buttons:
            self.buttons[page].set_badge(number)

    def collapse(self, narrow: bool) -> None:
        """Leave only the icons, or bring the words back."""
        self.collapsed = narrow
        widest = max((button.room() for button in self.buttons.values()), default=0)
        self.setFixedWidth(NARROW if narrow else max(WIDE, widest + 2 * theme.S))
        for button in self.buttons.values():
            button.set_narrow(narrow)


class RailButton(QAbstractButton):
    """Painted by hand: no style puts a number at the right of a tool button."""

    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self._badge, self._narrow = 0, False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(tr(item.title))
        self.set_badge(0)

    def set_badge(self, number: int) -> None:
        self._badge = number
        waiting = ntr("{n} waiting", "{n} waiting", number).format(n=number)
        self.setAccessibleName(f"{self.text()}, {waiting}" if number else self.text())
        self._explain()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._explain()

    def _explain(self) -> None:
        self.setToolTip(self.accessibleName() if self._narrow else "")

    def sizeHint(self) -> QSize:
        return QSize(NARROW, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        shade: theme.Role = "accent" if self.isChecked() else "muted"
        drawn = icons.pixmap(self.item.icon, shade, ICON, self.devicePixelRatioF())
        painter.drawPixmap(self._margin(), (self.height() - ICON) // 2, drawn)
        if not self._narrow:
            self._paint_word(painter)
        if self._badge:
            self._paint_badge(painter)

    def room(self) -> int:
        """Width that icon, word and the widest badge take."""
        word = QFontMetrics(_weighted(self.font(), True)).horizontalAdvance(self.text())
        return (
            theme.M + ICON + theme.M + word + theme.S + self.fontMetrics().horizontalAdvance("99+") + theme.XL
        )

    def _margin(self) -> int:
        return theme.S if self._narrow else theme.M

    def _paint_ground(self, painter: QPainter) -> None:
        shown = theme.colours()
        painter.setPen(QPen(QColor(shown.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(QColor(shown.selection))
        elif self.underMouse():
            painter.setBrush(QColor(shown.hover))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)

    def _paint_word(self, painter: QPainter) -> None:
        painter.setPen(theme.colour("accent" if self.isChecked() else "text"))
        painter.setFont(_weighted(self.font(), self.isChecked()))
        room = self.rect().adjusted(theme.M + ICON + theme.M, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _paint_badge(self, painter: QPainter) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme.text_sizes().small)
        painter.setFont(font)
        most = _MOST[self._narrow]
        number = str(self._badge) if self._badge <= most else f"{most}+"
        width = max(18, painter.fontMetrics().horizontalAdvance(number) + 10)
        left = self._margin() + ICON + 2 if self._narrow else self.width() - width - theme.S
        place = QRect(left, (self.height() - 18) // 2, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().accent_fill))
        painter.drawRoundedRect(place, 9, 9)
        painter.setPen(QColor(theme.colours().on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()


def _weighted(font: QFont, strong: bool) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.Bold if strong else QFont.Weight.Normal)
    return made
