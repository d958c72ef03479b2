"""The life of an entry: recorded, verified or returned; recorded again, corrected or withdrawn.

An objection disputes it: see ``objections``; the person is heard: ``hearing``; it is revoked, or a sanction
lifted: ``revoking``. And of the wrong that it tells of: put right by who did it.
"""

from collections.abc import Callable, Sequence
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
from app.errors import Conflict, Invalid, NotAllowed, UserError
from app.permissions import Actor, Permission, require
from app.rules.hearing import is_decided, is_heard_first
from app.rules.inputs import NewEntry
from app.rules.validation import before, check_entry, check_value, item_contradictions
from app.words import mark, tr
from models.conduct import Entry, Item
from models.database import moment
from models.objections import Objection
from models.people import IntegrityFile, Person
from models.types import (
    Day,
    EntryStatus,
    LeadStatus,
    ObjectionStatus,
    Polarity,
    Remedy,
    Uid,
    day_at,
    iso,
    new_uid,
)
from models.words import index_words


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
    correction: str = "",
) -> Changes:
    """Submit an entry for verification.

    ``lead``: the substantiated lead it comes from. ``uid`` names the command, where a retry is possible.
    ``instead_of``: the entry of the same file that is hereby recorded again, because it came back or an
    upheld objection wants it corrected; its lead stays. With ``correction``, what is wrong in it: one in
    force, see ``correct_entry``.
    """
    require(actor, Permission.KEEP_FILES)
    file, item = _ready(session, actor, new, again=instead_of is not None)
    earlier = _earlier(session, instead_of, file, correction) if instead_of else None
    earlier_lead = earlier.lead_id if earlier else None
    lead_id = _substantiated(session, lead, file) if lead else earlier_lead
    with writing(session, actor, "record_entry", uid) as ledger:
        entry = _entry(ledger, actor, new, file, item)
        if earlier:
            entry.supersedes_id = earlier.id
            entry.supersedes_reason = correction.strip() or earlier.supersedes_reason
        entry.lead_id = lead_id
        return _submit(ledger, entry, file)


def record_entries(
    session: Session, actor: Actor, entries: Sequence[NewEntry], uid: Uid | None = None
) -> Changes:
    """Submit what one act brings to several people: an entry and an event in each file, the act shared.

    All or nothing: Invalid (``field="people"``) names everybody for whom it is refused, and why.
    """
    require(actor, Permission.KEEP_FILES)
    ready: list[tuple[NewEntry, IntegrityFile, Item]] = []
    refused = []
    for new in entries:
        try:
            ready.append((new, *_ready(session, actor, new)))
        except UserError as error:
            name = session.execute(select(Person.name).where(Person.staff_no == new.staff_no)).scalar()
            refused.append(f"{name or ''} {new.staff_no}: {error.sentence}".strip())
    if refused:
        sentence = tr("Nothing was recorded. {refused}")
        raise Invalid(sentence.format(refused=" ".join(refused)), field="people")
    act, changes = new_uid(), Changes()
    with writing(session, actor, "record_entries", uid) as ledger:
        ledger.follow(file.chain_id for _, file, _ in ready)
        for new, file, item in ready:
            entry = _entry(ledger, actor, new._replace(act=new.act or act), file, item)
            changes |= _submit(ledger, entry, file)
    return changes


def _ready(session: Session, actor: Actor, new: NewEntry, again: bool = False) -> tuple[IntegrityFile, Item]:
    """The file and the item of an entry that can be recorded as it is, or ``again`` for an earlier one."""
    file, _ = file_of(session, actor, Permission.KEEP_FILES, new.staff_no)
    if not again:
        require_open(file)
    item = item_of(session, new.item)
    refuse(check_entry(new, day_at(moment(session))) + item_contradictions(new, Polarity(item.polarity)))
    return file, item


def _submit(ledger: Ledger, entry: Entry, file: IntegrityFile) -> Changes:
    """Put a new entry on file, where its words can be found."""
    ledger.session.add(entry)
    ledger.session.flush()
    index_words(ledger.session, [(entry.id, entry.facts)])
    return write_entry(ledger, "entry_submitted", entry, file)


def _entry(ledger: Ledger, actor: Actor, new: NewEntry, file: IntegrityFile, item: Item) -> Entry:
    return Entry(
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
    )


def correct_entry(
    session: Session, actor: Actor, uid: Uid, new: NewEntry, reason: str, command: Uid | None = None
) -> Changes:
    """Record an entry in force as it should have been (更正): another one, which supersedes it.

    A second account verifies it like any other. Until then the wrong one counts on, and in the same
    transaction it gives way. Its evidence stays where it is and is shown with the correction too: a copy
    would have to be erased twice, and would be attached by nobody.
    """
    require(actor, Permission.KEEP_FILES)
    return record_entry(session, actor, new, uid=command, instead_of=uid, correction=said(reason))


