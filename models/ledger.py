"""The append-only, hash-chained history: chains, the commands that wrote, their events and contents.

A command is one transaction of one account at one moment; its events stand in the chains of the
files it touched (or in the office's). Moment and actor are therefore kept once a command and not
once an event, and still enter the hash of each. The content lies in a row of its own, which a
lawful erasure can remove: the event keeps only the salted hash of it.

    content_hash = SHA-256(salt ‖ content)
    hash         = SHA-256(prev ‖ content_hash ‖ header)

Both use nothing but SHA-256 over bytes, so PostgreSQL's own ``sha256()`` can check them.
"""

import json
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Digest, Key, Line, MomentColumn, UidColumn
from models.types import Moment, Uid

FORMAT = 1
"""Of the contents written today; verification knows every earlier one."""

ORIGIN = bytes(32)
"""What the first event of a chain follows."""

Image = Mapping[str, object]


class Chain(Base):
    """The head of one chain: each file has one, and the office has one."""

    __tablename__ = "chains"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    seq: Mapped[int]
    hash: Mapped[Digest]


class Seal(Base):
    """The heads of all chains at one moment, as one hash that is printed on every paper of the day."""

    __tablename__ = "seals"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    moment: Mapped[MomentColumn]
    chains: Mapped[int]
    root: Mapped[Digest]
    lengths: Mapped[bytes] = mapped_column(LargeBinary)
    """How long each chain was, see ``packed``; with the events it brings back every head, and so the root."""


class Command(Base):
    """Who did what, and when. ``uid`` is made by the client, so that a retry does nothing."""

    __tablename__ = "commands"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    kind: Mapped[Code]
    actor_uid: Mapped[Code]
    actor_name: Mapped[Line]
    moment: Mapped[MomentColumn]


class Event(Base):
    """One change of one record. Never updated, never deleted."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("chain_id", "seq"),)
    id: Mapped[Key]
    chain_id: Mapped[int] = mapped_column(ForeignKey("chains.id"))
    seq: Mapped[int]
    command_id: Mapped[int] = mapped_column(ForeignKey("commands.id"), index=True)
    kind: Mapped[Code]
    subject: Mapped[Code]
    """Uid of the record."""
    format: Mapped[int]
    prev: Mapped[Digest]
    content_hash: Mapped[Digest]
    hash: Mapped[Digest]


class EventContent(Base):
    """The record after the event, as canonical JSON, with its salt."""

    __tablename__ = "event_contents"
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    content: Mapped[bytes] = mapped_column(LargeBinary)


_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(image: Image) -> bytes:
    """The image as UTF-8 JSON with sorted keys, no spaces, texts in NFC. Holds no floats."""
    return unicodedata.normalize("NFC", _encode(image)).encode()


def content_hash(salt: bytes, content: bytes) -> bytes:
    """What the event keeps of its content."""
    return sha256(salt + content).digest()


def command_header(command_uid: str, kind: str, actor_uid: str, moment: Moment, actor_name: str) -> str:
    """The part of the header that all events of one command share."""
    return f"{command_uid}\n{kind}\n{actor_uid}\n{moment}\n{actor_name}"


def event_hash(
    prev: bytes, content: bytes, chain_uid: str, seq: int, kind: str, subject: str, form: int, command: str
) -> bytes:
    """The hash of an event; ``content`` is its content_hash, ``command`` its command_header."""
    header = f"{chain_uid}\n{seq}\n{kind}\n{subject}\n{form}\n{command}"
    return sha256(prev + content + header.encode()).digest()


KEPT_BACK = "_kept_back"
"""How events end that tell of a record which stays with the office that sent a file."""


def is_erasure(kind: str) -> bool:
    """Whether such an event says that its record is lawfully not here, nor the contents of its events: it was
    erased, or kept back by the office that sent the file."""
    return kind.endswith(("_erased", KEPT_BACK))


class Head(NamedTuple):
    """How far a chain had come, as it is told outside the office."""

    chain: Uid
    seq: int
    hash: bytes


def root_of(heads: Iterable[Head]) -> bytes:
    """One hash for many heads: SHA-256 over a line for each, in the order of the chains' uids."""
    lines = (f"{head.chain} {head.seq} {head.hash.hex()}\n" for head in sorted(heads))
    return sha256("".join(lines).encode()).digest()


def packed(lengths: Mapping[int, int]) -> bytes:
    """Lengths by the key of the chain, which are small and dense: 32 bits each, compressed."""
    numbers = array("I", bytes(4 * (max(lengths, default=0) + 1)))
    for key, length in lengths.items():
        numbers[key] = length
    if sys.byteorder == "big":
        numbers.byteswap()
    return zlib.compress(numbers.tobytes())


def unpacked(lengths: bytes) -> dict[int, int]:
    """The lengths by the key of the chain. Raises ValueError where these are none."""
    try:
        numbers = array("I", zlib.decompress(lengths))
    except zlib.error as error:
        raise ValueError from error
    if sys.byteorder == "big":
        numbers.byteswap()
    return {key: length for key, length in enumerate(numbers) if length}
