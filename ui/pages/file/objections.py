"""The tab 异议: every objection with its clock, its papers and what came of it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from app.calendars import UNKNOWN
from app.context import AppContext
from app.labels import label as words
from app.permissions import Permission
from app.queries.objected import DECIDED
from app.queries.objections import ObjectionRow
from app.reports.objection_content import Paper
from app.words import in_use, listed, tr
from models.types import EntryStatus, ObjectionStatus, Target, Uid, iso
from ui import theme
from ui.pages.file.entry_detail import by_whom
from ui.pages.file.objecting import ask_objection, ask_ruling, ask_withdrawal, left_words
from ui.pages.file.objection_prints import print_paper
from ui.pages.file.parts import Card, Scrolled, facts, wrapped
from ui.pages.file.reading import FileReading, grade_words, named
from ui.widgets import Chip, EmptyState, button

_LOOK: dict[ObjectionStatus, tuple[theme.Role, str]] = {
    ObjectionStatus.OPEN: ("dispute", "flag"),
    ObjectionStatus.UPHELD: ("accent", "check"),
    ObjectionStatus.REJECTED: ("muted", "x"),
    ObjectionStatus.WITHDRAWN: ("muted", "undo-2"),
}
_DECIDED = (ObjectionStatus.UPHELD, ObjectionStatus.REJECTED)
_Act = Callable[[], object]


class ObjectionsTab(Scrolled):
    """A card for each objection, the newest first."""

    target_wanted = Signal(object)
    """Go to what this ObjectionRow is against."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Objections"), parent)
        self._context = context
        self._cards: dict[Uid, Card] = {}

    def put_reading(self, reading: FileReading) -> None:
        """Show the objections of a file; the keyboard stays at its objection."""
        had = self.window().focusWidget()
        at = tuple(uid for uid, card in self._cards.items() if card.isAncestorOf(had))
        self._cards = {one.uid: self._card(one, reading) for one in reading.view.objections}
        begin = self._begin(reading)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.M)
        if begin.count():
            column.addLayout(begin)
        for card in self._cards.values():
            column.addWidget(card)
        if not self._cards:
            sentence = tr("Nobody has objected here. What the person objects to on paper is entered here.")
            column.addWidget(EmptyState("flag", sentence), 1)
        column.addStretch()
        self.put(content)
        self.choose(at)

    def choose(self, uids: tuple[Uid, ...]) -> None:
        """Go to the one of these that is here, and to what can be done with it."""
        for card in (self._cards[uid] for uid in uids if uid in self._cards):
            buttons = [one for one in card.findChildren(QPushButton) if one.isEnabled()]
            (buttons[0] if buttons else self).setFocus()
            if (content := self.widget()) and (column := content.layout()):
                column.activate()
            self.ensureWidgetVisible(card)

    def _may(self, permission: Permission, reading: FileReading) -> bool:
        head = reading.view.head
        return reading.view.as_of is None and self._context.actor.may(permission, head.department_id)

    # What can be begun

    def _begin(self, reading: FileReading) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        open_to = list(_open_to(reading))
        if self._may(Permission.KEEP_FILES, reading):
            enter = [(text, partial(self._enter, kind, uid, text, reading)) for text, kind, uid in open_to]
            row.addWidget(_menu(tr("Enter an objection"), enter))
        if self._may(Permission.PRINT, reading):
            form = Paper.APPLICATION
            blank = [(text, partial(self._print, form, uid, reading)) for text, _, uid in open_to]
            row.addWidget(_menu(tr("Print a blank application"), blank, "printer"))
        if row.count():
            row.addStretch()
        return row

    def _enter(self, kind: Target, uid: Uid, text: str, reading: FileReading) -> None:
        ask_objection(self, self._context, kind, uid, f"{reading.view.head.name}: {text}", reading.today)

    def _print(self, paper: Paper, uid: Uid, reading: FileReading) -> None:
        print_paper(self, self._context, paper, reading.view.head, uid)

    # One objection

    def _card(self, row: ObjectionRow, reading: FileReading) -> Card:
        card = Card(f"{iso(row.filed_on)} · {words(row.kind)} {row.target_name(in_use())}")
        for number, chip in enumerate(_chips(row), start=1):
            card.heading.insertWidget(number, chip, alignment=Qt.AlignmentFlag.AlignTop)
        card.column.addWidget(wrapped(row.claim))
        card.column.addLayout(facts(_pairs(row, self._may(Permission.DECIDE_OBJECTIONS, reading))))
        acts = QHBoxLayout()
        acts.setSpacing(theme.S)
        for one in self._acts(row, reading):
            acts.addWidget(one)
        acts.addStretch()
        card.column.addLayout(acts)
        return card

    def _acts(self, row: ObjectionRow, reading: FileReading) -> Iterator[QPushButton]:
        runs = row.status is ObjectionStatus.OPEN
        if runs and self._may(Permission.DECIDE_OBJECTIONS, reading):
            ruling = partial(ask_ruling, self, self._context, row, reading.today)
            yield _act(tr("Decide on the objection…"), ruling, "primary", row.why_not)
        if self._may(Permission.PRINT, reading):
            yield _act(tr("Print the receipt…"), partial(self._print, Paper.RECEIPT, row.uid, reading))
            if row.status in _DECIDED:
                yield _act(tr("Print the decision…"), partial(self._print, Paper.DECISION, row.uid, reading))
        if runs and self._may(Permission.KEEP_FILES, reading):
            back = partial(ask_withdrawal, self, self._context, row, reading.today)
            yield _act(tr("Enter that it was taken back…"), back)
        to = tr("To the entry") if row.kind is Target.ENTRY else tr("To the grade")
        yield _act(to, partial(self.target_wanted.emit, row), "flat")


