"""Writes the history of a command: the command's row, and an event for each record it touched."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from app.permissions import Actor
from models import ledger as chain
from models.bulk import among, execute_many, insert_rows, reserve
from models.database import moment
from models.images import image_of
from models.ledger import Chain, Command, Event, EventContent, Image
from models.types import Moment, Uid, new_uid

SALT_BYTES = 16
FLUSH_EVERY = 5_000


class AlreadyDone(Exception):
    """A command with this uid was committed before; doing it again changes nothing."""


@dataclass(slots=True)
class _Head:
    uid: str
    seq: int
    hash: bytes


@dataclass(slots=True)
class Ledger:
    """The history that one command is writing. Made by ``writing``."""

    session: Session
    command_id: int
    moment: Moment
    header: str
    heads: dict[int, _Head] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    """Chains whose rows do not know their new heads yet."""
    pending: list[tuple[int, int, str, str, bytes, bytes, bytes, bytes, bytes]] = field(default_factory=list)

    def add(self, chain_id: int, kind: str, subject: Uid, image: Image) -> None:
        """Append an event with the record as it now is to a chain."""
        if chain_id not in self.heads:
            self.follow([chain_id])
        head = self.heads[chain_id]
        self.moved.add(chain_id)
        salt, content = os.urandom(SALT_BYTES), chain.canonical(image)
        hashed = chain.content_hash(salt, content)
        prev, head.seq = head.hash, head.seq + 1
        head.hash = chain.event_hash(
            prev, hashed, head.uid, head.seq, kind, subject, chain.FORMAT, self.header
        )
        self.pending.append((chain_id, head.seq, kind, subject, prev, hashed, head.hash, salt, content))
        if len(self.pending) >= FLUSH_EVERY:
            self.flush()

    def add_row(self, chain_id: int, kind: str, table: str, uid: Uid) -> None:
        """Append an event with the image of a row that was flushed."""
        self.session.flush()
        self.add(chain_id, kind, uid, image_of(self.session, table, uid))

    def erase(self, chain_id: int, kind: str, subject: Uid, image: Image) -> None:
        """Append an event that says its record is lawfully gone, and take away what the earlier ones said.

        They keep their place and the salted hash of what they said, so that the chain proves itself on.
        """
        if self.session.get_bind().dialect.name == "sqlite":  # else what was deleted stays readable there
            self.session.execute(text("PRAGMA secure_delete = ON"))
        self.flush()
        earlier = select(Event.id).where(Event.chain_id == chain_id, Event.subject == subject)
        self.session.execute(delete(EventContent).where(EventContent.event_id.in_(earlier)))
        self.add(chain_id, kind, subject, image)

    def follow(self, chain_ids: Iterable[int]) -> None:
        """Read the heads of chains, and hold them against others who would append."""
        wanted = select(Chain.id, Chain.uid, Chain.seq, Chain.hash).where(
            among(self.session, Chain.id, sorted(chain_ids))
        )
        for chain_id, uid, seq, last in self.session.execute(wanted.with_for_update()):
            self.heads[chain_id] = _Head(uid, seq, last)

    def begin(self, chain_id: int, uid: Uid) -> None:
        """Follow a chain that this very command has made."""
        self.heads[chain_id] = _Head(uid, 0, chain.ORIGIN)

    def flush(self) -> None:
        """Write what is pending."""
        if not self.pending:
            return
        ids = reserve(self.session, "events", len(self.pending))
        rows = list(zip(ids, self.pending, strict=True))
        events = [
            (key, chain_id, seq, self.command_id, kind, subject, chain.FORMAT, prev, hashed, own)
            for key, (chain_id, seq, kind, subject, prev, hashed, own, _, _) in rows
        ]
        insert_rows(self.session, Event, events)
        insert_rows(self.session, EventContent, [(key, row[7], row[8]) for key, row in rows])
        self.pending.clear()

    def end(self) -> None:
        """Write what is pending, and move the heads of the chains."""
        self.session.flush()
        self.flush()
        heads = [(self.heads[key].seq, self.heads[key].hash, key) for key in sorted(self.moved)]
        execute_many(self.session, "UPDATE chains SET seq = ?, hash = ? WHERE id = ?", heads)


@contextmanager
def writing(session: Session, actor: Actor, kind: str, uid: Uid | None = None) -> Iterator[Ledger]:
    """The history of one command, written at the end of the block.

    ``uid``: made by the caller where a retry is possible. Raises AlreadyDone.
    """
    uid = uid or new_uid()
    if session.execute(select(Command.id).where(Command.uid == uid)).scalar_one_or_none():
        raise AlreadyDone
    now = moment(session)
    row = Command(uid=uid, kind=kind, actor_uid=actor.uid, actor_name=actor.name, moment=now)
    session.add(row)
    session.flush()
    ledger = Ledger(session, row.id, now, chain.command_header(uid, kind, actor.uid, now, actor.name))
    yield ledger
    ledger.end()
