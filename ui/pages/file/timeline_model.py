"""The entries of a file as rows of a list, and what a screen reader says of each."""

from collections import Counter
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.queries.files import EntryRow
from app.rules.grading.case import Line
from app.words import in_use, listed, tr
from models.types import EntryStatus, iso
from ui.pages.file.reading import (
    FileReading,
    authority_words,
    points_words,
    standing_words,
    validity_words,
)
from ui.widgets import sign

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class TimelineRow(NamedTuple):
    """An entry as the list shows it."""

    entry: EntryRow
    line: Line | None
    evidence: int
    """How many pieces of evidence it has."""
    heading: str
    """The year, where the row is the first of it; empty else."""
    stated: bool = False
    """Whether the person's own statement stands beside it."""

    @property
    def counts(self) -> bool:
        """Whether it brings anything in the year looked at."""
        if self.line is None:
            return self.entry.status in (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)
        return self.line.reason is None


def timeline_rows(reading: FileReading) -> list[TimelineRow]:
    """The rows, the newest first as the entries are, and after them the archive: what is no longer valid, or
    past its retention period. Each year begins with its number."""
    view = reading.view
    evidence = Counter(one.entry for one in view.evidence)
    stated = {one.entry for one in view.around.statements}
    rows, before = [], ""
    for entry in sorted(view.entries, key=reading.is_archived):
        year = str(entry.occurred_on // 10000)
        heading = tr("Archived · {year}").format(year=year) if reading.is_archived(entry) else year
        rows.append(
            TimelineRow(
                entry,
                view.lines.get(entry.uid),
                evidence[entry.uid],
                heading if heading != before else "",
                entry.uid in stated,
            )
        )
        before = heading
    return rows


class TimelineModel(QAbstractListModel):
    """The rows, and what a screen reader says of each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[TimelineRow] = []

    def put(self, rows: list[TimelineRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None


def spoken(row: TimelineRow) -> str:
    """All that the row shows, as a sentence."""
    entry = row.entry
    parts = (
        iso(entry.occurred_on),
        f"{sign(entry.polarity)[0]} {entry.item_name(in_use())}",
        authority_words(entry),
        tr("{points} points").format(points=points_words(row.line)) if row.line and row.counts else "",
        validity_words(row.line),
        standing_words(entry, row.line),
        tr("with evidence") if row.evidence else "",
        tr("with a statement of the person") if row.stated else "",
    )
    return listed(part for part in parts if part)
