"""How long negative information is kept, what is past that, and what was erased on whose order."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.permissions import Actor, Permission, others, require, visible_to
from app.rules.retention import LONGEST, kept_until
from models.accounts import Account
from models.bulk import fetch
from models.conduct import Entry, Item
from models.people import Department, IntegrityFile, Person
from models.retention import Erasure, RetentionRule
from models.types import Day, EntryStatus, ErasureStatus, Moment, Polarity, Uid

_STANDING = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED, EntryStatus.REVOKED, EntryStatus.SUPERSEDED)


_NEWEST = select(RetentionRule.months, RetentionRule.document_no).order_by(RetentionRule.id.desc()).limit(1)


class Retention(NamedTuple):
    """How long negative information stands in summaries, and by which rule."""

    months: int
    document_no: str
    """Empty where the office has no rule of its own."""


class PastRetention(NamedTuple):
    """A negative entry that is kept as archive only."""

    uid: Uid
    staff_no: str
    name: str
    department: str
    item_zh: str
    item_en: str
    occurred_on: Day
    ended_on: Day | None
    document_no: str
    kept_until: Day

    def item_name(self, language: str) -> str:
        """The item in a language."""
        return self.item_zh if language.startswith("zh") else self.item_en


class ErasureRow(NamedTuple):
    """An order to erase an entry, and what became of it."""

    uid: Uid
    entry: Uid
    staff_no: str
    name: str
    document_no: str
    ordered_on: Day
    authority: str
    reason: str
    status: ErasureStatus
    registered_by: str
    registrar: Uid
    """The account, for who may carry it out."""
    decided_by: str | None
    decided_at: Moment | None


def retention(session: Session, actor: Actor) -> Retention:
    """The rule that holds now: the office's own, else five years."""
    require(actor, Permission.READ_FILES)
    found = fetch(session, _NEWEST)
    return Retention._make(found[0]) if found else Retention(LONGEST, "")


def past_retention(
    session: Session, actor: Actor, on: Day, wanted: frozenset[int] | None = None
) -> tuple[PastRetention, ...]:
    """What left the summaries by a day, by staff number and date. ``wanted``: only of these departments."""
    require(actor, Permission.KEEP_FILES)
    months = retention(session, actor).months
    rows = (
        select(
            Entry.uid,
            Person.staff_no,
            Person.name,
            Department.name,
            Item.name_zh,
            Item.name_en,
            Entry.occurred_on,
            Entry.ended_on,
            Entry.document_no,
        )
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, IntegrityFile.department_id == Department.id)
        .join(Item, Entry.item_id == Item.id)
        .where(
            Item.polarity == Polarity.NEGATIVE,
            Entry.status.in_(_STANDING),
            others(actor, IntegrityFile.person_id),
            visible_to(actor, Entry.department_id),
        )
        .order_by(Person.staff_no, Entry.occurred_on)
    )
    if wanted is not None:
        rows = rows.where(IntegrityFile.department_id.in_(sorted(wanted)))
    found = []
    for row in session.execute(rows):
        until = kept_until(Polarity.NEGATIVE, row.occurred_on, row.ended_on, months)
        if until and until < on:
            found.append(PastRetention._make((*row, until)))
    return tuple(found)


def erasures(session: Session, actor: Actor, files: Sequence[int] | None = None) -> tuple[ErasureRow, ...]:
    """The orders to erase, the newest first: of some files, or of all that the actor may read."""
    require(actor, Permission.READ_FILES)
    registrar, decider = aliased(Account), aliased(Account)
    rows = (
        select(
            Erasure.uid,
            Erasure.entry,
            Person.staff_no,
            Person.name,
            Erasure.document_no,
            Erasure.ordered_on,
            Erasure.authority,
            Erasure.reason,
            Erasure.status,
            registrar.name,
            registrar.uid,
            decider.name,
            Erasure.decided_at,
        )
        .join(IntegrityFile, Erasure.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(registrar, Erasure.registered_by == registrar.id)
        .outerjoin(decider, Erasure.decided_by == decider.id)
        .where(others(actor, IntegrityFile.person_id), visible_to(actor, Erasure.department_id))
        .order_by(Erasure.id.desc())
    )
    if files is not None:
        rows = rows.where(Erasure.file_id.in_(files))
    found = (ErasureRow._make(row) for row in session.execute(rows))
    return tuple(row._replace(status=ErasureStatus(row.status)) for row in found)
