"""What a new office still lacks before its first year can be graded."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.accounts import Account, AccountRole
from models.people import Person
from models.schemes import SchemeRow
from models.types import Role


class Missing(StrEnum):
    """In the order in which it is seen to."""

    STANDARD = "standard"
    PEOPLE = "people"
    DECIDERS = "deciders"


def missing(session: Session, actor: Actor) -> tuple[Missing, ...]:
    """What is not there yet. For who keeps the files."""
    require(actor, Permission.KEEP_FILES)
    deciders = (
        select(Account.id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(Account.active, AccountRole.role.in_((Role.DEPARTMENT_HEAD, Role.LEADER_IN_CHARGE)))
    )
    there = {
        Missing.STANDARD: select(SchemeRow.id).where(SchemeRow.of_office.is_(None)),
        Missing.PEOPLE: select(Person.id),
        Missing.DECIDERS: deciders,
    }
    return tuple(one for one, rows in there.items() if session.execute(rows.limit(1)).first() is None)
