"""What is measured elsewhere: taken in whole or not at all, and what a standard makes of it."""

import pytest

from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.measurements import record_measurements
from app.commands.schemes import publish_scheme
from app.errors import Invalid
from app.queries.files import case_of, file_view
from app.queries.verification import verify
from app.rules.grading.case import Period, year
from models.types import Day, EvaluationStatus, Points
from tests.offices import BASELINE, TestOffice

MORE = """
[carry_over]
by_grade = { A = 5, B = 2 }

[[inputs]]
code = "survey"
name = { zh = "群众评议", en = "Survey" }
weight = 0.1

"""
DOCUMENT = "泽政评〔2025〕3号"
PERIOD = year(2025)


@pytest.fixture
def measured(office: TestOffice) -> TestOffice:
    text = BASELINE.replace("edition = 1", "edition = 2", 1).replace("[score]", f"{MORE}[score]", 1)
    office.as_("officer").do(publish_scheme, text, "泽政服发〔2025〕1号", Day(20240101))
    return office


def take_in(office: TestOffice, period: Period = PERIOD, code: str = "survey", **values: int) -> None:
    found = {number.removeprefix("no"): Points(value * 1000) for number, value in values.items()}
    office.as_("officer").do(record_measurements, code, period, found, DOCUMENT)


def score(office: TestOffice, staff_no: str, period: Period = PERIOD) -> int | None:
    grade = office.as_("officer").ask(file_view, staff_no, period).grade
    return grade and grade.score


def test_a_result_counts_in_its_period_and_a_later_one_takes_its_place(measured: TestOffice) -> None:
    take_in(measured, no0003=90, no0004=100)
    assert [score(measured, no) for no in ("0003", "0004", "0005")] == [109_000, 110_000, 100_000]
    assert score(measured, "0003", year(2024)) == 100_000
    take_in(measured, no0003=50)
    assert score(measured, "0003") == 105_000
    view = measured.as_("officer").ask(file_view, "0003", year(2025))
    assert case_of(view, year(2025)).inputs == {"survey": 50_000}
    assert measured.as_("officer").ask(verify).findings == ()


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("survey", {"no0003": 101}, "between 0 and 100"),
        ("survey", {"no0003": 90, "no0099": 80}, "0099"),
        ("training", {"no0003": 90}, "survey (Survey)"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_taken_in(
    measured: TestOffice, code: str, values: dict[str, int], said: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        take_in(measured, code=code, **values)
    assert said in refusal.value.sentence
    assert score(measured, "0003") == 100_000


def test_a_new_result_makes_a_grade_stale(measured: TestOffice) -> None:
    take_in(measured, no0003=90)
    rows = measured.as_("officer").do(propose_evaluations, year(2025)).evaluations
    measured.as_("head").do(approve_evaluation, rows["0003"])
    take_in(measured, no0003=80)
    view = measured.as_("officer").ask(file_view, "0003", year(2025))
    assert view.evaluations[0].stale


def test_a_decided_grade_brings_points_into_the_next_period(measured: TestOffice) -> None:
    rows = measured.as_("officer").do(propose_evaluations, year(2024)).evaluations
    assert score(measured, "0003") == 100_000  # nobody has decided yet
    measured.as_("head").do(approve_evaluation, rows["0003"])
    assert (score(measured, "0003"), score(measured, "0005")) == (102_000, 100_000)
    assert score(measured, "0003", year(2024)) == 100_000


def test_a_part_of_the_year_carries_nothing_into_the_year(measured: TestOffice) -> None:
    """Its entries count in the year already."""
    half = Period(Day(20250101), Day(20250630), "2025-06")
    rows = measured.as_("officer").do(propose_evaluations, half).evaluations
    measured.as_("head").do(approve_evaluation, rows["0003"])
    assert score(measured, "0003") == 100_000


def stale_in(office: TestOffice, period: Period) -> bool:
    """Whether the grade of 0003 that stands in a period is marked."""
    view = office.as_("officer").ask(file_view, "0003", period)
    return next(
        one for one in view.evaluations if one.period == period and one.status != EvaluationStatus.SUPERSEDED
    ).stale


def test_what_an_earlier_grade_carries_over_makes_a_later_one_stale(measured: TestOffice) -> None:
    before = measured.as_("officer").do(propose_evaluations, year(2024)).evaluations
    measured.as_("officer").do(propose_evaluations, year(2025))
    assert not stale_in(measured, year(2025))
    measured.as_("head").do(approve_evaluation, before["0003"])
    assert stale_in(measured, year(2025)) and not stale_in(measured, year(2024))
    assert score(measured, "0003") == 102_000
    measured.as_("officer").do(propose_evaluations, year(2025))
    assert not stale_in(measured, year(2025))


def test_an_earlier_grade_that_is_replaced_makes_a_later_one_stale(measured: TestOffice) -> None:
    before = measured.as_("officer").do(propose_evaluations, year(2024)).evaluations
    measured.as_("head").do(approve_evaluation, before["0003"])
    measured.as_("officer").do(propose_evaluations, year(2025))
    take_in(measured, year(2024), no0003=90)
    measured.as_("officer").do(propose_evaluations, year(2025))  # the file was looked at meanwhile
    assert not stale_in(measured, year(2025))
    measured.as_("officer").do(propose_evaluations, year(2024))
    assert stale_in(measured, year(2025))
    assert score(measured, "0003") == 100_000
