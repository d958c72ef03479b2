"""The year's evaluation as the personnel office sees it: where it stands, what came back, and submitting."""

from array import array
from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.commands.evaluations import Outcome, Proposed, propose_evaluations
from app.context import AppContext
from app.queries.cases import EVERYONE, Whose
from app.queries.departments import below, departments
from app.queries.grading import GradedFile
from app.queries.progress import DepartmentProgress, Progress, ReturnedRow, periods, progress
from app.reports.wording import plain_points
from app.rules.grading.engine import Period
from app.words import in_use, mark, ntr, tr
from models.types import iso, local_time
from ui import messages, tasks, theme
from ui.desk.queue import QueueList
from ui.desk.reading import ReadingPane, escape, piece
from ui.desk.rows import Group, QueueItem
from ui.dialogs.confirm import Act, confirm
from ui.page import Part
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.widgets import Elided, button, label, rule

TOGETHER = 0
"""Instead of the id of a department: all of them."""


def _number(key: str, title: str, width: int = 5) -> Column[DepartmentProgress]:
    return Column(
        key,
        title,
        lambda row: str(getattr(row, key)),
        width=width,
        alignment="right",
        colour=lambda row: None if getattr(row, key) else "muted",
        sortable=False,
    )


COLUMNS: tuple[Column[DepartmentProgress], ...] = (
    Column("name", mark("Department"), lambda row: "　" * row.depth + row.name, width=18, sortable=False),
    _number("rated", mark("To grade")),
    _number("waiting", mark("Waiting")),
    _number("approved", mark("Approved")),
    _number("returned", mark("Returned")),
    _number("not_submitted", mark("To submit")),
    _number("not_rated", mark("Exempt")),
    _number("changed", mark("Changed")),
)


class Overview(Part):
    """Departments left, what came back right; the button computes and submits."""

    file_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._progress: Progress | None = None
        self._returned: dict[str, ReturnedRow] = {}
        self.periods = QComboBox()
        self.periods.setAccessibleName(tr("Period"))
        self.periods.activated.connect(lambda _: self._ask())
        self.said = Elided()
        self.submit = button(tr("Compute and submit…"), "primary")
        self.submit.clicked.connect(self._ask_to_submit)
        self.table = Table(RowModel(COLUMNS, self._rows_of), "progress")
        self.table.setAccessibleName(tr("Departments"))
        self.returned = QueueList(tr("Returned grades"))
        self.returned.opened.connect(lambda uid: self.file_wanted.emit(self._returned[uid].staff_no))
        self.returned.picked.connect(self._show_reason)
        self.reason = ReadingPane(tr("Reason for returning"), theme.M)
        self.reason.setFixedHeight(7 * self.fontMetrics().lineSpacing())
        self._lay_out()
        self.first = self.table

    def reload(self) -> None:
        """Ask again which periods there are, and where the one shown stands."""
        tasks.read(self, partial(self._context.ask, periods), self._on_periods, key="periods")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        top.setSpacing(theme.L)
        top.addWidget(self.periods)
        top.addWidget(self.said, 1)
        top.addWidget(self.submit)
        self.table.horizontalHeader().setStretchLastSection(False)  # a number far from its neighbours
        sides = QSplitter()
        sides.addWidget(self.table)
        sides.addWidget(self._right())
        sides.setSizes([800, 330])
        sides.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(sides, 1)

    def _right(self) -> QWidget:
        made = QWidget()
        self._heading = label("", "heading")
        self._heading.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._heading, rule(), self.returned, rule(), self.reason):
            column.addWidget(widget)
        column.setStretchFactor(self.returned, 1)
        return made

    # Where it stands

    def _on_periods(self, found: list[Period]) -> None:
        kept = self.periods.currentText()
        self.periods.clear()
        for period in found:
            self.periods.addItem(period.label, period)
        self.periods.setCurrentIndex(max(0, self.periods.findText(kept)))
        self._ask()

    def _ask(self) -> None:
        period = Period(*self.periods.currentData())
        tasks.read(self, partial(self._context.ask, progress, period), self._on_progress, key="progress")

    def _on_progress(self, found: Progress) -> None:
        self._progress = found
        together = _together(found.departments)
        ids = array("q", [TOGETHER, *(row.id for row in found.departments)])
        self.table.replace(ids, {row.id: row for row in (together, *found.departments)})
        if self.table.current_id() is None:
            self.table.choose([TOGETHER], TOGETHER)
        self._returned = {row.uid: row for row in found.returned}
        n = len(found.returned)
        self._heading.setText(ntr("{n} grade came back", "{n} grades came back", n).format(n=n))
        self.returned.show_groups([Group("", [_returned(row) for row in found.returned])])
        self.submit.setText(tr("Compute and submit {period}…").format(period=found.period.label))
        self.submit.setEnabled(found.published is not None)
        none = tr("No standard is in force for {period}. Publish one first.").format(
            period=found.period.label
        )
        self.submit.setToolTip("" if found.published else none)
        self.said.setText(none if found.published is None else _summary(together, found))

    def _show_reason(self, uid: str) -> None:
        row = self._returned.get(uid)
        self.reason.show_text(partial(_reason_html, row) if row else str)

    def _rows_of(self, ids: Sequence[int]) -> dict[int, DepartmentProgress]:
        rows = self._progress.departments if self._progress else ()
        return {row.id: row for row in (*rows, _together(rows)) if row.id in set(ids)}

    # Submitting

    def _ask_to_submit(self) -> None:
        found = self._progress
        if not found or not found.published:
            return
        detail = tr(
            "By “{standard}”. What is unchanged stays as it is; what came back is computed and submitted "
            "again, and so is what has changed since. Your own grade is left to a colleague."
        ).format(standard=found.published.scheme.title.in_language(in_use()))
        acts = [Act(tr("Submit for all departments"), partial(self._submit, found.period, TOGETHER, ""))]
        if chosen := next((row for row in found.departments if row.id == self.table.current_id()), None):
            words = tr("Only {department} and below").format(department=chosen.name)
            acts.append(Act(words, partial(self._submit, found.period, chosen.id, chosen.name)))
        question = tr("Compute the grades of {period} and submit them to the heads?")
        confirm(self, question.format(period=found.period.label), detail, *acts)

    def _submit(self, period: Period, department: int, name: str) -> None:
        self.submit.setEnabled(False)
        title = tr("Computing the grades of {period}").format(period=period.label)
        tasks.run(
            self,
            f"{title} · {name}" if name else title,
            partial(_propose, self._context, period, department),
            self._on_submitted,
            ended=self._ask,
            changes=lambda done: done.changes,
        )

    def _on_submitted(self, done: Proposed) -> None:
        messages.say(self, "ok", _outcome(done))


