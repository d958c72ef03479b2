"""Registers a lead: what was reported, by which channel, about whom, who looks into it and until when."""

from collections.abc import Container, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.commands.changes import Changes
from app.commands.leads import register_lead
from app.context import AppContext
from app.errors import UserError
from app.problems import field_label
from app.queries.finding import FoundPerson, find_people
from app.queries.lead_choices import LeadChoices
from app.rules.inputs import Circumstances, NewComplainant, NewLead
from app.rules.leads import HANDLE
from app.words import tr
from models.types import Channel, Commitment, Day, Uid, iso
from ui import tasks, theme
from ui.fields import ChoiceField, DayField, EnterMovesOn, LinesField, TermField
from ui.widgets import FormRow, button, label

WIDTH = 640
CHANNELS = (
    *(Channel.COMPLAINT, Channel.HOTLINE, Channel.SUPERVISOR, Channel.MEDIA, Channel.ENFORCEMENT_REVIEW),
    *(Channel.RECONSIDERATION, Channel.LITIGATION, Channel.AUDIT, Channel.OWN_UNIT, Channel.SUPERIOR),
)
"""By which leads come; what a discipline body sends is handed over instead."""
_PLACES = {
    "staff_no": (0, 0, 1),
    "department": (0, 1, 1),
    "channel": (1, 0, 1),
    "order_no": (1, 1, 1),
    "received_on": (2, 0, 1),
    "occurred_on": (2, 1, 1),
    "matter": (3, 0, 2),
    "hearing": (4, 0, 2),
    "commitment": (5, 0, 1),
    "promise": (5, 1, 1),
    "handler": (6, 0, 1),
    "due_on": (6, 1, 1),
    "complainant": (7, 0, 1),
    "contact": (7, 1, 1),
}
"""Row, column and width of each field."""


