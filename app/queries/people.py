"""People as a table: all ids of a filter in order, and rows for the ids that are looked at."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.permissions import Actor, Permission, require, visible_to
from app.queries.evaluations import band_name
from app.queries.merged import second_people, second_to_main, with_second_people
from app.queries.people_order import IN_FORCE, PeopleOrder, in_order, state_runs
from app.queries.schemes import schemes
from models.conduct import Entry, Item
from models.evaluations import Evaluation
from models.objections import Objection
from models.people import Department, IntegrityFile, Person, PersonState
from models.types import (
    Day,
    EvaluationStatus,
    Leaving,
    ObjectionStatus,
    Polarity,
    ServiceState,
)


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people, in which order."""

    text: str = ""
    """Beginning of a name, of its pinyin or initials, or of a staff number."""
    departments: frozenset[int] | None = None
    serving: bool | None = True
    """Only those who serve, only those who left, or (None) both."""
    marked: bool = False
    """Only those whose objection to an entry or a grade runs."""
    order: PeopleOrder = PeopleOrder.STAFF_NO
    descending: bool = False

    @property
    def active(self) -> bool:
        """Whether it hides anybody who serves."""
        return bool(self.text or self.departments is not None or self.serving is not True or self.marked)


class PersonRow(NamedTuple):
    """One line of the table."""

    id: int
    staff_no: str
    name: str
    department: str
    post: str
    rank: str
    left_on: Day | None
    leaving: Leaving | None
    states: tuple[ServiceState, ...]
    positive: int
    """Entries in force."""
    negative: int
    disputed: int
    """Objections that run, to entries and grades."""
    grade: str | None
    """Code of the newest band, with its period and where the evaluation stands."""
    grade_period: str | None
    grade_status: EvaluationStatus | None
    grade_zh: str = ""
    grade_en: str = ""

    def grade_name(self, language: str) -> str:
        """The grade in words of its standard; a dash for who was not rated, empty before any evaluation."""
        return self.grade_zh if language.startswith("zh") else self.grade_en


def people_ids(
    session: Session, actor: Actor, wanted: PeopleFilter, limit: int | None = None
) -> "array[int]":
    """The ids of all people of a filter, in order; with a limit only the first."""
    require(actor, Permission.READ_FILES)
    rows = _where(select(Person.id), actor, wanted).limit(limit)
    rows = in_order(session, actor, rows, wanted.order, wanted.descending)
    # Straight from the driver's cursor: a million rows need no names for their one column.
    cursor: Any = session.connection().execute(rows).cursor
    return array("q", chain.from_iterable(cursor))


def people_rows(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, PersonRow]:
    """The rows of some ids, by id."""
    require(actor, Permission.READ_FILES)
    rows = (
        select(
            Person.id,
            Person.staff_no,
            Person.name,
            Department.name,
            Person.post,
            Person.rank,
            Person.left_on,
            Person.leaving,
        )
        .join(Department, Person.department_id == Department.id)
        .where(Person.id.in_(ids), visible_to(actor, Person.department_id))
    )
    states, counts, newest = _states(session, ids), _counts(session, ids), _newest(session, actor, ids)
    return {
        row[0]: PersonRow._make(
            (
                *row[:7],
                Leaving(row.leaving) if row.leaving else None,
                tuple(states.get(row[0], ())),
                *counts.get(row[0], (0, 0, 0)),
                *newest.get(row[0], _NONE),
            )
        )
        for row in session.execute(rows)
    }


def _where(rows: Select[Any], actor: Actor, wanted: PeopleFilter) -> Select[Any]:
    rows = rows.where(visible_to(actor, Person.department_id), Person.id.not_in(second_people()))
    if wanted.departments is not None:
        rows = rows.where(Person.department_id.in_(sorted(wanted.departments)))
    if wanted.serving is not None:
        rows = rows.where(Person.left_on.is_(None) if wanted.serving else Person.left_on.is_not(None))
    if wanted.marked:
        disputed = select(IntegrityFile.person_id).join(Objection, Objection.file_id == IntegrityFile.id)
        rows = rows.where(Person.id.in_(disputed.where(Objection.status == ObjectionStatus.OPEN)))
    return rows.where(named(wanted.text)) if wanted.text.strip() else rows


