"""Standards as texts: reading them with the faults in words, and those that come with the program."""

import re
from functools import lru_cache
from pathlib import Path

from app.errors import Invalid
from app.rules.grading.scheme import BadScheme, Fault, Problem, Scheme, parse
from app.words import tr

SHIPPED = Path(__file__).parent.parent / "resources" / "schemes"


def read_scheme(text: str) -> Scheme:
    """The scheme that a text says. Raises Invalid, naming every place and fault."""
    try:
        return published_scheme(text)
    except BadScheme as error:
        raise Invalid("\n".join(fault_sentence(problem) for problem in error.problems)) from error


@lru_cache(maxsize=64)
def published_scheme(text: str) -> Scheme:
    """The scheme of a text that was checked when it was published."""
    return parse(text)


def fault_sentence(problem: Problem) -> str:
    """Where the text is wrong, and how to mend it."""
    place = problem.place or tr("The file")
    return _FAULTS[problem.fault]().format(place=place, value=problem.value)


def line_of(text: str, place: str) -> int:
    """The line of a TOML text at which a problem's ``place`` stands, or at which the part begins that
    should hold it; 0 where that cannot be told."""
    lines, found = text.splitlines(), 0
    for name, number in re.findall(r"(\w+)(?:\[(\d+)\])?", place):
        heading = re.compile(rf"\s*\[\[?\s*{name}\s*\]")
        headings = [n for n, line in enumerate(lines, 1) if heading.match(line)]
        if not found and int(number or 1) <= len(headings):
            found = headings[int(number or 1) - 1]
        else:
            found = _key_line(lines, found, name) or found
    return found


def _key_line(lines: list[str], start: int, name: str) -> int:
    """The line of a key in the part that begins after line ``start``; 0 where it is not there."""
    for number, line in enumerate(lines[start:], start + 1):
        if line.lstrip().startswith("["):
            return 0
        if re.match(rf"\s*{name}\s*=", line):
            return number
    return 0


_FAULTS = {
    Fault.SYNTAX: lambda: tr("{place} is not TOML: {value}."),
    Fault.FORMAT: lambda: tr("{place} must be 1, not “{value}”; a newer format needs a newer program."),
    Fault.MISSING: lambda: tr("{place} is missing; add it."),
    Fault.UNKNOWN: lambda: tr("{place} means nothing here; remove it or correct its name."),
    Fault.NOT_A_TEXT: lambda: tr("{place} must be a text between quotation marks, not {value}."),
    Fault.NOT_A_NUMBER: lambda: tr("{place} must be a number with at most three decimals, not “{value}”."),
    Fault.NOT_A_CODE: lambda: tr("{place}: there is no “{value}”; see the reference of the format."),
    Fault.WRONG_SIGN: lambda: tr(
        "{place}: “{value}” must add for a positive and subtract for a negative act."
    ),
    Fault.WRONG_CATEGORY: lambda: tr("{place}: the category “{value}” is of the other polarity."),
    Fault.RAISES: lambda: tr("{place}: only a negative act gives a grade directly; remove it."),
    Fault.DOUBLE: lambda: tr("{place}: “{value}” stands twice; give one of them another code."),
    Fault.NOT_DESCENDING: lambda: tr("{place} must be lower than that of the band above it."),
    Fault.NO_LOWEST_BAND: lambda: tr(
        "{place}: the last band must have no “from”, so that every score has a band."
    ),
    Fault.TOO_LONG: lambda: tr("{place} is longer than {value} characters; shorten it."),
    Fault.OUT_OF_RANGE: lambda: tr("{place}: {value} is too small or too large."),
}
