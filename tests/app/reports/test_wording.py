"""Dates, points and digests as they read on paper."""

import pytest

from app.reports.wording import decimals, document_day, in_eights, plain_points, signed_points
from models.types import Day, Points


@pytest.mark.parametrize(
    ("points", "plain", "signed"),
    [
        (0, "0", "0"),
        (3000, "3", "+3"),
        (-1500, "−1.5", "−1.5"),
        (-125, "−0.125", "−0.125"),
        (100050, "100.05", "+100.05"),
    ],
)
def test_points_are_exact_and_signed(points, plain, signed):
    assert plain_points(Points(points)) == plain
    assert signed_points(Points(points)) == signed


def test_points_of_one_table_have_the_same_number_of_places():
    points = [Points(3000), Points(-1500), Points(250)]
    assert [signed_points(value, decimals(points)) for value in points] == ["+3.00", "−1.50", "+0.25"]
    assert decimals([]) == 0


def test_a_date_is_written_out_and_a_month_alone_is_not():
    assert document_day(Day(20250612), str) == "{day} {month_name} {year}".format(
        day=12, month_name="June", year=2025
    )
    assert document_day(Day(20250600), str) == "2025-06"


def test_a_digest_is_read_in_eights():
    assert in_eights("0123456789abcdef") == ["01234567", "89abcdef"]
