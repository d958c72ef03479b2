"""``grade(case, scheme, period)``: one person's grade, with a line for every entry there is.

Pure and exact: points are integers in thousandths, the order of entries does not matter, and every
entry that did not count says why. Named tuples, because tens of thousands are made in a second.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from app.rules.grading.scheme import RunsFrom, Scheme
from models.types import Day, EntryStatus, Points, Polarity, ServiceState, Uid, last_day


class Period(NamedTuple):
    """What a grade is for: both days belong to it."""

    start: Day
    end: Day
    label: str


class CaseEntry(NamedTuple):
    """What grading needs to know of a conduct entry."""

    uid: Uid
    act: Uid
    item: str
    status: str
    occurred_on: Day
    decided_on: Day | None
    ended_on: Day | None
    level: str


class Case(NamedTuple):
    """Everything about one person that a grade may depend on."""

    entries: Sequence[CaseEntry]
    states: frozenset[ServiceState] = frozenset()
    """Those that held on the last day of the period."""
    joined_on: Day | None = None
    left_on: Day | None = None


class NotCounted(StrEnum):
    """Why an entry brought no points."""

    NOT_VERIFIED = "not_verified"
    RETURNED = "returned"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    LATER = "later"
    EXPIRED = "expired"
    SAME_ACT = "same_act"
    NOT_IN_SCHEME = "not_in_scheme"
    NO_POINTS_FOR_LEVEL = "no_points_for_level"


class NotRated(StrEnum):
    """Why a person gets no grade, beside the states that the scheme names."""

    JOINED_LATER = "joined_later"
    LEFT = "left"


class Line(NamedTuple):
    """What became of one entry."""

    entry: Uid
    item: str
    points: Points
    """0 where it did not count."""
    reason: NotCounted | None
    """None where it counted."""
    until: Day
    """Last day on which it counts; 0 where that was not looked at."""
    direct: str
    """Band it gives directly; empty for none."""
    disputed: bool


class Grade(NamedTuple):
    """The result and everything that led to it."""

    band: str | None
    """None where the person is not rated."""
    score: Points | None
    lines: tuple[Line, ...]
    """By date of the act."""
    direct: Uid | None
    """The entry whose direct grade decided; None where the score did."""
    not_rated: ServiceState | NotRated | None


_NEVER_COUNTS = {
    EntryStatus.SUBMITTED.value: NotCounted.NOT_VERIFIED,
    EntryStatus.RETURNED.value: NotCounted.RETURNED,
    EntryStatus.REVOKED.value: NotCounted.REVOKED,
    EntryStatus.SUPERSEDED.value: NotCounted.SUPERSEDED,
    EntryStatus.WITHDRAWN.value: NotCounted.WITHDRAWN,
}


def year(number: int) -> Period:
    """A calendar year."""
    return Period(Day(number * 10000 + 101), Day(number * 10000 + 1231), str(number))


def grade(case: Case, scheme: Scheme, period: Period) -> Grade:
    """The grade of one case by a scheme, as of the last day of the period."""
    not_rated = _not_rated(case, scheme, period)
    if not_rated:
        return _unrated(not_rated)
    if not case.entries:
        return _clean(scheme)
    by_date = sorted(case.entries, key=_by_date) if len(case.entries) > 1 else case.entries
    lines = [_line(entry, scheme, period.end) for entry in by_date]
    if len(lines) > 1:
        _count_acts_once(by_date, lines, scheme)
    score = _score(scheme, sum(line.points for line in lines))
    band, direct = _band(scheme, score, lines)
    return Grade(band, score, tuple(lines), direct, None)


@lru_cache(maxsize=16)
def _clean(scheme: Scheme) -> Grade:
    """The grade of a person with nothing on record."""
    score = _score(scheme, 0)
    return Grade(_band(scheme, score, [])[0], score, (), None, None)


@cache
def _unrated(why: ServiceState | NotRated) -> Grade:
    return Grade(None, None, (), None, why)


def _not_rated(case: Case, scheme: Scheme, period: Period) -> ServiceState | NotRated | None:
    if case.left_on and case.left_on <= period.end:
        return NotRated.LEFT
    if case.joined_on and case.joined_on > period.end:
        return NotRated.JOINED_LATER
    return min(case.states & scheme.not_rated, default=None) if case.states else None


def _by_date(entry: CaseEntry) -> tuple[Day, Uid]:
    return entry.occurred_on, entry.uid


def _line(entry: CaseEntry, scheme: Scheme, end: Day) -> Line:
    uid, _, code, status, occurred_on, decided_on, ended_on, level = entry
    disputed = status == EntryStatus.DISPUTED
    rule = scheme.items.get(code)
    decided = decided_on or occurred_on
    never = NotCounted.LATER if decided > end else _NEVER_COUNTS.get(status)
    if never or not rule:
        return Line(uid, code, Points(0), never or NotCounted.NOT_IN_SCHEME, Day(0), "", disputed)
    start = decided if rule.runs_from is RunsFrom.DECISION else ended_on or occurred_on
    until = _last_day(start, rule.validity)
    direct = rule.direct if end <= _last_day(start, rule.direct_validity or rule.validity) else ""
    points = rule.points.get(level) if until >= end else None  # type: ignore[call-overload]  # levels are texts
    if points is not None or direct:
        return Line(uid, code, points or Points(0), None, until, direct, disputed)
    reason = NotCounted.EXPIRED if until < end else NotCounted.NO_POINTS_FOR_LEVEL
    return Line(uid, code, Points(0), reason, until, "", disputed)


_last_day = lru_cache(maxsize=65536)(last_day)


def _count_acts_once(entries: Sequence[CaseEntry], lines: list[Line], scheme: Scheme) -> None:
    """One act counts once (同一行为): by its largest number of points, and its lowest direct grade."""
    if len({entry.act for entry in entries}) == len(entries):
        return
    acts: dict[tuple[Uid, Polarity], list[int]] = {}
    for number, entry in enumerate(entries):
        if lines[number].reason is None:
            acts.setdefault((entry.act, scheme.items[entry.item].polarity), []).append(number)
    rank = {"": -1} | {band.code: place for place, band in enumerate(scheme.bands)}
    for numbers in acts.values():
        weights = {n: (rank[lines[n].direct], lines[n].until, lines[n].entry) for n in numbers}
        heaviest = max(numbers, key=lambda n: (abs(lines[n].points), weights[n]))
        lowest = max(numbers, key=lambda n: (weights[n][0], n == heaviest, weights[n]))
        for number in numbers:
            points = lines[number].points if number == heaviest else Points(0)
            direct = lines[number].direct if number == lowest else ""
            reason = None if number == heaviest or direct else NotCounted.SAME_ACT
            lines[number] = lines[number]._replace(points=points, reason=reason, direct=direct)


def _score(scheme: Scheme, points: int) -> Points:
    score = scheme.base + points
    if scheme.ceiling is not None:
        score = min(score, scheme.ceiling)
    if scheme.floor is not None:
        score = max(score, scheme.floor)
    return Points(score)


def _band(scheme: Scheme, score: Points, lines: Sequence[Line]) -> tuple[str, Uid | None]:
    """The band by score, or a lower one that an entry gives directly, and that entry."""
    reached, direct = 0, None
    while (lowest := scheme.bands[reached].lowest) is not None and score < lowest:
        reached += 1
    for line in lines:
        if line.direct and (place := _place(scheme, line.direct)) > reached:
            reached, direct = place, line.entry
    return scheme.bands[reached].code, direct


def _place(scheme: Scheme, band: str) -> int:
    return next(place for place, one in enumerate(scheme.bands) if one.code == band)
