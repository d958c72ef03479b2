"""Checks of people, entries and leads, without words and without a database."""

import pytest

from app.rules.inputs import NewEntry, NewLead, NewPerson
from app.rules.validation import (
    Fault,
    before,
    check_entry,
    check_lead,
    check_person,
    figure,
    id_number_fault,
    is_day,
    item_contradictions,
)
from models.types import Capacity, Day, LeadStatus, Leaving, Points, Polarity, ServiceState

TODAY = Day(20251218)
PERSON = NewPerson("0001", "王丽")
ENTRY = NewEntry("0001", "duty.absent", Day(20250301))
LEAD = NewLead("0001", Day(20250301))


def faults(problems):
    return [(problem.field, problem.fault) for problem in problems]


def test_what_is_right_has_no_problems():
    states = ((ServiceState.SECONDED, Day(20250101), None),)
    assert check_person(PERSON._replace(joined_on=Day(20150300), left_on=Day(20150331), states=states)) == []
    assert check_entry(ENTRY._replace(decided_on=Day(20250301), ended_on=TODAY), TODAY) == []
    closed = LEAD._replace(status=LeadStatus.UNSUBSTANTIATED, closed_on=TODAY, due_on=Day(20260101))
    assert check_lead(closed, TODAY) == []


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"staff_no": ""}, "staff_no", Fault.REQUIRED),
        ({"staff_no": "00 01"}, "staff_no", Fault.SPACES),
        ({"staff_no": "1" * 41}, "staff_no", Fault.TOO_LONG),
        ({"name": ""}, "name", Fault.REQUIRED),
        ({"name": "王?"}, "name", Fault.LOST_CHARACTER),
        ({"name": "王\ue81e"}, "name", Fault.LOST_CHARACTER),
        ({"post": "长" * 201}, "post", Fault.TOO_LONG),
        ({"joined_on": Day(20150231)}, "joined_on", Fault.DATE_IMPOSSIBLE),
        ({"joined_on": Day(20150001)}, "joined_on", Fault.DATE_IMPOSSIBLE),
        ({"joined_on": Day(20150301), "left_on": Day(20150228)}, "left_on", Fault.BEFORE),
        ({"leaving": Leaving.RETIRED}, "leaving", Fault.LEFT_WITHOUT_DATE),
        ({"id_number": "11010519491231002"}, "id_number", Fault.ID_LENGTH),
        ({"id_number": "110105194913310021"}, "id_number", Fault.ID_DATE),
        ({"id_number": "110105194912310021"}, "id_number", Fault.ID_CHECK_DIGIT),
        (
            {"states": ((ServiceState.AID, Day(20250201), Day(20250131)),)},
            "state_until",
            Fault.BEFORE,
        ),
    ],
)
def test_a_person_is_refused_for(change, field, fault):
    assert faults(check_person(PERSON._replace(**change))) == [(field, fault)]


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"item": ""}, "item", Fault.REQUIRED),
        ({"occurred_on": None}, "occurred_on", Fault.REQUIRED),
        ({"occurred_on": Day(20251219)}, "occurred_on", Fault.FUTURE),
        ({"decided_on": Day(20250228)}, "decided_on", Fault.BEFORE),
        ({"ended_on": Day(20250228)}, "ended_on", Fault.BEFORE),
        ({"document_no": "号" * 201}, "document_no", Fault.TOO_LONG),
        ({"quantity": 0}, "quantity", Fault.OUT_OF_BOUNDS),
        ({"quantity": 10_000_000_001}, "quantity", Fault.OUT_OF_BOUNDS),
        ({"authors": 1}, "authors", Fault.OUT_OF_BOUNDS),
        ({"given_points": Points(3000)}, "given_reason", Fault.POINTS_WITHOUT_REASON),
        ({"given_reason": "经研究"}, "given_points", Fault.REASON_WITHOUT_POINTS),
        ({"given_points": Points(10**9), "given_reason": "a"}, "given_points", Fault.OUT_OF_BOUNDS),
        ({"corrected_on": Day(20250228)}, "corrected_on", Fault.BEFORE),
        ({"decided_on": Day(20250401), "corrected_on": Day(20250331)}, "corrected_on", Fault.BEFORE),
        ({"corrected_on": Day(20251219)}, "corrected_on", Fault.FUTURE),
        ({"corrected_document": "改1"}, "corrected_on", Fault.REQUIRED),
        ({"corrected_on": TODAY, "corrected_document": "改" * 201}, "corrected_document", Fault.TOO_LONG),
    ],
)
def test_an_entry_is_refused_for(change, field, fault):
    assert faults(check_entry(ENTRY._replace(**change), TODAY)) == [(field, fault)]


