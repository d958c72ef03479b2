"""The life of a conduct entry: recorded, verified or returned; disputed, revoked."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import allow, entry_of, file_of, item_of, lead_of, refuse
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid, NotAllowed
from app.permissions import Actor, Permission, require
from app.rules.inputs import NewEntry
from app.rules.validation import check_entry
from app.words import tr
from models.conduct import Entry
from models.database import moment
from models.people import IntegrityFile
from models.types import Day, EntryStatus, LeadStatus, Uid, day_at, new_uid


@dataclass(frozen=True, slots=True)
class Basis:
    """The decision by which an entry changes its standing."""

    document_no: str
    on: Day
    reason: str


def record_entry(
    session: Session, actor: Actor, new: NewEntry, lead: Uid | None = None, uid: Uid | None = None
) -> Changes:
    """Submit an entry for verification.

    ``lead``: the substantiated lead it comes from. ``uid`` names the command, where a retry is possible.
    """
    require(actor, Permission.KEEP_FILES)
    file, _ = file_of(session, actor, Permission.KEEP_FILES, new.staff_no)
    item = item_of(session, new.item)
    refuse(check_entry(new, day_at(moment(session))))
    lead_id = _substantiated(session, lead, file) if lead else None
    with writing(session, actor, "record_entry", uid) as ledger:
        entry = Entry(
            uid=new_uid(),
            file_id=file.id,
            department_id=file.department_id,
            act=new.act or new_uid(),
            item_id=item.id,
            status=EntryStatus.SUBMITTED,
            occurred_on=new.occurred_on,
            decided_on=new.decided_on,
            ended_on=new.ended_on,
            authority=new.authority,
            level=new.level,
            document_no=new.document_no,
            facts=new.facts,
            channel=new.channel,
            commitment=new.commitment,
            recorded_by=actor.account_id,
            recorded_at=ledger.moment,
            lead_id=lead_id,
        )
        session.add(entry)
        return _written(ledger, "entry_submitted", entry, file)


def _substantiated(session: Session, uid: Uid, file: IntegrityFile) -> int:
    """The lead of an entry: what is not substantiated, or is about someone else, leads to none."""
    lead, about = lead_of(session, uid)
    if about.id != file.id or lead.status != LeadStatus.SUBSTANTIATED:
        raise Invalid(
            tr("An entry comes from a substantiated lead about the same person. Close the lead first."),
            field="lead",
        )
    return lead.id


def verify_entry(session: Session, actor: Actor, uid: Uid) -> Changes:
    """A second person has compared the entry with its evidence: it takes effect."""
    require(actor, Permission.VERIFY_ENTRIES)
    entry, file = _to_verify(session, actor, uid)
    with writing(session, actor, "verify_entry") as ledger:
        entry.status = EntryStatus.EFFECTIVE
        entry.verified_by, entry.verified_at = actor.account_id, ledger.moment
        return _written(ledger, "entry_verified", entry, file)


def return_entry(session: Session, actor: Actor, uid: Uid, reason: str) -> Changes:
    """The second person sends the entry back with a reason, which it keeps."""
    require(actor, Permission.VERIFY_ENTRIES)
    entry, file = _to_verify(session, actor, uid)
    with writing(session, actor, "return_entry") as ledger:
        entry.status = EntryStatus.RETURNED
        entry.status_reason, entry.status_on = _said(reason), day_at(ledger.moment)
        return _written(ledger, "entry_returned", entry, file)


def dispute_entry(session: Session, actor: Actor, uid: Uid, basis: Basis) -> Changes:
    """The person objects: the entry is marked at once, and counts on while the objection runs."""
    require(actor, Permission.KEEP_FILES)
    return _change(session, actor, uid, EntryStatus.DISPUTED, basis, {EntryStatus.EFFECTIVE})


def revoke_entry(session: Session, actor: Actor, uid: Uid, basis: Basis) -> Changes:
    """A decision overturned the entry, reward or sanction alike (公务员法 第五十六条; 处分条例)."""
    require(actor, Permission.KEEP_FILES)
    if not basis.document_no:
        sentence = tr("Enter the number of the decision that overturned the entry.")
        raise Invalid(sentence, field="document_no")
    revocable = {EntryStatus.EFFECTIVE, EntryStatus.DISPUTED}
    return _change(session, actor, uid, EntryStatus.REVOKED, basis, revocable)


def _change(
    session: Session, actor: Actor, uid: Uid, status: EntryStatus, basis: Basis, allowed: set[EntryStatus]
) -> Changes:
    entry, file = entry_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    if entry.status not in allowed:
        raise Conflict(tr("This entry does not stand as it did. Look at the file again, then decide."))
    with writing(session, actor, f"entry_{status}") as ledger:
        entry.status = status
        entry.status_document, entry.status_on = basis.document_no, basis.on
        entry.status_reason = _said(basis.reason)
        return _written(ledger, f"entry_{status}", entry, file)


def _to_verify(session: Session, actor: Actor, uid: Uid) -> tuple[Entry, IntegrityFile]:
    entry, file = entry_of(session, uid)
    allow(actor, Permission.VERIFY_ENTRIES, file)
    if entry.status != EntryStatus.SUBMITTED:
        raise Conflict(tr("This entry was verified or returned meanwhile."))
    if entry.recorded_by == actor.account_id:
        raise NotAllowed(tr("You recorded this entry. Someone else has to verify it."))
    return entry, file


def _written(ledger: Ledger, kind: str, entry: Entry, file: IntegrityFile) -> Changes:
    file.content_version = IntegrityFile.content_version + 1  # by the database: another desk may be at it too
    uid = Uid(entry.uid)
    ledger.add_row(file.chain_id, kind, "entry", uid)
    return changed(Kind.ENTRIES, uid)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid(tr("Give the reason in a sentence."), field="reason")
    return reason.strip()
