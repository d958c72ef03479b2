"""Who complained: kept apart from the lead, for its registrar and handler alone, and destroyed in the end.

The ledger keeps a salted digest in the office's chain: nothing of it stands in the file of the person
complained of, and nothing that could be read stands anywhere else.
"""

import os

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import lead_at_hand, needed, short
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, NotFound
from app.permissions import Actor, Permission, require
from app.queries.leads import digest_of
from app.rules.inputs import NewComplainant
from app.words import tr
from models.conduct import Lead
from models.images import OFFICE_CHAIN
from models.leads import Complainant
from models.types import LeadStatus, Uid, new_uid

SALT_BYTES = 16


def keep_complainant(session: Session, ledger: Ledger, lead: Lead, new: NewComplainant) -> None:
    """Keep who complained, with a lead that was just registered."""
    name = needed("complainant", new.name, tr("Enter who complained, or leave the contact empty too."))
    contact, salt = short("contact", new.contact), os.urandom(SALT_BYTES)
    row = Complainant(
        uid=new_uid(),
        lead_id=lead.id,
        name=name,
        contact=contact,
        salt=salt,
        digest=digest_of(salt, name, contact),
    )
    session.add(row)
    ledger.add_row(OFFICE_CHAIN, "complainant_kept", "complainant", Uid(row.uid))


def pass_complainant_on(session: Session, ledger: Ledger, lead: Lead, further: Lead) -> None:
    """Who complained goes along to the lead in which the matter goes on."""
    if row := _row(session, lead):
        session.flush()
        row.lead_id = further.id
        ledger.add_row(OFFICE_CHAIN, "complainant_passed_on", "complainant", Uid(row.uid))


def destroy_complainant(session: Session, actor: Actor, uid: Uid) -> Changes:
    """Nobody needs to know any more who complained: the outcome is known, and the answer given.

    Also by who keeps the files without being shown it, for registrars and handlers go. ``uid``: of the lead.
    """
    require(actor, Permission.READ_FILES)
    lead, _ = lead_at_hand(session, actor, uid)
    if _row(session, lead) is None:
        raise NotFound(tr("Nobody is kept with this lead."))
    if lead.status == LeadStatus.OPEN or (lead.reply_by and not lead.replied_on):
        raise Conflict(tr("Who complained is still to be answered. Record the answer first."))
    with writing(session, actor, "destroy_complainant") as ledger:
        erase_complainant(session, ledger, lead)
        return changed(Kind.LEADS, uid)


def erase_complainant(session: Session, ledger: Ledger, lead: Lead) -> None:
    """Take away who complained, if anybody is kept; the digest goes too, since the salt does."""
    row = _row(session, lead)
    if row is None:
        return
    ledger.erase(OFFICE_CHAIN, "complainant_erased", Uid(row.uid), {"lead": lead.uid})
    session.delete(row)
    session.flush()


def _row(session: Session, lead: Lead) -> Complainant | None:
    return session.execute(select(Complainant).where(Complainant.lead_id == lead.id)).scalar_one_or_none()
