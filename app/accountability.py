"""Accountability tables: reading them with the faults in words, and how a row is told."""

from functools import lru_cache
from pathlib import Path

from app.errors import Invalid
from app.labels import label
from app.rules.accountability import AccountabilityTable, Conduct, parse_table
from app.rules.grading.parsing import BadScheme
from app.standards.schemes import fault_sentence
from app.words import in_use, listed, tr
from models.types import iso

SHIPPED = Path(__file__).parent.parent / "resources" / "accountability"
NATIONAL = SHIPPED / "national.toml"


def read_table(text: str) -> AccountabilityTable:
    """The table that a text says. Raises Invalid, naming every place and fault."""
    try:
        return parse_table(text)
    except BadScheme as error:
        raise Invalid("\n".join(fault_sentence(problem) for problem in error.problems)) from error


@lru_cache(maxsize=16)
def published_table(text: str) -> AccountabilityTable:
    """What a text that was checked when it was published says."""
    return parse_table(text)


def competent_words(table: AccountabilityTable, row: Conduct) -> str:
    """The bodies that may handle the conduct."""
    return listed(table.body(code).name.in_language(in_use()) for code in row.competent)


def range_lines(row: Conduct) -> list[str]:
    """The lawful range of handling, a line for each set of circumstances."""
    lines = []
    for measure in row.range:
        handling = listed(label(one) for one in measure.handling)
        when = measure.when.in_language(in_use())
        lines.append(
            tr("{circumstances}: {handling}").format(circumstances=when, handling=handling)
            if when
            else handling
        )
    return lines


def range_words(row: Conduct) -> str:
    """The range in one line: the mildest and the harshest that may follow."""
    every = [one for measure in row.range for one in measure.handling]
    if not every:
        return ""
    return label(every[0]) if len(every) == 1 else f"{label(every[0])} … {label(every[-1])}"


def stretch_words(row: Conduct) -> str:
    """From when until when the row holds; empty where it always does."""
    if row.since and row.until:
        return f"{iso(row.since)} – {iso(row.until)}"
    if row.since:
        return tr("from {day} on").format(day=iso(row.since))
    return tr("only until {day}").format(day=iso(row.until)) if row.until else ""
