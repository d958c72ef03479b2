"""What of a list is in the office already: rows of earlier imports, and facts that are on file."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exchange.doubts import Fact
from app.exchange.fields import Placement
from app.queries.entries import STANDING
from app.words import tr
from models.bulk import stream
from models.conduct import Entry, ImportBatch, Item, Lead
from models.people import IntegrityFile, Person
from models.retention import ErasedOrigin
from models.types import Moment, day_at, iso


class Earlier(NamedTuple):
    """Where an earlier import put rows of the same source."""

    placement: Placement
    named: str
    """The day of that import, and the number of its list."""


def known_rows(session: Session, source: str) -> dict[bytes, Earlier]:
    """Where the rows of earlier imports of a source went, by identity."""
    found: dict[bytes, Earlier] = {}
    batches = session.execute(select(ImportBatch).where(ImportBatch.source == source)).scalars().all()
    for table, placement in ((Entry, Placement.ENTRY), (Lead, Placement.LEAD)):
        for batch in batches:
            earlier = Earlier(placement, _named(batch))
            origins = select(table.origin).where(table.batch_id == batch.id)
            found.update((origin, earlier) for origin in session.execute(origins).scalars() if origin)
    for batch in batches:  # what was erased on order does not come back with its list
        erased = select(ErasedOrigin.origin).where(ErasedOrigin.batch_id == batch.id)
        earlier = Earlier(Placement.ENTRY, _named(batch))
        found.update((origin, earlier) for origin in session.execute(erased).scalars())
    return found


def _named(batch: ImportBatch) -> str:
    day, number = iso(day_at(Moment(batch.imported_at))), batch.uid[:8]
    return tr("{date} (list no. {number})").format(date=day, number=number)


def same_file(session: Session, batch: ImportBatch, rows: int) -> Counter[str]:
    """The last earlier import of the very file of a batch, with that many rows; people have no identities."""
    same = (ImportBatch.source == batch.source) & (ImportBatch.file_digest == batch.file_digest)
    earlier = select(ImportBatch).where(same, ImportBatch.id != batch.id).order_by(ImportBatch.id.desc())
    last = session.execute(earlier.limit(1)).scalar_one_or_none()
    return Counter({_named(last): rows}) if last else Counter()


def facts_on_file(session: Session) -> Iterator[Fact]:
    """What the entries say that are in force or wait for verification."""
    rows = (
        select(Person.staff_no, Item.code, Entry.occurred_on, Entry.document_no)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Item, Entry.item_id == Item.id)
        .where(Entry.status.in_(STANDING))
    )
    return cast(Iterator[Fact], stream(session, rows))
