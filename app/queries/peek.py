"""A look at a file without opening it: its head and its newest entries."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require, require_other
from app.queries.influence import influence_today
from app.queries.merged import with_seconds
from app.queries.people import PersonRow, people_rows
from app.rules.influence import Influence
from app.words import tr
from models.conduct import Entry, Item
from models.people import IntegrityFile
from models.types import Day, EntryStatus, Polarity

MOST = 8


class PeekEntry(NamedTuple):
    """An entry in two lines."""

    item_zh: str
    item_en: str
    polarity: Polarity
    status: EntryStatus
    occurred_on: Day
    authority: str
    document_no: str

    def item_name(self, language: str) -> str:
        """The item in a language."""
        return self.item_zh if language.startswith("zh") else self.item_en


class Peek(NamedTuple):
    """What the pane beside a list shows."""

    row: PersonRow
    number: str
    """Of the integrity file."""
    total: int
    """Entries there are, whatever their status."""
    entries: tuple[PeekEntry, ...]
    """The newest, by the date of the act."""
    influences: tuple[Influence, ...]
    """Influence periods that run today, the one that ends last first."""


def peek(session: Session, actor: Actor, person_id: int) -> Peek:
    """The head and the MOST newest entries of a person's file. Raises NotFound, NotAllowed (own file)."""
    require(actor, Permission.READ_FILES)
    require_other(actor, person_id)
    row = people_rows(session, actor, [person_id]).get(person_id)
    file = session.execute(
        select(IntegrityFile.id, IntegrityFile.number).where(IntegrityFile.person_id == person_id)
    ).one_or_none()
    if row is None or file is None:
        raise NotFound(tr("This person is not here any more. Look at the list again."))
    files = with_seconds(session, [file.id])
    total = select(func.count()).where(Entry.file_id.in_(files))
    influences = influence_today(session, actor, [person_id]).get(person_id, ())
    return Peek(row, file.number, session.execute(total).scalar_one(), _entries(session, files), influences)


def _entries(session: Session, files: Sequence[int]) -> tuple[PeekEntry, ...]:
    rows = (
        select(
            Item.name_zh,
            Item.name_en,
            Item.polarity,
            Entry.status,
            Entry.occurred_on,
            Entry.authority,
            Entry.document_no,
        )
        .join(Item, Entry.item_id == Item.id)
        .where(Entry.file_id.in_(files))
        .order_by(Entry.occurred_on.desc(), Entry.id.desc())
        .limit(MOST)
    )
    return tuple(
        PeekEntry(zh, en, Polarity(polarity), EntryStatus(status), Day(occurred_on), authority, document_no)
        for zh, en, polarity, status, occurred_on, authority, document_no in session.execute(rows)
    )
