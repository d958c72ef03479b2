"""The heads of the chains, and the seals upon them."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.ledger import Chain, Head, Seal
from models.people import Office
from models.types import Moment, Uid


class SealRow(NamedTuple):
    """The heads of all chains at one moment, as one hash."""

    moment: Moment
    chains: int
    root: bytes


class OfficeHeads(NamedTuple):
    """How far every chain of an office has come."""

    office: str
    uid: Uid
    heads: tuple[Head, ...]


def newest_seal(session: Session, actor: Actor) -> SealRow | None:
    """The last seal; None where nothing was sealed yet."""
    require(actor, Permission.READ_FILES)
    rows = select(Seal.moment, Seal.chains, Seal.root).order_by(Seal.id.desc()).limit(1)
    found = session.execute(rows).one_or_none()
    return SealRow._make(found) if found else None


def office_heads(session: Session, actor: Actor) -> OfficeHeads:
    """The heads of all chains as they are now."""
    require(actor, Permission.READ_FILES)
    name, uid = session.execute(select(Office.name, Office.uid)).one()
    rows = session.execute(select(Chain.uid, Chain.seq, Chain.hash).order_by(Chain.id))
    return OfficeHeads(name, Uid(uid), tuple(Head(Uid(uid), seq, last) for uid, seq, last in rows))
