"""Every construct that the shipped standards do not use, in small standards made for it."""

from collections.abc import Mapping

import pytest

from app.rules.grading.case import (
    Adjusted,
    Case,
    CaseEntry,
    Fixed,
    Grade,
    How,
    Lack,
    Last,
    NotCounted,
    Period,
    year,
)
from app.rules.grading.engine import grade
from app.rules.grading.parsing import parse
from app.rules.grading.scheme import Scheme
from app.rules.grading.score import starting
from models.types import POINT, AuthorityLevel, Capacity, Day, EntryStatus, Points, ServiceState
from tests.app.rules.grading.schemes import PERIOD, TEXT, record

CITY, PROVINCE = AuthorityLevel.CITY, AuthorityLevel.PROVINCE


def standard(*tables: str, change: Mapping[str, str] | None = None, **keys: str) -> Scheme:
    """The small standard with more tables, other lines, and more keys of rows by their code."""
    text = TEXT
    for old, new in (change or {}).items():
        assert old in text
        text = text.replace(old, new)
    for code, lines in keys.items():
        assert f'code = "{code}"\n' in text
        text = text.replace(f'code = "{code}"\n', f'code = "{code}"\n{lines}\n')
    return parse("\n".join([text, *tables]))


def result(
    scheme: Scheme,
    *entries: CaseEntry,
    last: tuple[str, float] | None = None,
    inputs: Mapping[str, float] | None = None,
    period: Period = PERIOD,
) -> Grade:
    """The grade; lines and adjustments always make the score."""
    before = last and Last(last[0], Points(round(last[1] * POINT)))
    measured = {code: round(value * POINT) for code, value in (inputs or {}).items()}
    found = grade(Case(entries, last=before, inputs=measured), scheme, period)
    moved = [line.points for line in found.lines] + [one.points for one in found.adjustments]
    assert found.score == sum(moved)
    return found


def moves(found: Grade) -> dict[str, float]:
    """The adjustments but for the base, in points."""
    made = {f"{one.kind} {one.code}".strip(): one.points / POINT for one in found.adjustments}
    del made[Adjusted.BASE]
    return made


def score(found: Grade) -> float:
    assert found.score is not None
    return found.score / POINT


def reasons(found: Grade) -> list[NotCounted | None]:
    return [line.reason for line in found.lines]


def fixed(found: Grade) -> tuple[str | None, Fixed, str]:
    return found.band, found.fixed, found.rule


def rewards(number: int) -> list[CaseEntry]:
    return [record(on=20250101 + n, uid=f"reward {n}") for n in range(number)]


def overdue(*days: int) -> list[CaseEntry]:
    return [record("overdue", day) for day in days]


REWARD, WARNING = record(), record("warning", 20250601)
HONOUR = record("honour", level=CITY)


# Parts


def test_a_part_enters_the_score_by_its_weight() -> None:
    scheme = standard('[[parts]]\ncode = "work"\nname = "x"\nweight = 0.5', reward='part = "work"')
    found = result(scheme, REWARD, *overdue(20250401))
    assert score(found) == 100 + 5 * 0.5 - 3
    assert moves(found) == {"weight work": -2.5}


PART = '[[parts]]\ncode = "morals"\nname = "x"\nbase = 20\nceiling = 22\nfloor = 10\nweight = 0.5\n'
IN_PART = {"reward": 'part = "morals"', "overdue": 'part = "morals"'}


def test_a_part_has_its_own_base_ceiling_and_floor() -> None:
    scheme = standard(PART, **IN_PART)
    high, low = result(scheme, REWARD), result(scheme, *overdue(20250401, 20250402, 20250403, 20250404))
    assert (score(high), score(low), score(result(scheme))) == (111, 105, 110)
    assert moves(high) == {"part_base morals": 20, "part_cap morals": -3, "weight morals": -11}
    assert moves(low) == {"part_base morals": 20, "part_cap morals": 2, "weight morals": -5}


def test_one_act_can_take_a_whole_part_to_zero() -> None:
    scheme = standard(PART + 'zero_on = ["warning"]', **IN_PART)
    found = result(scheme, REWARD, WARNING)
    assert score(found) == 100 - 12
    assert moves(found) == {"part_base morals": 20, "part_cap morals": -3, "part_zero morals": -22}


def test_a_part_below_zero_is_not_lifted_to_it() -> None:
    scheme = standard('[[parts]]\ncode = "p"\nname = "x"\nzero_on = ["warning"]', overdue='part = "p"')
    assert score(result(scheme, WARNING, *overdue(20250401))) == 85


# Ceilings and floors


def test_an_item_has_a_ceiling_and_a_floor() -> None:
    scheme = standard(reward="cap = { ceiling = 8 }", overdue="cap = { floor = -5 }")
    found = result(scheme, *rewards(2), *overdue(20250401, 20250402))
    assert (score(found), moves(found)) == (103, {"item_cap reward": -2, "item_cap overdue": 1})
    assert score(result(scheme, REWARD, *overdue(20250401))) == 102


