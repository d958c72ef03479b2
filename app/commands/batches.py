"""What a second account makes of an imported list: it takes effect, or goes back to who imported it."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, aliased

from app.commands.changes import Changes, Kind
from app.commands.conduct import said
from app.commands.finding import batch_of
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, NotAllowed
from app.exchange.fields import Kind as ListKind
from app.permissions import Actor, Permission, require
from app.rules.hearing import is_decided, is_heard_first
from app.words import tr
from models.conduct import Entry, ImportBatch, Item
from models.images import OFFICE_CHAIN, all_images
from models.people import IntegrityFile
from models.types import EntryStatus, Polarity, Uid, day_at

PART = 2_000
"""Entries changed by one statement."""

_CHANGES = Changes(frozenset({Kind.ENTRIES, Kind.BATCHES}))

_Second = aliased(IntegrityFile)
"""A file that may be merged into another, whose grades rest on its entries too."""


def verify_batch(session: Session, actor: Actor, uid: str) -> Changes:
    """A second account has compared an imported list with its papers: its entries take effect, but for those
    about which the person is heard first."""
    require(actor, Permission.VERIFY_ENTRIES)
    with writing(session, actor, "verify_batch") as ledger:
        batch, waiting = _to_settle(session, actor, ledger, uid)
        batch.verified_by, batch.verified_at = actor.account_id, ledger.moment
        ledger.add_row(OFFICE_CHAIN, "batch_verified", "batch", Uid(batch.uid))
        verified = {"verified_by": actor.account_id, "verified_at": ledger.moment}
        heard_first = _heard_first(session, waiting)
        for status, keys in (
            (EntryStatus.EFFECTIVE, [key for key in waiting if key not in heard_first]),
            (EntryStatus.HEARING, sorted(heard_first)),
        ):
            _change(session, ledger, keys, "entry_verified", {"status": status, **verified})
    return _CHANGES


def _heard_first(session: Session, keys: list[int]) -> set[int]:
    """Those of some entries about which the person is heard before they take effect."""
    found = set()
    for first in range(0, len(keys), PART):
        rows = (
            select(Entry.id, Entry.decided_on, Entry.document_no, Entry.authority, Entry.level)
            .join(Item, Entry.item_id == Item.id)
            .where(Entry.id.in_(keys[first : first + PART]), Item.polarity == Polarity.NEGATIVE)
        )
        for key, decided_on, document_no, authority, level in session.execute(rows):
            decided = is_decided(decided_on, document_no, authority, level)
            if is_heard_first(Polarity.NEGATIVE, decided):
                found.add(key)
    return found


def return_batch(session: Session, actor: Actor, uid: str, reason: str) -> Changes:
    """The second account sends an imported list back with a reason, which all its waiting entries keep.

    Their rows can be imported again, corrected. Leads of the list stay: they never wait.
    """
    require(actor, Permission.VERIFY_ENTRIES)
    with writing(session, actor, "return_batch") as ledger:
        batch, waiting = _to_settle(session, actor, ledger, uid)
        if not waiting:
            raise _nothing_left()
        ledger.add_row(OFFICE_CHAIN, "batch_returned", "batch", Uid(batch.uid))
        why = {"status_reason": said(reason), "status_on": day_at(ledger.moment)}
        returned = {"status": EntryStatus.RETURNED, "origin": None, **why}
        _change(session, ledger, waiting, "entry_returned", returned)
    return _CHANGES


def _to_settle(session: Session, actor: Actor, ledger: Ledger, uid: str) -> tuple[ImportBatch, list[int]]:
    """A list that nobody settled, and the keys of its entries that wait; without those of the own file."""
    ledger.follow([OFFICE_CHAIN])  # two verifiers at once: the second one sees what the first one did
    batch = batch_of(session, uid)
    brought = Entry.batch_id == batch.id
    waiting = brought & (Entry.status == EntryStatus.SUBMITTED)
    departments = session.execute(select(Entry.department_id).where(waiting).distinct()).scalars().all()
    settled = not departments and session.execute(select(Entry.id).where(brought).limit(1)).first()
    if batch.verified_by is not None or batch.kind != ListKind.ENTRIES or settled:
        raise _nothing_left()
    if batch.imported_by == actor.account_id:
        raise NotAllowed(tr("You imported this list. Someone else has to verify it."))
    for department in departments:
        require(actor, Permission.VERIFY_ENTRIES, department)
    archived = select(IntegrityFile.id).where(IntegrityFile.sent_to.is_not(None))
    here = Entry.file_id.not_in(archived)
    rows = select(Entry.id).where(waiting, here, *_not_own(actor)).order_by(Entry.id)
    return batch, list(session.execute(rows).scalars())


def _nothing_left() -> Conflict:
    return Conflict(tr("There is nothing to verify in this list any more."))


def _not_own(actor: Actor) -> list[ColumnElement[bool]]:
    if not actor.recused:
        return []
    own = select(IntegrityFile.id).where(IntegrityFile.person_id.in_(sorted(actor.recused)))
    return [Entry.file_id.not_in(own)]


def _change(
    session: Session, ledger: Ledger, keys: list[int], kind: str, values: Mapping[str, object]
) -> None:
    """Change entries alike, each with an event in the chain of its file."""
    for first in range(0, len(keys), PART):
        part = Entry.id.in_(keys[first : first + PART])
        files = select(Entry.file_id).where(part)
        mains = select(_Second.merged_into).where(_Second.id.in_(files))
        for statement in (
            update(Entry).where(part).values({**values, "version": Entry.version + 1}),
            update(IntegrityFile)
            .where(IntegrityFile.id.in_(files) | IntegrityFile.uid.in_(mains))
            .values(content_version=IntegrityFile.content_version + 1),
        ):
            session.execute(statement.execution_options(synchronize_session=False))
        for chain_id, entry, image in all_images(session, "entry", part):
            ledger.add(chain_id, kind, entry, image)
