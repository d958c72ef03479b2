"""Files go to another department, with all in them: whoever may see the one may see the other."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.commands.ledger import Ledger
from app.queries.staleness import blocks
from models.bulk import among
from models.conduct import Entry, Lead
from models.evaluations import Evaluation
from models.images import all_images
from models.people import IntegrityFile, Person
from models.retention import Erasure
from models.types import Day

OWNED = (Entry, Lead, Evaluation, Erasure)
"""What carries the department of its file, so that rows can be filtered by it alone."""


def move(session: Session, ledger: Ledger, file: IntegrityFile, department_id: int) -> None:
    """Take a file and all in it to a department. The event of the file itself is the caller's; the other
    files of the same person, merged into it, get theirs here."""
    file.department_id = department_id
    session.flush()
    _move_rows(session, [file.id], department_id)
    others = select(IntegrityFile.id).where(IntegrityFile.merged_into == file.uid)
    if seconds := session.execute(others).scalars().all():
        move_all(session, ledger, seconds, department_id, {})


def move_all(
    session: Session, ledger: Ledger, files: Sequence[int], department_id: int, basis: dict[str, Day | str]
) -> None:
    """Take files and all in them to a department, each with its event. ``basis``: columns of the file."""
    for keys in blocks(sorted(files)):
        at_once = {"synchronize_session": False}
        owners = select(IntegrityFile.person_id).where(among(session, IntegrityFile.id, keys))
        session.execute(
            update(Person)
            .where(Person.id.in_(owners))
            .values(department_id=department_id, version=Person.version + 1),
            execution_options=at_once,
        )
        session.execute(
            update(IntegrityFile)
            .where(among(session, IntegrityFile.id, keys))
            .values(department_id=department_id, **basis),
            execution_options=at_once,
        )
        _move_rows(session, keys, department_id)
        session.expire_all()
        for chain_id, uid, image in all_images(session, "file", among(session, IntegrityFile.id, keys)):
            ledger.add(chain_id, "person_moved", uid, image)


def _move_rows(session: Session, files: Sequence[int], department_id: int) -> None:
    for table in OWNED:
        session.execute(
            update(table).where(among(session, table.file_id, files)).values(department_id=department_id),
            execution_options={"synchronize_session": False},
        )
