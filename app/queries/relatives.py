"""Which relatives an account has declared: only the pair and the relation are kept."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.accounts import Account
from models.people import Person
from models.recusal import Relative
from models.types import Kinship, Uid


class RelativeRow(NamedTuple):
    """One relative whose file an account keeps away from."""

    uid: Uid
    login: str
    staff_no: str
    name: str
    relation: Kinship


def own_relatives(session: Session, actor: Actor) -> tuple[RelativeRow, ...]:
    """Those that the actor declared, by staff number."""
    require(actor, Permission.READ_FILES)
    return _relatives(session, Relative.account_id == actor.account_id)


def relatives_of(session: Session, actor: Actor, login: str) -> tuple[RelativeRow, ...]:
    """Those of an account, for who manages accounts."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    return _relatives(session, Account.login == login)


def _relatives(session: Session, whose: ColumnElement[bool]) -> tuple[RelativeRow, ...]:
    rows = (
        select(Relative.uid, Account.login, Person.staff_no, Person.name, Relative.relation)
        .join(Account, Relative.account_id == Account.id)
        .join(Person, Relative.person_id == Person.id)
        .where(whose, Relative.ended.is_(False))
        .order_by(Person.staff_no)
    )
    return tuple(
        RelativeRow(Uid(uid), login, staff_no, name, Kinship(relation))
        for uid, login, staff_no, name, relation in session.execute(rows)
    )
