"""How long an entry counts (有效期), by the item's own months or the table of the standard."""

import datetime as dt
from collections.abc import Iterator
from functools import cache

from app.rules.grading.case import CaseEntry
from app.rules.grading.scheme import Ending, ItemRule, RunsFrom, Scheme, Validity
from models.types import Day, add_months, day_of, first_date, last_day

NEVER = Day(99991231)

Length = int | Ending
"""Months, or an end that no number of months says."""


def months_for(scheme: Scheme, item: ItemRule, level: str, points: int | None) -> Length | None:
    """How long so many points of an item count, or its direct grade (``points`` None); None: nothing says.

    The item's own months come first, then the first row of the table that fits.
    """
    own = item.validity if points is not None else item.direct_validity or item.validity
    if own:
        return own
    row = next(_fitting(scheme, item, level, points), None)
    return None if row is None else row.ends or row.months


def _fitting(scheme: Scheme, item: ItemRule, level: str, points: int | None) -> Iterator[Validity]:
    for row in scheme.validity:
        if bool(row.grades) == (points is not None):
            continue
        if row.grades and item.direct not in row.grades:
            continue
        if (row.items and item.code not in row.items) or (row.groups and item.group not in row.groups):
            continue
        if (row.polarity and item.polarity is not row.polarity) or (row.levels and level not in row.levels):
            continue
        if row.up_to is None or abs(points or 0) <= row.up_to:
            yield row


class Ends(dict[Day, Day]):
    """The last day on which something counts, by the day from which it does; worked out once each."""

    def __init__(self, length: Length) -> None:
        super().__init__()
        self.length = length

    def __missing__(self, start: Day) -> Day:
        if self.length is Ending.NEVER:
            end = NEVER
        elif self.length is Ending.YEAR:
            end = Day(start // 10000 * 10000 + 1231)
        else:
            end = last_day(start, int(self.length))
        self[start] = end
        return end


@cache
def ends_of(length: Length) -> Ends:
    """One table of ends for every length."""
    return Ends(length)


def first_within(end: Day, months: int) -> Day:
    """The first of ``months`` months that end on a day: what lies before it is longer ago."""
    return day_of(first_date(add_months(end, -months)) + dt.timedelta(days=1))


def start_of(entry: CaseEntry, item: ItemRule) -> Day:
    """The day from which the validity of an entry runs: its own date, whenever it was entered."""
    if item.runs_from is RunsFrom.DECISION:
        return entry.decided_on or entry.occurred_on
    if item.runs_from is RunsFrom.CONDUCT:
        return entry.ended_on or entry.occurred_on
    return entry.occurred_on
