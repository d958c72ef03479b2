"""Cards, tables of facts and lists of lines, of which the tabs of the file are made."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets import IconLabel, label

TITLE_WIDTH = 104
"""Of the titles in a table of facts."""


class Card(QFrame):
    """A heading and what belongs to it, in a frame."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        self.column.setSpacing(theme.S)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(theme.S)
        self.heading.addWidget(label(title, "heading"))
        self.heading.addStretch()
        self.column.addLayout(self.heading)


class Scrolled(QScrollArea):
    """A tab that is made anew for what was read, as high as it needs to be."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        theme.mark(self, "surface", "plain")

    def put(self, content: QWidget) -> None:
        """Show this, from where the reader was; the keyboard stays here, and Tab goes on into it."""
        at, had = self.verticalScrollBar().value(), self.isAncestorOf(self.window().focusWidget())
        self.setWidget(content)
        follow(self, content.findChildren(QPushButton))
        if had:
            self.setFocus()
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setValue(at)


def follow(before: QWidget, made: Iterable[QWidget]) -> None:
    """Let Tab go on to what was just made: Qt puts it behind all that the window had before."""
    for one in made:
        QWidget.setTabOrder(before, one)
        before = one


def clear(layout: QLayout) -> None:
    """Take everything out of a row of widgets."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


def facts(pairs: Iterable[tuple[str, str]]) -> QGridLayout:
    """Titles and what they say, one a row; what is not known is left out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.M)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, TITLE_WIDTH)
    grid.setColumnStretch(1, 1)
    for title, text in pairs:
        if text:
            row = grid.rowCount()
            head = label(title, "muted")
            grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            said = wrapped(text)
            said.setAccessibleName(f"{title}: {text}")
            grid.addWidget(said, row, 1)
    return grid


def wrapped(text: str, look: str = "") -> QLabel:
    """A text that breaks into lines and can be copied."""
    made = label(text, look)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def coloured(text: str, role: theme.Role) -> QLabel:
    """A text in one of the colours that say something, without a ground."""
    made = wrapped(text)
    theme.mark(made, "tone", role)
    return made


def note(icon: str, role: theme.Role, text: str, detail: str = "") -> QHBoxLayout:
    """A line with an icon, and beneath it what it rests on."""
    row = QHBoxLayout()
    row.setSpacing(theme.S)
    row.addWidget(IconLabel(icon, role), alignment=Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(wrapped(text))
    if detail:
        column.addWidget(wrapped(detail, "small"))
    row.addLayout(column, 1)
    return row
