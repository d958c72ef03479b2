"""How long handlings and sanctions bar promotion (影响期、处分期), of all that a person has together.

政务处分 add up by law: one that comes while an earlier one runs begins with the rest of that (政务处分法
第八条、第十五条; 行政机关公务员处分条例 第十条). Every other handling bars for the months that the standard
gives it, each for itself: no law at hand adds these up. Promotion waits until the last of them is over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, product
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from app.rules.grading.scheme import ItemRule
from models.types import Day, EntryStatus, Uid, add_months, day_after, day_before, first_date, last_day

MOST_MONTHS = 48
"""处分条例 第十条: 处分期最长不得超过48个月."""


class Penalty(NamedTuple):
    """A kind of 政务处分 and how long it runs."""

    months: int
    source: str


_LAW = "公职人员政务处分法 第八条"
PENALTIES: Mapping[str, Penalty] = MappingProxyType(
    {
        "sanction.warning": Penalty(6, _LAW),
        "sanction.demerit": Penalty(12, _LAW),
        "sanction.serious_demerit": Penalty(18, _LAW),
        "sanction.demotion": Penalty(24, _LAW),
        "sanction.removal": Penalty(24, _LAW),
    }
)
"""The table of the law by the item of the catalogue; goes before what a standard says. 开除 has no period."""

_IN_FORCE = frozenset({EntryStatus.EFFECTIVE, EntryStatus.DISPUTED})


class Sanction(NamedTuple):
    """An entry in force that bars promotion for a time."""

    uid: Uid
    act: Uid
    since: Day
    """Of the decision: 政务处分期自政务处分决定生效之日起计算 (第八条); without one, of the act."""
    months: int
    by_law: bool
    """Whether it is a 政务处分, and adds up with others."""
    lifted_on: Day | None = None


class Influence(NamedTuple):
    """The period of one sanction, as it follows from all of them."""

    sanction: Sanction
    until: Day
    """Last day on which it bars."""
    rest_until: Day | None = None
    """Last day of the earlier period whose rest came first; None where none was running."""
    capped: bool = False
    """Whether rest and months together were more than the law allows."""
    lifted: bool = False
    """Whether a decision ended it before its time."""
    instead: Uid | None = None
    """The sanction that runs in its place: decided at once with it, or for the same act."""
    goes_on: Uid | None = None
    """The later sanction to which its rest was added."""

    def runs_on(self, day: Day) -> bool:
        """Whether it bars on a day."""
        return self.instead is None and self.sanction.since <= day <= self.until


def sanction_of(
    uid: Uid,
    act: Uid,
    item: str,
    status: str,
    since: Day,
    rule: ItemRule | None,
    lifted_on: Day | None = None,
) -> Sanction | None:
    """What an entry bars; None where it is not in force, or its item bars nothing.

    ``rule``: what the standard says of the item, if it has it.
    """
    penalty = PENALTIES.get(item)
    months = penalty.months if penalty else rule.influence if rule else 0
    if not months or status not in _IN_FORCE:
        return None
    return Sanction(uid, act, since, months, penalty is not None, lifted_on)


def influence_periods(sanctions: Iterable[Sanction]) -> tuple[Influence, ...]:
    """The period of each sanction, the one that ends last first.

    Of one act one penalty counts (政务处分法 第十六条): where more stand on file, the one that bars longest.
    """
    known = sorted(set(sanctions), key=lambda one: (one.since, -one.months, one.uid))
    penalties = [one for one in known if one.by_law]
    found = max(map(_added_up, _one_for_each_act(penalties)), key=_end_of)
    chosen = {one.sanction.act: one.sanction for one in found}
    told = {one.sanction for one in found}
    found += [_beside(one, chosen[one.act]) for one in penalties if one not in told]
    found += [_period(one, day_before(one.since)) for one in known if not one.by_law]
    return tuple(sorted(found, key=lambda one: (-one.until, one.sanction.uid)))


def running(periods: Iterable[Influence], on: Day) -> tuple[Influence, ...]:
    """Those that bar on a day, the one that ends last first; one that went on in another is that other."""
    today = [one for one in periods if one.runs_on(on)]
    begun = {one.sanction.uid for one in today}
    return tuple(one for one in today if one.goes_on not in begun)


def rest_of(start: Day, until: Day) -> tuple[int, int]:
    """Whole months and further days from a day to another, both counted: what is left of a period."""
    end, months = day_after(until), 0
    while add_months(start, months + 1) <= end:
        months += 1
    return months, (first_date(end) - first_date(add_months(start, months))).days


def _one_for_each_act(penalties: Iterable[Sanction]) -> Iterable[Sequence[Sanction]]:
    by_act: dict[Uid, list[Sanction]] = defaultdict(list)
    for one in penalties:
        by_act[one.act].append(one)
    return (sorted(choice, key=attrgetter("since")) for choice in product(*by_act.values()))


def _added_up(penalties: Sequence[Sanction]) -> list[Influence]:
    """The periods of penalties for different acts, by the day of the decision.

    Of several decided at once the heaviest runs (政务处分法 第十五条); of several alike, one: the law lets
    the decision set more, up to their sum, which is then for the decision to say.
    """
    periods: list[Influence] = []
    end = Day(0)
    for since, decided in groupby(penalties, key=attrgetter("since")):
        before = max(end, day_before(since))
        at_once = sorted((_period(one, before) for one in decided), key=lambda one: -one.until)
        runs = at_once[0]
        if before >= since and periods:
            periods = [_going_on(one, before, runs.sanction.uid) for one in periods]
        periods += [runs, *(_beside(one.sanction, runs.sanction) for one in at_once[1:])]
        end = runs.until
    return periods


def _period(sanction: Sanction, before: Day) -> Influence:
    """The period of a sanction after an earlier one that ends ``before``, or the day before it was decided.

    A lifting ends what is its own, and not the rest of the earlier one.
    """
    since, months, lifted_on = sanction.since, sanction.months, sanction.lifted_on
    full = last_day(day_after(before), months)
    most = min(full, last_day(since, MOST_MONTHS)) if sanction.by_law else full
    until = most if lifted_on is None else min(most, max(before, day_before(lifted_on)))
    return Influence(sanction, until, before if before >= since else None, most < full, until < most)


def _beside(sanction: Sanction, instead: Sanction) -> Influence:
    """Of a sanction that does not run by itself."""
    return Influence(sanction, day_before(sanction.since), instead=instead.uid)


def _going_on(period: Influence, end: Day, later: Uid) -> Influence:
    own = period.instead is None and period.until == end and period.goes_on is None
    return period._replace(goes_on=later) if own else period


def _end_of(periods: Sequence[Influence]) -> tuple[Day, list[Uid]]:
    """What one choice comes to; the uids tell two apart that end on one day."""
    return max((one.until for one in periods), default=Day(0)), sorted(one.sanction.uid for one in periods)
