"""The mapping: a small TOML text that says how the columns and values of a list become ours.

Officers match columns in a wizard, which saves it; the command line takes the same file. A new
source needs a mapping and no code. ``docs/mapping.md`` describes it part by part.
"""

import difflib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, NoReturn, TypeVar

from app.errors import Invalid
from app.exchange.fields import CHOICES, FIELDS, PLACES, Form, Kind, Placement, choices_by_word
from app.exchange.values import plain, read_choice
from app.words import tr
from models.types import LeadStatus

FORMAT = 1

When = Mapping[str, tuple[str, ...]]
"""By column: the values of which one must stand there; an empty text is a blank cell. All must hold."""


class PlaceRule(NamedTuple):
    """Where the rows go for which ``when`` holds. ``without`` names fields that are not taken over."""

    when: When
    to: Placement
    reason: str = ""
    status: LeadStatus = LeadStatus.OPEN
    without: tuple[str, ...] = ()


class ItemRule(NamedTuple):
    """The item of the rows for which ``when`` holds."""

    when: When
    item: str


@dataclass(frozen=True, slots=True)
class ListMapping:
    """What becomes of a list. Rules are tried in order, the first that holds is taken."""

    kind: Kind
    source: str = ""
    """Name of the source, part of the identity of each row."""
    key: tuple[str, ...] = ()
    """Their columns that together name a row."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """By our field: their column."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """By our field: what it is where the cell is blank or there is no column."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By our field: what their values mean; others are read as they are."""
    place: tuple[PlaceRule, ...] = ()
    item: tuple[ItemRule, ...] = ()
    """Tried before the column of the item is read."""
    month_is_enough: tuple[str, ...] = ()
    """Dates of which only year and month may be known."""
    day_first: tuple[str, ...] = ()
    """Dates like 31/12/2015."""
    month_first: tuple[str, ...] = ()
    """Dates like 12/31/2015."""
    ignored: tuple[str, ...] = ()
    """Their columns that are left aside on purpose."""
    sheet: str = ""
    staff_no_digits: int = 0
    """Shorter staff numbers get noughts in front: a spreadsheet takes them away."""
    department_separator: str = "/"
    """Between the names of a path of departments; empty: a cell holds one name."""


_TOP = ("format", "kind", "source", "key", "ignored", "sheet", "staff_no_digits", "department_separator")
_PARTS = ("columns", "constants", "values", "dates", "place", "item")
_DATES = ("month_is_enough", "day_first", "month_first")
_PLACE_RULE = ("when", "to", "reason", "status", "without")
_ITEM_RULE = ("when", "item")


