"""From the points of the entries to the score, with an adjustment for everything on the way."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.rules.grading.case import HAPPENED, Adjusted, Adjustment, Case, Line
from app.rules.grading.compiled import Compiled
from app.rules.grading.reading import Share
from app.rules.grading.scheme import Cap, Group, Half, Input, Part, Rounding, Scheme, Span
from models.types import POINT, Points


def times(points: int, share: Share, parts: int = 1) -> Points:
    """``points`` × ``share`` / ``parts``, half a thousandth away from zero."""
    size = (2 * abs(points) * share + POINT * parts) // (2 * POINT * parts)
    return Points(size if points >= 0 else -size)


Adjustments = tuple[Adjustment, ...]


def bounded(scheme: Scheme, total: int, before: Adjustments) -> tuple[Points, Adjustments]:
    """The total rounded and held between floor and ceiling."""
    rule = scheme.score
    score = _rounded(total, rule.rounding) if rule.rounding else total
    found = [Adjustment(Adjusted.ROUNDING, "", Points(score - total))] if score != total else []
    if rule.ceiling is not None and score > rule.ceiling:
        found.append(Adjustment(Adjusted.CEILING, "", Points(rule.ceiling - score)))
    elif rule.floor is not None and score < rule.floor:
        found.append(Adjustment(Adjusted.FLOOR, "", Points(rule.floor - score)))
    return Points(total + sum(one.points for one in found)), (*before, *found) if found else before


def _rounded(total: int, rule: Rounding) -> int:
    whole, rest = divmod(total, rule.to)
    up = rest > 0 if rule.how is Half.UP else rest * 2 >= rule.to if rule.how is Half.HALF_UP else False
    return (whole + up) * rule.to


class _Move(NamedTuple):
    """Points on their way into the score."""

    year: int
    item: str
    group: str
    part: str
    points: int
    adjustment: Adjustment | None = None


def adjusted(case: Case, lines: Sequence[Line], made: Compiled) -> tuple[Points, Adjustments]:
    """The score of a standard with parts, ceilings, measured inputs or a last period, and its adjustments."""
    scheme = made.scheme
    moves = [*_of_entries(case, lines, scheme), *_of_inputs(case, scheme)]
    happened = {line.item for line in lines if line.reason in HAPPENED}
    for item in made.capped_items:
        own = [move for move in moves if move.item == item.code]
        moves += _capped(own, Adjusted.ITEM_CAP, item.code, item.cap)
    for group in scheme.groups:
        moves += _of_group(moves, group, happened)
    for part in scheme.parts:
        moves += _of_part(moves, part, happened)
    found = (
        Adjustment(Adjusted.BASE, "", scheme.score.base),
        *_carried_over(case, scheme),
        *(move.adjustment for move in moves if move.adjustment),
    )
    total = sum(one.points for one in found) + sum(move.points for move in moves if not move.adjustment)
    return bounded(scheme, total, found)


def _of_entries(case: Case, lines: Sequence[Line], scheme: Scheme) -> Iterable[_Move]:
    parts = {group.code: group.part for group in scheme.groups}
    for entry, line in zip(case.entries, lines, strict=True):
        if line.points:
            item = scheme.items[line.item]
            part = parts[item.group] if item.group else item.part
            yield _Move(entry.occurred_on // 10000, item.code, item.group, part, line.points)


def _of_inputs(case: Case, scheme: Scheme) -> Iterable[_Move]:
    for one in scheme.inputs:
        points = input_points(one, case.inputs.get(one.code))
        if points:
            adjustment = Adjustment(Adjusted.INPUT, one.code, points)
            yield _Move(0, "", "", one.part, points, adjustment)


def input_points(rule: Input, value: int | None) -> Points:
    """What a measured input brings."""
    if value is None:
        return rule.missing
    if not rule.bands:
        return times(value, rule.weight)
    return next(band.points for band in rule.bands if band.lowest is None or value >= band.lowest)


def _of_group(moves: list[_Move], group: Group, happened: set[str]) -> list[_Move]:
    own = [move for move in moves if move.group == group.code]
    made = _capped(own, Adjusted.GROUP_CAP, group.code, group.cap)
    earned = sum(move.points for move in (*own, *made))
    if earned > 0 and happened.intersection(group.zero_on):
        made.append(_adjust(Adjusted.GROUP_ZERO, group.code, -earned, group.part, group=group.code))
    return made


def _of_part(moves: list[_Move], part: Part, happened: set[str]) -> list[_Move]:
    made = [_adjust(Adjusted.PART_BASE, part.code, part.base, part.code)] if part.base else []
    total = part.base + sum(move.points for move in moves if move.part == part.code)
    held = _between(total, part.floor, part.ceiling)
    steps = [(Adjusted.PART_CAP, held)]
    if held > 0 and happened.intersection(part.zero_on):
        steps.append((Adjusted.PART_ZERO, 0))
    steps.append((Adjusted.WEIGHT, times(steps[-1][1], part.weight)))
    for kind, now in steps:
        if now != total:
            made.append(_adjust(kind, part.code, now - total, part.code))
        total = now
    return made


def _capped(moves: Sequence[_Move], kind: Adjusted, code: str, cap: Cap | None) -> list[_Move]:
    """What brings the sums, of each year where the ceiling is for a year, back between the ends."""
    if cap is None:
        return []
    sums: dict[int, int] = defaultdict(int)
    sample: dict[int, _Move] = {}
    for move in moves:
        year = move.year if cap.per is Span.YEAR else 0
        sums[year] += move.points
        sample[year] = move
    found = []
    for year, total in sorted(sums.items()):
        bound = _between(total, cap.floor, cap.ceiling)
        if bound != total:
            points, like = bound - total, sample[year]
            found.append(like._replace(points=points, adjustment=Adjustment(kind, code, Points(points))))
    return found


def _between(total: int, floor: int | None, ceiling: int | None) -> int:
    total = total if ceiling is None else min(total, ceiling)
    return total if floor is None else max(total, floor)


def _adjust(kind: Adjusted, code: str, points: int, part: str, group: str = "") -> _Move:
    return _Move(0, "", group, part, points, Adjustment(kind, code, Points(points)))


def starting(scheme: Scheme) -> Points:
    """The score of somebody with nothing on record: the base, and the bases of the parts by their weights."""
    return Points(scheme.score.base + sum(times(part.base, part.weight) for part in scheme.parts))


def _carried_over(case: Case, scheme: Scheme) -> Iterable[Adjustment]:
    rule = scheme.carry_over
    if rule is None or case.last is None:
        return
    by_grade = rule.by_grade or {}
    above = case.last.score - (starting(scheme) if case.last.base is None else case.last.base)
    points = times(above, rule.fraction) if rule.fraction else 0
    points = Points(points + by_grade.get(case.last.band, 0))
    if points:
        yield Adjustment(Adjusted.CARRY_OVER, case.last.band, points)
