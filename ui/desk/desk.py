"""A list left, what is looked at right with its head and its acts: where things are decided one by one."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.desk.deciding import DecisionBar, Words
from ui.desk.queue import QueueList
from ui.desk.reading import Make, ReadingPane
from ui.desk.rows import Group, Mark
from ui.widgets import Chip, Elided, EmptyState, rule


class Heading(NamedTuple):
    """What stands above the text, and stays while it scrolls."""

    title: str
    beneath: str
    value: str = ""
    value_beneath: str = ""
    chips: tuple[Mark, ...] = ()


class Head(QFrame):
    """Shows a Heading; its places are fixed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._beneath = Elided(), Elided()
        self._value, self._value_beneath = Elided(), Elided()
        for text, look in (
            (self._title, "title"),
            (self._beneath, "muted"),
            (self._value, "title"),
            (self._value_beneath, "muted"),
        ):
            theme.mark(text, "look", look)
        for text in (self._value, self._value_beneath):
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.S)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._value, 0, 1)
        grid.addWidget(self._beneath, 1, 0)
        grid.addWidget(self._value_beneath, 1, 1)
        grid.addLayout(self._chips, 2, 0, 1, 2)

    def show_heading(self, heading: Heading) -> None:
        """Show another one."""
        self._title.setText(heading.title)
        self._beneath.setText(heading.beneath)
        self._value.setText(heading.value)
        self._value_beneath.setText(heading.value_beneath)
        while (item := self._chips.takeAt(0)) is not None:
            if chip := item.widget():
                chip.deleteLater()
        for mark in heading.chips:
            self._chips.addWidget(Chip(mark.text, mark.role, mark.icon))
        self._chips.addStretch()


class Desk(QSplitter):
    """The list, and what is looked at; where nothing is, what belongs here."""

    def __init__(self, list_name: str, text_name: str, words: Words) -> None:
        """The names are for screen readers."""
        super().__init__(Qt.Orientation.Horizontal)
        self.list, self.head, self.pane = QueueList(list_name), Head(), ReadingPane(text_name)
        self.bar = DecisionBar(words, self, self.list)
        self._right, self._key = QStackedWidget(), ""
        self._empty: EmptyState | None = None
        self._right.addWidget(self._looked_at())
        self.addWidget(self.list)
        self.addWidget(self._right)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)
        self.setSizes([420, 760])

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Other rows."""
        self.list.show_groups(groups)

    def put_beneath(self, widget: QWidget) -> None:
        """Let a widget share the room of the text, where it is not hidden."""
        self._column.insertWidget(self._column.indexOf(self.pane) + 1, widget, 2)

    def look_at(self, key: str, heading: Heading) -> None:
        """Show the head of a thing; its text follows, and that of another one is gone at once."""
        if key != self._key:
            self._key = key
            self.pane.show_text(str)
        self.head.show_heading(heading)
        self._right.setCurrentIndex(0)

    def tell(self, key: str, make: Make) -> None:
        """The text of a thing, where that is still what is looked at; scrolled as it was."""
        if key == self._key:
            self.pane.show_text(make, keep=True)

    def look_at_nothing(self, icon: str, sentence: str) -> None:
        """Say what belongs here."""
        self._key = ""
        if self._empty:
            self._right.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = EmptyState(icon, sentence)
        self._right.setCurrentIndex(self._right.addWidget(self._empty))

    def _looked_at(self) -> QWidget:
        made = QWidget()
        self._column = column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, rule(), self.pane, rule(), self.bar):
            column.addWidget(widget)
        column.setStretchFactor(self.pane, 1)
        return made
