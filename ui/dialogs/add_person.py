"""Adds one person: what identifies, where the person serves, and since when."""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCompleter, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.commands.changes import Changes
from app.commands.people import add_person
from app.context import AppContext
from app.errors import UserError
from app.exchange.values import read_code, read_id_number, read_line, read_name
from app.permissions import Permission
from app.problems import field_label, problem_sentence
from app.queries.departments import DepartmentRow
from app.rules.inputs import NewPerson
from app.rules.ranks import RANKS
from app.rules.validation import Fault, Problem, check_person
from app.words import tr
from models.types import Day
from ui import tasks, theme
from ui.fields import ChoiceField, DayField, EnterMovesOn
from ui.widgets import FormRow, button, closed_by_escape, label

WIDTH = 520
_READ: Mapping[str, Callable[[str], str | Problem]] = {
    "staff_no": read_code,
    "name": read_name,
    "post": read_line,
    "rank": read_line,
    "id_number": read_id_number,
}
"""As the same column of a list is read: without stray blanks, full-width digits and the like."""
_PLACES = {
    "staff_no": (0, 0, 1),
    "name": (0, 1, 1),
    "department": (1, 0, 2),
    "post": (2, 0, 1),
    "rank": (2, 1, 1),
    "joined_on": (3, 0, 1),
    "id_number": (3, 1, 1),
}
"""Row, column and width of each field."""


class AddPersonDialog(QDialog):
    """Closed without adding, it keeps what was typed."""

    added = Signal(str, str)
    """Staff number and name."""

    def __init__(self, context: AppContext, today: Day, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._paths: Mapping[str, str] = {}
        self.setWindowTitle(tr("Add person"))
        self.setFixedWidth(WIDTH)
        self.department, self.joined_on = ChoiceField({}), DayField(today)
        self.lines = {name: QLineEdit() for name in _READ}
        self._offer_ranks()
        fields = {**self.lines, "department": self.department, "joined_on": self.joined_on}
        self.rows = {name: FormRow(field_label(name), fields[name]) for name in _PLACES}
        self.submit = button(tr("Add person"), "primary")
        self.submit.setDefault(True)
        self.submit.setToolTip(tr("Add person (Ctrl+Enter)"))
        self.submit.clicked.connect(self._on_submit)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_submit)
        self._lay_out()
        moves_on = EnterMovesOn(self)
        for field in fields.values():
            field.installEventFilter(moves_on)

    def begin(self, today: Day, rows: Sequence[DepartmentRow], chosen: frozenset[int] | None) -> None:
        """Open, with the department that the list is filtered by."""
        self.joined_on.set_today(today)
        may = self._context.actor.may
        offered = [row for row in rows if may(Permission.KEEP_FILES, row.id)]
        self._paths = {str(row.id): row.path for row in offered}
        self.department.offer(
            {str(row.id): row.path or row.name for row in offered}, tr("Choose the department")
        )
        filtered = next((str(row.id) for row in offered if chosen and row.id in chosen), "")
        if not self.department.chosen():
            self.department.choose(filtered)
        self.open()
        self.lines["staff_no"].setFocus()

    def _given(self) -> tuple[NewPerson, dict[str, Problem]]:
        """What is typed, and what is wrong with it by field."""
        read = {name: _READ[name](line.text()) for name, line in self.lines.items()}
        joined_on = self.joined_on.value()
        typed = {**read, "joined_on": joined_on}
        unread = {
            name: value._replace(field=name) for name, value in typed.items() if isinstance(value, Problem)
        }
        texts = {name: value if isinstance(value, str) else "" for name, value in read.items()}
        given = NewPerson(
            texts["staff_no"],
            texts["name"],
            self._paths.get(self.department.chosen(), ""),
            texts["post"],
            texts["rank"],
            Day(joined_on) if isinstance(joined_on, int) else None,
            id_number=texts["id_number"],
        )
        if not self.department.chosen():
            unread["department"] = Problem("department", Fault.REQUIRED)
        return given, {problem.field: problem for problem in check_person(given)} | unread

    def _on_submit(self) -> None:
        if not self.submit.isEnabled():
            return
        given, problems = self._given()
        for name, row in self.rows.items():
            row.refuse(problem_sentence(problems[name]) if name in problems else "")
        if problems:
            self._stand_on(problems)
            return
        self.submit.setEnabled(False)
        tasks.write(
            self,
            partial(self._context.do, add_person, given),
            partial(self._on_added, given),
            self._on_refused,
            ended=lambda: self.submit.setEnabled(True),
        )

    def _on_added(self, given: NewPerson, _: Changes) -> None:
        for line in (*self.lines.values(), self.joined_on):
            line.clear()
        self.accept()
        self.added.emit(given.staff_no, given.name)

    def _on_refused(self, refusal: UserError) -> None:
        name = refusal.field if refusal.field in self.rows else "staff_no"
        self.rows[name].refuse(refusal.sentence)
        self._stand_on({name})

    def _stand_on(self, refused: Container[str]) -> None:
        """The keyboard goes to the first field that is refused."""
        first = next(name for name in _PLACES if name in refused)
        self.rows[first].field.setFocus()
        for row in self.rows.values():
            row.updateGeometry()
        if whole := self.layout():  # as high as the sentences need
            whole.activate()
            self.resize(self.width(), whole.totalHeightForWidth(self.width()))

    def _offer_ranks(self) -> None:
        ranks = QCompleter(list(RANKS), self)
        ranks.setFilterMode(Qt.MatchFlag.MatchContains)
        closed_by_escape(ranks)
        self.lines["rank"].setCompleter(ranks)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.S)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for name, (row, place, width) in _PLACES.items():
            grid.addWidget(self.rows[name], row, place, 1, width, Qt.AlignmentFlag.AlignTop)
        leave = button(tr("Not now"))
        leave.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(label(tr("The file is opened with the person."), "small"), 1)
        buttons.addWidget(leave)
        buttons.addWidget(self.submit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.M)
        whole.addLayout(grid)
        whole.addLayout(buttons)
