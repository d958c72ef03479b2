"""Standards as texts: reading them with the faults in words, and those that come with the program."""

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


@lru_cache(maxsize=8)
def published_scheme(text: str) -> Scheme:
    """The scheme of a text that was checked when it was published."""
    return parse(text)


def fault_sentence(problem: Problem) -> str:
    """Where the text is wrong, and how to mend it."""
    place = problem.place or tr("The file")
    return _FAULTS[problem.fault]().format(place=place, value=problem.value)


_FAULTS = {
    Fault.SYNTAX: lambda: tr("{place} is not TOML: {value}."),
    Fault.FORMAT: lambda: tr("{place} must be 1, not “{value}”; a newer format needs a newer program."),
    Fault.MISSING: lambda: tr("{place} is missing."),
    Fault.UNKNOWN: lambda: tr("{place} means nothing here; remove it or correct its name."),
    Fault.NOT_A_NUMBER: lambda: tr("{place} must be a number with at most three decimals, not “{value}”."),
    Fault.NOT_A_CODE: lambda: tr("{place}: there is no “{value}”; see the reference of the format."),
    Fault.WRONG_SIGN: lambda: tr(
        "{place}: “{value}” must add for a positive and subtract for a negative act."
    ),
    Fault.WRONG_CATEGORY: lambda: tr("{place}: the category “{value}” is of the other polarity."),
    Fault.DOUBLE: lambda: tr("{place}: “{value}” stands twice; give one of them another code."),
    Fault.NOT_DESCENDING: lambda: tr("{place} must be lower than that of the band above it."),
    Fault.NO_LOWEST_BAND: lambda: tr(
        "{place}: the last band must have no “from”, so that every score has a band."
    ),
    Fault.TOO_SHORT: lambda: tr("{place}: periods must be whole months, a validity at least 1."),
}
