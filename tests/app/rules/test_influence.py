"""Influence periods: the table of the law, several at once, one in another, lifting, cancellation."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.grading.parsing import parse
from app.rules.influence import (
    MOST_MONTHS,
    PENALTIES,
    Influence,
    Sanction,
    influence_periods,
    rest_of,
    running,
    sanction_of,
)
from models.types import Day, EntryStatus, Uid, day_before, last_day
from tests.offices import BASELINE

SCHEME = parse(BASELINE)
BARE = Uid("")


def penalty(uid: str, since: int, months: int = 6, act: str = "", lifted_on: int | None = None) -> Sanction:
    on = Day(lifted_on) if lifted_on else None
    return Sanction(Uid(uid), Uid(act or uid), Day(since), months, True, on)


def other(uid: str, since: int, months: int, lifted_on: int | None = None) -> Sanction:
    return penalty(uid, since, months, lifted_on=lifted_on)._replace(by_law=False)


def found(*sanctions: Sanction) -> dict[str, Influence]:
    return {one.sanction.uid: one for one in influence_periods(sanctions)}


def ends(*sanctions: Sanction) -> dict[str, int]:
    return {uid: one.until for uid, one in found(*sanctions).items() if one.instead is None}


def barred_until(sanctions: list[Sanction]) -> int:
    return max((one.until for one in influence_periods(sanctions) if one.instead is None), default=0)


@pytest.mark.parametrize(
    ("item", "until"),
    [
        ("sanction.warning", 20250927),  # 警告，六个月
        ("sanction.demerit", 20260327),  # 记过，十二个月
        ("sanction.serious_demerit", 20260927),  # 记大过，十八个月
        ("sanction.demotion", 20270327),  # 降级、撤职，二十四个月
        ("sanction.removal", 20270327),
        ("sanction.party_warning", 20260327),  # 党内警告，一年: as the standard says
        ("handling.admonition", 20250927),
    ],
)
def test_the_period_runs_from_the_decision_for_the_months_of_law_or_standard(item: str, until: int) -> None:
    rule = SCHEME.items.get(item)
    one = sanction_of(Uid("a"), Uid("a"), item, EntryStatus.EFFECTIVE, Day(20250328), rule)
    assert one and ends(one) == {"a": until}


def test_the_table_of_the_law_goes_before_what_a_standard_says_and_holds_without_any() -> None:
    item = SCHEME.items["sanction.party_warning"]  # 12 months
    for rule in (item, None):
        one = sanction_of(Uid("a"), Uid("a"), "sanction.warning", EntryStatus.EFFECTIVE, Day(20250328), rule)
        assert one and (one.months, one.by_law) == (6, True)
    assert {PENALTIES[code].months for code in PENALTIES} == {6, 12, 18, 24}
    assert all(one.source == "公职人员政务处分法 第八条" for one in PENALTIES.values())


@pytest.mark.parametrize(
    "status",
    [EntryStatus.SUBMITTED, EntryStatus.HEARING, EntryStatus.REVOKED, EntryStatus.SUPERSEDED],
)
def test_only_what_is_in_force_bars(status: EntryStatus) -> None:
    rule = SCHEME.items["sanction.demerit"]
    assert sanction_of(BARE, BARE, "sanction.demerit", status, Day(20250328), rule) is None
    assert sanction_of(BARE, BARE, "sanction.demerit", EntryStatus.DISPUTED, Day(20250328), rule)


def test_what_bars_nothing_has_no_period() -> None:
    for item in ("reward.commendation", "sanction.dismissal"):
        rule = SCHEME.items.get(item)
        assert sanction_of(BARE, BARE, item, EntryStatus.EFFECTIVE, Day(20250328), rule) is None


def test_a_new_penalty_in_a_running_one_begins_with_the_rest_of_it() -> None:
    # 记过 of 2025-01-10 runs to 2026-01-09; 记过 of 2025-09-10: four months are left, then twelve.
    periods = found(penalty("a", 20250110, 12), penalty("b", 20250910, 12))
    assert (periods["b"].until, periods["b"].rest_until) == (20270109, 20260109)
    assert rest_of(Day(20250910), Day(20260109)) == (4, 0)
    assert periods["a"].goes_on == "b" and not periods["b"].capped
    assert [one.sanction.uid for one in running(periods.values(), Day(20251001))] == ["b"]
    assert [one.sanction.uid for one in running(periods.values(), Day(20250301))] == ["a"]


def test_one_after_the_end_of_another_begins_anew() -> None:
    periods = found(penalty("a", 20250110), penalty("b", 20250710))
    assert (periods["b"].until, periods["b"].rest_until, periods["a"].goes_on) == (20260109, None, None)


def test_rest_and_months_come_to_48_months_at_most() -> None:
    periods = found(penalty("a", 20250110, 24), penalty("b", 20250210, 24), penalty("c", 20250310, 24))
    assert periods["b"].until == 20290109 and not periods["b"].capped  # 47 months from its decision
    assert (periods["c"].until, periods["c"].capped) == (20290309, True)


def test_of_several_decided_at_once_the_heaviest_runs() -> None:
    periods = found(penalty("a", 20250110, 6), penalty("b", 20250110, 18), penalty("c", 20250110, 6))
    assert periods["b"].until == last_day(Day(20250110), 18)
    assert periods["a"].instead == periods["c"].instead == "b"
    assert [one.sanction.uid for one in running(periods.values(), Day(20250111))] == ["b"]


def test_of_one_act_one_penalty_counts() -> None:
    periods = found(penalty("a", 20250110, 12, "act"), penalty("b", 20250310, 6, "act"))
    assert ends(*(one.sanction for one in periods.values())) == {"a": 20260109}
    assert periods["b"].instead == "a" and periods["a"].goes_on is None


def test_party_and_government_sanctions_bar_side_by_side() -> None:
    assert ends(penalty("zw", 20250822, 6), other("dj", 20250815, 12)) == {"zw": 20260221, "dj": 20260814}


def test_a_lifting_ends_its_own_part_and_not_the_rest_before_it() -> None:
    assert ends(penalty("a", 20250110, 12, lifted_on=20250701)) == {"a": 20250630}
    two = penalty("a", 20250110, 12), penalty("b", 20250910, 12, lifted_on=20251001)
    assert ends(*two) == {"a": 20260109, "b": 20260109}
    assert found(*two)["b"].lifted
    late = found(penalty("a", 20250110, 6, lifted_on=20250801))["a"]  # it had ended by itself
    assert (late.until, late.lifted) == (20250709, False)


def test_a_cancelled_penalty_is_as_if_it_had_never_been() -> None:
    first, second = penalty("a", 20250110, 12), penalty("b", 20250910, 12)
    assert ends(first, second)["b"] == 20270109
    assert ends(second) == {"b": 20260909}


def test_a_rest_is_told_in_months_and_days() -> None:
    assert rest_of(Day(20250901), Day(20250914)) == (0, 14)
    assert rest_of(Day(20250131), Day(20250228)) == (1, 1)


days = st.builds(
    lambda year, month, day: Day(year * 10000 + month * 100 + day),
    st.integers(2015, 2030),
    st.integers(1, 12),
    st.integers(1, 28),
)


@st.composite
def files(draw: st.DrawFn) -> list[Sanction]:
    """Up to seven sanctions, some for one act, some decided on one day, some lifted."""
    some = draw(st.lists(days, min_size=1, max_size=4))
    return [
        Sanction(
            Uid(str(number)),
            Uid(f"act {draw(st.integers(1, 6))}"),
            draw(st.sampled_from(some)),
            draw(st.sampled_from([6, 12, 18, 24])),
            draw(st.integers(1, 5)) > 1,
            draw(st.none() | days),
        )
        for number in range(draw(st.integers(0, 7)))
    ]


@given(files(), st.randoms(use_true_random=False))
def test_the_order_of_sanctions_does_not_matter(sanctions: list[Sanction], random: Random) -> None:
    shuffled = list(sanctions)
    random.shuffle(shuffled)
    assert influence_periods(shuffled) == influence_periods(sanctions)


@given(files())
def test_no_period_is_longer_than_48_months(sanctions: list[Sanction]) -> None:
    for one in influence_periods(sanctions):
        assert one.until <= last_day(one.sanction.since, MOST_MONTHS)
        assert one.until >= day_before(one.sanction.since)


@given(files())
def test_revoking_never_lengthens_and_lifting_neither(sanctions: list[Sanction]) -> None:
    until = barred_until(sanctions)
    for number, one in enumerate(sanctions):
        rest = sanctions[:number] + sanctions[number + 1 :]
        assert barred_until(rest) <= until
        if one.lifted_on is None:
            lifted = one._replace(lifted_on=one.since)
            assert barred_until([*rest, lifted]) <= until


@given(files())
def test_a_period_that_goes_on_is_found_as_the_later_one(sanctions: list[Sanction]) -> None:
    periods = influence_periods(sanctions)
    by_uid = {one.sanction.uid: one for one in periods}
    for one in periods:
        if one.goes_on:
            later = by_uid[one.goes_on]
            assert later.rest_until == one.until and later.sanction.since <= one.until <= later.until
    every = [day for one in sanctions for day in (one.since, last_day(one.since, 3))]
    for day in every:
        found = running(periods, day)
        assert all(one.until >= day for one in found)
        assert all(first.until >= second.until for first, second in pairwise(found))
        barred = any(one.runs_on(day) for one in periods)
        assert barred == bool(found)
