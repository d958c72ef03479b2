"""A file as it goes to another office: its records, its chain, its evidence, and the paper with it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import ColumnElement, LargeBinary, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import Conflict, NotFound
from app.exchange.bundle import Contents, fingerprint
from app.permissions import Actor, Permission, require
from app.queries.files import FileHead, file_head
from app.queries.history import record_of
from app.queries.verification import verify
from app.words import tr
from models.accounts import Account
from models.base import Base
from models.conduct import Entry, Evidence, EvidenceChunk, Item, Lead
from models.entry_life import Notice, Revocation, Statement
from models.evaluations import Approval, Evaluation
from models.ledger import KEPT_BACK, Command, Event, EventContent, canonical, is_erasure
from models.measurements import Measurement
from models.objections import Objection
from models.people import IntegrityFile, Office, Person, PersonState, SigningKey
from models.retention import Erasure
from models.schemes import SchemeRow
from models.types import Uid

Where = Callable[[FileHead], ColumnElement[bool]]


def _of_file(table: Any, head: FileHead) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.file_id == head.file_id
    return found


def _in_file(column: Any, head: FileHead, owner: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(select(owner.id).where(owner.file_id == head.file_id))
    return found


TRAVELS: Sequence[tuple[type[Base], Where]] = (
    (PersonState, lambda head: PersonState.person_id == head.person_id),
    # Only leads that were proved and became an entry: what nobody proved does not follow a person about, and
    # who complained waits for an answer from this office.
    (Lead, lambda head: Lead.id.in_(select(Entry.lead_id).where(Entry.file_id == head.file_id))),
    (Entry, partial(_of_file, Entry)),
    (Evidence, lambda head: _in_file(Evidence.entry_id, head, Entry)),
    *((table, partial(_of_file, table)) for table in (Notice, Statement, Revocation, Erasure, Measurement)),
    (Evaluation, partial(_of_file, Evaluation)),
    (Approval, lambda head: _in_file(Approval.evaluation_id, head, Evaluation)),
    (Objection, partial(_of_file, Objection)),
)
"""Which records go along, each after those that it refers to. Whatever else stands in the chain is kept back:
the other office sees that there was such an event, and not what it said."""

NAMED: Mapping[str, InstrumentedAttribute[str]] = {
    "accounts": Account.uid,
    "items": Item.code,
    "schemes": SchemeRow.uid,
    "leads": Lead.uid,
    "entries": Entry.uid,
    "evaluations": Evaluation.uid,
}
"""What stands for a row of a table outside its database."""
PLACED = ("file_id", "person_id", "department_id")
"""Columns that the other office fills: the file, the person, the department there."""
LEFT_OUT = ("id", "version", "batch_id", "origin")
"""What means nothing elsewhere."""

Row = dict[str, Any]


class Slip(NamedTuple):
    """What the paper says that goes with a bundle (档案转递单), with its receipt."""

    office: str
    to: str
    document_no: str
    on: int
    name: str
    staff_no: str
    file_no: str
    department: str
    post: str
    opened_on: int
    counts: tuple[tuple[str, int], ...]
    """Kinds of what goes along and how many of each; the kinds as ``TRAVELS`` names their tables."""
    fingerprint: str
    root: str
    chain_seq: int
    chain_hash: str


def write_bundle(session: Session, actor: Actor, staff_no: str, path: Path) -> Slip:
    """Write the bundle of a file that was sent away, and say what the paper says.

    It can be written again at any time, and is the same. Raises Invalid where it cannot be written, Conflict
    where the file was not sent, or does not prove itself.
    """
    require(actor, Permission.KEEP_FILES)
    head = _sent(session, actor, staff_no)
    if verify(session, actor, staff_no=staff_no).findings:
        sentence = tr(
            "The history of this file is broken, so that it cannot go. Prove the history to see where."
        )
        raise Conflict(sentence)
    key = _key(session)
    contents = _contents(session, head)
    root = contents.write(path, key)
    return _slip(session, head, contents, key, root)


def transfer_slip(session: Session, actor: Actor, staff_no: str) -> Slip:
    """The paper that goes with the bundle of a file that was sent away."""
    require(actor, Permission.KEEP_FILES)
    from hashlib import sha256

    head = _sent(session, actor, staff_no)
    key, contents = _key(session), _contents(session, head)
    root = sha256(contents.manifest(key.public_key().public_bytes_raw())).digest()
    return _slip(session, head, contents, key, root)


def _sent(session: Session, actor: Actor, staff_no: str) -> FileHead:
    head = file_head(session, actor, staff_no)
    require(actor, Permission.KEEP_FILES, head.department_id)
    if not head.sent_to:
        raise Conflict(tr("This file was not sent to another office."))
    return head


def _key(session: Session) -> Ed25519PrivateKey:
    private = session.execute(select(SigningKey.private)).scalars().first()
    if private is None:
        raise NotFound(tr("This office has no key to sign with yet. Send a file, and it is made."))
    return Ed25519PrivateKey.from_private_bytes(private)


def _slip(session: Session, head: FileHead, contents: Contents, key: Ed25519PrivateKey, root: bytes) -> Slip:
    about = contents.about
    basis = about["sent"]
    return Slip(
        about["office"]["name"],
        basis["to"],
        basis["document_no"],
        basis["on"],
        head.name,
        head.staff_no,
        head.number,
        head.department,
        head.post,
        head.opened_on,
        tuple(about["counts"].items()),
        fingerprint(key.public_key().public_bytes_raw()),
        root.hex(),
        head.chain_seq,
        head.chain_hash.hex(),
    )


def _contents(session: Session, head: FileHead) -> Contents:
    tables = {table.__tablename__: _dump(session, table, where(head)) for table, where in TRAVELS}
    named = _named(session, tables)
    evidence = {
        one["uid"]: (one["size"], one["digest"]) for one in tables["evidence"] if one["digest"] is not None
    }
    office = session.execute(select(Office.uid, Office.name)).one()
    file = session.get_one(IntegrityFile, head.file_id)
    about = {
        "office": {"uid": office.uid, "name": office.name},
        "sent": {"to": head.sent_to, "document_no": file.changed_document, "on": file.changed_on},
        "file": {"uid": head.uid, "number": head.number, "name": head.name, "staff_no": head.staff_no}
        | {"department": head.department},
        "chain": {"uid": head.chain_uid, "seq": head.chain_seq, "hash": head.chain_hash.hex()},
        "counts": {name: len(rows) for name, rows in tables.items()} | {"files": len(evidence)},
    }
    known = {Uid(row["uid"]) for rows in tables.values() for row in rows}
    person = session.get_one(Person, head.person_id)
    records = {
        "person": _row(person, Person),
        "file": _row(file, IntegrityFile),
        "tables": tables,
        **named,
    }
    history = _history(session, head, known | {Uid(person.uid)})
    return Contents(about, canonical(records), canonical(history), evidence, partial(_read, session))


def _dump(session: Session, table: type[Base], where: ColumnElement[bool]) -> list[Row]:
    """The rows of a table, with names in place of the keys of this database."""
    rows: Sequence[Any] = (
        session.execute(select(table).where(where).order_by(table.__table__.c.id)).scalars().all()
    )
    found = [_row(row, table) for row in rows]
    for column, target in references(table):
        keys = {row[column] for row in found if row[column] is not None}
        name = NAMED[target]
        names: dict[int, str] = dict(
            session.execute(select(name.class_.id, name).where(name.class_.id.in_(keys))).all()
        )
        for row in found:
            row[column] = names.get(row[column])
    return found


def references(table: type[Base]) -> Iterator[tuple[str, str]]:
    """(column, table that it refers to) of what goes along."""
    for column in table.__table__.columns:
        for key in column.foreign_keys:
            if column.name not in (*PLACED, *LEFT_OUT):
                yield column.name, key.column.table.name


def _row(row: Any, table: type[Base]) -> Row:
    return {
        column.name: value.hex() if isinstance(value := getattr(row, column.name), bytes) else value
        for column in table.__table__.columns
        if column.name not in (*PLACED, *LEFT_OUT)
    }


def is_bytes(table: type[Base], column: str) -> bool:
    """Whether a column holds bytes, which stand as hexadecimal digits in a bundle."""
    return isinstance(table.__table__.c[column].type, LargeBinary)


def _named(session: Session, tables: Mapping[str, list[Row]]) -> dict[str, Any]:
    """Who and what the records refer to: accounts, items, standards."""
    wanted: dict[str, set[str]] = {"accounts": set(), "items": set(), "schemes": set()}
    for table, _ in TRAVELS:
        for column, target in references(table):
            if target in wanted:
                wanted[target] |= {row[column] for row in tables[table.__tablename__] if row[column]}
    accounts = select(Account.uid, Account.name).where(Account.uid.in_(wanted["accounts"]))
    items = select(Item.code, Item.polarity, Item.category, Item.name_zh, Item.name_en)
    standards = select(SchemeRow).where(SchemeRow.uid.in_(wanted["schemes"])).order_by(SchemeRow.id)
    return {
        "accounts": sorted([list(row) for row in session.execute(accounts)]),
        "items": sorted([list(row) for row in session.execute(items.where(Item.code.in_(wanted["items"])))]),
        "schemes": [_scheme(row) for row in session.execute(standards).scalars()],
    }


def _scheme(row: SchemeRow) -> Row:
    said = _row(row, SchemeRow)
    del said["published_by"]
    return said


def _history(session: Session, head: FileHead, known: set[Uid]) -> Row:
    """The chain; of what is kept back, the hashes alone."""
    rows = session.execute(
        select(
            Event.seq,
            Command.uid,
            Event.kind,
            Event.subject,
            Event.format,
            Event.prev,
            Event.content_hash,
            Event.hash,
            EventContent.salt,
            EventContent.content,
            Command.kind.label("verb"),
            Command.actor_uid,
            Command.actor_name,
            Command.moment,
        )
        .join(Command, Event.command_id == Command.id)
        .outerjoin(EventContent, EventContent.event_id == Event.id)
        .where(Event.chain_id == head.chain_id)
        .order_by(Event.seq)
    ).all()
    last = {row.subject: row for row in rows if row.subject not in known}
    kept = {subject: _kind_of(row) for subject, row in last.items() if not is_erasure(row.kind)}
    commands = {row.uid: [row.verb, row.actor_uid, row.actor_name, row.moment] for row in rows}
    events = [
        [
            *(row.seq, row.uid, row.kind, row.subject, row.format),
            *(row.prev.hex(), row.content_hash.hex(), row.hash.hex()),
            *(_said(row) if row.subject in known or row.kind.endswith(KEPT_BACK) else _NOTHING),
        ]
        for row in rows
    ]
    return {"chain": head.chain_uid, "commands": commands, "events": events, "kept_back": kept}


def _said(row: Any) -> tuple[str | None, str | None]:
    return (row.salt.hex(), row.content.decode()) if row.content else _NOTHING


_NOTHING = (None, None)


def _kind_of(row: Any) -> str:
    return record_of(row.kind, json.loads(row.content) if row.content else {})


def _read(session: Session, uid: str) -> Iterable[bytes]:
    rows = (
        select(EvidenceChunk.content)
        .join(Evidence, EvidenceChunk.evidence_id == Evidence.id)
        .where(Evidence.uid == uid)
        .order_by(EvidenceChunk.number)
    )
    return session.execute(rows.execution_options(yield_per=1)).scalars()
