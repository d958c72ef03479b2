"""Working days: weekdays, without the holidays that the State Council arranges each year, and with the
weekends that it has worked instead (调休上班).

The arrangement of each year is data, as the yearly notice gives it (国务院办公厅关于…年部分节假日安排的通知).
Of a year whose notice is not known, weekdays count: what is reckoned then is provisional, and
``Calendar.unknown`` says so.
"""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from models.types import Day, day_of, first_date

FORMAT = 1
_SATURDAY = 5
_ONE = dt.timedelta(days=1)


class Fault(StrEnum):
    """What can be wrong with the file of a year."""

    UNREADABLE = "unreadable"
    NO_YEAR = "no_year"
    NO_NOTICE = "no_notice"
    NOT_A_STRETCH = "not_a_stretch"
    NOT_A_DAY = "not_a_day"
    OTHER_YEAR = "other_year"
    NOT_A_WEEKEND = "not_a_weekend"
    OFF_AND_WORKED = "off_and_worked"


class BadCalendar(Exception):
    """The file of a year cannot be taken: why, and the value it is about."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        super().__init__(fault, value)
        self.fault, self.value = fault, value


class Notice(NamedTuple):
    """A notice that arranges days of a year."""

    number: str
    dated: Day


class Arrangement(NamedTuple):
    """The days of one year that are not what their weekday says."""

    year: int
    off: frozenset[Day]
    worked: frozenset[Day]
    """Saturdays and Sundays that are worked."""
    notices: tuple[Notice, ...]
    """The newest last: one that changes an arrangement, or that of the next year for late December."""

    @property
    def newest(self) -> Notice:
        """The last word on the year."""
        return self.notices[-1]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of all years, by the arrangements that are known."""

    arrangements: Mapping[int, Arrangement]

    def is_working(self, day: Day) -> bool:
        """Whether the offices work on a day."""
        date = first_date(day)
        known = self.arrangements.get(date.year)
        if known is None:
            return date.weekday() < _SATURDAY
        return day in known.worked or (date.weekday() < _SATURDAY and day not in known.off)

    def add(self, day: Day, n: int) -> Day:
        """The n-th working day after a day, which itself does not count; with n = 0 the day itself."""
        for _ in range(n):
            day = next(one for one in _days_after(day) if self.is_working(one))
        return day

    def working_days_between(self, start: Day, end: Day) -> int:
        """How many working days it is from one day to another: how many lie after ``start``, until ``end``.

        Below nought where the end comes first. ``add(start, n)`` is n working days after ``start``.
        """
        if end < start:
            return -self.working_days_between(end, start)
        last = (first_date(end) - first_date(start)).days
        days = (one for _, one in zip(range(last), _days_after(start), strict=False))
        return sum(self.is_working(one) for one in days)

    def unknown(self, start: Day, end: Day) -> tuple[int, ...]:
        """The years from one day to another whose arrangement is not known: their days are provisional."""
        return tuple(
            year
            for year in range(first_date(start).year, first_date(end).year + 1)
            if year not in self.arrangements
        )


def _days_after(day: Day) -> Iterator[Day]:
    date = first_date(day)
    while True:
        date += _ONE
        yield day_of(date)


def parse_calendar(text: str) -> Arrangement:
    """The arrangement that the file of a year says. Raises BadCalendar at the first thing that is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadCalendar(Fault.UNREADABLE, str(error)) from error
    year = content.get("year")
    if content.get("format") != FORMAT or not isinstance(year, int) or not 2000 <= year <= 2100:
        raise BadCalendar(Fault.NO_YEAR)
    off = frozenset(one for stretch in _list(content, "off") for one in _stretch(stretch, year))
    worked = frozenset(_worked(value, year) for value in _list(content, "work"))
    if both := off & worked:
        raise BadCalendar(Fault.OFF_AND_WORKED, str(first_date(min(both))))
    return Arrangement(year, off, worked, _notices(content))


def _list(content: dict[str, Any], key: str) -> list[Any]:
    found = content.get(key, [])
    if not isinstance(found, list):
        raise BadCalendar(Fault.NOT_A_STRETCH, key)
    return found


def _stretch(value: object, year: int) -> Iterator[Day]:
    """The days off of ``[first, last]``, or of ``[day]``."""
    if not isinstance(value, list) or len(value) not in (1, 2):
        raise BadCalendar(Fault.NOT_A_STRETCH, str(value))
    date, last = _date(value[0], year), _date(value[-1], year)
    if last < date:
        raise BadCalendar(Fault.NOT_A_STRETCH, f"{date} – {last}")
    while date <= last:
        yield day_of(date)
        date += _ONE


def _worked(value: object, year: int) -> Day:
    date = _date(value, year)
    if date.weekday() < _SATURDAY:
        raise BadCalendar(Fault.NOT_A_WEEKEND, str(date))
    return day_of(date)


def _date(value: object, year: int) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise BadCalendar(Fault.NOT_A_DAY, str(value))
    if value.year != year:
        raise BadCalendar(Fault.OTHER_YEAR, str(value))
    return value


def _notices(content: dict[str, Any]) -> tuple[Notice, ...]:
    found = [_notice(one) for one in _list(content, "notices")]
    if not found:
        raise BadCalendar(Fault.NO_NOTICE)
    return tuple(sorted(found, key=lambda one: one.dated))


def _notice(value: object) -> Notice:
    number = value.get("number") if isinstance(value, dict) else None
    dated = value.get("dated") if isinstance(value, dict) else None
    if not isinstance(number, str) or not number.strip() or not isinstance(dated, dt.date):
        raise BadCalendar(Fault.NO_NOTICE)
    return Notice(number.strip(), day_of(dated))
