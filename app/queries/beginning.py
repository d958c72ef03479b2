"""What a new office still lacks before its first year can be graded."""

from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.accounts import Account, AccountRole
from models.objections import Objection
from models.people import Person
from models.schemes import SchemeRow
from models.types import ObjectionStatus, Role


class Missing(StrEnum):
    """In the order in which it is seen to."""

    STANDARD = "standard"
    PEOPLE = "people"
    DECIDERS = "deciders"
    OBJECTION_OFFICER = "objection_officer"
    """Told only while an objection runs."""


def missing(session: Session, actor: Actor) -> tuple[Missing, ...]:
    """What is not there yet. For who keeps the files."""
    require(actor, Permission.KEEP_FILES)
    there = {
        Missing.STANDARD: select(SchemeRow.id).where(SchemeRow.of_office.is_(None)),
        Missing.PEOPLE: select(Person.id),
        Missing.DECIDERS: _holding(Role.DEPARTMENT_HEAD, Role.LEADER_IN_CHARGE),
    }
    runs = select(Objection.id).where(Objection.status == ObjectionStatus.OPEN)
    if session.execute(runs.limit(1)).first():
        there[Missing.OBJECTION_OFFICER] = _holding(Role.OBJECTION_OFFICER)
    return tuple(one for one, rows in there.items() if session.execute(rows.limit(1)).first() is None)


def _holding(*roles: Role) -> Select[int]:
    """Accounts that have any of these roles."""
    return (
        select(Account.id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(Account.active, AccountRole.role.in_(roles))
    )
