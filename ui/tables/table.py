"""The table of the program: rows chosen as a whole, Enter opens, Ctrl+C copies, columns are remembered."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QLine, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from app.words import ntr, tr
from ui import messages, tasks, theme
from ui.tables.columns import Shape, keep_columns, set_up_columns, shape
from ui.tables.row_model import BLOCK, Column, Fetch, Ids, Row, RowModel
from ui.widgets import draw_focus

MOST_COPIED = 10_000
LONG = 50_000
"""Above so many rows, looking for ids is left to a worker."""

_View = QAbstractItemView
_Choose = QItemSelectionModel.SelectionFlag


class Table(QTableView):
    """Shows a RowModel. Everything said about rows is said in ids."""

    opened = Signal(object)
    """Enter or a double click on the row of this id."""
    chosen = Signal()
    """Other rows are chosen, or none."""
    sort_wanted = Signal(str, bool)
    """(key of the column, descending): the page asks its question again in this order."""

    def __init__(self, model: RowModel[Any], name: str, parent: QWidget | None = None) -> None:
        """The desk remembers the columns under ``name``."""
        super().__init__(parent)
        self.rows, self._key = model, f"table/{name}"
        self._shape: Shape = ()
        self.setModel(model)
        theme.mark(self, "surface", "plain")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table: no trap
        self.setSelectionBehavior(_View.SelectionBehavior.SelectRows)
        self.setSelectionMode(_View.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_View.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(_View.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(_View.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(self.fontMetrics().height() + theme.S)
        set_up_columns(self, model.columns, self._key, self.sort_wanted.emit)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def current_id(self) -> int | None:
        """The id of the row that the keyboard stands on."""
        index = self.currentIndex()
        return self.rows.ids[index.row()] if index.isValid() else None

    def chosen_ids(self) -> Ids:
        """The ids of the chosen rows, in no order; a copy of all of them after Ctrl+A."""
        found = array("q")
        selection = self.selectionModel().selection()
        for block in (selection.at(n) for n in range(selection.size())):
            found.extend(self.rows.ids[block.top() : block.bottom() + 1])
        return found

    def replace(self, ids: Ids, rows: Mapping[int, Any] | None = None) -> None:
        """Other ids, or the same in another order: what was chosen stays chosen and in view."""
        chosen, current = self.chosen_ids(), self.current_id()
        everything = 0 < len(chosen) == len(self.rows.ids)
        self.rows.reset(ids, rows)
        if everything:
            self.selectAll()
        elif current is not None:
            self.choose(chosen, current)

    def choose(self, chosen: Iterable[int], current: int) -> None:
        """Choose the rows of these ids and put the keyboard on ``current``, where they are in the table."""
        wanted = frozenset(chosen)
        look = partial(_places, self.rows.ids, wanted | {current})
        if len(self.rows.ids) > LONG:
            tasks.read(self, look, partial(self._on_places, self.rows.ids, wanted, current), key="choose")
        else:
            self._on_places(self.rows.ids, wanted, current, look())

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, as a spreadsheet takes them."""
        ids = self.chosen_ids()
        if len(ids) > MOST_COPIED:
            sentence = tr("At most {n} rows can be copied at once. Export the list instead.")
            messages.say(self, "refusal", sentence.format(n=MOST_COPIED))
        elif ids:
            text = partial(_as_text, ids, self.shown_columns(), self.rows.fetch)
            tasks.read(self, text, self._on_copied, key="copy")

    def shown_columns(self) -> list[Column[Any]]:
        """The columns in view, from left to right."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [self.rows.columns[section] for section in order if not header.isSectionHidden(section)]

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would look through a million rows for what was typed. Pages have a filter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: _View.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        ends = {_View.CursorAction.MoveHome: 0, _View.CursorAction.MoveEnd: len(self.rows.ids) - 1}
        if action in ends:  # rows are chosen as a whole, so these mean the ends of the list
            return self.rows.index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def viewportEvent(self, event: QEvent) -> bool:
        """What is cut off is shown as a tooltip, where the column has none of its own."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            wide = index.isValid() and self.sizeHintForIndex(index).width() > self.columnWidth(index.column())
            if wide and not index.data(Qt.ItemDataRole.ToolTipRole):
                QToolTip.showText(event.globalPos(), index.data(), self)
                return True
        return super().viewportEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shape = shape(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """The page is left or the window closed: time to remember what was changed. At every pixel that
        an edge is dragged, it would be a file written each time."""
        super().hideEvent(event)
        if shape(self) != self._shape:
            keep_columns(self, self.rows.columns, self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(theme.colours().border), 0))  # one pixel of the screen at every scale
        painter.drawLines(self._lines(event.rect()))
        if self.hasFocus() and self.currentIndex().isValid():
            draw_focus(painter, self._row_rect(self.currentIndex().row()))

    def _lines(self, area: QRect) -> list[QLine]:
        """A faint line under each row, in one go: a delegate would be asked for every cell."""
        height = self.verticalHeader().defaultSectionSize()
        top, last = self.rowAt(max(0, area.top())), self.rowAt(area.bottom())
        if top < 0:
            return []
        count = (last if last >= 0 else len(self.rows.ids) - 1) - top + 1
        first = self.rowViewportPosition(top) + height - 1
        return [
            QLine(area.left(), first + n * height, area.right(), first + n * height) for n in range(count)
        ]

    def _row_rect(self, row: int) -> QRect:
        height = self.verticalHeader().defaultSectionSize()
        width = min(self.viewport().width(), self.horizontalHeader().length())
        return QRect(0, self.rowViewportPosition(row), width, height)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.ids[index.row()])

    def _on_places(self, ids: Ids, chosen: frozenset[int], current: int, places: Mapping[int, int]) -> None:
        if ids is not self.rows.ids:  # the table shows something else by now
            return
        selection = QItemSelection()
        last = len(self.rows.columns) - 1
        for top, bottom in _runs(places[number] for number in chosen if number in places):
            selection.select(self.rows.index(top, 0), self.rows.index(bottom, last))
        if current in places:
            index = self.rows.index(places[current], 0)
            self.selectionModel().setCurrentIndex(index, _Choose.NoUpdate)
        self.selectionModel().select(selection, _Choose.ClearAndSelect)

    def _on_copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        count = text.count("\n")
        messages.say(self, "ok", ntr("Copied {n} row.", "Copied {n} rows.", count).format(n=count))


def _places(ids: Ids, wanted: frozenset[int]) -> dict[int, int]:
    """Where in ``ids`` the wanted ones stand."""
    return {number: row for row, number in enumerate(ids) if number in wanted}


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours."""
    for _, run in groupby(enumerate(sorted(rows)), lambda pair: pair[1] - pair[0]):
        numbers = [row for _, row in run]
        yield numbers[0], numbers[-1]


def _as_text(ids: Ids, columns: list[Column[Row]], fetch: Fetch[Row]) -> str:
    blocks = (ids[start : start + BLOCK] for start in range(0, len(ids), BLOCK))
    rows = (row for block in blocks for row in _in_order(block, fetch(block)))
    return "".join("\t".join(" ".join(column.text(row).split()) for column in columns) + "\n" for row in rows)


def _in_order(ids: Ids, rows: Mapping[int, Row]) -> list[Row]:
    return [rows[number] for number in ids if number in rows]
