"""A standard laid out for grading: one look-up tells what entries of an item at a level are worth."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.rules.grading.case import CaseEntry, NotCounted
from app.rules.grading.reading import Share
from app.rules.grading.scheme import WHOLE, ItemRule, RunsFrom, Scheme, When
from app.rules.grading.validity import Ends, ends_of, months_for
from models.types import Day, EntryStatus, Points, from_day

_NEVER = {
    EntryStatus.SUBMITTED.value: NotCounted.NOT_VERIFIED,
    EntryStatus.RETURNED.value: NotCounted.RETURNED,
    EntryStatus.HEARING.value: NotCounted.NOT_HEARD,
    EntryStatus.REVOKED.value: NotCounted.REVOKED,
    EntryStatus.SUPERSEDED.value: NotCounted.SUPERSEDED,
    EntryStatus.WITHDRAWN.value: NotCounted.WITHDRAWN,
}
_NO_ENDS = ends_of(0)


class Rule(NamedTuple):
    """What one item is worth at one level, for an entry of one standing."""

    reason: NotCounted | None
    """Why it can never count."""
    plain: bool
    """Fixed points and nothing else: no direct grade, no quantity, no sharing."""
    points: Points
    runs_from: RunsFrom
    ends: Ends
    direct: str
    direct_ends: Ends
    item: ItemRule | None
    disputed: bool


class Rules(dict[tuple[str, str, str], Rule]):
    """Rules by item, level and status, made when first asked for."""

    def __init__(self, scheme: Scheme, day: Day | None = None) -> None:
        super().__init__()
        self.scheme = scheme
        self.day = day

    def __missing__(self, key: tuple[str, str, str]) -> Rule:
        code, level, status = key
        self[key] = made = _rule(self.scheme, self.scheme.items.get(code), level, status)
        return made


def rule_on(scheme: Scheme, entry: CaseEntry) -> Rule:
    """The rule of an item whose values change with the day of the act (从旧)."""
    versions = scheme.versions[entry.item]
    on = entry.occurred_on
    held = (n for n, one in enumerate(versions) if from_day(one.since or on) <= on <= (one.until or on))
    return _version(scheme, entry.item, next(held, None), entry.level, entry.status)


@lru_cache(maxsize=4096)
def _version(scheme: Scheme, code: str, number: int | None, level: str, status: str) -> Rule:
    if number is None:
        return _no_rule(_NEVER.get(status, NotCounted.NOT_IN_FORCE), None, status)
    return _rule(scheme, scheme.versions[code][number], level, status, dated=True)


def _rule(scheme: Scheme, item: ItemRule | None, level: str, status: str, dated: bool = False) -> Rule:
    never = _NEVER.get(status)
    if never or item is None:
        return _no_rule(never or NotCounted.NOT_IN_SCHEME, item, status)
    at_once = dated or item.code not in scheme.versions  # else the day of the act says what holds
    if at_once and item.is_off:
        return _no_rule(NotCounted.SWITCHED_OFF, item, status)
    if status == EntryStatus.DISPUTED and scheme.combination.suspended:
        return _no_rule(NotCounted.SUSPENDED, item, status)
    points = (item.points or {}).get(level)  # type: ignore[call-overload]  # levels are texts
    fixed = points is not None
    size = points if fixed else max((abs(one) for one in _sizes(item)), default=0)
    return Rule(
        None,
        fixed
        and not (item.direct or item.shared or item.result)
        and item.runs_from is not RunsFrom.OCCURRENCE
        and at_once,
        Points(points or 0),
        item.runs_from,
        ends_of(months_for(scheme, item, level, size) or 0),
        item.direct,
        ends_of(months_for(scheme, item, level, None) or 0) if item.direct else _NO_ENDS,
        item,
        status == EntryStatus.DISPUTED,
    )


def _no_rule(reason: NotCounted, item: ItemRule | None, status: str) -> Rule:
    disputed = status == EntryStatus.DISPUTED
    return Rule(reason, False, Points(0), RunsFrom.CONDUCT, _NO_ENDS, "", _NO_ENDS, item, disputed)


def _sizes(item: ItemRule) -> Sequence[int]:
    return [step.points for step in item.steps] + ([item.unit_points.points] if item.unit_points else [])


class Compiled:
    """A scheme with its rules, and which of the rarer constructs it uses at all."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.rules = Rules(scheme)
        items = [item for item in scheme.item_rows if not item.is_off or item.code in scheme.versions]
        self.from_nth = tuple(item for item in items if item.from_nth > 1)
        self.cumulative = tuple(item for item in items if item.steps)
        self.priorities = any(item.over for item in items)
        self.repeat = scheme.combination.repeat
        self.in_turn = bool(self.repeat or self.from_nth or self.cumulative)
        """Which of two acts came first matters."""
        weights: dict[str, Share] = {part.code: part.weight for part in scheme.parts}
        parts: dict[str, str] = {group.code: group.part for group in scheme.groups}
        self.weights: dict[str, Share] = {
            item.code: weights.get(parts.get(item.group, "") if item.group else item.part, WHOLE)
            for item in scheme.item_rows
        }
        """The factor by which the points of an item enter the score."""
        self.capped_items = tuple(item for item in items if item.cap)
        bounded_groups = [group for group in scheme.groups if group.cap or group.zero_on]
        self.adds_up = not (
            scheme.parts or scheme.inputs or scheme.carry_over or self.capped_items or bounded_groups
        )
        """The score is the base and the points of the entries, between floor and ceiling."""
        unconditional = all(band.needs == When() for band in scheme.bands)
        self.by_score = unconditional and not (scheme.direct or scheme.limits)
        """The grade follows from the score and the direct grades of entries."""
        self.lows: tuple[int, ...] = tuple(band.low or 0 for band in scheme.bands[:-1])
        """Lowest score of every grade but the last, best first."""


@lru_cache(maxsize=64)
def compiled(scheme: Scheme) -> Compiled:
    """The scheme laid out, once."""
    return Compiled(scheme)
