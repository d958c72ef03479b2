"""What becomes of a grade under another standard: better or worse, and what it comes from."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from app.rules.grading.case import Adjusted, Fixed, Grade
from app.rules.grading.compiled import compiled
from app.rules.grading.scheme import Band, Scheme
from models.types import Points

NOT_RATED = ""
"""Stands for no grade among the codes of grades."""


class Move(StrEnum):
    """From one grade to another."""

    SAME = "same"
    UP = "up"
    DOWN = "down"
    OTHER = "other"
    """Neither better nor worse can be told: from no grade or to none, or between ladders of other steps."""


def moves(old: Scheme, new: Scheme) -> Mapping[tuple[str, str], Move]:
    """What it is to go from any grade of one standard to any of another; ``NOT_RATED`` is one of them.

    A grade is the same in both where its code is and, between two different standards, also its name. The
    grades of different standards that have equally many are compared by their place.
    """
    steps = _steps(old, new)
    found = {(NOT_RATED, NOT_RATED): Move.SAME}
    for before, after in product(old.bands, new.bands):
        found[before.code, after.code] = _move(steps, _key(before, old, new), _key(after, old, new))
    for band in old.bands:
        found[band.code, NOT_RATED] = Move.OTHER
    for band in new.bands:
        found[NOT_RATED, band.code] = Move.OTHER
    return found


Key = tuple[str, str]


def _key(band: Band, old: Scheme, new: Scheme) -> Key:
    return band.code, "" if old.code == new.code else band.name.zh


def _steps(old: Scheme, new: Scheme) -> dict[Key, int]:
    """The place of each grade on one ladder, 0 for the best; of those that have none there, nothing."""
    ours, theirs = ([_key(band, old, new) for band in scheme.bands] for scheme in (old, new))
    longer, shorter = (theirs, ours) if len(theirs) >= len(ours) else (ours, theirs)
    steps = {key: place for place, key in enumerate(longer)}
    if len(ours) == len(theirs) and not steps.keys() & shorter:
        steps |= {key: place for place, key in enumerate(shorter)}
    return steps


def _move(steps: Mapping[Key, int], before: Key, after: Key) -> Move:
    if before == after:
        return Move.SAME
    if before not in steps or after not in steps:
        return Move.OTHER
    fell = steps[after] - steps[before]
    return Move.DOWN if fell > 0 else Move.UP if fell else Move.SAME


class Cause(StrEnum):
    """What can move a grade or a score."""

    RATED = "rated"
    """Who is rated at all."""
    EDGES = "edges"
    """The score from which a grade begins: the one that is earned now, or that is no longer."""
    ENTRY = "entry"
    """The direct grade of an item."""
    RULE = "rule"
    """A direct grade by a count or a result."""
    NEEDS = "needs"
    LIMIT = "limit"
    ITEM = "item"
    """The points of an item."""
    ADJUSTMENT = "adjustment"


class Why(NamedTuple):
    """One thing that a grade or a score moved by."""

    cause: Cause
    code: str
    """Of the item, rule, grade or part; the reason for not being rated."""
    points: Points = Points(0)
    """By how much the score moved, where it did."""
    kind: Adjusted | None = None
    """Of an adjustment."""
    gone: bool = False
    """It held before, and does not any more."""


MOST = 6
"""Reasons kept of one person; the first is the one that decided."""


def moved_by(before: Grade, after: Grade, old: Scheme, new: Scheme) -> tuple[Why, ...]:
    """What a case moved by, the decisive first; nothing where grade and score are as they were.

    Grades given directly, and conditions, come before points: they hold whatever the score. Of points, what
    moved the score furthest its way comes first; but where the score as it was has the new grade already, it
    was the edges of the grades.
    """
    if before.not_rated != after.not_rated:
        reason = after.not_rated or before.not_rated or ""
        return (Why(Cause.RATED, str(reason), gone=after.not_rated is None),)
    if before.band == after.band and before.score == after.score:
        return ()
    points = _points(before, after)
    if before.band == after.band:
        return points[:MOST]
    fixed = _fixed(before, after)
    if not fixed and (not points or _band(new, before.score) == after.band):
        better = min((before.band, after.band), key=lambda band: new.ranks.get(band or "", len(new.ranks)))
        fixed = (Why(Cause.EDGES, better or ""),)
    return (*fixed, *points)[:MOST]


def _points(before: Grade, after: Grade) -> tuple[Why, ...]:
    moved: Counter[tuple[Cause, str, Adjusted | None]] = Counter()
    for grade, sign in ((before, -1), (after, 1)):
        for line in grade.lines:
            moved[Cause.ITEM, line.item, None] += sign * line.points
        for one in grade.adjustments:
            moved[Cause.ADJUSTMENT, one.code, one.kind] += sign * one.points
    way = -1 if (after.score or 0) < (before.score or 0) else 1
    rows = sorted((-way * points, key) for key, points in moved.items() if points)
    return tuple(Why(cause, code, Points(-way * points), kind) for points, (cause, code, kind) in rows)


_CAUSES = {
    Fixed.ENTRY: Cause.ENTRY,
    Fixed.RULE: Cause.RULE,
    Fixed.NEEDS: Cause.NEEDS,
    Fixed.LIMIT: Cause.LIMIT,
}


def _fixed(before: Grade, after: Grade) -> tuple[Why, ...]:
    """What fixes the grade now, where another thing or nothing did, and what fixed it before."""
    was, now = (
        Why(_CAUSES[one.fixed], one.rule) if one.fixed in _CAUSES else None for one in (before, after)
    )
    if was == now:
        return (now,) if now else ()  # it gives another grade
    gone = was._replace(gone=True) if was else None
    return tuple(one for one in (now, gone) if one)


def _band(scheme: Scheme, score: Points | None) -> str:
    """The grade that a score alone gives."""
    lows = compiled(scheme).lows
    place = next((place for place, low in enumerate(lows) if (score or 0) >= low), len(lows))
    return scheme.bands[place].code
