"""Writes many records at once: rows straight to the driver, and an event for each.

The images of new records are built from the values written; ``verify`` compares them with what
``models.images`` reads back, and the tests run it after every import.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.departments import new_department
from app.commands.ledger import Ledger
from app.commands.people import NUMBER_PREFIX, add_states, amend_person
from app.exchange.judge import Judged
from app.permissions import Actor, Permission, require
from app.pinyin import search_keys
from app.queries.merged import seconds
from app.rules.inputs import NewEntry, NewLead, NewPerson
from models.bulk import insert_rows, reserve
from models.conduct import Entry, ImportBatch, Item, Lead
from models.ledger import ORIGIN, Chain
from models.people import Department, IdNumber, IntegrityFile, Person
from models.types import EntryStatus, Uid, day_at, new_uid
from models.words import index_words


class FileKey(NamedTuple):
    """The keys of a person's file."""

    file_id: int
    chain_id: int
    department_id: int


class FileKeys:
    """Keys by what lists call things: staff numbers, items, paths of departments."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session, self.actor = session, actor
        rows = session.execute(
            select(
                Person.staff_no, IntegrityFile.id, IntegrityFile.chain_id, IntegrityFile.department_id
            ).join(IntegrityFile, IntegrityFile.person_id == Person.id)
        )
        self.files = {row[0]: FileKey(*row[1:]) for row in rows}
        mains = {key.file_id: key for key in self.files.values()}
        for one in seconds(session).values():  # what lists say of either number goes into the main file
            self.files[one.staff_no] = mains[one.main_id]
        self.items = dict(session.execute(select(Item.code, Item.id)).all())
        rows_of = select(Department.id, Department.parent_id, Department.name, Department.uid)
        standing = session.execute(rows_of.where(Department.dissolved_on.is_(None)))
        self.departments = {(row[1], row[2]): (row[0], Uid(row[3])) for row in standing}
        self.added: set[int] = set()
        (self.root,) = (found for (parent, _), found in self.departments.items() if parent is None)

    def department(self, path: str, ledger: Ledger) -> tuple[int, Uid]:
        """(key, uid) of a path of departments; those that are missing are added."""
        found = self.root
        for name in filter(None, path.split("/")):
            below = (found[0], name)
            if below not in self.departments:
                self._require(found[0])
                row = new_department(self.session, ledger, name, found[0])
                self.departments[below] = row.id, Uid(row.uid)
                self.added.add(row.id)
            found = self.departments[below]
        self._require(found[0])
        return found

    def _require(self, department_id: int) -> None:
        if department_id not in self.added:  # by whoever keeps the files of the one above
            require(self.actor, Permission.KEEP_FILES, department_id)


def new_people(session: Session, ledger: Ledger, keys: FileKeys, people: Sequence[NewPerson]) -> None:
    """Add people and open their files."""
    today = day_at(ledger.moment)
    tables = ("people", "integrity_files", "chains")
    reserved = zip(people, *(reserve(session, table, len(people)) for table in tables), strict=True)
    persons, files, chains, numbers = [], [], [], []
    for new, person_id, file_id, chain_id in reserved:
        uid, file_uid, chain_uid = new_uid(), new_uid(), new_uid()
        department_id, department = keys.department(new.department, ledger)
        number = f"{NUMBER_PREFIX}-{new.staff_no}"
        pinyin, initials = search_keys(new.name)
        dates = (new.joined_on, new.left_on, new.leaving)
        names = (uid, new.staff_no, new.name, pinyin, initials)
        persons.append((person_id, *names, department_id, new.post, new.rank, *dates, 1))
        chains.append((chain_id, chain_uid, 0, ORIGIN))
        whose = (file_id, file_uid, number, person_id, department_id, chain_id)
        files.append((*whose, today, new.left_on, 0, *_NEVER_MOVED))
        if new.id_number:
            numbers.append((person_id, new.id_number))
        keys.files[new.staff_no] = FileKey(file_id, chain_id, department_id)
        ledger.begin(chain_id, chain_uid)
        image = _file_image(new, department) | {"file": file_uid, "number": number, "opened_on": today}
        if new.left_on:
            image["closed_on"] = new.left_on
        ledger.add(chain_id, "file_opened", uid, image)
    for table, rows in ((Person, persons), (Chain, chains), (IntegrityFile, files), (IdNumber, numbers)):
        insert_rows(session, table, rows)
    for new, row in zip(people, persons, strict=True):
        add_states(session, ledger, row[0], keys.files[new.staff_no].chain_id, new)
    ledger.flush()


_NEVER_MOVED = (None,) * 6
"""Since when, by which document and why it stands so; where it went, came from, is merged into."""


def _file_image(new: NewPerson, department: Uid) -> dict[str, object]:
    image = {
        "staff_no": new.staff_no,
        "name": new.name,
        "department": department,
        "post": new.post,
        "rank": new.rank,
        "joined_on": new.joined_on,
        "left_on": new.left_on,
        "leaving": new.leaving,
    }
    return {name: value for name, value in image.items() if value is not None}


def update_person(session: Session, ledger: Ledger, keys: FileKeys, new: NewPerson) -> bool:
    """Bring a known person up to what a list says. Whether anything was new."""
    file = keys.files[new.staff_no]
    require(keys.actor, Permission.KEEP_FILES, file.department_id)
    department_id = keys.department(new.department, ledger)[0] if new.department else None
    return amend_person(session, ledger, session.get_one(IntegrityFile, file.file_id), new, department_id)


def new_entries(
    session: Session, ledger: Ledger, keys: FileKeys, batch: ImportBatch, rows: Sequence[Judged]
) -> None:
    """Submit entries of a list."""
    _follow(ledger, keys, rows)
    hands = (keys.actor.account_id, ledger.moment)
    written, facts = [], []
    for key, judged in zip(reserve(session, "entries", len(rows)), rows, strict=True):
        new: NewEntry = judged.record  # type: ignore[assignment]  # placed as entries
        file, uid = keys.files[new.staff_no], new_uid()
        act = new.act or new_uid()
        item_id = keys.items[new.item]
        dates = (new.occurred_on, new.decided_on, new.ended_on)
        source = (new.authority, new.level, new.document_no, new.facts, new.channel, new.commitment)
        worth = (new.quantity, new.given_points, new.given_reason or None, new.capacity, new.authors)
        corrected = (new.corrected_on, new.corrected_document or None, *_NEITHER_TOLD_NOR_LIFTED)
        whose = (key, uid, file.file_id, file.department_id, act, item_id, EntryStatus.SUBMITTED)
        written.append(
            (
                *whose,
                *dates,
                *source,
                *worth,
                *corrected,
                *hands,
                *_NEVER_CHANGED,
                batch.id,
                judged.identity,
                1,
            )
        )
        facts.append((key, new.facts))
        ledger.add(file.chain_id, "entry_submitted", uid, _entry_image(new, act, keys.actor.uid))
    insert_rows(session, Entry, written)
    index_words(session, facts)
    ledger.flush()


_NEITHER_TOLD_NOR_LIFTED = (None,) * 3
"""How the wrong was put right; day and document of the lifting."""
_NEVER_CHANGED = (None,) * 8
"""Verifier and moment, what it supersedes and why, document, day and reason of its standing, lead."""


def _entry_image(new: NewEntry, act: Uid, recorded_by: Uid) -> dict[str, object]:
    image: dict[str, object] = {
        "act": act,
        "item": new.item,
        "status": EntryStatus.SUBMITTED,
        "occurred_on": new.occurred_on,
        "authority": new.authority,
        "level": new.level,
        "document_no": new.document_no,
        "facts": new.facts,
        "channel": new.channel,
        "recorded_by": recorded_by,
    }
    known: tuple[tuple[str, int | str | None], ...] = (
        ("decided_on", new.decided_on),
        ("ended_on", new.ended_on),
        ("commitment", new.commitment),
        ("quantity", new.quantity),
        ("given_points", new.given_points),
        ("given_reason", new.given_reason or None),
        ("capacity", new.capacity),
        ("authors", new.authors),
        ("corrected_on", new.corrected_on),
        ("corrected_document", new.corrected_document or None),
    )
    image.update((name, value) for name, value in known if value is not None)
    return image


def new_leads(
    session: Session, ledger: Ledger, keys: FileKeys, batch: ImportBatch, rows: Sequence[Judged]
) -> None:
    """Register leads of a list."""
    _follow(ledger, keys, rows)
    written = []
    for key, judged in zip(reserve(session, "leads", len(rows)), rows, strict=True):
        new: NewLead = judged.record  # type: ignore[assignment]  # placed as leads
        file, uid = keys.files[new.staff_no], new_uid()
        whose = (key, uid, file.file_id, file.department_id, new.channel, new.order_no)
        dates = (new.received_on, new.occurred_on, new.due_on)
        end = (new.matter, new.commitment, new.status, new.closed_on, new.outcome)
        hands = (keys.actor.account_id, None, batch.id, judged.identity)
        written.append((*whose, *dates, *end, *hands, *_NO_FOLLOW_UP, 1))
        ledger.add(file.chain_id, "lead_registered", uid, _lead_image(new))
    insert_rows(session, Lead, written)
    ledger.flush()


_NO_FOLLOW_UP = (None,) * 19
"""From how the other party was heard to the clearing: of earlier years no list says it."""


def _lead_image(new: NewLead) -> dict[str, object]:
    image = {
        "channel": new.channel,
        "order_no": new.order_no,
        "received_on": new.received_on,
        "occurred_on": new.occurred_on,
        "due_on": new.due_on,
        "matter": new.matter,
        "commitment": new.commitment,
        "status": new.status,
        "closed_on": new.closed_on,
        "outcome": new.outcome,
    }
    return {name: value for name, value in image.items() if value is not None}


def _follow(ledger: Ledger, keys: FileKeys, rows: Sequence[Judged]) -> None:
    chains = {keys.files[row.record.staff_no].chain_id for row in rows if row.record}
    unknown = chains - ledger.heads.keys()
    if unknown:
        ledger.follow(sorted(unknown))
