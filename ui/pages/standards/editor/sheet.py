"""A list of a standard as cells that are typed into, like those of a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.pinyin import search_keys
from app.standards.item_cells import Cell, Names, copied, is_dated
from app.words import tr
from models.types import Polarity
from ui import icons, theme
from ui.fields import ChoiceField
from ui.tables.columns import keep_columns, set_up_columns
from ui.tables.row_model import Column
from ui.widgets import draw_focus

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_role = Qt.ItemDataRole
_Choose = QItemSelectionModel.SelectionFlag
Row = Mapping[str, Any]
Widths = Mapping[str, int]
"""By key, in Chinese characters; a negative one is hidden until it is asked for."""


class SheetModel(QAbstractTableModel):
    """Rows as the text has them, of which some may be filtered away."""

    typed = Signal(int, object)
    """(place of the row, changes)"""

    def __init__(self, cells: Sequence[Cell], names: Callable[[], Names]) -> None:
        super().__init__()
        self.cells, self._names = cells, names
        self.rows: Sequence[Row] = ()
        self.shown: list[int] = []
        self._wanted = ""
        self._wrong: Mapping[tuple[int, str], str] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows. Where their number is the same, what is chosen and being typed stays."""
        same = len(rows) == len(self.rows) and not self._wanted
        self.rows = rows
        if same and self.shown:
            self._tell()
        else:
            self._filter()

    def filter(self, wanted: str) -> None:
        """Show the rows that a name, code, reference or pinyin means."""
        self._wanted = wanted.strip().lower()
        self._filter()

    def mark(self, wrong: Mapping[tuple[int, str], str]) -> None:
        """What is wrong, by the place of the row and the key of the column; an empty key: of the row."""
        if wrong != self._wrong:
            self._wrong = wrong
            self._tell()

    def _filter(self) -> None:
        shown = [number for number, row in enumerate(self.rows) if _found_by(row, self._wanted)]
        if shown == self.shown and self.rowCount() == len(shown):
            self._tell()
            return
        self.beginResetModel()
        self.shown = shown
        self.endResetModel()

    def _tell(self) -> None:
        if self.shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, len(self.cells) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.cells)

    def row_of(self, index: Index) -> Row:
        """The row of a cell."""
        return self.rows[self.shown[index.row()]]

    def data(self, index: Index, role: int = _role.DisplayRole) -> Any:
        if role not in _USED:
            return None
        cell, row = self.cells[index.column()], self.row_of(index)
        if role in (_role.DisplayRole, _role.EditRole):
            return cell.show(row, self._names())
        if role == _role.TextAlignmentRole:
            return _RIGHT if cell.key in _FIGURES else _LEFT
        said = self._said(index, cell.key)
        if role == _role.DecorationRole:
            return icons.icon("circle-alert", "negative") if said else None
        if role == _role.ForegroundRole:
            return _colour(cell, row)
        if role == _role.ToolTipRole:
            return said or cell.show(row, self._names()) or None
        spoken = cell.show(row, self._names())
        return f"{spoken}; {said}" if said else spoken

    def _said(self, index: Index, key: str) -> str:
        place = self.shown[index.row()]
        whole = self._wrong.get((place, ""), "") if index.column() == 0 else ""
        keys = ("points", "range", "steps", "unit_points") if key == "points" else (key.removesuffix("_zh"),)
        return next((said for one in keys if (said := self._wrong.get((place, one), ""))), whole)

    def setData(self, index: Index, value: Any, role: int = _role.EditRole) -> bool:
        cell, row = self.cells[index.column()], self.row_of(index)
        text = str(value)
        if text == cell.show(row, self._names()):
            return False
        changes = cell.read(text, row, self._names())
        kept = {cell.key: text.strip()} if changes is None else changes  # the checks say what it cannot be
        self.typed.emit(self.shown[index.row()], kept)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        cell = self.cells[index.column()]
        dated = is_dated(self.row_of(index).get("name" if cell.key.startswith("name_") else cell.key))
        return plain if dated else plain | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self.shown[section] + 1 if role == _role.DisplayRole else None
        if role == _role.TextAlignmentRole:
            return _RIGHT if self.cells[section].key in _FIGURES else _LEFT
        return tr(self.cells[section].title) if role == _role.DisplayRole else None


_USED = frozenset(
    {
        _role.DisplayRole,
        _role.EditRole,
        _role.TextAlignmentRole,
        _role.DecorationRole,
        _role.ForegroundRole,
        _role.ToolTipRole,
        _role.AccessibleTextRole,
    }
)
_FIGURES = frozenset({"points", "validity", "influence", "direct_validity", "from", "above"})
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _colour(cell: Cell, row: Row) -> Any:
    if row.get("off"):
        return theme.colour("muted")
    if cell.key not in ("points", "polarity"):
        return None
    negative = row.get("polarity") == Polarity.NEGATIVE
    return theme.colour("negative" if negative else "positive") if "polarity" in row else None


@cache
def _keys(name: str) -> tuple[str, ...]:
    return search_keys(name)


def _found_by(row: Row, wanted: str) -> bool:
    if not wanted:
        return True
    name = row.get("name")
    names = [str(one) for one in name.values()] if isinstance(name, Mapping) else [str(name or "")]
    words = (*names, *(str(row.get(key) or "") for key in ("code", "category", "group", "reference")))
    by_sound = any(key.startswith(wanted) for key in _keys(names[0]))
    return by_sound or any(wanted in one.lower() for one in words)


