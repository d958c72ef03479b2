"""What entries rest on: files kept here by their digest, and papers kept elsewhere."""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import record_entry
from app.commands.finding import allow, content_changed, entry_of
from app.commands.ledger import AlreadyDone, writing
from app.errors import Invalid
from app.permissions import Actor, Permission, require
from app.rules.inputs import NewEntry
from app.rules.validation import LINE
from app.words import tr
from models.conduct import Evidence, EvidenceChunk
from models.types import Uid, day_at, new_uid

CHUNK = 1024 * 1024
LARGEST = 20 * CHUNK


class NewEvidence(NamedTuple):
    """A file with its content, or a paper with the place where it lies."""

    title: str
    content: bytes | None = None
    place: str = ""
    seen: bool = False
    """Whether the actor says to have seen the original of the paper."""


def record_with_evidence(
    session: Session,
    actor: Actor,
    new: NewEntry,
    evidence: Sequence[NewEvidence],
    uid: Uid,
    lead: Uid | None = None,
    instead_of: Uid | None = None,
    correction: str = "",
) -> Changes:
    """Submit an entry together with what it rests on: all of it or nothing.

    ``uid`` names the command: after a lost connection it is tried again, and done once. ``lead``,
    ``instead_of`` and ``correction`` as for ``record_entry``.
    """
    require(actor, Permission.KEEP_FILES)
    try:
        changes = record_entry(session, actor, new, lead, uid, instead_of, correction)
    except AlreadyDone:
        return changed(Kind.ENTRIES)
    for one in evidence:
        changes |= add_evidence(session, actor, changes.uids[0], one)
    return changes


def add_evidence(session: Session, actor: Actor, entry_uid: Uid, new: NewEvidence) -> Changes:
    """Attach a file, or say where a paper lies and whether the actor has seen it. Raises Invalid."""
    require(actor, Permission.KEEP_FILES)
    entry, file = entry_of(session, entry_uid)
    allow(actor, Permission.KEEP_FILES, file)
    _check(new)
    content = new.content
    seen = new.seen and content is None
    with writing(session, actor, "add_evidence") as ledger:
        row = Evidence(
            uid=new_uid(),
            entry_id=entry.id,
            title=new.title,
            digest=sha256(content).digest() if content is not None else None,
            size=len(content) if content is not None else None,
            place=new.place or None,
            seen_by=actor.name if seen else None,
            seen_on=day_at(ledger.moment) if seen else None,
            added_by=actor.account_id,
            added_at=ledger.moment,
        )
        session.add(row)
        session.flush()
        for number, start in enumerate(range(0, len(content or b""), CHUNK)):
            part = (content or b"")[start : start + CHUNK]
            session.add(EvidenceChunk(evidence_id=row.id, number=number, content=part))
        content_changed(session, file)
        ledger.add_row(file.chain_id, "evidence_added", "evidence", Uid(row.uid))
        return changed(Kind.ENTRIES, entry_uid)


def _check(new: NewEvidence) -> None:
    if not new.title or max(len(new.title), len(new.place)) > LINE:
        sentence = tr("Give the evidence a title and a place of at most {most} characters.")
        raise Invalid(sentence.format(most=LINE), field="evidence")
    if new.content is None and not new.place:
        raise Invalid(tr("Say where the paper lies, such as a cabinet or a volume."), field="evidence")
    if new.content is not None and not 0 < len(new.content) <= LARGEST:
        sentence = tr("“{title}” is empty or larger than {most} MB. Attach a smaller copy of it.")
        raise Invalid(sentence.format(title=new.title, most=LARGEST // CHUNK), field="evidence")