def _open_to(reading: FileReading) -> Iterator[tuple[str, Target, Uid]]:
    """What may be objected to: decided grades, then entries in force, the newest first."""
    for one in reading.view.evaluations:
        if one.status in DECIDED and not one.disputed:
            text = tr("grade {grade}").format(grade=f"{one.period.label} {grade_words(one)}")
            yield text, Target.EVALUATION, one.uid
    for entry in reading.view.entries:
        if entry.status is EntryStatus.EFFECTIVE:
            yield named(entry), Target.ENTRY, entry.uid


def _menu(text: str, acts: Sequence[tuple[str, _Act]], icon: str = "") -> QPushButton:
    """A button that asks first what is meant."""
    made = button(text, icon=icon)
    menu = QMenu(made)
    for said, do in acts:
        menu.addAction(said.replace("&", "&&"), do)
    made.setMenu(menu)
    made.setEnabled(bool(acts))
    made.setToolTip("" if acts else tr("There is nothing in force that could be objected to."))
    return made


def _act(text: str, do: _Act, kind: str = "", why_not: str = "") -> QPushButton:
    made = button(text, kind)
    made.clicked.connect(lambda: do())
    made.setEnabled(not why_not)
    made.setToolTip(why_not)
    return made


def _chips(row: ObjectionRow) -> Iterator[Chip]:
    role, icon = _LOOK[row.status]
    yield Chip(words(row.status), role, icon)
    if row.left is not None:
        yield Chip(left_words(row.left), "negative" if row.left < 0 else "muted", "clock")
    if row.late:
        yield Chip(tr("Filed late"), "dispute", "triangle-alert")


def _pairs(row: ObjectionRow, decides: bool) -> Iterator[tuple[str, str]]:
    yield tr("Filed"), f"{words(row.filing)} · {by_whom(row.received_by, row.received_at)}"
    due = tr("{date}, {n} working days").format(date=iso(row.due_on), n=row.term)
    years = listed(map(str, row.provisional))
    yield tr("To be decided by"), "\n".join(filter(None, (due, years and tr(UNKNOWN).format(years=years))))
    if row.why_not and decides:
        yield tr("Not by you"), row.why_not
    if row.closed_on:
        title = tr("Taken back") if row.status is ObjectionStatus.WITHDRAWN else tr("Decided on")
        yield title, " · ".join(filter(None, (iso(row.closed_on), row.document_no, row.decided_by)))
        yield tr("Reasons"), row.reasons
    if row.remedy:
        yield tr("What followed"), words(row.remedy)