@pytest.mark.parametrize(("per", "points"), [("period", 12.5), ("year", 25)])
def test_a_ceiling_is_for_everything_or_for_each_year_of_acts(per: str, points: float) -> None:
    days = (20240201, 20250310, 20250311)
    entries = [record("honour", day, level=CITY) for day in days]
    for scheme in (
        standard(honour=f'cap = {{ ceiling = 12.5, per = "{per}" }}'),
        standard(GROUP.replace("CAP", f'ceiling = 12.5, per = "{per}"'), honour='group = "g"'),
    ):
        assert score(result(scheme, *entries)) == 100 + points


GROUP = '[[groups]]\ncode = "g"\nname = "x"\ncap = { CAP }\n'


def test_the_ceiling_of_a_group_comes_after_those_of_its_items() -> None:
    scheme = standard(
        GROUP.replace("CAP", "ceiling = 10"),
        reward='group = "g"\ncap = { ceiling = 5 }',
        honour='group = "g"',
    )
    found = result(scheme, *rewards(2), HONOUR)
    assert (score(found), moves(found)) == (110, {"item_cap reward": -5, "group_cap g": -7.5})


def test_a_group_has_a_floor() -> None:
    scheme = standard(GROUP.replace("CAP", "floor = -10"), overdue='group = "g"', warning='group = "g"')
    found = result(scheme, WARNING, *overdue(20250401))
    assert (score(found), moves(found)) == (90, {"group_cap g": 5})


def test_what_a_group_earned_goes_to_zero_on_one_act() -> None:
    text = GROUP.replace("CAP", "ceiling = 10") + 'zero_on = ["warning"]'
    scheme = standard(text, reward='group = "g"', honour='group = "g"', overdue='group = "g"')
    found = result(scheme, REWARD, HONOUR, WARNING)
    assert (score(found), moves(found)) == (88, {"group_cap g": -7.5, "group_zero g": -10})
    assert score(result(scheme, REWARD, WARNING._replace(occurred_on=Day(20230601)))) == 105
    assert score(result(scheme, WARNING, *overdue(20250401))) == 85, "what was lost stays lost"


def test_a_group_in_a_part_is_bounded_before_the_part() -> None:
    group = GROUP.replace("CAP", "ceiling = 4") + 'part = "p"'
    part = '[[parts]]\ncode = "p"\nname = "x"\nweight = 2'
    found = result(standard(group, part, reward='group = "g"'), REWARD)
    assert (score(found), moves(found)) == (108, {"group_cap g": -1, "weight p": 4})


# The last period, and what is measured elsewhere


@pytest.mark.parametrize(
    ("rule", "last", "points"),
    [
        ("fraction = 0.5", ("A", 120), 10),
        ("fraction = 0.5", ("C", 90.5), -4.75),
        ("by_grade = { A = 5, D = -8 }", ("A", 120), 5),
        ("by_grade = { A = 5, D = -8 }", ("D", 40), -8),
        ("fraction = 0.1\nby_grade = { A = 5 }", ("A", 120), 7),
    ],
)
def test_the_last_period_brings_a_fraction_or_points_by_its_grade(
    rule: str, last: tuple[str, float], points: float
) -> None:
    found = result(standard(f"[carry_over]\n{rule}"), REWARD, last=last)
    assert (score(found), moves(found)) == (105 + points, {f"carry_over {last[0]}": points})


def test_the_last_score_is_held_against_the_base_that_it_began_with() -> None:
    scheme = standard(PART.replace("weight = 0.5", "weight = 1") + "[carry_over]\nfraction = 0.1\n")
    assert starting(scheme) == 120_000
    for last in (Last("A", Points(130_000)), Last("A", Points(1_010_000), Points(1_000_000))):
        found = grade(Case((), last=last), scheme, PERIOD)
        assert moves(found)["carry_over A"] == 1


def test_without_a_last_period_or_a_grade_that_is_named_nothing_is_carried_over() -> None:
    scheme = standard("[carry_over]\nby_grade = { A = 5 }")
    assert moves(result(scheme, REWARD)) == moves(result(scheme, REWARD, last=("B", 100))) == {}


INPUT = '[[inputs]]\ncode = "survey"\nname = "x"\nmissing = 1.5\n'


@pytest.mark.parametrize(
    ("rule", "value", "points"),
    [
        ("weight = 0.1", 87.5, 8.75),
        ("weight = 0.1", 0, 0),
        ("weight = 0.1", None, 1.5),
        ("bands = [{ from = 90, points = 5 }, { from = 60, points = 0 }, { points = -5 }]", 90, 5),
        ("bands = [{ from = 90, points = 5 }, { from = 60, points = 0 }, { points = -5 }]", 89.999, 0),
        ("bands = [{ from = 90, points = 5 }, { from = 60, points = 0 }, { points = -5 }]", 59.999, -5),
        ("bands = [{ from = 90, points = 5 }, { from = 60, points = 0 }, { points = -5 }]", None, 1.5),
    ],
)
def test_a_measured_input_brings_points(rule: str, value: float | None, points: float) -> None:
    inputs = {} if value is None else {"survey": value}
    found = result(standard(INPUT + rule), REWARD, inputs=inputs)
    assert (score(found), moves(found)) == (105 + points, {"input survey": points} if points else {})


