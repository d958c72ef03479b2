"""F1: every shortcut that works where the window is now."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.words import tr
from ui import theme
from ui.widgets import Chip, label


def show_shortcuts(window: QWidget, page: QWidget | None) -> QDialog:
    """Open the list over the window. What has a text and a shortcut among the actions is in it."""
    groups = [
        (tr("Everywhere"), list(_of_actions(window.actions()))),
        (tr("On this page"), list(_of_page(page)) if page else []),
        (tr("In tables"), _of_tables()),
    ]
    dialog = QDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName("shortcuts")
    dialog.setWindowTitle(tr("Keyboard shortcuts"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.XL)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnStretch(0, 1)
    for title, lines in groups:
        if lines:
            _add_group(grid, title, lines)
    content = QFrame()
    content.setLayout(grid)
    area = QScrollArea(dialog)
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.setAccessibleName(tr("Keyboard shortcuts"))
    column = QVBoxLayout(dialog)
    column.addWidget(area)
    dialog.resize(460, 520)
    dialog.open()
    return dialog


def _add_group(grid: QGridLayout, title: str, lines: Iterable[tuple[str, str]]) -> None:
    heading = label(title, "heading")
    heading.setContentsMargins(0, theme.M, 0, theme.XS)
    grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
    for text, keys in lines:
        row = grid.rowCount()
        grid.addWidget(QLabel(text), row, 0)
        grid.addWidget(Chip(keys, "text"), row, 1, Qt.AlignmentFlag.AlignRight)


def actions_of(page: QWidget) -> list[QAction]:
    """What can be done on a page as it is now: words and keys of parts that are hidden mean nothing."""
    shown = [page, *(one for one in page.findChildren(QWidget) if one.isVisibleTo(page))]
    found = dict.fromkeys(action for widget in shown for action in widget.actions())
    return [action for action in found if action.text() and not action.shortcut().isEmpty()]


def _of_page(page: QWidget) -> Iterable[tuple[str, str]]:
    return _of_actions([*page.actions(), *page.findChildren(QAction)])


def _of_actions(actions: Iterable[QAction]) -> Iterable[tuple[str, str]]:
    seen = {}
    for action in actions:
        if action.text() and not action.shortcut().isEmpty():
            seen[action.shortcut().toString(_NATIVE)] = action.text().replace("&", "").rstrip("…")
    return [(text, keys) for keys, text in seen.items()]


def _of_tables() -> list[tuple[str, str]]:
    return [
        (tr("Open"), _native("Return")),
        (tr("Copy the chosen rows"), _native("Ctrl+C")),
        (tr("Choose all"), _native("Ctrl+A")),
        (tr("First and last row"), f"{_native('Home')} {_native('End')}"),
        (tr("Columns and order"), _native("Ctrl+Shift+O")),
    ]


_NATIVE = QKeySequence.SequenceFormat.NativeText


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(_NATIVE)
