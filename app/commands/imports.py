"""Takes in lists: one transaction, good rows written, bad ones reported, nothing twice."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind
from app.commands.earlier import Earlier, facts_on_file, known_rows, same_file
from app.commands.ledger import Ledger, writing
from app.commands.rows import FileKeys, new_entries, new_leads, new_people, update_person
from app.exchange.binding import Lookups
from app.exchange.doubts import doubted
from app.exchange.fields import Kind as ListKind
from app.exchange.fields import Placement
from app.exchange.judge import Judged, judge
from app.exchange.mapping import ListMapping, parse_mapping
from app.exchange.tables import read_table
from app.permissions import Actor, Permission, require
from app.queries.departments import departments
from app.rules.inputs import NewPerson
from app.rules.validation import Fault, Problem, before
from app.words import listed, mark, ntr, tr
from models.conduct import ImportBatch, Item
from models.database import moment
from models.images import OFFICE_CHAIN
from models.people import IdNumber, IntegrityFile, Person
from models.types import Day, Polarity, Uid, day_at, iso, new_uid

CHUNK = 2_000
OWN_FILE = mark("your own file: a colleague brings it up to date")
UNCHANGED = mark("already here, and nothing new is known")

Watch = Callable[[Iterator[Judged]], Iterator[Judged]]
"""What every row passes through, in order, once it is known what became of it: a report, a progress."""


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list and how to read it."""

    path: Path
    mapping_text: str

    @property
    def mapping(self) -> ListMapping:
        """The mapping. Raises Invalid."""
        return parse_mapping(self.mapping_text)


@dataclass(slots=True)
class Imported:
    """How many rows went where. ``batch`` is None after a dry run."""

    changes: Changes
    batch: Uid | None = None
    counts: Counter[Placement] = field(default_factory=Counter)
    doubts: int = 0
    """Entries that perhaps say a fact twice."""
    earlier: Counter[str] = field(default_factory=Counter)
    """Rows that were here already, by the earlier list that brought them."""

    def count(self, rows: Iterable[Judged]) -> None:
        """Go through the rows, up to the last one."""
        for row in rows:
            self.counts[row.placement] += 1
            self.doubts += row.doubt is not None

    def repeated(self) -> str:
        """How much of the list was imported before, and when, in a sentence; empty for nothing."""
        rows, lists = self.earlier.total(), listed(self.earlier)
        if rows and rows == self.counts.total():
            words = ntr(
                "The one row was imported before: {lists}. Nothing is changed.",
                "All {n} rows were imported before: {lists}. Nothing is changed.",
                rows,
            )
        else:
            words = ntr(
                "{n} row was imported before and is left out: {lists}.",
                "{n} rows were imported before and are left out: {lists}.",
                rows,
            )
        return words.format(n=f"{rows:,}", lists=lists) if rows else ""


def try_list(session: Session, actor: Actor, source: ListSource, watch: Watch = iter) -> Imported:
    """The dry run: every row judged as the import would, nothing written."""
    require(actor, Permission.KEEP_FILES)
    done = Imported(Changes())
    done.count(watch(_judged(session, actor, source, done)))
    return done


def import_list(session: Session, actor: Actor, source: ListSource, watch: Watch = iter) -> Imported:
    """Write the good rows of a list. Entries wait for ``verify_batch`` by a second account.

    What ``watch`` raises, such as a report that cannot be saved, undoes it all.
    """
    require(actor, Permission.KEEP_FILES)
    mapping = source.mapping
    done = Imported(Changes(frozenset(_KINDS[mapping.kind])))
    rows = _judged(session, actor, source, done)
    with writing(session, actor, f"import_{mapping.kind}") as ledger:
        ledger.follow([OFFICE_CHAIN])  # whoever writes in many chains holds this first: none waits in a ring
        batch = _batch(session, actor, source, mapping, ledger)
        done.batch = Uid(batch.uid)
        write = _writer(session, actor, mapping.kind, ledger, batch)
        done.count(watch(_written(rows, write)))
        if mapping.kind is ListKind.PEOPLE:
            done.earlier += same_file(session, batch, done.counts[Placement.LEFT_OUT])
        batch.counts = json.dumps(done.counts, sort_keys=True)
        ledger.add_row(OFFICE_CHAIN, "list_imported", "batch", Uid(batch.uid))
    return done


