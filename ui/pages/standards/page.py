"""Grading standards, and the accountability tables beside them: what is published, and publishing more."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.commands.accountability import publish_accountability
from app.commands.changes import Changes, Kind
from app.commands.schemes import publish_scheme
from app.context import AppContext
from app.permissions import Permission
from app.queries.accountability import PublishedTable, accountability_tables, in_force
from app.queries.drafts import DraftRow, drafts
from app.queries.schemes import PublishedScheme, own_schemes
from app.rules.grading.scheme import Scheme
from app.standards.schemes import SHIPPED
from app.words import in_use, ntr, tr
from models.types import Day, Uid, iso
from ui import messages, tasks, theme
from ui.desk.desk import Head, Heading
from ui.desk.queue import QueueList
from ui.desk.reading import ReadingPane
from ui.desk.rows import Group, Mark, QueueItem
from ui.dialogs.reason import ask_reason
from ui.dialogs.scheme_check import Checked, Read, show_check
from ui.page import Page, Place
from ui.pages.standards.accountability import AccountabilityView, offered, queue_item
from ui.pages.standards.compare import compare_published
from ui.pages.standards.drafting import Drafting, draft_item
from ui.pages.standards.items import ItemsPane
from ui.pages.standards.publishing import question, read_file
from ui.pages.standards.ruler import BandRuler
from ui.pages.standards.rules import rules_html
from ui.pages.standards.text import TextPart
from ui.pages.standards.trial.dialog import show_trial
from ui.widgets import EmptyState, Tabs, button, rule

BASELINE = SHIPPED / "national-baseline.toml"


class Found(NamedTuple):
    """What is published, the newest first, and the day by the clock of the office."""

    published: list[PublishedScheme]
    today: Day
    tables: list[PublishedTable]
    """Accountability tables, the newest first; at the end what the program brings, until it is published."""
    drafts: list[DraftRow]
    """For who may publish, the last changed first."""


class StandardsPage(Page):
    """Drafts are edited here; a published standard never changes: another edition takes its place."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Standards"))
        self._context = context
        self._found = Found([], Day(0), [], [])
        self.list = QueueList(tr("Published standards"))
        self.list.picked.connect(lambda _: self._look())
        self.head, self.ruler, self.items = Head(), BandRuler(), ItemsPane()
        self.rules = ReadingPane(tr("Rules"))
        self._text = TextPart(tr("Text of the standard"), tr("The text of the standard is copied."))
        self.text = self._text.text
        may = context.actor.may(Permission.PUBLISH_SCHEMES)
        self.accountability = AccountabilityView(self._publish_offered if may else None)
        self.drafting = Drafting(context)
        self.drafting.begun.connect(self._pick_later)
        self.drafting.published.connect(self._pick_later)
        self.drafting.file_wanted.connect(self._go_to_file)
        self._later = ""
        self._right = QStackedWidget()
        self._lay_out()
        self.first = self.list
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.kinds & {Kind.SCHEMES, Kind.DRAFTS}:
            self._ask()

    def unsaved(self) -> str:
        return self.drafting.unsaved()

    def _pick_later(self, uid: str) -> None:
        """Stand on a draft, or a standard, as soon as it is in the list."""
        self._later = uid
        self._ask()

    def _ask(self) -> None:
        tasks.read(self, partial(_read, self._context), self._on_found, key="schemes")

    # What is published

    def _on_found(self, found: Found) -> None:
        self._found = found
        newest, tables = _in_force(found), _tables_in_force(found)
        standards = [_item(one, one is newest, found.today) for one in found.published]
        beside = [queue_item(one, one in tables) for one in found.tables]
        open_ones = [draft_item(one, found.today) for one in self.drafting.kept_open(found.drafts)]
        groups = [
            Group(tr("Drafts"), open_ones),
            Group(tr("Grading standards"), standards),
            Group(tr("Accountability"), beside),
        ]
        self.drafting.know(found.published, found.drafts, found.today)
        self.list.show_groups(groups if beside or open_ones else [Group("", standards)])
        if self._later in self.list.shown_keys():
            self.list.pick(self._later)
            self._later = ""
        self._look()

    def _shown(self) -> PublishedScheme | None:
        uid = self.list.current()
        return next((one for one in self._found.published if one.uid == uid), None)

    def _look(self) -> None:
        one, uid = self._shown(), self.list.current()
        table = next((each for each in self._found.tables if each.uid == uid), None)
        is_draft = bool(uid) and not one and not table
        self._right.setCurrentIndex(0 if one else 2 if table else 3 if is_draft else 1)
        self._offer_first(not uid)
        if is_draft:
            self.drafting.show_draft(Uid(uid))
        else:
            self.drafting.leave()
        if one:
            self.head.show_heading(_heading(one, one is _in_force(self._found)))
            self.ruler.show_scheme(one.scheme)
            self.items.show_scheme(one.scheme)
            self.rules.show_text(partial(rules_html, one.scheme))
            self._text.show_text(one.text, one.digest)
        if table:
            self.accountability.show_table(table, self._found.today, table in _tables_in_force(self._found))

    def _offer_first(self, none: bool) -> None:
        """Where nothing is published the keyboard begins at the button that changes it, if there is one."""
        self.first = self._none if none and self._none.focusProxy() else self.list
        if none and self.list.hasFocus():
            self.first.setFocus()

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
        tasks.read(self, partial(read_file, path), partial(self._on_checked, publish))

    def _on_checked(self, publish: bool, checked: Checked) -> None:
        if publish and checked.read:
            self._ask_to_publish(checked.text, checked.read)
        else:
            show_check(self, checked, self._ask_to_publish)

    def _publish_offered(self, one: PublishedTable) -> None:
        self._ask_to_publish(one.text, one.table)

    def _ask_to_publish(self, text: str, read: Read) -> None:
        is_standard = isinstance(read, Scheme)
        command = publish_scheme if is_standard else publish_accountability
        said = (
            tr("The standard is published.") if is_standard else tr("The accountability table is published.")
        )
        ask_reason(
            self,
            question(read, self._found.today),
            lambda answers: partial(
                self._context.do, command, text, answers.text("adopted_by"), answers.day("valid_from")
            ),
            lambda _: messages.say(self, "ok", said),
        )

    # What it is made of

    def _lay_out(self) -> None:
        sides = QSplitter()
        sides.addWidget(self._left())
        self._right.addWidget(self._one())
        self._none = self._nothing()
        self._right.addWidget(self._none)
        self._right.addWidget(self.accountability)
        self._right.addWidget(self.drafting)
        sides.addWidget(self._right)
        sides.setChildrenCollapsible(False)
        sides.setStretchFactor(1, 1)
        sides.setSizes([230, 970])
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
            column.addWidget(rule())
            column.addLayout(self._acts())
        return made

    def _acts(self) -> QHBoxLayout:
        self.begin = button(tr("New draft"), "", "plus")
        menu = QMenu(self.begin)
        menu.aboutToShow.connect(lambda: self.drafting.fill_menu(menu, self._shown()))
        self.begin.setMenu(menu)
        self.files = QMenu(self)
        self.files.addAction(tr("Check a file…"), partial(self._choose_file, False))
        self.files.addAction(tr("Publish a file…"), partial(self._choose_file, True))
        files = button(tr("File"))
        files.setMenu(self.files)
        row = QHBoxLayout()
        row.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        row.setSpacing(theme.S)
        row.addWidget(self.begin, 1)
        row.addWidget(files)
        return row

    def _top(self) -> QHBoxLayout:
        self.more = QMenu(self)
        self.more.addAction(tr("Compare…"), self._compare)
        self.more.addAction(tr("Try on a past year…"), self._try)
        more = button(tr("More"), "flat")
        more.setMenu(self.more)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, theme.M, 0)
        row.addWidget(self.head, 1)
        row.addWidget(more)
        return row

    def _compare(self) -> None:
        if one := self._shown():
            compare_published(self, one, self._found.published)

    def _try(self) -> None:
        if one := self._shown():
            trial = show_trial(self, self._context, one.scheme.title.in_language(in_use()), lambda: one.text)
            trial.file_wanted.connect(self._go_to_file)

    def _go_to_file(self, staff_no: str) -> None:
        self.place_wanted.emit(Place("file", (staff_no,)))

    def _one(self) -> QWidget:
        made = QWidget()
        parts = {tr("Items"): self.items, tr("Rules"): self.rules, tr("Text"): self._text}
        self.tabs = Tabs(tr("Parts of the standard"), parts)
        ruler = QHBoxLayout()
        ruler.setContentsMargins(0, 0, 0, theme.S)
        ruler.addWidget(self.ruler)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addLayout(ruler)
        column.addWidget(self.tabs, 1)
        return made


def _read(context: AppContext) -> Found:
    """On a worker. Nothing is offered beside the standards before there is one."""
    published, tables = context.ask(own_schemes), context.ask(accountability_tables)
    brought = offered()
    may = context.actor.may(Permission.PUBLISH_SCHEMES)
    if may and published and not any(one.code == brought.code for one in tables):
        tables.append(brought)
    return Found(published, context.today(), tables, context.ask(drafts) if may else [])


def _tables_in_force(found: Found) -> tuple[PublishedTable, ...]:
    return in_force([one for one in found.tables if one.published_at], found.today)


def _in_force(found: Found) -> PublishedScheme | None:
    return next((one for one in found.published if one.valid_from <= found.today), None)


def _item(one: PublishedScheme, in_force: bool, today: Day) -> QueueItem:
    marks = (Mark(tr("In force"), "circle-check", "positive"),) if in_force else ()
    if one.valid_from > today:
        marks = (Mark(tr("Not yet"), "clock", "accent"),)
    edition = tr("edition {n}").format(n=one.edition)
    return QueueItem(
        one.uid,
        one.scheme.title.in_language(in_use()),
        below=((f"{edition} {one.adopted_by}", "text"),),
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
