"""What would become of every row: how many go where, and what is wrong with those that are rejected."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.exchange.fields import PLACES, Kind, Placement
from app.problems import problem_advice, problem_reason
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
    _column("value", mark("Value"), lambda one: one.problem.value, 10),
    _column("reason", mark("Reason"), lambda one: problem_reason(one.problem), 26),
    _column("advice", mark("What to do"), lambda one: problem_advice(one.problem), 26),
)


class CountCard(QFrame):
    """How many rows go to one place."""

    def __init__(self, placement: Placement) -> None:
        super().__init__()
        theme.mark(self, "surface", "card")
        title, self._role = TITLES[placement]
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
        toned = self._role in ("positive", "negative") and count
        theme.mark(self._number, "tone", self._role if toned else "")
        self.setAccessibleName(f"{self._title}: {self._number.text()}")


class Counts(QWidget):
    """The cards of one kind of list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = {placement: CountCard(placement) for placement in Placement}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        for card in self.cards.values():
            card.setMinimumWidth(120)
            row.addWidget(card)
        row.addStretch()

    def show_counts(self, kind: Kind, counts: Mapping[Placement, int] | None) -> None:
        """None while they are not known."""
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
        self.counts, self.progress = Counts(), JobProgress()
        self.again, self.report = button(tr("Try again")), button(tr("Save report…"))
        self.again.clicked.connect(self.again_wanted)
        self.report.clicked.connect(self.report_wanted)
        self.model = RowModel(COLUMNS, self._rows, self)
        self.table = Table(self.model, "rejected", self)
        self.table.setAccessibleName(tr("Rejected rows"))
        self.table.opened.connect(lambda number: self.match_wanted.emit(self._faults[number].problem.field))
        self._above = label("", "heading")
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
        self.counts.show_counts(work.mapping.kind, tried.counts if tried else None)
        self._show_faults(tried)
        self.report.setEnabled(tried is not None)
        self.report.setToolTip("" if tried else tr("Nothing has been tried yet."))

    def _show_faults(self, tried: Tried | None) -> None:
        faults = (
            [Fault(row.row, problem) for row in tried.rejected for problem in row.problems] if tried else []
        )
        if faults != self._faults:
            self._faults = faults
            self.table.replace(array("q", range(len(faults))), dict(enumerate(faults)))
        self._stack.setCurrentIndex(0 if faults else 1 if tried else 2)
        words = tr("Rejected rows. Enter leads to the values of the field.")
        if tried and tried.counts[Placement.REJECTED] > MOST:
            words = tr("The first {n} rejected rows; the report has all").format(n=f"{MOST:,}")
        self._above.setText(words if faults else "")
        self._above.setVisible(bool(faults))

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
        for widget in (self.refusal, self._above):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