def test_an_input_in_a_part_is_weighed_with_it() -> None:
    part = '[[parts]]\ncode = "p"\nname = "x"\nceiling = 6\nweight = 0.5'
    found = result(standard(INPUT + 'weight = 0.1\npart = "p"', part), inputs={"survey": 80})
    assert (score(found), moves(found)) == (103, {"input survey": 8, "part_cap p": -2, "weight p": -3})


# What one entry is worth


@pytest.mark.parametrize(
    ("nth", "days", "counts"),
    [
        ("from_nth = 3", [20250110, 20250205, 20250309], [False, False, True]),
        ("from_nth = 3", [20250110, 20250205, 20250309, 20250901], [False, False, True, True]),
        ("from_nth = 3\nnth_within = 2", [20250110, 20250205, 20250309], [False, False, True]),
        ("from_nth = 3\nnth_within = 2", [20250109, 20250205, 20250309], [False, False, False]),
        ("from_nth = 2", [20240110, 20250205], [False, False]),  # the first has expired
    ],
)
def test_some_acts_count_only_from_the_nth_time_on(nth: str, days: list[int], counts: list[bool]) -> None:
    found = result(standard(overdue=nth), *overdue(*days))
    assert [line.reason is None for line in found.lines] == counts
    assert set(reasons(found)) - {None} <= {NotCounted.BEFORE_NTH, NotCounted.EXPIRED}
    assert score(found) == 100 - 3 * sum(counts)


def test_two_entries_of_one_act_are_one_time() -> None:
    twice = [record("overdue", 20250401, uid=uid, act="act") for uid in ("a", "b")]
    found = result(standard(overdue="from_nth = 2"), *twice)
    assert reasons(found) == [NotCounted.BEFORE_NTH] * 2


def test_authors_share_the_points() -> None:
    scheme = standard(reward="shared = true")
    (line,) = result(scheme, REWARD._replace(authors=3)).lines
    assert (line.points, line.how) == (1_667, How.SHARED)
    (line,) = result(scheme, REWARD).lines
    assert (line.points, line.how) == (5_000, How.PLAIN)
    (line,) = result(standard(), REWARD._replace(authors=3)).lines
    assert (line.points, line.how) == (5_000, How.PLAIN)


def test_the_head_of_a_unit_gets_the_share_of_the_standard() -> None:
    head = REWARD._replace(capacity=Capacity.HEAD)
    (line,) = result(standard(reward="head_share = 0.3"), head).lines
    assert (line.points, line.how) == (1_500, How.HEAD)
    assert reasons(result(standard(), head)) == [NotCounted.NO_HEADS_SHARE]


ITEM = """
[[items]]
code = "more"
name = "x"
polarity = "positive"
category = "example"
validity = 12
"""


@pytest.mark.parametrize(("hours", "points"), [(9, 0), (10, 1), (19, 1), (20, 3), (100, 3)])
def test_every_step_reached_counts_where_the_standard_says_so(hours: int, points: int) -> None:
    steps = "steps = [{ from = 10, points = 1 }, { from = 20, points = 2 }]\neach_step = true"
    entry = record("more")._replace(quantity=hours * POINT)
    assert score(result(standard(ITEM + steps), entry)) == 100 + points


def test_without_a_quantity_there_are_no_steps() -> None:
    scheme = standard(ITEM + "steps = [{ from = 10, points = 1 }]")
    assert reasons(result(scheme, record("more"))) == [NotCounted.NO_QUANTITY]


@pytest.mark.parametrize(
    ("ends", "on", "until"),
    [("year", 20250310, 20251231), ("year", 20241231, 0), ("never", 20010101, 99991231)],
)
def test_points_may_end_with_the_year_or_never(ends: str, on: int, until: int) -> None:
    scheme = standard(
        f'[[validity]]\nends = "{ends}"',
        ITEM.replace("validity = 12", "points = 4"),
    )
    (line,) = result(scheme, record("more", on)).lines
    assert (line.until, line.points) == (until, 4_000) if until else line.reason is NotCounted.EXPIRED


# How entries meet


def test_of_one_act_an_item_with_priority_counts_whatever_its_points() -> None:
    one, other = record("overdue", act="act"), record("warning", act="act")
    found = result(standard(overdue='over = ["warning"]'), one, other)
    assert [(line.item, line.points, line.reason, line.by) for line in found.lines] == [
        ("overdue", -3_000, None, None),
        ("warning", 0, NotCounted.SAME_ACT, one.uid),
    ]
    assert score(result(standard(overdue='over = ["warning"]'), one, other._replace(act=other.uid))) == 85


