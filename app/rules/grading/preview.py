"""What an entry would bring, before anyone has recorded it."""

from collections.abc import Iterable
from typing import NamedTuple

from app.rules.grading.case import Case, CaseEntry, Grade, Line, Period
from app.rules.grading.engine import grade
from app.rules.grading.scheme import ItemRule, Scheme
from app.rules.influence import Influence, Sanction, influence_periods, sanction_of


class Preview(NamedTuple):
    """The grade of a period without and with the new entry."""

    before: Grade
    after: Grade
    line: Line | None
    """What became of the new entry; None where the person is not rated."""
    rule: ItemRule | None
    """None where the standard has no such item."""
    influence: Influence | None
    """Its influence period, with those that run already."""


def preview(
    case: Case, new: CaseEntry, scheme: Scheme, period: Period, sanctions: Iterable[Sanction] = ()
) -> Preview:
    """The grade as it is and as it would be once ``new``, a verified entry, is on file.

    ``sanctions``: what bars promotion already.
    """
    before = grade(case, scheme, period)
    after = grade(case._replace(entries=[*case.entries, new]), scheme, period)
    line = next((line for line in after.lines if line.entry == new.uid), None)
    rule = scheme.items.get(new.item)
    return Preview(before, after, line, rule, _influence(new, rule, sanctions))


def _influence(new: CaseEntry, rule: ItemRule | None, sanctions: Iterable[Sanction]) -> Influence | None:
    since = new.decided_on or new.occurred_on
    own = sanction_of(new.uid, new.act, new.item, new.status, since, rule)
    found = influence_periods([*sanctions, own]) if own else ()
    return next((one for one in found if one.sanction.uid == new.uid), None)
