"""How long negative information stands in summaries."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.rules.retention import LONGEST, kept_until, last_past
from models.types import Day, Polarity, day_of


@pytest.mark.parametrize(
    ("occurred", "ended", "months", "until"),
    [
        (20200310, None, 60, 20250309),
        (20200310, 20200601, 60, 20250531),
        (20200300, None, 60, 20250228),
        (20200000, None, 12, 20201231),
        (20240229, None, 12, 20250228),
    ],
)
def test_negative_information_stands_for_months_from_the_end_of_the_conduct(
    occurred: int, ended: int | None, months: int, until: int
) -> None:
    end = Day(ended) if ended else None
    assert kept_until(Polarity.NEGATIVE, Day(occurred), end, months) == until


def test_what_is_good_is_kept() -> None:
    assert kept_until(Polarity.POSITIVE, Day(19900101), None, 60) is None


DAYS = some.dates(dt.date(2015, 1, 1), dt.date(2026, 12, 31)).map(day_of)
WHOLE = some.sampled_from((1, 100, 10_000))


@given(DAYS, DAYS, WHOLE, some.integers(1, LONGEST))
def test_the_last_day_that_is_past_tells_the_past_from_what_stands(
    today: Day, ended: Day, whole: int, months: int
) -> None:
    ended = Day(ended // whole * whole)  # of some only the month or the year is known
    until = kept_until(Polarity.NEGATIVE, ended, None, months)
    assert until and (until < today) == (ended <= last_past(today, months))
