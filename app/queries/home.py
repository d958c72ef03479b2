"""What waits for somebody, and the year in a few numbers."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require, visible_to
from app.queries.evaluations import inbox
from models.conduct import Entry, ImportBatch, Item, Lead
from models.database import moment
from models.evaluations import Evaluation
from models.people import IntegrityFile, Person
from models.types import (
    Day,
    EntryStatus,
    EvaluationStatus,
    LeadStatus,
    Polarity,
    Uid,
    day_at,
)


class Waiting(NamedTuple):
    """One thing to be done, one Enter away from where it is done."""

    kind: str
    """``decide``, ``verify``, ``lead``, ``returned``, ``correct`` or ``batch``."""
    uid: Uid
    staff_no: str
    name: str
    text: str
    """Item, matter or period, as it stands in the record."""
    due_on: Day | None
    overdue: bool


class YearPicture(NamedTuple):
    """The year so far in the departments one may read."""

    label: str
    positive: tuple[int, ...]
    """Entries in force by month of the act, January first; without those dated to the year only."""
    negative: tuple[int, ...]
    bands: dict[str, int]
    """Evaluations of the year by band."""
    statuses: dict[EvaluationStatus, int]


class Home(NamedTuple):
    """The home page."""

    today: Day
    waiting: tuple[Waiting, ...]
    year: YearPicture


def home(session: Session, actor: Actor) -> Home:
    """What waits for the actor, the overdue first, and the pictures of the year."""
    require(actor, Permission.READ_FILES)
    today = day_at(moment(session))
    waiting = [*_to_decide(session, actor)]
    if actor.may(Permission.VERIFY_ENTRIES):
        waiting += [*_to_verify(session, actor), *_batches(session, actor)]
    if actor.may(Permission.KEEP_FILES):
        waiting += [*_leads(session, actor, today), *_returned(session, actor), *_to_correct(session, actor)]
    waiting.sort(key=lambda one: (not one.overdue, one.due_on or 99999999))
    return Home(today, tuple(waiting), _year(session, actor, today // 10000))


def _to_decide(session: Session, actor: Actor) -> list[Waiting]:
    return [
        Waiting("decide", row.uid, row.staff_no, row.name, row.period.label, None, False)
        for row in inbox(session, actor)
    ]


def _to_verify(session: Session, actor: Actor) -> list[Waiting]:
    rows = (
        select(Entry.uid, Person.staff_no, Person.name, Item.name_zh)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Item, Entry.item_id == Item.id)
        .where(
            Entry.status == EntryStatus.SUBMITTED,
            Entry.batch_id.is_(None),
            Entry.recorded_by != actor.account_id,
            Person.id != (actor.person_id or 0),
            visible_to(actor, Entry.department_id),
        )
        .order_by(Entry.id)
    )
    return [Waiting._make(("verify", *row, None, False)) for row in session.execute(rows)]


def _batches(session: Session, actor: Actor) -> list[Waiting]:
    rows = select(ImportBatch.uid, ImportBatch.file_name).where(
        ImportBatch.verified_by.is_(None),
        ImportBatch.kind == "entries",
        ImportBatch.imported_by != actor.account_id,
    )
    return [Waiting._make(("batch", uid, "", "", name, None, False)) for uid, name in session.execute(rows)]


def _leads(session: Session, actor: Actor, today: Day) -> list[Waiting]:
    rows = (
        select(Lead.uid, Person.staff_no, Person.name, Lead.matter, Lead.due_on)
        .join(IntegrityFile, Lead.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(
            Lead.status == LeadStatus.OPEN,
            Lead.due_on.is_not(None),
            Person.id != (actor.person_id or 0),
            visible_to(actor, Lead.department_id),
        )
        .order_by(Lead.due_on)
        .limit(200)
    )
    return [Waiting._make(("lead", *row, bool(row[4] and row[4] < today))) for row in session.execute(rows)]


def _returned(session: Session, actor: Actor) -> list[Waiting]:
    rows = (
        select(Evaluation.uid, Person.staff_no, Person.name, Evaluation.period_label)
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(Evaluation.status == EvaluationStatus.RETURNED, visible_to(actor, IntegrityFile.department_id))
    )
    return [Waiting._make(("returned", *row, None, False)) for row in session.execute(rows)]


def _to_correct(session: Session, actor: Actor) -> list[Waiting]:
    rows = (
        select(Entry.uid, Person.staff_no, Person.name, Item.name_zh)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Item, Entry.item_id == Item.id)
        .where(Entry.status == EntryStatus.RETURNED, Entry.recorded_by == actor.account_id)
    )
    return [Waiting._make(("correct", *row, None, False)) for row in session.execute(rows)]


def _year(session: Session, actor: Actor, number: int) -> YearPicture:
    months = {polarity: [0] * 12 for polarity in Polarity}
    entries = (
        select(Item.polarity, Entry.occurred_on, func.count())
        .join(Item, Entry.item_id == Item.id)
        .where(
            Entry.status.in_((EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)),
            Entry.occurred_on.between(number * 10000 + 100, number * 10000 + 1231),
            visible_to(actor, Entry.department_id),
        )
        .group_by(Item.polarity, Entry.occurred_on)
    )
    for polarity, occurred_on, count in session.execute(entries):
        months[Polarity(polarity)][occurred_on // 100 % 100 - 1] += count
    graded = (
        select(Evaluation.grade, Evaluation.status, func.count())
        .where(
            Evaluation.period_label == str(number),
            Evaluation.status != EvaluationStatus.SUPERSEDED,
            visible_to(actor, Evaluation.department_id),
        )
        .group_by(Evaluation.grade, Evaluation.status)
    )
    bands: Counter[str] = Counter()
    statuses: Counter[EvaluationStatus] = Counter()
    for band, status, count in session.execute(graded):
        bands[band or ""] += count
        statuses[EvaluationStatus(status)] += count
    positive, negative = (tuple(months[polarity]) for polarity in Polarity)
    return YearPicture(str(number), positive, negative, dict(bands), dict(statuses))
