"""The tree of departments to filter a list by."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.queries.departments import DepartmentRow, below
from app.words import ntr, tr
from ui import theme

_ID = Qt.ItemDataRole.UserRole
_Edge = Qt.AlignmentFlag


class DepartmentTree(QTreeWidget):
    """All departments, then each with those under it and how many serve there."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[DepartmentRow] = []
        self._wished: int | None = None
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setAccessibleName(tr("Departments"))
        self.setIndentation(theme.L)
        self.setUniformRowHeights(True)
        theme.mark(self, "surface", "plain")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(lambda *_: self.changed.emit())

    def put(self, rows: list[DepartmentRow]) -> None:
        """Show these departments; what was chosen stays chosen, where it is still there."""
        before = self.chosen()
        blocker = QSignalBlocker(self)
        self.rows = rows
        self.clear()
        top = self.invisibleRootItem()
        everyone = _line(top, tr("All departments"), sum(row.people for row in rows), None)
        lines: dict[int | None, QTreeWidgetItem] = {}
        counts = _with_those_below(rows)
        for row in rows:
            if row.parent_id is not None:  # the office itself stands for all
                lines[row.id] = _line(lines.get(row.parent_id, top), row.name, counts[row.id], row.id)
        self.setRootIsDecorated(any(line.childCount() for line in lines.values()))
        wanted = before if self._wished is None else self._wished
        self._wished = None
        self.setCurrentItem(lines.get(wanted, everyone))
        blocker.unblock()
        if self.chosen() != before:
            self.changed.emit()

    def chosen(self) -> int | None:
        """The key of the department that is chosen; None for all."""
        item = self.currentItem()
        found: int | None = item.data(0, _ID) if item else None
        return found

    def choose(self, department: int | None) -> None:
        """Choose a department, now or as soon as there are any; None for all."""
        if not self.rows:
            self._wished = department
            return
        for item in self.findItems("", _Match.MatchContains | _Match.MatchRecursive):
            if item.data(0, _ID) == department:
                self.setCurrentItem(item)

    def departments(self) -> frozenset[int] | None:
        """The chosen department with all under it; None for all."""
        chosen = self.chosen()
        return None if chosen is None else below(self.rows, chosen)

    def chosen_name(self) -> str:
        """The name of the chosen department; empty for all."""
        item = self.currentItem()
        return item.text(0) if item and self.chosen() is not None else ""


_Match = Qt.MatchFlag


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
