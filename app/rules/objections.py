"""Objections (异议): their terms with the sources, and that nobody is worse off for having objected."""

from collections.abc import Mapping, Set
from typing import NamedTuple

from app.rules.grading.case import Adjusted, Adjustment, Case, CaseEntry, Fixed, Grade
from app.rules.working_days import Calendar
from models.types import Day, EntryStatus, Points, Uid, day_after


class Term(NamedTuple):
    """A term that an office may set otherwise."""

    days: int
    source: str


DECIDE = Term(7, "各地社会信用条例：异议自受理起三至七个工作日内处理")
"""Working days within which an objection is decided."""
LONGEST = Term(20, "征信业管理条例第二十五条：异议自收到之日起二十日内处理")
"""Working days that nobody may take longer than."""
AGAINST_GRADE = Term(30, "比照公务员法第九十五条：自知道之日起三十日内")
"""Days within which a grade is objected to, which is not among the matters of that article: the office gives
the same term of its own accord. An entry may be objected to at any time (个人信息保护法第四十六条)."""


def last_day_to_file(told_on: Day, calendar: Calendar, days: int = AGAINST_GRADE.days) -> Day:
    """The last day on which a grade may be objected to, told on a day that does not count itself.

    A term that would end on a day off ends on the next working day (民法典 第二百零一条、第二百零三条).
    """
    last = told_on
    for _ in range(days):
        last = day_after(last)
    while not calendar.is_working(last):
        last = day_after(last)
    return last


class Objected(NamedTuple):
    """The entries of a file that the person's own objections touched after a grade was decided."""

    targets: Set[Uid]
    """Those objected to, while the objection runs or when it was upheld."""
    instead: Set[Uid]
    """Those recorded in place of a target."""


def as_if_not_objected(case: Case, objected: Objected) -> Case:
    """The case as it would be today had the person not objected: all other changes are in it."""
    entries = [_standing(one, objected) for one in case.entries if one.uid not in objected.instead]
    return case._replace(entries=entries)


def _standing(entry: CaseEntry, objected: Objected) -> CaseEntry:
    return entry._replace(status=EntryStatus.EFFECTIVE.value) if entry.uid in objected.targets else entry


def kept(now: Grade, otherwise: Grade, ranks: Mapping[str, int]) -> Grade:
    """The grade of a new computation, which the person's own objection alone never lowers.

    ``otherwise``: the grade had the person not objected; ``ranks``: of each band, the best is 0. What else
    changed is in both grades and counts. Where the new one is lower, the other stands, and the trace says so.
    """
    if now.band is None or otherwise.band is None or now.score is None or otherwise.score is None:
        return now
    fell = ranks[now.band] > ranks[otherwise.band]
    if not fell and (now.band != otherwise.band or now.score >= otherwise.score):
        return now
    gap = Points(max(0, otherwise.score - now.score))
    moved = (*now.adjustments, Adjustment(Adjusted.KEPT, "", gap)) if gap else now.adjustments
    return now._replace(
        band=otherwise.band,
        score=Points(now.score + gap),
        direct=None,
        adjustments=moved,
        fixed=Fixed.KEPT,
        rule="",
        fallen_from="",
        next_band=otherwise.next_band,
        lacks=otherwise.lacks,
    )