@pytest.mark.parametrize(
    ("of", "more", "points"),
    [("item", "", -15), ("group", 'group = "g"', -27), ("category", "", -15), ("item", 'group = "g"', -15)],
)
def test_a_repetition_is_of_the_item_the_group_or_the_category(of: str, more: str, points: int) -> None:
    group = '[[groups]]\ncode = "g"\nname = "x"'
    rule = f'[combination]\nrepeat = {{ of = "{of}", factor = 2 }}'
    found = result(standard(group, rule, overdue=more, warning=more), *overdue(20250401), WARNING)
    assert score(found) == 100 + points
    if points == -27:
        assert (found.lines[1].how, found.lines[1].by) == (How.REPEATED, found.lines[0].entry)


def test_of_two_acts_of_one_day_the_one_decided_higher_is_the_first() -> None:
    scheme = standard(
        "[combination]\nrepeat = { factor = 2 }", change={"points = -3": "points = { unit = -2, city = -5 }"}
    )
    for first, second in ("ab", "ba"):
        acts = record("overdue", uid=first, level=CITY), record("overdue", uid=second)
        assert score(result(scheme, *acts)) == 100 - 5 - 2 * 2


def test_a_repetition_within_the_category_is_worth_more() -> None:
    rule = '[combination]\nrepeat = { of = "category", factor = 1.5 }'
    found = result(standard(rule), record("demerit", 20250901), WARNING)
    assert [line.points for line in found.lines] == [-12_000, -1_500]


def test_repeated_bonuses_may_be_worth_less() -> None:
    rule = '[combination]\nrepeat = { factor = 0.5, polarity = "positive" }'
    assert score(result(standard(rule), *rewards(3), *overdue(20250401, 20250402))) == 100 + 5 + 5 - 6


def test_a_disputed_entry_is_suspended_where_the_standard_says_so() -> None:
    disputed = WARNING._replace(status=EntryStatus.DISPUTED)
    found = result(standard("[combination]\nsuspended = true"), disputed)
    assert (score(found), reasons(found), found.lines[0].disputed) == (100, [NotCounted.SUSPENDED], True)


REPEAT_OF_GROUP = '[[groups]]\ncode = "g"\nname = "x"\n[combination]\nrepeat = { of = "group", factor = 2 }'


def test_a_repetition_is_of_any_earlier_act_and_not_of_the_first_alone() -> None:
    """Else one more entry, of the later act but before the earlier one, would take points away."""
    scheme = standard(REPEAT_OF_GROUP, overdue='group = "g"', warning='group = "g"')
    one, other = record("overdue", 20250201, act="x"), record("warning", 20250301, act="y")
    assert score(result(scheme, one, other)) == 100 - 3 - 24
    found = result(scheme, record("overdue", 20250101, act="y"), one, other)
    assert [line.points for line in found.lines] == [0, -6_000, -24_000]


def test_what_is_cumulated_is_no_repetition() -> None:
    item = ITEM.replace("positive", "negative").replace('"example"', '"poor_work"')
    steps = "steps = [{ from = 1, points = -1 }, { from = 2, points = -4 }]"
    entries = [record("more", day)._replace(quantity=1 * POINT) for day in (20250301, 20250401)]
    found = result(standard(item + steps, "[combination]\nrepeat = {}"), *entries)
    assert [(line.points, line.how) for line in found.lines] == [
        (-1_000, How.CUMULATED),
        (-3_000, How.CUMULATED),
    ]


def test_an_item_with_points_and_a_direct_grade_brings_both_before_others_of_its_act() -> None:
    scheme = standard('[combination]\nsame_act = "direct"')
    both, other = record("demerit", 20250901, act="act"), record("warning", 20250601, act="act")
    for entries in ([both], [both, both._replace(uid=other.uid)], [both, other]):
        found = result(scheme, *entries)
        assert (score(found), *fixed(found)) == (99, "C", Fixed.ENTRY, "demerit")


# Of one act one entry counts; that it happened under the other items too is not forgotten


def test_a_condition_counts_acts_whichever_of_their_entries_brings_the_points() -> None:
    limit = LIMIT + 'at_most = "D"'
    act = [record("overdue", act="act"), record("warning", act="act")]
    assert fixed(result(standard(limit), act[0])) == ("D", Fixed.LIMIT, "limit")
    assert fixed(result(standard(limit), *act)) == ("D", Fixed.LIMIT, "limit")
    twice = limit.replace("count_from = 1", "count_from = 2").replace('"overdue"', '"overdue", "warning"')
    assert fixed(result(standard(twice), *act)) == ("C", Fixed.SCORE, "")


def test_a_frozen_bonus_counts_in_no_condition_however_often_its_act_is_recorded() -> None:
    limit = LIMIT.replace('"overdue"', '"honour"') + 'at_most = "D"\n'
    scheme = standard(limit, "[combination]\nfrozen_bonuses = true\n")
    once = [HONOUR, record("demerit")]
    again = [*once, record("honour", uid="again", act=HONOUR.act, level=CITY)]
    for entries in (once, again):
        found = result(scheme, *entries)
        assert fixed(found) == ("C", Fixed.ENTRY, "demerit")
        assert {reason for reason in reasons(found) if reason} == {NotCounted.FROZEN}


