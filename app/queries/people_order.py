"""What people can be sorted by, each as columns of the database."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import Session, aliased

from app.permissions import Actor, Permission, require
from app.queries.schemes import schemes
from app.rules.ranks import RANKS
from models.conduct import Entry, Item
from models.database import moment
from models.evaluations import Evaluation
from models.people import IntegrityFile, Person, PersonState
from models.types import EntryStatus, EvaluationStatus, Polarity, day_at

IN_FORCE = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)


class PeopleOrder(StrEnum):
    """What people can be sorted by; from what is first to those who have none of it."""

    STAFF_NO = "staff_no"
    NAME = "name"
    DEPARTMENT = "department"
    POST = "post"
    RANK = "rank"
    """By seniority; ranks that the law does not name come after."""
    POSITIVE = "positive"
    """Number of entries in force."""
    NEGATIVE = "negative"
    STATE = "state"
    """Those on leave, on secondment and so on, then those who left."""
    GRADE = "grade"
    """Of the newest evaluation, the best first, whichever period it is of."""


def in_order(
    session: Session, actor: Actor, rows: Select[Any], order: PeopleOrder, descending: bool
) -> Select[Any]:
    """Rows of people in order."""
    require(actor, Permission.READ_FILES)
    match order:
        case PeopleOrder.POSITIVE | PeopleOrder.NEGATIVE:
            rows, by = _by_entries(rows, Polarity(order))
        case PeopleOrder.STATE:
            rows, by = _by_state(session, rows)
        case PeopleOrder.GRADE:
            rows, by = _by_grade(session, actor, rows)
        case _:
            by = _OWN[order]
    return rows.order_by(*(one.desc() if descending else one for one in (*by, Person.staff_no)))


_SENIORITY = case({rank: place for place, rank in enumerate(RANKS)}, value=Person.rank, else_=len(RANKS))
_OWN: dict[PeopleOrder, tuple[Any, ...]] = {
    PeopleOrder.STAFF_NO: (),
    PeopleOrder.NAME: (Person.pinyin,),
    PeopleOrder.DEPARTMENT: (Person.department_id,),
    PeopleOrder.POST: (Person.post == "", Person.post),
    PeopleOrder.RANK: (_SENIORITY, Person.rank),
}

_Ordered = tuple[Select[Any], tuple[Any, ...]]
_Main = aliased(IntegrityFile)


def _by_entries(rows: Select[Any], polarity: Polarity) -> _Ordered:
    """Those of a merged file count for the person whose file it was merged into."""
    person: ColumnElement[int] = func.coalesce(_Main.person_id, IntegrityFile.person_id)
    counted = (
        select(person.label("person_id"), func.count().label("number"))
        .select_from(Entry)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Item, Entry.item_id == Item.id)
        .outerjoin(_Main, IntegrityFile.merged_into == _Main.uid)
        .where(Item.polarity == polarity, Entry.status.in_(IN_FORCE))
        .group_by(person)
        .subquery()
    )
    number = func.coalesce(counted.c.number, 0)
    return rows.outerjoin(counted, counted.c.person_id == Person.id), (number,)


def state_runs(session: Session) -> ColumnElement[bool]:
    """The condition that a state of service runs today, or begins later."""
    return PersonState.until.is_(None) | (PersonState.until >= day_at(moment(session)))


def _by_state(session: Session, rows: Select[Any]) -> _Ordered:
    state = (
        select(func.min(PersonState.state))
        .where(PersonState.person_id == Person.id, state_runs(session))
        .scalar_subquery()
    )
    place = case((Person.left_on.is_not(None), 1), (state.is_not(None), 0), else_=2)
    return rows, (place, func.coalesce(state, ""), func.coalesce(Person.left_on, 0))


def _by_grade(session: Session, actor: Actor, rows: Select[Any]) -> _Ordered:
    """By the place of the grade in its own standard; then those not rated, then those without any."""
    ranks = [
        (and_(Evaluation.scheme_id == one.id, Evaluation.grade == grade), rank)
        for one in schemes(session, actor)
        for grade, rank in one.scheme.ranks.items()
    ]
    newest_first = Evaluation.period_end.desc(), Evaluation.id.desc()
    turn = func.row_number().over(partition_by=IntegrityFile.person_id, order_by=newest_first)
    every = (
        select(
            IntegrityFile.person_id,
            Evaluation.period_end,
            (case(*ranks, else_=_NOT_RATED) if ranks else literal(_NOT_RATED)).label("rank"),
            turn.label("turn"),
        )
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .where(Evaluation.status != EvaluationStatus.SUPERSEDED)
        .subquery()
    )
    rows = rows.outerjoin(every, and_(every.c.person_id == Person.id, every.c.turn == 1))
    return rows, (func.coalesce(every.c.rank, _NO_GRADE), -func.coalesce(every.c.period_end, 0))


_NOT_RATED, _NO_GRADE = 98, 99
