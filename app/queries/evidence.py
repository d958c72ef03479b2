"""The files that entries rest on."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Invalid, NotFound
from app.permissions import Actor, Permission, require, require_other
from app.queries.files import PURPOSE
from app.queries.reading import may_look
from app.words import tr
from models.conduct import Entry, Evidence, EvidenceChunk
from models.people import IntegrityFile
from models.types import Uid


def evidence_content(session: Session, actor: Actor, uid: Uid) -> bytes:
    """The bytes of a file of evidence. Raises NotFound, also where they are not those that were attached, and
    Invalid where the file lies outside the daily work and was not opened for a purpose."""
    require(actor, Permission.READ_FILES)
    return b"".join(evidence_parts(session, actor, evidence_at(session, actor, uid)[0]))


def evidence_at(session: Session, actor: Actor, uid: Uid) -> tuple[Evidence, IntegrityFile]:
    """A file of evidence, and whose file it is in. Raises as ``evidence_content``."""
    require(actor, Permission.READ_FILES)
    found = session.execute(
        select(Evidence, IntegrityFile)
        .join(Entry, Evidence.entry_id == Entry.id)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .where(Evidence.uid == uid)
    ).one_or_none()
    if found is None or not actor.may(Permission.READ_FILES, found[1].department_id):
        raise NotFound(tr("There is no such evidence here any more. Look at the file again."))
    evidence, file = found
    require_other(actor, file.person_id)
    if not may_look(session, actor, file.id, file.department_id):
        raise Invalid(tr(PURPOSE), field="purpose")
    return evidence, file


def evidence_parts(session: Session, actor: Actor, found: Evidence) -> Iterator[bytes]:
    """The chunks one after the other; at their end whether they are those that were attached."""
    require(actor, Permission.READ_FILES)
    digest, number = sha256(), 0
    one = select(EvidenceChunk.content).where(EvidenceChunk.evidence_id == found.id)
    while part := session.execute(one.where(EvidenceChunk.number == number)).scalar_one_or_none():
        digest.update(part)
        number += 1
        yield part
    if digest.digest() != found.digest:
        raise NotFound(tr("The file kept here is not the one that was attached. Ask for the original."))
