"""Fields that forms share: a date typed loosely, a choice, a text of several lines."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.exchange.typed import typed_day
from app.labels import label
from app.problems import problem_sentence
from app.rules.leads import LONGEST
from app.rules.validation import Problem
from app.rules.working_days import Calendar
from app.words import tr
from models.types import Day, iso
from ui.widgets import closed_by_escape


class DayField(QLineEdit):
    """A date typed in any usual way; shown as 2025-03-15 when it is left."""

    def __init__(self, today: Day, *, month_is_enough: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month_is_enough = month_is_enough
        self.set_today(today)

    def set_today(self, today: Day) -> None:
        """What day it is by the clock of the office: a month and a day mean the last such day."""
        self._today = today
        example = f"{today % 10000 // 100}-{today % 100}"
        self.setPlaceholderText(tr("such as {example}").format(example=example))

    def value(self) -> Day | Problem | None:
        """The date; the problem where it is none; None where nothing is typed."""
        if not self.text().strip():
            return None
        return typed_day(self.text(), self._today, month_is_enough=self._month_is_enough)

    def refusal(self, field: str) -> str:
        """What is wrong with what was typed, for a field of ``app.problems``; empty where nothing is."""
        value = self.value()
        return problem_sentence(value._replace(field=field)) if isinstance(value, Problem) else ""

    def put(self, value: Day | None) -> None:
        """Show a date."""
        self.setText(iso(value) if value else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        value = self.value()
        if isinstance(value, int):
            self.put(Day(value))
        super().focusOutEvent(event)


class TermField(DayField):
    """A day to come: a date, or a number of working days from today, which becomes its date."""

    _calendar = Calendar({})
    _since = Day(0)

    def set_calendar(self, calendar: Calendar, today: Day) -> None:
        """By which working days are counted; a month and a day mean the next such day."""
        self._calendar, self._since = calendar, today
        self.set_today(Day(today + 10000))
        self.setPlaceholderText(tr("such as 10 or {date}").format(date=iso(calendar.add(today, 10))))

    def value(self) -> Day | Problem | None:
        """The date, also that of a number of working days."""
        typed = self.text().strip()
        if typed.isdecimal() and 1 <= int(typed) <= LONGEST:
            return self._calendar.add(self._since, int(typed))
        return super().value()


_MOVING_ON = (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KnownField(QLineEdit):
    """Free text; what was typed before is offered. The arrows choose, Enter or Tab takes it and moves on."""

    taken = Signal(str)
    """One of the known texts, chosen with the keyboard or the mouse."""

    def offer(self, known: Sequence[str]) -> None:
        """Texts that need not be typed again. What is typed stays."""
        completer = QCompleter(known, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self.taken)
        closed_by_escape(completer)
        if popup := completer.popup():
            popup.setAccessibleName(tr("Known already"))
        self.setCompleter(completer)

    def event(self, event: QEvent) -> bool:
        """A popup hands its keys to the field first, past every filter."""
        popup = self.completer().popup() if self.completer() else None
        if not (popup and popup.isVisible() and _is_key(event, *_MOVING_ON)):
            return super().event(event)
        index = popup.currentIndex()
        popup.hide()
        if index.isValid():
            self.setText(index.data())
            self.taken.emit(self.text())
        return self.focusNextChild()


class ChoiceField(QComboBox):
    """One of the values of an enumeration, by its words. The wheel scrolls the form and never the choice."""

    def __init__(
        self, choices: Iterable[StrEnum] | Mapping[str, str], none: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.offer(choices, none)

    def offer(self, choices: Iterable[StrEnum] | Mapping[str, str], none: str = "") -> None:
        """Other choices; ``none`` are the words for no choice, which comes first. What was chosen stays."""
        kept = self.chosen()
        pairs = choices if isinstance(choices, Mapping) else {value: label(value) for value in choices}
        self.clear()
        if none:
            self.addItem(none, "")
        for value, text in pairs.items():
            self.addItem(text, str(value))
        self.choose(kept)

    def chosen(self) -> str:
        """The value; empty for none."""
        return str(self.currentData() or "")

    def choose(self, value: str) -> None:
        """Show a value, where it is among the choices; else the first."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class LinesField(QPlainTextEdit):
    """A text of several lines. Tab leaves it, as it leaves every field."""

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.ensurePolished()
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 16)

    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.toPlainText().strip()


def _is_key(event: QEvent, *keys: Qt.Key) -> bool:
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keys


class EnterMovesOn(QObject):
    """Enter goes to the next field, as Tab does; Shift+Enter is a new line where there are lines.

    A button keeps its Enter.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if isinstance(watched, QComboBox) and watched.view().isVisible():
            return False
        tab = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(watched, tab)
        return True