def _earlier(session: Session, uid: Uid, file: IntegrityFile, correction: str) -> Entry:
    return _correctable(session, uid, file) if correction else _replaceable(session, uid, file)


def _correctable(session: Session, uid: Uid, file: IntegrityFile) -> Entry:
    """The entry of the file that is in force and not being corrected already."""
    entry, whose = entry_of(session, uid)
    if whose.id != file.id or entry.status not in IN_FORCE:
        raise Conflict(tr("Only an entry in force is corrected. Look at the file again."))
    if waiting_correction(session, entry.id):
        raise Conflict(tr("A correction of this entry is under way already. That one is finished first."))
    return entry


def waiting_correction(session: Session, entry_id: int) -> bool:
    """Whether a correction of the entry waits: to be verified, heard about, or recorded again."""
    return any(_waits(session, *row) for row in _recorded_for(session, entry_id))


def _waits(session: Session, entry_id: int, status: str) -> bool:
    if status != EntryStatus.RETURNED:
        return status in (EntryStatus.SUBMITTED, EntryStatus.HEARING)
    again = _recorded_for(session, entry_id)
    return not again or any(_waits(session, *row) for row in again)


def _recorded_for(session: Session, entry_id: int) -> list[tuple[int, str]]:
    rows = select(Entry.id, Entry.status).where(Entry.supersedes_id == entry_id)
    return [(key, status) for key, status in session.execute(rows)]


def _substantiated(session: Session, uid: Uid, file: IntegrityFile) -> int:
    """The lead of an entry: what is not substantiated, or is about someone else, leads to none."""
    lead, about = lead_of(session, uid)
    if about is None or about.id != file.id or lead.status != LeadStatus.SUBSTANTIATED:
        raise Invalid(
            tr("An entry comes from a substantiated lead about the same person. Close the lead first."),
            field="lead",
        )
    return lead.id


def _returned(session: Session, uid: Uid, file: IntegrityFile) -> Entry:
    """The entry of the file that came back from verification and is neither recorded again nor withdrawn."""
    return _open_to_another(session, uid, file, lambda entry: entry.status == EntryStatus.RETURNED)


def _replaceable(session: Session, uid: Uid, file: IntegrityFile) -> Entry:
    """As ``_returned``, or the one that an upheld objection wants recorded as it should have been."""
    return _open_to_another(
        session,
        uid,
        file,
        lambda entry: entry.status == EntryStatus.RETURNED or to_be_corrected(session, entry),
    )


def to_be_corrected(session: Session, entry: Entry) -> bool:
    """Whether an upheld objection revoked the entry so that it is recorded as it should have been."""
    rows = select(Objection.id).where(
        Objection.target == entry.uid,
        Objection.status == ObjectionStatus.UPHELD,
        Objection.remedy == Remedy.CORRECT,
    )
    return entry.status == EntryStatus.REVOKED and session.execute(rows.limit(1)).first() is not None


def _open_to_another(
    session: Session, uid: Uid, file: IntegrityFile, is_open: Callable[[Entry], bool]
) -> Entry:
    entry, whose = entry_of(session, uid)
    again = select(Entry.id).where(Entry.file_id == file.id, Entry.supersedes_id == entry.id)
    if whose.id != file.id or not is_open(entry) or session.execute(again.limit(1)).first():
        raise Conflict(
            tr(
                "The returned entry was recorded again or withdrawn meanwhile. Look at the file again; "
                "clear the form to record another entry."
            )
        )
    return entry


def withdraw_entry(session: Session, actor: Actor, uid: Uid, reason: str) -> Changes:
    """What came back from verification, or what the person's statement refuted before it took effect, is not
    recorded after all. It stays on file and never counts."""
    require(actor, Permission.KEEP_FILES)
    entry, file = entry_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    if entry.status != EntryStatus.HEARING:
        _returned(session, uid, file)
    with writing(session, actor, "withdraw_entry") as ledger:
        entry.status = EntryStatus.WITHDRAWN
        entry.status_reason, entry.status_on = said(reason), day_at(ledger.moment)
        return write_entry(ledger, "entry_withdrawn", entry, file)


def verify_entry(session: Session, actor: Actor, uid: Uid) -> Changes:
    """A second person has compared the entry with its evidence: it takes effect, or the person is heard."""
    require(actor, Permission.VERIFY_ENTRIES)
    entry, file = _to_verify(session, actor, uid)
    polarity = session.get_one(Item, entry.item_id).polarity
    decided = is_decided(entry.decided_on, entry.document_no, entry.authority, entry.level)
    with writing(session, actor, "verify_entry") as ledger:
        entry.verified_by, entry.verified_at = actor.account_id, ledger.moment
        if is_heard_first(polarity, decided):
            entry.status = EntryStatus.HEARING
            return write_entry(ledger, "entry_verified", entry, file)
        return take_effect(session, ledger, "entry_verified", entry, file)


