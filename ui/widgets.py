"""Small widgets that every page shares."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.types import Polarity
from ui import icons, theme


def label(text: str, look: str = "", parent: QWidget | None = None) -> QLabel:
    """A text in one of the looks of the style sheet: title, heading, small, muted, error."""
    made = QLabel(text, parent)
    if look:
        theme.mark(made, "look", look)
    return made


def button(text: str, kind: str = "", icon: str = "", parent: QWidget | None = None) -> QPushButton:
    """A button that says the act; ``kind``: primary, danger, flat or nothing."""
    made = QPushButton(text, parent)
    made.setAutoDefault(False)
    if kind:
        theme.mark(made, "kind", kind)
    if icon:
        made.setIcon(icons.icon(icon))
    return made


def action_button(action: QAction, kind: str = "") -> QPushButton:
    """A button for an action: pressed, greyed and explained as it is."""
    made = button(action.text(), kind)
    made.clicked.connect(action.trigger)

    def follow() -> None:
        made.setEnabled(action.isEnabled())
        made.setToolTip(action.toolTip())

    action.changed.connect(follow)
    follow()
    return made


class EnterPresses(QObject):
    """Enter presses the button that has the keyboard, as Space does: in the window and in every dialog.

    One for the application. It listens to that one button alone, since a filter for all events costs time.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QPushButton | QToolButton):
            now.installEventFilter(self)  # once, however often

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # before what Enter means on the page
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if isinstance(watched, QAbstractButton) and not event.isAutoRepeat():
            watched.click()
        return True


class _EscapeFirst(QObject):
    """Takes Escape for a popup before a shortcut of the page behind it does."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        escapes = event.key() == Qt.Key.Key_Escape
        event.setAccepted(escapes)
        return escapes


def closed_by_escape(suggestions: QCompleter) -> None:
    """Let Escape close the suggestions that are shown, and leave the page as it is."""
    if popup := suggestions.popup():
        popup.installEventFilter(_EscapeFirst(suggestions))


def rule(vertical: bool = False, parent: QWidget | None = None) -> QFrame:
    """A line of one pixel."""
    made = QFrame(parent)
    made.setProperty("rule", "true")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


class IconLabel(QLabel):
    """An icon beside words, drawn anew at each painting, so that it follows the theme and the screen."""

    def __init__(
        self, name: str, role: theme.Role, size: int = theme.ICON, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.show_icon(name, role)
        self._size = size
        self.setFixedSize(size, size)

    def show_icon(self, name: str, role: theme.Role) -> None:
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        drawn = icons.pixmap(self._name, self._role, self._size, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, drawn)


class Chip(QFrame):
    """A word in a colour, with an icon or sign so that the colour is never alone."""

    def __init__(
        self, text: str, role: theme.Role = "muted", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.mark(self, "chip", role)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S, 2, theme.S, 2)
        row.setSpacing(theme.XS)
        if icon:
            row.addWidget(IconLabel(icon, role, 14, self))
        words = QLabel(text, self)
        theme.mark(words, "chip", role)
        row.addWidget(words)
        self.setAccessibleName(text)


class Elided(QLabel):
    """One line that ends in … where the place is too narrow, and then shows all of it as a tooltip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), shown)


def paragraph(text: str, width: int, look: str = "", parent: QWidget | None = None) -> QLabel:
    """A text of several lines, at most ``width`` wide; as high as it needs to be, also in a layout."""
    made = label(text, look, parent)
    made.ensurePolished()
    made.setWordWrap(True)
    made.setFixedWidth(min(width, made.fontMetrics().horizontalAdvance(text) + theme.S))
    made.setFixedHeight(made.heightForWidth(made.width()))
    return made


