"""A form that scrolls, under its title."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from ui import theme


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


def show_focus(area: QScrollArea) -> None:
    """Scroll to what has the keyboard, as soon as everything has its place."""

    def show() -> None:
        if (focus := QApplication.focusWidget()) and area.isAncestorOf(focus):
            area.ensureWidgetVisible(focus)

    QTimer.singleShot(0, area, show)
