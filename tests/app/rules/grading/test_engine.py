"""How a grade comes about, example by example."""

from dataclasses import replace

import pytest

from app.rules.grading.case import (
    Adjusted,
    Adjustment,
    CaseEntry,
    Fixed,
    Grade,
    Lack,
    Line,
    NotCounted,
    NotRated,
    year,
)
from models.types import AuthorityLevel, Day, EntryStatus, Points, ServiceState, Uid, last_day
from tests.app.rules.grading.schemes import PERIOD, SMALL, graded, record

CITY, PROVINCE = AuthorityLevel.CITY, AuthorityLevel.PROVINCE


def reasons(grade: Grade) -> dict[str, NotCounted | None]:
    return {line.entry: line.reason for line in grade.lines}


def test_who_has_nothing_on_record_has_the_base() -> None:
    grade = graded()
    assert (grade.band, grade.score, grade.lines, grade.direct) == ("B", 100_000, (), None)
    assert grade.adjustments == (Adjustment(Adjusted.BASE, "", Points(100_000)),)
    assert (grade.fixed, grade.next_band, grade.lacks) == (Fixed.SCORE, "A", (Lack("score", 10_000),))


def test_points_add_up_and_every_entry_has_its_line() -> None:
    grade = graded(record("reward"), record("overdue", 20250601), record("honour", 20240501, level=CITY))
    assert (grade.band, grade.score) == ("A", 114_500)
    assert [(line.item, line.points) for line in grade.lines] == [
        ("honour", 12_500),
        ("reward", 5_000),
        ("overdue", -3_000),
    ]


def test_a_line_says_everything_about_its_entry() -> None:
    (line,) = graded(record("demerit", 20250901, uid="e1", status=EntryStatus.DISPUTED)).lines
    assert line == Line(Uid("e1"), "demerit", Points(-1_000), None, Day(20270228), "C", True)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (record(status=EntryStatus.SUBMITTED), NotCounted.NOT_VERIFIED),
        (record(status=EntryStatus.RETURNED), NotCounted.RETURNED),
        (record(status=EntryStatus.REVOKED), NotCounted.REVOKED),
        (record(status=EntryStatus.SUPERSEDED), NotCounted.SUPERSEDED),
        (record(status=EntryStatus.WITHDRAWN), NotCounted.WITHDRAWN),
        (record(on=20260101), NotCounted.LATER),
        (record(on=20251230, decided=20260105), NotCounted.LATER),
        (record(on=20260101, status=EntryStatus.SUBMITTED), NotCounted.LATER),
        (record(on=20231231), NotCounted.EXPIRED),
        (record("no.such.item"), NotCounted.NOT_IN_SCHEME),
        (record("honour", level=AuthorityLevel.NATION), NotCounted.NO_POINTS_FOR_LEVEL),
    ],
)
def test_what_does_not_count_says_why_and_brings_nothing(entry: CaseEntry, reason: NotCounted) -> None:
    grade = graded(entry)
    assert reasons(grade) == {entry.uid: reason}
    assert (grade.score, grade.band) == (100_000, "B")
    assert grade.lines[0].points == 0 and not grade.lines[0].direct


@pytest.mark.parametrize("status", [EntryStatus.EFFECTIVE, EntryStatus.DISPUTED])
def test_a_disputed_entry_counts_while_the_objection_runs(status: EntryStatus) -> None:
    grade = graded(record("overdue", status=status))
    assert (grade.score, grade.lines[0].disputed) == (97_000, status is EntryStatus.DISPUTED)


# Validity: the first and the last day on which an entry counts.


@pytest.mark.parametrize(
    ("on", "counts"),
    [(20231231, False), (20241231, False), (20250101, True), (20251231, True), (20260101, False)],
)
def test_twelve_months_from_the_decision_are_counted_to_the_day(on: int, counts: bool) -> None:
    assert (graded(record(on=on)).score == 105_000) is counts


def test_an_entry_counts_on_its_last_day_and_not_on_the_next() -> None:
    half = year(2025)._replace(start=Day(20250101), end=Day(20250630))
    assert graded(record(on=20240701), period=half).lines[0].until == 20250630
    assert graded(record(on=20240701), period=half).score == 105_000
    assert graded(record(on=20240630), period=half).score == 100_000


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (20250310, 12, 20260309),
        (20250101, 12, 20251231),
        (20250831, 6, 20260228),  # no 31 February: the end of the month
        (20250830, 6, 20260228),
        (20250829, 6, 20260228),
        (20250828, 6, 20260227),
        (20240229, 12, 20250228),
        (20240229, 48, 20280228),
        (20231231, 2, 20240229),
        (20250131, 1, 20250228),
        (20250300, 12, 20260228),  # the month alone is known: from its first day
        (20250000, 6, 20250630),
    ],
)
def test_a_period_of_months_ends_the_day_before_or_with_the_month(start: int, months: int, last: int) -> None:
    assert last_day(Day(start), months) == last


def test_a_later_beginning_never_ends_earlier() -> None:
    days = [Day(20240000 + month * 100 + day) for month in range(1, 13) for day in range(1, 29)]
    for months in (1, 6, 12, 18):
        ends = [last_day(day, months) for day in days]
        assert ends == sorted(ends)


def test_validity_runs_from_the_decision_or_from_the_end_of_the_conduct() -> None:
    (reward,) = graded(record("reward", on=20240601, decided=20250110)).lines
    assert reward.until == 20260109
    (overdue,) = graded(record("overdue", on=20240601, decided=20250110)).lines
    assert (overdue.until, overdue.reason) == (20250531, NotCounted.EXPIRED)
    (lasting,) = graded(record("overdue", on=20240601, ended=20250110, decided=20250120)).lines
    assert (lasting.until, lasting.reason) == (20260109, None)


