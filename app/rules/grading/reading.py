"""Frozen dataclasses read from the tables of a TOML text.

The fields of a class are what its table may hold: the type says how a value is read, ``about`` what it
means. Reading, the JSON Schema (``schema.py``) and the reference of the format follow from them, so
that a new construct is one new field. Nothing is passed over: what is missing, wrong or unknown is noted with
its place, and everything that is wrong is found at once.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from app.rules.validation import CODE, LINE
from models.types import POINT, Day, Points, day_of

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
    NO_FORMAT = "no_format"
    TOO_LARGE = "too_large"
    MISSING = "missing"
    MISSING_THEN = "missing_then"
    """On a day; on others it is there."""
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


class _OutOfForce:
    def __repr__(self) -> str:
        return "…"


OUT_OF_FORCE: Any = _OutOfForce()
"""Stands in a list for a row that is not in force, so that the places of the others stay."""

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
