"""What is no fault of a standard and still worth knowing before it is published."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from app.rules.grading.case import Fixed
from app.rules.grading.examples import Ran
from app.rules.grading.faults import worth_of
from app.rules.grading.parsing import ReadText
from app.rules.grading.reading import inside
from app.rules.grading.scheme import (
    Attention,
    Band,
    CarryOver,
    Combination,
    Direct,
    Input,
    ItemRule,
    Limit,
    Quota,
    Row,
    RunsFrom,
    Scheme,
    Validity,
    When,
)
from app.rules.grading.validity import Ends, months_for
from models.types import AuthorityLevel, Day, Points, Polarity, day_of, iso


class Remark(StrEnum):
    """What is worth knowing."""

    BOTH = "both"
    """It brings points, and limits the annual appraisal too."""
    NO_REFERENCE = "no_reference"
    REVIEW_DUE = "review_due"
    OUT_OF_TIME = "out_of_time"
    """No entry that still counts can fall under it."""
    NO_ROOM = "no_room"
    """No score lies in the band."""
    SWALLOWED = "swallowed"
    """An earlier row takes all that this one would."""
    NO_EFFECT = "no_effect"
    NEVER_ONE_ACT = "never_one_act"
    SAME_NAME = "same_name"
    NO_EXAMPLE_OF_DIRECT = "no_example_of_direct"
    NO_EXAMPLE_OF_BAND = "no_example_of_band"
    NO_EXAMPLE_OF_EDGE = "no_example_of_edge"


class Noted(NamedTuple):
    """One remark, where it belongs, and what it is about."""

    place: str
    remark: Remark
    value: str = ""


def remarks(read: ReadText, ran: Sequence[Ran], today: Day) -> list[Noted]:
    """Everything worth knowing about a standard that was read, whose examples have run."""
    scheme = read.scheme
    places = {id(row): place for place, row in read.places}
    found = [*_reviews(read.content, today), *_bands(scheme), *_without_example(scheme, ran)]
    found += _swallowed(scheme, places)
    found += _implied(scheme, places)
    for place, row in read.places:
        if isinstance(row, Row):
            found += _row(place, row, scheme)
        if isinstance(row, ItemRule):
            found += _item(place, row, scheme, today)
    return sorted(dict.fromkeys(found))


def _row(place: str, row: Row, scheme: Scheme) -> Iterator[Noted]:
    if isinstance(row, _CITED) and not row.reference and not _of_group(row, scheme):
        yield Noted(inside(place, "reference"), Remark.NO_REFERENCE)
    best, worst = scheme.bands[0].code, scheme.bands[-1].code
    if isinstance(row, Direct) and row.grade == best:
        yield Noted(inside(place, "grade"), Remark.NO_EFFECT, row.code)
    if isinstance(row, Limit) and (row.at_most == best or row.at_least == worst):
        yield Noted(inside(place, "at_most" if row.at_most else "at_least"), Remark.NO_EFFECT, row.code)


_CITED = (
    *(ItemRule, Band, Direct, Limit, Validity, Quota),
    *(CarryOver, Combination, Input, Attention),
)


def _of_group(row: Row, scheme: Scheme) -> str:
    """The reference that an item has from its group."""
    group = row.group if isinstance(row, ItemRule) else ""
    return next((one.reference for one in scheme.groups if one.code == group), "")


def _item(place: str, item: ItemRule, scheme: Scheme, today: Day) -> Iterator[Noted]:
    if item.appraisal and not item.is_off and (any(worth_of(item)) or item.direct):
        yield Noted(inside(place, "appraisal"), Remark.BOTH, item.code)
    if _never_counts(item, scheme):
        yield Noted(inside(place, "cap"), Remark.NO_EFFECT, item.code)
    late = item.runs_from is RunsFrom.DECISION  # which may come long after the act
    if item.until and not late and _counts_until(item, scheme) < today:
        yield Noted(inside(place, "until"), Remark.OUT_OF_TIME, item.code)
    if item.direct == scheme.bands[0].code:
        yield Noted(inside(place, "direct"), Remark.NO_EFFECT, item.code)
    for code in item.over:
        if scheme.items[code].polarity is not item.polarity:
            yield Noted(inside(place, "over"), Remark.NEVER_ONE_ACT, code)
    twin = next((one for one in scheme.item_rows if one.name == item.name), item)
    if twin.code != item.code:
        yield Noted(inside(place, "name"), Remark.SAME_NAME, twin.code)


def _never_counts(item: ItemRule, scheme: Scheme) -> bool:
    """Whether a ceiling or a weight of nothing takes away all that the item brings."""
    group = next((one for one in scheme.groups if one.code == item.group), None)
    code = group.part if group else item.part
    weightless = any(part.code == code and not part.weight for part in scheme.parts)
    closed = any(
        cap and (cap.ceiling if item.polarity is Polarity.POSITIVE else cap.floor) == 0
        for cap in (item.cap, group and group.cap)
    )
    return any(worth_of(item)) and not item.direct and (closed or weightless)


def _counts_until(item: ItemRule, scheme: Scheme) -> Day:
    """The last day on which an act of the item's last day can still count."""
    sizes: list[int | None] = [*worth_of(item), *([None] if item.direct else [])]
    lengths = [months_for(scheme, item, level, size) for level in AuthorityLevel for size in sizes]
    assert item.until
    return max((Ends(length)[item.until] for length in lengths if length), default=item.until)


