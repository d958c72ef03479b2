"""The life of an entry: recorded, verified or returned; recorded again or withdrawn; disputed, revoked.

And of the wrong that it tells of: put right by who did it.
"""

from collections.abc import Set
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import (
    allow,
    content_changed,
    entry_of,
    file_of,
    item_of,
    lead_of,
    refuse,
    require_open,
)
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid, NotAllowed
from app.permissions import Actor, Permission, require
from app.rules.inputs import NewEntry
from app.rules.validation import before, check_entry, check_value, item_contradictions
from app.words import mark, tr
from models.conduct import Entry, Item
from models.database import moment
from models.people import IntegrityFile
from models.types import Day, EntryStatus, LeadStatus, Polarity, Uid, day_at, iso, new_uid


@dataclass(frozen=True, slots=True)
class Basis:
    """The document by which an entry changes its standing, or the wrong was put right."""

    document_no: str
    on: Day
    reason: str


def record_entry(
    session: Session,
    actor: Actor,
    new: NewEntry,
    lead: Uid | None = None,
    uid: Uid | None = None,
    instead_of: Uid | None = None,
) -> Changes:
    """Submit an entry for verification.

    ``lead``: the substantiated lead it comes from. ``uid`` names the command, where a retry is possible.
    ``instead_of``: the returned entry of the same file that is hereby recorded again; its lead stays.
    """
    require(actor, Permission.KEEP_FILES)
    file, _ = file_of(session, actor, Permission.KEEP_FILES, new.staff_no)
    if not instead_of:
        require_open(file)
    item = item_of(session, new.item)
    refuse(check_entry(new, day_at(moment(session))) + item_contradictions(new, Polarity(item.polarity)))
    earlier = _returned(session, instead_of, file) if instead_of else None
    lead_id = _substantiated(session, lead, file) if lead else earlier and earlier.lead_id
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
            quantity=new.quantity,
            given_points=new.given_points,
            given_reason=new.given_reason or None,
            capacity=new.capacity,
            authors=new.authors,
            corrected_on=new.corrected_on,
            corrected_document=new.corrected_document or None,
            recorded_by=actor.account_id,
            recorded_at=ledger.moment,
            supersedes_id=earlier and earlier.id,
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


def _returned(session: Session, uid: Uid, file: IntegrityFile) -> Entry:
    """The entry of the file that came back from verification and is neither recorded again nor withdrawn."""
    entry, whose = entry_of(session, uid)
    again = select(Entry.id).where(Entry.file_id == file.id, Entry.supersedes_id == entry.id)
    if whose.id != file.id or entry.status != EntryStatus.RETURNED or session.execute(again.limit(1)).first():
        raise Conflict(
            tr(
                "The returned entry was recorded again or withdrawn meanwhile. Look at the file again; "
                "clear the form to record another entry."
            )
        )
    return entry


def withdraw_entry(session: Session, actor: Actor, uid: Uid, reason: str) -> Changes:
    """What came back from verification is not recorded after all. It stays on file and never counts."""
    require(actor, Permission.KEEP_FILES)
    _, file = entry_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    entry = _returned(session, uid, file)
    with writing(session, actor, "withdraw_entry") as ledger:
        entry.status = EntryStatus.WITHDRAWN
        entry.status_reason, entry.status_on = said(reason), day_at(ledger.moment)
        return _written(ledger, "entry_withdrawn", entry, file)


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
        entry.status_reason, entry.status_on = said(reason), day_at(ledger.moment)
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
    return _change(session, actor, uid, EntryStatus.REVOKED, basis, _IN_FORCE)


def correct_conduct(session: Session, actor: Actor, uid: Uid, basis: Basis) -> Changes:
    """The wrong itself was put right: paid back, carried out, served (改正、履行完毕). The record stays.

    What that is worth is for the standard to say. Something wrong in the record is another matter: then
    the entry is revoked, and recorded as it should have been.
    """
    require(actor, Permission.KEEP_FILES)
    entry, file = entry_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    if session.get_one(Item, entry.item_id).polarity != Polarity.NEGATIVE:
        raise Invalid(tr("Only a wrong can be corrected. This entry tells of something good."))
    if entry.corrected_on:
        sentence = tr("The correction is on file already, of {date}. Look at the file again.")
        raise Conflict(sentence.format(date=iso(Day(entry.corrected_on))))
    if entry.status not in _IN_FORCE:
        raise Conflict(tr("This entry does not stand as it did. Look at the file again, then decide."))
    if not basis.document_no:
        sentence = tr("Enter the number of the document that proves the correction.")
        raise Invalid(sentence, field="document_no")
    _check(session, entry, basis, _CORRECTED)
    with writing(session, actor, "correct_conduct") as ledger:
        entry.corrected_on, entry.corrected_document = basis.on, basis.document_no
        entry.corrected_reason = said(basis.reason)
        return _written(ledger, "entry_corrected_conduct", entry, file)


_IN_FORCE = frozenset({EntryStatus.EFFECTIVE, EntryStatus.DISPUTED})


def _change(
    session: Session,
    actor: Actor,
    uid: Uid,
    status: EntryStatus,
    basis: Basis,
    allowed: Set[EntryStatus],
) -> Changes:
    entry, file = entry_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    if entry.status not in allowed:
        raise Conflict(tr("This entry does not stand as it did. Look at the file again, then decide."))
    _check(session, entry, basis, _DATED)
    with writing(session, actor, f"entry_{status}") as ledger:
        entry.status = status
        entry.status_document, entry.status_on = basis.document_no, basis.on
        entry.status_reason = said(basis.reason)
        return _written(ledger, f"entry_{status}", entry, file)


_DATED = (
    mark("The document is dated before the entry itself ({date}). Correct the date."),
    mark("The date of the document is still to come. Correct the date."),
)
_CORRECTED = (
    mark("A wrong is not corrected before it is decided about ({date}). Correct the date."),
    mark("The day of the correction is still to come. Correct the date."),
)


def _check(session: Session, entry: Entry, basis: Basis, wrong: tuple[str, str]) -> None:
    """What changes an entry comes after it, and not after today; else ``wrong`` says so."""
    too_long = check_value("document_no", basis.document_no)
    refuse([too_long] if too_long else [])
    decided = Day(entry.decided_on or entry.occurred_on)
    if before(basis.on, decided):
        raise Invalid(tr(wrong[0]).format(date=iso(decided)), field="on")
    if check_value("decided_on", basis.on, day_at(moment(session))):
        raise Invalid(tr(wrong[1]), field="on")


def _to_verify(session: Session, actor: Actor, uid: Uid) -> tuple[Entry, IntegrityFile]:
    entry, file = entry_of(session, uid)
    allow(actor, Permission.VERIFY_ENTRIES, file)
    if entry.status != EntryStatus.SUBMITTED:
        raise Conflict(tr("This entry was verified or returned meanwhile."))
    if entry.recorded_by == actor.account_id:
        raise NotAllowed(tr("You recorded this entry. Someone else has to verify it."))
    return entry, file


def _written(ledger: Ledger, kind: str, entry: Entry, file: IntegrityFile) -> Changes:
    content_changed(ledger.session, file)
    uid = Uid(entry.uid)
    ledger.add_row(file.chain_id, kind, "entry", uid)
    return changed(Kind.ENTRIES, uid)


def said(reason: str) -> str:
    """The reason of an act, which somebody else will read. Raises Invalid where there is none."""
    if not reason.strip():
        raise Invalid(tr("Give the reason in a sentence."), field="reason")
    return reason.strip()
