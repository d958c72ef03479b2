"""What happened in a file: every event with what it changed, and every record as it stood at a moment."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.accounts import Account
from models.conduct import Item
from models.ledger import Command, Event, EventContent, is_erasure
from models.people import Department
from models.types import Moment, Uid

Content = Mapping[str, Any]


class FieldChange(NamedTuple):
    """One value that an event changed, as the record's image has it; None where there is none."""

    field: str
    before: Any
    after: Any


class HistoryRow(NamedTuple):
    """One event of the file."""

    seq: int
    moment: Moment
    actor_name: str
    kind: str
    subject: Uid
    record: str
    """Kind of the record: ``entry``, ``lead``, ``approval`` …"""
    command: Uid
    """All events of one action share it."""
    changes: tuple[FieldChange, ...]
    """Empty where the content was lawfully erased."""


class Record(NamedTuple):
    """One record as it stood."""

    record: str
    uid: Uid
    content: Content
    begun: Moment
    """When it was first written."""
    events: Mapping[str, Moment]
    """When it last went through an event, by kind."""


class _Happened(NamedTuple):
    seq: int
    moment: Moment
    actor_name: str
    kind: str
    subject: Uid
    command: Uid
    content: Content | None
    """None where it was lawfully erased."""


def file_events(session: Session, chain_id: int, until: Moment | None = None) -> tuple[HistoryRow, ...]:
    """The events of a file up to a moment, the newest first."""
    known: dict[Uid, Content] = {}
    found = []
    for one in _happened(session, chain_id, until):
        before = known.get(one.subject, {})
        after = before if one.content is None else one.content
        known[one.subject] = after
        names = dict.fromkeys((*after, *before))
        changes = tuple(
            FieldChange(name, before.get(name), after.get(name))
            for name in names
            if before.get(name) != after.get(name)
        )
        record = record_of(one.kind, after)
        found.append(HistoryRow(*one[:5], record, one.command, changes))
    return tuple(reversed(found))


def records_at(session: Session, chain_id: int, until: Moment) -> list[Record]:
    """The records of a file as they stood at a moment, in the order in which they were first written."""
    found: dict[Uid, Record] = {}
    for one in _happened(session, chain_id, until):
        if one.content is None or is_erasure(one.kind):
            found.pop(one.subject, None)  # whatever it said is lawfully not here
            continue
        earlier = found.get(one.subject)
        events = {**(earlier.events if earlier else {}), one.kind: one.moment}
        begun = earlier.begun if earlier else one.moment
        found[one.subject] = Record(record_of(one.kind, one.content), one.subject, one.content, begun, events)
    return list(found.values())


def record_of(kind: str, content: Content) -> str:
    """Which kind of record an event is about; a decision on an evaluation has the evaluation's kind."""
    if kind.startswith(("file_", "person_")):
        return "file"
    return "approval" if "step" in content else kind.partition("_")[0]


def names_of(session: Session, actor: Actor, wanted: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The Chinese and English names of accounts and departments by uid, and of items by code."""
    require(actor, Permission.READ_FILES)
    keys = sorted(set(wanted))
    named = union_all(
        *(
            select(key, zh, en).where(key.in_(keys))
            for key, zh, en in (
                (Account.uid, Account.name, Account.name),
                (Department.uid, Department.name, Department.name),
                (Item.code, Item.name_zh, Item.name_en),
            )
        )
    )
    return {key: (zh, en) for key, zh, en in session.execute(named)}


def _happened(session: Session, chain_id: int, until: Moment | None) -> Iterator[_Happened]:
    rows = (
        select(
            Event.seq,
            Command.moment,
            Command.actor_name,
            Event.kind,
            Event.subject,
            Command.uid,
            EventContent.content,
        )
        .join(Command, Event.command_id == Command.id)
        .outerjoin(EventContent, EventContent.event_id == Event.id)
        .where(Event.chain_id == chain_id)
        .order_by(Event.seq)
    )
    if until is not None:
        rows = rows.where(Command.moment <= until)
    for row in session.execute(rows):
        content = row[-1]
        yield _Happened._make((*row[:-1], json.loads(content) if content is not None else None))
