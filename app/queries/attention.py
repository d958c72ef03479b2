"""Who is worth a look: counts of entries within a time, for praise as well as for concern. Never points."""

from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require, visible_to
from app.queries.schemes import scheme_for
from app.rules.grading.bands import picks
from app.rules.grading.case import Period
from app.rules.grading.reading import Text
from app.rules.grading.scheme import Attention, Scheme
from app.rules.grading.validity import first_within
from models.conduct import Entry, Item
from models.people import IntegrityFile, Person
from models.types import Day, EntryStatus, Polarity, from_day

_IN_FORCE = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)


class Noticed(NamedTuple):
    """Somebody of whom a rule of attention speaks."""

    rule: str
    name: Text
    """What the rule says."""
    concern: bool
    """Whether it counts wrongs and not praise."""
    staff_no: str
    person: str
    acts: int


def noticed(session: Session, actor: Actor, on: Day) -> list[Noticed]:
    """Everybody of whom a rule of the standard in force speaks on a day, rule by rule, the most first.

    Raises NotFound where no standard is in force.
    """
    require(actor, Permission.READ_FILES)
    scheme = scheme_for(session, actor, Period(on, on, "")).scheme
    return [
        Noticed(rule.code, rule.name, _concerns(rule, scheme), *found)
        for rule in scheme.attention
        for found in session.execute(_counted(actor, rule, scheme, on))
    ]


def _counted(actor: Actor, rule: Attention, scheme: Scheme, on: Day) -> Select[str, str, int]:
    """Acts in force of the kinds that the rule means; one act counts once, whatever it is worth."""
    when = rule.when
    acts = func.count(Entry.act.distinct())
    rows = (
        select(Person.staff_no, Person.name, acts)
        .join(IntegrityFile, IntegrityFile.person_id == Person.id)
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Item, Entry.item_id == Item.id)
        .where(
            visible_to(actor, IntegrityFile.department_id),
            IntegrityFile.closed_on.is_(None),
            Entry.status.in_(_IN_FORCE),
            Entry.occurred_on <= on,
            Item.code.in_(meant(rule, scheme)),
        )
        .group_by(Person.id, Person.staff_no, Person.name)
        .having(acts >= (when.count_from or 1))
        .order_by(acts.desc(), Person.staff_no)
    )
    if when.within:
        rows = rows.where(Entry.occurred_on >= from_day(first_within(on, when.within)))
    return rows.where(Entry.level.in_(when.levels)) if when.levels else rows


def meant(rule: Attention, scheme: Scheme) -> list[str]:
    """The items whose entries a rule counts."""
    level = rule.when.levels[0] if rule.when.levels else ""
    return [item.code for item in scheme.item_rows if picks(rule.when, item, level)]


def _concerns(rule: Attention, scheme: Scheme) -> bool:
    return any(scheme.items[code].polarity is Polarity.NEGATIVE for code in meant(rule, scheme))
