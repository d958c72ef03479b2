"""Entries that wait for verification, and items to choose from."""

import json
from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from app.errors import NotFound
from app.exchange.fields import Placement
from app.permissions import Actor, Permission, Scope, require
from app.queries.people_order import IN_FORCE
from app.queries.schemes import scheme_for
from app.rules.grading.case import year
from app.rules.grading.reading import NO_TEXT, Text
from models.accounts import Account
from models.conduct import Entry, Evidence, ImportBatch, Item
from models.database import moment
from models.people import Department, IntegrityFile, Person
from models.types import (
    AuthorityLevel,
    Capacity,
    Category,
    Channel,
    Commitment,
    Day,
    EntryStatus,
    Moment,
    Points,
    Polarity,
    Uid,
    day_at,
)

Rows = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]


class ItemRow(NamedTuple):
    """An item to choose."""

    code: str
    polarity: Polarity
    category: Category
    name_zh: str
    name_en: str
    keys: str
    """Full pinyin and initials."""

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_zh if language.startswith("zh") else self.name_en

    def found_by(self, typed: str) -> bool:
        """Whether the item is meant by Chinese, English, pinyin, initials or code."""
        small = typed.strip().lower()
        return (
            small in self.name_zh
            or small in self.name_en.lower()
            or any(key.startswith(small) for key in self.keys.split())
            or self.code.startswith(small)
        )


def items(session: Session, actor: Actor) -> list[ItemRow]:
    """The catalogue, in the order in which standards brought it."""
    require(actor, Permission.READ_FILES)
    rows = session.execute(
        select(Item.code, Item.polarity, Item.category, Item.name_zh, Item.name_en, Item.keys).order_by(
            Item.id
        )
    )
    return [ItemRow(row[0], Polarity(row[1]), Category(row[2]), *row[3:]) for row in rows]


class Barred(StrEnum):
    """Why the actor leaves this to a colleague."""

    OWN_FILE = "own_file"
    RECORDED = "recorded"
    """Whoever recorded or imported it does not verify it."""


class Paper(NamedTuple):
    """A piece of evidence as a verifier finds it: a file kept here, or a paper kept elsewhere."""

    title: str
    size: int | None
    """Bytes of a file; None for a paper."""
    place: str | None
    seen_by: str | None
    seen_on: Day | None
    uid: Uid


class WaitingEntry(NamedTuple):
    """An entry with all that is compared with the paper. Of the own file only whose it is."""

    uid: Uid
    staff_no: str
    name: str
    department: str
    post: str
    item_zh: str
    item_en: str
    polarity: Polarity
    category: Category
    occurred_on: Day
    decided_on: Day | None
    ended_on: Day | None
    authority: str
    level: AuthorityLevel
    document_no: str
    facts: str
    channel: Channel
    commitment: Commitment | None
    quantity: int | None
    """In thousandths of the item's unit."""
    given_points: Points | None
    given_reason: str | None
    capacity: Capacity | None
    authors: int | None
    corrected_on: Day | None
    corrected_document: str | None
    recorded_by: str
    recorded_at: Moment
    alike: bool
    """Whether another entry of the person says the same: item, day, document number."""
    barred: Barred | None
    evidence: tuple[Paper, ...] = ()
    correction: str | None = None
    """What is wrong in the entry in force that it corrects; None where it corrects none."""
    lacks: Text = NO_TEXT
    """The evidence that its item requires and that is not there, as in lists of earlier years."""

    @property
    def bare(self) -> bool:
        """Whether there is no paper to compare it with: neither a document number nor evidence."""
        return not self.document_no and not self.evidence and self.barred is not Barred.OWN_FILE

    def item_name(self, language: str) -> str:
        """The item in a language; empty in the own file."""
        return self.item_zh if language.startswith("zh") else self.item_en


class WaitingBatch(NamedTuple):
    """An imported list whose entries wait."""

    uid: Uid
    source: str
    """The name that its mapping gives the source."""
    file_name: str
    file_digest: bytes
    mapping: str
    """The text by which its columns were read."""
    counts: Mapping[Placement, int]
    """Where its rows went."""
    waiting: int
    """Entries that would take effect; without those of the own file."""
    alike: int
    """How many of them perhaps say a fact twice."""
    imported_by: str
    imported_at: Moment
    barred: Barred | None


class ReturnedBatch(NamedTuple):
    """A list that came back from verification."""

    uid: Uid
    file_name: str
    reason: str
    returned_on: Day
    entries: int
    """How many of its entries came back."""


SHOWN = 200
"""Entries of a list that are shown; the paper list is compared with the file."""

