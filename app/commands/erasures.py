"""Lawful erasure of an entry: one registers the order, another carries it out.

What the entry said goes, in every version of it, with its evidence and the contents of its events. Its
events stay in the chain with the salted hash, and the file says that, when and on whose order it was done.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind
from app.commands.conduct import said
from app.commands.finding import allow, content_changed, entry_of, lead_of, refuse
from app.commands.handovers import erase_lead
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.permissions import Actor, Permission, require
from app.rules.retention import LONGEST
from app.rules.validation import check_value
from app.words import tr
from models.conduct import Entry, EntryDraft, Evidence, EvidenceChunk, Lead
from models.database import moment
from models.entry_life import Notice, Revocation, Statement
from models.evaluations import Evaluation
from models.images import OFFICE_CHAIN
from models.objections import Objection
from models.people import IntegrityFile
from models.retention import ErasedOrigin, Erasure, RetentionRule
from models.types import Day, ErasureStatus, EvaluationStatus, Uid, day_at, new_uid
from models.words import forget_words

_CHANGED = frozenset({Kind.ENTRIES, Kind.ERASURES})
_UNDECIDED = (EvaluationStatus.SUBMITTED, EvaluationStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Order:
    """By what an entry is to be erased. The reason says nothing of what the entry says."""

    document_no: str
    on: Day
    authority: str
    reason: str


def set_retention(session: Session, actor: Actor, months: int, document_no: str) -> Changes:
    """From now on negative information stands in summaries for so many months from the end of the conduct."""
    require(actor, Permission.PUBLISH_SCHEMES)
    if not 1 <= months <= LONGEST:
        sentence = tr("Enter 1 to {most} months: the law allows five years at most.")
        raise Invalid(sentence.format(most=LONGEST), field="months")
    _require_text("document_no", document_no, tr("Enter the number of the office's own rule."))
    with writing(session, actor, "set_retention") as ledger:
        rule = RetentionRule(
            uid=new_uid(),
            months=months,
            document_no=document_no.strip(),
            set_by=actor.account_id,
            set_at=ledger.moment,
        )
        session.add(rule)
        ledger.add_row(OFFICE_CHAIN, "retention_set", "retention", Uid(rule.uid))
        return Changes(_CHANGED)


def order_erasure(session: Session, actor: Actor, uid: Uid, order: Order) -> Changes:
    """Register the order to erase an entry. Nothing is erased before a second account carries it out."""
    require(actor, Permission.KEEP_FILES)
    entry, file = entry_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    _require_text("document_no", order.document_no, tr("Enter the number of the order to erase."))
    _require_text("authority", order.authority, tr("Enter who ordered the erasure."))
    if check_value("decided_on", order.on, day_at(moment(session))):
        raise Invalid(tr("The date of the order is still to come. Correct the date."), field="on")
    waiting = select(Erasure.id).where(
        Erasure.entry.in_([one.uid for one in _versions(session, entry)]),
        Erasure.status == ErasureStatus.ORDERED,
    )
    if session.execute(waiting.limit(1)).first():
        raise Conflict(tr("An order to erase this entry waits already. Carry it out or decline it."))
    with writing(session, actor, "order_erasure") as ledger:
        erasure = Erasure(
            uid=new_uid(),
            file_id=file.id,
            department_id=file.department_id,
            entry=entry.uid,
            document_no=order.document_no.strip(),
            ordered_on=order.on,
            authority=order.authority.strip(),
            reason=said(order.reason),
            status=ErasureStatus.ORDERED,
            registered_by=actor.account_id,
        )
        session.add(erasure)
        ledger.add_row(file.chain_id, "erasure_ordered", "erasure", Uid(erasure.uid))
        return Changes(_CHANGED, (Uid(erasure.uid),))


def decline_erasure(session: Session, actor: Actor, uid: Uid) -> Changes:
    """The second person finds the order not in order: nothing is erased."""
    require(actor, Permission.VERIFY_ENTRIES)
    erasure, file = _to_decide(session, actor, uid)
    with writing(session, actor, "decline_erasure") as ledger:
        _decide(session, actor, ledger, erasure, ErasureStatus.DECLINED)
        ledger.add_row(file.chain_id, "erasure_declined", "erasure", uid)
        return Changes(_CHANGED, (uid,))


def carry_out_erasure(session: Session, actor: Actor, uid: Uid) -> Changes:
    """Erase what the order is about: a second account has compared the order with its paper.

    All versions of the entry go: what it superseded and what was recorded again for it say the same. A grade
    that was decided on it stands, and says that what it rested on was erased.
    """
    require(actor, Permission.VERIFY_ENTRIES)
    erasure, file = _to_decide(session, actor, uid)
    entry = session.execute(select(Entry).where(Entry.uid == erasure.entry)).scalar_one()
    versions = _versions(session, entry)
    with writing(session, actor, "carry_out_erasure") as ledger:
        _decide(session, actor, ledger, erasure, ErasureStatus.CARRIED_OUT)
        ledger.add_row(file.chain_id, "erasure_carried_out", "erasure", uid)
        _mark_evaluations(session, ledger, file, versions, uid)
        _erase(session, ledger, file, versions, uid)
    return Changes(_CHANGED | {Kind.EVALUATIONS}, (uid,))


def _to_decide(session: Session, actor: Actor, uid: Uid) -> tuple[Erasure, IntegrityFile]:
    found = session.execute(
        select(Erasure, IntegrityFile)
        .join(IntegrityFile, Erasure.file_id == IntegrityFile.id)
        .where(Erasure.uid == uid)
    ).one_or_none()
    if found is None:
        raise NotFound(tr("There is no such order here. Look at the file again."))
    erasure, file = found
    allow(actor, Permission.VERIFY_ENTRIES, file)
    if erasure.status != ErasureStatus.ORDERED:
        raise Conflict(tr("This order was carried out or declined meanwhile."))
    if erasure.registered_by == actor.account_id:
        raise NotAllowed(tr("You registered this order. Someone else has to compare it with its paper."))
    return erasure, file


def _decide(session: Session, actor: Actor, ledger: Ledger, erasure: Erasure, status: ErasureStatus) -> None:
    erasure.status = status
    erasure.decided_by, erasure.decided_at = actor.account_id, ledger.moment


def _versions(session: Session, entry: Entry) -> list[Entry]:
    """The entry with all that it superseded or was recorded again for, and all that came after it."""
    found = {entry.id: entry}
    while True:
        known = sorted(found)
        earlier = select(Entry.supersedes_id).where(Entry.id.in_(known))
        linked = Entry.supersedes_id.in_(known) | Entry.id.in_(earlier)
        rows = session.execute(select(Entry).where(Entry.file_id == entry.file_id, linked)).scalars()
        found.update((row.id, row) for row in rows)
        if len(found) == len(known):
            return [found[key] for key in known]


def _mark_evaluations(
    session: Session, ledger: Ledger, file: IntegrityFile, versions: Iterable[Entry], uid: Uid
) -> None:
    """Decided grades that rest on the entry stand; those under way are to be computed again."""
    same_person = or_(
        IntegrityFile.id == file.id,
        IntegrityFile.uid == file.merged_into,
        IntegrityFile.merged_into == file.uid,
    )
    rows = session.execute(
        select(Evaluation, IntegrityFile.chain_id)
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .where(same_person, Evaluation.status.not_in(_UNDECIDED))
    )
    names = [entry.uid for entry in versions]
    for evaluation, chain_id in rows.all():
        if any(name in evaluation.trace for name in names):
            evaluation.erased_by = uid
            ledger.add_row(chain_id, "evaluation_basis_gone", "evaluation", Uid(evaluation.uid))


def _erase(session: Session, ledger: Ledger, file: IntegrityFile, versions: list[Entry], uid: Uid) -> None:
    keys, names = [entry.id for entry in versions], [Uid(entry.uid) for entry in versions]
    evidence = select(Evidence.id).where(Evidence.entry_id.in_(keys))
    gone = _beside(keys, names)
    for record, table, which in gone:
        for found in session.execute(select(table.uid).where(which).order_by(table.id)).scalars().all():
            ledger.erase(file.chain_id, f"{record}_erased", Uid(found), {"erasure": uid})
    for name in names:
        ledger.erase(file.chain_id, "entry_erased", name, {"erasure": uid})
    for entry in versions:
        if entry.origin and entry.batch_id:
            session.add(ErasedOrigin(origin=entry.origin, batch_id=entry.batch_id))
    session.execute(delete(EvidenceChunk).where(EvidenceChunk.evidence_id.in_(evidence)))
    for _, table, which in gone:
        session.execute(delete(table).where(which))
    for name in names:  # what was being typed in its place said the same
        again = EntryDraft.text.contains(name, autoescape=True)
        session.execute(delete(EntryDraft).where(EntryDraft.file_id == file.id, again))
    session.execute(update(Entry).where(Entry.id.in_(keys)).values(supersedes_id=None))
    leads = {entry.lead_id for entry in versions if entry.lead_id}
    forget_words(session, [(entry.id, entry.facts) for entry in versions])
    session.execute(delete(Entry).where(Entry.id.in_(keys)))
    _erase_leads(session, ledger, leads, uid)
    content_changed(session, file)


def _erase_leads(session: Session, ledger: Ledger, keys: Set[int], uid: Uid) -> None:
    """Leads that became nothing else say again what the entry said."""
    others = set(session.execute(select(Entry.lead_id).where(Entry.lead_id.in_(keys))).scalars())
    leads = select(Lead.uid).where(Lead.id.in_(keys - others)).order_by(Lead.id)
    for name in session.execute(leads).scalars().all():
        lead, file = lead_of(session, Uid(name))
        erase_lead(
            session, ledger, lead, file.chain_id if file else OFFICE_CHAIN, "lead_erased", {"erasure": uid}
        )


def _beside(keys: Sequence[int], names: Sequence[Uid]) -> list[tuple[str, Any, ColumnElement[bool]]]:
    """What stands beside entries and says again what they say: name of the record, table, which rows."""
    of_entry = (
        ("evidence", Evidence),
        ("notice", Notice),
        ("statement", Statement),
        ("revocation", Revocation),
    )
    return [
        *((record, table, table.entry_id.in_(keys)) for record, table in of_entry),
        ("objection", Objection, Objection.target.in_(names)),
    ]


def _require_text(field: str, value: str, sentence: str) -> None:
    if not value.strip():
        raise Invalid(sentence, field=field)
    too_long = check_value(field, value.strip())
    refuse([too_long] if too_long else [])
