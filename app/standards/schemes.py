"""Standards as texts: reading them with the faults in words, and those that come with the program."""

import re
from functools import lru_cache, partial
from pathlib import Path

from app.errors import Invalid
from app.rules.grading.local import Supplement, parse_supplement, supplemented
from app.rules.grading.parsing import ALWAYS, BadScheme, parse, parse_throughout
from app.rules.grading.reading import Fault, Problem
from app.rules.grading.remarks import Noted, Remark
from app.rules.grading.scheme import Scheme
from app.standards.toml_faults import syntax_words
from app.words import tr
from models.types import Day

SHIPPED = Path(__file__).parent.parent.parent / "resources" / "schemes"


def read_scheme(text: str, since: Day = ALWAYS) -> Scheme:
    """The scheme that a text says, looked at in every stretch of time from a day on.

    Raises Invalid, naming every place and fault.
    """
    try:
        return parse_throughout(text, since, published_scheme)
    except BadScheme as error:
        raise refusal(error) from error


def read_supplement(text: str, scheme: Scheme, since: Day) -> Supplement:
    """What a unit adds to a standard, looked at in every stretch of time from a day on.

    Raises Invalid, naming every place and fault.
    """
    try:
        return parse_throughout(text, since, partial(_fitting, scheme))
    except BadScheme as error:
        raise refusal(error) from error


def _fitting(scheme: Scheme, text: str, day: Day) -> Supplement:
    own = parse_supplement(text, day)
    supplemented(scheme, own)
    return own


def refusal(error: BadScheme) -> Invalid:
    """Every fault in words, a line each."""
    return Invalid("\n".join(fault_sentence(problem) for problem in error.problems))


@lru_cache(maxsize=64)
def published_scheme(text: str, on: Day = ALWAYS) -> Scheme:
    """What a text that was checked when it was published says on a day."""
    return parse(text, on)


def fault_sentence(problem: Problem) -> str:
    """Where the text is wrong, and how to mend it."""
    place = problem.place or tr("The file")
    value = syntax_words(problem.value) if problem.fault is Fault.SYNTAX else problem.value
    return _FAULTS[problem.fault]().format(place=place, value=value)


def remark_sentence(noted: Noted) -> str:
    """What is worth knowing, and what may be done."""
    return _REMARKS[noted.remark]().format(place=noted.place, value=noted.value)


