"""The year's evaluation as the personnel office sees it: where it stands, what is to be done again, and
submitting."""

from array import array
from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.commands.evaluations import Proposed, propose_evaluations
from app.context import AppContext
from app.queries.cases import EVERYONE, Whose
from app.queries.departments import below, departments
from app.queries.progress import DepartmentProgress, GradeRow, Progress, grades_in, periods, progress
from app.queries.quotas import quotas
from app.rules.grading.case import Period
from app.words import in_use, mark, ntr, tr
from models.types import iso
from ui import messages, tasks, theme
from ui.dialogs.confirm import Act, confirm
from ui.page import Part
from ui.pages.grading.standing import StandingPane
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.widgets import Elided, button, rule

Standing = tuple[tuple[GradeRow, ...], tuple[str, ...]]
"""Grades as they stand, and what there is to say of quotas."""
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
    Column("name", mark("Department"), lambda row: "　" * row.depth + row.name, width=13, sortable=False),
    _number("rated", mark("To grade")),
    _number("waiting", mark("Waiting")),
    _number("approved", mark("Approved")),
    _number("changed", mark("Changed")),
    _number("returned", mark("Returned")),
    _number("not_submitted", mark("To submit")),
    _number("not_rated", mark("Exempt")),
)


class Overview(Part):
    """Departments left; right the grades of the chosen one, or of all together what is to be done again.
    The button computes and submits."""

    file_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._progress: Progress | None = None
        self._wanted = ""
        self._enters = False
        self.periods = QComboBox()
        self.periods.setAccessibleName(tr("Period"))
        self.periods.activated.connect(lambda _: self._ask())
        self.said = Elided()
        self.submit = button(tr("Compute and submit…"), "primary")
        self.submit.clicked.connect(self._ask_to_submit)
        self.table = Table(RowModel(COLUMNS, self._rows_of), "progress")
        self.table.setAccessibleName(tr("Departments"))
        self.table.chosen.connect(self._look)
        self.table.opened.connect(lambda _: self._enter())
        self.standing = StandingPane()
        self.standing.file_wanted.connect(self.file_wanted)
        self.standing.left.connect(self.table.setFocus)
        self._lay_out()
        self.first = self.table

    def reload(self) -> None:
        """Ask again which periods there are, and where the one shown stands."""
        tasks.read(self, partial(self._context.ask, periods), self._on_periods, key="periods")

    def want(self, label: str) -> None:
        """Show a period, all departments together, or do so once the periods are here."""
        self._wanted = label
        if self.periods.count():
            self._stand_on_wanted()
            self._ask()

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
        sides.addWidget(self.standing)
        sides.setStretchFactor(1, 1)
        sides.setSizes([self.table.horizontalHeader().length() + theme.XS, 330])
        sides.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(sides, 1)

    # Where it stands

    def _on_periods(self, found: list[Period]) -> None:
        kept = self.periods.currentText()
        self.periods.clear()
        for period in found:
            self.periods.addItem(period.label, period)
        self.periods.setCurrentIndex(max(0, self.periods.findText(kept)))
        self._stand_on_wanted()
        self._ask()

    def _stand_on_wanted(self) -> None:
        if self._wanted:
            self.periods.setCurrentText(self._wanted)
            self.table.choose([TOGETHER], TOGETHER)
            self._wanted = ""

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
        self._look()
        self.submit.setText(tr("Compute and submit {period}…").format(period=found.period.label))
        self.submit.setEnabled(found.published is not None)
        none = tr("No standard is in force for {period}. Publish one first.").format(
            period=found.period.label
        )
        self.submit.setToolTip("" if found.published else none)
        self.said.setText(none if found.published is None else _summary(together, found))

    # The grades of what the keyboard stands on

    def _look(self) -> None:
        found, chosen = self._progress, self._chosen()
        if not found:
            return
        branch = _branch(found.departments, chosen.id) if chosen else None
        read = partial(_standing, self._context, found, branch)
        tasks.read(self, read, partial(self._on_grades, chosen), key="grades")

    def _on_grades(self, department: DepartmentProgress | None, standing: Standing) -> None:
        if self._chosen() != department or not self._progress:  # the keyboard went on meanwhile
            return
        heading = department.name if department else _again_words(self._progress)
        self._show_grades(heading, standing)

    def _show_grades(self, heading: str, standing: Standing) -> None:
        rows, quotas = standing
        self.standing.show_rows(heading, rows, quotas)
        if self._enters and rows:
            self.standing.list.setFocus()
        self._enters = False

    def _enter(self) -> None:
        self._enters = True
        self._look()

    def _chosen(self) -> DepartmentProgress | None:
        """The department that the keyboard stands on; None on all of them."""
        rows = self._progress.departments if self._progress else ()
        return next((row for row in rows if row.id == self.table.current_id()), None)

    def _rows_of(self, ids: Sequence[int]) -> dict[int, DepartmentProgress]:
        rows = self._progress.departments if self._progress else ()
        return {row.id: row for row in (*rows, _together(rows)) if row.id in set(ids)}

    # Submitting

    def _ask_to_submit(self) -> None:
        found = self._progress
        if not found or not found.published:
            return
        again, chosen = _together(found.departments).approved_changed, self._chosen()
        acts = [Act(tr("Submit for all departments"), partial(self._submit, found.period), again > 0)]
        if chosen:
            words = tr("Only {department} and below").format(department=chosen.name)
            do = partial(self._submit, found.period, chosen.id, chosen.name)
            acts.insert(0, Act(words, do, _approved_changed(found, chosen) > 0))
        question = tr("Compute the grades of {period} and submit them to the heads?")
        confirm(self, question.format(period=found.period.label), _detail(found, chosen), *acts)

    def _submit(self, period: Period, department: int = TOGETHER, name: str = "") -> None:
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
        messages.say(self, "ok", done.sentence())


