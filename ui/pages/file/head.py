"""The head of a file, which stays whatever tab is shown: whose it is, and what must be known at one look."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.influence import influence_words
from app.labels import label as words
from app.queries.files import FileHead, FileView
from app.rules.influence import PENALTIES
from app.words import in_use, ntr, tr
from models.types import Day, EntryStatus, ServiceState, iso
from ui import messages, theme
from ui.fields import DayField
from ui.pages.file.parts import clear
from ui.pages.file.reading import FileReading, newest
from ui.widgets import Chip, Elided, IconLabel, button, label

YEARS_BACK = 5
DAY_WIDTH = 110


class HeadBar(QFrame):
    """Name, unit, marks; the year looked at; record and print."""

    year_chosen = Signal(int)
    day_chosen = Signal(object)
    """Day: show the file as it stood at its end; None: as it stands now."""
    record_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, may_print: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._number, self._where = Elided(), label("", "muted"), Elided()
        theme.mark(self._name, "look", "title")
        theme.mark(self._where, "look", "muted")
        self._where.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._marks = QHBoxLayout()
        self._marks.setSpacing(theme.S)
        self.acts = QWidget(self)
        self.acts.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # a long name gives way
        self.years = QComboBox(self.acts)
        self.years.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.years.setAccessibleName(tr("As of the year"))
        self.years.setToolTip(tr("Entries count here as they do at the end of this year"))
        self.years.activated.connect(self._on_chosen)
        self.day = DayField(Day(0), parent=self.acts)
        self.day.setAccessibleName(tr("As of the end of the day"))
        self.day.setFixedWidth(DAY_WIDTH)
        self.day.returnPressed.connect(self._on_day)
        self.day.hide()
        self.then = ThenBar(self)
        self.then.now.clicked.connect(lambda: self.day_chosen.emit(None))
        self.then.hide()
        self.person = button(tr("Personnel"), parent=self.acts)
        self.person.setToolTip(tr("Post, department, state of service; closing and handing over the file"))
        self.person_menu = QMenu(self.person)
        self.person_menu.setToolTipsVisible(True)
        self.person.setMenu(self.person_menu)
        self.print = button(tr("Print summary…"), parent=self.acts)
        self.print.clicked.connect(self.print_wanted)
        self.print.setVisible(may_print)
        self.record = button(tr("Record an entry…"), "primary", parent=self.acts)
        self.record.clicked.connect(self.record_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        column.setSpacing(theme.XS)
        above, below = QHBoxLayout(), QHBoxLayout()
        as_of = QLabel(tr("As of"))
        as_of.setBuddy(self.years)
        theme.mark(as_of, "look", "muted")
        above.setSpacing(theme.M)
        above.addWidget(self._name, alignment=Qt.AlignmentFlag.AlignBottom)
        above.addWidget(self._number, alignment=Qt.AlignmentFlag.AlignBottom)
        above.addStretch()
        above.addWidget(self.acts)
        acts = QHBoxLayout(self.acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(theme.M)
        for widget in (as_of, self.years, self.day, self.person, self.print, self.record):
            acts.addWidget(widget)
        below.setSpacing(theme.M)
        below.addWidget(self._where)
        below.addLayout(self._marks)
        below.addStretch(1)
        above.addStrut(self.acts.sizeHint().height())
        below.addStrut(Chip(" ", icon="flag").sizeHint().height())
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(self.then)

    def cede(self, width: int) -> None:
        """Leave the right side to what lies over it; 0 takes it back."""
        self.acts.setVisible(not width)  # Tab would go there unseen
        self._column.setContentsMargins(theme.L, theme.M, max(theme.L, width + theme.M), theme.S)

    def put(self, reading: FileReading, may_record: str) -> None:
        """Show the head of a file. ``may_record``: why nothing can be recorded, empty where it can."""
        head, day = reading.view.head, reading.view.as_of
        self._name.setText(head.name)
        self._number.setText(head.staff_no)
        self._number.setAccessibleName(tr("Staff number {staff_no}").format(staff_no=head.staff_no))
        self._where.setText(_where(head))
        self.record.setEnabled(not may_record)
        self.record.setToolTip(may_record or tr("Record an entry (Ctrl+N)"))
        self._offer_years(reading)
        self.day.setVisible(day is not None)
        self.day.put(day)
        self.then.put(day)
        self.print.setEnabled(day is None)
        clear(self._marks)
        for mark in _marks(reading):
            chip = Chip(mark.text, mark.role, mark.icon, self)
            chip.setToolTip(mark.detail)
            self._marks.addWidget(chip)

    def tell_draft(self, waits: bool) -> None:
        """Whether a half-filled form waits behind the button."""
        self.record.setText(tr("Continue the draft…") if waits else tr("Record an entry…"))

    def _offer_years(self, reading: FileReading) -> None:
        if reading.view.as_of:
            self.years.setCurrentIndex(self.years.count() - 1)
            return
        this, shown = reading.today // 10000, reading.period.start // 10000
        if self.years.itemData(0) != this:
            self.years.clear()
            for year in range(this, this - YEARS_BACK, -1):
                self.years.addItem(tr("end of {year}").format(year=year), year)
            self.years.insertSeparator(YEARS_BACK)
            self.years.addItem(tr("on a day…"))
        self.day.set_today(reading.today)
        self.years.setCurrentIndex(self.years.findData(shown))

    def _on_chosen(self) -> None:
        """A year; or the field in which a day is typed."""
        year = self.years.currentData()
        self.day.setVisible(year is None)
        if year is None:
            self.day.setFocus()
        else:
            self.year_chosen.emit(year)

    def _on_day(self) -> None:
        """Show the file as of what was typed, or say beside the field what is wrong with it."""
        day = self.day.value()
        if isinstance(day, int):
            self.day_chosen.emit(Day(day))
        else:
            messages.say(self, "refusal", self.day.refusal(tr("As of")) or tr("Enter a day."))


class ThenBar(QFrame):
    """Says that the file is shown as it stood on an earlier day, and leads back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sentence = label("")
        self.now = button(tr("Back to today"), "flat")
        theme.mark(self, "banner", "dispute")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S, 0, theme.S, 0)
        row.addWidget(IconLabel("history", "dispute"))
        row.addWidget(self._sentence, 1)
        row.addWidget(self.now)

    def put(self, day: Day | None) -> None:
        """Show the day, or go."""
        self.setVisible(day is not None)
        sentence = tr("The file as it stood at the end of {date}. It can be read here, not changed.")
        self._sentence.setText(sentence.format(date=iso(day)) if day else "")


