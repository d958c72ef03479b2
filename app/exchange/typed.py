"""Reads a date as it is typed into a form: what a list may hold, and shorter ways for recent days."""

import re

from app.exchange.values import plain, read_day
from app.rules.validation import Fault, Problem
from models.types import Day, day

_MONTH_AND_DAY = re.compile(r"([0-9]{1,2})[-./月 ]([0-9]{1,2})日?|([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


def typed_day(text: str, today: Day, *, month_is_enough: bool = False) -> Day | Problem:
    """The date typed: 20250315, 2025.3.15, 2025年3月15日; 3-15 and 0315 are the last such day.

    ``month_is_enough`` takes 2025-03 for a month whose day is not known.
    """
    shape = plain(text)
    short = _MONTH_AND_DAY.fullmatch(shape)
    if short and (found := _last_such_day(int(short[1] or short[3]), int(short[2] or short[4]), today)):
        return found
    if _SERIAL.fullmatch(shape):  # a spreadsheet's number of a day: nobody types that and means it
        return Problem("", Fault.DATE_UNREADABLE, text)
    return read_day(text, month_is_enough=month_is_enough)


def _last_such_day(month: int, day_of_month: int, today: Day) -> Day | None:
    """None where there is no such day in the year it would mean."""
    year = today // 10000 - (month * 100 + day_of_month > today % 10000)
    found = read_day(f"{year:04}-{month}-{day_of_month}")
    return None if isinstance(found, Problem) else day(year, month, day_of_month)
