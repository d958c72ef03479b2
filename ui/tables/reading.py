"""What a page with a long table asks for, on a worker: the first rows at once, all ids after them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from app.context import AppContext
from ui.tables.row_model import BLOCK, Ids

Query = Callable[..., Any]


class First(NamedTuple):
    """The first block, with its rows."""

    ids: Ids
    rows: Mapping[int, Any]

    @property
    def complete(self) -> bool:
        """Whether there is no more than this."""
        return len(self.ids) < BLOCK


class Listed(NamedTuple):
    """Everything."""

    ids: Ids
    row: int = 0
    """Where the one stands that was chosen before; the first row where that one is not there."""


def read_first(context: AppContext, ids: Query, rows: Query, wanted: object) -> First:
    """The beginning of the list."""
    found: Ids = context.ask(ids, wanted, BLOCK)
    return First(found, context.ask(rows, found))


def read_all(context: AppContext, ids: Query, wanted: object, kept: int | None) -> Listed:
    """The whole list, and where one of it stands."""
    found: Ids = context.ask(ids, wanted)
    try:
        return Listed(found, 0 if kept is None else found.index(kept))
    except ValueError:
        return Listed(found)
