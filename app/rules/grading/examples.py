"""The examples of a standard, graded by it: what should have come out, and what did."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from app.rules.grading.case import Case, CaseEntry, Fixed, Grade, Last, Period
from app.rules.grading.engine import grade
from app.rules.grading.scheme import Example, ExampleEntry, Scheme
from models.types import Day, Points, Uid


class Asked(StrEnum):
    """What an example may expect."""

    GRADE = "grade"
    SCORE = "score"
    BY = "by"
    POINTS = "points"
    WHY = "why"


class Miss(NamedTuple):
    """Something that came out otherwise."""

    asked: Asked
    entry: int
    """Number of the entry in the example, from 1; 0 for the whole."""
    expected: str
    found: str


class Ran(NamedTuple):
    """An example with what came out."""

    number: int
    """Its place in the standard, from 1."""
    example: Example
    grade: Grade
    misses: tuple[Miss, ...]


def run_examples(scheme: Scheme, on: Callable[[Day], Scheme]) -> list[Ran]:
    """Every example, graded by the standard as it stands (``on``) at the end of its period."""
    return [_run(number, example, on(example.ends)) for number, example in enumerate(scheme.examples, 1)]


def period_ending(end: Day) -> Period:
    """The calendar year up to a day."""
    return Period(Day(end // 10000 * 10000 + 101), end, str(end // 10000))


def _run(number: int, example: Example, scheme: Scheme) -> Ran:
    result = grade(case_of(example), scheme, period_ending(example.ends))
    return Ran(number, example, result, tuple(_misses(example, result)))


def case_of(example: Example) -> Case:
    """The case that an example describes; its entries are numbered from 1."""
    last = Last(example.last_grade, example.last_score or Points(0)) if example.last_grade else None
    entries = [_entry(number, entry) for number, entry in enumerate(example.entries, 1)]
    return Case(entries, frozenset(example.states), last=last, inputs=example.inputs or {})


def _entry(number: int, entry: ExampleEntry) -> CaseEntry:
    return CaseEntry(
        _uid(number),
        Uid(entry.act or f"act {number}"),
        entry.item,
        entry.status,
        entry.on,
        entry.decided,
        entry.ended,
        entry.level,
        entry.quantity,
        entry.given,
        entry.capacity,
        entry.authors,
        entry.corrected,
    )


def _uid(number: int) -> Uid:
    return Uid(f"{number:04}")


def _misses(example: Example, result: Grade) -> Iterator[Miss]:
    shown = (result.band or "") + result.fallen_from
    if shown != example.grade:
        yield Miss(Asked.GRADE, 0, example.grade, shown)
    if example.score is not None and example.score != result.score:
        yield Miss(Asked.SCORE, 0, str(example.score), str(result.score))
    by = result.rule if result.fixed is not Fixed.SCORE else ""
    if example.by and example.by != by:
        yield Miss(Asked.BY, 0, example.by, by)
    lines = {line.entry: line for line in result.lines}
    for number, entry in enumerate(example.entries, 1):
        line = lines.get(_uid(number))
        points, why = (line.points, str(line.reason or "")) if line else (0, "")
        if entry.points is not None and entry.points != points:
            yield Miss(Asked.POINTS, number, str(entry.points), str(points))
        if (entry.why or entry.points) and entry.why != why:
            yield Miss(Asked.WHY, number, entry.why, why)