_KINDS = {
    ListKind.PEOPLE: (Kind.PEOPLE, Kind.DEPARTMENTS, Kind.BATCHES),
    ListKind.ENTRIES: (Kind.ENTRIES, Kind.LEADS, Kind.BATCHES),
}


def lookups(session: Session) -> Lookups:
    """What judging needs to know of the office."""
    people = dict(session.execute(select(Person.staff_no, Person.name)).all())
    items: dict[str, str] = {}
    polarities: dict[str, Polarity] = {}
    for code, zh, en, polarity in session.execute(
        select(Item.code, Item.name_zh, Item.name_en, Item.polarity)
    ):
        items |= {code: code, zh: code, en: code}
        polarities[code] = Polarity(polarity)
    numbers = dict(
        session.execute(
            select(IdNumber.number, Person.staff_no).join(Person, IdNumber.person_id == Person.id)
        ).all()
    )
    return Lookups(people, items, day_at(moment(session)), numbers, polarities)


def _judged(session: Session, actor: Actor, source: ListSource, done: Imported) -> Iterator[Judged]:
    """Every row with its place; those of an earlier import are left out, those not for the actor rejected."""
    mapping = source.mapping
    table = read_table(source.path, mapping.sheet)
    here = lookups(session)
    rows = judge(table, mapping, here)
    known = known_rows(session, mapping.source)
    rows = (_again(row, known[row.identity], done) if row.identity in known else row for row in rows)
    if actor.scopes[Permission.KEEP_FILES] is not None:
        kept = _kept(session, actor)
        rows = (_bar_place(row, kept, here, mapping) for row in rows)
    barred = _barred(session, actor)
    rows = (_bar(row, barred, mapping) for row in rows) if barred else rows
    closed = _closed(session)
    rows = (_bar_closed(row, closed, mapping) for row in rows) if closed else rows
    return doubted(rows, facts_on_file(session)) if mapping.kind is ListKind.ENTRIES else rows


def _kept(session: Session, actor: Actor) -> frozenset[str]:
    """Paths of the departments whose files the actor keeps."""
    rows = departments(session, actor)
    return frozenset(row.path for row in rows if actor.may(Permission.KEEP_FILES, row.id))


def _bar_place(row: Judged, kept: frozenset[str], here: Lookups, mapping: ListMapping) -> Judged:
    """Nobody is put into a department whose files the actor does not keep; a blank moves nobody."""
    if not isinstance(row.record, NewPerson) or (
        not row.record.department and row.record.staff_no in here.people
    ):
        return row
    names = row.record.department.split("/")
    if any("/".join(names[:depth]) in kept for depth in range(1, len(names) + 1)):
        return row
    return _rejected(row, "department", Fault.DEPARTMENT_NOT_KEPT, row.record.department, mapping)


def _barred(session: Session, actor: Actor) -> dict[str, Fault]:
    """By staff number: whose files the actor does not keep, and why; none for most."""
    scope = actor.scopes[Permission.KEEP_FILES]
    if scope is None and not (actor.recused or actor.not_kept):
        return {}
    rows = select(Person.staff_no, Person.id, IntegrityFile.department_id).join(
        IntegrityFile, IntegrityFile.person_id == Person.id
    )
    own = actor.recused | actor.not_kept
    return {
        staff_no: Fault.OWN_FILE if person in own else Fault.OTHER_DEPARTMENT
        for staff_no, person, department in session.execute(rows)
        if person in own or not actor.may(Permission.KEEP_FILES, department)
    }


def _bar(row: Judged, barred: Mapping[str, Fault], mapping: ListMapping) -> Judged:
    fault = barred.get(row.record.staff_no) if row.record else None
    if fault is None or row.record is None:
        return row
    if fault is Fault.OWN_FILE and row.placement is Placement.PERSON:  # one is on every roster of the office
        return row._replace(placement=Placement.LEFT_OUT, record=None, reason=tr(OWN_FILE))
    return _rejected(row, "staff_no", fault, row.record.staff_no, mapping)


class _Closed(NamedTuple):
    """When a file was closed, and the office it was sent to."""

    on: Day
    sent_to: str | None


