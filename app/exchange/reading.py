"""Makes of a mapping, once for a list, the steps by which every row of it is read.

A step picks the cells of a field and looks up what they mean; what was read once is remembered,
since lists say the same again and again. So a row costs a few look-ups and no parsing.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from app.errors import Invalid
from app.exchange import values
from app.exchange.fields import FIELDS, RECORDS, Form, Kind, Placement, choice_words, choices_by_word
from app.exchange.mapping import ItemRule, ListMapping, PlaceRule, named_columns, nearest, rule_columns
from app.exchange.values import plain
from app.problems import field_label, problem_sentence
from app.rules.inputs import NewEntry, NewLead, NewPerson
from app.rules.validation import Fault, Problem
from app.words import tr
from models.types import Day

Record = NewPerson | NewEntry | NewLead

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


class Step(NamedTuple):
    """How one field of a record comes from a row."""

    slot: int
    pick: Pick
    read: Mapping[Any, Any]


class Plan(NamedTuple):
    """What becomes of the rows that one rule places. Without a ``record`` they are left out."""

    placement: Placement
    reason: str
    record: type[Record] | None = None
    blank: tuple[Any, ...] = ()
    """The values of a record before its row is read."""
    steps: tuple[Step, ...] = ()


class Bound(NamedTuple):
    """A mapping that fits the columns of a list and the items of an office."""

    mapping: ListMapping
    lookups: Lookups
    places: Mapping[str, int]
    """Place in the row by column, as ``plain`` gives it."""
    items: Mapping[str, str]
    shared: dict[tuple[object, ...], Remembered]
    """Plans read the same fields, and remember them together."""


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


def key_parts(bound: Bound) -> tuple[tuple[Pick, Mapping[str, str]], ...]:
    """The parts of a row's key. A date counts as the day it means, however it is written."""
    return tuple((picker(bound, (name,)), Remembered(_key_reader(bound, name))) for name in bound.mapping.key)


def _key_reader(bound: Bound, column: str) -> Read:
    fields = [field for field, theirs in bound.mapping.columns.items() if theirs == column]
    days = [field for field in fields if FIELDS[bound.mapping.kind][field] is Form.DAY]
    if not days:
        return plain
    read = _parser(bound, days[0])

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
        row = _by_column(columns, cells)
        return next((plan for rule, plan in plans if _holds(rule, row)), None)

    return picker(bound, columns), Remembered(choose)


def _by_column(columns: tuple[str, ...], cells: Any) -> dict[str, str]:
    return dict(zip(columns, map(plain, [cells] if isinstance(cells, str) else cells), strict=False))


def _holds(rule: PlaceRule | ItemRule, row: Mapping[str, str]) -> bool:
    return all(row[column] in map(plain, wanted) for column, wanted in rule.when.items())


def _plan(bound: Bound, rule: PlaceRule) -> Plan:
    record = RECORDS.get(rule.to)
    if record is None:
        return Plan(rule.to, rule.reason)
    blank: list[Any] = [record._field_defaults.get(name) for name in record._fields]
    if rule.to is Placement.LEAD:
        blank[record._fields.index("status")] = rule.status
        blank[record._fields.index("outcome")] = rule.reason if rule.status != "open" else ""
    steps = []
    for slot, name in enumerate(record._fields):
        if name in rule.without:
            continue
        if name in bound.mapping.constants:
            blank[slot] = _constant(bound, name)
        required = name not in record._field_defaults and blank[slot] is None
        columns = _sources(bound, name)
        if columns:
            read = _read(bound, name, columns, blank[slot], required)
            steps.append(Step(slot, picker(bound, columns), read))
        elif required:
            sentence = tr("The mapping does not say which column holds: {field}. Choose the column.")
            raise Invalid(sentence.format(field=field_label(name)))
    return Plan(rule.to, rule.reason, record, tuple(blank), tuple(steps))


def _constant(bound: Bound, name: str) -> Any:
    value = _parser(bound, name)(bound.mapping.constants[name])
    if isinstance(value, Problem):
        raise Invalid(problem_sentence(value._replace(field=name)))
    return value


_STATE = ("state", "state_since", "state_until")


def _sources(bound: Bound, name: str) -> tuple[str, ...]:
    """The columns from which a field is read: some fields need several to be understood."""
    mapping = bound.mapping
    own = tuple(mapping.columns[one] for one in [name] if one in mapping.columns)
    if name == "item" and mapping.item:
        return tuple(dict.fromkeys((*rule_columns(mapping.item), *own)))
    if name == "staff_no" and mapping.kind is Kind.ENTRIES and "name" in mapping.columns:
        return (*own, mapping.columns["name"])
    if name == "states":
        return tuple(mapping.columns[part] for part in _STATE if part in mapping.columns)
    return own


def _read(bound: Bound, name: str, columns: tuple[str, ...], blank: Any, required: bool) -> Remembered:
    key = (name, required, blank)
    if key not in bound.shared:
        if_blank = Problem(name, Fault.REQUIRED) if required else blank
        bound.shared[key] = Remembered(_reader(bound, name, columns, if_blank))
    return bound.shared[key]


