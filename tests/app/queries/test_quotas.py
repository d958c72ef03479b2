"""Quotas against the grades that stand."""

import pytest

from app.commands.conduct import verify_entry
from app.commands.evaluations import propose_evaluations
from app.commands.people import change_person
from app.commands.schemes import publish_scheme
from app.errors import NotAllowed
from app.queries.quotas import quotas
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.types import Day, ServiceState
from tests.app.commands.test_conduct import recorded
from tests.offices import BASELINE, WINDOW, TestOffice

YEAR = year(2025)
QUOTA = """
[[quotas]]
band = "B"
percent = 40
left_out = ["long_leave"]
variants = [{ unit = "model", name = "model unit", percent = 60 }]
"""


@pytest.fixture
def limited(office: TestOffice) -> TestOffice:
    """Two of the five may have B or better; one has a commendation."""
    text = BASELINE.replace("edition = 1", "edition = 2") + QUOTA
    office.as_("officer").do(publish_scheme, text, "泽政服发〔2025〕40号", Day(20250101))
    office.as_("verifier").do(verify_entry, recorded(office, staff_no="0003"))
    office.as_("officer").do(propose_evaluations, YEAR)
    return office


def test_what_is_held_is_set_against_what_is_allowed_and_ties_are_named(limited: TestOffice) -> None:
    found = limited.as_("officer").ask(quotas, YEAR)
    assert found
    (meter,) = found.meters
    assert (meter.rated, meter.allowed, meter.held) == (5, 2, 5)
    assert [found.names[uid] for uid in meter.within] == ["王丽"]
    (said,) = found.sentences()
    assert said.startswith("Good and better: 5 people; of 5 at most 2 may have it; ")
    assert "in units with “model unit” at most 3; for 1 place " in said
    assert said.count(",") == 3 and said.endswith("stand level.")  # four people, none of them picked


def test_a_department_has_its_own_share(limited: TestOffice) -> None:
    found = limited.as_("officer").ask(quotas, YEAR, frozenset({WINDOW}))
    assert found and [(one.rated, one.allowed) for one in found.meters] == [(3, 1)]


def test_who_is_left_out_is_not_counted(limited: TestOffice) -> None:
    leave = ((ServiceState.LONG_LEAVE, Day(20250101), None),)
    limited.as_("officer").do(change_person, NewPerson("0005", "阿依古丽·买买提", states=leave))
    found = limited.as_("officer").ask(quotas, YEAR)
    assert found and found.meters[0].rated == 4


def test_a_standard_without_quotas_has_nothing_to_say(office: TestOffice) -> None:
    assert office.as_("officer").ask(quotas, YEAR) is None
    assert office.as_("officer").ask(quotas, year(1999)) is None


def test_who_does_not_propose_may_not_ask(limited: TestOffice) -> None:
    with pytest.raises(NotAllowed):
        limited.as_("head").ask(quotas, YEAR)