def _propose(context: AppContext, period: Period, department: int, report: tasks.Report) -> Proposed:
    """On a worker, in one transaction: stopping it leaves everything as it was."""
    whose = Whose(below(context.ask(departments), department)) if department != TOGETHER else EVERYONE
    return context.do(propose_evaluations, period, "", whose, report)


def _standing(context: AppContext, found: Progress, branch: Sequence[DepartmentProgress] | None) -> Standing:
    """The grades of a department and those below it, or of all what is to be done again; with the quotas."""
    ids = frozenset(row.id for row in branch) if branch is not None else None
    again = (*found.returned, *found.changed)
    rows = again if ids is None else context.ask(grades_in, found.period, ids)
    against = context.ask(quotas, found.period, ids)
    return rows, tuple(against.sentences()) if against else ()


def _together(rows: Sequence[DepartmentProgress]) -> DepartmentProgress:
    sums = (sum(column) for column in zip(*(row[3:] for row in rows), strict=True))
    counted = sums if rows else (0,) * len(DepartmentProgress._fields[3:])
    return DepartmentProgress(TOGETHER, tr("Together"), 0, *counted)


def _branch(rows: Sequence[DepartmentProgress], department: int) -> list[DepartmentProgress]:
    """A department and those below it; rows stand in the order of the tree."""
    at = next(n for n, row in enumerate(rows) if row.id == department)
    return [rows[at], *takewhile(lambda row: row.depth > rows[at].depth, rows[at + 1 :])]


def _approved_changed(found: Progress, chosen: DepartmentProgress) -> int:
    """How many approved grades would be computed anew in a department and below."""
    return sum(row.approved_changed for row in _branch(found.departments, chosen.id))


def _again_words(found: Progress) -> str:
    n = len(found.returned) + len(found.changed)
    return ntr("{n} grade to be submitted again", "{n} grades to be submitted again", n).format(n=n)


def _detail(found: Progress, chosen: DepartmentProgress | None) -> str:
    """What will be done, and above all what happens to grades that are approved already."""
    assert found.published
    said = [
        tr(
            "By “{standard}”. What is unchanged stays as it is; what came back is computed and submitted "
            "again, and so is what has changed since. Your own grade is left to a colleague."
        ).format(standard=found.published.scheme.title.in_language(in_use()))
    ]
    if n := _together(found.departments).approved_changed:
        again = ntr(
            "{n} approved grade rests on what has changed since: it is computed anew, and its head has to "
            "decide again.",
            "{n} approved grades rest on what has changed since: they are computed anew, and their heads "
            "have to decide again.",
            n,
        )
        said.append(again.format(n=n))
        if chosen:
            words = tr("Of these, {n} in {department} and below.")
            said.append(words.format(n=_approved_changed(found, chosen), department=chosen.name))
    return "\n".join(said)


def _summary(together: DepartmentProgress, found: Progress) -> str:
    submitted = together.rated - together.not_submitted
    words = tr("{submitted} of {all} submitted, {approved} approved")
    said = words.format(submitted=submitted, all=together.rated, approved=together.approved)
    if found.published:
        since = iso(found.published.valid_from)
        title = found.published.scheme.title.in_language(in_use())
        said += " · " + tr("{standard}, valid from {day}").format(standard=title, day=since)
    return said
