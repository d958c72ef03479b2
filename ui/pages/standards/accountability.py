"""An accountability table: which body may handle which conduct, and how far. For reference."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.accountability import NATIONAL, competent_words, range_lines, range_words, read_table, stretch_words
from app.labels import label
from app.pinyin import search_keys
from app.queries.accountability import PublishedTable
from app.rules.accountability import AccountabilityTable, Conduct
from app.words import in_use, mark, ntr, tr
from models.types import Day, Moment, Uid, iso
from ui import theme
from ui.desk.desk import Head, Heading
from ui.desk.reading import ReadingPane, cell, escape, piece, table
from ui.desk.rows import Mark, QueueItem
from ui.pages.standards.text import TextPart
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.widgets import Tabs, button, rule
from ui.widgets import label as text_label

OFFERED = Uid("offered")
"""Stands for the table that the program brings, where this office has not published it yet."""


class Shown(NamedTuple):
    """A row with its place, what is told of it, and what it is found by."""

    number: int
    row: Conduct
    competent: str
    applies: bool
    """Whether it holds today."""
    words: str
    keys: tuple[str, ...]

    def found_by(self, typed: str) -> bool:
        """Whether it is meant by conduct, body, handling, law, item, category, pinyin or initials."""
        small = typed.strip().lower()
        return small in self.words or any(key.startswith(small) for key in self.keys)


def offered() -> PublishedTable:
    """The table that the program brings, as if it were published."""
    text = NATIONAL.read_text(encoding="utf-8")
    table, digest = read_table(text), sha256(text.encode()).digest()
    return PublishedTable(OFFERED, table.code, table.edition, "", Day(0), Moment(0), digest, table, text)


def shown_rows(table: AccountabilityTable, today: Day) -> list[Shown]:
    """The rows of a table, in its order."""
    return [
        _shown(number, table, row, competent_words(table, row), row.holds(today, today))
        for number, row in enumerate(table.rows)
    ]


def _shown(number: int, table: AccountabilityTable, row: Conduct, competent: str, applies: bool) -> Shown:
    said = (
        *(row.conduct.zh, row.conduct.en, row.reference, row.code, competent, *range_lines(row)),
        *(*row.items, *map(label, row.categories)),
    )
    return Shown(number, row, competent, applies, " ".join(said).lower(), search_keys(row.conduct.zh))


def _dim(shown: Shown) -> theme.Role | None:
    return None if shown.applies else "muted"


def _conduct(shown: Shown) -> str:
    return shown.row.conduct.in_language(in_use())


COLUMNS: tuple[Column[Shown], ...] = (
    Column("conduct", mark("Conduct"), _conduct, width=16, colour=_dim, tooltip=_conduct, sortable=False),
    Column("competent", mark("Competent body"), lambda one: one.competent, width=10, colour=_dim,
           tooltip=lambda one: one.competent, sortable=False),
    Column("range", mark("Range of handling"), lambda one: range_words(one.row), width=7, colour=_dim,
           tooltip=lambda one: "\n".join(range_lines(one.row)), sortable=False),
    Column("reference", mark("Legal basis"), lambda one: one.row.reference, width=11, colour=_dim,
           tooltip=lambda one: one.row.reference, sortable=False),
    Column("stretch", mark("Applies"), lambda one: stretch_words(one.row), width=12, colour=_dim,
           sortable=False),
)  # fmt: skip


class AccountabilityView(QWidget):
    """Head, filter, table and all of the chosen row."""

    def __init__(self, publish: Callable[[PublishedTable], object] | None) -> None:
        """``publish``: what can be done about the table that is offered; None for who may not."""
        super().__init__()
        self._rows: list[Shown] = []
        self._one: PublishedTable | None = None
        self.head = Head()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by conduct, body, handling, law, item"))
        self.filter.setAccessibleName(tr("Filter the conduct"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._show())
        self._count = text_label("", "muted")
        self.publish = button(tr("Publish…"), "primary") if publish else None
        if self.publish and publish:
            self.publish.clicked.connect(lambda: self._one and publish(self._one))
        self.table = Table(RowModel(COLUMNS, self._fetch), "accountability")
        self.table.setAccessibleName(tr("Kinds of conduct"))
        self.table.chosen.connect(self._look)
        self.detail = ReadingPane(tr("The chosen conduct"))
        self.text = TextPart(tr("Text of the table"), tr("The text of the table is copied."))
        self._lay_out()

    def show_table(self, one: PublishedTable, today: Day, in_force: bool) -> None:
        """Show another table; the filter stays."""
        self._one = one
        self._rows = shown_rows(one.table, today)
        self.head.show_heading(_heading(one, today, in_force))
        if self.publish:
            self.publish.setVisible(one.uid == OFFERED)
        self.text.show_text(one.text, one.digest)
        self._show()

    def _lay_out(self) -> None:
        self.detail.setFixedHeight(11 * self.fontMetrics().lineSpacing())
        parts = {tr("Conduct"): self._conduct(), tr("Text"): self.text}
        self.tabs = Tabs(tr("Parts of the table"), parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)

    def _conduct(self) -> QWidget:
        made = QWidget()
        top = QHBoxLayout()
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        top.setSpacing(theme.S)
        top.addWidget(self.filter, 1)
        top.addWidget(self._count)
        if self.publish:
            top.addWidget(self.publish)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(rule())
        column.addWidget(self.detail)
        return made

    def _fetch(self, ids: Sequence[int]) -> dict[int, Shown]:
        return {number: self._rows[number] for number in ids}

    def _show(self) -> None:
        found = [one for one in self._rows if one.found_by(self.filter.text())]
        self.table.replace(array("q", [one.number for one in found]), {one.number: one for one in found})
        if found and self.table.current_id() is None:
            self.table.choose([found[0].number], found[0].number)
        n = len(self._rows)
        every = ntr("{n} kind of conduct", "{n} kinds of conduct", n).format(n=n)
        some = tr("{n} of {all}").format(n=len(found), all=every)
        self._count.setText(every if len(found) == n else some)
        theme.mark(self._count, "look", "muted" if len(found) == n else "heading")
        self._look()

    def _look(self) -> None:
        number = self.table.current_id()
        self.detail.show_text(str if number is None else partial(_row_html, self._rows[number]))


def queue_item(one: PublishedTable, in_force: bool) -> QueueItem:
    """A table in the list of what is published."""
    marks = (Mark(tr("In force"), "circle-check", "positive"),) if in_force else ()
    beside = tr("edition {n}").format(n=one.edition)
    title = one.table.title.in_language(in_use())
    if one.uid == OFFERED:
        unpublished = (Mark(tr("Not published"), "info", "muted"),)
        return QueueItem(one.uid, title, below=((tr("comes with the program"), "muted"),), marks=unpublished)
    aside = iso(one.valid_from)
    return QueueItem(one.uid, title, beside, below=((one.adopted_by, "text"),), marks=marks, aside=aside)


def _heading(one: PublishedTable, today: Day, in_force: bool) -> Heading:
    chips = [Mark(one.table.notice.in_language(in_use()), "info", "accent")]
    if in_force:
        chips.insert(0, Mark(tr("In force"), "circle-check", "positive"))
    if late := len(one.table.to_review(today)):
        words = ntr("{n} row to be looked at again", "{n} rows to be looked at again", late).format(n=late)
        chips.append(Mark(words, "triangle-alert", "dispute"))
    published = one.uid != OFFERED
    return Heading(
        one.table.title.in_language(in_use()),
        " · ".join(part for part in (one.adopted_by, one.table.source) if part),
        tr("edition {n}").format(n=one.edition),
        tr("valid from {day}").format(day=iso(one.valid_from)) if published else tr("Not published"),
        tuple(chips),
    )


def _row_html(shown: Shown) -> str:
    row = shown.row
    facts = (
        (tr("Competent body"), [shown.competent]),
        (tr("Range of handling"), range_lines(row)),
        (tr("Legal basis"), [" · ".join(filter(None, (row.reference, stretch_words(row))))]),
        (tr("Note"), [row.note.in_language(in_use())]),
    )
    lines = [
        cell(escape(title), "muted", 116) + cell("<br>".join(map(escape, said)))
        for title, said in facts
        if any(said)
    ]
    head = f"<b>{escape(_conduct(shown))}</b>"
    gone = "" if shown.applies else " " + piece(tr("not in force today"), "muted")
    return f"<p>{head}{gone}</p>{table(lines, 'last')}"
