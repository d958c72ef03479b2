"""Leads: registered, given to a handler with a due date, and closed with an outcome (有报必查)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import allow, file_of, lead_of, refuse, require_open
from app.commands.ledger import writing
from app.errors import Conflict, Invalid, NotFound
from app.permissions import Actor, Permission, require
from app.rules.inputs import NewLead
from app.rules.validation import check_lead, check_value, lead_contradictions
from app.words import tr
from models.accounts import Account
from models.conduct import Lead
from models.database import moment
from models.types import Day, LeadStatus, Uid, day_at, new_uid


def register_lead(session: Session, actor: Actor, new: NewLead, handler: str = "") -> Changes:
    """Register a complaint or report. ``handler``: login of who looks into it."""
    require(actor, Permission.KEEP_FILES)
    file, _ = file_of(session, actor, Permission.KEEP_FILES, new.staff_no)
    require_open(file)
    refuse(check_lead(new, day_at(moment(session))))
    with writing(session, actor, "register_lead") as ledger:
        lead = Lead(
            uid=new_uid(),
            file_id=file.id,
            department_id=file.department_id,
            channel=new.channel,
            order_no=new.order_no,
            received_on=new.received_on,
            occurred_on=new.occurred_on,
            due_on=new.due_on,
            matter=new.matter,
            commitment=new.commitment,
            status=new.status,
            closed_on=new.closed_on,
            outcome=new.outcome,
            registered_by=actor.account_id,
            handler_id=_handler(session, handler, file.person_id),
        )
        session.add(lead)
        ledger.add_row(file.chain_id, "lead_registered", "lead", Uid(lead.uid))
        return changed(Kind.LEADS, Uid(lead.uid))


def close_lead(
    session: Session, actor: Actor, uid: Uid, status: LeadStatus, closed_on: Day, outcome: str
) -> Changes:
    """Close a lead with its outcome in words. A substantiated one becomes an entry by ``record_entry``."""
    require(actor, Permission.KEEP_FILES)
    lead, file = lead_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    if lead.status != LeadStatus.OPEN:
        raise Conflict(tr("This lead was closed meanwhile."))
    if status is LeadStatus.OPEN:
        raise Invalid(tr("Say what came of the lead."), field="status")
    if not outcome.strip():
        raise Invalid(tr("Say in a sentence what was found."), field="outcome")
    ahead = check_value("closed_on", closed_on, day_at(moment(session)))
    closed = NewLead("", Day(lead.received_on), status=status, closed_on=closed_on)
    refuse([ahead] if ahead else lead_contradictions(closed))
    with writing(session, actor, "close_lead") as ledger:
        lead.status, lead.closed_on, lead.outcome = status, closed_on, outcome.strip()
        ledger.add_row(file.chain_id, "lead_closed", "lead", uid)
        return changed(Kind.LEADS, uid)


def _handler(session: Session, login: str, person_id: int) -> int | None:
    if not login:
        return None
    account = session.execute(select(Account).where(Account.login == login)).scalar_one_or_none()
    if account is None or account.person_id == person_id:
        sentence = tr(
            "{login} cannot look into this lead. Choose someone else (nobody handles the own case)."
        )
        raise NotFound(sentence.format(login=login), field="handler")
    return account.id
