"""Makes of a mapping, once for a list, the steps by which every row of it is read.

A step picks the cells of a field and looks up what they mean; what was read once is remembered,
since lists say the same again and again. So a row costs a few look-ups and no parsing.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from app.errors import Invalid
from app.exchange.fields import (
    CHOICES,
    FIELDS,
    RECORDS,
    Form,
    Placement,
    choice_words,
    choices_by_word,
)
from app.exchange.mapping import ItemRule, ListMapping, PlaceRule, When, named_columns, nearest
from app.exchange.values import (
    clean,
    plain,
    read_act,
    read_choice,
    read_code,
    read_day,
    read_department,
    read_document_no,
    read_id_number,
    read_line,
    read_name,
    read_text,
)
from app.inputs import NewEntry, NewLead, NewPerson
from app.problems import field_label
from app.rules.validation import Fault, Problem
from app.words import tr
from models.types import Day

Record = NewPerson | NewEntry | NewLead
Pick = Callable[[list[str]], Any]
"""Picks one cell of a row, or a tuple of several."""

_MOST = 65_536
"""Values remembered of one field; then it starts afresh, so that memory stays small."""


class Lookups(NamedTuple):
    """What judging needs to know of the office."""

    people: Mapping[str, str]
    """Name by staff number."""
    items: Mapping[str, str]
    """Code of the item by everything that it may be called: its code and its names."""
    today: Day
    id_numbers: Mapping[str, str] = {}
    """Staff number by resident ID number."""


class Remembered(dict[Any, Any]):
    """What was read, by what it was read from."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cells: Any) -> Any:
        if len(self) >= _MOST:
            self.clear()
        value = self[cells] = self._read(cells)
        return value


class Step(NamedTuple):
    """How one field of a record comes from a row."""

    slot: int
    pick: Pick
    read: Mapping[Any, Any]


class Plan(NamedTuple):
    """What becomes of the rows of one rule. Without a ``record`` they are left out."""

    placement: Placement
    reason: str
    record: type[Record] | None
    blank: list[Any]
    """The values of a record before its row is read."""
    steps: tuple[Step, ...]


class Reader:
    """Compiles the parts of one mapping against the columns of one list."""

    def __init__(self, mapping: ListMapping, columns: tuple[str, ...], lookups: Lookups) -> None:
        self.mapping, self.columns, self.lookups = mapping, columns, lookups
        self._places = {plain(column): place for place, column in enumerate(columns)}
        self._items = {plain(name).lower(): code for name, code in lookups.items.items()}
        self._reads: dict[tuple[str, Placement], Remembered] = {}
        self._check()

    def _check(self) -> None:
        for column in sorted(named_columns(self.mapping)):
            if plain(column) not in self._places:
                sentence = tr(
                    "The mapping names the column “{column}”, which the list does not have. "
                    "Did you mean “{nearest}”? Correct the mapping or the heading."
                )
                raise Invalid(sentence.format(column=column, nearest=nearest(column, self.columns)))
        named = [rule.item for rule in self.mapping.item]
        named += [code for code in self.mapping.values.get("item", {}).values() if code]
        named += [code for code in [self.mapping.constants.get("item", "")] if code]
        for code in named:
            if plain(code).lower() not in self._items:
                sentence = tr(
                    "The mapping names the item “{code}”, which no standard of this office has. "
                    "Did you mean “{nearest}”?"
                )
                raise Invalid(
                    sentence.format(code=code, nearest=nearest(code, set(self.lookups.items.values())))
                )

    def pick(self, columns: tuple[str, ...]) -> Pick:
        """Picks the cells of these columns: one as it is, several as a tuple, none as an empty one."""
        if not columns:
            return lambda cells: ()
        return itemgetter(*(self._places[plain(column)] for column in columns))

    def key(self) -> tuple[tuple[Pick, Mapping[str, str]], ...]:
        """The parts of a row's key. A date counts as the day it means, however it is written."""
        return tuple(
            (self.pick((column,)), Remembered(self._key_reader(column))) for column in self.mapping.key
        )

    def _key_reader(self, column: str) -> Callable[[str], str]:
        fields = FIELDS[self.mapping.kind]
        days = [f for f, c in self.mapping.columns.items() if c == column and fields[f] is Form.DAY]
        if not days:
            return plain
        read = self._parser(days[0])

        def as_day(cell: str) -> str:
            value = read(cell) if cell else cell
            return cell if isinstance(value, Problem) else str(value)

        return as_day

    def plan(self, rule: PlaceRule) -> Plan:
        """What becomes of the rows of a rule."""
        record = RECORDS.get(rule.to)
        if record is None:
            return Plan(rule.to, rule.reason, None, [], ())
        blank = [record._field_defaults.get(name) for name in record._fields]
        if rule.to is Placement.LEAD:
            blank[record._fields.index("status")] = rule.status
            blank[record._fields.index("outcome")] = rule.reason
        steps = []
        for slot, name in enumerate(record._fields):
            columns = () if name in rule.without else self._sources(name)
            if columns:
                steps.append(Step(slot, self.pick(columns), self._read(name, rule.to, blank[slot], columns)))
            elif name in self.mapping.constants and name not in rule.without:
                blank[slot] = self._constant(name)
            elif name not in record._field_defaults:
                raise Invalid(
                    tr("The mapping does not say which column holds: {field}.").format(field=field_label(name))
                )
        return Plan(rule.to, rule.reason, record, blank, tuple(steps))

    def _sources(self, name: str) -> tuple[str, ...]:
        """Their columns from which a field is read. Some fields need several to be understood."""
        columns = self.mapping.columns
        own = (columns[name],) if name in columns else ()
        if name == "staff_no" and "name" in columns and "name" not in NewEntry._fields:
            return own + ((columns["name"],) if self._compares_names() and own else ())
        if name == "item" and self.mapping.item:
            return (*dict.fromkeys(column for rule in self.mapping.item for column in rule.when), *own)
        if name == "states" and "state" in columns:
            return tuple(columns[part] for part in ("state", "state_since", "state_until") if part in columns)
        return own
