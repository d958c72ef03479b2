"""The accountability table (公务失信行为责任追究): which body may handle which conduct, and how far.

A reference beside an entry, read from a TOML text as a standard is. It brings no points, enters no grade and
decides nothing: the body that is competent does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from app.rules.grading.dating import dating_problems
from app.rules.grading.faults import CATEGORIES
from app.rules.grading.parsing import BadScheme, content_of
from app.rules.grading.reading import NO_TEXT, Code, Fault, Problem, Reader, Text, about, inside
from app.rules.grading.scheme import FORMAT, Named, Row
from models.types import Category, Day, Polarity


class TableKind(StrEnum):
    """What tells such a text from a standard."""

    ACCOUNTABILITY = "accountability"


class Handling(StrEnum):
    """What may lawfully follow from conduct, the mildest first (公务员法 第五十七条、第六十二条、第八十八条;
    公职人员政务处分法 第七条; the kinds of party discipline). An organ may not invent others."""

    REMINDER = "reminder"  # 谈话提醒
    CRITICISM = "criticism"  # 批评教育
    SELF_EXAMINATION = "self_examination"  # 责令检查
    ADMONITION = "admonition"  # 诫勉
    ADJUSTMENT = "adjustment"  # 组织调整
    PARTY_WARNING = "party_warning"  # 党内警告
    PARTY_SERIOUS_WARNING = "party_serious_warning"  # 党内严重警告
    PARTY_REMOVAL = "party_removal"  # 撤销党内职务
    PARTY_PROBATION = "party_probation"  # 留党察看
    PARTY_EXPULSION = "party_expulsion"  # 开除党籍
    WARNING = "warning"  # 警告
    DEMERIT = "demerit"  # 记过
    SERIOUS_DEMERIT = "serious_demerit"  # 记大过
    DEMOTION = "demotion"  # 降级
    REMOVAL = "removal"  # 撤职
    DISMISSAL = "dismissal"  # 开除
    DISCHARGE = "discharge"  # 辞退
    REFERRAL = "referral"  # 移送有权机关


PARTY = frozenset(one for one in Handling if one.startswith("party_"))
"""A ladder of its own beside the others: a party and a government sanction may follow from one act."""
_SEVERITY = {one: place for place, one in enumerate(Handling)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Named):
    """A body that may handle conduct; its reference says why it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What may follow under certain circumstances."""

    when: Text = about("The circumstances, in words of the law.", NO_TEXT)
    handling: tuple[Handling, ...] = about("What may follow then, the mildest first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct(Row):
    """One kind of conduct, with who may handle it and how far."""

    code: Code = about("Its code, once in the table.")
    conduct: Text = about("The conduct, in words of the law.")
    items: tuple[Code, ...] = about("Items of the standards that record it.", ())
    categories: tuple[Category, ...] = about("Categories all of whose items record it …", ())
    besides: tuple[Code, ...] = about("… but for these.", (), key="except")
    competent: tuple[Code, ...] = about("Codes of the bodies that may handle it.")
    range: tuple[Measure, ...] = about("The lawful range of handling, the mildest first.", ())
    note: Text = about("What else must be known.", NO_TEXT)

    def means(self, item: str, category: Category) -> bool:
        """Whether an item of a category records such conduct."""
        return item in self.items or (category in self.categories and item not in self.besides)

    def holds(self, first: Day, last: Day) -> bool:
        """Whether it is in force on any day from ``first`` to ``last``."""
        return (self.since is None or self.since <= last) and (self.until is None or self.until >= first)


@dataclass(frozen=True, kw_only=True, eq=False)
class AccountabilityTable:
    """One edition of the table. Its rows say themselves from when until when they hold."""

    format: int = about("1: the format described here.", least=FORMAT, most=FORMAT)
    kind: TableKind = about("“accountability”.")
    code: Code = about("Code of the table, the same in all its editions.", key="id")
    edition: int = about("Number of the version, from 1.", least=1, most=100_000)
    title: Text = about("Its title.")
    source: str = about("What it was compiled from.", "")
    notice: Text = about("What must be said wherever it is shown.")
    reviewed_until: Day | None = about("Day after which a warning asks whether it still holds.", None)
    bodies: tuple[Body, ...] = about("The bodies that rows name.")
    rows: tuple[Conduct, ...] = about("The kinds of conduct.")

    def body(self, code: str) -> Body:
        """The body of a code that a row names."""
        return next(body for body in self.bodies if body.code == code)

    def to_review(self, today: Day) -> tuple[Conduct, ...]:
        """The rows whose law should have been looked at again before today."""
        ends = ((row, row.reviewed_until or self.reviewed_until) for row in self.rows)
        return tuple(row for row, end in ends if end and end < today)


def parse_table(text: str) -> AccountabilityTable:
    """The table that a TOML text says. Raises BadScheme with every problem found."""
    content = content_of(text)
    reader = Reader()
    reader.problems += dating_problems(content)
    table = reader.table(AccountabilityTable, content, "")
    if table:
        reader.problems += _faults(table, reader.made)
    if not table or reader.problems:
        raise BadScheme(reader.problems)
    return table


def is_table(content: dict[str, Any]) -> bool:
    """Whether the content of a text means to be such a table, and not a standard."""
    return content.get("kind") == TableKind.ACCOUNTABILITY


def rows_for(
    table: AccountabilityTable, item: str, category: Category, occurred_on: Day, ended_on: Day | None = None
) -> tuple[Conduct, ...]:
    """The rows for an item that are in force on the day of an act, or on any of its days."""
    last = _latest(ended_on or occurred_on)
    return tuple(row for row in table.rows if row.means(item, category) and row.holds(occurred_on, last))


def _latest(day: Day) -> Day:
    """The last day that is meant where only the month or the year is known; good for comparing alone."""
    year, rest = divmod(day, 10000)
    month, day_of_month = divmod(rest, 100)
    return Day(year * 10000 + (month or 99) * 100 + (day_of_month or 99))


def _faults(table: AccountabilityTable, made: Sequence[tuple[str, Any]]) -> Iterable[Problem]:
    bodies: set[str] = {body.code for body in table.bodies}
    seen: set[tuple[type, str]] = set()
    for place, row in made:
        if isinstance(row, Conduct | Body):
            if (type(row), row.code) in seen:
                yield Problem(inside(place, "code"), Fault.DOUBLE, row.code)
            seen.add((type(row), row.code))
            if not row.reference:
                yield Problem(inside(place, "reference"), Fault.MISSING)
        if isinstance(row, Conduct):
            yield from _conduct(row, place, bodies)
        if isinstance(row, Measure) and not row.handling:
            yield Problem(inside(place, "handling"), Fault.MISSING)


def _conduct(row: Conduct, place: str, bodies: set[str]) -> Iterable[Problem]:
    if not row.items and not row.categories:
        yield Problem(inside(place, "items"), Fault.MISSING)
    if not row.competent:
        yield Problem(inside(place, "competent"), Fault.MISSING)
    if not row.range and row.note == NO_TEXT:
        yield Problem(inside(place, "range"), Fault.MISSING)
    for code in row.competent:
        if code not in bodies:
            yield Problem(inside(place, "competent"), Fault.NOT_A_CODE, code)
    for category in row.categories:
        if category not in CATEGORIES[Polarity.NEGATIVE]:
            yield Problem(inside(place, "categories"), Fault.WRONG_CATEGORY, category)
    steps = [one for measure in row.range for one in measure.handling]
    for ladder in ([one for one in steps if one in PARTY], [one for one in steps if one not in PARTY]):
        if any(_SEVERITY[milder] > _SEVERITY[harsher] for milder, harsher in pairwise(ladder)):
            yield Problem(inside(place, "range"), Fault.NOT_ASCENDING)
