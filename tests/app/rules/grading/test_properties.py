"""What holds of every grade, whatever is on record and whatever the standard says."""

from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.rules.grading.case import CaseEntry, Grade, NotCounted
from app.rules.grading.reading import Amount, Code, Share, Text
from app.rules.grading.scheme import (
    ALWAYS_SO,
    Band,
    Cap,
    Combination,
    Direct,
    Group,
    Half,
    ItemRule,
    KindOf,
    Limit,
    Part,
    PeriodKind,
    PeriodRule,
    Repair,
    Repeat,
    Rounding,
    SameAct,
    Scheme,
    Score,
    Span,
    Step,
    Unit,
    When,
)
from models.types import (
    POINT,
    AuthorityLevel,
    Capacity,
    Day,
    EntryStatus,
    Points,
    Polarity,
    ServiceState,
    Uid,
)
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
counting = st.builds(
    record,
    item=st.sampled_from(CODES),
    on=st.integers(1, 12).map(lambda month: 20250001 + month * 100),
    uid=st.uuids().map(lambda uid: uid.hex),
    act=st.sampled_from(["one", "one", "two", ""]),
    level=st.sampled_from([AuthorityLevel.UNIT, AuthorityLevel.CITY, AuthorityLevel.PROVINCE]),
)
"""Entries that count by most standards, so that they meet."""
fuller = st.builds(
    lambda entry, quantity, authors, capacity, corrected: entry._replace(
        quantity=quantity, authors=authors, capacity=capacity, corrected_on=corrected
    ),
    counting | counting | entries,
    st.sampled_from([None, 4_000, 10_000, 25_000]),
    st.sampled_from([None, None, 2, 3]),
    st.sampled_from([None, None, None, None, Capacity.HEAD]),
    st.none() | days.map(Day),
)
"""Entries that also say what rarer constructs ask."""
full_records = st.lists(fuller, max_size=7)
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


def points(low: int, high: int) -> st.SearchStrategy[Points]:
    return st.integers(low * POINT, high * POINT).map(Points)


@st.composite
def combined_schemes(draw: st.DrawFn) -> Scheme:
    """Standards whose entries meet in all ways of the format but those that by themselves let a deduction
    raise (a direct grade alone, priority, repetitions worth less), with conditions on grades."""
    scheme = draw(schemes())
    repeat = st.builds(Repeat, of=st.sampled_from(KindOf), factor=st.integers(1_000, 3_000).map(Share))
    combination = Combination(
        repeat=draw(st.none() | repeat), frozen_bonuses=draw(st.booleans()), suspended=draw(st.booleans())
    )
    period = PeriodRule(
        kind=draw(st.sampled_from(PeriodKind)), months=draw(st.integers(1, 30)), only_own=draw(st.booleans())
    )
    items = tuple(_fuller(draw, item) for item in scheme.item_rows)
    groups = tuple(Group(code=Code(code), name=Text("", "")) for code in ("g", "h"))
    scheme = replace(scheme, combination=combination, period=period, item_rows=items, groups=groups)
    return _conditional(draw, scheme)


def _fuller(draw: st.DrawFn, item: ItemRule) -> ItemRule:
    item = replace(
        item,
        group=draw(st.sampled_from(["g", "g", "h", ""])),
        from_nth=draw(st.sampled_from([1, 1, 1, 1, 1, 2])),
        nth_within=draw(st.sampled_from([0, 6])),
        head_share=draw(st.sampled_from([0, 500, 1_000])),
        shared=draw(st.booleans()),
    )
    if item.direct and draw(st.booleans()):
        return replace(item, repair=Repair(points=draw(points(-30, 0)), months=draw(st.integers(1, 24))))
    if item.code != "reward":
        return item
    steps = (
        Step(lowest=Amount(4_000), points=Points(1_500)),
        Step(lowest=Amount(20_000), points=Points(9_000)),
    )
    worth = draw(st.sampled_from(["points", "steps", "units"]))
    if worth == "steps":
        return replace(item, points=None, steps=steps, each_step=draw(st.booleans()))
    unit = Unit(per=Amount(3_000), points=Points(700))
    return replace(item, points=None, unit_points=unit) if worth == "units" else item


