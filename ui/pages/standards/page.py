"""Grading standards: those published, what each says, and publishing another one."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.cli.standards import text_of
from app.commands.changes import Changes, Kind
from app.commands.schemes import publish_scheme
from app.context import AppContext
from app.permissions import Permission
from app.queries.schemes import PublishedScheme, schemes
from app.rules.grading.parsing import BadScheme, parse
from app.rules.grading.scheme import Scheme
from app.schemes import SHIPPED
from app.words import in_use, mark, ntr, tr
from models.types import Day, iso
from ui import messages, tasks, theme
from ui.desk.desk import Head, Heading
from ui.desk.queue import QueueList
from ui.desk.rows import Group, Mark, QueueItem
from ui.dialogs.reason import Field, Question, ask_reason
from ui.dialogs.scheme_check import Checked, show_check
from ui.page import Page
from ui.pages.standards.items import ItemsPane
from ui.pages.standards.ruler import BandRuler
from ui.widgets import EmptyState, Tabs, button, label, rule

BASELINE = SHIPPED / "national-baseline.toml"


class Found(NamedTuple):
    """What is published, the newest first, and the day by the clock of the office."""

    published: list[PublishedScheme]
    today: Day


class StandardsPage(Page):
    """Read-only: a published standard never changes; another edition takes its place."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Standards"))
        self._context = context
        self._found = Found([], Day(0))
        self.list = QueueList(tr("Published standards"))
        self.list.picked.connect(lambda _: self._look())
        self.head, self.ruler, self.items = Head(), BandRuler(), ItemsPane()
        self.text = QPlainTextEdit()
        self._right = QStackedWidget()
        self._lay_out()
        self.first = self.list
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if Kind.SCHEMES in changes.kinds:
            self._ask()

    def _ask(self) -> None:
        tasks.read(self, partial(_read, self._context), self._on_found, key="schemes")

    # What is published

    def _on_found(self, found: Found) -> None:
        self._found = found
        in_force = _in_force(found)
        self.list.show_groups([Group("", [_item(one, one is in_force) for one in found.published])])
        self._look()

    def _shown(self) -> PublishedScheme | None:
        uid = self.list.current()
        return next((one for one in self._found.published if one.uid == uid), None)

    def _look(self) -> None:
        one = self._shown()
        self._right.setCurrentIndex(0 if one else 1)
        self._offer_first(not one)
        if one:
            self.head.show_heading(_heading(one, one is _in_force(self._found)))
            self.ruler.show_scheme(one.scheme)
            self.items.show_scheme(one.scheme)
            self.text.setPlainText(one.text)
            self._digest.setText(f"SHA-256 {one.digest.hex()}")

    def _offer_first(self, none: bool) -> None:
        """Where nothing is published the keyboard begins at the button that changes it, if there is one."""
        self.first = self._none if none and self._none.focusProxy() else self.list
        if none and self.list.hasFocus():
            self.first.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        messages.say(self, "ok", tr("The text of the standard is copied."))

    # Another one

    def _choose_file(self, publish: bool) -> None:
        dialog = QFileDialog(self, tr("Choose the file of a standard"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Standards (*.toml)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.check(Path(name), publish))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def check(self, path: Path, publish: bool = False) -> None:
        """Look a file through and say what is wrong with it; publish it where nothing is and it is wanted."""
        tasks.read(self, partial(_check, path), partial(self._on_checked, publish))

    def _on_checked(self, publish: bool, checked: Checked) -> None:
        if publish and checked.scheme:
            self._ask_to_publish(checked.text, checked.scheme)
        else:
            show_check(self, checked, self._ask_to_publish)

    def _ask_to_publish(self, text: str, scheme: Scheme) -> None:
        sentence = tr(
            "“{title}”, edition {edition}, with {items} items and {bands} grades. Once published it never "
            "changes; a later edition takes its place."
        ).format(
            title=scheme.title.in_language(in_use()),
            edition=scheme.edition,
            items=len(scheme.items),
            bands=len(scheme.bands),
        )
        if notice := scheme.notice.in_language(in_use()):
            sentence += "\n" + tr("Its notice: {notice}").format(notice=notice)
        question = Question(
            title=tr("Publish the standard"),
            sentence=sentence,
            act=tr("Publish"),
            fields=(ADOPTED_BY, VALID_FROM),
            today=self._found.today,
        )
        ask_reason(
            self,
            question,
            lambda answers: partial(
                self._context.do, publish_scheme, text, answers.text("adopted_by"), answers.day("valid_from")
            ),
            lambda _: messages.say(self, "ok", tr("The standard is published.")),
        )

    # What it is made of

    def _lay_out(self) -> None:
        sides = QSplitter()
        sides.addWidget(self._left())
        self._right.addWidget(self._one())
        self._none = self._nothing()
        self._right.addWidget(self._none)
        sides.addWidget(self._right)
        sides.setChildrenCollapsible(False)
        sides.setStretchFactor(1, 1)
        sides.setSizes([300, 900])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sides)

    def _nothing(self) -> EmptyState:
        none = tr("No standard is published yet. A grade is computed by a standard that a document adopted.")
        if not self._context.actor.may(Permission.PUBLISH_SCHEMES):
            return EmptyState("ruler", none)
        bundled = tr(
            "The program brings the national baseline. Its values are examples, until this organ adopts "
            "its own."
        )
        act = tr("Publish the national baseline…")
        return EmptyState("ruler", f"{none}\n{bundled}", act, partial(self.check, BASELINE, publish=True))

    def _left(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        if self._context.actor.may(Permission.PUBLISH_SCHEMES):
            check, publish = button(tr("Check a file…")), button(tr("Publish…"))
            check.clicked.connect(lambda: self._choose_file(False))
            publish.clicked.connect(lambda: self._choose_file(True))
            acts = QHBoxLayout()
            acts.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
            acts.setSpacing(theme.S)
            for one in (check, publish):
                acts.addWidget(one)
            acts.addStretch()
            column.addWidget(rule())
            column.addLayout(acts)
        return made

    def _one(self) -> QWidget:
        made = QWidget()
        parts = {tr("Items"): self.items, tr("Text"): self._text_tab()}
        self.tabs = Tabs(tr("Parts of the standard"), parts)
        ruler = QHBoxLayout()
        ruler.setContentsMargins(0, 0, 0, theme.S)
        ruler.addWidget(self.ruler)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(ruler)
        column.addWidget(self.tabs, 1)
        return made

    def _text_tab(self) -> QWidget:
        made = QWidget()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Text of the standard"))
        self._digest = label("", "small")
        copy = button(tr("Copy"), icon="copy")
        copy.clicked.connect(self._copy)
        top = QHBoxLayout()
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        top.addWidget(self._digest, 1)
        top.addWidget(copy)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        body = QHBoxLayout()
        body.setContentsMargins(theme.L, 0, theme.L, theme.M)
        body.addWidget(self.text)
        column.addLayout(body, 1)
        return made


ADOPTED_BY = Field(
    "adopted_by",
    mark("Number of the document that adopts it"),
    "line",
    missing=mark("Enter the number of the document that adopts the standard, like 泽政服发〔2024〕36号."),
    hint=mark("Such as 泽政服发〔2024〕36号"),
)
VALID_FROM = Field(
    "valid_from",
    mark("Valid from"),
    "day",
    missing=mark("Enter the first day on which it is valid."),
    hint=mark("Periods that end on this day or later are graded by it."),
)


def _read(context: AppContext) -> Found:
    """On a worker."""
    return Found(context.ask(schemes), context.today())


def _check(path: Path) -> Checked:
    """On a worker. Raises Invalid where the file cannot be read."""
    text = text_of(str(path))
    try:
        return Checked(path.name, text, parse(text), ())
    except BadScheme as error:
        return Checked(path.name, text, None, error.problems)


def _in_force(found: Found) -> PublishedScheme | None:
    return next((one for one in found.published if one.valid_from <= found.today), None)


def _item(one: PublishedScheme, in_force: bool) -> QueueItem:
    marks = (Mark(tr("In force"), "circle-check", "positive"),) if in_force else ()
    return QueueItem(
        one.uid,
        one.scheme.title.in_language(in_use()),
        tr("edition {n}").format(n=one.edition),
        below=((one.adopted_by, "text"),),
        marks=marks,
        aside=iso(one.valid_from),
    )


def _heading(one: PublishedScheme, in_force: bool) -> Heading:
    scheme = one.scheme
    notice = scheme.notice.in_language(in_use())
    chips = [Mark(notice, "triangle-alert", "dispute")] if notice else []
    if in_force:
        chips.insert(0, Mark(tr("In force"), "circle-check", "positive"))
    n = len(scheme.items)
    return Heading(
        scheme.title.in_language(in_use()),
        " · ".join(part for part in (one.adopted_by, scheme.issuer, one.code) if part),
        tr("edition {n}").format(n=one.edition),
        tr("valid from {day}").format(day=iso(one.valid_from)),
        (*chips, Mark(ntr("{n} item", "{n} items", n).format(n=n), "file-text", "muted")),
    )
