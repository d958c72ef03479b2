"""Values that hold for a time: what a text says on a day, and where its stretches of time contradict."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from app.rules.grading.reading import OUT_OF_FORCE, Fault, Problem, inside
from app.rules.validation import LINE
from models.types import Day, day_of, iso

_TIMED = {"value", "since", "until", "reference", "reviewed_until"}


def in_force(content: Any, on: Day) -> Any:
    """The content of a text as it stands on a day.

    Each value that is given with dates is replaced by the one in force, and rows that are not in force are
    left out, but for items, which go by the day of the act.
    """
    if isinstance(content, list):
        if _is_timed_list(content):
            return next((one["value"] for one in content if holds(one, on)), OUT_OF_FORCE)
        return [_row_in_force(one, on) for one in content]
    if not isinstance(content, dict):
        return content
    if _is_timed(content):
        return content["value"] if holds(content, on) else OUT_OF_FORCE
    made = {name: in_force(value, on) for name, value in content.items() if name != "items"}
    if "items" in content:
        made["items"] = _items(content["items"], on)
    return {name: made[name] for name in content if made[name] is not OUT_OF_FORCE}


def _row_in_force(row: Any, on: Day) -> Any:
    return OUT_OF_FORCE if isinstance(row, dict) and not holds(row, on) else in_force(row, on)


def _items(rows: object, on: Day) -> Any:
    if not isinstance(rows, list):
        return rows
    return [in_force({**row}, on) if isinstance(row, dict) else row for row in rows]


def _is_timed_list(content: list[Any]) -> bool:
    return bool(content) and all(isinstance(one, dict) and "value" in one for one in content)


def holds(row: Mapping[str, Any], on: Day) -> bool:
    """Whether a day lies between the row's ``since`` and ``until``."""
    since, until = row.get("since"), row.get("until")
    return not (isinstance(since, dt.date) and day_of(since) > on) and not (
        isinstance(until, dt.date) and day_of(until) < on
    )


def dating_problems(content: Any, place: str = "") -> Iterable[Problem]:
    """Stretches of time that end before they begin, and values of which two would hold at once, or whose
    days and notes are none."""
    if isinstance(content, dict):
        since, until = content.get("since"), content.get("until")
        if isinstance(since, dt.date) and isinstance(until, dt.date) and until < since:
            yield Problem(inside(place, "until"), Fault.ENDS_BEFORE, until.isoformat())
        if _is_timed(content):
            yield from _timing_problems(content, place)
        for name, value in content.items():
            yield from dating_problems(value, inside(place, name))
    elif isinstance(content, list):
        if _is_timed_list(content):
            for day in sorted(turning_days(content)):
                if sum(holds(one, day) for one in content) > 1:
                    yield Problem(place, Fault.DATED_TWICE, iso(day))
                    break
            if len(content) > 1 and not turning_days(content):
                yield Problem(f"{place}[2].since", Fault.MISSING)
            for number, value in enumerate(content, 1):
                if not _is_timed(value):
                    yield from _timing_problems(value, f"{place}[{number}]")
        for number, value in enumerate(content, 1):
            yield from dating_problems(value, f"{place}[{number}]")


def _is_timed(content: Mapping[str, Any]) -> bool:
    """A single value with its dates; a table of its own may have a key “value” too."""
    return "value" in content and content.keys() <= _TIMED


def _timing_problems(row: Mapping[str, Any], place: str) -> Iterable[Problem]:
    """Dates and notes of one value that holds for a time."""
    for name in row.keys() - _TIMED:
        yield Problem(inside(place, name), Fault.UNKNOWN)
    for name in ("since", "until", "reviewed_until"):
        if name in row and (not isinstance(row[name], dt.date) or isinstance(row[name], dt.datetime)):
            yield Problem(inside(place, name), Fault.NOT_A_DATE, str(row[name])[:LINE])
    reference = row.get("reference", "")
    if not isinstance(reference, str):
        yield Problem(inside(place, "reference"), Fault.NOT_A_TEXT, str(reference)[:LINE])
    elif len(reference) > LINE:
        yield Problem(inside(place, "reference"), Fault.TOO_LONG, str(LINE))


def turning_days(content: Any) -> set[Day]:
    """The first day of every stretch of time in which the content stands the same."""
    found: set[Day] = set()
    for row in _rows(content):
        since, until = row.get("since"), row.get("until")
        if isinstance(since, dt.date):
            found.add(day_of(since))
        if isinstance(until, dt.date) and until < dt.date.max:
            found.add(day_of(until + dt.timedelta(days=1)))
    return found


def _rows(content: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(content, dict):
        yield content
        for value in content.values():
            yield from _rows(value)
    elif isinstance(content, list):
        for value in content:
            yield from _rows(value)
