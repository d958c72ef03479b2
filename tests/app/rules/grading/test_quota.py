"""How many may have a grade: rounding, variants, caps, who is left out, ties in view."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.grading.quota import Rated, allowed, meters
from app.rules.grading.reading import Share, Text
from app.rules.grading.scheme import Half, Quota, Variant
from models.types import Points, ServiceState, Uid
from tests.app.rules.grading.schemes import SMALL

QUOTA = Quota(
    band="A",
    percent=Share(20_000),
    variants=(Variant(unit="model", name=Text("", ""), percent=Share(25_000)),),
    left_out=(ServiceState.RATED_ELSEWHERE,),
)
SCHEME = replace(SMALL, quotas=(QUOTA,))


def people(*scores: float, band: str = "A") -> list[Rated]:
    return [
        Rated(Uid(f"{n:03}"), band, Points(round(score * 1000))) for n, score in enumerate(scores, start=1)
    ]


@pytest.mark.parametrize(
    ("rounding", "rated", "number"),
    [
        (Half.DOWN, 14, 2),
        (Half.DOWN, 15, 3),
        (Half.HALF_UP, 12, 2),
        (Half.HALF_UP, 13, 3),
        (Half.UP, 11, 3),
        (Half.UP, 10, 2),
        (Half.DOWN, 0, 0),
    ],
)
def test_the_number_is_rounded_as_the_standard_says(rounding: Half, rated: int, number: int) -> None:
    assert allowed(replace(QUOTA, rounding=rounding), rated, frozenset()) == number


def test_a_unit_with_a_title_has_more_and_never_more_than_the_cap() -> None:
    assert allowed(QUOTA, 40, frozenset()) == 8
    assert allowed(QUOTA, 40, {"model"}) == 10
    assert allowed(replace(QUOTA, at_most=9), 40, {"model"}) == 9


def test_the_best_fit_and_the_rest_is_beyond() -> None:
    rated = people(120, 118, 116) + [
        one._replace(uid=Uid(f"b{one.uid}")) for one in people(*[100] * 7, band="B")
    ]
    (meter,) = meters(rated, SCHEME)
    assert (meter.rated, meter.allowed, meter.held) == (10, 2, 3)
    assert (meter.within, meter.tied, meter.beyond) == (("001", "002"), (), ("003",))


def test_ties_at_the_line_are_shown_and_never_broken() -> None:
    rated = people(120, 118, 118, 116) + [
        one._replace(uid=Uid(f"b{one.uid}")) for one in people(*[100] * 6, band="B")
    ]
    (meter,) = meters(rated, SCHEME)
    assert (meter.within, meter.tied, meter.beyond) == (("001",), ("002", "003"), ("004",))


def test_who_is_left_out_is_neither_counted_nor_given_it() -> None:
    boss = Rated(Uid("boss"), "A", Points(130_000), frozenset({ServiceState.RATED_ELSEWHERE}))
    rated = [
        boss,
        *people(120),
        *[one._replace(uid=Uid(f"b{one.uid}")) for one in people(*[100] * 4, band="B")],
    ]
    (meter,) = meters(rated, SCHEME)
    assert (meter.rated, meter.allowed, meter.within) == (5, 1, ("001",))


def test_where_nobody_may_have_it_all_are_beyond() -> None:
    (meter,) = meters(people(120, 120), SCHEME)
    assert (meter.allowed, meter.within, meter.tied, meter.beyond) == (0, (), (), ("001", "002"))


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 5)), max_size=30))
def test_everyone_with_the_grade_is_in_one_place_and_within_never_exceeds(
    found: list[tuple[str, int]],
) -> None:
    rated = [Rated(Uid(str(n)), band, Points(score)) for n, (band, score) in enumerate(found)]
    (meter,) = meters(rated, SCHEME)
    placed = [*meter.within, *meter.tied, *meter.beyond]
    assert sorted(placed) == sorted(one.uid for one in rated if one.band == "A")
    assert len(meter.within) <= meter.allowed
    if meter.tied:
        assert len(meter.within) < meter.allowed < len(meter.within) + len(meter.tied)
        scores = {one.uid: one.score for one in rated}
        assert len({scores[uid] for uid in meter.tied}) == 1
