"""Makes of a mapping, once for a list, the plans by which every row of it is read.

A step of a plan picks the cells of a field and looks up what they mean; what was read once is
remembered, since lists say the same again and again. So a row costs a few look-ups and no parsing.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, Final, NamedTuple

from app.errors import Invalid
from app.exchange.binding import Bound, Pick, Read, Remembered, picker
from app.exchange.cells import by_column, constant, holds, parser, reader, sources
from app.exchange.fields import FIELDS, RECORDS, Form, Kind, Placement
from app.exchange.mapping import PlaceRule, rule_columns
from app.exchange.values import plain
from app.problems import field_label
from app.rules.inputs import NewEntry, NewLead, NewPerson
from app.rules.validation import Fault, Problem
from app.words import tr
from models.types import LeadStatus

Record = NewPerson | NewEntry | NewLead

Step = tuple[Pick, Mapping[Any, Any]]
"""How one field comes from a row: which cells, and what they mean."""


class Plan(NamedTuple):
    """What becomes of the rows that one rule places. Without a ``record`` they are left out."""

    placement: Placement
    reason: str
    record: type[Record] | None = None
    steps: tuple[Step, ...] = ()
    fixed: tuple[Any, ...] = ()
    """The values of the fields that no column gives."""
    arrange: Callable[[list[Any]], tuple[Any, ...]] = tuple
    """Puts what was read, and then what is fixed, in the order of the record."""


def key_parts(bound: Bound) -> tuple[Step, ...]:
    """The parts of a row's key. A date counts as the day it means, however it is written."""
    return tuple((picker(bound, (name,)), Remembered(_key_reader(bound, name))) for name in bound.mapping.key)


def _key_reader(bound: Bound, column: str) -> Read:
    fields = [field for field, theirs in bound.mapping.columns.items() if theirs == column]
    days = [field for field in fields if FIELDS[bound.mapping.kind][field] is Form.DAY]
    if not days:
        return plain
    read = parser(bound, days[0])

    def as_day(cell: str) -> str:
        value = read(cell) if cell else cell
        return plain(cell) if isinstance(value, Problem) else str(value)

    return as_day


def rule_chooser(bound: Bound) -> tuple[Pick, Mapping[Any, Plan | None]]:
    """The plan for a row, by the cells of the columns that the rules of placement look at."""
    mapping = bound.mapping
    rules = mapping.place or (
        PlaceRule({}, Placement.PERSON if mapping.kind is Kind.PEOPLE else Placement.ENTRY),
    )
    columns = rule_columns(rules)
    plans = [(rule, _plan(bound, rule)) for rule in rules]

    def choose(cells: Any) -> Plan | None:
        row = by_column(columns, cells)
        return next((plan for rule, plan in plans if holds(rule, row)), None)

    return picker(bound, columns), Remembered(choose)


def _plan(bound: Bound, rule: PlaceRule) -> Plan:
    record = RECORDS.get(rule.to)
    if record is None:
        return Plan(rule.to, rule.reason)
    steps: dict[str, Step] = {}
    fixed: dict[str, Any] = {}
    for name in record._fields:
        blank = _blank(bound, rule, record, name)
        columns = sources(bound, name) if name not in rule.without else ()
        if columns:
            steps[name] = picker(bound, columns), _read(bound, name, columns, blank)
        elif blank is _REQUIRED:
            sentence = tr("No column is chosen for: {field}. Choose the one that holds it.")
            raise Invalid(sentence.format(field=field_label(name)))
        else:
            fixed[name] = blank
    order = [*steps, *fixed]
    arrange = itemgetter(*(order.index(name) for name in record._fields))
    return Plan(rule.to, rule.reason, record, tuple(steps.values()), tuple(fixed.values()), arrange)


_REQUIRED: Final = object()


def _blank(bound: Bound, rule: PlaceRule, record: type[Record], name: str) -> Any:
    """What a field is where its cell is blank or there is no column."""
    if name in bound.mapping.constants and name not in rule.without:
        return constant(bound, name)
    if rule.to is Placement.LEAD and name == "status":
        return rule.status
    if rule.to is Placement.LEAD and name == "outcome" and rule.status is not LeadStatus.OPEN:
        return rule.reason
    return record._field_defaults.get(name, _REQUIRED)


def _read(bound: Bound, name: str, columns: tuple[str, ...], blank: Any) -> Remembered:
    if (name, blank) not in bound.shared:
        if_blank = Problem(name, Fault.REQUIRED) if blank is _REQUIRED else blank
        bound.shared[name, blank] = Remembered(reader(bound, name, columns, if_blank))
    return bound.shared[name, blank]
