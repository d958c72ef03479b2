"""Keeps entries that are being typed, each for its account alone. Outside the ledger until submitted."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import file_of
from app.permissions import Actor, Permission, require
from models.conduct import EntryDraft
from models.database import moment
from models.people import IntegrityFile, Person


def keep_entry_draft(session: Session, actor: Actor, staff_no: str, text: str) -> Changes:
    """Keep what is typed for a file, in place of what was. Only a draft that begins is a change to others."""
    require(actor, Permission.KEEP_FILES)
    file, _ = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    own = select(EntryDraft).where(EntryDraft.account_id == actor.account_id, EntryDraft.file_id == file.id)
    now = moment(session)
    if row := session.execute(own).scalar_one_or_none():
        row.text, row.saved_at = text, now
        session.flush()
        return Changes()
    session.add(EntryDraft(account_id=actor.account_id, file_id=file.id, text=text, saved_at=now))
    session.flush()
    return changed(Kind.ENTRY_DRAFTS)


def discard_entry_draft(session: Session, actor: Actor, staff_no: str) -> Changes:
    """Throw away what the actor typed for a file; nothing where nothing was."""
    require(actor, Permission.KEEP_FILES)
    file = (
        select(IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(Person.staff_no == staff_no)
        .scalar_subquery()
    )
    session.execute(
        delete(EntryDraft).where(EntryDraft.account_id == actor.account_id, EntryDraft.file_id == file)
    )
    return changed(Kind.ENTRY_DRAFTS)
