"""Asks once more before what cannot be taken back, or what takes a while."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from app.words import tr
from ui import theme


class Act(NamedTuple):
    """What a button says and does."""

    text: str
    do: Callable[[], object]
    danger: bool = False
    """Whether it takes back what others have decided: then Enter does not do it."""


def confirm(parent: QWidget, question: str, detail: str, *acts: Act) -> QMessageBox:
    """Open the question over the window; the first act is the one that Enter does, unless it is
    dangerous. Esc does none, and neither does Enter then."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, question, question, parent=parent.window())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(detail)
    buttons = []
    for act in acts:
        made = QPushButton(act.text, box)
        made.clicked.connect(lambda _, do=act.do: do())
        first = act is acts[0]  # and at the right: the style sheet places buttons by their roles
        box.addButton(made, QMessageBox.ButtonRole.YesRole if first else QMessageBox.ButtonRole.AcceptRole)
        if act.danger or first:
            theme.mark(made, "kind", "danger" if act.danger else "primary")
        buttons.append(made)
    cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(cancel)
    box.setDefaultButton(cancel if acts[0].danger else buttons[0])
    box.open()
    return box