def _conditional(draw: st.DrawFn, scheme: Scheme) -> Scheme:
    """With what holds a grade down: more deductions never lift it, more bonuses never bring it on."""
    wrongs = st.builds(
        When,
        count_from=st.integers(1, 2),
        polarity=st.just(Polarity.NEGATIVE),
        items=st.sampled_from([("overdue",), ("warning",), ("warning", "demerit"), ()]),
        within=st.sampled_from([None, None, 6, 18]),
    )
    conditions = wrongs | st.builds(When, deductions_from=points(1, 60)) | st.builds(When, score_below=bounds)
    needs = st.builds(When, count_below=st.integers(1, 3), polarity=st.just(Polarity.NEGATIVE)) | st.builds(
        When, count_from=st.integers(1, 2), items=st.sampled_from([("honour",), ("reward", "honour")])
    )
    codes = st.sampled_from([band.code for band in scheme.bands])
    text = Text("", "")
    limits = [
        Limit(code=Code("down"), name=text, down=draw(st.integers(1, 3)), when=draw(conditions)),
        Limit(code=Code("most"), name=text, at_most=draw(codes), when=draw(conditions)),
        Limit(code=Code("least"), name=text, at_least=draw(codes), when=draw(needs)),
    ]
    direct = Direct(code=Code("often"), name=text, grade=draw(codes), when=draw(wrongs))
    *better, last = scheme.bands
    return replace(
        scheme,
        bands=(*(replace(band, needs=draw(st.just(ALWAYS_SO) | needs)) for band in better), last),
        limits=tuple(draw(st.lists(st.sampled_from(limits), max_size=3, unique=True))),
        direct=(direct,) if draw(st.booleans()) else (),
    )


@st.composite
def bounded_schemes(draw: st.DrawFn) -> Scheme:
    """Standards with parts, ceilings, floors, what goes to zero, and rounding besides."""
    scheme = draw(combined_schemes())
    caps = st.none() | st.builds(
        Cap,
        ceiling=st.none() | points(0, 20),
        floor=st.none() | points(-20, 0),
        per=st.sampled_from(Span),
    )
    zero_on = st.sampled_from([(), (), ("warning",), ("overdue", "demerit")])
    in_part = st.sampled_from(["", "p", "q"])
    text = Text("", "")
    parts = tuple(
        Part(
            code=Code(code),
            name=text,
            base=draw(points(0, 40)),
            ceiling=draw(st.none() | points(20, 60)),
            floor=draw(st.none() | points(-20, 20)),
            weight=draw(st.integers(0, 2_000).map(Share)),
            zero_on=draw(zero_on),
        )
        for code in ("p", "q")
    )
    groups = tuple(
        Group(code=Code(code), name=text, part=draw(in_part), cap=draw(caps), zero_on=draw(zero_on))
        for code in ("g", "h")
    )
    items = tuple(replace(item, part=draw(in_part), cap=draw(caps)) for item in scheme.item_rows)
    rounding = st.builds(
        Rounding, to=st.sampled_from([100, 1_000, 5_000]).map(Points), how=st.sampled_from(Half)
    )
    score = replace(scheme.score, rounding=draw(st.none() | rounding))
    return replace(scheme, parts=parts, groups=groups, item_rows=items, score=score)


@st.composite
def all_schemes(draw: st.DrawFn) -> Scheme:
    """Standards with every construct, those too by which a deduction may raise."""
    scheme = draw(bounded_schemes())
    factor = draw(st.integers(0, 3_000).map(Share))
    repeat = Repeat(of=draw(st.sampled_from(KindOf)), factor=factor, polarity=draw(st.sampled_from(Polarity)))
    combination = replace(scheme.combination, same_act=draw(st.sampled_from(SameAct)), repeat=repeat)
    over = {"overdue": ("warning",)} if draw(st.booleans()) else {}
    items = tuple(replace(item, over=over.get(item.code, ())) for item in scheme.item_rows)
    return replace(scheme, combination=combination, item_rows=items)


def rank(scheme: Scheme, grade: Grade) -> int:
    """The place of the band, 0 for the best."""
    return [band.code for band in scheme.bands].index(str(grade.band))


def outcome(grade: Grade) -> tuple[object, ...]:
    return grade.band, grade.score


def polarity(entry: CaseEntry) -> Polarity:
    return SMALL.items[entry.item].polarity


@given(all_schemes(), full_records, st.randoms())
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


