"""Objections: those that run, those of a file, and what a person may object to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from app.permissions import Actor, Permission, require, visible_to
from app.queries.calendars import calendar
from app.queries.evaluations import name_of_band
from app.queries.objected import DECIDED
from app.queries.recusal import why_not_decide
from app.rules.objections import last_day_to_file
from app.rules.working_days import Calendar
from app.standards.schemes import published_scheme
from models.accounts import Account
from models.conduct import Entry, Item
from models.database import moment
from models.evaluations import Approval, Evaluation
from models.objections import Objection
from models.people import Department, IntegrityFile, Person
from models.schemes import SchemeRow
from models.types import (
    Day,
    EntryStatus,
    EvaluationStatus,
    Filing,
    Moment,
    ObjectionStatus,
    Remedy,
    Target,
    Uid,
    day_at,
    iso,
)

Rows = Select[*tuple[Any, ...]]
_Receiver, _Decider = aliased(Account), aliased(Account)


class ObjectionRow(NamedTuple):
    """One objection as it is read."""

    uid: Uid
    kind: Target
    target: Uid
    filed_on: Day
    term: int
    due_on: Day
    late: bool
    """Filed after the last day of the term."""
    claim: str
    filing: Filing
    received_by: str
    received_at: Moment
    status: ObjectionStatus
    closed_on: Day | None
    reasons: str
    document_no: str
    remedy: Remedy | None
    decided_by: str | None
    staff_no: str
    name: str
    department: str
    """The one complained of."""
    target_zh: str = ""
    target_en: str = ""
    left: int | None = None
    """Working days left, below nought when overdue; None when closed."""
    provisional: tuple[int, ...] = ()
    """Years whose holiday arrangement is not known, where the term runs into any."""
    why_not: str = ""
    """Why the actor does not decide it; empty where it may, or when it is closed."""

    def target_name(self, language: str) -> str:
        """What is objected to: the item and day of an entry, the period and grade of an evaluation."""
        return self.target_zh if language.startswith("zh") else self.target_en


class Challenge(NamedTuple):
    """What a person may object to."""

    kind: Target
    target: Uid
    zh: str
    en: str
    last_day: Day | None
    """After which it is late; None: at any time."""

    def name(self, language: str) -> str:
        """What it is, in a language."""
        return self.zh if language.startswith("zh") else self.en


class OwnObjections(NamedTuple):
    """What the person behind an account may object to, and has objected to."""

    open_to: tuple[Challenge, ...]
    filed: tuple[ObjectionRow, ...]


def running_objections(session: Session, actor: Actor) -> list[ObjectionRow]:
    """The objections that run where the actor may read, the first due first; without the own."""
    require(actor, Permission.READ_FILES)
    rows = _rows().where(
        Objection.status == ObjectionStatus.OPEN,
        visible_to(actor, IntegrityFile.department_id),
        IntegrityFile.person_id != (actor.person_id or 0),
    )
    return _read(session, actor, rows.order_by(Objection.due_on, Objection.id))


def to_amend(session: Session, actor: Actor) -> list[ObjectionRow]:
    """Upheld objections whose entry is to be recorded as it should have been, and is not yet."""
    require(actor, Permission.KEEP_FILES)
    target, anew = aliased(Entry), aliased(Entry)
    waits = (
        select(target.id)
        .where(target.uid == Objection.target, target.status == EntryStatus.REVOKED)
        .where(~select(anew.id).where(anew.supersedes_id == target.id).exists())
    )
    rows = _upheld(actor).where(Objection.remedy == Remedy.CORRECT, waits.exists())
    return _read(session, actor, rows)


def to_regrade(session: Session, actor: Actor) -> list[ObjectionRow]:
    """Upheld objections to grades in whose place nothing was submitted yet."""
    require(actor, Permission.PROPOSE_GRADES)
    target, anew = aliased(Evaluation), aliased(Evaluation)
    again = select(anew.id).where(
        anew.file_id == target.file_id,
        anew.period_start == target.period_start,
        anew.period_end == target.period_end,
        anew.status != EvaluationStatus.SUPERSEDED,
    )
    waits = select(target.id).where(target.uid == Objection.target, ~again.exists())
    return _read(session, actor, _upheld(actor).where(waits.exists()))


def _upheld(actor: Actor) -> Rows:
    return _rows().where(
        Objection.status == ObjectionStatus.UPHELD,
        visible_to(actor, IntegrityFile.department_id),
        IntegrityFile.person_id != (actor.person_id or 0),
    )


def objections_of(session: Session, actor: Actor, files: Sequence[int]) -> tuple[ObjectionRow, ...]:
    """The objections in files, the newest first."""
    require(actor, Permission.READ_FILES)
    rows = _rows().where(Objection.file_id.in_(files), visible_to(actor, IntegrityFile.department_id))
    return tuple(_read(session, actor, rows.order_by(Objection.filed_on.desc(), Objection.id.desc())))


def own_objections(session: Session, actor: Actor) -> OwnObjections:
    """What the person of the account may object to, and has objected to: the one look into the own file."""
    require(actor, Permission.OBJECT)
    rows = _rows().where(IntegrityFile.person_id == (actor.person_id or 0))
    filed = _read(session, actor, rows.order_by(Objection.filed_on.desc(), Objection.id.desc()))
    own = IntegrityFile.person_id == (actor.person_id or 0)
    return OwnObjections(tuple(_challenges(session, own)), tuple(filed))


def challenges(session: Session, actor: Actor, file_id: int) -> tuple[Challenge, ...]:
    """What the person of a file may object to now."""
    require(actor, Permission.READ_FILES)
    visible = visible_to(actor, IntegrityFile.department_id)
    return tuple(_challenges(session, visible & (IntegrityFile.id == file_id)))


def told_on(session: Session, evaluation_id: int) -> Day | None:
    """The day on which a grade was decided last, from which its term runs; None where it was not."""
    rows = (
        select(Approval.decided_at)
        .where(Approval.evaluation_id == evaluation_id, Approval.decision.in_(DECIDED))
        .order_by(Approval.id.desc())
        .limit(1)
    )
    found = session.execute(rows).scalar_one_or_none()
    return day_at(Moment(found)) if found is not None else None


def last_day_of(session: Session, row: Evaluation) -> Day:
    """The last day on which a decided grade may be objected to."""
    told = told_on(session, row.id) or day_at(moment(session))
    return last_day_to_file(told, calendar(session))


def _rows() -> Rows:
    return (
        select(Objection, _Receiver.name, _Decider.name, Person.staff_no, Person.name, Department.name)
        .join(IntegrityFile, Objection.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, Objection.department_id == Department.id)
        .join(_Receiver, Objection.received_by == _Receiver.id)
        .outerjoin(_Decider, Objection.decided_by == _Decider.id)
    )


def _read(session: Session, actor: Actor, rows: Rows) -> list[ObjectionRow]:
    found = session.execute(rows).all()
    if not found:
        return []
    names = target_names(session, [row[0].target for row in found])
    days, today = calendar(session), day_at(moment(session))
    return [_row(session, actor, row, names, days, today) for row in found]


def _row(
    session: Session,
    actor: Actor,
    row: Any,
    names: Mapping[str, tuple[str, str]],
    days: Calendar,
    today: Day,
) -> ObjectionRow:
    one: Objection = row[0]
    found = ObjectionRow(
        uid=Uid(one.uid),
        kind=Target(one.kind),
        target=Uid(one.target),
        filed_on=Day(one.filed_on),
        term=one.term,
        due_on=Day(one.due_on),
        late=one.late,
        claim=one.claim,
        filing=Filing(one.filing),
        received_by=row[1],
        received_at=Moment(one.received_at),
        status=ObjectionStatus(one.status),
        closed_on=Day(one.closed_on) if one.closed_on else None,
        reasons=one.reasons,
        document_no=one.document_no,
        remedy=Remedy(one.remedy) if one.remedy else None,
        decided_by=row[2],
        staff_no=row[3],
        name=row[4],
        department=row[5],
        target_zh=names.get(one.target, ("", ""))[0],
        target_en=names.get(one.target, ("", ""))[1],
        why_not=why_not_decide(session, one, actor) if one.status == ObjectionStatus.OPEN else "",
    )
    return running_on(found, days, today)


def running_on(row: ObjectionRow, days: Calendar, today: Day) -> ObjectionRow:
    """With how long it may still run, where it runs."""
    if row.status is not ObjectionStatus.OPEN:
        return row
    return row._replace(
        left=days.working_days_between(today, row.due_on),
        provisional=days.unknown(row.filed_on, row.due_on),
    )


def complained_of(session: Session, uids: Sequence[Uid]) -> dict[Uid, str]:
    """The department that each objection complains of: where the file was then, and that stays."""
    rows = (
        select(Objection.uid, Department.name)
        .join(Department, Objection.department_id == Department.id)
        .where(Objection.uid.in_(uids))
    )
    return {Uid(uid): name for uid, name in session.execute(rows)}


def target_names(session: Session, uids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What entries and evaluations are called, in both languages, by uid."""
    wanted = list(uids)
    entries = (
        select(Entry.uid, Item.name_zh, Item.name_en, Entry.occurred_on)
        .join(Item, Entry.item_id == Item.id)
        .where(Entry.uid.in_(wanted))
    )
    found = {
        uid: (f"{zh} {iso(Day(day))}", f"{en} {iso(Day(day))}")
        for uid, zh, en, day in session.execute(entries)
    }
    graded = (
        select(Evaluation.uid, Evaluation.period_label, Evaluation.grade, SchemeRow.text)
        .join(SchemeRow, Evaluation.scheme_id == SchemeRow.id)
        .where(Evaluation.uid.in_(wanted))
    )
    for uid, period, band, text in session.execute(graded):
        zh, en = (name_of_band(published_scheme(text), band, language) for language in ("zh", "en"))
        found[uid] = (f"{period} {zh}", f"{period} {en}")
    return found


def _challenges(session: Session, which: ColumnElement[bool]) -> list[Challenge]:
    entries = (
        select(Entry.uid)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .where(which, Entry.status == EntryStatus.EFFECTIVE)
        .order_by(Entry.occurred_on.desc(), Entry.id.desc())
    )
    runs = select(Objection.id).where(
        Objection.target == Evaluation.uid, Objection.status == ObjectionStatus.OPEN
    )
    graded = (
        select(Evaluation)
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .where(which, Evaluation.status.in_(DECIDED), ~runs.exists())
        .order_by(Evaluation.period_end.desc(), Evaluation.id.desc())
    )
    grades = session.execute(graded).scalars().all()
    uids = session.execute(entries).scalars().all()
    names = target_names(session, [*(row.uid for row in grades), *uids])
    return [
        *(
            Challenge(Target.EVALUATION, Uid(row.uid), *names[row.uid], last_day_of(session, row))
            for row in grades
        ),
        *(Challenge(Target.ENTRY, Uid(uid), *names[uid], None) for uid in uids),
    ]
