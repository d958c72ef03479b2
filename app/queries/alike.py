"""Entries that may be the same as one that is being typed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, others, require, visible_to
from app.queries.entries import STANDING
from app.rules.inputs import NewEntry
from models.conduct import Entry, Item
from models.people import IntegrityFile, Person


class OnFile(NamedTuple):
    """Somebody in whose file the like stands."""

    staff_no: str
    name: str


def on_file_already(session: Session, actor: Actor, staff_nos: Sequence[str], new: NewEntry) -> list[OnFile]:
    """Those of the people who have an entry under the same document, or of the same item and date."""
    require(actor, Permission.KEEP_FILES)
    same = and_(Item.code == new.item, Entry.occurred_on == new.occurred_on)
    if new.document_no:
        same = or_(same, Entry.document_no == new.document_no)
    rows = (
        select(Person.staff_no, Person.name)
        .join(IntegrityFile, IntegrityFile.person_id == Person.id)
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Item, Entry.item_id == Item.id)
        .where(
            Person.staff_no.in_(staff_nos),
            Entry.status.in_(STANDING),
            same,
            others(actor, Person.id),
            visible_to(actor, Entry.department_id),
        )
        .distinct()
        .order_by(Person.staff_no)
    )
    return [OnFile._make(row) for row in session.execute(rows)]
