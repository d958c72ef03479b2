"""Puts a mapping against one list and one office, and refuses it in words where they do not fit."""

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from app.errors import Invalid
from app.exchange.mapping import ListMapping, named_columns, nearest
from app.exchange.values import plain
from app.words import tr
from models.types import Day, Polarity

Pick = Callable[[list[str]], Any]
"""Picks the cell of one column of a row, or a tuple of the cells of several."""

Read = Callable[[Any], Any]
"""From what was picked to a value, or the Problem with it."""

_MOST = 65_536
"""Values remembered of one field; then it starts afresh, so that memory stays small."""


class Lookups(NamedTuple):
    """What judging a list needs to know of the office."""

    people: Mapping[str, str]
    """Name by staff number."""
    items: Mapping[str, str]
    """Code of the item by each of its names: the code itself, the Chinese and the English name."""
    today: Day
    id_numbers: Mapping[str, str] = {}
    """Staff number by resident ID number."""
    polarities: Mapping[str, Polarity] = {}
    """Which way an item counts, by its code."""


class Remembered(dict[Any, Any]):
    """What was read, by what it was read from."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cells: Any) -> Any:
        if len(self) >= _MOST:
            self.clear()
        value = self[cells] = self._read(cells)
        return value


class Bound(NamedTuple):
    """A mapping that fits the columns of a list and the items of an office."""

    mapping: ListMapping
    lookups: Lookups
    places: Mapping[str, int]
    """Place in the row by column, as ``plain`` gives it."""
    items: Mapping[str, str]
    shared: dict[tuple[object, ...], Remembered]
    """What is read of a field, for all plans that read it alike."""


def bind(mapping: ListMapping, columns: tuple[str, ...], lookups: Lookups) -> Bound:
    """Put a mapping against a list. Raises Invalid where they do not fit, with the nearest that does."""
    places = {plain(column): place for place, column in enumerate(columns)}
    for column in sorted(named_columns(mapping)):
        if plain(column) not in places:
            sentence = tr(
                "The mapping names the column “{column}”, which the list does not have. "
                "Did you mean “{nearest}”? Correct the mapping or the heading."
            )
            raise Invalid(sentence.format(column=column, nearest=nearest(column, columns)))
    items = {plain(name).lower(): code for name, code in lookups.items.items()}
    for name in _named_items(mapping):
        if plain(name).lower() not in items:
            sentence = tr(
                "The mapping names the item “{item}”, which no standard of this office has. "
                "Did you mean “{nearest}”?"
            )
            raise Invalid(sentence.format(item=name, nearest=nearest(name, set(items.values()))))
    return Bound(mapping, lookups, places, items, {})


def _named_items(mapping: ListMapping) -> Iterable[str]:
    yield from (rule.item for rule in mapping.item)
    yield from filter(None, mapping.values.get("item", {}).values())
    yield from filter(None, [mapping.constants.get("item")])


def picker(bound: Bound, columns: tuple[str, ...]) -> Pick:
    """Picks these columns of a row; of none, always the same."""
    if not columns:
        return lambda _: ()
    return itemgetter(*(bound.places[plain(column)] for column in columns))
