"""The relatives of the account's holder who have a file here: from these files the account keeps away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.changes import Changes
from app.commands.recusal import declare_relative
from app.context import AppContext
from app.labels import label as words
from app.queries.relatives import RelativeRow, own_relatives
from app.words import mark, tr
from models.types import Kinship
from ui import messages, tasks, theme
from ui.dialogs.reason import Answers, Field, Question, ask_reason
from ui.widgets import RingedList, button, paragraph

WIDTH = 560
_STAFF_NO = Field(
    "staff_no", mark("Staff no. of the relative"), "line", mark("Enter the staff number of the relative.")
)
_RELATION = Field(
    "relation", mark("Relation"), "choice", mark("Choose the relation."), choices=tuple(Kinship)
)


def show_relatives(window: QWidget, context: AppContext) -> "RelativesDialog":
    """Open the dialog over the window."""
    dialog = RelativesDialog(window, context)
    dialog.open()
    return dialog


class RelativesDialog(QDialog):
    """A line for each relative."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        super().__init__(parent)
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("My relatives with a file here"))
        self.list = RingedList(self)
        self.list.setAccessibleName(self.windowTitle())
        theme.mark(self.list, "surface", "framed")
        self.act = button(tr("Declare a relative…"), "primary")
        self.act.clicked.connect(self._ask)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        said = tr(
            "Nobody opens, records, verifies or decides in the file of a relative. Only the pair and the "
            "relation are kept. What was declared holds from the next sign-in on; the administrator can "
            "take it back."
        )
        close = button(tr("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        row.addWidget(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(paragraph(said, WIDTH - 2 * theme.XL))
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.resize(WIDTH, 360)

    def _read(self) -> None:
        tasks.read(self, partial(self._context.ask, own_relatives), self._show, key="relatives")

    def _show(self, rows: tuple[RelativeRow, ...]) -> None:
        self.list.clear()
        self.list.addItems([f"{row.name} {row.staff_no} · {words(row.relation)}" for row in rows])
        if rows:
            self.list.setCurrentRow(0)

    def _ask(self) -> None:
        sentence = tr("Spouse, lineal and collateral relatives within three generations, close in-laws.")
        question = Question(tr("Declare a relative"), sentence, tr("Declare"), (_STAFF_NO, _RELATION))

        def command(given: Answers) -> Callable[[], Changes]:
            number, relation = given.text("staff_no"), Kinship(given.text("relation"))
            return partial(self._context.do, declare_relative, number, relation)

        def done(_: Changes) -> None:
            self._read()
            messages.say(self.parentWidget(), "ok", tr("Declared. It holds from your next sign-in on."))

        ask_reason(self, question, command, done)
