"""Finds entries that perhaps say one fact twice. They are taken in like any other, and pointed out."""

from collections.abc import Iterable, Iterator

from app.exchange.fields import Placement
from app.exchange.judge import Judged
from app.rules.inputs import NewEntry
from app.rules.validation import Fault, Problem
from models.types import Day, iso

Fact = tuple[str, str, Day, str]
"""What two entries share that are perhaps the same fact: staff number, item, day, document number."""

_ON_FILE = 0
"""Stands for the number of a row; rows are counted from 1."""


def doubted(rows: Iterable[Judged], on_file: Iterable[Fact]) -> Iterator[Judged]:
    """Pass the rows on, with a doubt where an earlier row, or an entry on file, says the same.

    Of each fact only its hash is kept, so that a list may be long.
    """
    first_rows = dict.fromkeys(map(hash, on_file), _ON_FILE)
    for row in rows:
        new = row.record
        if row.placement is Placement.ENTRY and isinstance(new, NewEntry):
            first = first_rows.setdefault(
                hash((new.staff_no, new.item, new.occurred_on, new.document_no)), row.row
            )
            if first != row.row:
                row = row._replace(doubt=_doubt(new, first))
        yield row


def _doubt(new: NewEntry, first: int) -> Problem:
    shown = " · ".join(filter(None, (new.staff_no, iso(new.occurred_on), new.document_no)))
    if first == _ON_FILE:
        return Problem("", Fault.ON_FILE, shown)
    return Problem("", Fault.SAME_AS_ROW, shown, {"row": str(first)})
