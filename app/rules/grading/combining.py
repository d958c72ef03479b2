"""How entries meet: the n-th time, cumulative quantities, repetition, one act once, frozen bonuses.

The order is chosen so that another bonus never lowers and another deduction never raises, except where the
standard itself says so: what is repeated or cumulated is worked out over all entries, before any of them
gives way to another of its act.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.rules.grading.case import CaseEntry, How, Line, NotCounted
from app.rules.grading.compiled import Compiled
from app.rules.grading.scheme import ItemRule, KindOf, Repeat, SameAct
from app.rules.grading.score import times
from app.rules.grading.validity import first_within
from models.types import Day, Points, Polarity, Uid, from_day

_NOTHING = Points(0)


def combine(entries: Sequence[CaseEntry], lines: list[Line], made: Compiled, end: Day) -> None:
    """Let the entries meet; ``lines`` stand in the same order and are replaced in place."""
    several = len(lines) > 1
    if made.from_nth:
        _count_from_nth(entries, lines, made)
    if made.cumulative:
        _cumulate(entries, lines, made)
    if made.repeat and several:
        _repeat(entries, lines, made, made.repeat)
    if several and len({entry[1] for entry in entries}) < len(entries):
        _count_acts_once(entries, lines, made)
    if made.scheme.combination.frozen_bonuses and several and _any_direct(lines):
        _freeze(entries, lines, made, end)


def _any_direct(lines: Sequence[Line]) -> bool:
    return any([line[5] for line in lines])  # noqa: C419  # a list is twice as fast, and every file asks


def _counted(lines: Sequence[Line]) -> list[int]:
    return [number for number, line in enumerate(lines) if line[3] is None]


def _by_item(lines: Sequence[Line], items: Iterable[ItemRule]) -> Iterable[tuple[ItemRule, list[int]]]:
    """The places of what counts, for each of some items."""
    wanted: dict[str, ItemRule] = {item.code: item for item in items}
    found: dict[str, list[int]] = defaultdict(list)
    for number in _counted(lines):
        if lines[number].item in wanted:
            found[lines[number].item].append(number)
    return ((wanted[code], numbers) for code, numbers in found.items())


def _count_from_nth(entries: Sequence[CaseEntry], lines: list[Line], made: Compiled) -> None:
    """What counts only from the n-th time on."""
    for item, numbers in _by_item(lines, made.from_nth):
        within, nth = item.nth_within, item.from_nth
        for number in [n for n in numbers if _times(entries, numbers, n, within) < nth]:
            lines[number] = _not_counted(lines[number], NotCounted.BEFORE_NTH)


def _times(entries: Sequence[CaseEntry], numbers: Sequence[int], last: int, within: int) -> int:
    """The how manieth act of its kind an entry is."""
    since = from_day(first_within(entries[last].occurred_on, within)) if within else 0
    return len({entries[n].act for n in numbers if n <= last and entries[n].occurred_on >= since})


def _cumulate(entries: Sequence[CaseEntry], lines: list[Line], made: Compiled) -> None:
    """Each entry brings what the total quantity is worth with it, less what it was worth before."""
    for item, numbers in _by_item(lines, made.cumulative):
        total = before = 0
        for number in _once_an_act(entries, lines, numbers):
            total += entries[number].quantity or 0
            worth = sum_of_steps(item, total)
            lines[number] = lines[number]._replace(points=Points(worth - before), how=How.CUMULATED)
            before = worth


def sum_of_steps(item: ItemRule, total: int) -> int:
    """What a cumulative quantity is worth: the highest step that it reaches, or each of them."""
    reached = [step.points for step in item.steps if step.lowest <= total]
    return sum(reached) if item.each_step else reached[-1] if reached else 0


def _once_an_act(entries: Sequence[CaseEntry], lines: list[Line], numbers: Sequence[int]) -> list[int]:
    """Of entries of one act the one with the largest quantity."""
    largest: dict[str, int] = {}
    for number in numbers:
        kept = largest.setdefault(entries[number].act, number)
        if (entries[number].quantity or 0) > (entries[kept].quantity or 0):
            largest[entries[number].act] = number
    for number in numbers:
        if (kept := largest[entries[number].act]) != number:
            lines[number] = _not_counted(lines[number], NotCounted.SAME_ACT, lines[kept].entry)
    return sorted(largest.values())


def _repeat(entries: Sequence[CaseEntry], lines: list[Line], made: Compiled, repeat: Repeat) -> None:
    """A repetition of what still counts is worth more (or less) than the first time."""
    negative = repeat.polarity is Polarity.NEGATIVE
    numbers = [n for n, line in enumerate(lines) if (line[2] < 0 if negative else line[2] > 0)]
    kinds = [_kind(lines[n].item, made, repeat.of) for n in numbers]
    if len(set(kinds)) == len(kinds):
        return
    seen: dict[str, list[int]] = defaultdict(list)  # of each kind the first, and the first of another act
    for number, kind in zip(numbers, kinds, strict=True):
        earlier = [n for n in seen[kind] if entries[n].act != entries[number].act]
        if len(earlier) == len(seen[kind]) < 2:
            seen[kind].append(number)
        line = lines[number]
        if earlier and line.how not in (How.REPAIRED, How.CUMULATED):
            points = times(line.points, repeat.factor)
            lines[number] = line._replace(points=points, how=How.REPEATED, by=lines[earlier[0]].entry)


def _kind(code: str, made: Compiled, of: KindOf) -> str:
    item = made.scheme.items.get(code)
    if of is KindOf.ITEM or item is None:
        return code
    return item.category if of is KindOf.CATEGORY else item.group or code


def _count_acts_once(entries: Sequence[CaseEntry], lines: list[Line], made: Compiled) -> None:
    """One act counts once (同一行为). A wrong and a good deed are never one act; cumulative quantities
    are no act of their own."""
    acts: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number in _counted(lines):
        item = made.scheme.items[lines[number].item]
        if not item.steps:
            acts[entries[number].act, item.polarity is Polarity.POSITIVE].append(number)
    for numbers in acts.values():
        if len(numbers) > 1:
            _count_once(_first_by_priority(lines, numbers, made) if made.priorities else numbers, lines, made)


def _first_by_priority(lines: list[Line], numbers: list[int], made: Compiled) -> list[int]:
    """Without those before which another item of the act comes."""
    behind: dict[str, int] = {code: n for n in numbers for code in made.scheme.items[lines[n].item].over}
    for number in numbers:
        if (before := behind.get(lines[number].item)) is not None:
            lines[number] = _not_counted(lines[number], NotCounted.SAME_ACT, lines[before].entry)
    return [number for number in numbers if lines[number].item not in behind]


def _count_once(numbers: Sequence[int], lines: list[Line], made: Compiled) -> None:
    ranks = made.scheme.ranks
    found = [(n, lines[n]) for n in numbers]
    weights = {n: (ranks.get(one.direct, -1), one.until, one.item, one.entry) for n, one in found}
    sizes = {n: abs(one.points) * made.weights[one.item] for n, one in found}
    heaviest = max(numbers, key=lambda n: (sizes[n], weights[n]))
    lowest = max(numbers, key=lambda n: (weights[n][0], n == heaviest, weights[n]))
    alone = lines[lowest].direct and made.scheme.combination.same_act is SameAct.DIRECT
    kept = lowest if alone else heaviest
    for number in numbers:
        line = lines[number]
        points = line.points if number == kept else _NOTHING
        direct = line.direct if number == lowest else ""
        if direct or number == kept:
            lines[number] = line._replace(points=points, direct=direct)
        else:
            lines[number] = _not_counted(line, NotCounted.SAME_ACT, lines[kept].entry)


def _freeze(entries: Sequence[CaseEntry], lines: list[Line], made: Compiled, end: Day) -> None:
    """Bonuses are recorded and count for nothing while a directly graded wrong is not corrected.

    A wrong is corrected whichever entry of its act says so. What gave way to a frozen bonus within its act
    counts for nothing either: it would else take its place where a condition counts acts.
    """
    both = list(zip(entries, lines, strict=True))
    corrected = {entry.act for entry in entries if entry.corrected_on and entry.corrected_on <= end}
    wrongs = [line.entry for entry, line in both if line.direct and entry.act not in corrected]
    frozen = {entry.act for entry, line in both if line.points > 0}
    for number, (entry, line) in enumerate(both if wrongs else ()):
        gave_way = line.reason is NotCounted.SAME_ACT and entry.act in frozen
        if line.points > 0 or (gave_way and _is_bonus(line, made)):
            lines[number] = _not_counted(line, NotCounted.FROZEN, wrongs[0])


def _is_bonus(line: Line, made: Compiled) -> bool:
    return made.scheme.items[line.item].polarity is Polarity.POSITIVE


def _not_counted(line: Line, reason: NotCounted, by: Uid | None = None) -> Line:
    return line._replace(points=_NOTHING, reason=reason, direct="", by=by)
