"""Asks for what purpose a file is read that does not belong to the daily work."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.words import tr
from ui import theme
from ui.widgets import FormRow, button, paragraph

WIDTH = 420


class PurposeForm(QWidget):
    """A sentence, a line for the purpose, and a button that opens the file."""

    def __init__(self, sentence: str, go_on: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go_on = go_on
        self.purpose, self.open = QLineEdit(), button(tr("Open the file"), "primary")
        hint = tr("Such as: promotion review 2025-3. The purpose stands in the register of readings.")
        row = FormRow(tr("Purpose"), self.purpose, hint)
        row.setFixedWidth(WIDTH)
        self.setFocusProxy(self.purpose)
        self.purpose.returnPressed.connect(self._on_open)
        self.open.clicked.connect(self._on_open)
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addStretch(2)
        for widget in (paragraph(sentence, WIDTH), row, self.open):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _on_open(self) -> None:
        if self.purpose.text().strip():
            self._go_on(self.purpose.text())
        else:
            self.purpose.setFocus()
