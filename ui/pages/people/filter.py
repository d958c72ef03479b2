"""The filters beside the table of people: the tree of units, who serves, and marks."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from app.queries.departments import DepartmentRow
from app.queries.people import PeopleFilter
from app.words import tr
from ui import theme
from ui.tables.department_tree import DepartmentTree
from ui.widgets import button as flat_button
from ui.widgets import label, rule

WIDTH = 168
"""At least."""
_Edge = Qt.AlignmentFlag


class FilterPane(QWidget):
    """Says which people are wanted."""

    changed = Signal()
    departments_wanted = Signal()

    def __init__(self, keeps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(WIDTH)
        self.tree = DepartmentTree(self)
        self.tree.changed.connect(self.changed)
        self.departments = flat_button(tr("Departments…"), "flat", parent=self)
        self.departments.setToolTip(tr("Add, rename, move, merge or dissolve departments; their history"))
        self.departments.clicked.connect(self.departments_wanted)
        self.departments.setVisible(keeps)
        self._serving = QButtonGroup(self)
        self._buttons = {
            True: QRadioButton(tr("Serving")),
            False: QRadioButton(tr("No longer serving")),
            None: QRadioButton(tr("All")),
        }
        for button in self._buttons.values():
            self._serving.addButton(button)
        self.disputed = QCheckBox(tr("Disputed"))
        self._buttons[True].setChecked(True)
        self._serving.buttonToggled.connect(self._on_serving)
        self.disputed.toggled.connect(lambda _: self.changed.emit())
        self._lay_out()

    @property
    def rows(self) -> list[DepartmentRow]:
        """The departments that are shown."""
        return self.tree.rows

    def put(self, rows: list[DepartmentRow]) -> None:
        """Show these departments; what was chosen stays chosen, where it is still there."""
        self.tree.put(rows)

    def wanted(self) -> PeopleFilter:
        """The filter, without text and order."""
        serving = next(value for value, button in self._buttons.items() if button.isChecked())
        return PeopleFilter(
            departments=self.tree.departments(), serving=serving, marked=self.disputed.isChecked()
        )

    def words(self) -> list[str]:
        """What is filtered by, in a few words each; none where nothing is."""
        wanted = self.wanted()
        parts = [self.tree.chosen_name()] if wanted.departments is not None else []
        if wanted.serving is not True:
            parts.append(tr("No longer serving") if wanted.serving is False else tr("With those who left"))
        return parts + ([self.disputed.text()] if wanted.marked else [])

    def state(self) -> dict[str, Any]:
        """What is chosen, to be kept."""
        wanted = self.wanted()
        return {"department": self.tree.chosen(), "serving": wanted.serving, "marked": wanted.marked}

    def restore(self, state: dict[str, Any]) -> None:
        """Choose what was kept, or everyone who serves where nothing is said; says so once."""
        blocker = QSignalBlocker(self)
        self.tree.choose(state.get("department"))
        self._buttons.get(state.get("serving", True), self._buttons[True]).setChecked(True)
        self.disputed.setChecked(bool(state.get("marked")))
        blocker.unblock()
        self.changed.emit()

    def clear(self) -> None:
        """Everyone who serves; says so once."""
        self.restore({})

    def _on_serving(self, _: QAbstractButton, on: bool) -> None:
        if on:  # the other one, which is off now, says so too
            self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, theme.M)
        column.setSpacing(theme.XS)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.S, 0, theme.S, 0)
        inset.addWidget(self.tree)
        inset.addWidget(self.departments, alignment=_Edge.AlignLeft)
        column.addLayout(inset, 1)
        column.addWidget(rule())
        below_tree = QVBoxLayout()
        below_tree.setContentsMargins(theme.M, theme.S, theme.M, 0)
        below_tree.setSpacing(2)
        below_tree.addWidget(label(tr("Service"), "small"))
        for button in self._buttons.values():
            below_tree.addWidget(button)
        below_tree.addSpacing(theme.S)
        below_tree.addWidget(label(tr("Marks"), "small"))
        below_tree.addWidget(self.disputed)
        column.addLayout(below_tree)
