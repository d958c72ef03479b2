"""The tab 概况: who it is, how the grade of the year stands, and what must not be overlooked."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.labels import label as words
from app.queries.evaluations import band_name
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import Grade
from app.rules.grading.scheme import Scheme
from app.words import in_use, listed, ntr, tr
from models.types import EntryStatus, Points, Target, iso
from ui import theme
from ui.pages.file.erasing import erased_words
from ui.pages.file.grades import stale_words
from ui.pages.file.head import influence_lines, span_words
from ui.pages.file.leads import overdue
from ui.pages.file.objecting import left_words
from ui.pages.file.parts import Card, Scrolled, coloured, facts, note, wrapped
from ui.pages.file.reading import FileReading, is_recorded_again, named, newest
from ui.widgets import label


class OverviewTab(Scrolled):
    """Three cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Overview"), parent)

    def put_reading(self, reading: FileReading) -> None:
        """Show the overview of a file."""
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        grid.setSpacing(theme.M)
        grid.addWidget(_person(reading), 0, 0)
        grid.addWidget(_grade(reading), 0, 1)
        grid.addWidget(_notes(reading), 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)
        self.put(content)


def _person(reading: FileReading) -> Card:
    card = Card(tr("Person and file"))
    card.column.addLayout(facts(_of_person(reading)))
    card.column.addStretch()
    return card


def _of_person(reading: FileReading) -> Iterator[tuple[str, str]]:
    head = reading.view.head
    yield tr("Department"), head.department
    yield tr("Post"), head.post
    yield tr("Rank"), head.rank
    yield tr("ID number"), reading.id_number
    yield tr("Joined on"), iso(head.joined_on) if head.joined_on else ""
    if head.left_on:
        yield tr("Left on"), " · ".join(filter(None, (iso(head.left_on), _leaving(reading))))
    if head.sent_to:
        yield tr("Sent to"), head.sent_to
    if head.received_from:
        yield tr("Received from"), head.received_from
    for state, since, until in reading.view.states:
        yield words(state), span_words(since, until)
    yield tr("File number"), head.number
    yield tr("Opened on"), iso(head.opened_on)
    if head.seconds:
        yield tr("Merged with"), listed(one.staff_no for one in head.seconds)


def _leaving(reading: FileReading) -> str:
    leaving = reading.view.head.leaving
    return words(leaving) if leaving else ""


def _grade(reading: FileReading) -> Card:
    """The grade as it would be computed now, and how it comes about."""
    card = Card(tr("{period} as it stands now").format(period=reading.period.label))
    published, grade = reading.view.published, reading.view.grade
    if published is None or grade is None:
        card.column.addWidget(wrapped(tr("No standard is in force for this year."), "muted"))
    elif grade.not_rated:
        card.column.addWidget(label(tr("Not rated"), "title"))
        card.column.addWidget(wrapped(words(grade.not_rated), "muted"))
    else:
        card.column.addWidget(label(band_name(published, grade.band, in_use()), "title"))
        card.column.addLayout(_sum(reading, grade, published.scheme))
    card.column.addStretch()
    if published is not None:
        standard = f"{published.scheme.title.in_language(in_use())} · {published.adopted_by}"
        card.column.addWidget(wrapped(standard, "small"))
        if notice := published.scheme.notice.in_language(in_use()):
            card.column.addWidget(wrapped(notice, "small"))
    return card


def _sum(reading: FileReading, grade: Grade, scheme: Scheme) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.L)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(2, 1)
    for title, points, role in _summands(grade, scheme):
        row = grid.rowCount()
        grid.addWidget(label(title, "muted"), row, 0)
        number = coloured(points, role)
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(number, row, 1)
    total = QLabel(plain_points(grade.score or Points(0)))
    theme.mark(total, "look", "heading")
    row = grid.rowCount()
    grid.addWidget(label(tr("Score"), "heading"), row, 0)
    grid.addWidget(total, row, 1, Qt.AlignmentFlag.AlignRight)
    if grade.direct and (entry := reading.entry(grade.direct)):
        said = tr("The grade follows directly from: {item}").format(item=entry.item_name(in_use()))
        grid.addWidget(wrapped(said), grid.rowCount(), 0, 1, 3)
    return grid


def _summands(grade: Grade, scheme: Scheme) -> Iterator[tuple[str, str, theme.Role]]:
    counted = [line.points for line in grade.lines if line.reason is None]
    plus, minus = [p for p in counted if p > 0], [p for p in counted if p < 0]
    yield tr("Base"), plain_points(scheme.score.base), "text"
    if plus:
        title = ntr("{n} positive entry", "{n} positive entries", len(plus)).format(n=len(plus))
        yield title, signed_points(Points(sum(plus))), "positive"
    if minus:
        title = ntr("{n} negative entry", "{n} negative entries", len(minus)).format(n=len(minus))
        yield title, signed_points(Points(sum(minus))), "negative"
    if left := len(grade.lines) - len(counted):
        yield ntr("{n} entry not counted", "{n} entries not counted", left).format(n=left), "0", "muted"


class _Note(NamedTuple):
    icon: str
    role: theme.Role
    text: str
    detail: str = ""


def _notes(reading: FileReading) -> Card:
    card = Card(tr("To be noted"))
    found = [
        *_about_grade(reading),
        *_about_objections(reading),
        *_about_entries(reading),
        *_about_leads(reading),
        *(_Note("info", "muted", text, detail) for text, detail in erased_words(reading)),
    ]
    for one in found:
        card.column.addLayout(note(*one))
    if not found:
        card.column.addWidget(label(tr("Nothing in particular."), "muted"))
    return card


def _about_grade(reading: FileReading) -> Iterator[_Note]:
    evaluation = newest(reading.view)
    if evaluation is not None and evaluation.stale:
        text = tr("The grade of {period} was computed before entries changed.")
        detail = stale_words(evaluation)
        yield _Note("triangle-alert", "dispute", text.format(period=evaluation.period.label), detail)
    for title, detail in influence_lines(reading):
        text = tr("An influence period runs, and promotion waits: {title}").format(title=title)
        yield _Note("clock", "negative", text, detail)


def _about_objections(reading: FileReading) -> Iterator[_Note]:
    """Those to grades; an entry that is disputed says so itself."""
    for one in reading.view.objections:
        if one.left is not None and one.kind is Target.EVALUATION:
            text = tr("Grade disputed: {grade}, {left}")
            words = text.format(grade=one.target_name(in_use()), left=left_words(one.left))
            yield _Note("flag", "dispute", words, one.claim)


def _about_entries(reading: FileReading) -> Iterator[_Note]:
    texts = {
        EntryStatus.DISPUTED: ("flag", tr("Disputed: {entry}")),
        EntryStatus.SUBMITTED: ("clipboard-check", tr("To be verified: {entry}")),
        EntryStatus.HEARING: ("user", tr("The person is to be heard: {entry}")),
        EntryStatus.RETURNED: ("undo-2", tr("Returned to the recorder: {entry}")),
    }
    for entry in reading.view.entries:
        if entry.status in texts and not is_recorded_again(entry):
            icon, text = texts[entry.status]
            role: theme.Role = "accent" if entry.status is EntryStatus.SUBMITTED else "dispute"
            yield _Note(icon, role, text.format(entry=named(entry)), entry.status_reason or "")


def _about_leads(reading: FileReading) -> Iterator[_Note]:
    for lead in reading.view.leads:
        if overdue(lead, reading.today) and lead.due_on:
            text = tr("A lead is overdue since {date}: {order}")
            yield _Note(
                "flag", "dispute", text.format(date=iso(lead.due_on), order=lead.order_no), lead.matter
            )