@pytest.mark.parametrize(
    ("on", "counts"),
    [(20250000, True), (20251200, True), (20250100, True), (20241200, False), (20260000, False)],
)
def test_a_date_of_which_the_day_is_unknown_means_the_first(on: int, counts: bool) -> None:
    assert (graded(record(on=on)).score == 105_000) is counts


# One act, one time.


def test_a_party_and_a_government_sanction_for_one_act_count_once() -> None:
    """政务处分法 第十六条: 党内警告 and 政务警告 for one act are one act."""
    party = record("overdue", 20250501, uid="party", act="act")
    government = record("warning", 20250601, uid="government", act="act")
    grade = graded(party, government)
    assert grade.score == 88_000
    assert reasons(grade) == {"party": NotCounted.SAME_ACT, "government": None}
    assert graded(party, government._replace(act=Uid("other"))).score == 85_000


def test_of_one_act_the_revoked_sanction_gives_way_to_the_other() -> None:
    party = record("overdue", 20250501, uid="party", act="act")
    government = record("warning", 20250601, uid="government", act="act", status=EntryStatus.REVOKED)
    assert reasons(graded(party, government)) == {"party": None, "government": NotCounted.REVOKED}


def test_praise_and_blame_for_one_act_do_not_cancel_each_other() -> None:
    assert graded(record("reward", act="act"), record("overdue", act="act")).score == 102_000


def test_one_act_takes_the_most_points_and_the_lowest_direct_grade() -> None:
    heavy = record("overdue", 20250901, uid="heavy", act="act")
    direct = record("demerit", 20250901, uid="direct", act="act")
    grade = graded(heavy, direct)
    assert (grade.score, grade.band, grade.direct) == (97_000, "C", "direct")
    assert [(line.entry, line.points, line.direct) for line in grade.lines] == [
        ("direct", 0, "C"),
        ("heavy", -3_000, ""),
    ]
    lower = record("dismissal", uid="lower", act="act", level=PROVINCE)
    assert reasons(graded(heavy, direct, lower)) == {
        "heavy": NotCounted.SAME_ACT,
        "direct": NotCounted.SAME_ACT,
        "lower": None,
    }


# Direct grades.


def test_a_direct_grade_lowers_the_band_and_leaves_the_score() -> None:
    grade = graded(record("demerit", 20250901), record("honour", level=CITY))
    assert (grade.score, grade.band, grade.direct) == (111_500, "C", "demerit-20250901")


def test_a_direct_grade_never_raises() -> None:
    low = [record("warning", 20250100 + day, uid=f"w{day}") for day in (1, 2)]
    grade = graded(*low, record("demerit", 20250901))
    assert (grade.score, grade.band, grade.direct) == (75_000, "D", None)


def test_a_direct_grade_outlasts_the_points_where_the_standard_says_so() -> None:
    grade = graded(record("demerit", 20240801))
    assert (grade.score, grade.band) == (100_000, "C")
    assert grade.lines[0] == Line(
        Uid("demerit-20240801"), "demerit", Points(0), None, Day(20260131), "C", False
    )
    assert reasons(graded(record("demerit", 20240601))) == {"demerit-20240601": NotCounted.EXPIRED}


def test_a_direct_grade_holds_at_a_level_without_points() -> None:
    grade = graded(record("dismissal", level=AuthorityLevel.UNIT))
    assert (grade.score, grade.band, grade.lines[0].reason) == (100_000, "D", None)


# Bands and bounds.


@pytest.mark.parametrize(
    ("points", "band"),
    [(10, "A"), (9.999, "B"), (-4.5, "B"), (-4.501, "C"), (-20, "C"), (-20.001, "D"), (-100, "D")],
)
def test_the_lowest_score_of_a_band_belongs_to_it(points: float, band: str) -> None:
    base = Points(100_000 + round(points * 1000))
    scheme = replace(SMALL, score=replace(SMALL.score, base=base))
    assert graded(scheme=scheme).band == band


def test_the_score_stays_between_floor_and_ceiling() -> None:
    many = [record("honour", 20250100 + day, uid=f"h{day}", level=CITY) for day in range(1, 10)]
    assert graded(*many).score == 130_000
    bad = [record("warning", 20250100 + day, uid=f"w{day}") for day in range(1, 20)]
    assert graded(*bad).score == 0


# Who is not rated.


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ({"states": [ServiceState.PROBATION]}, ServiceState.PROBATION),
        ({"states": [ServiceState.CASE_OPEN, ServiceState.SECONDED]}, ServiceState.CASE_OPEN),
        ({"left": 20251031}, NotRated.LEFT),
        ({"left": 20251231}, NotRated.LEFT),
        ({"joined": 20260101}, NotRated.JOINED_LATER),
    ],
)
def test_who_is_not_rated_has_a_reason_and_no_grade(case: dict, reason: object) -> None:
    assert graded(record(), **case) == Grade(None, None, (), None, reason)


@pytest.mark.parametrize(
    "case",
    [
        {"states": [ServiceState.SECONDED]},  # the standard does not name it
        {"left": 20260101},
        {"joined": 20251231},
        {"joined": 20250000},
    ],
)
def test_everyone_else_is_rated(case: dict) -> None:
    assert graded(record(), **case).band == "B"


def test_of_several_reasons_it_is_always_the_same() -> None:
    both = [ServiceState.PROBATION, ServiceState.CASE_OPEN]
    assert graded(states=both) == graded(states=reversed(both))


def test_a_year_is_its_first_and_its_last_day() -> None:
    assert PERIOD == (20250101, 20251231, "2025")