def _where(head: FileHead) -> str:
    return " · ".join(part for part in (head.department, head.post, head.rank) if part)


class _Mark(NamedTuple):
    text: str
    role: theme.Role
    icon: str = ""
    detail: str = ""


def _marks(reading: FileReading) -> Iterator[_Mark]:
    """Grade, dispute, influence period, states and leaving, in this order."""
    view = reading.view
    if (evaluation := newest(view)) is not None:
        text = f"{evaluation.period.label} {evaluation.band_name(in_use())} · {words(evaluation.status)}"
        if evaluation.stale:
            detail = tr("Entries changed after this grade was computed")
            yield _Mark(text, "dispute", "triangle-alert", detail)
        else:
            yield _Mark(text, "accent", "scale")
    disputed = sum(entry.status is EntryStatus.DISPUTED for entry in view.entries)
    if disputed:
        text = ntr("{n} entry disputed", "{n} entries disputed", disputed).format(n=disputed)
        yield _Mark(text, "dispute", "flag")
    for one in view.evaluations:
        if one.disputed:
            yield _Mark(tr("Grade {period} disputed").format(period=one.period.label), "dispute", "flag")
    if running := reading.influences():
        text = tr("Influence period until {date}").format(date=iso(running[0].until))
        yield _Mark(text, "negative", "clock", _influences(reading))
    yield from _states(view, reading.today)


def _states(view: FileView, today: Day) -> Iterator[_Mark]:
    for state, since, until in view.states:
        if since <= today <= (until or today):
            role: theme.Role = "dispute" if state is ServiceState.CASE_OPEN else "muted"
            yield _Mark(words(state), role, "", span_words(since, until))
    if view.head.left_on:
        why = words(view.head.leaving) if view.head.leaving else tr("Left")
        yield _Mark(f"{why} {iso(view.head.left_on)}", "muted", "log-out")


def span_words(since: Day, until: Day | None) -> str:
    """From when until when, or since when."""
    if until is None:
        return tr("since {date}").format(date=iso(since))
    return tr("{since} to {until}").format(since=iso(since), until=iso(until))


def _influences(reading: FileReading) -> str:
    """Each influence period that runs, with what it rests on."""
    return "\n".join(f"{title}: {detail}" for title, detail in influence_lines(reading))


def influence_lines(reading: FileReading) -> list[tuple[str, str]]:
    """(item and last day; length, law and document) of each influence period that runs."""
    published = reading.view.published
    lines = []
    for one in reading.influences():
        if row := reading.entry(one.sanction.uid):
            rule = published.scheme.items.get(row.item) if published else None
            reference = (
                PENALTIES[row.item].source if row.item in PENALTIES else rule.reference if rule else ""
            )
            title = tr("{item}, until {date}").format(item=row.item_name(in_use()), date=iso(one.until))
            parts = (influence_words(one), reference, row.document_no)
            lines.append((title, " · ".join(part for part in parts if part)))
    return lines
