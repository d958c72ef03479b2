"""Proves the history: every chain link by link, and every record against its last event."""

import heapq
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.images import IMAGES, all_images
from models.ledger import (
    ORIGIN,
    Chain,
    Command,
    Event,
    EventContent,
    Image,
    canonical,
    command_header,
    content_hash,
    event_hash,
)
from models.people import IntegrityFile, Person
from models.types import Moment, Uid

AnyRow = Row[*tuple[Any, ...]]


class Breach(StrEnum):
    """What somebody did behind the program's back."""

    EVENT_CHANGED = "event_changed"
    EVENT_MISSING = "event_missing"
    CONTENT_CHANGED = "content_changed"
    TAIL_CUT = "tail_cut"
    RECORD_CHANGED = "record_changed"
    RECORD_MISSING = "record_missing"
    RECORD_WITHOUT_EVENT = "record_without_event"


class Finding(NamedTuple):
    """One breach and where."""

    breach: Breach
    staff_no: str
    """Empty for the office's own chain."""
    seq: int
    """Of the event; 0 where the record itself is meant."""
    subject: Uid


class Verified(NamedTuple):
    """What was looked at, and what was found."""

    chains: int
    events: int
    findings: tuple[Finding, ...]


def verify(session: Session, actor: Actor) -> Verified:
    """Check every chain and every record. Reads all there is; holds one chain in memory."""
    require(actor, Permission.READ_FILES)
    owners = dict(
        session.execute(
            select(IntegrityFile.chain_id, Person.staff_no).join(Person, IntegrityFile.person_id == Person.id)
        ).all()
    )
    records = groupby(_records(session), key=lambda record: record[0])
    recorded = next(records, None)
    findings: list[Finding] = []
    chains = events = 0
    for chain, rows in _chains(session):
        owner = owners.get(chain.id, "")
        checked = _Checked(chain, owner)
        for row in rows:
            checked.follow(row)
        images: dict[Uid, Image] = {}
        if recorded is not None and recorded[0] == chain.id:
            images = {uid: image for _, uid, image in recorded[1]}
            recorded = next(records, None)
        checked.end(images)
        findings += checked.findings
        chains, events = chains + 1, events + checked.seq
    return Verified(chains, events, tuple(findings))


class _Checked:
    """Walks along one chain, and remembers the last content of each record."""

    def __init__(self, chain: AnyRow, owner: str) -> None:
        self.chain, self.owner = chain, owner
        self.seq, self.hash = 0, ORIGIN
        self.last: dict[Uid, tuple[int, bytes | None]] = {}
        self.findings: list[Finding] = []

    def follow(self, row: AnyRow) -> None:
        if row.seq != self.seq + 1:
            self._note(Breach.EVENT_MISSING, self.seq + 1, row.subject)
        header = command_header(row.uid, row.actor_uid, Moment(row.moment), row.actor_name)
        expected = event_hash(
            self.hash, row.content_hash, self.chain.uid, row.seq, row.kind, row.subject, row.format, header
        )
        if row.prev != self.hash or row.hash != expected:
            self._note(Breach.EVENT_CHANGED, row.seq, row.subject)
        # A content that is gone was lawfully erased: its hash stays in the chain.
        if row.content is not None and content_hash(row.salt, row.content) != row.content_hash:
            self._note(Breach.CONTENT_CHANGED, row.seq, row.subject)
        self.seq, self.hash = row.seq, row.hash
        self.last[row.subject] = row.seq, row.content

    def end(self, images: dict[Uid, Image]) -> None:
        if (self.seq, self.hash) != (self.chain.seq, self.chain.hash):
            self._note(Breach.TAIL_CUT, self.chain.seq, Uid(""))
        for uid, (seq, content) in self.last.items():
            if uid not in images:
                self._note(Breach.RECORD_MISSING, seq, uid)
            elif content is not None and canonical(images[uid]) != content:
                self._note(Breach.RECORD_CHANGED, 0, uid)
        for uid in images.keys() - self.last.keys():
            self._note(Breach.RECORD_WITHOUT_EVENT, 0, uid)

    def _note(self, breach: Breach, seq: int, subject: Uid) -> None:
        self.findings.append(Finding(breach, self.owner, seq, subject))


def _chains(session: Session) -> Iterator[tuple[AnyRow, Iterator[AnyRow]]]:
    chains = session.execute(select(Chain.id, Chain.uid, Chain.seq, Chain.hash).order_by(Chain.id))
    events = groupby(_events(session), key=lambda row: row.chain_id)
    found = next(events, None)
    for chain in chains:
        if found is not None and found[0] == chain.id:
            yield chain, found[1]
            found = next(events, None)
        else:
            yield chain, iter(())


def _events(session: Session) -> Iterator[AnyRow]:
    rows = (
        select(
            Event.chain_id,
            Event.seq,
            Event.kind,
            Event.subject,
            Event.format,
            Event.prev,
            Event.content_hash,
            Event.hash,
            Command.uid,
            Command.actor_uid,
            Command.actor_name,
            Command.moment,
            EventContent.salt,
            EventContent.content,
        )
        .join(Command, Event.command_id == Command.id)
        .outerjoin(EventContent, EventContent.event_id == Event.id)
        .order_by(Event.chain_id, Event.seq)
    )
    return iter(session.connection().execute(rows.execution_options(yield_per=2_000)))


def _records(session: Session) -> Iterator[tuple[int, Uid, Image]]:
    kinds = (all_images(session, kind) for kind in IMAGES)
    return heapq.merge(*kinds, key=lambda record: record[0])
