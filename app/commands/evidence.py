"""What entries rest on: files kept here by their digest, and papers kept elsewhere."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import record_entries, record_entry
from app.commands.entry_drafts import discard_entry_draft
from app.commands.finding import allow, content_changed, entry_of
from app.commands.ledger import AlreadyDone, writing
from app.commands.reading import register
from app.errors import Invalid, NotFound
from app.files import write_whole
from app.permissions import Actor, Permission, require
from app.problems import missing_basis
from app.queries.evidence import evidence_at, evidence_parts
from app.queries.schemes import scheme_for
from app.rules.grading.case import year
from app.rules.grading.scheme import ItemRule
from app.rules.inputs import NewEntry
from app.rules.validation import LINE, is_marked_secret
from app.words import tr
from models.bulk import insert_rows
from models.conduct import Entry, Evidence, EvidenceChunk
from models.database import moment
from models.types import Access, Uid, day_at, new_uid

CHUNK = 1024 * 1024
LARGEST = 50 * CHUNK


class NewEvidence(NamedTuple):
    """A file, or a paper with the place where it lies."""

    title: str
    content: bytes | Path | None = None
    """The bytes of the file, or where it lies: then it is read chunk by chunk."""
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
    others: Sequence[NewEntry] = (),
) -> Changes:
    """Submit an entry together with what it rests on: all of it or nothing. Its draft is done with.

    ``uid`` names the command: after a lost connection it is tried again, and done once. ``lead``,
    ``instead_of`` and ``correction`` as for ``record_entry``. ``others``: entries of the same act for other
    people, as for ``record_entries``; each gets the evidence for itself, since it may have to be erased.
    """
    require(actor, Permission.KEEP_FILES)
    if others and (lead or instead_of):
        sentence = tr(
            "What comes from a lead or is recorded again concerns one person. Take the others away."
        )
        raise Invalid(sentence, field="people")
    _check_basis(session, actor, (new, *others), bool(evidence), instead_of)
    try:
        if others:
            changes = record_entries(session, actor, (new, *others), uid)
        else:
            changes = record_entry(session, actor, new, lead, uid, instead_of, correction)
    except AlreadyDone:
        return changed(Kind.ENTRIES)
    recorded = changes.uids
    for entry in recorded:
        for one in evidence:
            changes |= add_evidence(session, actor, entry, one)
    changes |= discard_entry_draft(session, actor, new.staff_no)
    return Changes(changes.kinds, recorded)


def _check_basis(
    session: Session, actor: Actor, entries: Sequence[NewEntry], evidenced: bool, instead_of: Uid | None
) -> None:
    """Refuse an entry without what its item must rest on. That of an earlier entry goes on to count."""
    evidenced = evidenced or (instead_of is not None and _has_evidence(session, instead_of))
    for new in entries:
        for field, sentence in missing_basis(new, _rule(session, actor, new.item), evidenced).items():
            raise Invalid(sentence, field=field)


def _rule(session: Session, actor: Actor, item: str) -> ItemRule | None:
    """What the standard in force says of an item."""
    try:
        published = scheme_for(session, actor, year(day_at(moment(session)) // 10000))
    except NotFound:
        return None
    return published.scheme.items.get(item)


def _has_evidence(session: Session, uid: Uid) -> bool:
    """Whether an entry, or one in whose place it was recorded, has evidence."""
    entry: Entry | None = entry_of(session, uid)[0]
    while entry:
        if session.execute(select(Evidence.id).where(Evidence.entry_id == entry.id).limit(1)).first():
            return True
        entry = session.get(Entry, entry.supersedes_id) if entry.supersedes_id else None
    return False


def add_evidence(session: Session, actor: Actor, entry_uid: Uid, new: NewEvidence) -> Changes:
    """Attach a file, or say where a paper lies and whether the actor has seen it. Raises Invalid."""
    require(actor, Permission.KEEP_FILES)
    entry, file = entry_of(session, entry_uid)
    allow(actor, Permission.KEEP_FILES, file)
    _check(new)
    seen = new.seen and new.content is None
    with writing(session, actor, "add_evidence") as ledger:
        row = Evidence(
            uid=new_uid(),
            entry_id=entry.id,
            title=new.title,
            place=new.place or None,
            seen_by=actor.name if seen else None,
            seen_on=day_at(ledger.moment) if seen else None,
            added_by=actor.account_id,
            added_at=ledger.moment,
        )
        session.add(row)
        session.flush()
        if new.content is not None:
            row.digest, row.size = _store(session, row.id, new.title, new.content)
        content_changed(session, file)
        ledger.add_row(file.chain_id, "evidence_added", "evidence", Uid(row.uid))
        return changed(Kind.ENTRIES, entry_uid)


def copy_evidence(session: Session, actor: Actor, uid: Uid, path: Path) -> Changes:
    """Write a copy of a file of evidence, chunk by chunk; that it left the office stands in the register.

    Raises as ``evidence_content``, and Invalid where it cannot be written.
    """
    require(actor, Permission.READ_FILES)
    evidence, file = evidence_at(session, actor, uid)
    with writing(session, actor, "copy_evidence") as ledger:
        row = register(ledger, actor, file, Access.EXPORTED, tr("Copy of evidence"))
    write_whole(path, evidence_parts(session, actor, evidence))
    return changed(Kind.READINGS, row)


def check_file(title: str, size: int) -> None:
    """Refuse (Invalid) a file that is empty, too large or marked as secret, before it is read."""
    _check_secret(title)
    if not size:
        raise Invalid(tr("“{title}” is empty. Attach the whole file.").format(title=title), field="evidence")
    if size > LARGEST:
        sentence = tr("“{title}” is larger than {most} MB. Attach a smaller copy of it.")
        raise Invalid(sentence.format(title=title, most=LARGEST // CHUNK), field="evidence")


def _check_secret(title: str) -> None:
    if is_marked_secret(title):
        sentence = tr("“{title}” bears a mark of secrecy. Classified matter must not be entered here.")
        raise Invalid(sentence.format(title=title), field="evidence")


def _store(session: Session, evidence_id: int, title: str, content: bytes | Path) -> tuple[bytes, int]:
    """Write the chunks of a file, holding one at a time; its SHA-256 and its size."""
    digest, size = sha256(), 0
    for number, part in enumerate(_parts(title, content)):
        size += len(part)
        if size > LARGEST:
            break
        digest.update(part)
        insert_rows(session, EvidenceChunk, [(evidence_id, number, part)])
    check_file(title, size)
    return digest.digest(), size


def _parts(title: str, content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))
        return
    try:
        with content.open("rb") as file:
            while part := file.read(CHUNK):
                yield part
    except OSError as error:
        sentence = tr("{name} cannot be read. Attach it again, or take it away.").format(name=title)
        raise Invalid(sentence, field="evidence") from error


def _check(new: NewEvidence) -> None:
    if not new.title or max(len(new.title), len(new.place)) > LINE:
        sentence = tr("Give the evidence a title and a place of at most {most} characters.")
        raise Invalid(sentence.format(most=LINE), field="evidence")
    _check_secret(new.title)
    if new.content is None and not new.place:
        raise Invalid(tr("Say where the paper lies, such as a cabinet or a volume."), field="evidence")
