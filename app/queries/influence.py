"""Influence periods: of a file that was read, of some people, and those that end."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require, visible_to
from app.queries.files import FileView
from app.queries.merged import second_to_main, with_second_people
from app.queries.people_order import IN_FORCE
from app.queries.schemes import PublishedScheme, scheme_for
from app.queries.supplements import published_in_units
from app.rules.grading.case import year
from app.rules.grading.scheme import Scheme
from app.rules.influence import PENALTIES, Influence, Sanction, influence_periods, running, sanction_of
from models.conduct import Entry, Item
from models.database import moment
from models.people import Department, IntegrityFile, Person
from models.types import Day, Polarity, Uid, day_at


def periods_of(view: FileView) -> tuple[Influence, ...]:
    """The influence periods of a file that was read, as it stood then, the one that ends last first."""
    return influence_periods(sanctions_of(view))


def sanctions_of(view: FileView) -> list[Sanction]:
    """What bars promotion in a file that was read."""
    items = view.published.scheme.items if view.published else {}
    found = (
        sanction_of(
            row.uid,
            row.act,
            row.item,
            row.status,
            row.decided_on or row.occurred_on,
            items.get(row.item),
            row.lifted_on,
        )
        for row in view.entries
    )
    return [one for one in found if one]


def influence_today(
    session: Session, actor: Actor, people: Sequence[int], on: Day | None = None
) -> dict[int, tuple[Influence, ...]]:
    """The influence periods that run on a day, or today, by the key of the person; those who have none are
    left out."""
    require(actor, Permission.READ_FILES)
    today = on or day_at(moment(session))
    people = with_second_people(session, people)
    found = _periods(session, actor, today, IntegrityFile.person_id.in_(people))
    running_by_person = {person: running(periods, today) for person, periods in found.items()}
    return {person: periods for person, periods in running_by_person.items() if periods}


def bars(session: Session, actor: Actor, entry: Entry) -> bool:
    """Whether an entry has an influence period, by the law or the standard of today."""
    require(actor, Permission.READ_FILES)
    today = day_at(moment(session))
    found = _periods(session, actor, today, Entry.id == entry.id)
    return bool(found)


class EndingInfluence(NamedTuple):
    """An influence period that ends, and with it what barred promotion by that sanction."""

    person_id: int
    staff_no: str
    name: str
    department: str
    entry: Uid
    item: str
    """Its code."""
    item_zh: str
    item_en: str
    document_no: str
    authority: str
    period: Influence
    new_act: bool
    """Whether the person did another wrong within the period: then it is not lifted by itself
    (期满自动解除: 没有再发生应当给予处分的违法行为), and somebody has to look."""

    def item_name(self, language: str) -> str:
        """The item in a language."""
        return self.item_zh if language.startswith("zh") else self.item_en


def ending_influence(session: Session, actor: Actor, start: Day, end: Day) -> list[EndingInfluence]:
    """The influence periods whose last day lies from ``start`` to ``end``, the first to end first.

    One whose rest went on in a later one, or that never ran by itself, does not end. Without the own file.
    """
    require(actor, Permission.READ_FILES)
    found = _periods(session, actor, end, Person.id != (actor.person_id or 0))
    ends = {
        one.sanction.uid: one
        for periods in found.values()
        for one in periods
        if one.instead is None and one.goes_on is None and start <= one.until <= end
    }
    rows = (
        select(
            Person.id,
            Person.staff_no,
            Person.name,
            Department.name,
            Entry.uid,
            Item.code,
            Item.name_zh,
            Item.name_en,
            Entry.document_no,
            Entry.authority,
        )
        .join(IntegrityFile, IntegrityFile.person_id == Person.id)
        .join(Department, Person.department_id == Department.id)
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Item, Entry.item_id == Item.id)
        .where(Entry.uid.in_(sorted(ends)))
    )
    entries = session.execute(rows).all()
    mains = second_to_main(session)
    owners = [mains.get(row[0], row[0]) for row in entries]
    acts = _acts(session, owners)
    told = [
        EndingInfluence._make((*row, ends[row.uid], _again(ends[row.uid], acts[owner])))
        for row, owner in zip(entries, owners, strict=True)
    ]
    return sorted(told, key=lambda one: (one.period.until, one.staff_no))


def _again(period: Influence, acts: Sequence[tuple[Day, Uid]]) -> bool:
    since, own = period.sanction.since, period.sanction.act
    return any(since <= on <= period.until and act != own for on, act in acts)


def _acts(session: Session, people: Sequence[int]) -> Mapping[int, list[tuple[Day, Uid]]]:
    """Days and acts of the wrongs in force of some people."""
    found: dict[int, list[tuple[Day, Uid]]] = defaultdict(list)
    rows = (
        select(IntegrityFile.person_id, Entry.occurred_on, Entry.act)
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Item, Entry.item_id == Item.id)
        .where(
            IntegrityFile.person_id.in_(with_second_people(session, people)),
            Item.polarity == Polarity.NEGATIVE,
            Entry.status.in_(IN_FORCE),
        )
    )
    mains = second_to_main(session)
    for person, on, act in session.execute(rows):
        found[mains.get(person, person)].append((Day(on), Uid(act)))
    return found


def _periods(
    session: Session, actor: Actor, on: Day, which: ColumnElement[bool]
) -> dict[int, tuple[Influence, ...]]:
    """All influence periods of people, by their key."""
    published, in_units = _standards(session, actor, on)
    schemes = {key: one.scheme for key, one in in_units.items()}
    general = published.scheme if published else None
    codes = _barring(general) | {code for one in schemes.values() for code in _barring(one)}
    sanctions: dict[int, list[Sanction]] = defaultdict(list)
    rows = (
        select(
            Person.id,
            IntegrityFile.department_id,
            Entry.uid,
            Entry.act,
            Item.code,
            Entry.status,
            Entry.decided_on,
            Entry.occurred_on,
            Entry.lifted_on,
        )
        .join(IntegrityFile, IntegrityFile.person_id == Person.id)
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Item, Entry.item_id == Item.id)
        .where(
            Item.code.in_(sorted(codes)),
            Entry.status.in_(IN_FORCE),
            visible_to(actor, IntegrityFile.department_id),
            which,
        )
    )
    mains = second_to_main(session)
    for person, department, *found in session.execute(rows):
        scheme = schemes.get(department, general)
        if one := _sanction(scheme, *found):
            sanctions[mains.get(person, person)].append(one)
    return {person: influence_periods(some) for person, some in sanctions.items()}


def _sanction(
    scheme: Scheme | None,
    uid: Any,
    act: Any,
    code: Any,
    status: Any,
    decided_on: Any,
    occurred_on: Any,
    lifted_on: Any,
) -> Sanction | None:
    """What a row of the database bars."""
    rule = scheme.items.get(code) if scheme else None
    return sanction_of(uid, act, code, status, decided_on or occurred_on, rule, lifted_on)


def _standards(
    session: Session, actor: Actor, on: Day
) -> tuple[PublishedScheme | None, Mapping[int, PublishedScheme]]:
    period = year(on // 10000)
    try:
        published = scheme_for(session, actor, period)
    except NotFound:
        return None, {}
    return published, published_in_units(session, actor, published, period)


def _barring(scheme: Scheme | None) -> set[str]:
    """Codes of the items that bar promotion."""
    own = {code for code, rule in scheme.items.items() if rule.influence} if scheme else set()
    return own | PENALTIES.keys()
