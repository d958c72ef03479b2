"""Messages that go by themselves, at one place of the window, where they cover nothing."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QHideEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.words import tr
from ui import icons, theme

Kind = Literal["info", "ok", "warning", "refusal"]


class Action(NamedTuple):
    """What a message offers to do, such as an undo."""

    text: str
    do: Callable[[], object]


_LOOK: dict[Kind, tuple[str, theme.Role]] = {
    "info": ("info", "accent"),
    "ok": ("circle-check", "positive"),
    "warning": ("triangle-alert", "dispute"),
    "refusal": ("circle-alert", "negative"),
}


def say(owner: QObject | None, kind: Kind, sentence: str, action: Action | None = None) -> None:
    """Show a sentence in the window of ``owner`` (None: in the one that is active)."""
    window = window_of(owner)
    while window:
        if banner := window.findChild(Banner):
            banner.say(kind, sentence, action)
            return
        above = window.parentWidget()
        window = above.window() if above else None
    if bare := window_of(owner):
        box = QMessageBox(QMessageBox.Icon.NoIcon, "", sentence, parent=bare)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def window_of(owner: QObject | None) -> QWidget | None:
    """The window that a message about ``owner`` belongs into."""
    while owner is not None and not isinstance(owner, QWidget):
        owner = owner.parent()
    if owner is not None:
        return owner.window()
    framed = (window for window in QApplication.topLevelWidgets() if window.findChild(Banner))
    return QApplication.activeWindow() or next(framed, None)


class Banner(QFrame):
    """One message at a time. It stays long enough to be read, and while the pointer rests on it."""

    begun = Signal()
    """A sentence is shown."""
    said = Signal(str)
    """The sentence, when it goes, so that the strip below can keep it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._text = QLabel(self), QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act, self._close = QPushButton(self), QToolButton(self)
        theme.mark(self._act, "kind", "flat")
        self._close.setIcon(icons.icon("x", "muted"))
        self._close.setAccessibleName(tr("Close the message"))
        self._close.setToolTip(tr("Close the message"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S, 0, theme.XS, 0)
        row.setSpacing(theme.S)
        self._text.setContentsMargins(0, theme.XS, 0, theme.XS)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)  # as wide as there is room, and then as high as it needs
        for widget in (self._act, self._close):
            row.addWidget(widget)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self._do: Callable[[], object] | None = None
        self._kind: Kind = "info"
        self._act.clicked.connect(self._on_act)
        self.hide()

    def say(self, kind: Kind, sentence: str, action: Action | None = None) -> None:
        """Show this instead of what was shown before."""
        self._kind = kind
        name, role = _LOOK[kind]
        self._icon.setPixmap(icons.pixmap(name, role, 18, self.devicePixelRatioF()))
        theme.mark(self, "banner", role)
        self._text.setText(sentence)
        self._act.setVisible(action is not None)
        self._do = action.do if action else None
        self._act.setText(action.text if action else "")
        self.setAccessibleName(sentence)
        self.show()
        self.begun.emit()
        self._timer.start(_milliseconds(kind, sentence))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def leave_page(self) -> None:
        """Another page comes: what failed, or offers to be undone, is not said for the page alone."""
        if self._do is None and self._kind in ("info", "ok"):
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        self.said.emit(self._text.text())

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(3000)

    def _on_act(self) -> None:
        self.hide()
        if self._do:
            self._do()


def _milliseconds(kind: Kind, sentence: str) -> int:
    """Five seconds and 80 ms a character; what was refused stays three times as long."""
    return (5000 + 80 * len(sentence)) * (3 if kind in ("warning", "refusal") else 1)
