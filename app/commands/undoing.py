"""Takes back one's own last action, while nothing came after it. The history keeps both."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.commands.changes import Changes, Kind
from app.commands.finding import allow, content_changed
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, NotAllowed
from app.permissions import Actor, Permission, require
from app.queries.history import record_of
from app.queries.last_action import OF_THE_PROGRAM
from app.words import tr
from models.accounts import Account
from models.conduct import Entry, Lead
from models.entry_life import Notice, Revocation
from models.evaluations import Approval, Evaluation
from models.ledger import Command, Event, EventContent
from models.people import IntegrityFile
from models.types import EntryStatus, EvaluationStatus, Moment, Uid, local_time, new_uid

UNDOABLE = frozenset(
    {
        "verify_entry",
        "return_entry",
        "withdraw_entry",
        "correct_conduct",
        "confirm_revocation",
        "refuse_revocation",
        "lift_sanction",
        "conclude_hearing",
        "close_lead",
        "evaluation_approved",
        "evaluation_returned",
    }
)
"""Commands that change where a record stands. What is recorded anew is withdrawn or revoked instead."""
_STANDING: Mapping[str, tuple[type[Any], tuple[str, ...], Kind]] = {
    "entry": (
        Entry,
        (
            *("status", "status_document", "status_on", "status_reason", "verified_by"),
            *("corrected_on", "corrected_document", "corrected_reason", "lifted_on", "lifted_document"),
        ),
        Kind.ENTRIES,
    ),
    "notice": (Notice, ("finding",), Kind.ENTRIES),
    "revocation": (Revocation, ("status", "verified_by", "refusal"), Kind.ENTRIES),
    "lead": (Lead, ("status", "closed_on", "outcome"), Kind.LEADS),
    "evaluation": (Evaluation, ("status",), Kind.EVALUATIONS),
}
"""Of each kind of record its table, and the values that say where it stands."""


def undo(session: Session, actor: Actor, command: Uid) -> Changes:
    """Put the records of the actor's last action back to where they stood before it.

    Raises NotAllowed where somebody else did it, Conflict where it is not the last action, is none that can
    be taken back, or something touched a record since; each says which.
    """
    require(actor, Permission.READ_FILES)
    done = session.execute(select(Command).where(Command.uid == command)).scalar_one()
    _refuse(session, actor, done)
    events = session.execute(
        select(Event).where(Event.command_id == done.id).order_by(Event.chain_id, Event.seq)
    ).scalars()
    changes = Changes()
    with writing(session, actor, "undo") as ledger:
        for event in events.all():
            changes |= _put_back(session, actor, ledger, event)
    return changes


def _refuse(session: Session, actor: Actor, done: Command) -> None:
    if done.actor_uid != actor.uid:
        sentence = tr("{name} did this. Only who did it can take it back.")
        raise NotAllowed(sentence.format(name=done.actor_name))
    if done.kind not in UNDOABLE:
        raise Conflict(
            tr("This cannot be taken back. Withdraw, correct or revoke what was recorded instead.")
        )
    own = select(func.max(Command.id)).where(
        Command.actor_uid == actor.uid, Command.kind.not_in(OF_THE_PROGRAM)
    )
    if session.execute(own).scalar_one() != done.id:
        raise Conflict(tr("You have done something else since. Only the last action can be taken back."))
    earlier, later = aliased(Event), aliased(Event)
    touched = (
        select(Command.actor_name, Command.moment)
        .join(later, later.command_id == Command.id)
        .join(earlier, (later.chain_id == earlier.chain_id) & (later.subject == earlier.subject))
        .where(earlier.command_id == done.id, later.seq > earlier.seq, later.command_id != done.id)
        .limit(1)
    )
    if found := session.execute(touched).one_or_none():
        time = f"{local_time(Moment(found.moment)):%Y-%m-%d %H:%M}"
        sentence = tr("{name} went on from here at {time}. What somebody built on is not taken back.")
        raise Conflict(sentence.format(name=found.actor_name, time=time))


def _put_back(session: Session, actor: Actor, ledger: Ledger, event: Event) -> Changes:
    before = _content_before(session, event)
    record = record_of(event.kind, before) if before else ""
    if record not in _STANDING:
        return Changes()  # the record of a decision stays, and another one says that it was taken back
    table, values, kind = _STANDING[record]
    row = session.execute(select(table).where(table.uid == event.subject)).scalar_one()
    file = session.get_one(IntegrityFile, row.file_id)
    allow(actor, Permission.READ_FILES, file)
    if record == "entry" and before["status"] == EntryStatus.SUBMITTED:
        _refuse_told(session, row)
    for name in values:
        setattr(row, name, _value(session, name, before.get(name)))
    if record == "entry":
        row.verified_at = row.verified_at if row.verified_by else None
        content_changed(session, file)
    ledger.add_row(file.chain_id, f"{record}_undone", record, Uid(row.uid))
    if record == "evaluation":
        _take_back(session, actor, ledger, row, file)
    return Changes(frozenset({kind}), (Uid(row.uid),))


def _refuse_told(session: Session, row: Entry) -> None:
    """A verification is not taken back once the person was told by a notice."""
    if session.execute(select(Notice.id).where(Notice.entry_id == row.id).limit(1)).first():
        raise Conflict(tr("The person was told of this entry meanwhile. Withdraw or revoke it instead."))


def _content_before(session: Session, event: Event) -> Mapping[str, Any]:
    """The image of the record before an event; empty where the event began it."""
    rows = (
        select(EventContent.content)
        .join(Event, EventContent.event_id == Event.id)
        .where(Event.chain_id == event.chain_id, Event.subject == event.subject, Event.seq < event.seq)
        .order_by(Event.seq.desc())
        .limit(1)
    )
    content = session.execute(rows).scalar_one_or_none()
    return json.loads(content) if content else {}


def _value(session: Session, name: str, value: Any) -> Any:
    if name == "verified_by" and value:
        return session.execute(select(Account.id).where(Account.uid == value)).scalar_one()
    return value


def _take_back(session: Session, actor: Actor, ledger: Ledger, row: Evaluation, file: IntegrityFile) -> None:
    """A decision that was taken back stays on record, followed by one that says so."""
    last = session.execute(
        select(Approval).where(Approval.evaluation_id == row.id).order_by(Approval.id.desc()).limit(1)
    ).scalar_one()
    approval = Approval(
        uid=new_uid(),
        evaluation_id=row.id,
        step=last.step,
        decision=EvaluationStatus.SUBMITTED,
        reason="",
        account_id=actor.account_id,
        account_name=actor.name,
        decided_at=ledger.moment,
        method=last.method,
        inputs_digest=row.inputs_digest,
    )
    session.add(approval)
    ledger.add_row(file.chain_id, "evaluation_undone", "approval", Uid(approval.uid))
