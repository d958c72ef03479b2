"""The cases to be graded, streamed file by file."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require, visible_to
from app.rules.grading.engine import Case, CaseEntry, Period
from models.bulk import stream
from models.conduct import Entry, Item
from models.people import IntegrityFile, Person, PersonState
from models.types import Day, ServiceState, Uid

Rows = Select[*tuple[Any, ...]]


class CaseFile(NamedTuple):
    """Whose case it is."""

    file_id: int
    uid: Uid
    chain_id: int
    person_id: int
    department_id: int
    content_version: int
    staff_no: str
    name: str
    joined_on: Day | None
    left_on: Day | None


class Whose(NamedTuple):
    """Which files to grade: all that the actor may read, those of departments, of a person, or these."""

    departments: frozenset[int] | None = None
    staff_no: str = ""
    files: frozenset[int] | None = None


EVERYONE = Whose()


def cases(
    session: Session, actor: Actor, period: Period, whose: Whose = EVERYONE
) -> Iterator[tuple[CaseFile, Case]]:
    """Every file with its case as of the end of the period, in the order of files."""
    require(actor, Permission.READ_FILES)
    states = states_held(session, period)
    rows = stream(session, _entries(actor, whose))
    row = next(rows, _END)
    for found in stream(session, _files(actor, whose)):
        file_id, person_id, joined_on, left_on = found[0], found[3], found[8], found[9]
        entries: Sequence[CaseEntry] = ()
        while row[0] < file_id:  # of a file that was moved out of sight between the two questions
            row = next(rows, _END)
        if row[0] == file_id:
            entries = []
            while row[0] == file_id:
                entries.append(_entry(row[1:]))
                row = next(rows, _END)
        yield _file(found), _case((entries, states.get(person_id, _NONE), joined_on, left_on))


# Straight to the tuples: tens of thousands of files a second pass through here.
_file: Callable[[tuple[Any, ...]], CaseFile] = partial(tuple.__new__, CaseFile)
_entry: Callable[[tuple[Any, ...]], CaseEntry] = partial(tuple.__new__, CaseEntry)
_case: Callable[[tuple[Any, ...]], Case] = partial(tuple.__new__, Case)
_END = (sys.maxsize,)
_NONE: frozenset[ServiceState] = frozenset()


def _files(actor: Actor, whose: Whose) -> Rows:
    rows = select(
        IntegrityFile.id,
        IntegrityFile.uid,
        IntegrityFile.chain_id,
        IntegrityFile.person_id,
        IntegrityFile.department_id,
        IntegrityFile.content_version,
        Person.staff_no,
        Person.name,
        Person.joined_on,
        Person.left_on,
    ).join(Person, IntegrityFile.person_id == Person.id)
    return _narrowed(rows, actor, whose).order_by(IntegrityFile.id)


def _entries(actor: Actor, whose: Whose) -> Rows:
    rows = select(
        Entry.file_id,
        Entry.uid,
        Entry.act,
        Item.code,
        Entry.status,
        Entry.occurred_on,
        Entry.decided_on,
        Entry.ended_on,
        Entry.level,
    ).join(Item, Entry.item_id == Item.id)
    if whose != EVERYONE or actor.scopes[Permission.READ_FILES] is not None:
        rows = rows.join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        rows = _narrowed(rows.join(Person, IntegrityFile.person_id == Person.id), actor, whose)
    return rows.order_by(Entry.file_id)


def _narrowed(rows: Rows, actor: Actor, whose: Whose) -> Rows:
    rows = rows.where(visible_to(actor, IntegrityFile.department_id))
    if whose.departments is not None:
        rows = rows.where(IntegrityFile.department_id.in_(sorted(whose.departments)))
    if whose.staff_no:
        rows = rows.where(Person.staff_no == whose.staff_no)
    if whose.files is not None:
        rows = rows.where(IntegrityFile.id.in_(sorted(whose.files)))
    return rows


def states_held(session: Session, period: Period) -> dict[int, frozenset[ServiceState]]:
    """What held on the last day of the period, by person."""
    held = defaultdict(set)
    rows = select(PersonState.person_id, PersonState.state).where(
        PersonState.since <= period.end,
        PersonState.until.is_(None) | (PersonState.until >= period.end),
    )
    for person_id, state in session.execute(rows):
        held[person_id].add(ServiceState(state))
    return {person_id: frozenset(found) for person_id, found in held.items()}
