"""Grades before and after as a matrix: a picture by its shades, a table by its numbers."""

from collections import Counter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.queries.what_if import Cell, WhatIf
from app.rules.grading.moving import Move
from app.standards.what_if import codes, grade_words, matrix, move_words
from app.words import ntr, tr
from ui import theme
from ui.widgets import draw_focus

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_role = Qt.ItemDataRole
_SHADES: dict[Move, theme.Role] = {
    Move.UP: "positive",
    Move.DOWN: "negative",
    Move.OTHER: "dispute",
    Move.SAME: "accent",
}
_ARROWS = {Move.UP: "↑ ", Move.DOWN: "↓ ", Move.OTHER: "↔ ", Move.SAME: ""}
"""Colour alone says nothing."""
LEAST = 48
"""Logical pixels of a column."""


class MatrixModel(QAbstractTableModel):
    """Rows are grades before, columns grades after; at the ends their sums."""

    def __init__(self, found: WhatIf) -> None:
        super().__init__()
        self.found = found
        self.rows: list[str | None] = [*codes(found.old.scheme), None]
        self.columns: list[str | None] = [*codes(found.new.scheme), None]
        self._counts = _with_sums(matrix(found))
        self._most = max((n for (row, column), n in self._counts.items() if row and column), default=1)

    def number(self, row: str | None, column: str | None) -> int:
        """How many go this way; None stands for all."""
        return self._counts[row, column]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _role.DisplayRole) -> Any:
        row, column = self.rows[index.row()], self.columns[index.column()]
        number = self.number(row, column)
        move = self.found.move(Cell(row, column)) if row is not None and column is not None else None
        if role == _role.DisplayRole:
            return f"{_ARROWS[move] if move and number else ''}{number}" if number else "·"
        if role == _role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role == _role.ForegroundRole:
            return theme.colour("text" if number else "muted")
        if role == _role.BackgroundRole and move and number:
            share = 0.12 + 0.28 * number / self._most
            return QColor(theme.mixed(theme.colour(_SHADES[move]).name(), theme.colours().base, share))
        if role in (_role.ToolTipRole, _role.AccessibleTextRole):
            return self._spoken(row, column, number, move)
        return None

    def _spoken(self, row: str | None, column: str | None, number: int, move: Move | None) -> str:
        names = (
            tr("all") if code is None else grade_words(published.scheme, code)
            for code, published in ((row, self.found.old), (column, self.found.new))
        )
        said = ntr("{before} → {after}: {n} person", "{before} → {after}: {n} people", number)
        before, after = names
        said = said.format(before=before, after=after, n=number)
        return f"{said} ({move_words(move)})" if move else said

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _role.DisplayRole) -> Any:
        if role != _role.DisplayRole:
            return None
        across = orientation == Qt.Orientation.Horizontal
        code = (self.columns if across else self.rows)[section]
        scheme = (self.found.new if across else self.found.old).scheme
        return tr("Together") if code is None else grade_words(scheme, code)


def _with_sums(counts: Counter[Cell]) -> Counter[tuple[str | None, str | None]]:
    found: Counter[tuple[str | None, str | None]] = Counter()
    for (row, column), number in counts.items():
        for place in ((row, column), (row, None), (None, column), (None, None)):
            found[place] += number
    return found


class MatrixView(QTableView):
    """The arrows go from cell to cell; whoever stands on one sees who is in it."""

    picked = Signal(object)
    """(grade before, grade after); None for any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "plain")
        self.setAccessibleName(tr("Grades before and after"))
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # it would hide the shades
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)

    def show_trial(self, found: WhatIf) -> None:
        """Show what came out; the keyboard stands on all together."""
        model = MatrixModel(found)
        self.setModel(model)
        for number in range(model.columnCount()):
            words = str(model.headerData(number, Qt.Orientation.Horizontal))
            width = self.fontMetrics().horizontalAdvance(words) + 2 * theme.S
            self.setColumnWidth(number, max(width, LEAST))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * theme.S)
        self.selectionModel().currentChanged.connect(lambda index, _: self._pick(index))
        self.setCurrentIndex(model.index(model.rowCount() - 1, model.columnCount() - 1))

    def _pick(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, MatrixModel) and index.isValid():
            self.picked.emit((model.rows[index.row()], model.columns[index.column()]))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.currentIndex().isValid():
            draw_focus(QPainter(self.viewport()), self.visualRect(self.currentIndex()))
