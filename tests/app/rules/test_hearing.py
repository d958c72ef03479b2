"""Who is heard before an entry counts, and when that is over."""

import pytest

from app.rules.hearing import LONGEST, SHORTEST, TERM, Hindrance, hindrance, is_decided, is_heard_first
from models.types import AuthorityLevel, Day, Polarity

UNIT, CITY = AuthorityLevel.UNIT, AuthorityLevel.CITY
DAY = Day(20251201)


@pytest.mark.parametrize(
    ("decided_on", "document_no", "authority", "level", "decided"),
    [
        (DAY, "泽政服督〔2025〕3号", "泽临市政务服务局", UNIT, True),  # a numbered decision of the own unit
        (DAY, "", "泽临市监察委员会", CITY, True),  # lists of earlier years name no number
        (DAY, "258996", "", UNIT, True),  # the case number of an imported list
        (None, "泽效能〔2025〕3号", "", UNIT, True),  # of a list without the day of the decision
        (DAY, "", "泽临市政务服务局", UNIT, False),  # the own unit's word
        (DAY, "", "", CITY, False),
        (None, "", "泽临市监察委员会", CITY, False),
    ],
)
def test_a_decision_has_a_document_or_its_day_and_a_body_above_the_unit(
    decided_on: Day | None, document_no: str, authority: str, level: AuthorityLevel, decided: bool
) -> None:
    assert is_decided(decided_on, document_no, authority, level) is decided


def test_only_about_a_wrong_that_nobody_decided_is_the_person_heard_first() -> None:
    assert is_heard_first(Polarity.NEGATIVE, False)
    assert not is_heard_first(Polarity.NEGATIVE, True)
    assert not is_heard_first(Polarity.POSITIVE, False)


def test_what_stands_in_the_way_goes_with_notice_delivery_and_the_end_of_the_term() -> None:
    last = Day(20251208)
    assert hindrance(False, None, None, False, DAY) is Hindrance.NO_NOTICE
    assert hindrance(True, None, None, False, DAY) is Hindrance.NOT_DELIVERED
    assert hindrance(True, DAY, last, False, last) is Hindrance.TERM_RUNS
    assert hindrance(True, DAY, last, False, Day(20251209)) is None
    assert hindrance(True, DAY, last, True, DAY) is None


def test_the_term_has_its_source() -> None:
    assert SHORTEST <= TERM.days <= LONGEST and "行政处罚法" in TERM.source
