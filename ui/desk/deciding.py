"""What is decided about the thing looked at: yes by one key, back with a reason by another."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.words import tr
from ui import theme
from ui.fields import LinesField
from ui.widgets import FormRow, button


class Words(NamedTuple):
    """What is said where things are decided, translated."""

    accept: str
    accept_key: str
    send_back: str
    """With three dots, since the reason is asked."""
    ask: str
    """Above the field for the reason."""
    send: str
    """On the button that returns."""
    open: str
    """Go to where the whole of it is shown."""


class DecisionBar(QWidget):
    """Buttons for the acts, and in their place the sentence that returning needs. What is typed is kept
    for each thing until it has been returned."""

    accepted = Signal()
    returned = Signal(str)
    """With the reason, which is not empty."""
    opened = Signal()

    def __init__(self, words: Words, home: QWidget, back: QWidget) -> None:
        """The keys work everywhere in ``home``; after the sentence the keyboard goes to ``back``."""
        super().__init__()
        self.accept = action(words.accept, words.accept_key, self.accepted.emit, home)
        self.send_back = action(words.send_back, "R", self.begin_return, home)
        self.open = action(words.open, "", self.opened.emit, home)
        self._key, self._back = "", back
        self._drafts: dict[str, str] = {}
        self._field = LinesField(2)
        self._field.installEventFilter(self)
        self._row = FormRow(words.ask, self._field)
        self._buttons = QWidget(self)
        self._strip = self._make_strip(words.send)
        self._lay_out()

    def look_at(self, key: str, no: str = "", no_return: str = "", no_open: str = "") -> None:
        """Decide about another thing. The others say why it cannot be accepted, returned, opened."""
        if key != self._key:
            self.leave()
            self._key = key
        for act, why in ((self.accept, no), (self.send_back, no_return), (self.open, no_open)):
            act.setEnabled(bool(key) and not why)
            act.setToolTip(why or act.text())

    def begin_return(self) -> None:
        """Ask for the reason, with what was typed before."""
        self._field.setPlainText(self._drafts.get(self._key, ""))
        self._show_strip(True)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.moveCursor(self._field.textCursor().MoveOperation.End)

    def leave(self) -> None:
        """Back to the buttons; what was typed is kept."""
        if not self._strip.isHidden():
            self._drafts[self._key] = self._field.toPlainText()
            self._show_strip(False)

    def forget(self, key: str) -> None:
        """It has been returned: the sentence is needed no more."""
        self._drafts.pop(key, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter returns, Shift+Enter is a new line, Esc leaves."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._send()
            return True
        return False

    def _send(self) -> None:
        reason = self._field.text()
        if not reason:
            self._row.refuse(tr("Give the reason in a sentence: who gets it back reads only that."))
            return
        self.leave()
        self.returned.emit(reason)

    def _show_strip(self, shown: bool) -> None:
        self._row.refuse("")
        if not shown and self._field.hasFocus():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)  # before what has it is hidden
        self._strip.setVisible(shown)
        self._buttons.setVisible(not shown)

    def _make_strip(self, act: str) -> QWidget:
        strip = QWidget(self)
        send, cancel = button(act, "primary"), button(tr("Cancel"))
        send.clicked.connect(self._send)
        cancel.clicked.connect(self.leave)
        acts = QHBoxLayout()
        acts.setSpacing(theme.S)
        for one in (send, cancel):
            acts.addWidget(one)
        acts.addStretch()
        column = QVBoxLayout(strip)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._row)
        column.addLayout(acts)
        strip.hide()
        return strip

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(action_button(self.accept, "primary"))
        row.addWidget(action_button(self.send_back))
        row.addStretch()
        row.addWidget(action_button(self.open))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        column.addWidget(self._buttons)
        column.addWidget(self._strip)


def action(text: str, keys: str, do: Callable[[], object], home: QWidget) -> QAction:
    """An act with a key that works in ``home`` and all in it."""
    made = QAction(text, home)
    made.setShortcut(keys)
    made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.triggered.connect(lambda: do())
    home.addAction(made)
    return made


def action_button(act: QAction, kind: str = "") -> QPushButton:
    """A button for an act: its words with its key, greyed when it cannot be done, and why."""
    made = button("", kind)

    def follow() -> None:
        keys = act.shortcut().toString(act.shortcut().SequenceFormat.NativeText)
        made.setText(f"{act.text()} ({keys})" if keys else act.text())
        made.setEnabled(act.isEnabled())
        made.setToolTip("" if act.isEnabled() else act.toolTip())
        made.setAccessibleDescription(made.toolTip())

    act.changed.connect(follow)
    made.clicked.connect(act.trigger)
    follow()
    return made
