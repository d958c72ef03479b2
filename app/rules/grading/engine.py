"""``grade(case, scheme, period)``: one person's grade, with a line for every entry there is.

Pure and exact: points are integers in thousandths, the order of entries does not matter, every entry that
did not count says why, and lines and adjustments together make the score.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any

from app.rules.grading.bands import Verdict, verdict
from app.rules.grading.case import (
    Adjusted,
    Adjustment,
    Case,
    CaseEntry,
    Grade,
    How,
    Line,
    NotCounted,
    NotRated,
    Period,
)
from app.rules.grading.combining import combine
from app.rules.grading.compiled import Compiled, Rule, compiled, rule_on
from app.rules.grading.reading import Share
from app.rules.grading.scheme import ItemRule, PeriodKind, RunsFrom, Scheme
from app.rules.grading.score import adjusted, bounded, times
from app.rules.grading.validity import ends_of, first_within, months_for, start_of
from models.types import AuthorityLevel, Capacity, Day, Points, ServiceState, from_day


def grade(case: Case, scheme: Scheme, period: Period) -> Grade:
    """The grade of one case by a scheme, as of the last day of the period."""
    not_rated = _not_rated(case, scheme, period)
    if not_rated:
        return _unrated(not_rated)
    made = compiled(scheme)
    if not case.entries and case.last is None and not case.inputs:
        return _clean(made, period)
    if len(case.entries) > 1:
        together = made.in_turn and len({entry[4] for entry in case.entries}) < len(case.entries)
        entries = _in_turn(case.entries) if together else sorted(case.entries, key=_by_date)
        case = _new_case((entries, *case[1:]))
    return _result(case, lines_of(case.entries, made, period), made, period)


def _result(case: Case, lines: list[Line], made: Compiled, period: Period) -> Grade:
    scheme = made.scheme
    if made.adds_up:
        total = scheme.score.base + sum([line[2] for line in lines])
        score, adjustments = bounded(scheme, total, _base(scheme))
    else:
        score, adjustments = adjusted(case, lines, made)
    found: Verdict = verdict(case, lines, score, made, period)
    return Grade(found.band, score, tuple(lines), found.entry, None, adjustments, *found[2:])


@lru_cache(maxsize=64)
def _base(scheme: Scheme) -> tuple[Adjustment, ...]:
    return (Adjustment(Adjusted.BASE, "", scheme.score.base),)


@lru_cache(maxsize=64)
def _clean(made: Compiled, period: Period) -> Grade:
    """The grade of a person with nothing on record."""
    return _result(Case(()), [], made, period)


@cache
def _unrated(why: ServiceState | NotRated) -> Grade:
    return Grade(None, None, (), None, why)


def _not_rated(case: Case, scheme: Scheme, period: Period) -> ServiceState | NotRated | None:
    if case.left_on and case.left_on <= period.end:
        return NotRated.LEFT
    if case.joined_on and case.joined_on > period.end:
        return NotRated.JOINED_LATER
    return min(case.states.intersection(scheme.not_rated), default=None) if case.states else None


def _by_date(entry: CaseEntry) -> tuple[Day, str]:
    return entry[4], entry[0]


def _in_turn(entries: Sequence[CaseEntry]) -> list[CaseEntry]:
    """By which of two acts was the earlier one, where that matters.

    Of one day: the one decided earlier, then the one decided at the higher level, then whatever else tells
    them apart, then what else is known of their acts; chance only where nothing does.
    """
    known = sorted(((_known(entry), entry) for entry in entries), key=itemgetter(0))
    acts: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for what, entry in known:
        acts[entry.act].append(what)
    known.sort(key=lambda one: (one[0], acts[one[1].act], one[1].act, one[1].uid))
    return [entry for _, entry in known]


def _known(entry: CaseEntry) -> tuple[object, ...]:
    """All that is known of an entry besides the numbers that chance gave it. Of two alike the one that was
    put right is the later one: what counts for a repetition alone then weighs least."""
    _, _, item, status, occurred_on, decided_on, ended_on, level, quantity, given, *rest = entry
    capacity, authors, corrected_on = rest
    sizes = -(quantity or 0), -abs(given or 0), corrected_on or 0, ended_on or 0, authors or 0
    return occurred_on, decided_on or occurred_on, -_RANKS[level], item, *sizes, capacity or "", status


_RANKS = {level.value: rank for rank, level in enumerate(AuthorityLevel)}
_new_case: Callable[[tuple[Any, ...]], Case] = partial(tuple.__new__, Case)
_new_line: Callable[[tuple[Any, ...]], Line] = partial(tuple.__new__, Line)
_NOTHING = Points(0)
_UNKNOWN = Day(0)


def lines_of(entries: Sequence[CaseEntry], made: Compiled, period: Period) -> list[Line]:
    """What becomes of each entry, by date of the act."""
    first, end = first_day(made.scheme, period), period.end
    rules, lines = made.rules, []
    for entry in entries:  # up to a million and a half of them: nothing here that could stand outside
        uid, _, code, status, occurred_on, decided_on, ended_on, level, _, _, capacity, _, _ = entry
        reason, plain, points, runs_from, ends, _, _, _, disputed = rule = rules[code, level, status]
        if (decided_on or occurred_on) > end:
            lines.append(_not_counted(entry, NotCounted.LATER, rule))
        elif plain and not capacity:
            start = decided_on or occurred_on if runs_from is _DECISION else ended_on or occurred_on
            until = ends[start]
            counts = until >= end and (start >= first or (decided_on or 0) >= first)
            if counts:
                lines.append(_new_line((uid, code, points, None, until, "", disputed, _PLAIN, None)))
            else:
                reason = NotCounted.EXPIRED if until < end else NotCounted.EARLIER
                lines.append(_new_line((uid, code, _NOTHING, reason, until, "", disputed, _PLAIN, None)))
        elif reason:
            lines.append(_not_counted(entry, reason, rule))
        else:
            lines.append(_line(entry, made, period, first))
    combine(entries, lines, made, end)
    return lines


def first_day(scheme: Scheme, period: Period) -> Day:
    """The day before which no act counts, where only those of the period do; else 0.

    An act of the period before that was decided only in this one counts in this one: it could not before.
    How far a period reaches back is the standard's to say, whatever year or month it is named after.
    """
    rule = scheme.period
    if not rule.only_own or rule.kind is PeriodKind.OPENING:
        return _UNKNOWN
    rolling = rule.kind is PeriodKind.ROLLING
    return from_day(first_within(period.end, rule.months) if rolling else period.start)


_DECISION, _PLAIN = RunsFrom.DECISION, How.PLAIN


def _not_counted(entry: CaseEntry, reason: NotCounted, rule: Rule, until: Day = _UNKNOWN) -> Line:
    return Line(entry.uid, entry.item, _NOTHING, reason, until, "", rule.disputed)


def _line(entry: CaseEntry, made: Compiled, period: Period, first: Day) -> Line:
    """What becomes of an entry whose item is not simply so many points."""
    dated = entry.item in made.scheme.versions
    rule = rule_on(made.scheme, entry) if dated else made.rules[entry.item, entry.level, entry.status]
    if rule.reason or rule.item is None:
        return _not_counted(entry, rule.reason or NotCounted.NOT_IN_SCHEME, rule)
    item, start = rule.item, start_of(entry, rule.item)
    own = start >= first or (entry.decided_on or 0) >= first
    if item.result and from_day(period.start) <= entry.occurred_on <= period.end:
        return _not_counted(entry, NotCounted.OWN_YEAR, rule)
    direct_until = rule.direct_ends[start] if rule.direct and not entry.capacity else _UNKNOWN
    if item.repair and direct_until and entry.corrected_on and entry.corrected_on <= period.end:
        return _repaired(entry, rule, item, period, direct_until, own)
    direct = rule.direct if direct_until >= period.end and own else ""
    points = _worth(entry, item, rule)
    if isinstance(points, NotCounted):
        over = direct_until and points is NotCounted.NO_POINTS_FOR_LEVEL  # it only ever gave a grade
        if direct or over:
            return _without_points(entry, rule, period, direct_until, direct)
        return _not_counted(entry, points, rule)
    ends = rule.ends if item.steps else ends_of(months_for(made.scheme, item, entry.level, points) or 0)
    until = ends[start]
    if until < period.end or not own:
        return _without_points(entry, rule, period, max(until, direct_until), direct)
    how = How.HEAD if entry.capacity else How.SHARED if item.shared and entry.authors else How.PLAIN
    return Line(entry.uid, entry.item, points, None, max(until, direct_until), direct, rule.disputed, how)


def _without_points(entry: CaseEntry, rule: Rule, period: Period, until: Day, direct: str) -> Line:
    """The direct grade alone, or why there is not even that: it is over, or of an earlier period."""
    over = NotCounted.EXPIRED if until < period.end else NotCounted.EARLIER
    return Line(entry.uid, entry.item, _NOTHING, None if direct else over, until, direct, rule.disputed)


def _repaired(
    entry: CaseEntry, rule: Rule, item: ItemRule, period: Period, direct_until: Day, own: bool
) -> Line:
    """A direct grade whose wrong was put right in time turns into points."""
    assert item.repair and entry.corrected_on
    until = ends_of(item.repair.months)[entry.corrected_on]
    if entry.corrected_on > direct_until or until < period.end:
        return _not_counted(entry, NotCounted.EXPIRED, rule, until=max(until, direct_until))
    if not own:
        return _not_counted(entry, NotCounted.EARLIER, rule, until=until)
    return Line(entry.uid, entry.item, item.repair.points, None, until, "", rule.disputed, How.REPAIRED)


def _worth(entry: CaseEntry, item: ItemRule, rule: Rule) -> Points | NotCounted:
    """The points of an entry by itself; a cumulative quantity gets its points later."""
    worth: Points | NotCounted
    if item.range:
        worth = _given(entry, item)
    elif item.steps:
        worth = _NOTHING if entry.quantity else NotCounted.NO_QUANTITY
    elif item.unit_points:
        full = (entry.quantity or 0) // item.unit_points.per
        worth = Points(full * item.unit_points.points) if entry.quantity else NotCounted.NO_QUANTITY
    elif item.points and entry.level in item.points:
        worth = rule.points
    else:
        worth = NotCounted.NO_POINTS_FOR_LEVEL
    if isinstance(worth, NotCounted):
        return worth
    if entry.capacity == Capacity.HEAD:
        worth = times(worth, item.head_share) if item.head_share else NotCounted.NO_HEADS_SHARE
    if item.shared and entry.authors and not isinstance(worth, NotCounted):
        worth = times(worth, Share(1000), entry.authors)
    return worth


def _given(entry: CaseEntry, item: ItemRule) -> Points | NotCounted:
    """What was decided case by case, if it lies within the range."""
    assert item.range
    if entry.given is None:
        return NotCounted.NO_POINTS_GIVEN
    low, high = sorted((item.range.least, item.range.most))
    return entry.given if low <= entry.given <= high else NotCounted.OUT_OF_RANGE
