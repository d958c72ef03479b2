"""What the person behind the account may object to, and has objected to: the one look into the own file."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.commands.objections import file_objection, withdraw_objection
from app.context import AppContext
from app.labels import label as words
from app.queries.objections import Challenge, ObjectionRow, OwnObjections, own_objections
from app.words import in_use, mark, tr
from models.types import ObjectionStatus, iso
from ui import bus, tasks, theme
from ui.dialogs.confirm import Act, confirm
from ui.dialogs.reason import Answers, Field, Question, ask_reason
from ui.pages.file.objecting import left_words
from ui.widgets import RingedList, button, label, paragraph

WIDTH = 620
_CLAIM = Field(
    "claim",
    mark("What I object to, and why"),
    missing=mark("Say what you object to, and why."),
    hint=mark("Nothing secret is entered here."),
)
_ROW = Qt.ItemDataRole.UserRole


def show_own_objections(window: QWidget, context: AppContext) -> "OwnObjectionsDialog":
    """Open the dialog over the window."""
    dialog = OwnObjectionsDialog(window, context)
    dialog.open()
    return dialog


class OwnObjectionsDialog(QDialog):
    """Above what may be objected to, beneath what was."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        super().__init__(parent)
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("My objections"))
        self.open_to = self._list(tr("What I may object to"))
        self.filed = self._list(tr("What I objected to"))
        self.object, self.back = button(tr("Object…"), "primary"), button(tr("Take back…"))
        self.object.clicked.connect(self._object)
        self.back.clicked.connect(self._take_back)
        self.open_to.itemActivated.connect(lambda _: self._object())
        for one in (self.open_to, self.filed):
            one.currentItemChanged.connect(lambda *_: self._offer())
        self._lay_out()
        bus.changed.connect(self._on_changed)
        self._read()

    def _list(self, name: str) -> RingedList:
        made = RingedList(self)
        made.setAccessibleName(name)
        made.setWordWrap(True)
        theme.mark(made, "surface", "framed")
        return made

    def _lay_out(self) -> None:
        said = tr(
            "A grade may be objected to until the day beside it, an entry at any time. What you object to is "
            "marked at once, and somebody who had no hand in it decides."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(paragraph(said, WIDTH - 2 * theme.XL))
        for title, shown, act in (
            (tr("What I may object to"), self.open_to, self.object),
            (tr("What I objected to"), self.filed, self.back),
        ):
            column.addWidget(label(title, "heading"))
            column.addWidget(shown, 1)
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(act)
            column.addLayout(row)
        close = button(tr("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column.addLayout(row)
        self.resize(WIDTH, 560)
        self._offer()

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & {Kind.OBJECTIONS, Kind.ENTRIES, Kind.EVALUATIONS}:
            self._read()

    def _read(self) -> None:
        tasks.read(self, partial(self._context.ask, own_objections), self._show, key="own")

    def _show(self, own: OwnObjections) -> None:
        _fill(self.open_to, [(_challenge(one), one) for one in own.open_to], tr("There is nothing."))
        _fill(self.filed, [(_filed(one), one) for one in own.filed], tr("You have not objected yet."))
        self._offer()

    def _offer(self) -> None:
        self.object.setEnabled(isinstance(_chosen(self.open_to), Challenge))
        filed = _chosen(self.filed)
        runs = isinstance(filed, ObjectionRow) and filed.status is ObjectionStatus.OPEN
        self.back.setEnabled(runs)
        self.back.setToolTip("" if runs else tr("Only an objection that runs can be taken back."))

    def _object(self) -> None:
        one = _chosen(self.open_to)
        if isinstance(one, Challenge):
            question = Question(tr("Object"), _named(one), tr("File the objection"), (_CLAIM,))
            ask_reason(self, question, partial(self._filing, one))

    def _filing(self, one: Challenge, answers: Answers) -> "partial[Changes]":
        return partial(self._context.do, file_objection, one.kind, one.target, answers.text("claim"))

    def _take_back(self) -> None:
        row = _chosen(self.filed)
        if isinstance(row, ObjectionRow):
            back = partial(self._context.do, withdraw_objection, row.uid)
            act = Act(tr("Take back"), lambda: tasks.write(self, back, lambda _: None))
            confirm(self, tr("Take the objection back?"), row.target_name(in_use()), act)


def _fill(shown: RingedList, rows: list[tuple[str, object]], none: str) -> None:
    shown.clear()
    for text, row in rows:
        item = QListWidgetItem(text)
        item.setData(_ROW, (row,))
        shown.addItem(item)
    if not rows:
        item = QListWidgetItem(none)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        shown.addItem(item)
    else:
        shown.setCurrentRow(0)


def _chosen(shown: RingedList) -> object:
    item = shown.currentItem()
    data = item.data(_ROW) if item else None
    return data[0] if data else None


def _challenge(one: Challenge) -> str:
    until = tr("until {date}").format(date=iso(one.last_day)) if one.last_day else ""
    return "    ".join(filter(None, (_named(one), until)))


def _named(one: Challenge) -> str:
    return tr("{title}: {text}").format(title=words(one.kind), text=one.name(in_use()))


def _filed(one: ObjectionRow) -> str:
    state = words(one.status) if one.left is None else f"{words(one.status)}, {left_words(one.left)}"
    said = f"{iso(one.filed_on)}    {one.target_name(in_use())}    {state}"
    decided = " ".join(filter(None, (one.document_no, one.reasons)))
    return f"{said}\n{decided}" if decided else said
