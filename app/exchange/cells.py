"""Reads the fields of a row: one cell mostly; a few need several cells to be understood."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.errors import Invalid
from app.exchange import values
from app.exchange.binding import Bound, Read
from app.exchange.fields import FIELDS, Form, Kind, choice_words, choices_by_word
from app.exchange.mapping import ItemRule, ListMapping, PlaceRule, rule_columns
from app.exchange.values import plain
from app.problems import problem_sentence
from app.rules.validation import Fault, Problem, check_value

_STATE = ("state", "state_since", "state_until")


def sources(bound: Bound, name: str) -> tuple[str, ...]:
    """The columns from which a field is read: some fields need several to be understood."""
    mapping = bound.mapping
    own = tuple(mapping.columns[one] for one in [name] if one in mapping.columns)
    if name == "item" and mapping.item:
        return tuple(dict.fromkeys((*rule_columns(mapping.item), *own)))
    if name == "staff_no" and own and mapping.kind is Kind.ENTRIES and "name" in mapping.columns:
        return (*own, mapping.columns["name"])
    if name == "states":
        return tuple(mapping.columns[part] for part in _STATE if part in mapping.columns)
    return own


def reader(bound: Bound, name: str, columns: tuple[str, ...], if_blank: Any) -> Read:
    """Reads a field from the cells of its ``sources``; ``if_blank`` is its value where they are blank."""
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
    parse, today = parser(bound, name), bound.lookups.today

    def read(cell: str) -> Any:
        text = values.clean(meanings.get(plain(cell), cell) if meanings else cell)
        value = parse(text) if text else if_blank
        problem = value if isinstance(value, Problem) else check_value(name, value, today)
        return problem._replace(field=name, column=column, value=cell) if problem else value

    return read


_PARSERS: Mapping[Form, Read] = {
    Form.NAME: values.read_name,
    Form.LINE: values.read_line,
    Form.TEXT: values.read_text,
    Form.NUMBER: values.read_document_no,
    Form.AMOUNT: values.read_amount,
    Form.COUNT: values.read_count,
    Form.ID_NUMBER: values.read_id_number,
}


def parser(bound: Bound, name: str) -> Read:
    """Reads the text of one cell of a field that is not blank."""
    mapping = bound.mapping
    form = FIELDS[mapping.kind][name]
    if form is Form.DAY:
        enough = name in mapping.month_is_enough
        return partial(values.read_day, month_is_enough=enough, year_last=_order(mapping, name))
    if form is Form.DEPARTMENT:
        return partial(values.read_department, separator=mapping.department_separator)
    if form is Form.ACT:
        return partial(values.read_act, source=mapping.source)
    if form is Form.CHOICE:
        return partial(_choice, name)
    if form is Form.ITEM:
        return partial(_item_named, bound)
    if form is Form.STAFF_NO:
        return partial(_staff_no, bound, min(map(len, bound.lookups.people), default=0))
    return _PARSERS[form]


def _order(mapping: ListMapping, name: str) -> str:
    if name in mapping.day_first:
        return "day_first"
    return "month_first" if name in mapping.month_first else ""


def _staff_no(bound: Bound, shortest: int, text: str) -> str | Problem:
    number = values.read_code(text)
    if isinstance(number, Problem):
        return number
    if number.isdecimal():
        number = number.zfill(bound.mapping.staff_no_digits)
    if bound.mapping.kind is Kind.ENTRIES and number not in bound.lookups.people:
        lost = number.isdecimal() and len(number) < shortest
        return Problem("", Fault.NOUGHTS_LOST if lost else Fault.UNKNOWN_PERSON)
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
        row = by_column(columns, cells)
        for rule in bound.mapping.item:
            if holds(rule, row):
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
    reads = {part: _single(bound, part, None) for part in _STATE}

    def read(cells: Any) -> Any:
        given = dict(zip(parts, [cells] if isinstance(cells, str) else cells, strict=True))
        found = [reads[part](given.get(part, "")) for part in _STATE]
        problem = next((value for value in found if isinstance(value, Problem)), None)
        state, since, until = found
        if problem is not None:
            return problem
        if state is None and since is None and until is None:
            return ()
        if state is None:
            return Problem("state", Fault.REQUIRED, column=bound.mapping.columns.get("state", ""))
        if since is None:
            column = bound.mapping.columns.get("state_since", "")
            return Problem("state_since", Fault.STATE_WITHOUT_DATE, given.get("state", ""), column=column)
        return ((state, since, until),)

    return read


def by_column(columns: tuple[str, ...], cells: Any) -> dict[str, str]:
    """By column what stands in the picked cells, as it is compared."""
    return dict(zip(columns, map(plain, [cells] if isinstance(cells, str) else cells), strict=False))


def holds(rule: PlaceRule | ItemRule, row: Mapping[str, str]) -> bool:
    """Whether a rule holds for a row given ``by_column``."""
    return all(row[column] in map(plain, wanted) for column, wanted in rule.when.items())


def constant(bound: Bound, name: str) -> Any:
    """The value that the mapping gives a field for all rows. Raises Invalid where it is none."""
    value = parser(bound, name)(bound.mapping.constants[name])
    problem = value if isinstance(value, Problem) else check_value(name, value, bound.lookups.today)
    if problem:
        raise Invalid(problem_sentence(problem._replace(field=name)))
    return value
