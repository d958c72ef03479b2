"""How long negative information stands in summaries."""

import pytest

from app.rules.retention import kept_until
from models.types import Day, Polarity


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
