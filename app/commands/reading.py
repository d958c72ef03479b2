"""Reading is recorded: who read or printed which file, when and, outside the daily work, for what purpose."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import allow_reading, refuse
from app.commands.ledger import Ledger, writing
from app.errors import Invalid
from app.permissions import Actor, Permission, require
from app.queries.files import PURPOSE, file_head
from app.queries.reading import has_read, may_look
from app.rules.validation import check_value
from app.words import tr
from models.images import OFFICE_CHAIN
from models.people import IntegrityFile, Person
from models.reading import Reading
from models.types import Access, Uid, new_uid


def nothing() -> None:
    """Nothing is written."""


def open_file(session: Session, actor: Actor, staff_no: str, purpose: str = "") -> Changes:
    """Register that the actor reads a file; once a day is enough.

    Raises Invalid (``field="purpose"``) where the file lies outside the daily work and no purpose is given.
    """
    require(actor, Permission.READ_FILES)
    file = session.get_one(IntegrityFile, file_head(session, actor, staff_no).file_id)
    if has_read(session, actor, file.id):
        return Changes()
    _check_purpose(session, actor, file, purpose)
    with writing(session, actor, "open_file") as ledger:
        uid = register(ledger, actor, file, Access.OPENED, purpose)
        return changed(Kind.READINGS, uid)


def _check_purpose(session: Session, actor: Actor, file: IntegrityFile, purpose: str) -> None:
    too_long = check_value("authority", purpose)
    refuse([too_long._replace(field="purpose")] if too_long else [])
    if not (purpose.strip() or may_look(session, actor, file.id, file.department_id)):
        raise Invalid(tr(PURPOSE), field="purpose")


def register_prints(
    session: Session,
    actor: Actor,
    staff_nos: Sequence[str],
    purpose: str,
    then: Callable[[], object] = nothing,
) -> Changes:
    """Register a print of each of some files, in one go. ``purpose``: the form that is printed.

    ``then`` writes it: where it cannot be written, nothing is registered.
    """
    require(actor, Permission.PRINT)
    with writing(session, actor, "register_prints") as ledger:
        for file in _files(session, staff_nos):
            allow_reading(actor, Permission.PRINT, file)
            register(ledger, actor, file, Access.PRINTED, purpose)
    then()
    return changed(Kind.READINGS)


class Disclosure(NamedTuple):
    """For what negative entries leave the office, and who approved that."""

    purpose: str
    approver: str


def register_export(
    session: Session,
    actor: Actor,
    staff_nos: Sequence[str],
    disclosure: Disclosure,
    then: Callable[[], object] = nothing,
) -> Changes:
    """Register that negative entries of some files leave the office.

    ``then`` writes them: where they cannot be written, nothing is registered. Raises Invalid without purpose
    or approver.
    """
    require(actor, Permission.PRINT)
    purpose, approver = disclosure.purpose.strip(), disclosure.approver.strip()
    if not purpose:
        raise Invalid(tr("Say for what purpose the negative entries leave the office."), field="purpose")
    if not approver:
        raise Invalid(tr("Say who approved that, and where it is written."), field="approver")
    with writing(session, actor, "register_export") as ledger:
        for file in _files(session, staff_nos):
            allow_reading(actor, Permission.PRINT, file)
            register(ledger, actor, file, Access.EXPORTED, purpose, approver)
    then()
    return changed(Kind.READINGS)


def _files(session: Session, staff_nos: Sequence[str]) -> Sequence[IntegrityFile]:
    rows = select(IntegrityFile).join(Person, IntegrityFile.person_id == Person.id)
    return (
        session.execute(rows.where(Person.staff_no.in_(staff_nos)).order_by(IntegrityFile.id)).scalars().all()
    )


def register(
    ledger: Ledger,
    actor: Actor,
    file: IntegrityFile,
    how: Access,
    purpose: str,
    document_no: str = "",
) -> Uid:
    """Write a line of the register, with its event in the chain of the file; of a file that was sent away in
    that of the office, as nothing may follow in its own here."""
    row = Reading(
        uid=new_uid(),
        file_id=file.id,
        chain_id=OFFICE_CHAIN if file.sent_to else file.chain_id,
        department_id=file.department_id,
        how=how,
        purpose=purpose.strip(),
        document_no=document_no.strip(),
        account_id=actor.account_id,
        read_at=ledger.moment,
    )
    ledger.session.add(row)
    ledger.add_row(row.chain_id, f"reading_{how}", "reading", Uid(row.uid))
    return Uid(row.uid)
