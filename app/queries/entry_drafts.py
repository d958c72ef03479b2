"""The entries that the actor has begun to type, and nobody else sees."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, others, require, visible_to
from models.conduct import EntryDraft
from models.people import IntegrityFile, Person
from models.types import Moment


class EntryDraftRow(NamedTuple):
    """A draft to continue."""

    staff_no: str
    name: str
    text: str
    """What was typed, as the form wrote it."""
    saved_at: Moment


def entry_drafts(session: Session, actor: Actor, staff_no: str = "") -> list[EntryDraftRow]:
    """The actor's own drafts, the newest first; or the one for a person."""
    require(actor, Permission.KEEP_FILES)
    rows = (
        select(Person.staff_no, Person.name, EntryDraft.text, EntryDraft.saved_at)
        .join(IntegrityFile, EntryDraft.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(
            EntryDraft.account_id == actor.account_id,
            others(actor, Person.id),
            visible_to(actor, IntegrityFile.department_id),
        )
        .order_by(EntryDraft.saved_at.desc(), EntryDraft.id)
    )
    if staff_no:
        rows = rows.where(Person.staff_no == staff_no)
    return [EntryDraftRow._make(row) for row in session.execute(rows)]
