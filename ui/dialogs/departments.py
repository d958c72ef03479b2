"""The departments of the office: the tree, what can be done with each, and what happened to it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.commands.changes import Changes, Kind
from app.commands.conduct import Basis
from app.commands.departments import (
    add_department,
    dissolve_department,
    merge_department,
    move_department,
    rename_department,
)
from app.commands.finding import ROOT
from app.context import AppContext
from app.labels import event_label
from app.permissions import Permission
from app.queries.departments import (
    DepartmentChange,
    DepartmentRow,
    below,
    department_history,
    departments,
)
from app.words import mark, tr
from models.types import Day, day_at, iso
from ui import bus, tasks, theme
from ui.dialogs.reason import Answers, Command, Field, Question, ask_reason
from ui.widgets import button, label

WIDTH, HEIGHT = 880, 560
_ID = Qt.ItemDataRole.UserRole
DOCUMENT = Field(
    "document_no",
    mark("Document it rests on"),
    "line",
    mark("Enter the number of the document by which this is done."),
)
FROM = Field("on", mark("Takes effect on"), "day", mark("Enter the day from which it holds."))
NAME = Field("name", mark("Name"), "line", mark("Type the name."))
WHERE = Field("department", mark("Under"), "choice", mark("Choose the department."))
INTO = Field("department", mark("Into"), "choice", mark("Choose the department."))


def show_departments(parent: QWidget, context: AppContext, chosen: int | None = None) -> "DepartmentsDialog":
    """Open the dialog over the window, on a department."""
    dialog = DepartmentsDialog(context, chosen, parent.window())
    dialog.open()
    return dialog


class DepartmentsDialog(QDialog):
    """Tree at the left, the history of the chosen one at the right, what can be done beneath."""

    def __init__(self, context: AppContext, chosen: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._chosen = context, chosen
        self._rows: Sequence[DepartmentRow] = ()
        self._today = Day(0)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Departments"))
        self.resize(WIDTH, HEIGHT)
        self.tree, self.history = QTreeWidget(self), QTreeWidget(self)
        self.acts: dict[str, QPushButton] = {}
        self._set_up_tree()
        self._set_up_history()
        self._lay_out()
        bus.changed.connect(self._on_changed)
        self._read()

    # Reading

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & {Kind.DEPARTMENTS, Kind.PEOPLE}:
            self._read()

    def _read(self) -> None:
        tasks.read(self, self._ask, self._put, key="departments")

    def _ask(self) -> tuple[Sequence[DepartmentRow], Day]:
        return self._context.ask(departments), self._context.today()

    def _put(self, found: tuple[Sequence[DepartmentRow], Day]) -> None:
        self._rows, self._today = found
        chosen = self._chosen or (self._rows[0].id if self._rows else None)
        self.tree.blockSignals(True)
        self.tree.clear()
        lines: dict[int | None, QTreeWidgetItem] = {}
        for row in self._rows:
            line = QTreeWidgetItem(lines.get(row.parent_id) or self.tree.invisibleRootItem())
            line.setText(0, row.name)
            line.setText(1, str(row.people))
            line.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.setData(0, _ID, row.id)
            lines[row.id] = line
        self.tree.expandAll()
        self.tree.blockSignals(False)
        if shown := lines.get(chosen) or self.tree.topLevelItem(0):
            self.tree.setCurrentItem(shown)

    def _on_chosen(self) -> None:
        row = self._row()
        self._chosen = row.id if row else None
        keeps = row is not None and self._context.actor.may(Permission.KEEP_FILES, row.id)
        root = row is not None and row.id == ROOT
        for name, act in self.acts.items():
            act.setEnabled(keeps and (name == "add" or not root))
            stays = tr("The office itself stays as it is.") if root and name != "add" else ""
            act.setToolTip(stays if keeps else tr("Only who keeps its files changes a department."))
        if row:
            ask = partial(self._context.ask, department_history, None if root else row.id)
            tasks.read(self, ask, self._put_history, key="history")

    def _put_history(self, changes: Sequence[DepartmentChange]) -> None:
        self.history.clear()
        for one in changes:
            on = iso(one.on) if one.on else iso(day_at(one.moment))
            line = QTreeWidgetItem(self.history, [on, _told(one), one.document_no, one.who])
            for column in range(4):
                line.setToolTip(column, line.text(column))

    def _row(self) -> DepartmentRow | None:
        item = self.tree.currentItem()
        return next((row for row in self._rows if item and row.id == item.data(0, _ID)), None)

    # Acting

    def _add(self, row: DepartmentRow) -> None:
        sentence = tr("It stands under {name}.").format(name=row.name)
        self._open(
            tr("Add a department"),
            sentence,
            tr("Add"),
            (NAME,),
            lambda given: partial(
                self._context.do, add_department, given.text("name"), row.id, 0, _basis(given)
            ),
        )

    def _rename(self, row: DepartmentRow) -> None:
        sentence = tr("{name}: what was written under the old name keeps it.").format(name=row.name)
        fields = (NAME._replace(given=row.name),)
        self._open(
            tr("Rename the department"),
            sentence,
            tr("Rename"),
            fields,
            lambda given: partial(
                self._context.do, rename_department, row.id, given.text("name"), _basis(given)
            ),
        )

    def _move(self, row: DepartmentRow) -> None:
        sentence = tr("{name} goes under another department, with all under it.").format(name=row.name)
        fields = (WHERE._replace(offered=self._others(row)),)
        self._open(
            tr("Move the department"),
            sentence,
            tr("Move"),
            fields,
            lambda given: partial(
                self._context.do, move_department, row.id, int(given.text("department")), _basis(given)
            ),
        )

    def _merge(self, row: DepartmentRow) -> None:
        sentence = tr(
            "All people of {name} and their files go into the other department, and {name} is dissolved. "
            "Its head no longer sees them."
        ).format(name=row.name)
        fields = (INTO._replace(offered=self._others(row)),)
        self._open(
            tr("Merge the department"),
            sentence,
            tr("Merge"),
            fields,
            lambda given: partial(
                self._context.do, merge_department, row.id, int(given.text("department")), _basis(given)
            ),
            dangerous=True,
        )

    def _dissolve(self, row: DepartmentRow) -> None:
        sentence = tr("{name} is empty and ends. Its history stays.").format(name=row.name)
        self._open(
            tr("Dissolve the department"),
            sentence,
            tr("Dissolve"),
            (),
            lambda given: partial(self._context.do, dissolve_department, row.id, _basis(given)),
            dangerous=True,
        )

    def _others(self, row: DepartmentRow) -> tuple[tuple[str, str], ...]:
        """Where it can go: not into itself, nor under itself."""
        within = below(list(self._rows), row.id)
        may = self._context.actor.may
        return tuple(
            (str(one.id), one.path or one.name)
            for one in self._rows
            if one.id not in within and may(Permission.KEEP_FILES, one.id)
        )

    def _open(
        self,
        title: str,
        sentence: str,
        act: str,
        fields: tuple[Field, ...],
        command: Callable[[Answers], Command],
        dangerous: bool = False,
    ) -> None:
        every = (*fields, DOCUMENT, FROM)
        ask_reason(self, Question(title, sentence, act, every, dangerous, self._today), command)

    def _begin(self, do: Callable[[DepartmentRow], None]) -> None:
        if row := self._row():
            do(row)

    # What it is made of

    def _set_up_tree(self) -> None:
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([tr("Department"), tr("People")])
        self.tree.setAccessibleName(tr("Departments"))
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.currentItemChanged.connect(lambda *_: self._on_chosen())

    def _set_up_history(self) -> None:
        self.history.setHeaderLabels([tr("Date"), tr("What"), tr("Document"), tr("By whom")])
        self.history.setAccessibleName(tr("History of the department"))
        self.history.setRootIsDecorated(False)
        self.history.setUniformRowHeights(True)
        header = self.history.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)

    def _lay_out(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(label(tr("What happened to it"), "heading"))
        column.addWidget(self.history)
        parts = QHBoxLayout()
        parts.setSpacing(theme.M)
        parts.addWidget(self.tree, 2)
        parts.addWidget(right, 3)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        for name, text, do in (
            ("add", tr("Add below…"), self._add),
            ("rename", tr("Rename…"), self._rename),
            ("move", tr("Move…"), self._move),
            ("merge", tr("Merge into…"), self._merge),
            ("dissolve", tr("Dissolve…"), self._dissolve),
        ):
            self.acts[name] = button(text, parent=self)
            self.acts[name].clicked.connect(partial(self._begin, do))
            buttons.addWidget(self.acts[name])
        buttons.addStretch()
        done = button(tr("Close"), parent=self)
        done.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        done.clicked.connect(self.accept)
        buttons.addWidget(done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.M)
        whole.addLayout(parts, 1)
        whole.addLayout(buttons)


def _told(one: DepartmentChange) -> str:
    """What happened, in words."""
    match one.kind:
        case "department_renamed":
            return tr("{before} is called {name} now").format(before=one.before, name=one.name)
        case "department_moved":
            return tr("{name} goes under {parent}").format(name=one.name, parent=one.parent)
        case "department_merged":
            return tr("{name} goes into {parent}").format(name=one.name, parent=one.parent)
        case "department_added":
            words = tr("{name} is added under {parent}") if one.parent else tr("{name} is founded")
            return words.format(name=one.name, parent=one.parent)
        case "department_dissolved":
            return tr("{name} is dissolved").format(name=one.name)
    return event_label(one.kind)


def _basis(given: Answers) -> Basis:
    return Basis(given.text("document_no"), given.day("on"), "")
