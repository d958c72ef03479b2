"""The cases to be graded, streamed file by file."""

import sys
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require, visible_to
from app.queries.merged import seconds
from app.queries.schemes import schemes
from app.rules.grading.case import Case, CaseEntry, Last, Period
from app.rules.grading.scheme import Scheme
from app.rules.grading.score import starting
from models.bulk import among, stream
from models.conduct import Entry, Item
from models.evaluations import Evaluation
from models.measurements import Measurement
from models.people import IntegrityFile, Person, PersonState
from models.types import Day, EvaluationStatus, Points, ServiceState, Uid

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
    session: Session,
    actor: Actor,
    period: Period,
    whose: Whose = EVERYONE,
    scheme: Scheme | None = None,
) -> Generator[tuple[CaseFile, Case], None, None]:
    """Every file with its case as of the end of the period, in the order of files.

    ``scheme``: the standard, where what it takes over from the last period is wanted too.
    """
    require(actor, Permission.READ_FILES)
    states = states_held(session, period)
    last = last_results(session, actor, period, whose.files) if scheme and scheme.carry_over else {}
    measured = measurements(session, period, whose.files) if scheme and scheme.inputs else {}
    by_file = groupby(stream(session, _entries(actor, whose, period)), itemgetter(0))
    owner, rows = next(by_file, _END)
    merged = _merged(session, period)
    for found in stream(session, _files(actor, whose)):
        file_id, person_id, joined_on, left_on = found[0], found[3], found[8], found[9]
        entries: Sequence[CaseEntry] = ()
        while owner < file_id:  # merged into another, or moved out of sight between the two questions
            owner, rows = next(by_file, _END)
        if owner == file_id:
            entries = [_entry(row[1:]) for row in rows]
            owner, rows = next(by_file, _END)
        if file_id in merged:
            entries = [*entries, *merged[file_id]]
        held, before = states.get(person_id, _NONE), last.get(file_id)
        inputs = measured.get(file_id, NOTHING_MEASURED)
        yield _file(found), _case((entries, held, joined_on, left_on, before, inputs))


def how_many(session: Session, actor: Actor, whose: Whose = EVERYONE) -> int:
    """How many files those are."""
    require(actor, Permission.READ_FILES)
    rows = select(func.count()).select_from(IntegrityFile).join(Person, IntegrityFile.person_id == Person.id)
    return int(session.execute(_narrowed(rows, actor, whose)).scalar_one())


# Straight to the tuples: tens of thousands of files a second pass through here.
_file: Callable[[tuple[Any, ...]], CaseFile] = partial(tuple.__new__, CaseFile)
_entry: Callable[[tuple[Any, ...]], CaseEntry] = partial(tuple.__new__, CaseEntry)
_case: Callable[[tuple[Any, ...]], Case] = partial(tuple.__new__, Case)
_END: tuple[int, Iterator[tuple[Any, ...]]] = (sys.maxsize, iter(()))
_NONE: frozenset[ServiceState] = frozenset()
NOTHING_MEASURED: Mapping[str, int] = {}


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


def _entries(actor: Actor, whose: Whose, period: Period) -> Rows:
    rows = _case_entries(period)
    if whose != EVERYONE or actor.scopes[Permission.READ_FILES] is not None:
        rows = rows.join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        rows = _narrowed(rows.join(Person, IntegrityFile.person_id == Person.id), actor, whose)
    return rows.order_by(Entry.file_id)


def _merged(session: Session, period: Period) -> dict[int, list[CaseEntry]]:
    """The entries of second files, by the main file that they are read with; none in most offices."""
    found: dict[int, list[CaseEntry]] = defaultdict(list)
    if merged := seconds(session):
        rows = _case_entries(period).where(among(session, Entry.file_id, sorted(merged)))
        for row in session.execute(rows):
            found[merged[row[0]].main_id].append(_entry(tuple(row[1:])))
    return found


def _case_entries(period: Period) -> Rows:
    return select(
        Entry.file_id,
        Entry.uid,
        Entry.act,
        Item.code,
        Entry.status,
        Entry.occurred_on,
        Entry.decided_on,
        Entry.ended_on,
        Entry.level,
        Entry.quantity,
        Entry.given_points,
        Entry.capacity,
        Entry.authors,
        case((Entry.corrected_on <= period.end, Entry.corrected_on)),  # what comes later has no bearing
    ).join(Item, Entry.item_id == Item.id)


def _narrowed(rows: Rows, actor: Actor, whose: Whose) -> Rows:
    rows = rows.where(visible_to(actor, IntegrityFile.department_id), IntegrityFile.merged_into.is_(None))
    if whose.departments is not None:
        rows = rows.where(IntegrityFile.department_id.in_(sorted(whose.departments)))
    if whose.staff_no:
        rows = rows.where(Person.staff_no == whose.staff_no)
    if whose.files is not None:
        rows = rows.where(IntegrityFile.id.in_(sorted(whose.files)))
    return rows


STANDING = (
    EvaluationStatus.APPROVED,
    EvaluationStatus.CONFIRMED,
    EvaluationStatus.PUBLICISED,
    EvaluationStatus.FINAL,
)


def last_results(
    session: Session, actor: Actor, period: Period, files: frozenset[int] | None = None
) -> dict[int, Last]:
    """What the newest decided evaluation of an earlier period came to, by file; of all, or of some files."""
    require(actor, Permission.READ_FILES)
    bases = {one.id: starting(one.scheme) for one in schemes(session, actor)}
    rows = (
        select(Evaluation.file_id, Evaluation.grade, Evaluation.score, Evaluation.scheme_id)
        .where(Evaluation.status.in_(STANDING), Evaluation.period_end < period.start)
        .order_by(Evaluation.period_end, Evaluation.id)
    )
    if files is not None:
        rows = rows.where(Evaluation.file_id.in_(sorted(files)))
    found = session.execute(rows)
    return {
        file_id: Last(band, Points(score), bases[scheme_id])
        for file_id, band, score, scheme_id in found
        if band and score is not None
    }


def measurements(
    session: Session, period: Period, files: frozenset[int] | None = None
) -> dict[int, dict[str, int]]:
    """What was measured for a period, by file and input, of several the last; of all, or of some files."""
    rows = (
        select(Measurement.file_id, Measurement.input, Measurement.value)
        .where(Measurement.period_start == period.start, Measurement.period_end == period.end)
        .order_by(Measurement.id)
    )
    if files is not None:
        rows = rows.where(Measurement.file_id.in_(sorted(files)))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for file_id, code, value in session.execute(rows):
        found[file_id][code] = value
    return found


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
