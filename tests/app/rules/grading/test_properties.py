"""What holds of every grade, whatever is on record and whatever the standard says."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.rules.grading.case import CaseEntry, Grade, NotCounted
from app.rules.grading.reading import Text
from app.rules.grading.scheme import Band, Scheme, Score
from models.types import AuthorityLevel, EntryStatus, Points, Polarity, ServiceState, Uid
from tests.app.rules.grading.schemes import PERIOD, SMALL, graded, record

IN_FORCE = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)
CODES = sorted(SMALL.items)

days = st.builds(
    lambda year, month, day: year * 10000 + month * 100 + day,
    st.sampled_from([2025, 2025, 2024, 2023, 2026]),
    st.integers(1, 12),
    st.integers(0, 28),
)
entries = st.builds(
    record,
    item=st.sampled_from([*CODES, "no.such.item"]),
    on=days,
    uid=st.uuids().map(lambda uid: uid.hex),
    act=st.sampled_from(["one", "one", ""]),
    status=st.sampled_from([*IN_FORCE, *IN_FORCE, *IN_FORCE, *EntryStatus]),
    level=st.sampled_from([AuthorityLevel.UNIT, AuthorityLevel.CITY, AuthorityLevel.PROVINCE]),
    decided=st.none() | days,
    ended=st.none() | days,
)
records = st.lists(entries, max_size=7)
bounds = st.integers(0, 200_000).map(Points)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """The small standard with other bands, points, periods and direct grades."""
    lowest = sorted(draw(st.sets(bounds, max_size=4)), reverse=True)
    bands = tuple(
        Band(code=str(n), name=Text("", ""), lowest=bound) for n, bound in enumerate([*lowest, None])
    )
    codes = st.sampled_from([*(band.code for band in reversed(bands)), ""])
    items = []
    for rule in SMALL.item_rows:
        sign = 1 if rule.polarity is Polarity.POSITIVE else -1
        points = {level: Points(sign * draw(st.integers(0, 30_000))) for level in rule.points}
        direct = "" if sign > 0 else draw(codes)
        months = draw(st.integers(1, 24)), draw(st.integers(0, 24))
        items.append(
            replace(rule, points=points, direct=direct, validity=months[0], direct_validity=months[1])
        )
    floor = draw(st.none() | st.integers(0, 50_000).map(Points))
    ceiling = draw(st.none() | st.integers(100_000, 150_000).map(Points))
    score = replace(SMALL.score, floor=floor, ceiling=ceiling)
    return replace(SMALL, bands=bands, item_rows=tuple(items), score=score)


def rank(scheme: Scheme, grade: Grade) -> int:
    """The place of the band, 0 for the best."""
    return [band.code for band in scheme.bands].index(str(grade.band))


def outcome(grade: Grade) -> tuple[object, ...]:
    return grade.band, grade.score


def polarity(entry: CaseEntry) -> Polarity:
    return SMALL.items[entry.item].polarity


@given(schemes(), records, st.randoms())
def test_the_order_of_entries_does_not_matter(scheme: Scheme, entries: list[CaseEntry], random) -> None:
    shuffled = random.sample(entries, len(entries))
    assert graded(*entries, scheme=scheme) == graded(*shuffled, scheme=scheme)


@given(schemes(), records)
def test_every_entry_has_one_line_and_the_lines_make_the_score(
    scheme: Scheme, entries: list[CaseEntry]
) -> None:
    grade = graded(*entries, scheme=scheme)
    assert sorted(line.entry for line in grade.lines) == sorted(entry.uid for entry in entries)
    assert all(line.reason is None or (line.points == 0 and not line.direct) for line in grade.lines)
    moved = [line.points for line in grade.lines] + [one.points for one in grade.adjustments]
    assert grade.score == sum(moved)
    total = scheme.score.base + sum(line.points for line in grade.lines)
    if scheme.score.ceiling is not None:
        total = min(total, scheme.score.ceiling)
    assert grade.score == (total if scheme.score.floor is None else max(total, scheme.score.floor))


@given(schemes(), bounds, bounds)
def test_every_score_has_a_band_and_more_is_never_worse(scheme: Scheme, one: Points, other: Points) -> None:
    low, high = (graded(scheme=replace(scheme, score=Score(base=base))) for base in sorted((one, other)))
    assert rank(scheme, high) <= rank(scheme, low)


@settings(max_examples=300)
@given(schemes(), records, entries)
def test_a_bonus_never_lowers_and_a_deduction_never_raises(
    scheme: Scheme, before: list[CaseEntry], new: CaseEntry
) -> None:
    assume(new.item in SMALL.items)
    without, with_it = graded(*before, scheme=scheme), graded(*before, new, scheme=scheme)
    assert without.score is not None and with_it.score is not None
    if polarity(new) is Polarity.POSITIVE:
        assert with_it.score >= without.score and rank(scheme, with_it) <= rank(scheme, without)
    else:
        assert with_it.score <= without.score and rank(scheme, with_it) >= rank(scheme, without)


@given(schemes(), records, entries)
def test_what_does_not_count_changes_nothing(scheme: Scheme, before: list[CaseEntry], new: CaseEntry) -> None:
    with_it = graded(*before, new, scheme=scheme)
    reason = next(line.reason for line in with_it.lines if line.entry == new.uid)
    if reason is not None:
        assert outcome(with_it) == outcome(graded(*before, scheme=scheme))


@given(schemes(), records, entries)
def test_an_expired_entry_changes_nothing(scheme: Scheme, before: list[CaseEntry], new: CaseEntry) -> None:
    old = new._replace(occurred_on=20200101, decided_on=None, ended_on=None)
    with_it, without = graded(*before, old, scheme=scheme), graded(*before, scheme=scheme)
    assert outcome(with_it) == outcome(without)
    assert tuple(line for line in with_it.lines if line.entry != old.uid) == without.lines


@given(schemes(), records, st.data())
def test_the_same_act_recorded_again_changes_nothing(
    scheme: Scheme, entries: list[CaseEntry], data: st.DataObject
) -> None:
    assume(entries)
    again = data.draw(st.sampled_from(entries))._replace(uid=Uid("again"))
    assert outcome(graded(*entries, again, scheme=scheme)) == outcome(graded(*entries, scheme=scheme))


@given(schemes(), records)
def test_of_one_act_one_line_has_points_and_one_a_direct_grade(
    scheme: Scheme, entries: list[CaseEntry]
) -> None:
    lines = {line.entry: line for line in graded(*entries, scheme=scheme).lines}
    for act in {entry.act for entry in entries}:
        for sign in Polarity:
            same = [
                lines[entry.uid]
                for entry in entries
                if entry.act == act and entry.item in SMALL.items and polarity(entry) is sign
            ]
            assert sum(line.points != 0 for line in same) <= 1
            assert sum(bool(line.direct) for line in same) <= 1


@given(schemes(), records)
def test_what_is_not_verified_or_came_later_never_counts(scheme: Scheme, entries: list[CaseEntry]) -> None:
    by_uid = {entry.uid: entry for entry in entries}
    for line in graded(*entries, scheme=scheme).lines:
        entry = by_uid[line.entry]
        late = (entry.decided_on or entry.occurred_on) > PERIOD.end
        if line.reason is None or line.reason is NotCounted.SAME_ACT:
            assert entry.status in IN_FORCE and not late and entry.item in scheme.items
        elif late:
            assert line.reason is NotCounted.LATER


@given(schemes(), records, st.sets(st.sampled_from(ServiceState)))
def test_who_is_not_rated_has_neither_grade_nor_lines(
    scheme: Scheme, entries: list[CaseEntry], states: set[ServiceState]
) -> None:
    grade = graded(*entries, states=states, scheme=scheme)
    assert (grade.not_rated is not None) is bool(states.intersection(scheme.not_rated))
    assert (grade.band is None) is (grade.not_rated is not None)
    if grade.not_rated:
        assert (grade.score, grade.lines, grade.direct) == (None, (), None)
