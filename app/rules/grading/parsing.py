"""From the text of a standard to what it says on one day."""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, TypeVar

from app.rules.grading.dating import dating_problems, holds, in_force, turning_days
from app.rules.grading.faults import faults
from app.rules.grading.reading import Fault, Problem, Reader
from app.rules.grading.scheme import FORMAT, ItemRule, Scheme
from models.types import Day, day_before, day_of, iso

T = TypeVar("T")
MOST_TEXT = 1_000_000
"""Characters of a text; the longest standard that we know has 60,000."""
ALWAYS = Day(99991231)


class BadScheme(Exception):
    """The text is not a scheme; ``problems`` say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__(*self.problems)


class ReadText(NamedTuple):
    """A standard with the places of everything in it."""

    scheme: Scheme
    places: list[tuple[str, Any]]
    """Each table of the text as it was read, with its place."""
    content: dict[str, Any]


def parse(text: str, on: Day = ALWAYS) -> Scheme:
    """The standard that a TOML text says, as it stands on a day.

    Raises BadScheme with every problem found, once each.
    """
    return read_placed(text, on).scheme


def read_placed(text: str, on: Day = ALWAYS) -> ReadText:
    """The standard as ``parse`` gives it, with its places. Raises BadScheme."""
    content = content_of(text)
    reader = Reader()
    reader.problems += dating_problems(content)
    scheme = reader.table(Scheme, in_force(content, on), "")
    versions = dict(versions_of(content, reader))
    if scheme and not reader.problems:
        scheme = replace(scheme, versions=versions)
        reader.problems += faults(scheme, reader.made)
    if not scheme or reader.problems:
        raise BadScheme(reader.problems)
    return ReadText(scheme, reader.made, content)


def content_of(text: str) -> dict[str, Any]:
    """The tables of a text of this format. Raises BadScheme."""
    content = tables_of(text)
    if "format" not in content:
        raise BadScheme([Problem("format", Fault.NO_FORMAT)])
    if content["format"] != FORMAT:
        raise BadScheme([Problem("format", Fault.FORMAT, str(content["format"]))])
    return content


def tables_of(text: str) -> dict[str, Any]:
    """The tables of a text of any format. Raises BadScheme where it is too long, or no TOML."""
    if len(text) > MOST_TEXT:
        raise BadScheme([Problem("", Fault.TOO_LARGE, str(len(text)))])
    try:
        return tomllib.loads(text, parse_float=exact)
    except ValueError as error:  # of TOML, or of a whole number with thousands of digits
        raise BadScheme([Problem("", Fault.SYNTAX, str(error))]) from error
    except RecursionError as error:
        raise BadScheme([Problem("", Fault.SYNTAX, "nested too deeply")]) from error


def exact(number: str) -> Decimal:
    """A number with a point as it is written. Beyond what can be kept it is no number, which is told with
    its place."""
    try:
        return Decimal(number)
    except InvalidOperation:
        return Decimal("nan")


def stretches(text: str, since: Day) -> list[Day]:
    """The days on which to look at a standard, to have seen it as it stands on every day from one on, and on
    those of its examples."""
    content = content_of(text)
    later = {day for day in turning_days(content) if day > since}
    return sorted({since, *later, *_ends_of_examples(content)})


def parse_throughout(text: str, since: Day, read: Callable[[str, Day], T]) -> T:
    """What ``read`` makes of the text on the last of its ``stretches``, once it could be read on all of them.

    Raises BadScheme; where the text changes with time, what is missing says on which day.
    """
    days = stretches(text, since)
    for day in days:
        try:
            made = read(text, day)
        except BadScheme as error:
            if len(days) == 1:
                raise
            raise BadScheme(_on(day, problem) for problem in error.problems) from error
    return made


def _on(day: Day, problem: Problem) -> Problem:
    if problem.fault is not Fault.MISSING:
        return problem
    return problem._replace(fault=Fault.MISSING_THEN, value=iso(day))


def _ends_of_examples(content: dict[str, Any]) -> Iterable[Day]:
    rows = content.get("examples")
    for row in rows if isinstance(rows, list) else ():
        ends = row.get("ends") if isinstance(row, dict) else None
        if isinstance(ends, dt.date):
            yield day_of(ends)


def versions_of(content: dict[str, Any], reader: Reader) -> Iterable[tuple[str, tuple[ItemRule, ...]]]:
    """The items whose values go by the day of the act, each with all its versions."""
    rows = content.get("items")
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        turns = sorted(turning_days(row)) if isinstance(row, dict) else []
        if not turns:
            continue
        for key in sorted(LASTING & row.keys()):
            if turning_days(row[key]):
                reader.note(f"items[{number}].{key}", Fault.NOT_DATED)
        found = []
        for since, after in zip([None, *turns], [*turns, None], strict=True):
            on = since or day_before(turns[0])
            if holds(row, on):
                item = reader.table(ItemRule, in_force(row, on), f"items[{number}]")
                until = day_before(after) if after else ALWAYS
                found += [replace(item, since=since, until=until)] if item else []
        if len({bool(item.steps) for item in found}) > 1:  # cumulated are the entries of every day together
            reader.note(f"items[{number}].steps", Fault.NOT_DATED)
        yield str(row.get("code")), tuple(found)


LASTING = frozenset({"code", "polarity", "category", "result"})
"""What an item is: the same for acts of every day."""
