"""What ends in a month (本月到期): influence periods, and the terms of objections, statements and leads."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.influence import influence_words
from app.permissions import Actor, Permission, others, require, visible_to
from app.queries.influence import EndingInfluence, ending_influence
from app.queries.objections import running_objections
from app.reports.wording import Translate
from app.words import mark, tr
from models.conduct import Entry, Item, Lead
from models.entry_life import Notice
from models.people import Department, IntegrityFile, Person
from models.types import Day, EntryStatus, LeadStatus, add_months, day_before


class Ends(NamedTuple):
    """One thing that ends."""

    on: Day
    what: str
    """Marked for translation."""
    staff_no: str
    of_zh: str
    of_en: str
    detail: str = ""
    ending: EndingInfluence | None = None
    """Of an influence period: what the person is told by a notice."""

    def of(self, language: str) -> str:
        """The item, the lead or the grade that it is of, in a language."""
        return self.of_zh if language.startswith("zh") else self.of_en


class Due(NamedTuple):
    """What ends, and for whom."""

    name: str
    department: str
    end: Ends


INFLUENCE = mark("Influence period")
OBJECTION = mark("Objection")
STATEMENT = mark("Statement")
LEAD = mark("Lead")
_AGAIN = mark("another wrong came within it")


def month_of(day: Day) -> tuple[Day, Day]:
    """First and last day of the month of a day."""
    first = Day(day // 100 * 100 + 1)
    return first, day_before(add_months(first, 1))


def due(
    session: Session, actor: Actor, month: Day, wanted: frozenset[int] | None = None, words: Translate = tr
) -> list[Due]:
    """What ends in the month of a day, the first to end first; terms that ran out before and are still open
    come with it.

    ``wanted``: keys of departments; None is all that the actor keeps. Without the own file.
    """
    require(actor, Permission.KEEP_FILES)
    start, end = month_of(month)
    found = [
        *(_influence(one, words) for one in ending_influence(session, actor, start, end)),
        *(
            Ends(one.due_on, OBJECTION, one.staff_no, one.target_zh, one.target_en, one.claim)
            for one in running_objections(session, actor)
            if one.due_on <= end
        ),
        *_statements(session, end),
        *_leads(session, end),
    ]
    people = _people(session, actor, {one.staff_no for one in found}, wanted)
    kept = [Due(*people[one.staff_no], one) for one in found if one.staff_no in people]
    return sorted(kept, key=lambda one: (one.end.on, one.end.staff_no, one.end.what))


def _influence(one: EndingInfluence, words: Translate) -> Ends:
    detail = influence_words(one.period, words)
    if one.new_act:
        detail = f"{detail} · {words(_AGAIN)}"
    return Ends(one.period.until, INFLUENCE, one.staff_no, one.item_zh, one.item_en, detail, one)


def _statements(session: Session, end: Day) -> Iterator[Ends]:
    rows = (
        select(Notice.last_day, Person.staff_no, Item.name_zh, Item.name_en, Notice.number)
        .join(Entry, Notice.entry_id == Entry.id)
        .join(Item, Entry.item_id == Item.id)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(Entry.status == EntryStatus.HEARING, Notice.last_day <= end)
    )
    for on, staff_no, zh, en, number in session.execute(rows):
        yield Ends(Day(on or 0), STATEMENT, staff_no, zh, en, number)


def _leads(session: Session, end: Day) -> Iterator[Ends]:
    rows = (
        select(Lead.due_on, Person.staff_no, Lead.matter)
        .join(IntegrityFile, Lead.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(Lead.status == LeadStatus.OPEN, Lead.due_on <= end)
    )
    for on, staff_no, matter in session.execute(rows):
        yield Ends(Day(on or 0), LEAD, staff_no, matter, matter)


def _people(
    session: Session, actor: Actor, numbers: Iterable[str], wanted: frozenset[int] | None
) -> dict[str, tuple[str, str]]:
    """Name and department of those that the actor keeps, by staff number."""
    rows = (
        select(Person.staff_no, Person.name, Department.name)
        .join(Department, Person.department_id == Department.id)
        .where(
            Person.staff_no.in_(sorted(numbers)),
            others(actor, Person.id),
            visible_to(actor, Person.department_id),
        )
    )
    if wanted is not None:
        rows = rows.where(Person.department_id.in_(sorted(wanted)))
    return {staff_no: (name, department) for staff_no, name, department in session.execute(rows)}
