"""What follows on a lead: rectification and its check, the answer to who complained, clearing."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from app.commands.changes import Changes
from app.commands.finding import lead_at_hand, needed, passed_day
from app.commands.leads import written
from app.commands.ledger import writing
from app.errors import Conflict, Invalid
from app.permissions import Actor, Permission, require
from app.rules.validation import is_day
from app.words import tr
from models.conduct import Lead
from models.database import moment
from models.types import ClearingScope, Day, LeadStatus, ReplyWay, Uid, day_at, iso


class Check(NamedTuple):
    """Somebody looked whether it was put right."""

    on: Day
    by: str
    remedied: bool
    note: str


class Clearing(NamedTuple):
    """A clearing (澄清) by the body that checked, in the scope to which the person agreed."""

    on: Day
    by: str
    scope: ClearingScope
    agreed_on: Day


def plan_remedy(session: Session, actor: Actor, uid: Uid, remedy: str, remedy_by: Day) -> Changes:
    """What is to be put right, and until when; anew where a check found it was not."""
    require(actor, Permission.READ_FILES)
    lead, chain_id = _closed(session, actor, uid, LeadStatus.SUBSTANTIATED)
    if lead.remedied:
        raise Conflict(tr("It was put right and checked already. Look at the lead again."))
    said = needed("remedy", remedy, tr("Say what is to be put right."), long=True)
    today = day_at(moment(session))
    if not is_day(remedy_by) or not remedy_by % 100 or remedy_by < today:
        sentence = tr("{date} has passed. Enter a day until which it can be put right.")
        raise Invalid(sentence.format(date=iso(remedy_by)), field="remedy_by")
    with writing(session, actor, "plan_remedy") as ledger:
        lead.remedy, lead.remedy_by = said, remedy_by
        lead.checked_on = lead.checked_by = lead.check_note = lead.remedied = None
        return written(ledger, "lead_remedy_planned", lead, chain_id)


def check_remedy(session: Session, actor: Actor, uid: Uid, check: Check) -> Changes:
    """Who checked when whether it was put right, and what was found."""
    require(actor, Permission.READ_FILES)
    lead, chain_id = _closed(session, actor, uid, LeadStatus.SUBSTANTIATED)
    if not lead.remedy:
        raise Conflict(tr("Nothing is to be put right yet. Say first what and until when."))
    if lead.remedied:
        raise Conflict(tr("It was put right and checked already. Look at the lead again."))
    by = needed("checked_by", check.by, tr("Enter who checked it."))
    note = needed("check_note", check.note, tr("Say in a sentence what was found."), long=True)
    on = passed_day("checked_on", check.on, _since(lead), day_at(moment(session)))
    with writing(session, actor, "check_remedy") as ledger:
        lead.checked_on, lead.checked_by, lead.check_note, lead.remedied = on, by, note, check.remedied
        return written(ledger, "lead_remedy_checked", lead, chain_id)


def record_reply(session: Session, actor: Actor, uid: Uid, replied_on: Day, way: ReplyWay) -> Changes:
    """When and how who complained was answered; neither to whom nor what."""
    require(actor, Permission.READ_FILES)
    lead, chain_id = _closed(session, actor, uid)
    if lead.replied_on:
        raise Conflict(tr("The answer is recorded already. Look at the lead again."))
    on = passed_day("replied_on", replied_on, Day(lead.received_on), day_at(moment(session)))
    with writing(session, actor, "record_reply") as ledger:
        lead.replied_on, lead.reply_way = on, way
        return written(ledger, "lead_replied", lead, chain_id)


def clear_lead(session: Session, actor: Actor, uid: Uid, clearing: Clearing) -> Changes:
    """Issue the clearing of a person of whom a lead was not substantiated."""
    require(actor, Permission.READ_FILES)
    lead, chain_id = _closed(session, actor, uid, LeadStatus.UNSUBSTANTIATED)
    if lead.file_id is None:
        raise Conflict(tr("This lead names nobody, so that there is nobody to clear."))
    if lead.cleared_on:
        raise Conflict(tr("The clearing is issued already. Look at the lead again."))
    by = needed("cleared_by", clearing.by, tr("Enter the body that checked, and therefore clears."))
    today = day_at(moment(session))
    agreed = passed_day("agreed_on", clearing.agreed_on, _since(lead), today)
    on = passed_day("cleared_on", clearing.on, agreed, today)
    with writing(session, actor, "clear_lead") as ledger:
        lead.cleared_on, lead.cleared_by = on, by
        lead.clearing_scope, lead.agreed_on = clearing.scope, agreed
        return written(ledger, "lead_cleared", lead, chain_id)


def _closed(session: Session, actor: Actor, uid: Uid, status: LeadStatus | None = None) -> tuple[Lead, int]:
    """A lead with an outcome, or with this one."""
    lead, chain_id = lead_at_hand(session, actor, uid)
    known = (LeadStatus.SUBSTANTIATED, LeadStatus.UNSUBSTANTIATED)
    if lead.status not in known or status not in (None, lead.status):
        raise Conflict(tr("The outcome of this lead is another one by now. Look at the lead again."))
    return lead, chain_id


def _since(lead: Lead) -> Day:
    return Day(lead.closed_on or lead.received_on)