def _propose(context: AppContext, period: Period, department: int, report: tasks.Report) -> Proposed:
    """On a worker, in one transaction: stopping it leaves everything as it was."""

    def watch(files: list[GradedFile]) -> Iterator[GradedFile]:
        for number, file in enumerate(files):
            report(number, len(files))
            yield file

    whose = Whose(below(context.ask(departments), department)) if department != TOGETHER else EVERYONE
    return context.do(propose_evaluations, period, "", whose, watch)


def _outcome(done: Proposed) -> str:
    return tr("Submitted {new}, computed again {again}, unchanged {same}, not rated {rest}.").format(
        new=done.counts.get(Outcome.SUBMITTED, 0),
        again=done.counts.get(Outcome.COMPUTED_AGAIN, 0),
        same=done.counts.get(Outcome.UNCHANGED, 0),
        rest=done.counts.get(Outcome.NOT_RATED, 0),
    )


def _together(rows: Sequence[DepartmentProgress]) -> DepartmentProgress:
    sums = (sum(column) for column in zip(*(row[3:] for row in rows), strict=True))
    return DepartmentProgress(TOGETHER, tr("Together"), 0, *(sums if rows else (0,) * 6))


def _summary(together: DepartmentProgress, found: Progress) -> str:
    submitted = together.rated - together.not_submitted
    words = tr("{submitted} of {all} submitted, {approved} approved")
    said = words.format(submitted=submitted, all=together.rated, approved=together.approved)
    if found.published:
        since = iso(found.published.valid_from)
        title = found.published.scheme.title.in_language(in_use())
        said += " · " + tr("{standard}, valid from {day}").format(standard=title, day=since)
    return said


def _reason_html(row: ReturnedRow) -> str:
    who = f"{row.returned_by} · {local_time(row.returned_at):%Y-%m-%d %H:%M}"
    return f"<p>{escape(row.reason)}</p><p>{piece(who, 'muted small')}</p>"


def _returned(row: ReturnedRow) -> QueueItem:
    return QueueItem(
        row.uid,
        row.name,
        f"{row.staff_no} · {row.department}",
        f"{row.band_name(in_use())} {plain_points(row.score)}",
        ((row.reason, "text"),),
        aside=f"{row.returned_by} {local_time(row.returned_at).date().isoformat()}",
        hint=row.reason,
    )
