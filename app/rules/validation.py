"""What must hold of a new person, entry or lead, wherever it comes from: a form, a list, a script.

Nothing here has words: a Problem names the field and the fault, and ``app/problems.py`` makes the
sentence. What needs the database (is there such a person?) is asked by whoever has it.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from app.rules.inputs import NewEntry, NewLead, NewPerson
from models.types import Day, LeadStatus, first_date, iso

CODE, LINE = 40, 200
"""Most characters of a code (staff number, item) and of a line (name, post, document number)."""

YEARS = range(1900, 2101)
"""Years that a date in a personnel file can have."""


class Fault(StrEnum):
    """What can be wrong with a value, or with a row."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    SPACES = "spaces"
    LOST_CHARACTER = "lost_character"
    DAMAGED_NUMBER = "damaged_number"
    ID_LENGTH = "id_length"
    ID_DATE = "id_date"
    ID_CHECK_DIGIT = "id_check_digit"
    ID_TAKEN = "id_taken"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_YEAR = "date_year"
    DATE_SHORT_YEAR = "date_short_year"
    DATE_ORDER = "date_order"
    DATE_NO_DAY = "date_no_day"
    DATE_JANUARY_OR_OCTOBER = "date_january_or_october"
    FUTURE = "future"
    BEFORE = "before"
    LEFT_WITHOUT_DATE = "left_without_date"
    OPEN_BUT_CLOSED = "open_but_closed"
    NOT_A_CHOICE = "not_a_choice"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_PERSON = "unknown_person"
    OTHER_NAME = "other_name"
    STAFF_NO_TWICE = "staff_no_twice"
    STAFF_NO_TAKEN = "staff_no_taken"
    STATE_WITHOUT_DATE = "state_without_date"
    CELLS = "cells"
    NO_PLACE = "no_place"


class Problem(NamedTuple):
    """One thing that is wrong, where, and the value as it was given."""

    field: str
    fault: Fault
    value: str = ""
    params: Mapping[str, str] = MappingProxyType({})
    column: str = ""
    """The column of the list; empty in a form."""


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
# What is left of a rare character after a passage through a smaller character set, and
# characters for private use, which no other computer shows.
_LOST = re.compile("[?？□\ufffd\ue000-\uf8ff]")
_SPACE = re.compile(r"\s")


def id_number_fault(number: str) -> Fault | None:
    """What is wrong with a resident ID number: 18 digits, a birth date, the check digit of GB 11643."""
    if not _ID_SHAPE.fullmatch(number):
        return Fault.ID_LENGTH
    if not is_day(int(number[6:14])):
        return Fault.ID_DATE
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return None if "10X98765432"[total % 11] == number[-1] else Fault.ID_CHECK_DIGIT


@lru_cache(maxsize=50_000)
def is_day(value: int) -> bool:
    """Whether the number is a date of the calendar, perhaps without day or month, in YEARS."""
    try:
        return first_date(Day(value)).year in YEARS
    except ValueError:
        return False


def before(earlier: Day, later: Day) -> bool:
    """Whether the first certainly lies before the second, given what is known of both."""
    if earlier >= later:
        return False
    if earlier % 10000 == 0:
        earlier = Day(earlier + 9999)
    elif earlier % 100 == 0:
        earlier = Day(earlier + 99)
    return earlier < later


def check_person(person: NewPerson) -> list[Problem]:
    """Everything wrong with a person."""
    problems = _texts(person, _PERSON_TEXTS)
    if _SPACE.search(person.staff_no):
        problems.append(Problem("staff_no", Fault.SPACES, person.staff_no))
    if _LOST.search(person.name):
        problems.append(Problem("name", Fault.LOST_CHARACTER, person.name))
    if person.id_number and (fault := id_number_fault(person.id_number)):
        problems.append(Problem("id_number", fault, person.id_number))
    _dates(problems, person, ("joined_on", "left_on"))
    _in_order(problems, person, (("joined_on", "left_on"),))
    if person.leaving and person.left_on is None:
        problems.append(Problem("leaving", Fault.LEFT_WITHOUT_DATE, person.leaving))
    for _, since, until in person.states:
        if not is_day(since) or (until is not None and not is_day(until)):
            problems.append(Problem("state_since", Fault.DATE_IMPOSSIBLE, iso(since)))
        elif until is not None and before(until, since):
            problems.append(_wrong_order("state_until", until, "state_since", since))
    return problems


def check_entry(entry: NewEntry, today: Day) -> list[Problem]:
    """Everything wrong with an entry that can be told without the database."""
    problems = _texts(entry, _ENTRY_TEXTS)
    _dates(problems, entry, ("occurred_on", "decided_on", "ended_on"))
    _in_order(problems, entry, (("occurred_on", "decided_on"), ("occurred_on", "ended_on")))
    _past(problems, entry, ("occurred_on", "decided_on", "ended_on"), today)
    return problems


def check_lead(lead: NewLead, today: Day) -> list[Problem]:
    """Everything wrong with a lead that can be told without the database."""
    problems = _texts(lead, _LEAD_TEXTS)
    _dates(problems, lead, ("occurred_on", "received_on", "due_on", "closed_on"))
    _in_order(
        problems,
        lead,
        (("occurred_on", "received_on"), ("received_on", "due_on"), ("received_on", "closed_on")),
    )
    _past(problems, lead, ("occurred_on", "received_on", "closed_on"), today)
    if lead.status is LeadStatus.OPEN and lead.closed_on is not None:
        problems.append(Problem("closed_on", Fault.OPEN_BUT_CLOSED, iso(lead.closed_on)))
    return problems


_Texts = tuple[tuple[str, int, bool], ...]
"""(field, most characters, whether it is required)"""

_PERSON_TEXTS: _Texts = (
    ("staff_no", CODE, True),
    ("name", LINE, True),
    ("department", 8 * LINE, False),
    ("post", LINE, False),
    ("rank", LINE, False),
)
_ENTRY_TEXTS: _Texts = (
    ("staff_no", CODE, True),
    ("item", CODE, True),
    ("authority", LINE, False),
    ("document_no", LINE, False),
)
_LEAD_TEXTS: _Texts = (("staff_no", CODE, True), ("order_no", LINE, False))

_Record = NewPerson | NewEntry | NewLead


def _texts(record: _Record, texts: _Texts) -> list[Problem]:
    problems: list[Problem] = []
    for field, most, required in texts:
        value = getattr(record, field)
        if len(value) > most:
            problems.append(Problem(field, Fault.TOO_LONG, value, {"most": str(most)}))
        elif required and not value:
            problems.append(Problem(field, Fault.REQUIRED))
    return problems


def _dates(problems: list[Problem], record: _Record, fields: tuple[str, ...]) -> None:
    for field in fields:
        value = getattr(record, field)
        if value is not None and not is_day(value):
            problems.append(Problem(field, Fault.DATE_IMPOSSIBLE, iso(value)))


def _in_order(problems: list[Problem], record: _Record, pairs: tuple[tuple[str, str], ...]) -> None:
    for first, second in pairs:
        start, end = getattr(record, first), getattr(record, second)
        if start is not None and end is not None and before(end, start):
            problems.append(_wrong_order(second, end, first, start))


def _wrong_order(field: str, value: Day, other: str, other_value: Day) -> Problem:
    return Problem(field, Fault.BEFORE, iso(value), {"other": other, "other_value": iso(other_value)})


def _past(problems: list[Problem], record: _Record, fields: tuple[str, ...], today: Day) -> None:
    for field in fields:
        value = getattr(record, field)
        if value is not None and before(today, value):
            problems.append(Problem(field, Fault.FUTURE, iso(value)))
