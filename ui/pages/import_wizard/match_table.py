"""A table to match with: what the list says at the left, what it means here in cells that one chooses in.

Enter, a click or the first letter opens the choices of a cell. After a choice the keyboard stands on the
next line, so that a column is done in one go.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.words import tr
from ui import icons, theme
from ui.pages.import_wizard.choosing import Choice, ChoiceList

Index = QModelIndex | QPersistentModelIndex
Fill = Literal["", "choice", "text"]

_NOWHERE = QModelIndex()
_role = Qt.ItemDataRole
_CHEVRON = 14


class MatchColumn(NamedTuple):
    """One column; ``fill`` says how its cells are filled in."""

    title: str
    width: int
    """In widths of a Chinese character; 0 takes the room that is left."""
    fill: Fill = ""
    right: bool = False


class Line(NamedTuple):
    """One line."""

    key: str
    cells: tuple[str, ...]
    state: tuple[str, theme.Role] | None = None
    """The icon of the last column."""
    muted: frozenset[int] = frozenset()
    """The columns that say what holds without anyone having said so."""
    fills: Mapping[int, Fill] = {}
    """The columns that are filled in otherwise than their other cells, or not at all."""


class MatchModel(QAbstractTableModel):
    """The lines as they are shown."""

    written = Signal(str, int, str)
    """(key of the line, column, text) of a cell that was typed in."""

    def __init__(self, columns: Sequence[MatchColumn], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = columns
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Other lines; where they are the same by key, nothing moves."""
        same = [line.key for line in lines] == [line.key for line in self.lines]
        if not same:
            self.beginResetModel()
        self.lines = list(lines)
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self.columns) - 1))

    def fill(self, index: Index) -> Fill:
        """How a cell is filled in; empty for not at all."""
        column = index.column()
        return self.lines[index.row()].fills.get(column, self.columns[column].fill)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = index.isValid() and self.fill(index) == "text"
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = _role.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role in (_role.DisplayRole, _role.EditRole):
            return line.cells[column]
        if role == _role.ToolTipRole:
            return line.cells[column]
        if role == _role.ForegroundRole and column in line.muted:
            return theme.colour("muted")
        if role == _role.TextAlignmentRole and self.columns[column].right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _role.DecorationRole and line.state and column == len(self.columns) - 1:
            return icons.icon(*line.state)
        if role == _role.AccessibleTextRole:
            return f"{tr(self.columns[column].title)}: {line.cells[column]}"
        return None

    def setData(self, index: Index, value: Any, role: int = _role.EditRole) -> bool:
        self.written.emit(self.lines[index.row()].key, index.column(), str(value).strip())
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == _role.DisplayRole else None
        if role == _role.DisplayRole:
            return tr(self.columns[section].title)
        if role == _role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class MatchTable(QTableView):
    """Shows a MatchModel. ``choices`` gives those of a cell, by key and column, and the one chosen now."""

    filled = Signal(str, int, str)
    """(key of the line, column, value or text)"""

    def __init__(
        self,
        name: str,
        columns: Sequence[MatchColumn],
        choices: Callable[[str, int], tuple[Sequence[Choice], str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.lines = MatchModel(columns, self)
        self._choices = choices
        self.setModel(self.lines)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Cell(self))
        self._set_up_headers(columns)
        self.lines.written.connect(self.filled)
        self.clicked.connect(lambda index: self.open_cell(index))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Other lines, or the same with other words; the keyboard stays where it is."""
        self.lines.show_lines(lines)
        if not self.currentIndex().isValid() and lines:
            self.setCurrentIndex(self.lines.index(0, self._first()))

    def open_cell(self, index: QModelIndex, typed: str = "") -> ChoiceList | None:
        """Let a cell be filled in."""
        fill = self.lines.fill(index) if index.isValid() else ""
        if fill == "text":
            self.edit(index)
            return None
        if fill != "choice":
            return None
        line, column = self.lines.lines[index.row()], index.column()
        choices, now = self._choices(line.key, column)
        name = f"{tr(self.lines.columns[column].title)}: {line.cells[0]}"
        opened = ChoiceList(name, choices, now, self)
        opened.taken.connect(lambda value: self._on_taken(line.key, column, value))
        place = self.visualRect(index)
        opened.open_under(QRect(self.viewport().mapToGlobal(place.topLeft()), place.size()), typed)
        return opened

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:  # Enter in the field comes here too
            super().keyPressEvent(event)
            return
        index, typed = self.currentIndex(), event.text()
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if index.isValid() and ((opens and plain) or event.key() == Qt.Key.Key_F4):
            self.open_cell(index)
        elif index.isValid() and plain and typed.isprintable() and typed.strip():
            self.open_cell(index, typed)
        else:
            super().keyPressEvent(event)

    def _on_taken(self, key: str, column: int, value: str) -> None:
        self.filled.emit(key, column, value)
        row = next((n for n, line in enumerate(self.lines.lines) if line.key == key), -1)
        if 0 <= row < len(self.lines.lines) - 1:
            self.setCurrentIndex(self.lines.index(row + 1, column))
        self.setFocus()

    def _first(self) -> int:
        return next((n for n, column in enumerate(self.lines.columns) if column.fill), 0)

    def _set_up_headers(self, columns: Sequence[MatchColumn]) -> None:
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + theme.L)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        character = self.fontMetrics().horizontalAdvance("中")
        for section, column in enumerate(columns):
            if column.width:
                header.resizeSection(section, column.width * character + 2 * theme.S)
            else:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)


class _Cell(QStyledItemDelegate):
    """A cell to be filled in has a border and, where there are choices, the arrow of a drop-down."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, model = theme.colours(), index.model()
        assert isinstance(model, MatchModel)
        fill, view = model.fill(index), option.widget
        line = option.rect.adjusted(0, option.rect.height() - 1, 0, 0)
        painter.fillRect(line, QColor(colours.border))
        assert isinstance(view, MatchTable)
        here = view.hasFocus() and view.currentIndex() == index
        if fill or here:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.accent if here else colours.field_border), 2 if here else 1))
            painter.setBrush(QColor(colours.base))
            box = QRectF(option.rect).adjusted(2.5, 3.5, -2.5, -4.5)
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
            painter.restore()
        inside = QStyleOptionViewItem(option)
        inside.rect = option.rect.adjusted(theme.XS * bool(fill), 0, 0, 0)
        if fill == "choice":
            inside.rect.setRight(inside.rect.right() - _CHEVRON - theme.S)
        super().paint(painter, inside, index)
        if fill == "choice":
            sign = icons.pixmap("chevron-down", "muted", _CHEVRON, view.devicePixelRatioF())
            middle = option.rect.center().y() - _CHEVRON // 2
            painter.drawPixmap(option.rect.right() - _CHEVRON - theme.S, middle, sign)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if editor.property("text") != index.data(_role.EditRole):
            super().setModelData(editor, model, index)