class _CellChoice(ChoiceField):
    """The arrows go from choice to choice, and Enter takes one; in the open list a click or Enter does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers():  # by itself it would take each one at once, and leave the cell
            self.setCurrentIndex(min(max(0, self.currentIndex() + step), self.count() - 1))
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """A line, or the words that can be chosen."""

    def __init__(self, view: QTableView, model: SheetModel, names: Callable[[], Names]) -> None:
        super().__init__(view)
        self._model, self._names = model, names

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell = self._model.cells[index.column()]
        name = tr(cell.title)
        if cell.choices is None:
            line = QLineEdit(parent)
            line.setAccessibleName(name)
            theme.mark(line, "within", "cell")
            return line
        choice = _CellChoice(cell.choices(self._names()), "—", parent)
        choice.setAccessibleName(name)
        theme.mark(choice, "within", "cell")
        choice.activated.connect(lambda *_: self._chosen(choice))
        return choice

    def _chosen(self, choice: QComboBox) -> None:
        self.commitData.emit(choice)
        self.closeEditor.emit(choice)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        cell = self._model.cells[index.column()]
        if isinstance(editor, ChoiceField):
            editor.choose(str(self._model.row_of(index).get(cell.key) or ""))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(index.data(_role.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text = editor.currentText() if isinstance(editor, ChoiceField) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
        model.setData(index, "" if text == "—" else text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        room = QRect(option.rect)
        room.setWidth(max(room.width(), editor.sizeHint().width()))  # words are longer than some columns
        editor.setGeometry(room)


class Sheet(QTableView):
    """Shows a SheetModel. Typing, F2 or Enter begins a cell; rows are chosen as a whole."""

    picked = Signal(int)
    """The place of the row that the keyboard stands on; -1 for none."""
    pasted = Signal(str)

    def __init__(
        self, cells: Sequence[Cell], names: Callable[[], Names], key: str, widths: Widths, name: str
    ) -> None:
        super().__init__()
        self.sheet = SheetModel(cells, names)
        self._names, self._key = names, f"sheet/{key}"
        self.setModel(self.sheet)
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self, self.sheet, names))
        theme.mark(self, "surface", "plain")
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leaves it: no trap
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(self.fontMetrics().height() + theme.M)
        lines.setMinimumWidth(4 * self.fontMetrics().horizontalAdvance("0"))
        self._columns: list[Column[Row]] = [
            Column(
                cell.key,
                cell.title,
                str,
                width=abs(widths.get(cell.key, 8)),
                sortable=False,
                shown=widths.get(cell.key, -8) > 0,
            )
            for cell in cells
        ]
        set_up_columns(self, self._columns, self._key, lambda *_: None)
        self.selectionModel().currentChanged.connect(lambda *_: self.picked.emit(self.current_place()))
        self.sheet.modelReset.connect(self._after_reset)
        self._kept: tuple[int, int] = (-1, 0)

    def current_place(self) -> int:
        """The place in the list of the row that the keyboard stands on; -1 for none."""
        index = self.currentIndex()
        return self.sheet.shown[index.row()] if index.isValid() else -1

    def chosen_places(self) -> list[int]:
        """The places of the chosen rows, from the top."""
        chosen = {index.row() for index in self.selectedIndexes()}
        return sorted(self.sheet.shown[row] for row in chosen)

    def shown_cells(self) -> list[Cell]:
        """The columns in view, from left to right."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [self.sheet.cells[section] for section in order if not header.isSectionHidden(section)]

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows; the keyboard stays where it stood."""
        self._kept = self.current_place(), max(0, self.currentIndex().column())
        self.sheet.show_rows(rows)

    def stand_on(self, place: int, key: str = "") -> bool:
        """Put the keyboard on a row, and on a column; false where the filter hides it."""
        if place not in self.sheet.shown:
            return False
        keys = [cell.key for cell in self.sheet.cells]
        column = keys.index(key) if key in keys else max(0, self.currentIndex().column())
        while self.isColumnHidden(column) and column < len(keys) - 1:
            column += 1
        self._stand(self.sheet.shown.index(place), column)
        return True

    def _stand(self, row: int, column: int) -> None:
        """Choose one row, whatever keys are held down just now."""
        index = self.sheet.index(row, column)
        self.selectionModel().setCurrentIndex(index, _Choose.ClearAndSelect | _Choose.Rows)
        self.scrollTo(index)

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as a spreadsheet takes them."""
        rows = [self.sheet.rows[place] for place in self.chosen_places()]
        QGuiApplication.clipboard().setText(copied(rows, self.shown_cells(), self._names()))

    def _after_reset(self) -> None:
        place, column = self._kept
        shown = self.sheet.shown
        if shown:
            near = place if place in shown else min(shown, key=lambda one: abs(one - place))
            self._stand(shown.index(near), max(0, column))
        else:
            self.picked.emit(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            # An editor hands on the Enter that ends it.
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers() and self.currentIndex().isValid():
            self.sheet.setData(self.currentIndex(), "")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            draw_focus(QPainter(self.viewport()), self.visualRect(self.currentIndex()))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        keep_columns(self, self._columns, self._key)
