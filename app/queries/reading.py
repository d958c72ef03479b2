"""The register of readings and prints: whether the actor has registered, and who read what."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, daily, others, require, visible_to
from models.accounts import Account
from models.database import moment
from models.objections import Objection
from models.people import Department, IntegrityFile, Person
from models.reading import Reading
from models.types import Access, Day, Moment, ObjectionStatus, Uid, day_after, day_at, moment_of


class ReadingRow(NamedTuple):
    """One line of the register."""

    uid: Uid
    read_at: Moment
    reader: str
    how: Access
    purpose: str
    document_no: str
    staff_no: str
    name: str
    department: str


def has_read(session: Session, actor: Actor, file_id: int) -> bool:
    """Whether the actor has registered today to read a file."""
    require(actor, Permission.READ_FILES)
    today = day_at(moment(session))
    rows = select(Reading.id).where(
        Reading.file_id == file_id,
        Reading.account_id == actor.account_id,
        Reading.how == Access.OPENED,
        Reading.read_at >= moment_of(today),
    )
    return session.execute(rows.limit(1)).first() is not None


def may_look(session: Session, actor: Actor, file_id: int, department_id: int) -> bool:
    """Whether a file belongs to the actor's daily work, or was opened today with a purpose.

    To who decides on objections it belongs while one runs.
    """
    require(actor, Permission.READ_FILES)
    if daily(actor, department_id) or has_read(session, actor, file_id):
        return True
    runs = select(Objection.id).where(Objection.file_id == file_id, Objection.status == ObjectionStatus.OPEN)
    decides = actor.may(Permission.DECIDE_OBJECTIONS, department_id)
    return decides and session.execute(runs.limit(1)).first() is not None


def readings(
    session: Session,
    actor: Actor,
    since: Day,
    until: Day,
    wanted: frozenset[int] | None = None,
    file_id: int | None = None,
) -> tuple[ReadingRow, ...]:
    """The register from one day to another, both included, the oldest first.

    ``wanted``: only of these departments. ``file_id``: only of one file.
    """
    require(actor, Permission.READ_FILES)
    rows = (
        select(
            Reading.uid,
            Reading.read_at,
            Account.name,
            Reading.how,
            Reading.purpose,
            Reading.document_no,
            Person.staff_no,
            Person.name,
            Department.name,
        )
        .join(Account, Reading.account_id == Account.id)
        .join(IntegrityFile, Reading.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, Reading.department_id == Department.id)
        .where(
            Reading.read_at.between(moment_of(since), moment_of(day_after(until)) - 1),
            others(actor, Person.id),
            visible_to(actor, Reading.department_id),
        )
        .order_by(Reading.id)
    )
    if wanted is not None:
        rows = rows.where(Reading.department_id.in_(sorted(wanted)))
    if file_id is not None:
        rows = rows.where(Reading.file_id == file_id)
    return tuple(ReadingRow._make(row)._replace(how=Access(row.how)) for row in session.execute(rows))
