"""What the accountability tables say of the selected entry's conduct: for reference, decided elsewhere."""

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QVBoxLayout

from app.accountability import competent_words, range_lines
from app.queries.accountability import PublishedTable
from app.queries.files import EntryRow
from app.rules.accountability import AccountabilityTable, Conduct, rows_for
from app.words import in_use, tr
from models.types import Day, Polarity
from ui import theme
from ui.pages.file.parts import facts, wrapped
from ui.widgets import label


def accountability(tables: Iterable[PublishedTable], entry: EntryRow, today: Day) -> Iterator[QVBoxLayout]:
    """A part for each table that has rows in force on the days of the act."""
    if entry.polarity is Polarity.POSITIVE:
        return
    for one in tables:
        rows = rows_for(one.table, entry.item, entry.category, entry.occurred_on, entry.ended_on)
        if rows:
            yield _part(one, rows, today)


def _part(one: PublishedTable, rows: tuple[Conduct, ...], today: Day) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.S)
    column.addWidget(label(tr("Accountability"), "heading"))
    edition = tr("edition {n}").format(n=one.edition)
    source = f"{one.table.title.in_language(in_use())} · {one.adopted_by} · {edition}"
    column.addWidget(wrapped(f"{one.table.notice.in_language(in_use())}\n{source}", "small"))
    to_review = one.table.to_review(today)
    for row in rows:
        column.addWidget(wrapped(row.conduct.in_language(in_use())))
        column.addLayout(facts(_pairs(one.table, row, row in to_review)))
    return column


def _pairs(table: AccountabilityTable, row: Conduct, is_late: bool) -> Iterator[tuple[str, str]]:
    yield tr("Competent body"), competent_words(table, row)
    yield tr("Range of handling"), "\n".join(range_lines(row))
    yield tr("Legal basis"), row.reference
    yield tr("Note"), row.note.in_language(in_use())
    yield tr("To be checked"), tr("whether the law still says so") if is_late else ""
