"""The influence period (影响期) of an entry: how long a handling or sanction bars promotion.

The months stand in the standard with their reference (公职人员政务处分法 第八条, 中国共产党纪律处分条例
第十条 and, for what is not a sanction, rules that the office confirms). That promotion waits until the
period is over: 公务员职务与职级并行规定 第二十一条.
"""

from collections.abc import Iterable
from typing import NamedTuple

from app.rules.grading.case import CaseEntry
from app.rules.grading.scheme import ItemRule, Scheme
from models.types import Day, EntryStatus, last_day

IN_FORCE = frozenset({EntryStatus.EFFECTIVE.value, EntryStatus.DISPUTED.value})


class Influence(NamedTuple):
    """An entry whose influence period runs."""

    entry: CaseEntry
    until: Day
    """Its last day."""


def influence_until(entry: CaseEntry, rule: ItemRule) -> Day | None:
    """Last day of the influence period; None where the item has none or the entry is not in force.

    It runs from the day of the decision: 政务处分决定自作出之日起生效，政务处分期自政务处分决定生效之日起计算
    (公职人员政务处分法 第八条). The law does not say which day is the last; as with validity, it is the
    one before the same day of the month in which the period ends.
    """
    if not rule.influence or entry.status not in IN_FORCE:
        return None
    start = entry.decided_on or entry.occurred_on
    return last_day(start, rule.influence)


def running(entries: Iterable[CaseEntry], scheme: Scheme, on: Day) -> tuple[Influence, ...]:
    """The influence periods that run on a day, the one that ends last first.

    Each stands for itself: whether the rest of an earlier one is added to a later one (政务处分法
    第十五条, at most 48 months) is not decided here.
    """
    found = []
    for entry in entries:
        rule = scheme.items.get(entry.item)
        until = influence_until(entry, rule) if rule else None
        if until and (entry.decided_on or entry.occurred_on) <= on <= until:
            found.append(Influence(entry, until))
    return tuple(sorted(found, key=lambda one: (-one.until, one.entry.uid)))