def named(text: str) -> ColumnElement[bool]:
    """The condition that a person is found by what was typed."""
    return or_(*(starts(getattr(Person, key), typed) for key, typed in search_keys_of(text).items()))


def search_keys_of(text: str) -> dict[str, str]:
    """By what of a person to look what was typed up, and how it begins there."""
    typed = text.strip()
    small = "".join(filter(str.isalnum, typed.lower()))
    if not typed.isascii():
        return {"staff_no": typed, "name": typed}
    if typed.isdigit():  # which no name begins with
        return {"staff_no": typed}
    found = {"staff_no": typed, "pinyin": small, "initials": small}
    return {key: begins for key, begins in found.items() if begins}


END = "\U0010ffff"
"""What comes after every character: ``LIKE 'prefix%'`` as a range, which every index serves, under
row-level security too."""


def starts(column: InstrumentedAttribute[str], prefix: str) -> ColumnElement[bool]:
    """The condition that a text begins so."""
    return column.between(prefix, prefix + END)


def _states(session: Session, ids: Sequence[int]) -> dict[int, list[ServiceState]]:
    found: dict[int, list[ServiceState]] = {}
    rows = select(PersonState.person_id, PersonState.state).where(
        PersonState.person_id.in_(ids), state_runs(session)
    )
    for person_id, state in session.execute(rows):
        found.setdefault(person_id, []).append(ServiceState(state))
    return found


def _counts(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Positive and negative entries in force, and objections that run."""
    twins, ids = second_to_main(session), with_second_people(session, ids)
    found: dict[int, tuple[int, int, int]] = {}
    for person_id, number in _running(session, ids).items():
        main = twins.get(person_id, person_id)
        found[main] = (0, 0, found.get(main, (0, 0, 0))[2] + number)
    rows = (
        select(IntegrityFile.person_id, Item.polarity, func.count())
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Item, Entry.item_id == Item.id)
        .where(IntegrityFile.person_id.in_(ids), Entry.status.in_(IN_FORCE))
        .group_by(IntegrityFile.person_id, Item.polarity)
    )
    for person_id, polarity, number in session.execute(rows):
        person_id = twins.get(person_id, person_id)
        plus, minus, disputed = found.get(person_id, (0, 0, 0))
        positive = polarity == Polarity.POSITIVE
        found[person_id] = (plus + number * positive, minus + number * (not positive), disputed)
    return found


def _running(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Objections that run, by the key of the person."""
    rows = (
        select(IntegrityFile.person_id, func.count())
        .join(Objection, Objection.file_id == IntegrityFile.id)
        .where(IntegrityFile.person_id.in_(ids), Objection.status == ObjectionStatus.OPEN)
        .group_by(IntegrityFile.person_id)
    )
    return dict(session.execute(rows).all())


_Newest = tuple[str | None, str | None, EvaluationStatus | None, str, str]
_NONE: _Newest = (None, None, None, "", "")


def _newest(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, _Newest]:
    """Grade, period and status of the newest evaluation, and the grade in both languages."""
    rows = session.execute(
        select(
            IntegrityFile.person_id,
            Evaluation.grade,
            Evaluation.period_label,
            Evaluation.status,
            Evaluation.scheme_id,
        )
        .join(Evaluation, Evaluation.file_id == IntegrityFile.id)
        .where(IntegrityFile.person_id.in_(ids), Evaluation.status != EvaluationStatus.SUPERSEDED)
        .order_by(Evaluation.period_end, Evaluation.id)
    ).all()
    published = {one.id: one for one in schemes(session, actor)} if rows else {}
    return {
        row[0]: (
            row[1],
            row[2],
            EvaluationStatus(row[3]),
            band_name(published[row[4]], row[1], "zh"),
            band_name(published[row[4]], row[1], "en"),
        )
        for row in rows
    }
