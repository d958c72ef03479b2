"""The tab 线索: what was reported and is not, or not yet, a verified fact. It never counts."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.labels import label as words
from app.queries.files import LeadRow
from app.words import tr
from models.types import Day, LeadStatus, iso
from ui import theme
from ui.pages.file.parts import Card, Scrolled, facts, wrapped
from ui.pages.file.reading import FileReading
from ui.widgets import Chip, EmptyState, label

_LOOK: dict[LeadStatus, tuple[theme.Role, str]] = {
    LeadStatus.OPEN: ("accent", "clock"),
    LeadStatus.SUBSTANTIATED: ("negative", "check"),
    LeadStatus.HANDED_OVER: ("muted", "arrow-right"),
}
_LATE: tuple[theme.Role, str] = ("dispute", "triangle-alert")
_CLOSED: tuple[theme.Role, str] = ("muted", "x")


class LeadsTab(Scrolled):
    """A card for each lead, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Leads"), parent)

    def put_reading(self, reading: FileReading) -> None:
        """Show the leads of a file."""
        if not reading.view.leads:
            sentence = tr("No lead is registered here. Complaints and reports stand here until verified.")
            self.put(EmptyState("flag", sentence))
            return
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(label(tr("Leads never count. Only what was verified becomes an entry."), "muted"))
        for lead in reading.view.leads:
            column.addWidget(_card(lead, reading.today))
        column.addStretch()
        self.put(content)


def overdue(lead: LeadRow, today: Day) -> bool:
    """Whether it should have an outcome by now."""
    return lead.status is LeadStatus.OPEN and lead.due_on is not None and lead.due_on < today


def _card(lead: LeadRow, today: Day) -> Card:
    card = Card(
        " · ".join(part for part in (iso(lead.received_on), words(lead.channel), lead.order_no) if part)
    )
    late = overdue(lead, today)
    role, icon = _LATE if late else _LOOK.get(lead.status, _CLOSED)
    status = words(lead.status)
    chip = Chip(tr("{status}, overdue").format(status=status) if late else status, role, icon)
    card.heading.addWidget(chip, alignment=Qt.AlignmentFlag.AlignTop)
    if lead.matter:
        card.column.addWidget(wrapped(lead.matter))
    card.column.addLayout(facts(_pairs(lead)))
    return card


def _pairs(lead: LeadRow) -> Iterator[tuple[str, str]]:
    yield tr("In the hands of"), lead.handler or ""
    yield tr("Due on"), iso(lead.due_on) if lead.due_on else ""
    yield tr("Closed on"), iso(lead.closed_on) if lead.closed_on else ""
    yield tr("Outcome"), lead.outcome
