"""What the page of people asks for, on a worker: the first rows at once, all ids after them."""

from collections.abc import Mapping
from typing import NamedTuple

from app.context import AppContext
from app.queries.people import PeopleFilter, PersonRow, people_ids, people_rows
from ui.tables.row_model import BLOCK, Ids


class First(NamedTuple):
    """The first block, with its rows."""

    ids: Ids
    rows: Mapping[int, PersonRow]

    @property
    def complete(self) -> bool:
        """Whether there is no more than this."""
        return len(self.ids) < BLOCK


class Listed(NamedTuple):
    """Everybody."""

    ids: Ids
    row: int = 0
    """Where the person stands who was chosen before; the first row where that one is not there."""


def read_first(context: AppContext, wanted: PeopleFilter) -> First:
    """The beginning of the list."""
    ids = context.ask(people_ids, wanted, BLOCK)
    return First(ids, context.ask(people_rows, ids))


def read_all(context: AppContext, wanted: PeopleFilter, kept: int | None) -> Listed:
    """The whole list, and where somebody stands in it."""
    ids = context.ask(people_ids, wanted)
    try:
        return Listed(ids, 0 if kept is None else ids.index(kept))
    except ValueError:
        return Listed(ids)
