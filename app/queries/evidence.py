"""The files that entries rest on."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require, require_other
from app.words import tr
from models.conduct import Entry, Evidence, EvidenceChunk
from models.people import IntegrityFile
from models.types import Uid


def evidence_content(session: Session, actor: Actor, uid: Uid) -> bytes:
    """The bytes of a file of evidence. Raises NotFound, also where they are not those that were attached."""
    require(actor, Permission.READ_FILES)
    found = session.execute(
        select(Evidence.id, Evidence.digest, IntegrityFile.department_id, IntegrityFile.person_id)
        .join(Entry, Evidence.entry_id == Entry.id)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .where(Evidence.uid == uid)
    ).one_or_none()
    if found is None or not actor.may(Permission.READ_FILES, found.department_id):
        raise NotFound(tr("There is no such evidence here any more. Look at the file again."))
    require_other(actor, found.person_id)
    chunks = select(EvidenceChunk.content).where(EvidenceChunk.evidence_id == found.id)
    content = b"".join(session.execute(chunks.order_by(EvidenceChunk.number)).scalars())
    if found.digest is None or sha256(content).digest() != found.digest:
        raise NotFound(tr("The file kept here is not the one that was attached. Ask for the original."))
    return content