class EmptyState(QWidget):
    """What belongs here, and how to begin."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        action: str = "",
        do: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        words = paragraph(sentence, 420, "muted", self)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addStretch(2)
        column.addWidget(IconLabel(icon, "muted", 32, self), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(words, alignment=Qt.AlignmentFlag.AlignHCenter)
        if action and do:
            begin = button(action, parent=self)
            begin.clicked.connect(lambda: do())
            column.addWidget(begin, alignment=Qt.AlignmentFlag.AlignHCenter)
            self.setFocusProxy(begin)
        column.addStretch(3)


class Tabs(QWidget):
    """Parts behind words, which begin where the texts above them begin."""

    def __init__(self, name: str, parts: Mapping[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, shown = QTabBar(self), QStackedWidget(self)
        self.bar.setAccessibleName(name)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)  # the few there are always have room
        for title, part in parts.items():
            self.bar.addTab(title)
            shown.addWidget(part)
        self.bar.currentChanged.connect(shown.setCurrentIndex)
        row = QHBoxLayout()
        row.setContentsMargins(theme.L, 0, theme.L, 0)
        row.addWidget(self.bar)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(rule(parent=self))
        column.addWidget(shown, 1)


_EVERY_SCRIPT = "Ag−国"
"""A line as high as any: each script may come from another font."""


class FormRow(QWidget):
    """A label above its field, and beneath it the place where a refusal is said: always there, so
    that nothing moves when it comes."""

    def __init__(
        self,
        text: str,
        field: QWidget,
        hint: str = "",
        parent: QWidget | None = None,
        lines: int = 1,
        *,
        beside: bool = False,
    ) -> None:
        """``lines``: as many as what is said beneath may need. ``beside``: it is said at the right of a field
        that says itself what it is for."""
        super().__init__(parent)
        self.field = field
        self.refusal = ""
        self._hint = hint
        self._title = QLabel(text, self)
        self._title.setBuddy(field)
        self._below = label(_EVERY_SCRIPT, "small", self)
        self._below.setWordWrap(True)
        self._below.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._below.ensurePolished()
        more = (lines - 1) * 2 * theme.text_sizes().small  # Chinese from another font stands wider apart
        self._below.setMinimumHeight(self._below.sizeHint().height() + more)
        self._below.setText(hint)
        if not field.accessibleName():
            field.setAccessibleName(text.replace("&", ""))
        field.setAccessibleDescription(hint)
        self._lay_out(beside)

    def _lay_out(self, beside: bool) -> None:
        made = QHBoxLayout(self) if beside else QVBoxLayout(self)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(theme.M if beside else 2)
        self._title.setVisible(not beside)
        for widget in (self.field, self._below) if beside else (self._title, self.field, self._below):
            made.addWidget(widget)
        if beside:
            made.setStretch(1, 1)
            self._below.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def call(self, text: str) -> None:
        """Give the field another title."""
        self._title.setText(text)
        self.field.setAccessibleName(text.replace("&", ""))

    def refuse(self, sentence: str) -> None:
        """Say beneath the field what is wrong with it; an empty sentence brings the hint back."""
        self.refusal = sentence
        theme.mark(self._below, "look", "error" if sentence else "small")
        theme.mark(self.field, "refused", "true" if sentence else "")
        self._below.setText(sentence or self._hint)
        self.field.setAccessibleDescription(sentence or self._hint)

    def explain(self, hint: str) -> None:
        """Say beneath the field what it is for, in place of what was said before."""
        self._hint = hint
        self.refuse("")


def draw_focus(painter: QPainter, room: QRect) -> None:
    """Mark what the keyboard stands on; wholly within, for half a line outside is cut off at 150 %."""
    painter.setPen(QPen(QColor(theme.colours().accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(room.adjusted(1, 1, -1, -1))


def sign(polarity: Polarity) -> tuple[str, theme.Role]:
    """The sign of an entry and its colour: a plus and green, a minus and a warm red."""
    return ("+", "positive") if polarity == Polarity.POSITIVE else ("−", "negative")


class RingedList(QListWidget):
    """A list in which the row with the keyboard has the ring of every focus."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            draw_focus(QPainter(self.viewport()), self.visualRect(self.currentIndex()))