def parse_mapping(text: str) -> ListMapping:
    """The mapping of a TOML text. Raises Invalid with what is wrong in it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sentence = tr("The mapping is not written as TOML wants it: {error}. Correct this place.")
        raise Invalid(sentence.format(error=error)) from error
    if table.get("format") != FORMAT:
        sentence = tr(
            "The mapping does not begin with format = {format}. Save it again with the import wizard."
        )
        raise Invalid(sentence.format(format=FORMAT))
    known(table, (*_TOP, *_PARTS), tr("the mapping"))
    mapping = _parse(table)
    _check(mapping)
    return mapping


def _parse(table: dict[str, Any]) -> ListMapping:
    dates = _table(table, "dates")
    known(dates, _DATES, "[dates]")
    return ListMapping(
        kind=_one_of(Kind, table, "kind"),
        source=_text(table, "source"),
        key=_texts(table, "key"),
        columns=_text_table(table, "columns"),
        constants=_text_table(table, "constants"),
        values={name: _text_table(_table(table, "values"), name) for name in _table(table, "values")},
        place=tuple(_place_rule(rule) for rule in _rules(table, "place")),
        item=tuple(_item_rule(rule) for rule in _rules(table, "item")),
        month_is_enough=_texts(dates, "month_is_enough"),
        day_first=_texts(dates, "day_first"),
        month_first=_texts(dates, "month_first"),
        ignored=_texts(table, "ignored"),
        sheet=_text(table, "sheet"),
        staff_no_digits=_number(table, "staff_no_digits"),
        department_separator=_text(table, "department_separator", "/"),
    )


def _place_rule(rule: dict[str, Any]) -> PlaceRule:
    known(rule, _PLACE_RULE, "[[place]]")
    return PlaceRule(
        when=_when(rule),
        to=_one_of(Placement, rule, "to"),
        reason=_text(rule, "reason"),
        status=_one_of(LeadStatus, rule, "status") if "status" in rule else LeadStatus.OPEN,
        without=_texts(rule, "without"),
    )


def _item_rule(rule: dict[str, Any]) -> ItemRule:
    known(rule, _ITEM_RULE, "[[item]]")
    return ItemRule(when=_when(rule), item=_text(rule, "item"))


def _when(rule: dict[str, Any]) -> When:
    when = _table(rule, "when")
    return {column: _texts(when, column) for column in when}


def _check(mapping: ListMapping) -> None:
    """The meaning of a mapping, as far as it can be told without the list and the office."""
    fields = FIELDS[mapping.kind]
    known(mapping.columns, fields, "[columns]")
    # Who it is and since when a state holds differs from row to row.
    varying = ("staff_no", "name", "id_number", "state", "state_since", "state_until")
    known(mapping.constants, [name for name in fields if name not in varying], "[constants]")
    known(mapping.values, fields, "[values]")
    days = [name for name, form in fields.items() if form is Form.DAY]
    known((*mapping.month_is_enough, *mapping.day_first, *mapping.month_first), days, "[dates]")
    for name, value in [*mapping.constants.items(), *_meanings(mapping)]:
        _check_choice(name, value)
    places = PLACES[mapping.kind]
    for rule in mapping.place:
        known((rule.to,), places, "[[place]] to")
        known(rule.without, fields, "[[place]] without")
    if not mapping.source or not mapping.key:
        raise Invalid(
            tr(
                "The mapping needs a source (a name for this kind of list) and a key "
                "(the columns that together name a row), so that a second import changes nothing."
            )
        )


def _meanings(mapping: ListMapping) -> Iterable[tuple[str, str]]:
    return ((name, ours) for name, table in mapping.values.items() for ours in table.values() if ours)


def _check_choice(name: str, value: str) -> None:
    if name in CHOICES and not isinstance(read_choice(value, choices_by_word(name)), StrEnum):
        _unknown(value, [choice.value for choice in CHOICES[name]], name)


def known(names: Iterable[str], allowed: Iterable[str], where: str) -> None:
    """Raise Invalid at the first name that is not allowed, with the nearest one that is."""
    allowed = list(allowed)
    for name in names:
        if name not in allowed:
            _unknown(name, allowed, where)


def _unknown(name: str, allowed: Iterable[str], where: str) -> None:
    allowed = list(allowed)
    sentence = tr("In {where} there is no “{name}”. Did you mean “{nearest}”? Possible are: {allowed}.")
    raise Invalid(
        sentence.format(where=where, name=name, nearest=nearest(name, allowed), allowed=", ".join(allowed))
    )


def nearest(name: str, allowed: Iterable[str]) -> str:
    """The allowed name that is written most like the name; the first where none is."""
    allowed = list(allowed)
    return (difflib.get_close_matches(name, allowed, n=1, cutoff=0.0) or allowed or [""])[0]


_E = TypeVar("_E", bound=StrEnum)


def _one_of(kind: type[_E], table: dict[str, Any], name: str) -> _E:
    known((_text(table, name),), [member.value for member in kind], name)
    return kind(table[name])


def _text(table: dict[str, Any], name: str, default: str = "") -> str:
    value = table.get(name, default)
    if not isinstance(value, str):
        _wrong(name, tr("a text in quotation marks"))
    return str(value)


def _number(table: dict[str, Any], name: str) -> int:
    value = table.get(name, 0)
    if type(value) is not int or not 0 <= value <= 40:
        _wrong(name, tr("a number up to 40"))
    return int(value)


def _texts(table: dict[str, Any], name: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        _wrong(name, tr('a list of texts, such as ["a", "b"]'))
    return tuple(value)


def _table(table: dict[str, Any], name: str) -> dict[str, Any]:
    value = table.get(name, {})
    if not isinstance(value, dict):
        _wrong(name, tr("a table of names and values"))
    return dict(value)


def _text_table(table: dict[str, Any], name: str) -> dict[str, str]:
    part = _table(table, name)
    return {key: _text(part, key) for key in part}


def _rules(table: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(rule, dict) for rule in value):
        _wrong(f"[[{name}]]", tr("a table of names and values"))
    return list(value)


def _wrong(name: str, wanted: str) -> NoReturn:
    raise Invalid(tr("In the mapping, “{name}” must be {wanted}.").format(name=name, wanted=wanted))


def dump_mapping(mapping: ListMapping) -> str:
    """The TOML text of a mapping; parts that say nothing are left out."""
    top = {"format": FORMAT, "kind": mapping.kind.value, "source": mapping.source, "key": mapping.key}
    optional = {
        "ignored": mapping.ignored,
        "sheet": mapping.sheet,
        "staff_no_digits": mapping.staff_no_digits,
    }
    lines = _lines({**top, **{name: value for name, value in optional.items() if value}})
    if mapping.department_separator != "/":
        lines += _lines({"department_separator": mapping.department_separator})
    dates = {name: value for name in _DATES if (value := getattr(mapping, name))}
    parts = {"columns": mapping.columns, "constants": mapping.constants, "dates": dates}
    for name, part in parts.items():
        lines += ["", f"[{name}]", *_lines(part)] if part else []
    for name, table in mapping.values.items():
        lines += ["", f"[values.{_quoted(name)}]", *_lines(table)]
    for place in mapping.place:
        status = place.status.value if place.to is Placement.LEAD else ""
        said = {"reason": place.reason, "status": status, "without": place.without}
        lines += ["", "[[place]]", *_when_lines(place.when), *_lines({"to": place.to.value})]
        lines += _lines({name: value for name, value in said.items() if value})
    for rule in mapping.item:
        lines += ["", "[[item]]", *_when_lines(rule.when), *_lines({"item": rule.item})]
    return "\n".join(lines) + "\n"


def _when_lines(when: When) -> list[str]:
    inside = ", ".join(_lines(when))
    return [f"when = {{ {inside} }}"] if when else []


def _lines(table: Mapping[str, object]) -> list[str]:
    return [f"{_quoted(name)} = {_toml(value)}" for name, value in table.items()]


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return str(value) if isinstance(value, int) else _string(str(value))


def _quoted(name: str) -> str:
    return name if name.isascii() and name.replace("_", "a").isalnum() else _string(name)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def named_columns(mapping: ListMapping) -> set[str]:
    """Every column of the list that the mapping reads."""
    rules = (*rule_columns(mapping.place), *rule_columns(mapping.item))
    return {*mapping.columns.values(), *mapping.key, *rules}


def rule_columns(rules: Iterable[PlaceRule | ItemRule]) -> tuple[str, ...]:
    """The columns that rules look at, each once."""
    return tuple(dict.fromkeys(column for rule in rules for column in rule.when))


def unmentioned(mapping: ListMapping, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns of a list that the mapping neither reads nor ignores; a report names them."""
    mentioned = {plain(column) for column in (*named_columns(mapping), *mapping.ignored)}
    return tuple(column for column in columns if plain(column) not in mentioned)
