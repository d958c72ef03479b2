"""What must hold of a new person, entry or lead, wherever it comes from: a form, a list, a script.

Nothing here has words: a Problem names the field and the fault, and ``app/problems.py`` makes the
sentence. What needs the database (is there such a person?) is asked by whoever has it.

``check_…`` looks at everything. A list is judged in two halves, since its values repeat: each
different value once by ``check_value``, and each row by ``…_contradictions``.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from app.rules.inputs import NewEntry, NewLead, NewPerson
from models.types import POINT, Capacity, Day, LeadStatus, Polarity, first_date, iso

CODE, LINE = 40, 200
"""Most characters of a code (staff number, item) and of a line (name, post, document number)."""

YEARS = range(1900, 2101)
"""Years that a date in a personnel file can have."""

BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "quantity": (1, 10_000_000 * POINT),
        "given_points": (-100_000 * POINT, 100_000 * POINT),
        "authors": (2, 1_000),
    }
)
"""Least and most of the fields that are numbers, as they are kept."""

IN_THOUSANDTHS = frozenset({"quantity", "given_points"})


class Fault(StrEnum):
    """What can be wrong with a value, or with a row."""

    REQUIRED = "required"
    NO_BASIS = "no_basis"
    TOO_LONG = "too_long"
    SPACES = "spaces"
    CLASSIFIED = "classified"
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
    NOT_A_NUMBER = "not_a_number"
    TOO_EXACT = "too_exact"
    OUT_OF_BOUNDS = "out_of_bounds"
    POINTS_WITHOUT_REASON = "points_without_reason"
    REASON_WITHOUT_POINTS = "reason_without_points"
    WRONG_SIGN = "wrong_sign"
    HEAD_WITHOUT_DECISION = "head_without_decision"
    NOTHING_TO_CORRECT = "nothing_to_correct"
    NOT_A_CHOICE = "not_a_choice"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_PERSON = "unknown_person"
    OTHER_NAME = "other_name"
    STAFF_NO_TWICE = "staff_no_twice"
    STAFF_NO_TAKEN = "staff_no_taken"
    OWN_FILE = "own_file"
    FILE_CLOSED = "file_closed"
    FILE_SENT = "file_sent"
    OTHER_DEPARTMENT = "other_department"
    DEPARTMENT_NOT_KEPT = "department_not_kept"
    STATE_WITHOUT_DATE = "state_without_date"
    CELLS = "cells"
    NO_PLACE = "no_place"
    PLACED_OTHERWISE = "placed_otherwise"
    NOUGHTS_LOST = "noughts_lost"
    TOTAL = "total"
    SAME_AS_ROW = "same_as_row"
    ON_FILE = "on_file"


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
SECRET = re.compile("(绝密|机密|秘密)\\s*★")
"""A mark of secrecy as it stands on documents (国家秘密定密管理规定: 密级★保密期限)."""
_SECRET_NAME = re.compile(
    f"{SECRET.pattern}"
    r"|(?:^|[\s_.\-—【\[（(〔《])(绝密|机密|秘密)(?:级|件)*(?:$|[\s_.\-—:：】\]）)〕》])"
)


def is_marked_secret(name: str) -> bool:
    """Whether the name of a file or the title of a paper bears a mark of secrecy; to speak of it is none."""
    return _SECRET_NAME.search(name) is not None


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
    return _each(person, None) + person_contradictions(person)


def check_entry(entry: NewEntry, today: Day) -> list[Problem]:
    """Everything wrong with an entry that can be told without the database."""
    return _each(entry, today) + entry_contradictions(entry)


def check_basis(entry: NewEntry, evidenced: bool) -> list[Problem]:
    """What is missing for others to see what an entry rests on: who decided, and the document or evidence.

    Asked of who records a single entry and has the paper in hand; lists of earlier years often name
    neither. A sanction is given by a written decision (公职人员政务处分法 第四十五条), and nothing is
    kept here that no competent authority has decided or verified.
    """
    problems: list[Problem] = []
    if not entry.authority:
        problems.append(Problem("authority", Fault.REQUIRED))
    if not (entry.document_no or evidenced):
        problems.append(Problem("document_no", Fault.NO_BASIS))
    return problems


def check_lead(lead: NewLead, today: Day) -> list[Problem]:
    """Everything wrong with a lead that can be told without the database."""
    return _each(lead, today) + lead_contradictions(lead)


_LENGTHS = {
    "staff_no": CODE,
    "name": LINE,
    "department": 8 * LINE,
    "post": LINE,
    "rank": LINE,
    "item": CODE,
    "authority": LINE,
    "document_no": LINE,
    "corrected_document": LINE,
    "order_no": LINE,
}
_NOT_AHEAD = {"occurred_on", "decided_on", "ended_on", "corrected_on", "received_on", "closed_on"}


def _each(record: NewPerson | NewEntry | NewLead, today: Day | None) -> list[Problem]:
    problems: list[Problem] = []
    for field, value in zip(record._fields, record, strict=True):
        if not value and field not in record._field_defaults:
            problems.append(Problem(field, Fault.REQUIRED))
        elif problem := check_value(field, value, today):
            problems.append(problem)
    return problems


def check_value(field: str, value: object, today: Day | None = None) -> Problem | None:
    """What is wrong with the value of one field, looked at alone."""
    if isinstance(value, str):
        return _check_text(field, value)
    if not isinstance(value, int):
        return None
    if field in BOUNDS:
        return _check_number(field, value)
    if not is_day(value):
        return Problem(field, Fault.DATE_IMPOSSIBLE, iso(Day(value)))
    if today is not None and field in _NOT_AHEAD and before(today, Day(value)):
        return Problem(field, Fault.FUTURE, iso(Day(value)))
    return None


def _check_number(field: str, value: int) -> Problem | None:
    least, most = BOUNDS[field]
    if least <= value <= most:
        return None
    params = {"least": figure(field, least), "most": figure(field, most)}
    return Problem(field, Fault.OUT_OF_BOUNDS, figure(field, value), params)


def figure(field: str, value: int) -> str:
    """A number of one of the fields in BOUNDS as people write it, without needless noughts."""
    return f"{Decimal(value) / POINT:f}" if field in IN_THOUSANDTHS else str(value)


def _check_text(field: str, text: str) -> Problem | None:
    most = _LENGTHS.get(field)
    if most is not None and len(text) > most:
        return Problem(field, Fault.TOO_LONG, text, {"most": str(most)})
    if "★" in text and (marked := SECRET.search(text)):
        return Problem(field, Fault.CLASSIFIED, marked[0].strip())
    if field == "staff_no" and _SPACE.search(text):
        return Problem(field, Fault.SPACES, text)
    if field == "name" and _LOST.search(text):
        return Problem(field, Fault.LOST_CHARACTER, text)
    if field == "id_number" and text and (fault := id_number_fault(text)):
        return Problem(field, fault, text)
    return None


def person_contradictions(person: NewPerson) -> list[Problem]:
    """Where the values of a person, each good alone, do not go together."""
    problems: list[Problem] = []
    _in_order(problems, "joined_on", person.joined_on, "left_on", person.left_on)
    if person.leaving and person.left_on is None:
        problems.append(Problem("leaving", Fault.LEFT_WITHOUT_DATE, person.leaving))
    for _, since, until in person.states:
        _in_order(problems, "state_since", since, "state_until", until)
    return problems


def entry_contradictions(entry: NewEntry) -> list[Problem]:
    """Where the values of an entry, each good alone, do not go together."""
    problems: list[Problem] = []
    _in_order(problems, "occurred_on", entry.occurred_on, "decided_on", entry.decided_on)
    _in_order(problems, "occurred_on", entry.occurred_on, "ended_on", entry.ended_on)
    decision = "decided_on" if entry.decided_on else "occurred_on"
    decided = entry.decided_on or entry.occurred_on
    _in_order(problems, decision, decided, "corrected_on", entry.corrected_on)
    if entry.given_points is not None and not entry.given_reason:
        problems.append(Problem("given_reason", Fault.POINTS_WITHOUT_REASON))
    if entry.given_reason and entry.given_points is None:
        problems.append(Problem("given_points", Fault.REASON_WITHOUT_POINTS))
    if entry.corrected_document and not entry.corrected_on:
        problems.append(Problem("corrected_on", Fault.REQUIRED))
    return problems


def item_contradictions(entry: NewEntry, polarity: Polarity) -> list[Problem]:
    """Where an entry does not go together with an item that adds or deducts.

    The head answers for what the unit was punished for only where a decision names the personal
    responsibility (领导责任: 中国共产党纪律处分条例 第三十九条; 公职人员政务处分法 第十条).
    """
    problems: list[Problem] = []
    given = entry.given_points or 0
    if polarity is Polarity.POSITIVE:
        if given < 0:
            problems.append(Problem("given_points", Fault.WRONG_SIGN, figure("given_points", given)))
        if entry.corrected_on:
            problems.append(Problem("corrected_on", Fault.NOTHING_TO_CORRECT, iso(entry.corrected_on)))
        return problems
    if given > 0:
        problems.append(Problem("given_points", Fault.WRONG_SIGN, figure("given_points", given)))
    if entry.capacity is Capacity.HEAD and not entry.document_no:
        problems.append(Problem("document_no", Fault.HEAD_WITHOUT_DECISION))
    return problems


def lead_contradictions(lead: NewLead) -> list[Problem]:
    """Where the values of a lead, each good alone, do not go together."""
    problems: list[Problem] = []
    received = lead.received_on
    _in_order(problems, "occurred_on", lead.occurred_on, "received_on", received)
    _in_order(problems, "received_on", received, "due_on", lead.due_on)
    _in_order(problems, "received_on", received, "closed_on", lead.closed_on)
    if lead.closed_on is not None and lead.status is LeadStatus.OPEN:
        problems.append(Problem("closed_on", Fault.OPEN_BUT_CLOSED, iso(lead.closed_on)))
    return problems


def _in_order(problems: list[Problem], first: str, start: Day | None, second: str, end: Day | None) -> None:
    if start is not None and end is not None and before(end, start):
        params = {"other": first, "other_value": iso(start)}
        problems.append(Problem(second, Fault.BEFORE, iso(end), params))
