"""Takes an entry out of force by the decision that overturned it, and a sanction out of its period.

A revocation undoes what two people have put on file, so it takes two as well: one proposes it, another one
compares it with the decision. The entry stands until then.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import IN_FORCE, Basis, change_standing, check_basis, said, write_entry
from app.commands.finding import allow, entry_of
from app.commands.ledger import writing
from app.errors import Conflict, Invalid, NotAllowed
from app.permissions import Actor, Permission, require
from app.queries.influence import bars
from app.words import mark, tr
from models.conduct import Entry
from models.entry_life import Revocation
from models.people import IntegrityFile
from models.types import Day, EntryStatus, RevocationStatus, Uid, iso, new_uid

_DATED = (
    mark("The document is dated before the entry itself ({date}). Correct the date."),
    mark("The date of the document is still to come. Correct the date."),
)


def propose_revocation(session: Session, actor: Actor, uid: Uid, basis: Basis) -> Changes:
    """A decision overturned the entry, reward or sanction alike (公务员法 第五十六条; 处分条例 五十一)."""
    require(actor, Permission.KEEP_FILES)
    entry, file = _in_force(session, actor, Permission.KEEP_FILES, uid)
    if _waiting(session, entry):
        raise Conflict(tr("Somebody proposed to revoke this entry already. That proposal is settled first."))
    if not basis.document_no:
        sentence = tr("Enter the number of the decision that overturned the entry.")
        raise Invalid(sentence, field="document_no")
    check_basis(session, entry, basis, _DATED)
    with writing(session, actor, "propose_revocation") as ledger:
        row = Revocation(
            uid=new_uid(),
            file_id=file.id,
            entry_id=entry.id,
            document_no=basis.document_no,
            decided_on=basis.on,
            reason=said(basis.reason),
            proposed_by=actor.account_id,
            proposed_at=ledger.moment,
            status=RevocationStatus.PROPOSED,
        )
        session.add(row)
        ledger.add_row(file.chain_id, "revocation_proposed", "revocation", Uid(row.uid))
    return changed(Kind.ENTRIES, uid)


def confirm_revocation(session: Session, actor: Actor, uid: Uid) -> Changes:
    """A second person has compared the proposal with the decision: the entry ``uid`` counts no longer."""
    require(actor, Permission.VERIFY_ENTRIES)
    entry, file = _in_force(session, actor, Permission.VERIFY_ENTRIES, uid)
    row = _to_settle(session, actor, entry)
    with writing(session, actor, "confirm_revocation") as ledger:
        row.status, row.verified_by = RevocationStatus.CONFIRMED, actor.account_id
        ledger.add_row(file.chain_id, "revocation_confirmed", "revocation", Uid(row.uid))
        basis = Basis(row.document_no, Day(row.decided_on), row.reason)
        return change_standing(ledger, "entry_revoked", entry, file, EntryStatus.REVOKED, basis)


def refuse_revocation(session: Session, actor: Actor, uid: Uid, reason: str) -> Changes:
    """The second person finds that no decision overturned the entry ``uid``: it stands on."""
    require(actor, Permission.VERIFY_ENTRIES)
    entry, file = entry_of(session, uid)
    allow(actor, Permission.VERIFY_ENTRIES, file)
    row = _to_settle(session, actor, entry)
    with writing(session, actor, "refuse_revocation") as ledger:
        row.status, row.verified_by = RevocationStatus.REFUSED, actor.account_id
        row.refusal = said(reason)
        ledger.add_row(file.chain_id, "revocation_refused", "revocation", Uid(row.uid))
    return changed(Kind.ENTRIES, uid)


def lift_sanction(session: Session, actor: Actor, uid: Uid, basis: Basis) -> Changes:
    """A decision lifted the sanction (解除处分): from its day on it bars nothing, but it stands and counts.

    Where nothing is recorded the period ends by itself (公职人员政务处分法: 期满自动解除).
    """
    require(actor, Permission.KEEP_FILES)
    entry, file = _in_force(session, actor, Permission.KEEP_FILES, uid)
    if entry.lifted_on:
        sentence = tr("The lifting is on file already, of {date}. Look at the file again.")
        raise Conflict(sentence.format(date=iso(Day(entry.lifted_on))))
    if not bars(session, actor, entry):
        raise Invalid(tr("This entry has no influence period. There is nothing to lift."))
    if not basis.document_no:
        raise Invalid(tr("Enter the number of the decision that lifted the sanction."), field="document_no")
    check_basis(session, entry, basis, _DATED)
    with writing(session, actor, "lift_sanction") as ledger:
        entry.lifted_on, entry.lifted_document = basis.on, basis.document_no
        return write_entry(ledger, "entry_lifted", entry, file)


def _in_force(
    session: Session, actor: Actor, permission: Permission, uid: Uid
) -> tuple[Entry, IntegrityFile]:
    entry, file = entry_of(session, uid)
    allow(actor, permission, file)
    if entry.status not in IN_FORCE:
        raise Conflict(tr("This entry does not stand as it did. Look at the file again, then decide."))
    return entry, file


def _waiting(session: Session, entry: Entry) -> Revocation | None:
    rows = select(Revocation).where(
        Revocation.entry_id == entry.id, Revocation.status == RevocationStatus.PROPOSED
    )
    return session.execute(rows).scalar_one_or_none()


def _to_settle(session: Session, actor: Actor, entry: Entry) -> Revocation:
    row = _waiting(session, entry)
    if row is None:
        raise Conflict(tr("This proposal was settled meanwhile. Look at the file again."))
    if row.proposed_by == actor.account_id:
        raise NotAllowed(tr("You proposed this. Someone else has to compare it with the decision."))
    return row
