"""The place below the fields where sentences about the entry stand."""

from collections.abc import Iterable
from itertools import chain, repeat

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.pages.entry.preview import Said

SHOWN, ROOM = 6, 5
"""Most lines, and for how many there is always room, so that nothing moves when they fill."""


class SaidLines(QWidget):
    """Each sentence from a line of its own on, and whole however long it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = [QLabel(self) for _ in range(SHOWN)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for line in self.lines:
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)
        column.addStretch()
        self.setMinimumHeight(ROOM * (self.fontMetrics().height() + theme.XS))  # Chinese stands higher

    def put(self, said: Iterable[Said]) -> None:
        """Say this, and nothing of what was said before."""
        for line, (text, role) in zip(self.lines, chain(said, repeat(Said(""))), strict=False):
            line.setText(text)
            line.setVisible(bool(text))
            theme.mark(line, "tone", role)
            theme.mark(line, "look", "muted" if role == "muted" else "")