GIVEN = {"given_reason": "经研究"}


@pytest.mark.parametrize(
    ("change", "polarity", "expected"),
    [
        ({"given_points": Points(3), **GIVEN}, Polarity.POSITIVE, []),
        ({"given_points": Points(-3), **GIVEN}, Polarity.NEGATIVE, []),
        ({"given_points": Points(0), **GIVEN}, Polarity.NEGATIVE, []),
        ({"given_points": Points(-3), **GIVEN}, Polarity.POSITIVE, [("given_points", Fault.WRONG_SIGN)]),
        ({"given_points": Points(3), **GIVEN}, Polarity.NEGATIVE, [("given_points", Fault.WRONG_SIGN)]),
        ({"capacity": Capacity.HEAD}, Polarity.POSITIVE, []),
        ({"capacity": Capacity.HEAD, "document_no": "甲1"}, Polarity.NEGATIVE, []),
        ({"capacity": Capacity.HEAD}, Polarity.NEGATIVE, [("document_no", Fault.HEAD_WITHOUT_DECISION)]),
        ({"corrected_on": TODAY}, Polarity.NEGATIVE, []),
        ({"corrected_on": TODAY}, Polarity.POSITIVE, [("corrected_on", Fault.NOTHING_TO_CORRECT)]),
    ],
)
def test_an_entry_must_go_together_with_the_way_its_item_counts(change, polarity, expected):
    assert faults(item_contradictions(ENTRY._replace(**change), polarity)) == expected


def test_figures_are_written_as_people_write_them():
    assert [figure("quantity", value) for value in (1, 12_500, 3_000, 10_000_000_000)] == [
        "0.001",
        "12.5",
        "3",
        "10000000",
    ]
    assert (figure("given_points", -2_500), figure("authors", 3)) == ("-2.5", "3")


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"occurred_on": Day(20250302)}, "received_on", Fault.BEFORE),
        ({"due_on": Day(20250228)}, "due_on", Fault.BEFORE),
        ({"received_on": Day(20260101)}, "received_on", Fault.FUTURE),
        ({"closed_on": Day(20250401)}, "closed_on", Fault.OPEN_BUT_CLOSED),
        (
            {"closed_on": Day(20250201), "status": LeadStatus.UNSUBSTANTIATED},
            "closed_on",
            Fault.BEFORE,
        ),
    ],
)
def test_a_lead_is_refused_for(change, field, fault):
    assert faults(check_lead(LEAD._replace(**change), TODAY)) == [(field, fault)]


def test_every_problem_of_a_record_is_named():
    bad = NewPerson("0 1", "?", joined_on=Day(20150301), left_on=Day(20140301))
    assert [field for field, _ in faults(check_person(bad))] == ["staff_no", "name", "left_on"]


def test_the_check_digit_may_be_x_and_every_single_wrong_digit_is_found():
    good = "11010519491231002X"  # the example of GB 11643
    assert id_number_fault(good) is None
    for place, digit in enumerate(good[:-1]):
        changed = good[:place] + str((int(digit) + 1) % 10) + good[place + 1 :]
        assert id_number_fault(changed) is not None


def test_dates_of_unknown_day_are_before_only_what_is_certainly_later():
    assert before(Day(20150300), Day(20150401))
    assert not before(Day(20150300), Day(20150331))
    assert before(Day(20150000), Day(20160000))
    assert not before(Day(20150301), Day(20150300))
    assert is_day(20150300)
    assert not is_day(18991231)
