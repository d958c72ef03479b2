"""What would become of every row: how many go where, and what is wrong or doubtful with some."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.exchange.fields import PLACES, Kind, Placement
from app.problems import problem_advice, problem_reason
from app.rules.validation import Fault as Wrong
from app.rules.validation import Problem
from app.words import mark, tr
from ui import theme
from ui.page import Part
from ui.pages.import_wizard.progress import JobProgress
from ui.pages.import_wizard.running import MOST
from ui.pages.import_wizard.work import Tried, Work
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.widgets import EmptyState, button, label

TITLES: Mapping[Placement, tuple[str, theme.Role]] = {
    Placement.PERSON: (mark("People"), "positive"),
    Placement.ENTRY: (mark("Entries"), "positive"),
    Placement.LEAD: (mark("Leads"), "accent"),
    Placement.LEFT_OUT: (mark("Left out"), "muted"),
    Placement.REJECTED: (mark("Rejected"), "negative"),
}
TWICE = mark("Perhaps twice")


class Fault(NamedTuple):
    """One thing that is wrong with one row."""

    row: int
    problem: Problem


def _column(
    key: str, title: str, text: Callable[[Fault], str], width: int, right: bool = False
) -> Column[Fault]:
    alignment: Literal["left", "right"] = "right" if right else "left"
    return Column(key, title, text, width, alignment, tooltip=text, sortable=False)


COLUMNS = (
    _column("row", mark("Row"), lambda one: str(one.row), 4, right=True),
    _column("column", mark("Column"), lambda one: one.problem.column, 8),
    _column("value", mark("Value"), lambda one: one.problem.value, 12),
    _column("reason", mark("Reason"), lambda one: problem_reason(one.problem), 26),
    _column("advice", mark("What to do"), lambda one: problem_advice(one.problem), 22),
)


class Group(NamedTuple):
    """What a dry run says of some rows."""

    title: str
    hint: str
    faults: Sequence[Fault]


class CountCard(QFrame):
    """How many rows go to one place, or are pointed out."""

    def __init__(self, title: str, role: theme.Role) -> None:
        super().__init__()
        theme.mark(self, "surface", "card")
        self._role = role
        self._title = tr(title)
        self._number = label("–", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        column.setSpacing(0)
        column.addWidget(self._number)
        column.addWidget(label(self._title, "muted"))

    def show_count(self, count: int | None) -> None:
        """None while it is not known."""
        self._number.setText("–" if count is None else f"{count:,}")
        toned = self._role in ("positive", "negative", "dispute") and count
        theme.mark(self._number, "tone", self._role if toned else "")
        self.setAccessibleName(f"{self._title}: {self._number.text()}")


class Counts(QWidget):
    """The cards of one kind of list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = {placement: CountCard(*TITLES[placement]) for placement in Placement}
        self.doubts = CountCard(TWICE, "dispute")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        for card in (*self.cards.values(), self.doubts):
            card.setMinimumWidth(120)
            row.addWidget(card)
        row.addStretch()

    def show_counts(self, kind: Kind, counts: Mapping[Placement, int] | None, doubts: int = 0) -> None:
        """None while they are not known; of the entries, ``doubts`` perhaps say a fact twice."""
        self.doubts.setVisible(doubts > 0)
        self.doubts.show_count(doubts)
        for placement, card in self.cards.items():
            card.setVisible(placement in (*PLACES[kind], Placement.REJECTED))
            card.show_count(None if counts is None else counts.get(placement, 0))


