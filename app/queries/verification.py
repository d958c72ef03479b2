"""Proves the history: every chain link by link, and every record against its last event."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
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
_NONE = Uid("")


class Breach(StrEnum):
    """What somebody did behind the program's back."""

    EVENT_CHANGED = "event_changed"
    EVENT_MISSING = "event_missing"
    EVENT_ADDED = "event_added"
    CONTENT_CHANGED = "content_changed"
    TAIL_CUT = "tail_cut"
    HEAD_CHANGED = "head_changed"
    CHAIN_MISSING = "chain_missing"
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
    """Uid of the record; empty where that cannot be told."""


class Verified(NamedTuple):
    """What was looked at, and what was found."""

    chains: int
    events: int
    findings: tuple[Finding, ...]


def verify(
    session: Session, actor: Actor, report: Callable[[int, int], object] = lambda done, total: None
) -> Verified:
    """Check every chain and every record. Reads all there is; holds one chain in memory.

    ``report(done, total)`` is called after each chain, in events.

    What this cannot notice alone: a chain whose end was cut off or written anew together with its
    head. The head on a printed summary tells that.
    """
    require(actor, Permission.READ_FILES)
    owners = dict(
        session.execute(
            select(IntegrityFile.chain_id, Person.staff_no).join(Person, IntegrityFile.person_id == Person.id)
        ).all()
    )
    heads = session.execute(select(Chain.id, Chain.uid, Chain.seq, Chain.hash).order_by(Chain.id))
    every = _together(
        ((head.id, head) for head in heads),
        groupby(_events(session), key=lambda row: row.chain_id),
        groupby(_records(session), key=lambda record: record[0]),
    )
    total = session.execute(select(func.sum(Chain.seq))).scalar_one()
    findings: list[Finding] = []
    chains = events = 0
    for chain_id, head, rows, records in every:
        owner = owners.get(chain_id, "")
        if head is None:
            findings.append(Finding(Breach.CHAIN_MISSING, owner, 0, _NONE))
            continue
        checked = _Checked(head, owner)
        for row in rows or ():
            checked.follow(row)
        checked.end({uid: image for _, uid, image in records or ()})
        findings += checked.findings
        chains, events = chains + 1, events + checked.seq
        report(events, int(total))
    return Verified(chains, events, tuple(findings))


def _together(*streams: Iterable[tuple[int, Any]]) -> Iterator[tuple[Any, ...]]:
    """(chain, what each stream holds of it or None), for streams that are all in the order of chains."""
    ways = [iter(stream) for stream in streams]
    found = [next(way, None) for way in ways]
    while waiting := [one[0] for one in found if one]:
        chain = min(waiting)
        here = [one is not None and one[0] == chain for one in found]
        yield chain, *(one[1] if one and now else None for one, now in zip(found, here, strict=True))
        found = [next(way, None) if now else one for way, one, now in zip(ways, found, here, strict=True)]


class _Checked:
    """Walks along one chain, and remembers the last content of each record."""

    def __init__(self, head: AnyRow, owner: str) -> None:
        self.head, self.owner = head, owner
        self.seq = 0
        self.hash: bytes | None = ORIGIN
        """Which the next event follows; None after a breach, of which the next event is not to blame."""
        self.last: dict[Uid, tuple[int, bytes | None]] = {}
        self.findings: list[Finding] = []

    def follow(self, row: AnyRow) -> None:
        if row.seq != self.seq + 1:
            self._note(Breach.EVENT_MISSING, self.seq + 1)
            self.hash = None
        header = command_header(row.uid, row.command, row.actor_uid, Moment(row.moment), row.actor_name)
        own = event_hash(
            row.prev, row.content_hash, self.head.uid, row.seq, row.kind, row.subject, row.format, header
        )
        intact = row.hash == own and self.hash in (None, row.prev)
        if not intact:
            self._note(Breach.EVENT_CHANGED, row.seq, row.subject)
        content = row.content  # None where it was lawfully erased: its hash stays in the chain
        if content is not None and content_hash(row.salt, content) != row.content_hash:
            self._note(Breach.CONTENT_CHANGED, row.seq, row.subject)
            content = None
        self.seq, self.hash = row.seq, row.hash if intact else None
        self.last[row.subject] = row.seq, content

    def end(self, images: dict[Uid, Image]) -> None:
        if self.seq < self.head.seq:
            self._note(Breach.TAIL_CUT, self.seq + 1)
        elif self.seq > self.head.seq:
            self._note(Breach.EVENT_ADDED, self.head.seq + 1)
        elif self.hash not in (None, self.head.hash):
            self._note(Breach.HEAD_CHANGED, self.seq)
        for uid, (seq, content) in self.last.items():
            if uid not in images:
                self._note(Breach.RECORD_MISSING, seq, uid)
            elif content is not None and canonical(images[uid]) != content:
                self._note(Breach.RECORD_CHANGED, 0, uid)
        for uid in sorted(images.keys() - self.last.keys()):
            self._note(Breach.RECORD_WITHOUT_EVENT, 0, uid)

    def _note(self, breach: Breach, seq: int, subject: Uid = _NONE) -> None:
        self.findings.append(Finding(breach, self.owner, seq, subject))


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
            Command.kind.label("command"),
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