STANDING = (EntryStatus.SUBMITTED, EntryStatus.HEARING, *IN_FORCE)
"""What entries are that say something: in force, or waiting to be."""


def to_verify(session: Session, actor: Actor) -> list[WaitingEntry]:
    """The entries that wait one by one, the oldest first; those left to a colleague too."""
    require(actor, Permission.VERIFY_ENTRIES)
    rows = _waiting(actor).where(waits_alone())
    return _entries(session, actor, rows)


def batch_entries(session: Session, actor: Actor, uid: Uid) -> list[WaitingEntry]:
    """The first SHOWN entries of an imported list that wait: those that are doubtful, then in its order."""
    require(actor, Permission.VERIFY_ENTRIES)
    batch = select(ImportBatch.id).where(ImportBatch.uid == uid).scalar_subquery()
    rows = _waiting(actor).where(Entry.batch_id == batch)
    return _entries(session, actor, rows.order_by(None).order_by(_alike().desc(), Entry.id).limit(SHOWN))


def batches_to_verify(session: Session, actor: Actor) -> list[WaitingBatch]:
    """The imported lists that nobody has verified yet, the oldest first."""
    require(actor, Permission.VERIFY_ENTRIES)
    own = select(IntegrityFile.id).where(IntegrityFile.person_id.in_(sorted(actor.recused)))
    waiting = select(func.count()).where(
        Entry.batch_id == ImportBatch.id,
        Entry.status == EntryStatus.SUBMITTED,
        Entry.file_id.not_in(own),
    )
    counts = (waiting.scalar_subquery(), waiting.where(_alike()).scalar_subquery())
    rows = (
        select(ImportBatch, Account.name, *counts)
        .join(Account, ImportBatch.imported_by == Account.id)
        .where(batch_waits())
        .order_by(ImportBatch.id)
    )
    return [_batch(actor, *row) for row in session.execute(rows)]


def waits_alone() -> ColumnElement[bool]:
    """The condition that an entry is not verified with its list: recorded alone, or in the file of who
    verified the list."""
    verified = select(ImportBatch.id).where(ImportBatch.verified_by.is_not(None))
    return Entry.batch_id.is_(None) | Entry.batch_id.in_(verified)


def batch_waits() -> ColumnElement[bool]:
    """The condition that an imported list brought entries which wait: imported again, it brings none."""
    waiting = (Entry.batch_id == ImportBatch.id) & (Entry.status == EntryStatus.SUBMITTED)
    return ImportBatch.verified_by.is_(None) & select(Entry.id).where(waiting).exists()


def returned_batches(session: Session, actor: Actor) -> list[ReturnedBatch]:
    """The lists that the actor imported and that came back, until their source is imported again."""
    require(actor, Permission.KEEP_FILES)
    later = aliased(ImportBatch)
    rows = (
        select(
            ImportBatch.uid,
            ImportBatch.file_name,
            func.max(Entry.status_reason),
            func.max(Entry.status_on),
            func.count(),
        )
        .join(Entry, Entry.batch_id == ImportBatch.id)
        .where(
            ImportBatch.imported_by == actor.account_id,
            ImportBatch.verified_by.is_(None),
            Entry.status == EntryStatus.RETURNED,
            ~select(later.id).where(later.source == ImportBatch.source, later.id > ImportBatch.id).exists(),
        )
        .group_by(ImportBatch.id)
        .order_by(ImportBatch.id)
    )
    return [ReturnedBatch._make(row) for row in session.execute(rows)]


def _alike() -> ColumnElement[bool]:
    """The condition that another entry which stands says the same of the same person."""
    other = aliased(Entry)
    same = (
        other.file_id == Entry.file_id,
        other.occurred_on == Entry.occurred_on,
        other.item_id == Entry.item_id,
        other.document_no == Entry.document_no,
        other.id != func.coalesce(Entry.supersedes_id, 0),  # what it corrects says the same, wrongly
    )
    return select(other.id).where(*same, other.id != Entry.id, other.status.in_(STANDING)).exists()


def _batch(actor: Actor, row: ImportBatch, imported_by: str, waiting: int, alike: int) -> WaitingBatch:
    own = None if waiting else Barred.OWN_FILE  # what is left of a list that went back
    return WaitingBatch(
        Uid(row.uid),
        row.source,
        row.file_name,
        row.file_digest,
        row.mapping,
        {Placement(name): count for name, count in json.loads(row.counts).items()},
        waiting,
        alike,
        imported_by,
        Moment(row.imported_at),
        Barred.RECORDED if row.imported_by == actor.account_id else own,
    )


