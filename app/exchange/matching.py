"""What the import wizard does to a mapping, one choice of the officer at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from app.errors import Invalid
from app.exchange.binding import Lookups, bind
from app.exchange.fields import FIELDS, PLACES, RECORDS, Form, Kind, Placement, choices_by_word
from app.exchange.mapping import (
    ItemRule,
    ListMapping,
    PlaceRule,
    dump_mapping,
    named_columns,
    parse_mapping,
    rule_columns,
)
from app.exchange.plans import rule_chooser
from app.exchange.values import plain

_VARYING = ("staff_no", "name", "id_number", "state", "state_since", "state_until")
"""What differs from person to person, so that it cannot be the same in all rows."""


def refusal(mapping: ListMapping, columns: tuple[str, ...], lookups: Lookups) -> str:
    """Why a list could not be judged by a mapping, in a sentence; empty where it can. Needs no people."""
    try:
        parse_mapping(dump_mapping(mapping))
        rule_chooser(bind(mapping, columns, lookups))
    except Invalid as error:
        return error.sentence
    return ""


def fitting(mapping: ListMapping, columns: Sequence[str]) -> tuple[ListMapping, tuple[str, ...]]:
    """The part of a mapping that a list has columns for, in its spelling; and the columns it lacks."""
    own = {plain(column): column for column in columns}

    def spelled(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(own[plain(name)] for name in names if plain(name) in own)

    def has(rule: PlaceRule | ItemRule) -> bool:
        return all(plain(column) in own for column in rule.when)

    def when(rule: PlaceRule | ItemRule) -> dict[str, tuple[str, ...]]:
        return {own[plain(column)]: wanted for column, wanted in rule.when.items()}

    fitted = replace(
        mapping,
        key=spelled(mapping.key),
        ignored=spelled(mapping.ignored),
        columns={name: own[plain(one)] for name, one in mapping.columns.items() if plain(one) in own},
        place=tuple(rule._replace(when=when(rule)) for rule in mapping.place if has(rule)),
        item=tuple(rule._replace(when=when(rule)) for rule in mapping.item if has(rule)),
    )
    return fitted, tuple(sorted(name for name in named_columns(mapping) if plain(name) not in own))


# --- Columns ---


def fields_of(mapping: ListMapping, column: str) -> list[str]:
    """The fields that a column serves, the usual one first."""
    return [name for name, theirs in mapping.columns.items() if theirs == column]


def with_field(mapping: ListMapping, column: str, name: str, besides: bool = False) -> ListMapping:
    """Let a column serve a field: alone, or ``besides`` what it serves; an empty name lets it serve none.

    The column that served this field before does so no more.
    """
    gone = set() if besides else set(fields_of(mapping, column))
    columns = {field: theirs for field, theirs in mapping.columns.items() if field not in {*gone, name}}
    if name:
        columns[name] = column
    ordered = {field: columns[field] for field in FIELDS[mapping.kind] if field in columns}
    # What a column serves first must stay so, whatever the order of the fields.
    if name and not besides:
        ordered = {name: column, **{field: theirs for field, theirs in ordered.items() if field != name}}
    ignored = tuple(one for one in mapping.ignored if one != column)
    return replace(mapping, columns=ordered, ignored=ignored)


def without_field(mapping: ListMapping, name: str) -> ListMapping:
    """Let no column serve a field."""
    return replace(mapping, columns={one: column for one, column in mapping.columns.items() if one != name})


def set_aside(mapping: ListMapping, columns: Iterable[str]) -> ListMapping:
    """Leave columns aside on purpose."""
    aside = tuple(columns)
    kept = {name: column for name, column in mapping.columns.items() if column not in aside}
    return replace(mapping, columns=kept, ignored=tuple(dict.fromkeys((*mapping.ignored, *aside))))


def ruling_columns(mapping: ListMapping) -> set[str]:
    """The columns that the rules and the key read."""
    return {*mapping.key, *rule_columns(mapping.place), *rule_columns(mapping.item)}


def needed(mapping: ListMapping) -> tuple[str, ...]:
    """The fields without which no row of a list becomes what it is to become."""
    places = {rule.to for rule in mapping.place} or {PLACES[mapping.kind][0]}
    records = [RECORDS[place] for place in RECORDS if place in places]
    wanted = {name for record in records for name in record._fields if name not in record._field_defaults}
    return tuple(name for name in FIELDS[mapping.kind] if name in wanted)


def lacking(mapping: ListMapping) -> tuple[str, ...]:
    """Those of them that neither a column nor anything else gives."""
    given = {*mapping.columns, *mapping.constants, *(["item"] if mapping.item else [])}
    return tuple(name for name in needed(mapping) if name not in given)


# --- Values ---


class Meaning(StrEnum):
    """How far a value of the list is understood."""

    MATCHED = "matched"
    BY_ITSELF = "by_itself"
    """It says what we say."""
    FREE = "free"
    """Any text is taken as it stands."""
    OPEN = "open"
    """Its rows would be rejected."""


class Understood(NamedTuple):
    """One value of the list, and what it means here."""

    ours: str
    """Value of the choice, code of the item, the text itself; empty for nothing."""
    meaning: Meaning


def understanding(mapping: ListMapping, name: str, items: Mapping[str, str]) -> Callable[[str], Understood]:
    """What the values of a column mean in a field.

    ``items``: the code of an item by each of its names, as in ``Lookups``.
    """
    form = FIELDS[mapping.kind][name]
    said = {plain(theirs): ours for theirs, ours in mapping.values.get(name, {}).items()}
    known: Mapping[str, str] = {}
    if form is Form.ITEM:
        known = {plain(one).lower(): code for one, code in items.items()}
    elif form is Form.CHOICE:
        known = choices_by_word(name)
    closed = form in (Form.ITEM, Form.CHOICE)
    constant = mapping.constants.get(name, "")
    leads = any(rule.to is Placement.LEAD for rule in mapping.place)  # a lead needs no item

    def understood(value: str) -> Understood:
        text = plain(value)
        if text in said:
            return Understood(said[text], Meaning.MATCHED)
        if text.lower() in known:
            return Understood(str(known[text.lower()]), Meaning.BY_ITSELF)
        if not text:
            missing = form is Form.ITEM and not constant and not leads
            return Understood(constant, Meaning.OPEN if missing else Meaning.FREE)
        return Understood("" if closed else value, Meaning.OPEN if closed else Meaning.FREE)

    return understood


def with_meaning(mapping: ListMapping, name: str, value: str, ours: str | None) -> ListMapping:
    """Let a value mean something, nothing (an empty text), or what it says itself (None)."""
    kept = {
        theirs: meant
        for theirs, meant in mapping.values.get(name, {}).items()
        if plain(theirs) != plain(value)
    }
    if ours is not None:
        kept[value] = ours
    values = {field: table for field, table in {**mapping.values, name: kept}.items() if table}
    return replace(mapping, values=values)


def constant_fields(kind: Kind) -> tuple[str, ...]:
    """The fields that may be the same in all rows."""
    return tuple(name for name in FIELDS[kind] if name not in _VARYING)


def with_constant(mapping: ListMapping, name: str, value: str) -> ListMapping:
    """What a field is where the list says nothing; an empty text for nothing."""
    constants = {**mapping.constants, name: value}
    return replace(mapping, constants={field: text for field, text in constants.items() if text})


# --- Places ---


class PlaceForm(NamedTuple):
    """Rules of placement as a form shows them: by the values of one column at most."""

    column: str = ""
    """Empty: all rows go to one place."""
    goes: Mapping[str, PlaceRule] = {}
    """By value as it is compared; ``when`` says nothing here."""
    rest: PlaceRule | None = None
    """For every other value; None rejects it."""


def place_form(mapping: ListMapping) -> PlaceForm | None:
    """The rules of a mapping as a form; None where they say more than it can show."""
    rules = mapping.place
    rest = rules[-1] if rules and not rules[-1].when else None
    ruling = rules[:-1] if rest else rules
    if any(len(rule.when) != 1 for rule in ruling) or len(rule_columns(ruling)) > 1:
        return None
    if not rules:
        return PlaceForm(rest=PlaceRule({}, PLACES[mapping.kind][0]))
    goes: dict[str, PlaceRule] = {}
    for rule in ruling:
        for value in next(iter(rule.when.values())):
            goes.setdefault(plain(value), rule._replace(when={}))
    return PlaceForm(next(iter(rule_columns(ruling)), ""), goes, rest)


def with_places(mapping: ListMapping, form: PlaceForm) -> ListMapping:
    """The rules that a form means: values that go to the same place share one."""
    usual = PlaceRule({}, PLACES[mapping.kind][0])
    if not form.column:
        return replace(mapping, place=(form.rest,) if form.rest and form.rest != usual else ())
    found: dict[tuple[object, ...], tuple[PlaceRule, list[str]]] = {}
    for value, rule in form.goes.items():
        found.setdefault(rule[1:], (rule, []))[1].append(value)
    rules = [rule._replace(when={form.column: tuple(values)}) for rule, values in found.values()]
    # A rule for no value at all keeps the column in mind while nothing is said of its values yet.
    return replace(
        mapping,
        place=(*(rules or [usual._replace(when={form.column: ()})]), *([form.rest] if form.rest else [])),
    )