class RegisterDialog(QDialog):
    """Closed without registering, it keeps what was typed."""

    registered = Signal(object)
    """The uid."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(tr("Register a lead"))
        self.setFixedWidth(WIDTH)
        self.lines = {name: QLineEdit() for name in ("staff_no", "order_no", "complainant", "contact")}
        self.received_on, self.occurred_on, self.due_on = (
            DayField(Day(0)),
            DayField(Day(0)),
            TermField(Day(0)),
        )
        self.matter, self.hearing = LinesField(2), LinesField(2)
        self.channel, self.commitment = ChoiceField(CHANNELS), ChoiceField(Commitment, tr("none"))
        self.department, self.promise, self.handler = ChoiceField({}), ChoiceField({}), ChoiceField({})
        fields = {**self.lines, **{name: getattr(self, name) for name in _PLACES if name not in self.lines}}
        titles, hints = _titles(), _hints()
        self.rows = {
            name: FormRow(titles.get(name) or field_label(name), fields[name], hints.get(name, ""))
            for name in _PLACES
        }
        self.submit = button(tr("Register"), "primary")
        self.submit.setToolTip(tr("Register (Ctrl+Enter)"))
        self.submit.clicked.connect(self._on_submit)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_submit)
        self.below = label("", "error")
        self.below.setWordWrap(True)
        self.below.hide()
        self._lay_out()
        self.channel.currentIndexChanged.connect(lambda _: self._show_hearing())
        self.lines["staff_no"].editingFinished.connect(self._look_up)
        moves_on = EnterMovesOn(self)
        for field in fields.values():
            field.installEventFilter(moves_on)

    def begin(self, choices: LeadChoices, staff_no: str = "") -> None:
        """Open, about a person where one is given."""
        for field in (self.received_on, self.occurred_on):
            field.set_today(choices.today)
        self.due_on.set_calendar(choices.calendar, choices.today)
        due = iso(choices.calendar.add(choices.today, HANDLE.days))
        hint = tr("A number of working days, or a date; else {days} working days, {date}.")
        self.rows["due_on"].explain(hint.format(days=HANDLE.days, date=due))
        departments = {str(one.id): one.path or one.name for one in choices.departments}
        self.department.offer(departments, tr("of the person"))
        self.promise.offer(
            {str(one.uid): f"{one.matter} · {one.term}" for one in choices.promises}, tr("none")
        )
        self.handler.offer({one.login: one.name for one in choices.handlers})
        if staff_no:
            self.lines["staff_no"].setText(staff_no)
        self._show_hearing()
        self.open()
        self.lines["staff_no"].setFocus()

    def _show_hearing(self) -> None:
        self.rows["hearing"].setVisible(self.channel.chosen() == Channel.ENFORCEMENT_REVIEW)
        self._fit()

    # Whom it is about

    def _look_up(self) -> None:
        """What was typed may be a name, its pinyin or initials."""
        if typed := self.lines["staff_no"].text().strip():
            tasks.read(
                self,
                partial(self._context.ask, find_people, typed),
                partial(self._on_found, typed),
                key="find",
            )

    def _on_found(self, typed: str, people: list[FoundPerson]) -> None:
        line, row = self.lines["staff_no"], self.rows["staff_no"]
        if line.text().strip() != typed:
            return
        exact = [one for one in people if one.staff_no == typed] or people
        if len(exact) == 1:
            line.setText(exact[0].staff_no)
            row.explain(f"{exact[0].name} · {exact[0].department}")
        elif exact:
            named = (f"{one.name} {one.staff_no} {one.department}" for one in exact)
            row.refuse(
                tr("Several are called so: {names}. Type the number.").format(names=tr(", ").join(named))
            )
        self._fit()

    # Registering

    def _given(self) -> tuple[NewLead, str, Circumstances]:
        text = {name: line.text().strip() for name, line in self.lines.items()}
        days = {name: _day(getattr(self, name)) for name in ("received_on", "occurred_on", "due_on")}
        commitment, department = self.commitment.chosen(), self.department.chosen()
        new = NewLead(
            text["staff_no"],
            days["received_on"] or Day(0),
            self.matter.text(),
            days["occurred_on"],
            days["due_on"],
            Channel(self.channel.chosen()),
            text["order_no"],
            Commitment(commitment) if commitment else None,
        )
        who = NewComplainant(text["complainant"], text["contact"])
        more = Circumstances(
            self.hearing.text() if not self.rows["hearing"].isHidden() else "",
            Uid(self.promise.chosen()) or None,
            int(department) if department else None,
            who if any(who) else None,
        )
        return new, self.handler.chosen(), more

    def _refusals(self) -> Mapping[str, str]:
        """What cannot be read as a date, by field."""
        days = {name: getattr(self, name) for name in ("received_on", "occurred_on", "due_on")}
        unread = {name: field.refusal(name) for name, field in days.items()}
        if self.received_on.value() is None:
            unread["received_on"] = tr("Enter the day on which it came.")
        return {name: sentence for name, sentence in unread.items() if sentence}

    def _on_submit(self) -> None:
        if not self.submit.isEnabled():
            return
        refusals = self._refusals()
        self._refuse(refusals)
        if refusals:
            return
        self.submit.setEnabled(False)
        write = partial(self._context.do, register_lead, *self._given())
        ended = partial(self.submit.setEnabled, True)
        tasks.write(self, write, self._on_registered, self._on_refused, ended=ended)

    def _on_registered(self, changes: Changes) -> None:
        for field in (*self.lines.values(), self.received_on, self.occurred_on, self.due_on):
            field.clear()
        for text in (self.matter, self.hearing):
            text.clear()
        for choice in (self.commitment, self.promise, self.department):
            choice.setCurrentIndex(0)
        self.rows["staff_no"].explain(_hints()["staff_no"])
        self.accept()
        self.registered.emit(changes.uids[0])

    def _on_refused(self, refusal: UserError) -> None:
        self._refuse({refusal.field: refusal.sentence})

    def _refuse(self, sentences: Mapping[str, str]) -> None:
        for name, row in self.rows.items():
            if name in sentences or row.refusal:
                row.refuse(sentences.get(name, ""))
        rest = [sentence for name, sentence in sentences.items() if name not in self.rows]
        self.below.setText(" ".join(rest))
        self.below.setVisible(bool(rest))
        self._stand_on(sentences)

    def _stand_on(self, refused: Container[str]) -> None:
        for name in _PLACES:
            if name in refused:
                self.rows[name].field.setFocus()
                break
        self._fit()

    # What it is made of

    def _fit(self) -> None:
        """As high as what is said needs."""
        if whole := self.layout():
            whole.activate()
            self.resize(self.width(), whole.totalHeightForWidth(self.width()))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.XS)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for name, (row, place, width) in _PLACES.items():
            grid.addWidget(self.rows[name], row, place, 1, width, Qt.AlignmentFlag.AlignTop)
        leave = button(tr("Not now"))
        leave.clicked.connect(self.reject)
        secret = label(tr("State secrets are never entered here"))
        theme.mark(secret, "tone", "dispute")
        buttons = QHBoxLayout()
        for widget, stretch in ((secret, 1), (leave, 0), (self.submit, 0)):
            buttons.addWidget(widget, stretch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.S)
        whole.addLayout(grid)
        whole.addWidget(self.below)
        whole.addLayout(buttons)


def _day(field: DayField) -> Day | None:
    value = field.value()
    return Day(value) if isinstance(value, int) else None


def _titles() -> Mapping[str, str]:
    return {
        "staff_no": tr("About whom"),
        "department": tr("Or only the department"),
        "hearing": tr("How the other party was heard"),
        "promise": tr("Published promise"),
        "handler": tr("Who looks into it"),
        "complainant": tr("Who complained"),
        "contact": tr("How to answer"),
    }


def _hints() -> Mapping[str, str]:
    return {
        "staff_no": tr("Staff number, name or pinyin."),
        "matter": tr("On service alone. A discipline matter is handed over instead, without its content."),
        "complainant": tr("Shown to you and who looks into it alone; destroyed once answered."),
    }