@given(all_schemes(), full_records)
def test_lines_and_adjustments_make_the_score(scheme: Scheme, entries: list[CaseEntry]) -> None:
    grade = graded(*entries, scheme=scheme)
    moved = [line.points for line in grade.lines] + [one.points for one in grade.adjustments]
    assert grade.score == sum(moved)
    assert sorted(line.entry for line in grade.lines) == sorted(entry.uid for entry in entries)
    assert all(line.reason is None or (line.points == 0 and not line.direct) for line in grade.lines)


@given(schemes(), bounds, bounds)
def test_every_score_has_a_band_and_more_is_never_worse(scheme: Scheme, one: Points, other: Points) -> None:
    low, high = (graded(scheme=replace(scheme, score=Score(base=base))) for base in sorted((one, other)))
    assert rank(scheme, high) <= rank(scheme, low)


def not_worse(scheme: Scheme, before: list[CaseEntry], new: CaseEntry) -> None:
    """A bonus never lowers, a deduction never raises."""
    without, with_it = graded(*before, scheme=scheme), graded(*before, new, scheme=scheme)
    assert without.score is not None and with_it.score is not None
    if polarity(new) is Polarity.POSITIVE:
        assert with_it.score >= without.score and rank(scheme, with_it) <= rank(scheme, without)
    else:
        assert with_it.score <= without.score and rank(scheme, with_it) >= rank(scheme, without)


known = fuller.filter(lambda entry: entry.item in SMALL.items)


@settings(max_examples=200)
@given(combined_schemes(), full_records, known)
def test_a_bonus_never_lowers_and_a_deduction_never_raises(
    scheme: Scheme, before: list[CaseEntry], new: CaseEntry
) -> None:
    if scheme.combination.frozen_bonuses:  # which entry of an act says that it was corrected is up to it
        before, new = [one._replace(corrected_on=None) for one in before], new._replace(corrected_on=None)
    not_worse(scheme, before, new)


@settings(max_examples=200)
@given(bounded_schemes(), full_records, known)
def test_nor_do_they_under_ceilings_and_weights_where_each_act_has_one_entry(
    scheme: Scheme, before: list[CaseEntry], new: CaseEntry
) -> None:
    """Of one act the largest number of points counts, and it may be the one that a ceiling takes away."""
    not_worse(scheme, [one._replace(act=one.uid) for one in before], new._replace(act=new.uid))


@given(schemes(), records, entries)
def test_what_does_not_count_changes_nothing(scheme: Scheme, before: list[CaseEntry], new: CaseEntry) -> None:
    with_it = graded(*before, new, scheme=scheme)
    reason = next(line.reason for line in with_it.lines if line.entry == new.uid)
    if reason is not None:
        assert outcome(with_it) == outcome(graded(*before, scheme=scheme))


@given(all_schemes(), full_records, fuller)
def test_an_expired_entry_changes_nothing(scheme: Scheme, before: list[CaseEntry], new: CaseEntry) -> None:
    old = new._replace(occurred_on=20200101, decided_on=None, ended_on=None, corrected_on=None)
    with_it, without = graded(*before, old, scheme=scheme), graded(*before, scheme=scheme)
    assert outcome(with_it) == outcome(without)
    assert tuple(line for line in with_it.lines if line.entry != old.uid) == without.lines


@given(all_schemes(), full_records, st.data())
def test_the_same_act_recorded_again_changes_nothing(
    scheme: Scheme, entries: list[CaseEntry], data: st.DataObject
) -> None:
    assume(entries)
    again = data.draw(st.sampled_from(entries))._replace(uid=Uid("again"))
    assert outcome(graded(*entries, again, scheme=scheme)) == outcome(graded(*entries, scheme=scheme))


@given(all_schemes(), full_records, st.randoms())
def test_nothing_hangs_on_the_numbers_that_chance_gives(
    scheme: Scheme, entries: list[CaseEntry], dice: Random
) -> None:
    """Neither the entries nor the acts say by their uid which of them came first."""
    known = sorted({uid for one in entries for uid in (one.uid, one.act)})
    fresh = {uid: Uid(f"{place:04}") for place, uid in enumerate(dice.sample(known, len(known)))}
    renamed = [one._replace(uid=fresh[one.uid], act=fresh[one.act]) for one in entries]
    assert outcome(graded(*renamed, scheme=scheme)) == outcome(graded(*entries, scheme=scheme))


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
