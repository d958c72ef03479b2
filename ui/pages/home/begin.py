"""Begin here: what a new office still lacks, each line with the button that leads to where it is done."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.queries.beginning import Missing
from app.words import mark, tr
from ui import messages, theme
from ui.page import Place
from ui.widgets import button, label, paragraph, rule

WIDTH = 460
"""Of the sentences, in logical pixels."""
ACCOUNT = mark(
    "integrity-files --office FOLDER --as ACCOUNT account add LOGIN --name NAME --role department_head "
    "--department DEPARTMENT"
)
DECIDER = mark(
    "integrity-files --office FOLDER --as ACCOUNT account add LOGIN --name NAME --role objection_officer"
)


class BeginCard(QFrame):
    """Shown while anything is missing."""

    def __init__(self, go: Callable[[Place], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go = go
        self._shown: Sequence[Missing] = ()
        self.buttons: list[QPushButton] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(theme.M)
        self._grid.setColumnStretch(3, 1)
        self._grid.addWidget(label(tr("Begin here"), "heading"), 0, 0, 1, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._grid)
        column.addWidget(rule())
        self.hide()

    def show_missing(self, missing: Sequence[Missing]) -> None:
        """Other lines; the same ones stay as they are, with the keyboard on them."""
        self.setVisible(bool(missing))
        if missing == self._shown:
            return
        self._shown = missing
        self._clear()
        for row, one in enumerate(missing, 1):
            sentence, act, do = self._line(one)
            begin = button(act, "primary" if row == 1 else "")
            begin.setAccessibleDescription(sentence)
            begin.clicked.connect(lambda _, do=do: do())
            self.buttons.append(begin)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label(f"{row}.", "muted"), row, 0, top)
            self._grid.addWidget(paragraph(sentence, WIDTH), row, 1, top)
            self._grid.addWidget(begin, row, 2, top)

    def _clear(self) -> None:
        self.buttons = []
        while self._grid.count() > 1:
            if (item := self._grid.takeAt(1)) and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()

    def _line(self, one: Missing) -> tuple[str, str, Callable[[], object]]:
        match one:
            case Missing.STANDARD:
                sentence = tr("No standard is published yet, and grades are computed by one.")
                return sentence, tr("Publish a standard…"), lambda: self._go(Place("standards"))
            case Missing.PEOPLE:
                sentence = tr("Nobody is here yet. People come from a list, or are added one by one.")
                return sentence, tr("Take in people…"), lambda: self._go(Place("people"))
            case Missing.DECIDERS:
                sentence = tr(
                    "Nobody can decide about grades yet. The system administrator adds an account for each "
                    "head of a department, on the command line:"
                )
                shown = tr(ACCOUNT).replace(" --name", "\n--name")  # a label would break it after a hyphen
                return f"{sentence}\n{shown}", tr("Copy the command"), partial(self._copy, ACCOUNT)
            case Missing.OBJECTION_OFFICER:
                sentence = tr(
                    "An objection runs, and nobody here decides on objections. The system administrator "
                    "gives somebody outside the departments that role, on the command line:"
                )
                shown = tr(DECIDER).replace(" --name", "\n--name")
                return f"{sentence}\n{shown}", tr("Copy the command"), partial(self._copy, DECIDER)

    def _copy(self, command: str) -> None:
        QGuiApplication.clipboard().setText(tr(command))
        messages.say(self, "ok", tr("Copied. Write your own words where capitals stand."))
