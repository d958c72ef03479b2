"""All entries as a table: the ids of a filter in order, and rows for the ids that are looked at."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, daily_scope, require
from app.queries.finding import findable, own_files, past_today
from app.queries.people import named, starts
from models.conduct import Entry, Item
from models.people import Department, IntegrityFile, Person
from models.types import Day, EntryStatus, Moment, Polarity, Uid
from models.words import ENTRY_WORDS, asked, found_by, is_shared, typed_words

Rows = Select[*tuple[Any, ...]]


class EntryOrder(StrEnum):
    """What entries can be sorted by; the newest act comes first where nothing else is said."""

    OCCURRED = "occurred_on"
    STAFF_NO = "staff_no"
    NAME = "name"
    DEPARTMENT = "department"
    ITEM = "item"
    STATUS = "status"
    DECIDED = "decided_on"
    AUTHORITY = "authority"
    DOCUMENT = "document_no"
    RECORDED = "recorded_at"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries, in which order."""

    text: str = ""
    """Words of the facts, or the beginning of a document number, a name, its pinyin or a staff number."""
    departments: frozenset[int] | None = None
    polarity: Polarity | None = None
    item: str = ""
    """Code."""
    status: EntryStatus | None = None
    since: Day | None = None
    """Of the act; both days included."""
    until: Day | None = None
    order: EntryOrder = EntryOrder.OCCURRED
    descending: bool = True

    @property
    def active(self) -> bool:
        """Whether it hides any entry."""
        narrowed = (self.departments, self.polarity, self.status, self.since, self.until)
        return bool(self.text or self.item) or any(one is not None for one in narrowed)


class ListedEntry(NamedTuple):
    """One line of the table."""

    id: int
    uid: Uid
    staff_no: str
    name: str
    department: str
    item_zh: str
    item_en: str
    polarity: Polarity
    status: EntryStatus
    occurred_on: Day
    decided_on: Day | None
    authority: str
    document_no: str
    facts: str
    recorded_at: Moment

    def item_name(self, language: str) -> str:
        """The item in a language."""
        return self.item_zh if language.startswith("zh") else self.item_en


def entry_ids(session: Session, actor: Actor, wanted: EntryFilter, limit: int | None = None) -> "array[int]":
    """The ids of all entries of a filter, in order; with a limit only the first.

    Only from the files of one's daily work, never from the own file or a relative's, and nothing that is
    past its retention.
    """
    require(actor, Permission.READ_FILES)
    conditions = (*_visible(session, actor), *_wanted(session, wanted))
    rows = _ordered(select(Entry.id).where(*conditions), wanted).limit(limit)
    # Straight from the driver's cursor: a million rows need no names for their one column.
    given = {"words": asked(session, typed_words(wanted.text))}
    cursor: Any = session.connection().execute(rows, given).cursor
    return array("q", chain.from_iterable(cursor))


def entry_rows(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, ListedEntry]:
    """The rows of some ids, by id."""
    require(actor, Permission.READ_FILES)
    rows = (
        select(
            Entry.id,
            Entry.uid,
            Person.staff_no,
            Person.name,
            Department.name,
            Item.name_zh,
            Item.name_en,
            Item.polarity,
            Entry.status,
            Entry.occurred_on,
            Entry.decided_on,
            Entry.authority,
            Entry.document_no,
            Entry.facts,
            Entry.recorded_at,
        )
        .join(Item, Entry.item_id == Item.id)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, Entry.department_id == Department.id)
        .where(Entry.id.in_(ids), *_visible(session, actor))
    )
    found = (ListedEntry._make(row) for row in session.execute(rows))
    return {
        row.id: row._replace(polarity=Polarity(row.polarity), status=EntryStatus(row.status)) for row in found
    }


def _visible(session: Session, actor: Actor) -> list[ColumnElement[bool]]:
    scope = daily_scope(actor)
    of_work = [] if scope is None else [Entry.department_id.in_(sorted(scope))]
    negative = Entry.item_id.in_(_items(Item.polarity == Polarity.NEGATIVE))
    return [*of_work, *findable(past_today(session, actor), own_files(session, actor), negative)]


def _wanted(session: Session, wanted: EntryFilter) -> list[ColumnElement[bool]]:
    asked_for: list[tuple[bool, ColumnElement[bool]]] = [
        (wanted.departments is not None, Entry.department_id.in_(sorted(wanted.departments or ()))),
        (wanted.polarity is not None, Entry.item_id.in_(_items(Item.polarity == wanted.polarity))),
        (bool(wanted.item), Entry.item_id.in_(_items(Item.code == wanted.item))),
        (wanted.status is not None, Entry.status == wanted.status),
        (wanted.since is not None, Entry.occurred_on >= (wanted.since or 0)),
        (wanted.until is not None, Entry.occurred_on <= (wanted.until or 0)),
    ]
    conditions = [condition for there, condition in asked_for if there]
    return [*conditions, _text(session, wanted.text)] if wanted.text.strip() else conditions


def _items(which: ColumnElement[bool]) -> Rows:
    return select(Item.id).where(which)


def _text(session: Session, text: str) -> ColumnElement[bool]:
    people = select(Person.id).where(named(text))
    files = select(IntegrityFile.id).where(IntegrityFile.person_id.in_(people))
    found = [starts(Entry.document_no, text.strip()), Entry.file_id.in_(files)]
    if typed_words(text):
        words = select(ENTRY_WORDS.c.rowid).where(found_by(is_shared(session)))
        found.append(Entry.id.in_(words))
    return or_(*found)


def _ordered(rows: Rows, wanted: EntryFilter) -> Rows:
    """The rows in order; where the order is that of a person, along the table of people."""
    columns: dict[EntryOrder, tuple[Any, ...]] = {
        EntryOrder.OCCURRED: (Entry.occurred_on, Entry.id),
        EntryOrder.STAFF_NO: (Person.staff_no, Entry.occurred_on, Entry.id),
        EntryOrder.NAME: (Person.pinyin, Person.id, Entry.occurred_on, Entry.id),
        EntryOrder.DEPARTMENT: (Entry.department_id, Entry.occurred_on, Entry.id),
        EntryOrder.ITEM: (Entry.item_id, Entry.occurred_on, Entry.id),
        EntryOrder.STATUS: (Entry.status, Entry.department_id, Entry.id),
        EntryOrder.DECIDED: (Entry.decided_on.is_(None), Entry.decided_on, Entry.id),
        EntryOrder.AUTHORITY: (Entry.authority, Entry.id),
        EntryOrder.DOCUMENT: (Entry.document_no, Entry.id),
        EntryOrder.RECORDED: (Entry.id,),
        EntryOrder.FACTS: (Entry.facts, Entry.id),
    }
    if wanted.order in (EntryOrder.STAFF_NO, EntryOrder.NAME):
        rows = rows.join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        rows = rows.join(Person, IntegrityFile.person_id == Person.id)
    by = columns[wanted.order]
    if wanted.text.strip() and wanted.order is EntryOrder.OCCURRED:
        # What is found is sorted: SQLite would go along the order and look each entry up among the hits.
        by = (Entry.occurred_on + 0, Entry.id)
    return rows.order_by(*(one.desc() if wanted.descending else one for one in by))