def test_a_wrong_is_corrected_whichever_entry_of_its_act_says_so() -> None:
    scheme = standard("[combination]\nfrozen_bonuses = true\n")
    party, state = record("demerit", uid="a", act="act"), record("demerit", uid="b", act="act")
    for first, second in ((party, state), (state, party)):
        assert score(result(scheme, HONOUR, first, second)) == 100
        found = result(scheme, HONOUR, first._replace(corrected_on=Day(20250601)), second)
        assert score(found) == score(result(scheme, HONOUR)) > 100


def test_an_act_takes_a_group_to_zero_whichever_of_its_entries_brings_the_points() -> None:
    scheme = standard(GROUP.replace("CAP", "ceiling = 99") + 'zero_on = ["overdue"]', honour='group = "g"')
    act = [record("overdue", act="act"), record("warning", act="act")]
    assert score(result(scheme, HONOUR, act[0])) == 97
    assert score(result(scheme, HONOUR, *act)) == 88


# Periods


@pytest.mark.parametrize(
    ("period", "on", "reason"),
    [
        ("only_own = true", 20250101, None),
        ("only_own = true", 20241231, NotCounted.EARLIER),
        ('kind = "rolling"\nmonths = 24\nonly_own = true', 20240101, None),
        ('kind = "rolling"\nmonths = 24\nonly_own = true', 20231231, NotCounted.EARLIER),
        ('kind = "rolling"\nmonths = 24', 20231231, None),
        ('kind = "opening"\nonly_own = true', 20220101, None),
        ('kind = "opening"\nonly_own = true', 20201231, NotCounted.EXPIRED),
    ],
)
def test_only_acts_of_the_period_count_where_the_standard_says_so(
    period: str, on: int, reason: NotCounted | None
) -> None:
    entry = record("dismissal", on, level=PROVINCE)
    found = result(standard(f"[period]\n{period}"), entry)
    assert (reasons(found), found.band) == ([reason], "B" if reason else "D")


# The score


@pytest.mark.parametrize(
    ("rounding", "rounded"),
    [
        ("{}", 113),
        ('{ how = "down" }', 112),
        ('{ how = "up" }', 113),
        ("{ to = 5 }", 115),
        ('{ to = 5, how = "down" }', 110),
        ("{ to = 0.1 }", 112.5),
    ],
)
def test_the_score_is_rounded_as_the_standard_says(rounding: str, rounded: float) -> None:
    found = result(standard(change={"floor = 0": f"floor = 0\nrounding = {rounding}"}), HONOUR)
    assert score(found) == rounded
    assert moves(found) == ({"rounding": rounded - 112.5} if rounded != 112.5 else {})


def test_an_act_that_was_decided_only_in_the_next_period_counts_there() -> None:
    scheme = standard("[period]\nonly_own = true", change={"validity = 12\n\n": "validity = 60\n\n"})
    late = record("overdue", 20241220, decided=20250110)
    assert reasons(result(scheme, late, period=year(2024))) == [NotCounted.LATER]
    assert reasons(result(scheme, late)) == [None]
    assert reasons(result(scheme, late, period=year(2026))) == [NotCounted.EARLIER]


def test_a_month_or_a_year_is_of_the_period_that_it_lies_in() -> None:
    scheme = standard("[period]\nonly_own = true", change={"validity = 12\n\n": "validity = 60\n\n"})
    assert reasons(result(scheme, *overdue(20250100, 20250000, 20241200))) == [NotCounted.EARLIER, None, None]
    often = '[[limits]]\ncode = "x"\nname = "x"\ndown = 1\nwhen = { count_from = 1, within = 12 }'
    assert fixed(result(standard(often), *overdue(20250100)))[1] is Fixed.LIMIT


def test_a_repaired_wrong_of_an_earlier_period_brings_no_points() -> None:
    repair = "repair = { points = -2, months = 24 }\n"
    scheme = standard("[period]\nonly_own = true", change={'direct = "C"': f'direct = "C"\n{repair}'})
    wrong = record("demerit", 20240601)._replace(corrected_on=Day(20250201))
    assert reasons(result(scheme, wrong)) == [NotCounted.EARLIER]


def test_steps_count_as_long_as_the_largest_of_them() -> None:
    table = """
[[validity]]
polarity = "negative"
up_to = 40
months = 12
[[validity]]
polarity = "negative"
months = 24
"""
    steps = 'steps = [{ from = 1, points = -10 }, { from = 20, points = -100 }]\nunit = "h"'
    change = {"points = -3\nvalidity = 12\n": f"{steps}\n"}
    found = result(standard(table, change=change), record("overdue", 20240601)._replace(quantity=20_000))
    assert (found.lines[0].points, found.lines[0].until) == (-100_000, 20260531)