def _waiting(actor: Actor) -> Rows:
    rows = (
        select(
            Entry.uid,
            Person.staff_no,
            Person.name,
            Department.name,
            func.coalesce(func.nullif(Person.post, ""), Person.rank),
            Item.name_zh,
            Item.name_en,
            Item.polarity,
            Item.category,
            Entry.occurred_on,
            Entry.decided_on,
            Entry.ended_on,
            Entry.authority,
            Entry.level,
            Entry.document_no,
            Entry.facts,
            Entry.channel,
            Entry.commitment,
            Entry.quantity,
            Entry.given_points,
            Entry.given_reason,
            Entry.capacity,
            Entry.authors,
            Entry.corrected_on,
            Entry.corrected_document,
            Account.name,
            Entry.recorded_at,
            _alike(),
            Entry.recorded_by,
            Person.id,
            Entry.supersedes_reason,
            Item.code,
        )
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, Person.department_id == Department.id)
        .join(Item, Entry.item_id == Item.id)
        .join(Account, Entry.recorded_by == Account.id)
        .where(Entry.status == EntryStatus.SUBMITTED)
        .order_by(Entry.id)
    )
    scope: Scope = actor.scopes[Permission.VERIFY_ENTRIES]
    return rows if scope is None else rows.where(IntegrityFile.department_id.in_(sorted(scope)))


def _entries(session: Session, actor: Actor, rows: Rows) -> list[WaitingEntry]:
    evidence, required = _evidence(session), _required(session, actor)
    return [_entry(actor, row, evidence, required) for row in session.execute(rows)]


def _required(session: Session, actor: Actor) -> Mapping[str, Text]:
    """By the code of an item what the standard in force wants its entries to rest on."""
    try:
        published = scheme_for(session, actor, year(day_at(moment(session)) // 10000))
    except NotFound:
        return {}
    return {code: rule.evidence for code, rule in published.scheme.items.items()}


def _entry(
    actor: Actor, values: AnyRow, evidence: Mapping[str, list[Paper]], required: Mapping[str, Text]
) -> WaitingEntry:
    *shown, recorder, person, correction, item = values
    papers = tuple(evidence.get(values[0], ()))
    lacks = NO_TEXT if papers else required.get(item, NO_TEXT)
    row = WaitingEntry._make([*shown, None, papers, correction, lacks])
    if recorder == actor.account_id:
        row = row._replace(barred=Barred.RECORDED)
    if person in actor.recused:
        row = row._replace(
            item_zh="",
            item_en="",
            authority="",
            document_no="",
            facts="",
            quantity=None,
            given_points=None,
            given_reason=None,
            capacity=None,
            authors=None,
            corrected_on=None,
            corrected_document=None,
            alike=False,
            evidence=(),
            correction=None,
            lacks=NO_TEXT,
            barred=Barred.OWN_FILE,
        )
    return row._replace(
        alike=bool(row.alike),
        polarity=Polarity(row.polarity),
        category=Category(row.category),
        level=AuthorityLevel(row.level),
        channel=Channel(row.channel),
        commitment=Commitment(row.commitment) if row.commitment else None,
        capacity=Capacity(row.capacity) if row.capacity else None,
    )


def _evidence(session: Session) -> dict[str, list[Paper]]:
    """By the uid of a waiting entry its own evidence, then that of those in whose place it was recorded."""
    found: dict[str, list[Paper]] = defaultdict(list)
    columns = (Evidence.title, Evidence.size, Evidence.place, Evidence.seen_by)
    of_paper = (*columns, Evidence.seen_on, Evidence.uid)
    own = (
        select(Entry.uid, *of_paper)
        .join(Entry, Evidence.entry_id == Entry.id)
        .where(Entry.status == EntryStatus.SUBMITTED)
        .order_by(Evidence.id)
    )
    earlier = _earlier()
    of_earlier = (
        select(earlier.c.uid, *of_paper)
        .join(earlier, Evidence.entry_id == earlier.c.earlier)
        .order_by(earlier.c.earlier.desc(), Evidence.id)
    )
    for rows in (own, of_earlier):
        for uid, *paper in session.execute(rows):
            found[uid].append(Paper._make(paper))
    return found


def _earlier() -> CTE:
    """Waiting entries by uid, with the keys of all in whose place they were recorded."""
    first = (
        select(Entry.uid, Entry.supersedes_id.label("earlier"))
        .where(Entry.status == EntryStatus.SUBMITTED, Entry.supersedes_id.is_not(None))
        .cte("earlier", recursive=True)
    )
    before = aliased(Entry)
    return first.union_all(
        select(first.c.uid, before.supersedes_id)
        .join(before, before.id == first.c.earlier)
        .where(before.supersedes_id.is_not(None))
    )