def take_effect(session: Session, ledger: Ledger, kind: str, entry: Entry, file: IntegrityFile) -> Changes:
    """The entry is in force from now on, and the one that it corrects gives way to it."""
    wrong = _corrected_by(session, entry)
    if wrong and wrong.status not in IN_FORCE:
        raise Conflict(
            tr("What this entry corrects is not in force any more. Return it, so that it is recorded alone.")
        )
    changes = change_standing(ledger, kind, entry, file, EntryStatus.EFFECTIVE, None)
    if wrong:
        why = Basis(entry.document_no, day_at(ledger.moment), entry.supersedes_reason or "")
        changes |= change_standing(ledger, "entry_superseded", wrong, file, EntryStatus.SUPERSEDED, why)
    return changes


def _corrected_by(session: Session, entry: Entry) -> Entry | None:
    """The entry that this one corrects: past those that came back in between."""
    while entry.supersedes_reason and entry.supersedes_id:
        entry = session.get_one(Entry, entry.supersedes_id)
        if entry.status not in (EntryStatus.RETURNED, EntryStatus.WITHDRAWN):
            return entry
    return None


def return_entry(session: Session, actor: Actor, uid: Uid, reason: str) -> Changes:
    """The second person sends the entry back with a reason, which it keeps."""
    require(actor, Permission.VERIFY_ENTRIES)
    entry, file = _to_verify(session, actor, uid)
    with writing(session, actor, "return_entry") as ledger:
        entry.status = EntryStatus.RETURNED
        entry.status_reason, entry.status_on = said(reason), day_at(ledger.moment)
        return write_entry(ledger, "entry_returned", entry, file)


def correct_conduct(session: Session, actor: Actor, uid: Uid, basis: Basis) -> Changes:
    """The wrong itself was put right: paid back, carried out, served (改正、履行完毕). The record stays.

    What that is worth is for the standard to say. Something wrong in the record is another matter, see
    ``correct_entry``.
    """
    require(actor, Permission.KEEP_FILES)
    entry, file = entry_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    if session.get_one(Item, entry.item_id).polarity != Polarity.NEGATIVE:
        raise Invalid(tr("Only a wrong can be corrected. This entry tells of something good."))
    if entry.corrected_on:
        sentence = tr("The correction is on file already, of {date}. Look at the file again.")
        raise Conflict(sentence.format(date=iso(Day(entry.corrected_on))))
    if entry.status not in IN_FORCE:
        raise Conflict(tr("This entry does not stand as it did. Look at the file again, then decide."))
    if not basis.document_no:
        sentence = tr("Enter the number of the document that proves the correction.")
        raise Invalid(sentence, field="document_no")
    check_basis(session, entry, basis, _CORRECTED)
    with writing(session, actor, "correct_conduct") as ledger:
        entry.corrected_on, entry.corrected_document = basis.on, basis.document_no
        entry.corrected_reason = said(basis.reason)
        return write_entry(ledger, "entry_corrected_conduct", entry, file)


IN_FORCE = frozenset({EntryStatus.EFFECTIVE, EntryStatus.DISPUTED})


def change_standing(
    ledger: Ledger, kind: str, entry: Entry, file: IntegrityFile, status: EntryStatus, basis: Basis | None
) -> Changes:
    """Write that an entry stands otherwise now, and by which document; None: as it did at first."""
    entry.status = status
    entry.status_document = basis.document_no if basis else None
    entry.status_on = basis.on if basis else None
    entry.status_reason = said(basis.reason) if basis else None
    return write_entry(ledger, kind, entry, file)


_CORRECTED = (
    mark("A wrong is not corrected before it is decided about ({date}). Correct the date."),
    mark("The day of the correction is still to come. Correct the date."),
)


def check_basis(session: Session, entry: Entry, basis: Basis, wrong: tuple[str, str]) -> None:
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


def write_entry(ledger: Ledger, kind: str, entry: Entry, file: IntegrityFile) -> Changes:
    """An event with the entry as it now is; what rests on the file is looked at again."""
    content_changed(ledger.session, file)
    uid = Uid(entry.uid)
    ledger.add_row(file.chain_id, kind, "entry", uid)
    return changed(Kind.ENTRIES, uid)


def said(reason: str) -> str:
    """The reason of an act, which somebody else will read. Raises Invalid where there is none."""
    if not reason.strip():
        raise Invalid(tr("Give the reason in a sentence."), field="reason")
    return reason.strip()
