"""Leads: registered, given to a handler with a due date, and closed with an outcome (有报必查)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.accounts import actor_of
from app.commands.changes import Changes, Kind, changed
from app.commands.complainants import keep_complainant, pass_complainant_on
from app.commands.finding import file_of, lead_at_hand, lead_of, needed, refuse, require_open
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid, NotFound
from app.permissions import Actor, Permission, require
from app.queries.calendars import calendar
from app.rules.inputs import Circumstances, NewLead
from app.rules.leads import ASKED, HANDLE, REPLY
from app.rules.validation import Fault, Problem, check_lead, check_value, is_day, lead_contradictions
from app.words import tr
from models.accounts import Account
from models.conduct import Lead
from models.database import moment
from models.images import OFFICE_CHAIN
from models.leads import Promise
from models.people import Department, IntegrityFile
from models.types import Channel, Day, LeadStatus, Uid, day_at, iso, new_uid

_NOTHING_MORE = Circumstances()


def register_lead(
    session: Session, actor: Actor, new: NewLead, handler: str = "", more: Circumstances = _NOTHING_MORE
) -> Changes:
    """Register a complaint or report on service; without a staff number, on a department.

    ``handler``: login of who looks into it; the registrar where none is named. An open one that comes
    without a due date gets that of ``HANDLE``.
    """
    require(actor, Permission.KEEP_FILES)
    file = file_of(session, actor, Permission.KEEP_FILES, new.staff_no)[0] if new.staff_no else None
    if file:
        require_open(file)
    department_id = file.department_id if file else _department(session, actor, more.department_id)
    today = day_at(moment(session))
    _refuse_registering(session, new, more, today)
    handler_id = _handler(session, handler, file) if handler else actor.account_id
    with writing(session, actor, "register_lead") as ledger:
        lead = Lead(
            uid=new_uid(),
            file_id=file and file.id,
            department_id=department_id,
            channel=new.channel,
            order_no=new.order_no,
            received_on=new.received_on,
            occurred_on=new.occurred_on,
            due_on=new.due_on or calendar(session).add(today, HANDLE.days),
            matter=new.matter,
            commitment=new.commitment,
            status=new.status,
            closed_on=new.closed_on,
            outcome=new.outcome,
            registered_by=actor.account_id,
            handler_id=handler_id,
            hearing=more.hearing.strip() or None,
            promise=more.promise,
        )
        session.add(lead)
        written(ledger, "lead_registered", lead, file.chain_id if file else OFFICE_CHAIN)
        if more.complainant:
            keep_complainant(session, ledger, lead, more.complainant)
        return changed(Kind.LEADS, Uid(lead.uid))


def close_lead(
    session: Session,
    actor: Actor,
    uid: Uid,
    status: LeadStatus,
    closed_on: Day,
    outcome: str,
    handed_to: str = "",
    letter_no: str = "",
) -> Changes:
    """Close a lead with its outcome in words. A substantiated one becomes an entry by ``record_entry``.

    Handed over: to which body, by which letter. A discipline matter goes by ``hand_over_lead`` instead.
    """
    require(actor, Permission.READ_FILES)
    lead, chain_id = lead_at_hand(session, actor, uid)
    if lead.status != LeadStatus.OPEN:
        raise Conflict(tr("This lead was closed meanwhile."))
    if status in (LeadStatus.OPEN, LeadStatus.PASSED_ON):
        raise Invalid(tr("Say what came of the lead."), field="status")
    said = needed("outcome", outcome, tr("Say in a sentence what was found."), long=True)
    today = day_at(moment(session))
    ahead = check_value("closed_on", closed_on, today)
    closed = NewLead("", Day(lead.received_on), status=status, closed_on=closed_on)
    refuse([ahead] if ahead else lead_contradictions(closed))
    if status is LeadStatus.HANDED_OVER:
        lead.handed_to = needed("handed_to", handed_to, tr("Enter the body that it was handed over to."))
        lead.letter_no = needed("letter_no", letter_no, tr("Enter the number of the letter."))
    elif lead.channel in ASKED:
        lead.reply_by = calendar(session).add(today, REPLY.days)
    with writing(session, actor, "close_lead") as ledger:
        lead.status, lead.closed_on, lead.outcome = status, closed_on, said
        return written(ledger, "lead_closed", lead, chain_id)


def give_lead(session: Session, actor: Actor, uid: Uid, handler: str, reason: str) -> Changes:
    """Give an open lead to another handler (login), with the reason."""
    require(actor, Permission.KEEP_FILES)
    lead, file, chain_id = _open(session, actor, uid)
    handler_id = _handler(session, handler, file)
    if handler_id == lead.handler_id:
        raise Invalid(tr("It is in these hands already. Choose someone else."), field="handler")
    lead.reason = needed("reason", reason, tr("Give the reason in a sentence."), long=True)
    with writing(session, actor, "give_lead") as ledger:
        lead.handler_id = handler_id
        return written(ledger, "lead_given", lead, chain_id)


def extend_lead(session: Session, actor: Actor, uid: Uid, due_on: Day, reason: str) -> Changes:
    """Put the due date of an open lead off, with the reason."""
    require(actor, Permission.KEEP_FILES)
    lead, _, chain_id = _open(session, actor, uid)
    _refuse_due(due_on, max(day_at(moment(session)), Day(lead.due_on or 0)))
    lead.reason = needed("reason", reason, tr("Give the reason in a sentence."), long=True)
    with writing(session, actor, "extend_lead") as ledger:
        lead.due_on = due_on
        return written(ledger, "lead_extended", lead, chain_id)


def name_person(session: Session, actor: Actor, uid: Uid, staff_no: str) -> Changes:
    """Whom a lead about a department is about became known: it goes on as a lead about that person.

    What is in the office's chain stays there; the file begins with what is known now. Raises Conflict
    where somebody is named already.
    """
    require(actor, Permission.KEEP_FILES)
    lead, named, chain_id = _open(session, actor, uid)
    if named:
        raise Conflict(tr("Somebody is named already. Look at the lead again."))
    file, _ = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    require_open(file)
    handler = session.get_one(Account, lead.handler_id) if lead.handler_id else None
    if handler and file.person_id in actor_of(session, handler).recused:
        sentence = tr(
            "{name}, who looks into it, has to leave that to somebody else. Change the handler first."
        )
        raise Invalid(sentence.format(name=handler.name), field="staff_no")
    with writing(session, actor, "name_person") as ledger:
        values = {name: getattr(lead, name) for name in _SAID}
        further = Lead(
            uid=new_uid(),
            file_id=file.id,
            department_id=file.department_id,
            status=LeadStatus.OPEN,
            continues=lead.uid,
            **values,
        )
        session.add(further)
        lead.status, lead.closed_on = LeadStatus.PASSED_ON, day_at(ledger.moment)
        written(ledger, "lead_passed_on", lead, chain_id)
        pass_complainant_on(session, ledger, lead, further)
        return written(ledger, "lead_registered", further, file.chain_id)


_SAID = (
    *("channel", "order_no", "received_on", "occurred_on", "due_on", "matter", "commitment", "outcome"),
    *("registered_by", "handler_id", "hearing", "promise"),
)
"""What a lead goes on with once the person is known."""


def written(ledger: Ledger, kind: str, lead: Lead, chain_id: int) -> Changes:
    """Write the event of a lead."""
    uid = Uid(lead.uid)
    ledger.add_row(chain_id, kind, "lead", uid)
    return changed(Kind.LEADS, uid)


def _open(session: Session, actor: Actor, uid: Uid) -> tuple[Lead, IntegrityFile | None, int]:
    """For who keeps the files: an open lead, the file it is about, the key of its chain."""
    lead, chain_id = lead_at_hand(session, actor, uid)
    require(actor, Permission.KEEP_FILES, lead.department_id)
    if lead.status != LeadStatus.OPEN:
        raise Conflict(tr("This lead was closed meanwhile."))
    return lead, lead_of(session, uid)[1], chain_id


def _department(session: Session, actor: Actor, department_id: int | None) -> int:
    department = session.get(Department, department_id) if department_id else None
    if department is None or department.dissolved_on:
        sentence = tr("Say whom it is about, or at least which department.")
        raise Invalid(sentence, field="staff_no")
    require(actor, Permission.KEEP_FILES, department.id)
    return department.id


def _refuse_registering(session: Session, new: NewLead, more: Circumstances, today: Day) -> None:
    wrong = [one for one in check_lead(new, today) if one.field != "staff_no"]
    refuse(wrong)
    if not new.matter.strip():
        raise Invalid(tr("Say in a sentence what was reported."), field="matter")
    if new.due_on:
        _refuse_due(new.due_on, today)
    if new.channel is Channel.ENFORCEMENT_REVIEW:
        needed("hearing", more.hearing, tr("Say how the other party was heard."), long=True)
    if more.promise:
        found = session.execute(select(Promise.id).where(Promise.uid == more.promise)).first()
        if found is None:
            raise Invalid(tr("Choose a promise of the list."), field="promise")


def _refuse_due(due_on: Day, since: Day) -> None:
    if not is_day(due_on) or not due_on % 100:
        refuse([Problem("due_on", Fault.DATE_NO_DAY, iso(due_on))])
    if due_on < since:
        sentence = tr("The due date {date} has passed, or comes before the one set. Enter a later one.")
        raise Invalid(sentence.format(date=iso(due_on)), field="due_on")


def _handler(session: Session, login: str, file: IntegrityFile | None) -> int:
    """The account of an active colleague with something to do here, who may look into this case."""
    account = session.execute(select(Account).where(Account.login == login)).scalar_one_or_none()
    handler = actor_of(session, account) if account and account.active else None
    if (
        handler is None
        or not handler.may(Permission.READ_FILES)
        or (file and file.person_id in handler.recused)
    ):
        sentence = tr(
            "{login} cannot look into this lead. Choose someone else (nobody handles the own case)."
        )
        raise NotFound(sentence.format(login=login), field="handler")
    return handler.account_id
