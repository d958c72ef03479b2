"""The header of a table: sorting by a click, choosing columns, and remembering both."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from app.words import tr
from ui import theme
from ui.memory import recall, remember
from ui.tables.row_model import Column

Sort = Callable[[str, bool], object]


def set_up_columns(
    table: QTableView,
    columns: Sequence[Column[Any]],
    key: str,
    sort: Sort,
) -> None:
    """Give the columns their widths, or those remembered under ``key``; call ``sort`` at clicks."""
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    # A selection of its own, always empty: at each painting a header asks whether whole columns are
    # chosen, and Qt then goes through every row, which after Ctrl+A in a million took 20 seconds.
    header.setSelectionModel(QItemSelectionModel(table.model(), header))
    header.setSectionsMovable(True)
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(True)
    header.setStretchLastSection(True)
    header.setTextElideMode(Qt.TextElideMode.ElideRight)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    if not _recall(header, columns, recall(key)):
        _standard(header, columns)

    shown = (header.sortIndicatorSection(), header.sortIndicatorOrder())

    def on_sorted(section: int, order: Qt.SortOrder) -> None:
        nonlocal shown
        if section < 0 or (section, order) == shown:
            return
        if columns[section].sortable:
            shown = (section, order)
            sort(columns[section].key, order == Qt.SortOrder.DescendingOrder)
        else:  # a click shows the arrow there all the same
            header.setSortIndicator(*shown)

    header.sortIndicatorChanged.connect(on_sorted)
    _offer_menu(table, header, columns)


Shape = tuple[object, ...]


def shape(table: QTableView) -> Shape:
    """Order, columns and widths, but for the last width, which the window gives it."""
    header = table.horizontalHeader()
    places = [header.logicalIndex(place) for place in range(header.count())]
    widths = [
        (section, header.sectionSize(section)) for section in places if not header.isSectionHidden(section)
    ]
    return header.sortIndicatorSection(), header.sortIndicatorOrder(), places, widths[:-1], widths[-1][0]


def keep_columns(table: QTableView, columns: Sequence[Column[Any]], key: str) -> None:
    """Remember widths, places and order under ``key``, for ``set_up_columns``."""
    state = table.horizontalHeader().saveState().toBase64().toStdString()
    remember(key, f"{_names(columns)}|{state}")


def sorting(table: QTableView, columns: Sequence[Column[Any]]) -> tuple[str, bool] | None:
    """(key, descending) that the header shows, also when remembered from last time."""
    header = table.horizontalHeader()
    section = header.sortIndicatorSection()
    if not 0 <= section < len(columns):
        return None
    return columns[section].key, header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def shown_keys(table: QTableView, columns: Sequence[Column[Any]]) -> list[str]:
    """The keys of the columns in view, from left to right."""
    header = table.horizontalHeader()
    places = (header.logicalIndex(place) for place in range(header.count()))
    return [columns[section].key for section in places if not header.isSectionHidden(section)]


def show_columns(table: QTableView, columns: Sequence[Column[Any]], keys: Sequence[str]) -> None:
    """Show the columns of these keys, in this order, and no others; the first one always."""
    header = table.horizontalHeader()
    sections = {column.key: section for section, column in enumerate(columns)}
    known = [key for key in keys if key in sections]
    for section, column in enumerate(columns):
        header.setSectionHidden(section, section > 0 and column.key not in known)
    for place, key in enumerate(known):
        header.moveSection(header.visualIndex(sections[key]), place)


def columns_menu(table: QTableView, columns: Sequence[Column[Any]]) -> QMenu:
    """Which columns are there, and the order of the rows: all that the mouse does at the header."""
    header = table.horizontalHeader()
    menu = QMenu(table)
    for section, column in enumerate(columns):
        action = _checkable(menu, tr(column.title), not header.isSectionHidden(section))
        action.setEnabled(section > 0)  # the first names the row
        action.toggled.connect(lambda on, section=section: header.setSectionHidden(section, not on))
    menu.addSeparator()
    order = menu.addMenu(tr("Sort by"))
    for section, column in enumerate(columns):
        if column.sortable:
            action = _checkable(order, tr(column.title), section == header.sortIndicatorSection())
            action.triggered.connect(lambda _, section=section: _flip(header, section))
    menu.addAction(tr("Standard columns"), lambda: _standard(header, columns))
    return menu


def _checkable(menu: QMenu, text: str, on: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(on)
    return action


def _offer_menu(table: QTableView, header: QHeaderView, columns: Sequence[Column[Any]]) -> None:
    def show(at: QPoint) -> None:
        menu = columns_menu(table, columns)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    header.customContextMenuRequested.connect(lambda at: show(header.mapToGlobal(at)))
    action = QAction(tr("Columns and order…"), table)
    action.setShortcut(QKeySequence("Ctrl+Shift+O"))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda: show(header.mapToGlobal(header.rect().bottomLeft())))
    table.addAction(action)


def _flip(header: QHeaderView, section: int) -> None:
    again = section == header.sortIndicatorSection()
    up = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
    header.setSortIndicator(
        section, Qt.SortOrder.DescendingOrder if again and up else Qt.SortOrder.AscendingOrder
    )


def _standard(header: QHeaderView, columns: Sequence[Column[Any]]) -> None:
    character = header.fontMetrics().horizontalAdvance("中")
    for section, column in enumerate(columns):
        header.moveSection(header.visualIndex(section), section)
        header.setSectionHidden(section, not column.shown)
        header.resizeSection(section, column.width * character + 2 * theme.S)


def _names(columns: Sequence[Column[Any]]) -> str:
    return ",".join(column.key for column in columns)


def _recall(header: QHeaderView, columns: Sequence[Column[Any]], remembered: str) -> bool:
    names, _, state = remembered.partition("|")
    if names != _names(columns):  # other columns by now: what was remembered means nothing
        return False
    return header.restoreState(QByteArray.fromBase64(QByteArray(state.encode())))
