"""How the parts of the editor are laid out: forms that scroll, and tables above them."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ui import theme
from ui.widgets import rule


def form_area(title: QWidget, form: QWidget) -> QScrollArea:
    """A form that scrolls, under its title."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(theme.L, theme.S, theme.M, theme.S)
    column.setSpacing(theme.S)
    column.addWidget(title)
    column.addWidget(form)
    column.addStretch()
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def table_over_form(
    owner: QWidget, top: QLayout, table: QWidget, form: QWidget, heights: tuple[int, int]
) -> None:
    """What is above the table, the table, and all of its chosen row beneath."""
    sides = QSplitter(Qt.Orientation.Vertical)
    sides.addWidget(table)
    sides.addWidget(form)
    sides.setChildrenCollapsible(False)
    sides.setStretchFactor(0, 1)
    sides.setSizes(list(heights))
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(top)
    column.addWidget(rule())
    column.addWidget(sides, 1)


def show_focus(area: QScrollArea) -> None:
    """Scroll to what has the keyboard, as soon as everything has its place."""

    def show() -> None:
        if (focus := QApplication.focusWidget()) and area.isAncestorOf(focus):
            area.ensureWidgetVisible(focus)

    QTimer.singleShot(0, area, show)