def _closed(session: Session) -> dict[str, _Closed]:
    """Closed files by staff number."""
    rows = (
        select(Person.staff_no, IntegrityFile.closed_on, IntegrityFile.sent_to)
        .join(IntegrityFile, IntegrityFile.person_id == Person.id)
        .where(IntegrityFile.closed_on.is_not(None))
    )
    return {row[0]: _Closed(Day(row[1] or 0), row[2]) for row in session.execute(rows)}


def _bar_closed(row: Judged, closed: Mapping[str, _Closed], mapping: ListMapping) -> Judged:
    """Lists bring the earlier years of who has left, but nothing from after that day; nothing at all where
    another office keeps the file now."""
    found = closed.get(row.record.staff_no) if row.record else None
    if found is None or row.record is None:
        return row
    if found.sent_to:
        return _rejected(row, "staff_no", Fault.FILE_SENT, found.sent_to, mapping)
    happened = _HAPPENED.get(row.placement)
    day = getattr(row.record, happened) if happened else None
    if happened and day and before(found.on, day):
        return _rejected(row, happened, Fault.FILE_CLOSED, iso(found.on), mapping)
    return row


_HAPPENED = {Placement.ENTRY: "occurred_on", Placement.LEAD: "received_on"}


def _rejected(row: Judged, field: str, fault: Fault, value: str, mapping: ListMapping) -> Judged:
    problem = Problem(field, fault, value, column=mapping.columns.get(field, ""))
    return row._replace(placement=Placement.REJECTED, record=None, problems=(problem,))


def _again(row: Judged, known: Earlier, done: Imported) -> Judged:
    """A row that was imported before changes nothing; one that now goes elsewhere is settled by people."""
    if row.record is None:
        return row
    if row.placement is known.placement:
        done.earlier[known.named] += 1
        reason = tr("already here from the import of {list}").format(list=known.named)
        return row._replace(placement=Placement.LEFT_OUT, record=None, reason=reason)
    problem = Problem("", Fault.PLACED_OTHERWISE, known.placement)
    return row._replace(placement=Placement.REJECTED, record=None, problems=(problem,))


def _written(rows: Iterator[Judged], write: Callable[[list[Judged]], Iterable[Judged]]) -> Iterator[Judged]:
    while chunk := list(islice(rows, CHUNK)):
        yield from write(chunk)


def _batch(
    session: Session, actor: Actor, source: ListSource, mapping: ListMapping, ledger: Ledger
) -> ImportBatch:
    batch = ImportBatch(
        uid=new_uid(),
        kind=mapping.kind,
        source=mapping.source,
        file_name=source.path.name,
        file_digest=_digest(source.path),
        mapping=source.mapping_text,
        counts="{}",
        imported_by=actor.account_id,
        imported_at=ledger.moment,
    )
    session.add(batch)
    session.flush()
    return batch


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.digest()


def _writer(
    session: Session, actor: Actor, kind: ListKind, ledger: Ledger, batch: ImportBatch
) -> Callable[[list[Judged]], Iterable[Judged]]:
    keys = FileKeys(session, actor)

    def write_people(rows: list[Judged]) -> Iterable[Judged]:
        people = [row for row in rows if row.placement is Placement.PERSON]
        fresh = [row for row in people if row.record.staff_no not in keys.files]  # type: ignore[union-attr]
        same = {
            row.row
            for row in people
            if row.record.staff_no in keys.files  # type: ignore[union-attr]
            and not update_person(session, ledger, keys, row.record)  # type: ignore[arg-type]
        }
        new_people(session, ledger, keys, [row.record for row in fresh])  # type: ignore[misc]
        for row in rows:
            if row.row in same:
                row = row._replace(placement=Placement.LEFT_OUT, record=None, reason=tr(UNCHANGED))
            yield row

    def write_entries(rows: list[Judged]) -> Iterable[Judged]:
        new_entries(session, ledger, keys, batch, [row for row in rows if row.placement is Placement.ENTRY])
        new_leads(session, ledger, keys, batch, [row for row in rows if row.placement is Placement.LEAD])
        return rows

    return write_people if kind is ListKind.PEOPLE else write_entries
