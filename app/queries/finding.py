"""What the one search box finds: people, entries by document number or words of their facts, departments.

It answers at each key, so its statements are made once and take what was typed as parameters, and each goes
along one index no further than the hits that are asked for.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    not_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.permissions import Actor, Permission, daily_scope, require
from app.queries.merged import second_people
from app.queries.people import END, search_keys_of
from app.queries.retention import retention
from app.rules.retention import last_past
from models.bulk import fetch
from models.conduct import Entry, Item
from models.database import moment
from models.people import Department, IntegrityFile, Person
from models.types import Day, EntryStatus, Polarity, Uid, day_at
from models.words import ENTRY_WORDS, asked, found_by, is_shared, typed_words

MOST = 100
"""Hits of a kind at most: whoever has more goes to the list."""

Rows = Select[*tuple[Any, ...]]


class FoundPerson(NamedTuple):
    """A person, found by name, pinyin, initials or staff number."""

    staff_no: str
    name: str
    department: str
    post: str
    left: bool


class FoundEntry(NamedTuple):
    """An entry, found by its document number or the words of its facts."""

    uid: Uid
    staff_no: str
    name: str
    item_zh: str
    item_en: str
    polarity: Polarity
    status: EntryStatus
    occurred_on: Day
    document_no: str
    facts: str

    def item_name(self, language: str) -> str:
        """The item in a language."""
        return self.item_zh if language.startswith("zh") else self.item_en


class FoundDepartment(NamedTuple):
    """A department, found by a part of its name."""

    id: int
    name: str
    serving: int


class Found(NamedTuple):
    """What was found, MOST of each kind at most."""

    people: Sequence[FoundPerson]
    entries: Sequence[FoundEntry]
    departments: Sequence[FoundDepartment]


def find(session: Session, actor: Actor, text: str) -> Found:
    """Everything that is found by what was typed."""
    require(actor, Permission.READ_FILES)
    return Found(
        find_people(session, actor, text),
        find_entries(session, actor, text),
        find_departments(session, actor, text),
    )


def find_people(session: Session, actor: Actor, text: str) -> list[FoundPerson]:
    """People whose name, pinyin, initials or staff number begins so; those who serve come first."""
    require(actor, Permission.READ_FILES)
    keys, scope = search_keys_of(text), actor.scopes[Permission.READ_FILES]
    given = {**keys, "scope": sorted(scope or ())}
    found: dict[str, FoundPerson] = {}
    for left in (False, True):
        if keys and len(found) < MOST:
            rows = fetch(session, _people((*keys,), left, scope is None), given)
            for row in sorted(rows):
                found.setdefault(row[2], FoundPerson._make(row[2:]))
    return list(found.values())[:MOST]


def find_entries(session: Session, actor: Actor, text: str) -> list[FoundEntry]:
    """Entries whose document number begins so, then those whose facts hold all the words, newest first.

    Only from the files of one's daily work, whose facts are read without saying what for; never from the own
    file or a relative's, and nothing that is past its retention.
    """
    require(actor, Permission.READ_FILES)
    typed, words, scope = text.strip(), typed_words(text), daily_scope(actor)
    if not typed:
        return []
    given = {
        "typed": typed,
        "words": asked(session, words),
        "scope": sorted(scope or ()),
        "own": own_files(session, actor),
        "past": past_today(session, actor),
    }
    rows = fetch(session, _by_document(scope is None), given)
    if words:
        rows += fetch(session, _by_words(is_shared(session), scope is None), given)
    found = {row[0]: _entry(row) for row in rows}
    return list(found.values())[:MOST]


def find_departments(session: Session, actor: Actor, text: str) -> list[FoundDepartment]:
    """Departments whose name holds what was typed."""
    require(actor, Permission.READ_FILES)
    typed = text.strip()
    if not typed:
        return []
    scope = actor.scopes[Permission.READ_FILES]
    holding = "%" + re.sub("([%_/])", r"/\1", typed) + "%"
    given = {"holding": holding, "scope": sorted(scope or ())}
    return [FoundDepartment._make(row) for row in fetch(session, _departments(scope is None), given)]


def past_today(session: Session, actor: Actor) -> Day:
    """What ended by this day and tells of something negative is kept as archive only, and not found."""
    require(actor, Permission.READ_FILES)
    return last_past(day_at(moment(session)), retention(session, actor).months)


def own_files(session: Session, actor: Actor) -> list[int]:
    """The files in which the actor finds nothing: the own one, relatives', and what was merged into them."""
    require(actor, Permission.READ_FILES)
    if not actor.recused:
        return []
    recused = IntegrityFile.person_id.in_(sorted(actor.recused))
    own = session.execute(select(IntegrityFile.id, IntegrityFile.uid).where(recused)).all()
    merged = select(IntegrityFile.id).where(IntegrityFile.merged_into.in_([file.uid for file in own]))
    return [*(file.id for file in own), *session.execute(merged).scalars()]


