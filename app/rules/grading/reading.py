"""Frozen dataclasses read from the tables of a TOML text.

The fields of a class are what its table may hold: the type says how a value is read, ``about`` what it
means. Reading, the JSON Schema (``schema.py``) and the reference of the format follow from them, so
that a new construct is one new field. Nothing is passed over: what is missing, wrong or unknown is noted with
its place, and everything that is wrong is found at once.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from app.rules.validation import CODE, LINE
from models.types import POINT, Day, Points, day_of, iso

Code = NewType("Code", str)
"""Letters, digits, dots, dashes and underscores."""
Share = NewType("Share", int)
"""A factor, fraction or weight in thousandths."""
Amount = NewType("Amount", int)
"""A measured number (hours, days, yuan, a survey's result) in thousandths."""

MOST_POINTS, MOST_MONTHS = 100_000, 1_200  # so that every score and every date has a place in the tables
MOST_AMOUNT = 10_000_000
_CODE = re.compile(rf"[\w.\-]{{1,{CODE}}}")


class Fault(StrEnum):
    """What can be wrong with the text of a scheme."""

    SYNTAX = "syntax"
    FORMAT = "format"
    TOO_LARGE = "too_large"
    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_A_TEXT = "not_a_text"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CODE = "not_a_code"
    NOT_A_TABLE = "not_a_table"
    NOT_A_LIST = "not_a_list"
    NOT_A_DATE = "not_a_date"
    NOT_YES_OR_NO = "not_yes_or_no"
    BAD_CODE = "bad_code"
    TOO_LONG = "too_long"
    OUT_OF_RANGE = "out_of_range"
    DATED_TWICE = "dated_twice"
    ENDS_BEFORE = "ends_before"
    WRONG_SIGN = "wrong_sign"
    WRONG_CATEGORY = "wrong_category"
    RAISES = "raises"
    DOUBLE = "double"
    NOT_DESCENDING = "not_descending"
    NOT_ASCENDING = "not_ascending"
    NO_LOWEST_BAND = "no_lowest_band"
    TWO_ENDS = "two_ends"
    ONE_WORTH = "one_worth"
    ONE_LIMIT = "one_limit"
    """A limit says nothing, or several things at once."""
    ONE_END = "one_end"
    """A validity has no end, or two."""
    NO_VALIDITY = "no_validity"
    NO_CONDITION = "no_condition"
    CYCLE = "cycle"
    OWN_YEAR = "own_year"
    NO_ROOM = "no_room"
    TOO_MANY = "too_many"
    NOT_LEFT = "not_left"
    NOT_DATED = "not_dated"
    """It is the same for acts of every day, so that it cannot change by date."""
    CEILING_BELOW = "ceiling_below"
    PART_OF_GROUP = "part_of_group"
    """An item belongs to the part of its group."""


class Problem(NamedTuple):
    """One fault, where it stands, and the value that is wrong."""

    place: str
    fault: Fault
    value: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A name in both languages. Written as one text, it stands for both."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The Chinese for ``zh…``, else the English."""
        return self.zh if language.startswith("zh") else self.en


NO_TEXT = Text("", "")


def about(
    words: str, default: object = MISSING, *, key: str = "", least: int = 0, most: int = MOST_MONTHS
) -> Any:
    """A field of a class that is read from TOML.

    ``words``: what it means, in English, a literal for the catalogue. ``key``: its name in the text where
    that is another one. ``least``, ``most``: bounds of a whole number.
    """
    metadata = {"about": words, "key": key, "least": least, "most": most}
    return dataclasses.field(default=default, metadata=metadata)


class Slot(NamedTuple):
    """One field as it is read."""

    field: str
    key: str
    kind: Any
    default: object
    """MISSING where the text must have it."""
    about: str
    least: int
    most: int


@cache
def slots_of(cls: type) -> tuple[Slot, ...]:
    """The fields of a class in their order."""
    hints = get_type_hints(cls)
    return tuple(
        Slot(
            one.name,
            one.metadata.get("key") or one.name,
            hints[one.name],
            one.default,
            one.metadata.get("about", ""),
            one.metadata.get("least", 0),
            one.metadata.get("most", MOST_MONTHS),
        )
        for one in dataclasses.fields(cls)
        if "about" in one.metadata or cls is Text
    )


T = TypeVar("T")
_FAILED: Any = object()


class Reader:
    """Collects what is wrong while values are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.made: list[tuple[str, Any]] = []
        """Everything that was read from a table, with its place."""

    def note(self, place: str, fault: Fault, value: object = "") -> Any:
        """Note a problem; what was to be read has failed."""
        self.problems.append(Problem(place, fault, str(value)[:LINE]))
        return _FAILED

    def table(self, cls: type[T], content: object, place: str) -> T | None:
        """An instance of ``cls`` from a table; None where something in it is wrong."""
        if not isinstance(content, dict):
            self.note(place, Fault.NOT_A_TABLE, content)
            return None
        kind: Any = cls
        slots = slots_of(kind)
        for name in content.keys() - {slot.key for slot in slots}:
            self.note(inside(place, name), Fault.UNKNOWN)
        values = {slot.field: self._slot(slot, content, place) for slot in slots}
        if any(value is _FAILED for value in values.values()):
            return None
        made = cls(**values)
        self.made.append((place, made))
        return made

    def _slot(self, slot: Slot, content: dict[str, object], place: str) -> Any:
        where = inside(place, slot.key)
        if slot.key in content:
            return self.value(slot, slot.kind, content[slot.key], where)
        return self.note(where, Fault.MISSING) if slot.default is MISSING else slot.default

    def value(self, slot: Slot, kind: Any, value: object, place: str) -> Any:
        """A value of a type."""
        if get_origin(kind) in (Union, UnionType):  # X | None: TOML has no null, so a value is an X
            kind = next(one for one in get_args(kind) if one is not NoneType)
        if kind in _SCALARS:
            return _SCALARS[kind](self, slot, value, place)
        if kind is Text:
            return self._text(value, place)
        origin = get_origin(kind)
        if origin is tuple:
            return self._list(slot, get_args(kind)[0], value, place)
        if origin is Mapping:
            keys, values = get_args(kind)
            return self._mapping(slot, keys, values, value, place)
        if issubclass(kind, StrEnum):
            known = isinstance(value, str) and value in tuple(kind)
            return kind(value) if known else self.note(place, Fault.NOT_A_CODE, value)
        found = self.table(kind, value, place)
        return _FAILED if found is None else found

    def _text(self, value: object, place: str) -> Any:
        if isinstance(value, str):
            line = self._line(value, place)
            return _FAILED if line is _FAILED else Text(line, line)
        found = self.table(Text, value, place)
        return _FAILED if found is None else found

    def _list(self, slot: Slot, kind: Any, value: object, place: str) -> Any:
        if not isinstance(value, list):
            return self.note(place, Fault.NOT_A_LIST, value)
        read = [
            self.value(slot, kind, one, f"{place}[{number}]")
            for number, one in enumerate(value, 1)
            if one is not OUT_OF_FORCE
        ]
        return _FAILED if any(one is _FAILED for one in read) else tuple(read)

    def _mapping(self, slot: Slot, keys: Any, kind: Any, value: object, place: str) -> Any:
        """By the values of an enumeration, one value standing for all of them; or by codes."""
        closed = isinstance(keys, type) and issubclass(keys, StrEnum)
        if not isinstance(value, dict):
            one = self.value(slot, kind, value, place) if closed else self.note(place, Fault.NOT_A_TABLE)
            return _FAILED if one is _FAILED else dict.fromkeys(keys, one)
        for name in sorted(value) if closed else ():
            if name not in tuple(keys):
                return self.note(inside(place, name), Fault.NOT_A_CODE, name)
        read = {name: self.value(slot, kind, one, inside(place, name)) for name, one in value.items()}
        if any(one is _FAILED for one in read.values()):
            return _FAILED
        return {key: read[key] for key in keys if key in read} if closed else read

    def _line(self, value: object, place: str) -> Any:
        if not isinstance(value, str):
            return self.note(place, Fault.NOT_A_TEXT, value)
        return self.note(place, Fault.TOO_LONG, LINE) if len(value) > LINE else value

    def _code(self, value: object, place: str) -> Any:
        if not isinstance(value, str):
            return self.note(place, Fault.NOT_A_TEXT, value)
        return value if _CODE.fullmatch(value) else self.note(place, Fault.BAD_CODE, value)

    def _whole(self, slot: Slot, value: object, place: str) -> Any:
        if type(value) is not int:
            return self.note(place, Fault.NOT_A_NUMBER, value)
        return value if slot.least <= value <= slot.most else self.note(place, Fault.OUT_OF_RANGE, value)

    def _thousandths(self, value: object, place: str, most: int) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            return self.note(place, Fault.NOT_A_NUMBER, value)
        number = Decimal(value)
        if abs(number) > most:
            return self.note(place, Fault.OUT_OF_RANGE, value)
        whole = number * POINT % 1 == 0
        return int(number * POINT) if whole else self.note(place, Fault.NOT_A_NUMBER, value)

    def _positive(self, value: object, place: str, most: int) -> Any:
        read = self._thousandths(value, place, most)
        return read if read is _FAILED or read >= 0 else self.note(place, Fault.OUT_OF_RANGE, value)

    def _day(self, value: object, place: str) -> Any:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return day_of(value)
        return self.note(place, Fault.NOT_A_DATE, value)

    def _flag(self, value: object, place: str) -> Any:
        return value if isinstance(value, bool) else self.note(place, Fault.NOT_YES_OR_NO, value)


_SCALARS: Mapping[Any, Callable[[Reader, Slot, object, str], Any]] = {
    str: lambda reader, _, value, place: reader._line(value, place),
    Code: lambda reader, _, value, place: reader._code(value, place),
    int: lambda reader, slot, value, place: reader._whole(slot, value, place),
    bool: lambda reader, _, value, place: reader._flag(value, place),
    Points: lambda reader, _, value, place: reader._thousandths(value, place, MOST_POINTS),
    Share: lambda reader, _, value, place: reader._positive(value, place, MOST_POINTS),
    Amount: lambda reader, _, value, place: reader._thousandths(value, place, MOST_AMOUNT),
    Day: lambda reader, _, value, place: reader._day(value, place),
}


def inside(place: str, name: str) -> str:
    """The place of a name in a table."""
    return f"{place}.{name}" if place else name


# Values that hold for a time


class _OutOfForce:
    def __repr__(self) -> str:
        return "…"


OUT_OF_FORCE: Any = _OutOfForce()
"""Stands in a list for a row that is not in force, so that the places of the others stay."""
_TIMED = {"value", "since", "until", "reference", "reviewed_until"}


def in_force(content: Any, on: Day) -> Any:
    """The content of a text as it stands on a day.

    Each value that is given with dates is replaced by the one in force, and rows that are not in force are
    left out, but for items, which go by the day of the act.
    """
    if isinstance(content, list):
        if _is_timed_list(content):
            return next((one["value"] for one in content if holds(one, on)), OUT_OF_FORCE)
        return [_row_in_force(one, on) for one in content]
    if not isinstance(content, dict):
        return content
    if _is_timed(content):
        return content["value"] if holds(content, on) else OUT_OF_FORCE
    made = {name: in_force(value, on) for name, value in content.items() if name != "items"}
    if "items" in content:
        made["items"] = _items(content["items"], on)
    return {name: made[name] for name in content if made[name] is not OUT_OF_FORCE}


def _row_in_force(row: Any, on: Day) -> Any:
    return OUT_OF_FORCE if isinstance(row, dict) and not holds(row, on) else in_force(row, on)


def _items(rows: object, on: Day) -> Any:
    if not isinstance(rows, list):
        return rows
    return [in_force({**row}, on) if isinstance(row, dict) else row for row in rows]


def _is_timed_list(content: list[Any]) -> bool:
    return bool(content) and all(isinstance(one, dict) and "value" in one for one in content)


def holds(row: Mapping[str, Any], on: Day) -> bool:
    """Whether a day lies between the row's ``since`` and ``until``."""
    since, until = row.get("since"), row.get("until")
    return not (isinstance(since, dt.date) and day_of(since) > on) and not (
        isinstance(until, dt.date) and day_of(until) < on
    )


def dating_problems(content: Any, place: str = "") -> Iterable[Problem]:
    """Stretches of time that end before they begin, and values of which two would hold at once, or whose
    days and notes are none."""
    if isinstance(content, dict):
        since, until = content.get("since"), content.get("until")
        if isinstance(since, dt.date) and isinstance(until, dt.date) and until < since:
            yield Problem(inside(place, "until"), Fault.ENDS_BEFORE, until.isoformat())
        if _is_timed(content):
            yield from _timing_problems(content, place)
        for name, value in content.items():
            yield from dating_problems(value, inside(place, name))
    elif isinstance(content, list):
        if _is_timed_list(content):
            for day in sorted(turning_days(content)):
                if sum(holds(one, day) for one in content) > 1:
                    yield Problem(place, Fault.DATED_TWICE, iso(day))
                    break
            if len(content) > 1 and not turning_days(content):
                yield Problem(f"{place}[2].since", Fault.MISSING)
            for number, value in enumerate(content, 1):
                if not _is_timed(value):
                    yield from _timing_problems(value, f"{place}[{number}]")
        for number, value in enumerate(content, 1):
            yield from dating_problems(value, f"{place}[{number}]")


def _is_timed(content: Mapping[str, Any]) -> bool:
    """A single value with its dates; a table of its own may have a key “value” too."""
    return "value" in content and content.keys() <= _TIMED


def _timing_problems(row: Mapping[str, Any], place: str) -> Iterable[Problem]:
    """Dates and notes of one value that holds for a time."""
    for name in row.keys() - _TIMED:
        yield Problem(inside(place, name), Fault.UNKNOWN)
    for name in ("since", "until", "reviewed_until"):
        if name in row and (not isinstance(row[name], dt.date) or isinstance(row[name], dt.datetime)):
            yield Problem(inside(place, name), Fault.NOT_A_DATE, str(row[name])[:LINE])
    reference = row.get("reference", "")
    if not isinstance(reference, str):
        yield Problem(inside(place, "reference"), Fault.NOT_A_TEXT, str(reference)[:LINE])
    elif len(reference) > LINE:
        yield Problem(inside(place, "reference"), Fault.TOO_LONG, str(LINE))


def turning_days(content: Any) -> set[Day]:
    """The first day of every stretch of time in which the content stands the same."""
    found: set[Day] = set()
    for row in _rows(content):
        since, until = row.get("since"), row.get("until")
        if isinstance(since, dt.date):
            found.add(day_of(since))
        if isinstance(until, dt.date) and until < dt.date.max:
            found.add(day_of(until + dt.timedelta(days=1)))
    return found


def _rows(content: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(content, dict):
        yield content
        for value in content.values():
            yield from _rows(value)
    elif isinstance(content, list):
        for value in content:
            yield from _rows(value)