def test_of_one_act_counts_what_weighs_more_in_the_score() -> None:
    light = (
        PART.replace("weight = 0.5", "weight = 0.1")
        .replace("base = 20", "base = 0")
        .replace("floor = 10", "floor = -50")
    )
    scheme = standard(light, warning='part = "morals"', change={"points = -3": "points = -10"})
    act = [record("overdue", act="act"), record("warning", act="act")]  # −10, and −12 of which a tenth counts
    assert score(result(scheme, *act)) == score(result(scheme, act[0])) == 90


def test_a_rounded_score_stays_below_the_ceiling() -> None:
    change = {"ceiling = 130": "ceiling = 112\nrounding = {}"}
    found = result(standard(change=change), HONOUR)
    assert (score(found), moves(found)) == (112, {"rounding": 0.5, "ceiling": -1})


# Bands


@pytest.mark.parametrize(("base", "band"), [(110, "B"), (110.001, "A"), (95.5, "B"), (95.499, "C")])
def test_a_band_may_begin_above_a_score(base: float, band: str) -> None:
    found = result(standard(change={"from = 110": "above = 110", "base = 100": f"base = {base}"}))
    assert found.band == band
    assert found.lacks == (
        {"B": (Lack("score", 110_001 - round(base * POINT)),), "C": (Lack("score", 1),)}.get(band, ())
    )


def test_a_grade_asks_for_more_than_its_score() -> None:
    scheme = standard(A='needs = { deductions_below = 3, count_below = 1, polarity = "negative" }')
    found = result(scheme, *rewards(3), *overdue(20250401))
    assert fixed(found) == ("B", Fixed.NEEDS, "A")
    assert (found.next_band, found.lacks) == ("A", (Lack("deductions", 0, "A"), Lack("count", 0, "A")))
    assert fixed(result(scheme, *rewards(3))) == ("A", Fixed.SCORE, "")
    low = result(scheme, *rewards(1), *overdue(20250401))
    assert (fixed(low), low.lacks) == (("B", Fixed.SCORE, ""), (Lack("score", 8_000), *found.lacks))


def test_conditions_fall_through_to_the_first_grade_that_is_met() -> None:
    needs = "needs = { count_from = 1, items = ['honour'] }"
    found = result(standard(A=needs, B=needs), *rewards(3))
    assert fixed(found) == ("C", Fixed.NEEDS, "B")
    assert found.lacks == (Lack("count", 1, "B"),)
    assert result(standard(A=needs, B=needs), HONOUR).band == "A"


CONDITIONS = [
    ('count_from = 1\nitems = ["overdue"]', True),
    ('count_from = 1\nitems = ["reward"]', False),
    ('count_from = 2\ncategories = ["poor_work", "lax_discipline"]', True),
    ('count_from = 2\ncategories = ["poor_work"]', False),
    ('count_from = 1\nlevels = ["city"]', True),
    ('count_from = 2\nlevels = ["city"]', False),
    ('count_from = 1\ngroups = ["g"]', True),
    ('count_from = 2\ngroups = ["g"]', False),
    ('count_from = 1\nwithin = 6\npolarity = "negative"', False),
    ('count_from = 1\nwithin = 7\npolarity = "negative"', True),
    ("count_from = 2", True),
    ("count_below = 2", False),
    ("deductions_from = 15", True),
    ("deductions_from = 15.001", False),
    ("deductions_below = 15", False),
    ("score_from = 85", True),
    ("score_from = 85.001", False),
    ("score_below = 85", False),
    ('direct = ["C"]', False),
    ('input = "survey"\ninput_from = 60', True),
    ('input = "survey"\ninput_from = 60.001', False),
    ('input = "survey"\ninput_below = 60', False),
    ('count_from = 1\nitems = ["overdue"]\ndeductions_from = 16', False),  # all of them must hold
]


@pytest.mark.parametrize(("when", "holds"), CONDITIONS)
def test_a_condition_holds_when_all_of_it_does(when: str, holds: bool) -> None:
    group = '[[groups]]\ncode = "g"\nname = "x"'
    limit = '[[limits]]\ncode = "limit"\nname = "x"\nat_most = "D"\n[limits.when]\n'
    survey = INPUT.replace("1.5", "0") + "bands = [{ points = 0 }]"
    scheme = standard(group, survey, limit + when, overdue='group = "g"')
    acts = [record("overdue", 20250531), record("warning", 20250601, level=CITY)]
    found = result(scheme, *acts, inputs={"survey": 60})
    assert fixed(found) == (("D", Fixed.LIMIT, "limit") if holds else ("C", Fixed.SCORE, ""))


def test_what_was_not_measured_meets_no_condition() -> None:
    limit = (
        '[[limits]]\ncode = "limit"\nname = "x"\nat_most = "D"\nwhen = { input = "survey", input_below = 60 }'
    )
    scheme = standard(INPUT + "weight = 0.1", limit)
    assert result(scheme).band == "B"
    assert fixed(result(scheme, inputs={"survey": 59})) == ("D", Fixed.LIMIT, "limit")


