"""What an entry would bring, before anyone has recorded it."""

from typing import NamedTuple

from app.rules.grading.case import Case, CaseEntry, Grade, Line, Period
from app.rules.grading.engine import grade
from app.rules.grading.influence import influence_until
from app.rules.grading.scheme import ItemRule, Scheme
from models.types import Day


class Preview(NamedTuple):
    """The grade of a period without and with the new entry."""

    before: Grade
    after: Grade
    line: Line | None
    """What became of the new entry; None where the person is not rated."""
    rule: ItemRule | None
    """None where the standard has no such item."""
    influence: Day | None
    """Last day of its influence period."""


def preview(case: Case, new: CaseEntry, scheme: Scheme, period: Period) -> Preview:
    """The grade as it is and as it would be once ``new``, a verified entry, is on file."""
    before = grade(case, scheme, period)
    after = grade(case._replace(entries=[*case.entries, new]), scheme, period)
    line = next((line for line in after.lines if line.entry == new.uid), None)
    rule = scheme.items.get(new.item)
    return Preview(before, after, line, rule, influence_until(new, rule) if rule else None)
