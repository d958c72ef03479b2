"""The calendars that come with the program, and the words about calendars."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from app.errors import Invalid
from app.rules.working_days import Arrangement, BadCalendar, Calendar, Fault, parse_calendar
from app.words import listed, mark, tr
from models.types import Day

SHIPPED = Path(__file__).parent.parent / "resources" / "calendars"

UNKNOWN = mark("The holiday arrangement of {years} is not imported yet: weekends alone are left out.")
_SENTENCES: Mapping[Fault, str] = {
    Fault.UNREADABLE: mark(
        "The calendar file cannot be read: {value}. Compare it with that of another year."
    ),
    Fault.NO_YEAR: mark("The file does not begin with format = 1 and the year of its calendar. Write both."),
    Fault.NO_NOTICE: mark(
        "The calendar file does not name the notice it follows. Give its number and date under [[notices]]."
    ),
    Fault.NOT_A_STRETCH: mark(
        "“{value}” is no stretch of days off. Write [2027-02-05, 2027-02-11] or [2027-05-01]."
    ),
    Fault.NOT_A_DAY: mark("“{value}” is not a date. Write it like 2027-02-06, without quotation marks."),
    Fault.OTHER_YEAR: mark("{value} lies outside the year of the calendar. Compare it with the notice."),
    Fault.NOT_A_WEEKEND: mark(
        "{value} is not a Saturday or Sunday, and cannot be worked instead of a holiday. "
        "Compare it with the notice."
    ),
    Fault.OFF_AND_WORKED: mark("{value} is both off and worked. Compare it with the notice."),
}


@cache
def shipped() -> Mapping[int, Arrangement]:
    """The arrangements that come with the program, by year."""
    found = [parse_calendar(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml"))]
    return {one.year: one for one in found}


def shipped_text(year: int) -> str:
    """The file that comes with the program for a year; empty where there is none."""
    path = SHIPPED / f"{year}.toml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def read_calendar(text: str, year: int | None = None) -> Arrangement:
    """The arrangement that a file says; ``year``: the one it is given for. Raises Invalid."""
    try:
        found = parse_calendar(text)
    except BadCalendar as error:
        raise Invalid(tr(_SENTENCES[error.fault]).format(value=error.value), field="calendar") from error
    if year is not None and found.year != year:
        sentence = tr("This file is the calendar of {found}, and not that of {year}. Choose the other file.")
        raise Invalid(sentence.format(found=found.year, year=year), field="calendar")
    return found


def provisional(calendar: Calendar, start: Day, end: Day, translate: Callable[[str], str] = tr) -> str:
    """What must be said beside a term from one day to another whose days are provisional; else nothing."""
    years = listed(str(year) for year in calendar.unknown(start, end))
    if not years:
        return ""
    return translate(UNKNOWN).format(years=years)
