import pytest

from app.exchange.typed import typed_day
from app.rules.validation import Fault, Problem
from models.types import Day

TODAY = Day(20250610)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20250315", 20250315),
        ("2025.3.15", 20250315),
        ("2025年3月15日", 20250315),
        ("２０２５-３-１５", 20250315),
        ("3-15", 20250315),
        ("3.15", 20250315),
        ("3月15日", 20250315),
        ("0315", 20250315),
        ("6-10", 20250610),
    ],
)
def test_a_date_is_read_in_every_usual_way(text, value):
    assert typed_day(text, TODAY) == value


def test_month_and_day_are_the_last_such_day():
    assert typed_day("12-25", TODAY) == 20241225
    assert typed_day("2-29", Day(20250610)) == Problem("", Fault.DATE_UNREADABLE, "2-29")
    assert typed_day("2-29", Day(20240610)) == 20240229


def test_a_month_is_enough_only_where_that_is_said():
    assert typed_day("2025-03", TODAY, month_is_enough=True) == 20250300
    assert typed_day("2025-03", TODAY) == Problem("", Fault.DATE_NO_DAY, "2025-03")


@pytest.mark.parametrize("text", ["45736", "yesterday", "13-45", "2025-13-01"])
def test_what_is_no_date_is_a_problem(text):
    assert isinstance(typed_day(text, TODAY), Problem)
