"""The office's own published promises, and the register of discipline matters that were handed over."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.commands.promises import add_promises, end_promise
from app.context import AppContext
from app.queries.lead_choices import HandoverRow, LeadChoices, PromiseRow, handovers, promises
from app.rules.inputs import NewPromise
from app.words import mark, tr
from models.types import iso
from ui import bus, tasks, theme
from ui.dialogs.reason import Answers, Field, Question, ask_reason
from ui.pages.leads.acts import ask_handover
from ui.widgets import RingedList, button, label, paragraph

WIDTH = 620
_ROW = Qt.ItemDataRole.UserRole
_PROMISE = (
    Field("matter", mark("Matter"), "line", mark("Enter what is promised.")),
    Field("term", mark("Limit"), "line", mark("Enter the limit, such as “3 working days”.")),
    Field("post", mark("Post that keeps it"), "line", mark("Enter the post that keeps it.")),
    Field("published_on", mark("Published on"), "day", mark("Enter the day.")),
)
_END = (Field("ended_on", mark("Not given any more since"), "day", mark("Enter the day.")),)


def show_promises(window: QWidget, context: AppContext, choices: LeadChoices) -> "PromisesDialog":
    """Open the dialog over the window."""
    dialog = PromisesDialog(window, context, choices)
    dialog.open()
    return dialog


class PromisesDialog(QDialog):
    """Above the promises, beneath what was handed over."""

    def __init__(self, parent: QWidget, context: AppContext, choices: LeadChoices) -> None:
        super().__init__(parent)
        self._context, self._choices = context, choices
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Promises and handovers"))
        self.promises, self.handovers = _list(tr("Published promises")), _list(tr("Handed over"))
        self.add, self.end = button(tr("Add a promise…"), "primary"), button(tr("End the promise…"))
        self.hand_over = button(tr("Register a handing over…"))
        self.add.clicked.connect(self._add)
        self.end.clicked.connect(self._end)
        self.hand_over.clicked.connect(lambda: ask_handover(self, context, choices))
        self.promises.currentItemChanged.connect(lambda *_: self._offer())
        self._lay_out()
        bus.changed.connect(self._on_changed)
        self._read()

    def _read(self) -> None:
        tasks.read(self, partial(self._context.ask, promises), self._on_promises, key="promises")
        tasks.read(self, partial(self._context.ask, handovers), self._on_handovers, key="handovers")

    def _on_changed(self, changes: Changes) -> None:
        if Kind.LEADS in changes.kinds:
            self._read()

    def _on_promises(self, rows: tuple[PromiseRow, ...]) -> None:
        self.promises.clear()
        for row in rows:
            text = " · ".join((row.matter, row.term, row.post, iso(row.published_on)))
            if row.ended_on:
                text = tr("{promise}, ended on {date}").format(promise=text, date=iso(row.ended_on))
            QListWidgetItem(text, self.promises).setData(_ROW, row)
        self.promises.setCurrentRow(0)
        self._offer()

    def _on_handovers(self, rows: tuple[HandoverRow, ...]) -> None:
        self.handovers.clear()
        for row in rows:
            self.handovers.addItem(" · ".join((iso(row.handed_on), row.body, row.letter_no)))

    def _chosen(self) -> PromiseRow | None:
        item = self.promises.currentItem()
        row: PromiseRow | None = item.data(_ROW) if item else None
        return row

    def _offer(self) -> None:
        chosen = self._chosen()
        self.end.setEnabled(chosen is not None and chosen.ended_on is None)

    def _add(self) -> None:
        said = tr("As it was published. Leads can then be held against it.")
        act = tr("Add a promise")
        ask_reason(
            self,
            Question(act, said, act, _PROMISE, today=self._choices.today),
            lambda given: partial(
                self._context.do,
                add_promises,
                [_promise(given)],
            ),
        )

    def _end(self) -> None:
        if row := self._chosen():
            act = tr("End the promise")
            ask_reason(
                self,
                Question(act, row.matter, act, _END, today=self._choices.today),
                lambda given: partial(self._context.do, end_promise, row.uid, given.day("ended_on")),
            )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        for title, said, shown, buttons in (
            (
                tr("Published promises"),
                tr("Leads can be held against what the office itself promised."),
                self.promises,
                (self.add, self.end),
            ),
            (
                tr("Handed over"),
                tr("Of a discipline matter only date, body and number of the letter are kept."),
                self.handovers,
                (self.hand_over,),
            ),
        ):
            column.addWidget(label(title, "heading"))
            column.addWidget(paragraph(said, WIDTH - 2 * theme.XL, "muted"))
            column.addWidget(shown, 1)
            row = QHBoxLayout()
            row.addStretch()
            for one in buttons:
                row.addWidget(one)
            column.addLayout(row)
        close = button(tr("Close"))
        close.clicked.connect(self.reject)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(WIDTH, 560)


def _promise(given: Answers) -> NewPromise:
    return NewPromise(given.text("matter"), given.text("term"), given.text("post"), given.day("published_on"))


def _list(name: str) -> RingedList:
    made = RingedList()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    theme.mark(made, "surface", "framed")
    return made
