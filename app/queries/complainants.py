"""Who complained, told to registrar and handler of the lead and to nobody else."""

from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.errors import NotAllowed, NotFound
from app.permissions import Actor, Permission, require, require_other
from app.queries.recusal import recused
from app.words import tr
from models.conduct import Lead
from models.leads import Complainant
from models.people import IntegrityFile
from models.types import Uid


class ComplainantRow(NamedTuple):
    """Who complained, and how to answer."""

    name: str
    contact: str
    intact: bool
    """Whether it is what was registered, by the digest in the ledger."""


def complainant(session: Session, actor: Actor, uid: Uid) -> ComplainantRow:
    """Who complained in a lead. Raises NotAllowed for all but its registrar and handler, NotFound where
    nobody is kept: it was anonymous, or is destroyed."""
    require(actor, Permission.READ_FILES)
    found = session.execute(
        select(Lead.registered_by, Lead.handler_id, IntegrityFile.person_id, Complainant)
        .outerjoin(IntegrityFile, Lead.file_id == IntegrityFile.id)
        .outerjoin(Complainant, Complainant.lead_id == Lead.id)
        .where(Lead.uid == uid)
    ).one_or_none()
    if found is None or actor.account_id not in (found.registered_by, found.handler_id):
        raise NotAllowed(
            tr("Who complained is shown to who registered the lead and who looks into it alone.")
        )
    if found.person_id:
        require_other(actor, found.person_id)
        if recused(session, actor.person_id, found.person_id):
            raise NotAllowed(tr("This lead is about a relative of yours. Ask a colleague to do it."))
    kept = found.Complainant
    if kept is None:
        raise NotFound(tr("Nobody is kept with this lead."))
    intact = digest_of(kept.salt, kept.name, kept.contact) == kept.digest
    return ComplainantRow(kept.name, kept.contact, intact)


def digest_of(salt: bytes, name: str, contact: str) -> bytes:
    """What the ledger keeps of a complainant."""
    return sha256(salt + f"{name}\n{contact}".encode()).digest()


def tells_complainant(actor: Actor) -> ColumnElement[bool]:
    """The condition that somebody is kept with a lead whom the actor may be told."""
    kept = select(Complainant.id).where(Complainant.lead_id == Lead.id).exists()
    mine = or_(Lead.registered_by == actor.account_id, Lead.handler_id == actor.account_id)
    return and_(kept, mine)
