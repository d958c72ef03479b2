"""Discipline matters: only handed over. Date, body and number of the letter stay, and nothing else.

Matters of discipline are for the discipline bodies to keep, and what is reported of somebody is neither
fact nor official conduct while they look into it (监察法、纪检监察机关处理检举控告工作规则). So nothing of
one is written down here, not even whom it is about; and where something was, before anyone saw what it
is, it is lawfully erased with its handing over.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.complainants import erase_complainant
from app.commands.finding import lead_at_hand, lead_of, needed, passed_day
from app.commands.ledger import Ledger, writing
from app.errors import Conflict
from app.permissions import Actor, Permission, require
from app.rules.inputs import NewHandover
from app.words import tr
from models.conduct import Lead
from models.database import moment
from models.images import OFFICE_CHAIN
from models.leads import Handover
from models.types import Day, LeadStatus, Uid, day, day_at, new_uid

_LONG_AGO = day(1990, 1, 1)


def register_handover(session: Session, actor: Actor, new: NewHandover) -> Changes:
    """Register that a discipline matter was handed over."""
    require(actor, Permission.KEEP_FILES)
    new = _checked(session, new, _LONG_AGO)
    with writing(session, actor, "register_handover") as ledger:
        return changed(Kind.LEADS, _handover(session, actor, ledger, new))


def hand_over_lead(session: Session, actor: Actor, uid: Uid, new: NewHandover) -> Changes:
    """Hand over an open lead that turns out to be a discipline matter: what was written of it is erased.

    Its events stay in the chain without content; the last one names the letter by which it went.
    """
    require(actor, Permission.KEEP_FILES)
    lead, chain_id = lead_at_hand(session, actor, uid)
    require(actor, Permission.KEEP_FILES, lead.department_id)
    if lead.status != LeadStatus.OPEN:
        raise Conflict(tr("This lead was closed meanwhile."))
    new = _checked(session, new, Day(lead.received_on))
    with writing(session, actor, "hand_over_lead") as ledger:
        handover = _handover(session, actor, ledger, new)
        letter = {"handed_on": new.handed_on, "letter_no": new.letter_no}
        erase_lead(session, ledger, lead, chain_id, "lead_content_erased", letter)
        return changed(Kind.LEADS, handover)


def erase_lead(
    session: Session, ledger: Ledger, lead: Lead, chain_id: int, kind: str, why: dict[str, object]
) -> None:
    """Lawfully erase a lead with who complained, and the one on a department that it continues."""
    earlier = Uid(lead.continues) if lead.continues else None
    erase_complainant(session, ledger, lead)
    ledger.erase(chain_id, kind, Uid(lead.uid), why)
    session.delete(lead)
    session.flush()
    if earlier:
        erase_lead(session, ledger, lead_of(session, earlier)[0], OFFICE_CHAIN, kind, why)


def _checked(session: Session, new: NewHandover, since: Day) -> NewHandover:
    body = needed("body", new.body, tr("Enter the body that it was handed over to."))
    letter = needed("letter_no", new.letter_no, tr("Enter the number of the letter."))
    on = passed_day("handed_on", new.handed_on, since, day_at(moment(session)))
    taken = select(Handover.id).where(Handover.letter_no == letter, Handover.body == body)
    if session.execute(taken.limit(1)).first():
        raise Conflict(tr("This letter is registered already. Compare its number."), field="letter_no")
    return NewHandover(on, body, letter)


def _handover(session: Session, actor: Actor, ledger: Ledger, new: NewHandover) -> Uid:
    row = Handover(uid=new_uid(), registered_by=actor.account_id, **new._asdict())
    session.add(row)
    ledger.add_row(OFFICE_CHAIN, "handover_registered", "handover", Uid(row.uid))
    return Uid(row.uid)
