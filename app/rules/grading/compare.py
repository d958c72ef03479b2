"""What is another in one standard than in another, found in the fields of its tables, whatever they are.

Both as they stand on one day. Rows that have a code are the same row where the code is the same; the others
where what they are for is the same.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from app.rules.grading.reading import Slot, Text, slots_of
from app.rules.grading.scheme import (
    Example,
    ExampleEntry,
    InputBand,
    Quota,
    Scheme,
    Step,
    Validity,
    Variant,
)


class Turn(StrEnum):
    """What became of something."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    REORDERED = "reordered"
    """Rows of a list stand in another order; before and after are those between the first and the last
    that are elsewhere."""


class At(NamedTuple):
    """One step on the way to what changed."""

    table: type
    slot: Slot
    """A field of that table …"""
    key: str = ""
    """… and in it the code or number of a row, or the key of a mapping; empty for the field itself."""
    row: Any = None
    """The row as it is now, or was when it went."""


class Change(NamedTuple):
    """One change, by the fields that lead to it from the standard."""

    turn: Turn
    path: tuple[At, ...]
    before: Any
    after: Any

    @property
    def place(self) -> tuple[str, ...]:
        """Where it is, as plain text."""
        return tuple(f"{at.slot.key}[{at.key}]" if at.key else at.slot.key for at in self.path)


def compare(old: Scheme, new: Scheme) -> list[Change]:
    """Every change from one standard to another, in the order of the format; none of a standard to itself."""
    return list(_table(old, new, ()))


Path = tuple[At, ...]


def _table(old: Any, new: Any, path: Path) -> Iterator[Change]:
    table: Any = type(new)
    for slot in slots_of(table):
        before, after = getattr(old, slot.field), getattr(new, slot.field)
        if before != after:
            yield from _value(before, after, path, At(table, slot))


def _value(before: Any, after: Any, path: Path, at: At) -> Iterator[Change]:
    if _are_rows(before) or _are_rows(after):
        yield from _rows(before, after, path, at)
    elif _is_table(before) and _is_table(after):
        yield from _table(before, after, (*path, at))
    elif _same_keys(before, after) and not (_is_one(before) and _is_one(after)):
        for key in before:
            if before[key] != after[key]:
                yield Change(Turn.CHANGED, (*path, at._replace(key=str(key))), before[key], after[key])
    else:
        yield Change(Turn.CHANGED, (*path, at), before, after)


def _rows(before: tuple[Any, ...], after: tuple[Any, ...], path: Path, at: At) -> Iterator[Change]:
    old, new = _keyed(before), _keyed(after)
    for number, (key, row) in enumerate(new.items(), 1):
        here = (*path, at._replace(key=_name(row, number), row=row))
        if key not in old:
            yield Change(Turn.ADDED, here, None, row)
        elif row != old[key]:
            yield from _table(old[key], row, here)
    for number, (key, row) in enumerate(old.items(), 1):
        if key not in new:
            yield Change(Turn.REMOVED, (*path, at._replace(key=_name(row, number), row=row)), row, None)
    kept, keeps = [key for key in old if key in new], [key for key in new if key in old]
    moved = [place for place, (was, now) in enumerate(zip(kept, keeps, strict=True)) if was != now]
    if moved:
        span = slice(moved[0], moved[-1] + 1)
        rows = tuple(old[key] for key in kept[span]), tuple(new[key] for key in keeps[span])
        yield Change(Turn.REORDERED, (*path, at), *rows)


def _are_rows(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and _is_table(value[0])


def _is_table(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, Text)


def _same_keys(before: Any, after: Any) -> bool:
    return isinstance(before, Mapping) and isinstance(after, Mapping) and before.keys() == after.keys()


def _is_one(values: Mapping[Any, Any]) -> bool:
    """Whether it was written as one value that stands for all keys."""
    return len(set(values.values())) == 1


# What makes two rows the same row

_FOR: Mapping[type, Callable[[Any], object]] = {
    Quota: lambda row: row.band,
    Variant: lambda row: row.unit,
    Validity: lambda row: (row.items, row.groups, row.polarity, row.levels, row.up_to, row.grades),
    Step: lambda row: row.lowest,
    InputBand: lambda row: row.lowest,
    Example: lambda row: row.name,
    ExampleEntry: lambda row: (row.item, row.on, row.act),
}


def _keyed(rows: tuple[Any, ...]) -> dict[object, Any]:
    """The rows by what they are for; of several for the same, the first with the first, and so on."""
    seen: Counter[object] = Counter()
    found: dict[object, Any] = {}
    for number, row in enumerate(rows):
        given = getattr(row, "code", None) or _FOR.get(type(row), lambda _, number=number: number)(row)
        found[given, seen[given]] = row
        seen[given] += 1
    return found


def _name(row: Any, number: int) -> str:
    return getattr(row, "code", None) or str(number)
