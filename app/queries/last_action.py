"""What an account did last, so that it can be taken back."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.ledger import Chain, Command, Event
from models.people import IntegrityFile, Person
from models.types import Moment, Uid

OF_THE_PROGRAM = ("seal_heads", "open_file", "register_prints", "register_export", "copy_evidence")
"""What is written along the way, and therefore is nobody's last action."""


class LastAction(NamedTuple):
    """The newest action of an account."""

    command: Uid
    verb: str
    moment: Moment
    kind: str
    """Kind of its first event; empty where it wrote none."""
    staff_no: str
    """Whose file that was; empty where it was the office's."""
    name: str


def last_action(session: Session, actor: Actor) -> LastAction | None:
    """The last thing the actor did, whether it can be taken back or not; None where that is nothing yet."""
    require(actor, Permission.READ_FILES)
    told = (func.coalesce(one, "") for one in (Event.kind, Person.staff_no, Person.name))
    rows = (
        select(Command.uid, Command.kind, Command.moment, *told)
        .outerjoin(Event, Event.command_id == Command.id)
        .outerjoin(Chain, Event.chain_id == Chain.id)
        .outerjoin(IntegrityFile, IntegrityFile.chain_id == Chain.id)
        .outerjoin(Person, IntegrityFile.person_id == Person.id)
        .where(Command.actor_uid == actor.uid, Command.kind.not_in(OF_THE_PROGRAM))
        .order_by(Command.id.desc(), Event.id)
        .limit(1)
    )
    found = session.execute(rows).one_or_none()
    return LastAction._make(found) if found else None