def _reader(bound: Bound, name: str, columns: tuple[str, ...], if_blank: Any) -> Read:
    if name == "states":
        return _states(bound)
    own = _single(bound, name, if_blank)
    if name == "item" and bound.mapping.item:
        return _item(bound, columns, own)
    return _named_person(bound, own) if len(columns) > 1 else own


def _single(bound: Bound, name: str, if_blank: Any) -> Read:
    """Reads the one cell of a field: what the mapping says of its value, or what it says itself."""
    column = bound.mapping.columns.get(name, "")
    meanings = {plain(theirs): ours for theirs, ours in bound.mapping.values.get(name, {}).items()}
    parse = _parser(bound, name)

    def read(cell: str) -> Any:
        text = values.clean(meanings.get(plain(cell), cell) if meanings else cell)
        value = parse(text) if text else if_blank
        return value._replace(field=name, column=column, value=cell) if isinstance(value, Problem) else value

    return read


_PARSERS: Mapping[Form, Read] = {
    Form.NAME: values.read_name,
    Form.LINE: values.read_line,
    Form.TEXT: values.read_text,
    Form.NUMBER: values.read_document_no,
    Form.ID_NUMBER: values.read_id_number,
}


def _parser(bound: Bound, name: str) -> Read:
    mapping = bound.mapping
    form = FIELDS[mapping.kind][name]
    if form is Form.DAY:
        order = "day_first" if name in mapping.day_first else "month_first" * (name in mapping.month_first)
        return partial(values.read_day, month_is_enough=name in mapping.month_is_enough, year_last=order)
    if form is Form.DEPARTMENT:
        return partial(values.read_department, separator=mapping.department_separator)
    if form is Form.ACT:
        return partial(values.read_act, source=mapping.source)
    if form is Form.CHOICE:
        return partial(_choice, name)
    if form is Form.ITEM:
        return partial(_item_named, bound)
    return partial(_staff_no, bound) if form is Form.STAFF_NO else _PARSERS[form]


def _staff_no(bound: Bound, text: str) -> str | Problem:
    number = values.read_code(text)
    if isinstance(number, Problem):
        return number
    if number.isdecimal():
        number = number.zfill(bound.mapping.staff_no_digits)
    if bound.mapping.kind is Kind.ENTRIES and number not in bound.lookups.people:
        return Problem("", Fault.UNKNOWN_PERSON)
    return number


def _choice(name: str, text: str) -> str | Problem:
    value = values.read_choice(text, choices_by_word(name))
    if isinstance(value, Problem):
        language = "en" if text.isascii() else "zh"
        offered = ", ".join(words.usual(language) for words in choice_words(name).values())
        return value._replace(params={"choices": offered})
    return value


def _item_named(bound: Bound, text: str) -> str | Problem:
    return bound.items.get(plain(text).lower()) or Problem("", Fault.UNKNOWN_ITEM)


def _item(bound: Bound, columns: tuple[str, ...], own: Read) -> Read:
    """The item by the first rule that holds, or else by its own column."""
    column = bound.mapping.columns.get("item", "")

    def read(cells: Any) -> Any:
        row = _by_column(columns, cells)
        for rule in bound.mapping.item:
            if _holds(rule, row):
                return _item_named(bound, rule.item)
        return own(row.get(column, ""))

    return read


def _named_person(bound: Bound, own: Read) -> Read:
    """The staff number, where the name beside it is that of the person: a slip hits someone else's file."""
    column = bound.mapping.columns["name"]

    def read(cells: tuple[str, str]) -> Any:
        staff_no, name = own(cells[0]), values.read_name(cells[1])
        if isinstance(staff_no, Problem) or not name:
            return staff_no
        known = bound.lookups.people[staff_no]
        if name == values.read_name(known):
            return staff_no
        return Problem("name", Fault.OTHER_NAME, cells[1], {"staff_no": staff_no, "known": known}, column)

    return read


def _states(bound: Bound) -> Read:
    """A state of service with the days between which it holds; none where the cells are blank."""
    parts = [part for part in _STATE if part in bound.mapping.columns]
    constants = bound.mapping.constants
    reads = {
        part: _single(bound, part, _constant(bound, part) if part in constants else None) for part in _STATE
    }

    def read(cells: Any) -> Any:
        given = dict(zip(parts, [cells] if isinstance(cells, str) else cells, strict=True))
        found = [reads[part](given.get(part, "")) for part in _STATE]
        problem = next((value for value in found if isinstance(value, Problem)), None)
        state, since, until = found
        if problem is not None or not any(given.values()):
            return problem or ()
        if state is None:
            return Problem("state", Fault.REQUIRED, column=bound.mapping.columns.get("state", ""))
        if since is None:
            column = bound.mapping.columns.get("state_since", "")
            return Problem("state_since", Fault.STATE_WITHOUT_DATE, given.get("state", ""), column=column)
        return ((state, since, until),)

    return read
