"""From the score to the grade: conditions, direct grades, limits, and what the next one lacked."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.rules.grading.case import HAPPENED, Case, Fixed, Lack, Line, Period
from app.rules.grading.compiled import Compiled
from app.rules.grading.scheme import ItemRule, Limit, Result, Scheme, When
from app.rules.grading.validity import first_within, start_of
from models.types import EntryStatus, Points, Uid, from_day


class Verdict(NamedTuple):
    """The grade and what fixed it; from ``fixed`` on as in Grade."""

    band: str
    entry: Uid | None
    fixed: Fixed
    rule: str
    fallen_from: str
    next_band: str
    lacks: tuple[Lack, ...]


class Facts(NamedTuple):
    """What conditions are asked of."""

    case: Case
    lines: Sequence[Line]
    score: Points
    made: Compiled
    period: Period


def verdict(case: Case, lines: Sequence[Line], score: Points, made: Compiled, period: Period) -> Verdict:
    """The grade of a score with these lines. Every score has one."""
    bands, lows = made.scheme.bands, made.lows
    place = 0
    while place < len(lows) and score < lows[place]:
        place += 1
    direct = [line for line in lines if line[5]]
    if made.by_score and not direct:
        if not place:
            return Verdict(bands[0].code, None, Fixed.SCORE, "", "", "", ())
        lack = Lack("score", lows[place - 1] - score)
        return Verdict(bands[place].code, None, Fixed.SCORE, "", "", bands[place - 1].code, (lack,))
    return _weighed(Facts(case, lines, score, made, period), place, direct)


class _Weight(NamedTuple):
    """Something that holds the grade down to a place, and what it would take to lift it."""

    place: int
    fixed: Fixed
    rule: str
    entry: Uid | None
    lacks: tuple[Lack, ...]


def _weighed(facts: Facts, by_score: int, direct: Sequence[Line]) -> Verdict:
    scheme = facts.made.scheme
    reached, weights = _reached(facts, by_score)
    weights += [*_limits(facts, reached), *_direct(facts, direct)]
    heaviest = max(weights, key=lambda weight: (weight.place, weight.fixed in _DIRECT), default=None)
    if heaviest is None or heaviest.place <= by_score:
        heaviest = _Weight(by_score, Fixed.SCORE, "", None, ())
    place, fixed, rule, entry, _ = heaviest
    lacks = _lacks(facts, place - 1, weights) if place else ()
    fell = fixed in _DIRECT and scheme.bands[place].remembers
    return Verdict(
        scheme.bands[place].code,
        entry,
        fixed,
        rule,
        scheme.bands[reached].code if fell else "",
        scheme.bands[place - 1].code if place else "",
        lacks,
    )


_DIRECT = (Fixed.ENTRY, Fixed.RULE)


def _lacks(facts: Facts, wanted: int, weights: Sequence[_Weight]) -> tuple[Lack, ...]:
    """All that stands between these facts and a grade: score, conditions, limits, direct grades."""
    scheme, low = facts.made.scheme, facts.made.lows[wanted]
    found = [Lack("score", low - facts.score)] if facts.score < low else []
    found += _unmet(facts, wanted)[0]
    for limit in scheme.limits:
        held = limit.at_most and scheme.ranks[limit.at_most] > wanted
        if held and not any(lacking(limit.when, facts, limit.code)):
            found.append(Lack("limit", 0, limit.code))
    for weight in weights:
        if weight.place > wanted and weight.fixed is not Fixed.NEEDS:
            found += weight.lacks
    return tuple(dict.fromkeys(found))


def _reached(facts: Facts, by_score: int) -> tuple[int, list[_Weight]]:
    """The best grade whose score and conditions are met, and what kept better ones away."""
    weights, place = [], by_score
    while place < len(facts.made.scheme.bands) - 1:
        unmet, code = _unmet(facts, place)
        if not unmet:
            break
        place += 1
        weights.append(_Weight(place, Fixed.NEEDS, code, None, tuple(unmet)))
    return place, weights


def _unmet(facts: Facts, place: int) -> tuple[list[Lack], str]:
    """What a grade needs and is not there, and the rule that asks for it first."""
    scheme = facts.made.scheme
    band = scheme.bands[place]
    unmet = list(lacking(band.needs, facts, band.code))
    code = band.code if unmet else ""
    for limit in scheme.limits:
        asks = limit.at_least and place <= scheme.ranks[limit.at_least]
        if asks and (missing := list(lacking(limit.when, facts, limit.code))):
            unmet, code = unmet + missing, code or limit.code
    return unmet, code


def _limits(facts: Facts, reached: int) -> Iterator[_Weight]:
    scheme = facts.made.scheme
    for limit in scheme.limits:
        if limit.at_least or any(lacking(limit.when, facts, limit.code)):
            continue
        place = _place_under(limit, reached, scheme)
        if place > reached:
            yield _Weight(place, Fixed.LIMIT, limit.code, None, (Lack("limit", 0, limit.code),))


def _place_under(limit: Limit, reached: int, scheme: Scheme) -> int:
    if limit.at_most:
        return scheme.ranks[limit.at_most]
    return min(reached + limit.down, len(scheme.bands) - 1)


def _direct(facts: Facts, lines: Sequence[Line]) -> Iterator[_Weight]:
    scheme = facts.made.scheme
    for line in lines:
        lack = Lack("direct", line.until, line.entry)
        yield _Weight(scheme.ranks[line.direct], Fixed.ENTRY, line.item, line.entry, (lack,))
    for rule in scheme.direct:
        if not any(lacking(rule.when, facts, rule.code)):
            lack = Lack("rule", 0, rule.code)
            yield _Weight(scheme.ranks[rule.grade], Fixed.RULE, rule.code, None, (lack,))


# Conditions


def lacking(when: When, facts: Facts, code: str = "") -> Iterator[Lack]:
    """The conditions that do not hold, with how much is missing or too much."""
    yield from _ends("score", facts.score, when.score_from, when.score_below, code)
    if when.deductions_from is not None or when.deductions_below is not None:
        total = -sum(line.points for line in facts.lines if line.points < 0)
        yield from _ends("deductions", total, when.deductions_from, when.deductions_below, code)
    if when.count_from is not None or when.count_below is not None:
        yield from _ends("count", _count(when, facts), when.count_from, when.count_below, code)
    if when.direct and not any(line.direct in when.direct for line in facts.lines):
        yield Lack("direct", 0, code)
    if when.results and _last_result(facts) not in when.results:
        yield Lack("results", 0, code)
    if when.input:
        value = facts.case.inputs.get(when.input)
        if value is None:
            yield Lack("input", 0, when.input)
        else:
            yield from _ends("input", value, when.input_from, when.input_below, when.input)


def _ends(what: str, value: int, low: int | None, below: int | None, code: str) -> Iterator[Lack]:
    if low is not None and value < low:
        yield Lack(what, low - value, code)
    if below is not None and value >= below:
        yield Lack(what, below - value, code)


def _count(when: When, facts: Facts) -> int:
    """How many acts that count fall under what is meant, whichever of their entries brings the points."""
    since = from_day(first_within(facts.period.end, when.within)) if when.within else 0
    items = facts.made.scheme.items
    acts = {
        (entry.act, items[line.item].polarity)
        for entry, line in zip(facts.case.entries, facts.lines, strict=True)
        if line.reason in HAPPENED
        and picks(when, items[line.item], entry.level)
        and start_of(entry, items[line.item]) >= since
    }
    return len(acts)


def picks(when: When, item: ItemRule, level: str) -> bool:
    """Whether a condition means entries of an item at a level."""
    return not (
        (when.items and item.code not in when.items)
        or (when.groups and item.group not in when.groups)
        or (when.categories and item.category not in when.categories)
        or (when.polarity and item.polarity is not when.polarity)
        or (when.levels and level not in when.levels)
    )


_IN_FORCE = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)


def _last_result(facts: Facts) -> Result | None:
    """The newest annual appraisal on file, never one of the period itself, whose grade feeds it."""
    found = [
        (entry.occurred_on, item.result)
        for entry in facts.case.entries
        if (item := facts.made.scheme.items.get(entry.item))
        and item.result
        and not item.is_off
        and entry.status in _IN_FORCE
        and (entry.decided_on or entry.occurred_on) <= facts.period.end
        and entry.occurred_on < from_day(facts.period.start)
    ]
    return max(found)[1] if found else None
