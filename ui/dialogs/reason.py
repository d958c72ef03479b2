"""Asks for the reason of an act, and what else it rests on, then does it.

    ask_reason(
        page,
        Question(
            title=tr("Return the entry"),
            sentence=tr("{item} of {name} goes back to who recorded it.").format(…),
            act=tr("Return to the recorder"),
            fields=(REASON,),
        ),
        lambda answers: partial(context.do, return_entry, uid, answers.text("reason")),
    )

The dialog stays open until the act is done: a refusal stands beside its field, and what was typed stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.commands.changes import Changes
from app.errors import Invalid, UserError
from app.words import mark, tr
from models.types import Day
from ui import tasks, theme
from ui.fields import ChoiceField, DayField, EnterMovesOn, LinesField
from ui.widgets import FormRow, button, label, paragraph

WIDTH = 480


class Field(NamedTuple):
    """One thing that is asked."""

    name: str
    """As in ``UserError.field``."""
    title: str
    """Marked for translation."""
    kind: Literal["lines", "line", "day", "choice", "secret"] = "lines"
    missing: str = ""
    """Marked for translation: what is said where nothing was typed; empty where nothing need be."""
    hint: str = ""
    """Marked for translation: what stands beneath until something is refused."""
    choices: tuple[StrEnum, ...] = ()
    """Of a choice; nothing is chosen beforehand."""
    offered: tuple[tuple[str, str], ...] = ()
    """Of a choice among what the office has: value and words."""
    given: str = ""
    """What stands in the field beforehand: a text, the value of a choice, a day as it is typed."""


REASON = Field("reason", mark("Reason"), missing=mark("Give the reason in a sentence."))


@dataclass(frozen=True, slots=True)
class Question:
    """What the dialog says and asks, translated already but for the fields."""

    title: str
    sentence: str
    act: str
    """On the button: what will be done."""
    fields: tuple[Field, ...] = (REASON,)
    dangerous: bool = False
    """Whether it cannot be taken back: then the button is never the default."""
    today: Day | None = None
    """By the clock of the office; needed where a day is asked: 3-15 is the last such day."""


class Answers:
    """What was typed, by the names of the fields."""

    def __init__(self, values: Mapping[str, str | Day]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """The text of a field."""
        return str(self._values[name])

    def text_or(self, name: str) -> str:
        """The text of a field; empty where it was not asked."""
        return str(self._values.get(name, ""))

    def day(self, name: str) -> Day:
        """The date of a field."""
        return Day(int(self._values[name]))


Command = Callable[[], Changes]


def ask_reason(
    parent: QWidget,
    question: Question,
    command: Callable[[Answers], Command],
    done: Callable[[Changes], object] | None = None,
) -> "ReasonDialog":
    """Open the dialog over the window; ``command`` makes of the answers what is then written."""
    dialog = ReasonDialog(parent, question, command, done)
    dialog.open()
    return dialog


class ReasonDialog(QDialog):
    """Title, sentence, fields, and the act on the button."""

    def __init__(
        self,
        parent: QWidget,
        question: Question,
        command: Callable[[Answers], Command],
        done: Callable[[Changes], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._question, self._command, self._done = question, command, done
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question.title)
        self._rows = {field.name: self._row(field) for field in question.fields}
        self._below = label("", "error")
        self._below.setWordWrap(True)
        self._below.hide()
        self.act = button(question.act, "danger" if question.dangerous else "primary")
        self.act.clicked.connect(self._on_act)
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_act)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self._on_act)

    def row(self, name: str) -> FormRow:
        """The row of a field."""
        return self._rows[name]

    def _row(self, field: Field) -> FormRow:
        made: QWidget
        if field.kind == "day":
            made = DayField(self._question.today or Day(0))
        elif field.kind == "choice":
            made = ChoiceField(dict(field.offered) or field.choices, tr("please choose"))
            made.choose(field.given)
        else:
            made = LinesField() if field.kind == "lines" else QLineEdit()
        if isinstance(made, QLineEdit):
            made.setText(field.given)
        if field.kind == "secret" and isinstance(made, QLineEdit):
            made.setEchoMode(QLineEdit.EchoMode.Password)
        made.installEventFilter(EnterMovesOn(made))
        return FormRow(tr(field.title), made, tr(field.hint) if field.hint else "", self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(paragraph(self._question.sentence, WIDTH - 2 * theme.XL))
        column.addSpacing(theme.XS)
        for row in self._rows.values():
            column.addWidget(row)
        column.addWidget(self._below)
        buttons = QHBoxLayout()
        buttons.addWidget(label("Ctrl+Enter" if not self._question.dangerous else "", "small"))
        buttons.addStretch()
        cancel = button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        for one in (cancel, self.act):
            buttons.addWidget(one)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def _on_act(self) -> None:
        self.refuse(None)
        try:
            command = self._command(self._answers())
        except UserError as error:
            self.refuse(error)
            return
        self._wait(True)
        tasks.write(self, command, self._on_done, self.refuse, ended=lambda: self._wait(False))

    def _on_done(self, changes: Changes) -> None:
        self.accept()
        if self._done:
            self._done(changes)

    def refuse(self, error: UserError | None) -> None:
        """Say what is wrong beside its field, or beneath them all; None takes it back."""
        for name, row in self._rows.items():
            row.refuse(error.sentence if error and error.field == name else "")
        beside = error is not None and error.field in self._rows
        self._below.setText(error.sentence if error and not beside else "")
        self._below.setVisible(bool(self._below.text()))
        if error and beside:
            self._rows[error.field].field.setFocus()

    def _answers(self) -> Answers:
        return Answers({field.name: self._answer(field) for field in self._question.fields})

    def _answer(self, field: Field) -> str | Day:
        typed = self._rows[field.name].field
        found: str | Day = ""
        refusal = ""
        if isinstance(typed, DayField):
            value = typed.value()
            found = Day(value) if isinstance(value, int) else ""
            refusal = typed.refusal(tr(field.title))
        elif isinstance(typed, ChoiceField):
            found = typed.chosen()
        elif isinstance(typed, QLineEdit | LinesField):
            found = typed.text() if field.kind == "secret" else typed.text().strip()
        if not found and (refusal or field.missing):
            raise Invalid(refusal or tr(field.missing), field=field.name)
        return found

    def _wait(self, waiting: bool) -> None:
        self.act.setEnabled(not waiting)