_REMARKS = {
    Remark.BOTH: lambda: tr(
        "{place}: it bears on the grade and limits the annual appraisal too; it does both."
    ),
    Remark.NO_REFERENCE: lambda: tr("{place}: no law or standard is named; add a reference."),
    Remark.REVIEW_DUE: lambda: tr("{place}: it was to be reviewed by {value}; see whether it still holds."),
    Remark.OUT_OF_TIME: lambda: tr("{place}: no entry that still counts falls under “{value}”; take it out."),
    Remark.NO_ROOM: lambda: tr(
        "{place}: no score lies in “{value}”; move its ends, the floor or the ceiling."
    ),
    Remark.SWALLOWED: lambda: tr(
        "{place}: an earlier row takes all that this one would; move it up or take it out."
    ),
    Remark.NO_EFFECT: lambda: tr("{place}: “{value}” never changes a grade; correct it or take it out."),
    Remark.NEVER_ONE_ACT: lambda: tr(
        "{place}: “{value}” goes the other way, so they never meet; take it out."
    ),
    Remark.SAME_NAME: lambda: tr("{place}: “{value}” has the same name; one act might be counted twice."),
    Remark.NO_EXAMPLE_OF_DIRECT: lambda: tr("{place}: no example shows “{value}” given directly; add one."),
    Remark.NO_EXAMPLE_OF_BAND: lambda: tr("{place}: no example comes to “{value}”; add one."),
    Remark.NO_EXAMPLE_OF_EDGE: lambda: tr(
        "{place}: no example has exactly the lowest score of “{value}”; add one."
    ),
}


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
    Fault.TOO_LARGE: lambda: tr("{place} has {value} characters; a standard has at most a million."),
    Fault.NO_FORMAT: lambda: tr("{place} is missing; begin the text with format = 1."),
    Fault.MISSING_THEN: lambda: tr("{place} is missing on {value}; add it, or close the gap."),
    Fault.MISSING: lambda: tr("{place} is missing; add it."),
    Fault.UNKNOWN: lambda: tr("{place} means nothing here; remove it or correct its name."),
    Fault.NOT_A_TEXT: lambda: tr("{place} must be a text between quotation marks, not {value}."),
    Fault.NOT_A_NUMBER: lambda: tr("{place} must be a number with at most three decimals, not “{value}”."),
    Fault.NOT_A_CODE: lambda: tr("{place}: there is no “{value}”; see the reference of the format."),
    Fault.NOT_A_TABLE: lambda: tr("{place} must be a table of names and values, not “{value}”."),
    Fault.NOT_A_LIST: lambda: tr("{place} must be a list like [ …, … ], not “{value}”."),
    Fault.NOT_A_DATE: lambda: tr("{place} must be a date like 2025-01-31, without quotation marks."),
    Fault.NOT_YES_OR_NO: lambda: tr("{place} must be true or false, not “{value}”."),
    Fault.BAD_CODE: lambda: tr(
        "{place}: “{value}” is no code; take 1 to 40 letters, digits, dots, dashes and underscores."
    ),
    Fault.TOO_LONG: lambda: tr("{place} is longer than {value} characters; shorten it."),
    Fault.OUT_OF_RANGE: lambda: tr("{place}: {value} is too small or too large."),
    Fault.DATED_TWICE: lambda: tr("{place}: on {value} two values hold at once; end the earlier one before."),
    Fault.ENDS_BEFORE: lambda: tr("{place}: it ends on {value}, before it begins; correct one of the dates."),
    Fault.WRONG_SIGN: lambda: tr(
        "{place}: “{value}” must add for a positive and subtract for a negative act."
    ),
    Fault.WRONG_CATEGORY: lambda: tr("{place}: the category “{value}” is of the other polarity."),
    Fault.RAISES: lambda: tr("{place}: only a negative act can do this; remove “{value}”."),
    Fault.DOUBLE: lambda: tr("{place}: “{value}” stands twice; give one of them another code."),
    Fault.NOT_DESCENDING: lambda: tr("{place} must be lower than that of the one above it."),
    Fault.NOT_ASCENDING: lambda: tr("{place} must not be smaller than what stands before it."),
    Fault.NO_LOWEST_BAND: lambda: tr(
        "{place}: the last one must have no “from” and no condition, so that every score has a place."
    ),
    Fault.TWO_ENDS: lambda: tr("{place}: give either “from” or “above”, not both."),
    Fault.ONE_WORTH: lambda: tr("{place}: say exactly one of the ways in which “{value}” can count."),
    Fault.ONE_LIMIT: lambda: tr(
        "{place}: say one of these for “{value}”: the best grade that is left, the grade that needs the "
        "conditions, or how many grades lower."
    ),
    Fault.ONE_END: lambda: tr("{place}: say either for how many months, or until when it counts."),
    Fault.NO_VALIDITY: lambda: tr(
        "{place}: nothing says how long “{value}” counts; give months, or a row in the table of validity."
    ),
    Fault.NO_CONDITION: lambda: tr("{place}: “{value}” has no condition; say when it applies."),
    Fault.CYCLE: lambda: tr("{place}: “{value}” would come before itself; take one of the items out."),
    Fault.NO_ROOM: lambda: tr("{place}: the standard “{value}” leaves nothing to units; ask its authority."),
    Fault.TOO_MANY: lambda: tr(
        "{place}: the standard leaves at most {value} items to a unit; take some out."
    ),
    Fault.NOT_LEFT: lambda: tr(
        "{place}: a unit's own item “{value}” may only bring points; take the direct grade or priority out."
    ),
    Fault.NOT_DATED: lambda: tr(
        "{place}: this is the same for acts of every day; instead of a date, make an item with a code of "
        "its own."
    ),
    Fault.PART_OF_GROUP: lambda: tr(
        "{place}: the item belongs to the part of its group “{value}”; take its own part out."
    ),
    Fault.CEILING_BELOW: lambda: tr("{place}: the ceiling is lower than the floor; correct one of them."),
    Fault.OWN_YEAR: lambda: tr(
        "{place}: the appraisal “{value}” would score in its own year, which the grade feeds; let it run "
        "from the decision."
    ),
}