def findable(past: Any, own: Any, negative: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """The conditions that an entry may be found: neither past its retention nor in a file of one's own.

    ``past``: see ``past_today``; ``own``: see ``own_files``. Values or parameters.
    """
    over = and_(negative, func.coalesce(Entry.ended_on, Entry.occurred_on) <= past)
    return not_(over), Entry.file_id.not_in(own)


def _among(column: InstrumentedAttribute[int], everywhere: bool) -> tuple[ColumnElement[bool], ...]:
    """That a row is of one of the departments of the parameter ``scope``."""
    return () if everywhere else (column.in_(bindparam("scope", expanding=True)),)


@cache
def _people(keys: tuple[str, ...], left: bool, everywhere: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """The first hits of each key along its index; in front of each which key found it, and by what."""
    parts = [
        select(
            literal(place),
            getattr(Person, key),
            Person.staff_no,
            Person.name,
            Department.name,
            Person.post,
            literal(left),
        )
        .join(Department, Person.department_id == Department.id)
        .where(
            getattr(Person, key).between(bindparam(key), bindparam(key) + END),
            Person.left_on.is_not(None) if left else Person.left_on.is_(None),
            Person.id.not_in(second_people()),
            *_among(Person.department_id, everywhere),
        )
        .order_by(getattr(Person, key), Person.id)
        .limit(MOST)
        .subquery()
        for place, key in enumerate(keys)
    ]
    return union_all(*(select(part) for part in parts))


@cache
def _departments(everywhere: bool) -> Rows:
    serving = select(func.count()).where(Person.department_id == Department.id, Person.left_on.is_(None))
    return (
        select(Department.id, Department.name, serving.scalar_subquery())
        .where(
            Department.name.like(bindparam("holding"), escape="/"),
            Department.parent_id.is_not(None),
            *_among(Department.id, everywhere),
        )
        .order_by(Department.name, Department.id)
        .limit(MOST)
    )


_ENTRY = (
    Entry.uid,
    Person.staff_no,
    Person.name,
    Item.name_zh,
    Item.name_en,
    Item.polarity,
    Entry.status,
    Entry.occurred_on,
    Entry.document_no,
    Entry.facts,
)


def _entries(everywhere: bool) -> Rows:
    return (
        select(*_ENTRY)
        .join(Item, Entry.item_id == Item.id)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(
            *findable(
                bindparam("past"), bindparam("own", expanding=True), Item.polarity == Polarity.NEGATIVE
            ),
            *_among(Entry.department_id, everywhere),
        )
        .limit(MOST)
    )


@cache
def _by_document(everywhere: bool) -> Rows:
    begins = Entry.document_no.between(bindparam("typed"), bindparam("typed") + END)
    return _entries(everywhere).where(begins).order_by(Entry.document_no, Entry.id.desc())


@cache
def _by_words(shared: bool, everywhere: bool) -> Rows:
    words = ENTRY_WORDS.c.rowid
    rows = _entries(everywhere).join(ENTRY_WORDS, words == Entry.id)
    return rows.where(found_by(shared)).order_by(words.desc())


_POLARITIES = {str(one): one for one in Polarity}
_STATUSES = {str(one): one for one in EntryStatus}


def _entry(row: tuple[Any, ...]) -> FoundEntry:
    return FoundEntry._make((*row[:5], _POLARITIES[row[5]], _STATUSES[row[6]], *row[7:]))
