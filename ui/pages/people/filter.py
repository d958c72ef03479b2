"""The filters beside the table of people: the tree of units, who serves, and marks."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QHeaderView,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.queries.departments import DepartmentRow, below
from app.queries.people import PeopleFilter
from app.words import ntr, tr
from ui import theme
from ui.widgets import button as flat_button
from ui.widgets import label, rule

WIDTH = 168
"""At least."""
_ID = Qt.ItemDataRole.UserRole
_Edge = Qt.AlignmentFlag


class FilterPane(QWidget):
    """Says which people are wanted."""

    changed = Signal()
    departments_wanted = Signal()

    def __init__(self, keeps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(WIDTH)
        self.rows: list[DepartmentRow] = []
        self.tree = QTreeWidget(self)
        self._set_up_tree()
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

    def put(self, rows: list[DepartmentRow]) -> None:
        """Show these departments; what was chosen stays chosen, where it is still there."""
        chosen = self._department()
        blocker = QSignalBlocker(self.tree)
        self.rows = rows
        self.tree.clear()
        top = self.tree.invisibleRootItem()
        everyone = _line(top, tr("All departments"), sum(row.people for row in rows), None)
        lines: dict[int | None, QTreeWidgetItem] = {}
        counts = _with_those_below(rows)
        for row in rows:
            if row.parent_id is not None:  # the office itself stands for all
                lines[row.id] = _line(lines.get(row.parent_id, top), row.name, counts[row.id], row.id)
        self.tree.setRootIsDecorated(any(line.childCount() for line in lines.values()))
        self.tree.setCurrentItem(lines.get(chosen, everyone))
        blocker.unblock()
        if chosen is not None and chosen not in lines:
            self.changed.emit()

    def wanted(self) -> PeopleFilter:
        """The filter, without text and order."""
        chosen = self._department()
        departments = None if chosen is None else below(self.rows, chosen)
        serving = next(value for value, button in self._buttons.items() if button.isChecked())
        return PeopleFilter(departments=departments, serving=serving, marked=self.disputed.isChecked())

    def words(self) -> list[str]:
        """What is filtered by, in a few words each; none where nothing is."""
        wanted = self.wanted()
        item = self.tree.currentItem()
        parts = [item.text(0)] if item and wanted.departments is not None else []
        if wanted.serving is not True:
            parts.append(tr("No longer serving") if wanted.serving is False else tr("With those who left"))
        return parts + ([self.disputed.text()] if wanted.marked else [])

    def clear(self) -> None:
        """Everyone who serves; says so once."""
        blocker = QSignalBlocker(self)
        if everyone := self.tree.topLevelItem(0):
            self.tree.setCurrentItem(everyone)
        self._buttons[True].setChecked(True)
        self.disputed.setChecked(False)
        blocker.unblock()
        self.changed.emit()

    def _on_serving(self, _: QAbstractButton, on: bool) -> None:
        if on:  # the other one, which is off now, says so too
            self.changed.emit()

    def _department(self) -> int | None:
        item = self.tree.currentItem()
        chosen: int | None = item.data(0, _ID) if item else None
        return chosen

    def _set_up_tree(self) -> None:
        tree = self.tree
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setAccessibleName(tr("Departments"))
        tree.setIndentation(theme.L)
        tree.setUniformRowHeights(True)
        theme.mark(tree, "surface", "plain")
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.currentItemChanged.connect(lambda *_: self.changed.emit())

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


def _with_those_below(rows: list[DepartmentRow]) -> dict[int, int]:
    """How many serve in each department and under it."""
    counts = {row.id: row.people for row in rows}
    for row in reversed(rows):  # parents come first
        if row.parent_id in counts:
            counts[row.parent_id] += counts[row.id]
    return counts


def _line(above: QTreeWidgetItem, name: str, people: int, number: int | None) -> QTreeWidgetItem:
    item = QTreeWidgetItem(above, [name, str(people)])
    item.setData(0, _ID, number)
    serve = ntr("{name}: {n} person serves here", "{name}: {n} people serve here", people)
    item.setToolTip(0, serve.format(name=name, n=people))
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, serve.format(name=name, n=people))
    item.setTextAlignment(1, _Edge.AlignRight | _Edge.AlignVCenter)
    return item
