"""What does not go together in a standard whose values are each good alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

from app.rules.grading.reading import Fault, Problem, inside
from app.rules.grading.scheme import (
    Attention,
    Band,
    Cap,
    CarryOver,
    Direct,
    Example,
    ExampleEntry,
    Group,
    Input,
    ItemRule,
    Limit,
    Part,
    Quota,
    Range,
    RunsFrom,
    Scheme,
    Score,
    Validity,
    When,
)
from app.rules.grading.validity import months_for
from models.types import POINT, AuthorityLevel, Category, Polarity, iso

_POSITIVE = (Category.PERFORMANCE, Category.LAWFULNESS, Category.EXAMPLE)
CATEGORIES: Mapping[Polarity, tuple[Category, ...]] = {
    Polarity.POSITIVE: _POSITIVE,
    Polarity.NEGATIVE: tuple(category for category in Category if category not in _POSITIVE),
}

REFERENCES: Mapping[type, Mapping[str, str]] = {
    When: {"items": "items", "groups": "groups", "direct": "bands", "input": "inputs"},
    ItemRule: {"group": "groups", "part": "parts", "direct": "bands", "over": "items"},
    Group: {"part": "parts", "zero_on": "items"},
    Part: {"zero_on": "items"},
    Input: {"part": "parts"},
    Validity: {"items": "items", "groups": "groups", "grades": "bands"},
    Direct: {"grade": "bands"},
    Limit: {"at_most": "bands", "at_least": "bands"},
    Quota: {"band": "bands"},
    CarryOver: {"by_grade": "bands"},
    ExampleEntry: {"item": "items"},
    Example: {"last_grade": "bands", "inputs": "inputs", "by": "rules"},
}
"""Which field names codes of what."""
RULES = ("items", "direct", "limits", "bands")
"""What can fix a grade, called ``rules`` above."""


def faults(scheme: Scheme, made: Sequence[tuple[str, Any]]) -> list[Problem]:
    """Everything that contradicts itself; ``made``: each table of the text with its place."""
    known: dict[str, set[str]] = {
        "items": set(scheme.items) | set(scheme.versions),
        "bands": {band.code for band in scheme.bands},
        "groups": {group.code for group in scheme.groups},
        "parts": {part.code for part in scheme.parts},
        "inputs": {one.code for one in scheme.inputs},
        "direct": {row.code for row in scheme.direct},
        "limits": {row.code for row in scheme.limits},
    }
    known["rules"] = set().union(*(known[what] for what in RULES))
    found = [*_doubles(made), *_bands(scheme), *_cycles(scheme, made)]
    for place, row in made:
        found += _unknown(row, place, known)
        check = _CHECKS.get(type(row))
        found += (
            Problem(inside(place, name) if name else place, fault, str(value))
            for name, fault, value in (check(row, scheme) if check else ())
        )
    return found


Found = Iterator[tuple[str, Fault, object]]
"""(name in the row, fault, value)"""


def _unknown(row: Any, place: str, known: Mapping[str, set[str]]) -> Iterable[Problem]:
    for name, what in REFERENCES.get(type(row), {}).items():
        named = getattr(row, name) or ()
        for code in (named,) if isinstance(named, str) else named:
            if code not in known[what]:
                yield Problem(inside(place, name), Fault.NOT_A_CODE, code)


def _doubles(made: Sequence[tuple[str, Any]]) -> Iterable[Problem]:
    seen: dict[tuple[type, str], str] = {}
    for place, row in made:
        code = getattr(row, "code", None)
        if code is None or isinstance(row, Scheme):
            continue
        if seen.setdefault((type(row), code), place) != place:
            yield Problem(inside(place, "code"), Fault.DOUBLE, code)


def _bands(scheme: Scheme) -> Iterable[Problem]:
    if not scheme.bands:
        yield Problem("bands", Fault.MISSING)
        return
    last = scheme.bands[-1]
    if last.lowest is not None or last.above is not None or last.needs != When():
        yield Problem("bands", Fault.NO_LOWEST_BAND)
    ends: list[tuple[str, int | None]] = []
    for number, band in enumerate(scheme.bands[:-1], 1):
        if band.lowest is None and band.above is None:
            yield Problem(f"bands[{number}].from", Fault.MISSING)
        ends.append((f"bands[{number}].from", band.low))
    for (_, above), (place, one) in pairwise(ends):
        if above is not None and one is not None and one >= above:
            yield Problem(place, Fault.NOT_DESCENDING)


def _cycles(scheme: Scheme, made: Sequence[tuple[str, Any]]) -> Iterable[Problem]:
    """Items that come before one another in a ring."""
    for place, row in made:
        if isinstance(row, ItemRule) and row.code in _behind(scheme, row):
            yield Problem(inside(place, "over"), Fault.CYCLE, row.code)


def _behind(scheme: Scheme, item: ItemRule) -> set[str]:
    """Every item that this one comes before, at any remove."""
    found: set[str] = set()
    wanted = list(item.over)
    while wanted:
        code = wanted.pop()
        if code not in found:
            found.add(code)
            wanted += scheme.items[code].over if code in scheme.items else ()
    return found


def _item(item: ItemRule, scheme: Scheme) -> Found:
    worths = [name for name in ("points", "range", "steps", "unit_points") if getattr(item, name)]
    if len(worths) > 1 or not (worths or item.direct):
        yield "points", Fault.ONE_WORTH, item.code
    positive = item.polarity is Polarity.POSITIVE
    if any(points < 0 if positive else points > 0 for points in worth_of(item)):
        yield worths[0], Fault.WRONG_SIGN, item.code
    if item.category not in CATEGORIES[item.polarity]:
        yield "category", Fault.WRONG_CATEGORY, item.category
    if item.direct and positive:
        yield "direct", Fault.RAISES, item.direct
    if item.repair and not item.direct:
        yield "repair", Fault.UNKNOWN, ""
    if item.repair and item.repair.points > 0:
        yield "repair.points", Fault.WRONG_SIGN, item.code
    yield from _against(item.cap, item.code)
    if item.part and any(one.code == item.group and one.part != item.part for one in scheme.groups):
        yield "part", Fault.PART_OF_GROUP, item.group
    if item.result and item.runs_from is not RunsFrom.DECISION and (any(worth_of(item)) or item.direct):
        yield "runs_from", Fault.OWN_YEAR, item.code
    quantities = [step.lowest for step in item.steps]
    sizes = [abs(step.points) for step in item.steps]
    if quantities != sorted(set(quantities)) or (sizes != sorted(sizes) and not item.each_step):
        yield "steps", Fault.NOT_ASCENDING, ""
    if item.unit_points and item.unit_points.per <= 0:
        yield "unit_points.per", Fault.OUT_OF_RANGE, item.unit_points.per // POINT
    if worths and any(months_for(scheme, item, level, points) is None for level, points in _sized(item)):
        yield "validity", Fault.NO_VALIDITY, item.code
    if item.direct and months_for(scheme, item, AuthorityLevel.UNIT, None) is None:
        yield "direct_validity", Fault.NO_VALIDITY, item.code


def _against(cap: Cap | None, code: str) -> Found:
    """A ceiling or floor that would itself bring what only entries may bring."""
    if cap and cap.ceiling is not None and cap.ceiling < 0:
        yield "cap.ceiling", Fault.WRONG_SIGN, code
    if cap and cap.floor is not None and cap.floor > 0:
        yield "cap.floor", Fault.WRONG_SIGN, code


def worth_of(item: ItemRule) -> list[int]:
    """Every number of points that an item may bring."""
    ranged = [item.range.least, item.range.most] if item.range else []
    units = [item.unit_points.points] if item.unit_points else []
    return [*(item.points or {}).values(), *ranged, *units, *(step.points for step in item.steps)]


def _sized(item: ItemRule) -> Iterable[tuple[AuthorityLevel, int]]:
    if item.points:
        return item.points.items()
    return [(level, points) for level in AuthorityLevel for points in worth_of(item)]


def _limits_of(row: Cap | Part | Score, scheme: Scheme) -> Found:
    if row.floor is not None and row.ceiling is not None and row.floor > row.ceiling:
        yield "ceiling", Fault.CEILING_BELOW, row.ceiling // POINT
    if isinstance(row, Score) and row.rounding and row.rounding.to <= 0:
        yield "rounding.to", Fault.OUT_OF_RANGE, row.rounding.to // POINT


def _range(row: Range, scheme: Scheme) -> Found:
    if abs(row.least) > abs(row.most):
        yield "to", Fault.NOT_ASCENDING, row.most // POINT


def _band(row: Band, scheme: Scheme) -> Found:
    if row.lowest is not None and row.above is not None:
        yield "above", Fault.TWO_ENDS, ""


def _when(row: When, scheme: Scheme) -> Found:
    counted = row.count_from is not None or row.count_below is not None
    if row.picks_entries and not counted:
        yield "count_from", Fault.MISSING, ""
    measured = row.input_from is not None or row.input_below is not None
    if bool(row.input) != measured:
        yield "input_from" if row.input else "input", Fault.MISSING, ""


def _conditional(row: Direct | Attention, scheme: Scheme) -> Found:
    if row.when == When():
        yield "when", Fault.NO_CONDITION, row.code


_ATTENTION = frozenset({"count_from", "within", "items", "groups", "categories", "polarity", "levels"})
"""What a rule of attention may ask."""


def _attention(row: Attention, scheme: Scheme) -> Found:
    yield from _conditional(row, scheme)
    for one in fields(When):
        if one.name not in _ATTENTION and getattr(row.when, one.name) != getattr(When(), one.name):
            yield f"when.{one.name}", Fault.UNKNOWN, ""
    for name in ("count_from", "within"):
        if row.when != When() and getattr(row.when, name) is None:
            yield f"when.{name}", Fault.MISSING, ""


def _limit(row: Limit, scheme: Scheme) -> Found:
    yield from _conditional(row, scheme)  # type: ignore[arg-type]  # it has a code and a “when” too
    if sum(map(bool, (row.down, row.at_most, row.at_least))) != 1:
        yield "at_most", Fault.ONE_LIMIT, row.code


def _validity(row: Validity, scheme: Scheme) -> Found:
    if bool(row.months) == bool(row.ends):
        yield "months", Fault.ONE_END, ""


def _input(row: Input, scheme: Scheme) -> Found:
    lows = [band.lowest for band in row.bands]
    if lows and (lows[-1] is not None or None in lows[:-1]):
        yield "bands", Fault.NO_LOWEST_BAND, row.code
    elif any(one <= other for one, other in pairwise(low for low in lows if low is not None)):
        yield "bands", Fault.NOT_DESCENDING, row.code
    if bool(row.weight) == bool(row.bands):
        yield "weight", Fault.ONE_WORTH, row.code
    if row.least > row.most:
        yield "most", Fault.CEILING_BELOW, row.most // POINT


def _group(row: Group, scheme: Scheme) -> Found:
    yield from _zero(row, scheme)
    yield from _against(row.cap, row.code)


def _part(row: Part, scheme: Scheme) -> Found:
    yield from _limits_of(row, scheme)
    yield from _zero(row, scheme)


def _zero(row: Group | Part, scheme: Scheme) -> Found:
    for code in row.zero_on:
        if code in scheme.items and scheme.items[code].polarity is Polarity.POSITIVE:
            yield "zero_on", Fault.RAISES, code


def _quota(row: Quota, scheme: Scheme) -> Found:
    for percent in (row.percent, *(one.percent for one in row.variants)):
        if percent > 100 * POINT:
            yield "percent", Fault.OUT_OF_RANGE, percent // POINT


def _example(row: Example, scheme: Scheme) -> Found:
    if row.last_score is not None and not row.last_grade:
        yield "last_grade", Fault.MISSING, ""
    if row.last_grade and row.last_score is None and scheme.carry_over and scheme.carry_over.fraction:
        yield "last_score", Fault.MISSING, ""
    ends = {str(one.code): (one.least, one.most) for one in scheme.inputs}
    for code, value in (row.inputs or {}).items():
        if code in ends and not ends[code][0] <= value <= ends[code][1]:
            yield f"inputs.{code}", Fault.OUT_OF_RANGE, value // POINT


def _example_entry(row: ExampleEntry, scheme: Scheme) -> Found:
    for name in ("decided", "ended", "corrected"):
        day = getattr(row, name)
        if day and day < row.on:
            yield name, Fault.ENDS_BEFORE, iso(day)
    if row.quantity is not None and row.quantity < 0:
        yield "quantity", Fault.OUT_OF_RANGE, row.quantity // POINT


def _scheme(row: Scheme, scheme: Scheme) -> Found:
    for state in row.comment_only:
        if state not in row.not_rated:
            yield "comment_only", Fault.NOT_A_CODE, state
    if not row.item_rows:
        yield "items", Fault.MISSING, ""


_CHECKS: Mapping[type, Callable[[Any, Scheme], Found]] = {
    ItemRule: _item,
    Cap: _limits_of,
    Score: _limits_of,
    Part: _part,
    Group: _group,
    Range: _range,
    Band: _band,
    When: _when,
    Direct: _conditional,
    Attention: _attention,
    Limit: _limit,
    Validity: _validity,
    Input: _input,
    Quota: _quota,
    Example: _example,
    ExampleEntry: _example_entry,
    Scheme: _scheme,
}
