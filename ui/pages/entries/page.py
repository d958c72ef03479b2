"""Entries: all that one works with, filtered, sorted, found by the words of their facts."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.context import AppContext
from app.queries.entries import ItemRow, items
from app.queries.entry_list import EntryOrder, ListedEntry, entry_ids, entry_rows
from app.words import ntr, tr
from models.types import Day, Polarity
from ui import tasks
from ui.page import Place
from ui.pages.entries.columns import COLUMNS
from ui.pages.entries.filter import EntryFilterPane
from ui.pages.long_list import Kind as ListKind
from ui.pages.long_list import LongList
from ui.tables.bar import BarWords
from ui.tables.export import Exported
from ui.widgets import EmptyState, rule


class EntriesPage(LongList):
    """``Place("entries", …)``, see LongList. Enter goes to the entry in its file."""

    filter: EntryFilterPane

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, _kind(), parent)
        self.begin(EntryFilterPane(self), ())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.filter, rule(vertical=True), self._middle()):
            row.addWidget(widget)
        tasks.read(self, self._read_choices, lambda read: self.filter.offer(*read), key="choices")

    def refresh(self, changes: Changes) -> None:
        """Entries may be others."""
        if changes.kinds & {Kind.PEOPLE, Kind.DEPARTMENTS}:
            self._ask_departments()
        if changes.kinds & {Kind.ENTRIES, Kind.ERASURES, Kind.PEOPLE, Kind.DEPARTMENTS, Kind.OBJECTIONS}:
            self._ask_again()

    def _read_choices(self) -> tuple[list[ItemRow], Day]:
        return self._context.ask(items), self._context.today()

    def _place_of(self, row: ListedEntry, *tab: str) -> Place:
        return Place("file", (row.staff_no, "entries", row.uid))

    def _nothing(self) -> EmptyState:
        if self.clear.isEnabled():
            sentence = tr("No entry is found by this filter.")
            return EmptyState("list-filter", sentence, tr("Clear the filter"), self._clear, self)
        return EmptyState(
            "file-text",
            tr("Here stand the entries of the files you work with. They are recorded there, or imported."),
            parent=self,
        )


def _kind() -> ListKind:
    hint = tr("Words of the facts, or the beginning of a document number, a name or a staff number (Ctrl+F)")
    return ListKind(
        "entries",
        tr("Entries"),
        COLUMNS,
        entry_ids,
        entry_rows,
        EntryOrder,
        (EntryOrder.OCCURRED, True),
        BarWords(tr("Words of the facts, document number, name"), hint, _count),
        Exported(tr("Entries"), _is_negative),
    )


def _count(entries: int) -> str:
    return ntr("{n} entry", "{n} entries", entries).format(n=f"{entries:,}")


def _is_negative(row: ListedEntry, _: Sequence[str]) -> bool:
    return row.polarity is Polarity.NEGATIVE