LIMIT = '[[limits]]\ncode = "limit"\nname = "x"\nwhen = { count_from = 1, items = ["overdue"] }\n'


@pytest.mark.parametrize(
    ("limit", "rewarded", "expected"),
    [
        ("down = 1", 3, ("B", Fixed.LIMIT, "limit")),
        ("down = 2", 3, ("C", Fixed.LIMIT, "limit")),
        ("down = 20", 3, ("D", Fixed.LIMIT, "limit")),
        ('at_most = "C"', 3, ("C", Fixed.LIMIT, "limit")),
        ('at_most = "B"', 0, ("B", Fixed.SCORE, "")),
        ('at_least = "A"', 3, ("A", Fixed.SCORE, "")),
    ],
)
def test_a_limit_lowers_the_grade(limit: str, rewarded: int, expected: tuple[str, Fixed, str]) -> None:
    assert fixed(result(standard(LIMIT + limit), *rewards(rewarded), *overdue(20250401))) == expected
    assert result(standard(LIMIT + limit), *rewards(3)).band == ("B" if "at_least" in limit else "A")


def test_a_threshold_says_what_it_would_have_needed() -> None:
    found = result(standard(LIMIT + 'at_least = "B"'), *rewards(3))
    assert fixed(found) == ("C", Fixed.NEEDS, "limit")
    assert (found.next_band, found.lacks) == ("B", (Lack("count", 1, "limit"),))


def test_all_that_the_next_grade_needs_is_told() -> None:
    held = LIMIT.replace("down", "down") + 'at_most = "C"'
    scheme = standard(held, B="needs = { deductions_below = 5 }")
    found = result(scheme, *overdue(20250101, 20250102, 20250103))
    assert (found.band, found.next_band) == ("C", "B")
    lacks = {one.what: one.amount for one in found.lacks}
    assert lacks == {"score": 4_500, "deductions": -4_000, "limit": 0}


def test_a_direct_grade_comes_before_a_limit_that_lowers_as_far() -> None:
    scheme = standard(LIMIT + 'at_most = "D"', D="remembers = true")
    found = result(scheme, *overdue(20250101), record("dismissal"))
    assert fixed(found) == ("D", Fixed.ENTRY, "dismissal") and found.fallen_from == "B"


def test_a_limit_says_that_it_holds_the_grade_and_the_score_what_it_lacks() -> None:
    found = result(standard(LIMIT + "down = 1"), *rewards(3), *overdue(20250401))
    assert (found.next_band, found.lacks) == ("A", (Lack("limit", 0, "limit"),))


DIRECT = '[[direct]]\ncode = "often"\nname = "x"\ngrade = "D"\nwhen = { count_from = 3, items = ["overdue"] }'


def test_a_grade_is_given_directly_by_a_count() -> None:
    scheme = standard(DIRECT, D="remembers = true")
    found = result(scheme, *overdue(20250401, 20250402, 20250403))
    assert (fixed(found), found.fallen_from) == (("D", Fixed.RULE, "often"), "C")
    assert (found.direct, found.lacks) == (None, (Lack("rule", 0, "often"),))
    assert result(scheme, *overdue(20250401, 20250402)).band == "C"


APPRAISAL = """
[[items]]
code = "incompetent"
name = "x"
polarity = "negative"
category = "poor_work"
points = 0
validity = 12
runs_from = "decision"
result = "incompetent"
[[items]]
code = "competent"
name = "x"
polarity = "positive"
category = "performance"
points = 0
validity = 12
runs_from = "decision"
result = "competent"
[[direct]]
code = "appraised"
name = "x"
grade = "D"
when = { results = ["incompetent"] }
"""


def appraised(of: int, decided: int = 0, what: str = "incompetent") -> CaseEntry:
    return record(what, of * 10000 + 1231, decided=decided or (of + 1) * 10000 + 215)


@pytest.mark.parametrize(
    ("entries", "band"),
    [
        ([appraised(2024)], "D"),
        ([appraised(2023), appraised(2024, what="competent")], "B"),
        ([appraised(2023, what="competent"), appraised(2024)], "D"),
        ([appraised(2025, 20251231)], "B"),  # never in its own year
        ([appraised(2024), appraised(2025, 20251231, what="competent")], "D"),
        ([appraised(2024, 20260101)], "B"),  # not yet decided
        ([appraised(2024)._replace(status=EntryStatus.REVOKED)], "B"),
        ([], "B"),
    ],
)
def test_a_grade_is_given_directly_by_the_last_appraisal(entries: list[CaseEntry], band: str) -> None:
    found = result(standard(APPRAISAL), *entries)
    assert fixed(found) == (("D", Fixed.RULE, "appraised") if band == "D" else ("B", Fixed.SCORE, ""))


def test_a_direct_grade_alone_expires_and_says_so() -> None:
    scheme = standard(ITEM.replace("positive", "negative").replace("example", "poor_work") + 'direct = "D"')
    assert result(scheme, record("more", 20250101)).band == "D"
    assert reasons(result(scheme, record("more", 20241231))) == [NotCounted.EXPIRED]


