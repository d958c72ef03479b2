"""How many may have a grade (比例限制): a function of all who are rated, apart from grading one."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from app.rules.grading.scheme import Half, Quota, Scheme
from models.types import POINT, Points, ServiceState, Uid


class Rated(NamedTuple):
    """Somebody with a grade."""

    uid: Uid
    band: str
    score: Points
    states: frozenset[ServiceState] = frozenset()


class Meter(NamedTuple):
    """A quota against those who would have its grade or a better one. Nobody loses a grade here: who gives
    way is for people to decide, with the ties in view."""

    quota: Quota
    rated: int
    """How many were counted."""
    allowed: int
    within: tuple[Uid, ...]
    """Who has it and fits, the best first."""
    tied: tuple[Uid, ...]
    """Who stands level at the line, so that only some of them fit."""
    beyond: tuple[Uid, ...]

    @property
    def held(self) -> int:
        """How many would have the grade or a better one."""
        return len(self.within) + len(self.tied) + len(self.beyond)


def meters(people: Sequence[Rated], scheme: Scheme, unit: AbstractSet[str] = frozenset()) -> list[Meter]:
    """Every quota of the standard; ``unit``: codes of the results and titles that the unit holds."""
    return [_meter(people, quota, scheme, unit) for quota in scheme.quotas]


def allowed(quota: Quota, rated: int, unit: AbstractSet[str]) -> int:
    """How many of so many may have the grade."""
    percent = max((one.percent for one in quota.variants if one.unit in unit), default=quota.percent)
    whole, rest = divmod(rated * percent, 100 * POINT)
    up = rest > 0 if quota.rounding is Half.UP else rest * 2 >= 100 * POINT and quota.rounding is Half.HALF_UP
    number = whole + up
    return number if quota.at_most is None else min(number, quota.at_most)


def _meter(people: Iterable[Rated], quota: Quota, scheme: Scheme, unit: AbstractSet[str]) -> Meter:
    counted = [one for one in people if not one.states.intersection(quota.left_out)]
    number = allowed(quota, len(counted), unit)
    place = scheme.ranks[quota.band]
    held = sorted(
        (scheme.ranks[one.band], -one.score, one.uid) for one in counted if scheme.ranks[one.band] <= place
    )
    if len(held) <= number:
        return Meter(quota, len(counted), number, tuple(uid for *_, uid in held), (), ())
    line = held[number][:2]
    level = held[number - 1][:2] == line if number else False
    ahead = tuple(uid for *key, uid in held if tuple(key) < line)
    tied = tuple(uid for *key, uid in held if tuple(key) == line) if level else ()
    behind = tuple(uid for *key, uid in held if tuple(key) > line or (tuple(key) == line and not level))
    return Meter(quota, len(counted), number, ahead, tied, behind)