class TrialStep(Part):
    """Shows a dry run; says whether another one, or a report, is wanted."""

    again_wanted = Signal()
    report_wanted = Signal()
    match_wanted = Signal(str)
    """A field, of whose values one was not understood."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faults: Sequence[Fault] = ()
        self._groups: Sequence[Group] = ()
        self.counts, self.progress = Counts(), JobProgress()
        self.again, self.report = button(tr("Try again")), button(tr("Save report…"))
        self.again.clicked.connect(self.again_wanted)
        self.report.clicked.connect(self.report_wanted)
        self.model = RowModel(COLUMNS, self._rows, self)
        self.table = Table(self.model, "rejected", self)
        self.table.opened.connect(self._on_opened)
        self.bar, self._hint = QTabBar(self), label("", "muted")
        self.bar.setAccessibleName(tr("What is said of rows"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.currentChanged.connect(self._show_group)
        self.refusal = label("", "error")
        self.refusal.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyState("circle-check", tr("No row is rejected.")))
        self._stack.addWidget(
            EmptyState(
                "clipboard-check", tr("Every row is judged as the import would, and nothing is written.")
            )
        )
        self._lay_out()
        self.first = self.table

    def show_work(self, work: Work) -> None:
        """Show the dry run of the mapping that holds now, if there was one."""
        tried = work.tried
        self.refusal.setText(work.refused)
        self.refusal.setVisible(bool(work.refused))
        self.counts.show_counts(work.mapping.kind, *((tried.counts, tried.doubts) if tried else (None,)))
        self._show_groups(_groups(tried) if tried else ())
        self._stack.setCurrentIndex(0 if self._groups else 1 if tried else 2)
        self.report.setEnabled(tried is not None)
        self.report.setToolTip("" if tried else tr("Nothing has been tried yet."))

    def _show_groups(self, groups: Sequence[Group]) -> None:
        if groups == self._groups:
            return
        self._groups = groups
        self.bar.blockSignals(True)
        while self.bar.count():
            self.bar.removeTab(0)
        for group in groups:
            self.bar.addTab(group.title)
        self.bar.blockSignals(False)
        for widget in (self.bar, self._hint):
            widget.setVisible(bool(groups))
        self._show_group(0)

    def _show_group(self, number: int) -> None:
        group = self._groups[number] if self._groups else Group("", "", ())
        self._faults = group.faults
        self._hint.setText(group.hint)
        self.table.setAccessibleName(group.title)
        self.table.replace(array("q", range(len(group.faults))), dict(enumerate(group.faults)))

    def _on_opened(self, number: int) -> None:
        problem = self._faults[number].problem
        if topic := problem.field or ("place" if problem.fault is Wrong.NO_PLACE else ""):
            self.match_wanted.emit(topic)

    def _rows(self, ids: Sequence[int]) -> Mapping[int, Fault]:
        faults = self._faults
        return {number: faults[number] for number in ids if number < len(faults)}

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(theme.S)
        above.addWidget(self.counts)
        above.addSpacing(theme.S)
        above.addWidget(self.progress, 1)
        above.addSpacing(theme.S)
        above.addStretch()
        for one in (self.again, self.report):
            above.addWidget(one, alignment=Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        column.setSpacing(theme.S)
        column.addLayout(above)
        beneath = QHBoxLayout()
        beneath.setSpacing(theme.L)
        beneath.addWidget(self.bar, 1)
        beneath.addWidget(self._hint)
        column.addWidget(self.refusal)
        column.addLayout(beneath)
        column.addWidget(self._stack, 1)


def _groups(tried: Tried) -> list[Group]:
    """The rejected rows, then those to be looked at; those of which there are any."""
    wrong, doubts = tried.counts[Placement.REJECTED], tried.doubts
    shown = tr("The first {n}; the report has all.").format(n=f"{MOST:,}")
    rejected = Group(
        tr("{title} ({n})").format(title=tr("Rejected rows"), n=f"{wrong:,}"),
        shown if wrong > MOST else tr("Enter leads to where it is said how they are read."),
        [Fault(row.row, problem) for row in tried.rejected for problem in row.problems],
    )
    twice = Group(
        tr("{title} ({n})").format(title=tr("Perhaps the same fact twice"), n=f"{doubts:,}"),
        shown if doubts > MOST else tr("They are taken in. Compare them with the papers."),
        [Fault(row.row, row.doubt) for row in tried.doubtful if row.doubt],
    )
    return [group for group in (rejected, twice) if group.faults]