# Values that hold for a time


def test_a_value_with_dates_is_that_of_the_end_of_the_period() -> None:
    dated = "[{ value = 100, until = 2024-12-31 }, { value = 90, since = 2025-01-01, reference = 'x' }]"
    text = TEXT.replace("base = 100", f"base = {dated}")
    for number, base in ((2024, 100), (2025, 90)):
        scheme = parse(text, Day(number * 10000 + 1231))
        assert score(result(scheme, period=year(number))) == base


def test_a_row_with_dates_holds_between_them() -> None:
    text = TEXT + "\n" + LIMIT.replace('name = "x"', 'name = "x"\nsince = 2025-01-01\nuntil = 2025-12-31')
    text += 'at_most = "D"'
    bands = [
        result(parse(text, Day(day)), *overdue(20240601, 20250601, 20260601), period=year(day // 10000)).band
        for day in (20241231, 20251231, 20261231)
    ]
    assert bands == ["B", "D", "B"]


def test_points_of_an_item_are_those_of_the_day_of_the_act() -> None:
    dated = "[{ value = -3, until = 2025-06-30 }, { value = -6, since = 2025-07-01 }]"
    scheme = standard(change={"points = -3": f"points = {dated}"})
    found = result(scheme, *overdue(20250630, 20250701))
    assert [line.points for line in found.lines] == [-3_000, -6_000]
    late = record("overdue", 20250630, decided=20250801)
    assert result(scheme, late).lines[0].points == -3_000


def test_acts_long_before_the_first_date_have_the_first_points() -> None:
    dated = "[{ value = -3, until = 2024-12-31 }, { value = -6, since = 2025-01-01 }]"
    scheme = standard(change={"points = -3": f"points = {dated}", "validity = 12\n\n": "validity = 60\n\n"})
    found = result(scheme, *overdue(20211231, 20231231, 20240101, 20241231, 20250101, 20250000))
    assert [line.points for line in found.lines] == [-3_000] * 4 + [-6_000] * 2


def test_how_entries_meet_is_that_of_the_end_of_the_period() -> None:
    floors = "{ value = { floor = -4 }, until = 2024-12-31 }, { value = { floor = -5 }, since = 2025-01-01 }"
    cap = f"cap = [{floors}]"
    nth = "from_nth = [{ value = 2, until = 2025-11-30 }, { value = 1, since = 2025-12-01 }]"
    acts = overdue(20241101, 20241102)
    for more, before, after in ((cap, 96, 95), (nth, 97, 94)):
        text = TEXT.replace('code = "overdue"\n', f'code = "overdue"\n{more}\n').replace(
            "validity = 12\n\n", "validity = 60\n\n"
        )
        for period, points in ((year(2024), before), (year(2025), after)):
            assert score(result(parse(text, period.end), *acts, period=period)) == points


def test_an_item_that_did_not_hold_on_the_day_of_the_act_does_not_count() -> None:
    scheme = standard(overdue="since = 2025-05-01\nuntil = 2025-09-30")
    found = result(scheme, *overdue(20250430, 20250501, 20250930, 20251001))
    assert reasons(found) == [NotCounted.NOT_IN_FORCE, None, None, NotCounted.NOT_IN_FORCE]


def test_an_item_may_be_switched_off_for_a_time() -> None:
    off = 'off = [{ value = "reason", since = 2025-07-01 }]\ncap = { floor = -4 }'
    scheme = standard(overdue=off)
    found = result(scheme, *overdue(20250601, 20250602, 20250801))
    assert reasons(found) == [None, None, NotCounted.SWITCHED_OFF]
    assert (score(found), moves(found)) == (96, {"item_cap overdue": 2})


# Who is not rated


def test_some_who_are_not_rated_get_a_comment_instead() -> None:
    scheme = standard(change={"not_rated =": 'comment_only = ["probation"]\nnot_rated ='})
    assert scheme.comment_only == (ServiceState.PROBATION,)
    found = grade(Case((REWARD,), frozenset({ServiceState.PROBATION})), scheme, PERIOD)
    assert (found.band, found.not_rated) == (None, ServiceState.PROBATION)


@pytest.mark.parametrize("corrected", ["a", "b"])
def test_of_two_wrongs_alike_on_one_day_the_one_put_right_is_the_repetition(corrected: str) -> None:
    """Chance, which numbers the entries, decides nothing."""
    repair = "from_nth = 2\nrepair = { points = -2, months = 24 }\n"
    scheme = standard(change={'direct = "C"': f'direct = "C"\n{repair}'})
    both = [record("demerit", 20250110, uid=uid) for uid in ("a", "b")]
    found = result(
        scheme,
        *(one._replace(corrected_on=Day(20250601)) if one.uid == corrected else one for one in both),
    )
    assert [line.entry for line in found.lines if line.how is How.REPAIRED] == [corrected]
    assert found.band == result(scheme, both[0]).band
