"""What is printed, for whom, of which period, in which language."""

from array import array
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.context import AppContext
from app.queries.departments import DepartmentRow, below, departments
from app.queries.people import PeopleFilter, PersonRow, people_ids, people_rows
from app.queries.progress import periods
from app.rules.grading.case import Period
from app.words import in_use, mark, ntr, tr
from ui import icons, tasks, theme
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.widgets import label

PAUSE = 120
"""Milliseconds without a key or another choice before anything is asked."""
FORMS = {"summary": mark("Summary for the annual review")}
LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
COLUMNS: tuple[Column[PersonRow], ...] = (
    Column("name", mark("Name"), lambda row: row.name, 6, sortable=False),
    Column("staff_no", mark("Staff no."), lambda row: row.staff_no, 5, sortable=False),
    Column("department", mark("Department"), lambda row: row.department, 9, sortable=False),
)


class Wanted(NamedTuple):
    """What is to be printed."""

    people: tuple[int, ...] = ()
    """Their ids."""
    period: Period | None = None
    language: str = ""


class DocumentForm(QWidget):
    """Whoever is chosen in the table is printed."""

    changed = Signal()
    """Something else is wanted, a moment after the last change."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._departments: list[DepartmentRow] = []
        self._alone = ""
        self.form, self.period, self.language = QComboBox(self), QComboBox(self), QComboBox(self)
        self.search, self.department = QLineEdit(self), QComboBox(self)
        self.model = RowModel(COLUMNS, lambda ids: context.ask(people_rows, ids), self)
        self.table = Table(self.model, "documents", self)
        theme.mark(self.table, "surface", "framed")
        self._count = label("", "small")
        self._pause, self._asking = self._timer(self.changed.emit), self._timer(self._ask)
        self._fill()
        self._lay_out()
        self._connect()

    def wanted(self) -> Wanted:
        """What is to be printed now."""
        return Wanted(tuple(self.table.chosen_ids()), self.period.currentData(), self.language.currentData())

    def choose_alone(self, staff_no: str) -> None:
        """Find one person and choose nobody else."""
        self._alone = staff_no
        self.department.setCurrentIndex(0)
        self.search.setText(staff_no)
        self._ask()

    def ask_again(self) -> None:
        """People, departments or periods may be others."""
        ask = self._context.ask
        tasks.read(self, partial(ask, departments), self._on_departments, key="departments")
        tasks.read(self, partial(ask, periods), self._on_periods, key="periods")
        self._ask()

    def _ask(self) -> None:
        """Who left is found by name, so that a department does not show generations."""
        self._asking.stop()
        typed, chosen = self.search.text().strip(), self.department.currentData()
        among = below(self._departments, chosen) if chosen else None
        wanted = PeopleFilter(typed, among, None if typed else True)
        tasks.read(self, partial(self._context.ask, people_ids, wanted), self._on_ids, key="ids")

    def _on_ids(self, ids: "array[int]") -> None:
        self.table.replace(ids)
        if self._alone and ids:
            self.table.clearSelection()
            self.table.selectRow(0)
        self._alone = ""
        self._on_chosen()

    def _on_departments(self, rows: list[DepartmentRow]) -> None:
        self._departments = rows
        _put(self.department, {row.id: row.path or row.name for row in rows}, tr("All departments"))

    def _on_periods(self, found: list[Period]) -> None:
        _put(self.period, {period: period.label for period in found})
        self._pause.start()

    def _on_chosen(self) -> None:
        chosen, everyone = len(self.table.chosen_ids()), len(self.model.ids)
        words = ntr("{chosen} of {n} person chosen", "{chosen} of {n} people chosen", everyone)
        self._count.setText(words.format(chosen=f"{chosen:,}", n=f"{everyone:,}"))
        self._pause.start()

    def _timer(self, act: object) -> QTimer:
        made = QTimer(self, singleShot=True, interval=PAUSE)
        made.timeout.connect(act)
        return made

    def _fill(self) -> None:
        for name, title in FORMS.items():
            self.form.addItem(tr(title), name)
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(in_use()))
        self.department.addItem(tr("All departments"))
        self.search.setPlaceholderText(tr("Name, pinyin, staff number"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        for field, name in (
            (self.search, tr("Search for people")),
            (self.department, tr("Department")),
            (self.table, tr("People to print for")),
        ):
            field.setAccessibleName(name)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(1, 1)
        titles = {tr("Form"): self.form, tr("Period"): self.period, tr("Language"): self.language}
        for row, (title, field) in enumerate(titles.items()):
            words = QLabel(title)
            words.setBuddy(field)
            field.setAccessibleName(title)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(grid)
        column.addSpacing(theme.XS)
        for widget in (self.search, self.department, self.table, self._count):
            column.addWidget(widget)
        column.setStretchFactor(self.table, 1)

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.search.textEdited.connect(lambda _: self._asking.start())
        self.search.returnPressed.connect(self._choose_first)
        self.department.activated.connect(lambda _: self._ask())
        for box in (self.period, self.language):
            box.currentIndexChanged.connect(lambda _: self._pause.start())
        find = QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search, self.table.setFocus)
        find.setContext(Qt.ShortcutContext.WindowShortcut)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _choose_first(self) -> None:
        """Enter in the search field: the one at the top, also of an answer that is still on its way."""
        self._alone = self.search.text()
        self._ask()


def _put(
    box: QComboBox, texts: dict[object, str] | dict[int, str] | dict[Period, str], none: str = ""
) -> None:
    """Other choices; what was chosen stays."""
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    if none:
        box.addItem(none)
    for value, text in texts.items():
        box.addItem(text, value)
    found = next((n for n in range(box.count()) if box.itemData(n) == kept), 0)
    box.setCurrentIndex(found)
    box.blockSignals(False)
