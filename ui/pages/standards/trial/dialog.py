"""A standard tried on a period of the past: grades before and after, who moves, by what, where."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.context import AppContext
from app.errors import UserError
from app.exchange.what_if_report import write_what_if
from app.queries.cases import EVERYONE, Whose
from app.queries.departments import DepartmentRow, below, departments
from app.queries.schemes import PublishedScheme, own_schemes
from app.queries.what_if import WhatIf, what_if, whom, years
from app.rules.grading.case import Period, year
from app.standards.what_if import (
    by_department,
    by_reason,
    deciding,
    movers,
    quota_lines,
    summary_words,
    why_words,
    within,
)
from app.words import in_use, mark, tr
from ui import messages, tasks, theme
from ui.dialogs.files import ask_new_file, documents_folder
from ui.fields import ChoiceField
from ui.pages.standards.trial.matrix import MatrixView
from ui.pages.standards.trial.tables import PEOPLE, PartRow, PartTable, PersonRow, people_of
from ui.tables.row_model import RowModel
from ui.tables.table import Table
from ui.widgets import Tabs, button, label, rule

LOOK_EVERY = 100
"""Milliseconds between two looks at how far it is."""


class Offered(NamedTuple):
    """What a trial can be held against."""

    years: Sequence[int]
    editions: Sequence[PublishedScheme]
    departments: list[DepartmentRow]


def show_trial(owner: QWidget, context: AppContext, title: str, text: Callable[[], str]) -> "TrialDialog":
    """Open it for a standard, published or not, and try the newest year at once.

    ``text`` is asked for at every trial: a draft may have been changed since.
    """
    dialog = TrialDialog(owner, context, title, text)
    dialog.show()
    return dialog


class TrialDialog(QDialog):
    """What is tried above, the matrix left, the people right. It stays open beside the window."""

    file_wanted = Signal(str)
    """The file of this staff number."""

    def __init__(self, owner: QWidget, context: AppContext, title: str, text: Callable[[], str]) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Trial of “{title}”").format(title=title))
        self._context, self._text = context, text
        self._offered = Offered((), (), [])
        self._job: tasks.Job | None = None
        self.found: WhatIf | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self._look_how_far)
        self.years, self.against, self.department = ChoiceField({}), ChoiceField({}), ChoiceField({})
        self.run = button(tr("Try"), "primary")
        self.run.clicked.connect(self._on_run)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.said, self.quotas = label("", "heading"), label("", "muted")
        self.matrix = MatrixView()
        self.matrix.picked.connect(self._on_picked)
        self.people = Table(RowModel(PEOPLE, self._people_of), "trial-people")
        self.people.opened.connect(self._on_opened)
        self.rules = PartTable(mark("What decides"), "trial-rules")
        self.places = PartTable(mark("Department"), "trial-departments")
        self.rules.opened.connect(self._on_rule)
        self.places.opened.connect(self._on_department)
        self._lay_out()
        tasks.read(self, partial(_offered, context), self._on_offered)

    # What is tried

    def _on_offered(self, offered: Offered) -> None:
        self._offered = offered
        self.years.offer({str(one): str(one) for one in offered.years})
        in_force = tr("The standard in force then")
        editions = {
            str(one.uid): tr("Edition {edition} · {title}").format(
                title=one.scheme.title.in_language(in_use()), edition=one.edition
            )
            for one in offered.editions
        }
        self.against.offer(editions, in_force)
        self.department.offer({str(row.id): row.name for row in offered.departments}, tr("All departments"))
        if offered.years:
            self._begin()
        else:
            self.said.setText(tr("There is nothing on file yet that it could be tried on."))
            self.run.setEnabled(False)

    def _on_run(self) -> None:
        if self._job:
            self._job.cancelled = True
        else:
            self._begin()

    def _begin(self) -> None:
        period = year(int(self.years.chosen()))
        against = next((one for one in self._offered.editions if one.uid == self.against.chosen()), None)
        chosen = self.department.chosen()
        whose = Whose(below(self._offered.departments, int(chosen))) if chosen else EVERYONE
        job = partial(_try, self._context, self._text(), period, against, whose)
        title = tr("Trying the standard on {period}").format(period=period.label)
        self._job = tasks.run(self, title, job, self._on_found, self._on_refused, ended=self._on_ended)
        self._show_running(True)

    def _show_running(self, on: bool) -> None:
        self.run.setText(tr("Cancel") if on else tr("Try"))
        for field in (self.years, self.against, self.department, self.export):
            field.setEnabled(not on)
        self.progress.setVisible(on)
        self._timer.start() if on else self._timer.stop()

    def _look_how_far(self) -> None:
        if self._job:
            self.progress.setRange(0, self._job.total)
            self.progress.setValue(self._job.done)

    def _on_refused(self, error: UserError) -> None:
        self.said.setText(error.sentence)
        theme.mark(self.said, "tone", "negative")
        self._body.hide()

    def _on_ended(self) -> None:
        self._job = None
        self._show_running(False)
        self.export.setEnabled(self.found is not None)

    def done(self, result: int) -> None:
        """Closed, by whatever way: nothing goes on behind it."""
        if self._job:
            self._job.cancelled = True
        super().done(result)

    # What came out

    def _on_found(self, found: WhatIf) -> None:
        self.found = found
        names = {row.id: row.name for row in self._offered.departments}
        self.said.setText(summary_words(found))
        theme.mark(self.said, "tone", "")
        lines = (
            tr("{title}: {text}").format(title=title, text=sentence)
            for title, said in quota_lines(found)
            for sentence in said
        )
        self.quotas.setText("\n".join(lines))
        self.quotas.setVisible(bool(self.quotas.text()))
        self.rules.show_parts(
            [PartRow(why, why_words(found, why), counts) for why, counts in by_reason(found)]
        )
        self.places.show_parts(
            [PartRow(key, names.get(key, ""), counts) for key, counts in by_department(found) if counts.moved]
        )
        self._body.show()
        self.matrix.show_trial(found)
        self.matrix.setFocus()

    def _on_picked(self, way: tuple[str | None, str | None]) -> None:
        if found := self.found:
            all_ = way == (None, None)
            look = partial(movers, found) if all_ else partial(within, found, *way)
            tasks.read(self, look, self._show_people, key="people")

    def _on_rule(self, number: int) -> None:
        """Whom a rule moves."""
        if found := self.found:
            why = self.rules.part(number).key
            look = partial(_decided, found, lambda place: deciding(found, place) == why)
            tasks.read(self, look, self._show_people, key="people")

    def _on_department(self, number: int) -> None:
        """Who moves in a department."""
        if found := self.found:
            key = self.places.part(number).key
            look = partial(_decided, found, lambda place: found.departments[place] == key)
            tasks.read(self, look, self._show_people, key="people")

    def _show_people(self, places: list[int]) -> None:
        self.people.replace(array("q", places))
        self.tabs.bar.setCurrentIndex(0)

    def _people_of(self, places: Sequence[int]) -> Mapping[int, PersonRow]:
        return people_of(self._context, self.found, places) if self.found else {}

    def _on_opened(self, place: int) -> None:
        if row := self._people_of([place]).get(place):
            self.file_wanted.emit(row.who.staff_no)

    # Out

    def _ask_where(self) -> None:
        if self.found:
            name = tr("Trial {period}").format(period=self.found.period.label)
            title, kinds = tr("Save the trial as a workbook"), tr("Workbooks (*.xlsx)")
            ask_new_file(self, title, kinds, documents_folder() / f"{name}.xlsx", self.save)

    def save(self, path: Path) -> None:
        """Write all of it into a workbook."""
        if self.found:
            names = {row.id: row.name for row in self._offered.departments}
            write = partial(_write, self._context, self.found, names, path)
            said = tr("Written to {file}.").format(file=path)
            tasks.read(self, write, lambda _: messages.say(self, "ok", said))

    # What it is made of

    def _lay_out(self) -> None:
        self.export, close = button(tr("Export…")), button(tr("Close"))
        self.export.setEnabled(False)
        self.export.clicked.connect(self._ask_where)
        close.clicked.connect(self.close)
        self.progress.hide()
        for words in (self.said, self.quotas):
            words.setWordWrap(True)
        acts = QHBoxLayout()
        acts.addStretch()
        acts.addWidget(self.export)
        acts.addWidget(close)
        self._body = self._both()
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addLayout(self._choices())
        column.addWidget(self.progress)
        column.addWidget(rule())
        column.addWidget(self.said)
        column.addWidget(self.quotas)
        column.addWidget(self._body, 1)
        column.addStretch(0)
        column.addLayout(acts)
        self.resize(1240, 640)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        named = (
            (tr("Period"), self.years, 1),
            (tr("Held against"), self.against, 3),
            (tr("Department"), self.department, 2),
        )
        for column, (name, field, share) in enumerate(named):
            field.setAccessibleName(name)
            grid.addWidget(label(name, "muted"), 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, share)
        grid.addWidget(self.run, 1, len(named))
        return grid

    def _both(self) -> QSplitter:
        self.people.setAccessibleName(tr("Who is in the cell"))
        self.rules.setAccessibleName(tr("By rule"))
        self.places.setAccessibleName(tr("By department"))
        parts = {
            tr("People"): self.people,
            tr("By rule"): self.rules,
            tr("By department"): self.places,
        }
        self.tabs = Tabs(tr("What came out"), parts)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(tr("Before ↓  after →"), "muted"))
        column.addWidget(self.matrix, 1)
        sides = QSplitter()
        sides.addWidget(left)
        sides.addWidget(self.tabs)
        sides.setChildrenCollapsible(False)
        sides.setSizes([540, 660])
        return sides


def _offered(context: AppContext) -> Offered:
    return Offered(context.ask(years), context.ask(own_schemes), context.ask(departments))


def _try(
    context: AppContext,
    text: str,
    period: Period,
    against: PublishedScheme | None,
    whose: Whose,
    report: tasks.Report,
) -> WhatIf:
    return context.ask(what_if, text, period, against, whose, report)


def _decided(found: WhatIf, wanted: Callable[[int], bool]) -> list[int]:
    return [place for place in movers(found) if wanted(place)]


def _write(context: AppContext, found: WhatIf, names: Mapping[int, str], path: Path) -> None:
    moved = [found.files[place] for place in movers(found)]
    write_what_if(found, context.ask(whom, moved), names, path)
