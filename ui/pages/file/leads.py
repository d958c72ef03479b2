"""The tab 线索: what was reported and is not, or not yet, a verified fact. It never counts.

What is to be done with a lead is done on the page of leads, where it stands with all the others.
"""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.queries.leads import LeadRow
from app.words import tr
from models.types import LeadStatus, Uid
from ui import theme
from ui.page import Place
from ui.pages.file.parts import Card, Scrolled, facts, wrapped
from ui.pages.file.reading import FileReading, named
from ui.pages.leads.words import facts_of, status_chip, title_of
from ui.widgets import EmptyState, button, label


class LeadsTab(Scrolled):
    """A card for each lead, the newest first, and where to go on with it.

    Only who keeps the file is shown any, so that all may be done.
    """

    place_wanted = Signal(object)
    record_wanted = Signal(object)
    """Record the fact that a substantiated LeadRow turned out to be."""
    entry_wanted = Signal(object)
    """Go to the entry of this uid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Leads"), parent)
        self._cards: dict[Uid, Card] = {}

    def put_reading(self, reading: FileReading) -> None:
        """Show the leads of a file; the keyboard stays at its lead."""
        had = self.window().focusWidget()
        at = tuple(uid for uid, card in self._cards.items() if card.isAncestorOf(had))
        self._cards = {lead.uid: self._card(lead, reading) for lead in reading.view.leads}
        register = partial(self._go, "new", reading.view.head.staff_no)
        ends = reading.view.as_of or reading.view.head.closed_on
        if not self._cards:
            sentence = tr("No lead is registered here. Complaints and reports stand here until verified.")
            begin = ("", None) if ends else (tr("Register a lead…"), register)
            self.put(EmptyState("flag", sentence, *begin))
            return
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.M)
        head = QHBoxLayout()
        head.addWidget(label(tr("Leads never count. Only what was verified becomes an entry."), "muted"), 1)
        if not ends:
            head.addWidget(_act(tr("Register a lead…"), register))
        column.addLayout(head)
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

    def _go(self, *args: str) -> None:
        self.place_wanted.emit(Place("leads", args))

    def _card(self, lead: LeadRow, reading: FileReading) -> Card:
        card = Card(title_of(lead))
        chip = status_chip(lead, reading.view.as_of or reading.today)
        card.heading.addWidget(chip, alignment=Qt.AlignmentFlag.AlignTop)
        if lead.matter:
            card.column.addWidget(wrapped(lead.matter))
        card.column.addLayout(facts(facts_of(lead)))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for one in self._acts(lead, reading):
            row.addWidget(one)
        row.addStretch()
        card.column.addLayout(row)
        return card

    def _acts(self, lead: LeadRow, reading: FileReading) -> Iterator[QPushButton]:
        """A substantiated one is recorded, or leads to what was recorded; all go on among the leads."""
        if reading.view.as_of:
            return
        if lead.status is LeadStatus.SUBSTANTIATED:
            entries = reading.entries_from(lead.uid)
            for entry in entries:
                text = tr("Recorded as: {entry}").format(entry=named(entry))
                yield _act(text, partial(self.entry_wanted.emit, entry.uid), "flat")
            if not entries:
                yield _act(tr("Record an entry from it…"), partial(self.record_wanted.emit, lead))
        yield _act(tr("Go on with it"), partial(self._go, lead.uid))


def _act(text: str, do: Callable[[], object], kind: str = "") -> QPushButton:
    made = button(text, kind)
    made.clicked.connect(lambda: do())
    return made