def _bands(scheme: Scheme) -> Iterator[Noted]:
    """Grades that no score earns: above the ceiling, wholly below the floor, or between two scores that
    rounding leaves. One that is given otherwise has its room there."""
    floor, ceiling = scheme.score.floor, scheme.score.ceiling
    given = {item.direct for item in scheme.item_rows} | {row.grade for row in scheme.direct}
    given |= {limit.at_most for limit in scheme.limits}
    lowered = any(limit.down for limit in scheme.limits)
    for number, (better, band) in enumerate(pairwise((None, *scheme.bands)), 1):
        assert band
        low, above = edge(band, scheme), edge(better, scheme) if better else None
        high = low is not None and ceiling is not None and low > ceiling
        between = low is not None and above is not None and low >= above
        under = above is not None and floor is not None and above <= floor
        if high or ((between or under) and band.code not in given and not lowered):
            yield Noted(f"bands[{number}]", Remark.NO_ROOM, band.code)


def edge(band: Band, scheme: Scheme) -> Points | None:
    """The lowest score, as scores are rounded, that earns a grade; None for the last."""
    rule = scheme.score.rounding
    return Points(-(-band.low // rule.to) * rule.to) if band.low is not None and rule else band.low


def _swallowed(scheme: Scheme, places: Mapping[int, str]) -> Iterator[Noted]:
    rows = scheme.validity
    for number, row in enumerate(rows):
        if any(_takes_all(earlier, row, scheme) for earlier in rows[:number]):
            yield Noted(places[id(row)], Remark.SWALLOWED)


def _takes_all(earlier: Validity, later: Validity, scheme: Scheme) -> bool:
    """Whether what fits the later row fits the earlier one too."""
    if bool(earlier.grades) != bool(later.grades):
        return False
    for name in ("grades", "items", "groups", "levels"):
        wanted: Sequence[str] = getattr(earlier, name)
        if wanted and not (getattr(later, name) and set(getattr(later, name)) <= set(wanted)):
            return False
    if earlier.polarity and _polarities(later, scheme) != {earlier.polarity}:
        return False
    return earlier.up_to is None or (later.up_to is not None and later.up_to <= earlier.up_to)


def _implied(scheme: Scheme, places: Mapping[int, str]) -> Iterator[Noted]:
    """Rules that never lower a grade: another one is met whenever they are, and lowers it as far."""
    ranks = scheme.ranks
    rules: list[tuple[Direct | Limit, int]] = [(row, ranks[row.grade]) for row in scheme.direct]
    rules += [(row, ranks[row.at_most]) for row in scheme.limits if row.at_most]
    for number, (row, rank) in enumerate(rules):
        alike = [one for one, lower in rules[:number] if (lower, one.when) == (rank, row.when)]
        heavier = [
            one
            for one, lower in rules
            if lower >= rank and (lower, one.when) != (rank, row.when) and implies(row.when, one.when)
        ]
        if alike or heavier:
            yield Noted(places[id(row)], Remark.SWALLOWED)


def implies(when: When, wider: When) -> bool:
    """Whether whatever meets one condition meets the other too."""
    for slot in fields(When):
        one, other = getattr(when, slot.name), getattr(wider, slot.name)
        if slot.name.endswith("_from"):
            met = other is None or (one is not None and one >= other)
        elif slot.name.endswith("_below"):
            met = other is None or (one is not None and one <= other)
        elif slot.name in ("direct", "results"):
            met = not other or (bool(one) and set(one) <= set(other))
        else:
            met = one == other
        if not met:
            return False
    return True


def _polarities(row: Validity, scheme: Scheme) -> set[Polarity | None]:
    """Of the entries that a row is for; None stands for any."""
    if row.polarity or not (row.items or row.groups):
        return {row.polarity}
    items = (one for one in scheme.item_rows if one.code in row.items or one.group in row.groups)
    return {one.polarity for one in items}


def _without_example(scheme: Scheme, ran: Sequence[Ran]) -> Iterator[Noted]:
    """Direct grades, bands and edges that no example shows."""
    shown = {(one.grade.band, one.grade.fixed) for one in ran}
    direct = {item.direct for item in scheme.item_rows if item.direct} | {row.grade for row in scheme.direct}
    for code in sorted(direct):
        if not {(code, Fixed.ENTRY), (code, Fixed.RULE)} & shown:
            yield Noted("examples", Remark.NO_EXAMPLE_OF_DIRECT, code)
    for row in scheme.direct:
        if row.grade in {grade for grade, _ in shown} and row.code not in {one.grade.rule for one in ran}:
            yield Noted("examples", Remark.NO_EXAMPLE_OF_DIRECT, row.code)
    scores = {one.grade.score for one in ran}
    for band in scheme.bands:
        low = edge(band, scheme)
        if not any(found == band.code for found, _ in shown):
            yield Noted("examples", Remark.NO_EXAMPLE_OF_BAND, band.code)
        elif low is not None and low not in scores:
            yield Noted("examples", Remark.NO_EXAMPLE_OF_EDGE, band.code)


def _reviews(content: Any, today: Day, place: str = "") -> Iterable[Noted]:
    """Values and rows whose day of review has passed."""
    if isinstance(content, dict):
        day = content.get("reviewed_until")
        if isinstance(day, dt.date) and day_of(day) < today:
            yield Noted(inside(place, "reviewed_until"), Remark.REVIEW_DUE, iso(day_of(day)))
        for name, value in content.items():
            yield from _reviews(value, today, inside(place, name))
    elif isinstance(content, list):
        for number, value in enumerate(content, 1):
            yield from _reviews(value, today, f"{place}[{number}]")
