"""The tab 线索: what was reported and is not, or not yet, a verified fact. It never counts."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.commands.changes import Changes
from app.commands.leads import close_lead
from app.context import AppContext
from app.labels import label as words
from app.queries.leads import LeadRow
from app.words import mark, tr
from models.types import Day, LeadStatus, Uid, iso
from ui import messages, theme
from ui.dialogs.reason import Answers, Field, Question, ask_reason
from ui.pages.file.parts import Card, Scrolled, facts, wrapped
from ui.pages.file.reading import FileReading, named
from ui.widgets import Chip, EmptyState, button, label

_LOOK: dict[LeadStatus, tuple[theme.Role, str]] = {
    LeadStatus.OPEN: ("accent", "clock"),
    LeadStatus.SUBSTANTIATED: ("negative", "check"),
    LeadStatus.HANDED_OVER: ("muted", "arrow-right"),
}
_LATE: tuple[theme.Role, str] = ("dispute", "triangle-alert")
_CLOSED: tuple[theme.Role, str] = ("muted", "x")
_CLOSING = (
    Field(
        "status",
        mark("What came of it"),
        "choice",
        mark("Say what came of the lead."),
        choices=tuple(status for status in LeadStatus if status is not LeadStatus.OPEN),
    ),
    Field("closed_on", mark("Closed on"), "day", mark("Enter the day on which it was closed.")),
    Field(
        "outcome",
        mark("What was found"),
        missing=mark("Say in a sentence what was found."),
        hint=mark("Of what is handed over: only the body and the number of the letter"),
    ),
)


class LeadsTab(Scrolled):
    """A card for each lead, the newest first, and what can be done with it now.

    Only who keeps the file is shown any, so that all may be done.
    """

    record_wanted = Signal(object)
    """Record the fact that a substantiated LeadRow turned out to be."""
    entry_wanted = Signal(object)
    """Go to the entry of this uid."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Leads"), parent)
        self._context = context
        self._cards: dict[Uid, Card] = {}

    def put_reading(self, reading: FileReading) -> None:
        """Show the leads of a file; the keyboard stays at its lead."""
        had = self.window().focusWidget()
        at = tuple(uid for uid, card in self._cards.items() if card.isAncestorOf(had))
        self._cards = {lead.uid: self._card(lead, reading) for lead in reading.view.leads}
        if not self._cards:
            sentence = tr("No lead is registered here. Complaints and reports stand here until verified.")
            self.put(EmptyState("flag", sentence))
            return
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(label(tr("Leads never count. Only what was verified becomes an entry."), "muted"))
        for card in self._cards.values():
            column.addWidget(card)
        column.addStretch()
        self.put(content)
        self.choose(at)

    def choose(self, uids: tuple[Uid, ...]) -> None:
        """Go to the one of these that is here, and to what can be done with it."""
        for card in (self._cards[uid] for uid in uids if uid in self._cards):
            (card.findChild(QPushButton) or self).setFocus()
            if (content := self.widget()) and (column := content.layout()):
                column.activate()
            self.ensureWidgetVisible(card)

    def _card(self, lead: LeadRow, reading: FileReading) -> Card:
        card = Card(_title(lead))
        late = overdue(lead, reading.today)
        role, icon = _LATE if late else _LOOK.get(lead.status, _CLOSED)
        status = words(lead.status)
        chip = Chip(tr("{status}, overdue").format(status=status) if late else status, role, icon)
        card.heading.addWidget(chip, alignment=Qt.AlignmentFlag.AlignTop)
        if lead.matter:
            card.column.addWidget(wrapped(lead.matter))
        card.column.addLayout(facts(_pairs(lead)))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for one in self._acts(lead, reading):
            row.addWidget(one)
        row.addStretch()
        card.column.addLayout(row)
        return card

    def _acts(self, lead: LeadRow, reading: FileReading) -> Iterator[QPushButton]:
        """An open one is closed; a substantiated one is recorded, or leads to what was recorded."""
        if reading.view.as_of:
            return
        if lead.status is LeadStatus.OPEN:
            yield _act(tr("Close the lead…"), partial(self._close, lead, reading.today))
        elif lead.status is LeadStatus.SUBSTANTIATED:
            entries = reading.entries_from(lead.uid)
            for entry in entries:
                text = tr("Recorded as: {entry}").format(entry=named(entry))
                yield _act(text, partial(self.entry_wanted.emit, entry.uid), "flat")
            if not entries:
                yield _act(tr("Record an entry from it…"), partial(self.record_wanted.emit, lead))

    def _close(self, lead: LeadRow, today: Day) -> None:
        said = tr("What is substantiated can be recorded as an entry afterwards; nothing else ever counts.")
        act = tr("Close the lead")
        question = Question(act, f"{_title(lead)}\n{said}", act, _CLOSING, today=today)
        ask_reason(self, question, partial(self._closing, lead.uid), self._on_closed)

    def _closing(self, uid: Uid, answers: Answers) -> "partial[Changes]":
        status, closed_on = LeadStatus(answers.text("status")), answers.day("closed_on")
        return partial(self._context.do, close_lead, uid, status, closed_on, answers.text("outcome"))

    def _on_closed(self, _: Changes) -> None:
        messages.say(self, "ok", tr("The lead is closed."))


def _act(text: str, do: Callable[[], object], kind: str = "") -> QPushButton:
    made = button(text, kind)
    made.clicked.connect(lambda: do())
    return made


def _title(lead: LeadRow) -> str:
    parts = (iso(lead.received_on), words(lead.channel), lead.order_no)
    return " · ".join(part for part in parts if part)


def overdue(lead: LeadRow, today: Day) -> bool:
    """Whether it should have an outcome by now."""
    return lead.status is LeadStatus.OPEN and lead.due_on is not None and lead.due_on < today


def _pairs(lead: LeadRow) -> Iterator[tuple[str, str]]:
    yield tr("In the hands of"), lead.handler or ""
    yield tr("Occurred on"), iso(lead.occurred_on) if lead.occurred_on else ""
    yield tr("Due on"), iso(lead.due_on) if lead.due_on else ""
    yield tr("Closed on"), iso(lead.closed_on) if lead.closed_on else ""
    yield tr("Outcome"), lead.outcome
