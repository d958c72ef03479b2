"""The files that entries rest on."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.files import write_whole
from app.permissions import Actor, Permission, require, require_other
from app.words import tr
from models.conduct import Entry, Evidence, EvidenceChunk
from models.people import IntegrityFile
from models.types import Uid


def evidence_content(session: Session, actor: Actor, uid: Uid) -> bytes:
    """The bytes of a file of evidence. Raises NotFound, also where they are not those that were attached."""
    require(actor, Permission.READ_FILES)
    return b"".join(_parts(session, _found(session, actor, uid)))


def save_evidence(session: Session, actor: Actor, uid: Uid, path: Path) -> None:
    """Write a copy of a file of evidence, chunk by chunk. Raises as ``evidence_content``, and Invalid."""
    require(actor, Permission.READ_FILES)
    write_whole(path, _parts(session, _found(session, actor, uid)))


def _found(session: Session, actor: Actor, uid: Uid) -> Row[*tuple[Any, ...]]:
    found = session.execute(
        select(Evidence.id, Evidence.digest, IntegrityFile.department_id, IntegrityFile.person_id)
        .join(Entry, Evidence.entry_id == Entry.id)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .where(Evidence.uid == uid)
    ).one_or_none()
    if found is None or not actor.may(Permission.READ_FILES, found.department_id):
        raise NotFound(tr("There is no such evidence here any more. Look at the file again."))
    require_other(actor, found.person_id)
    return found


def _parts(session: Session, found: Row[*tuple[Any, ...]]) -> Iterator[bytes]:
    """The chunks one after the other; at their end whether they are those that were attached."""
    digest, number = sha256(), 0
    one = select(EvidenceChunk.content).where(EvidenceChunk.evidence_id == found.id)
    while part := session.execute(one.where(EvidenceChunk.number == number)).scalar_one_or_none():
        digest.update(part)
        number += 1
        yield part
    if digest.digest() != found.digest:
        raise NotFound(tr("The file kept here is not the one that was attached. Ask for the original."))
