"""Published accountability tables: a reference, of which no grade knows."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accountability import published_table
from app.permissions import Actor, Permission, require
from app.rules.accountability import AccountabilityTable
from models.database import moment
from models.schemes import AccountabilityRow
from models.types import Day, Moment, Uid, day_at


class PublishedTable(NamedTuple):
    """One published edition of a table, with what it says."""

    uid: Uid
    code: str
    edition: int
    adopted_by: str
    valid_from: Day
    published_at: Moment
    digest: bytes
    table: AccountabilityTable
    text: str


def accountability_tables(session: Session, actor: Actor) -> list[PublishedTable]:
    """All published tables, the newest first."""
    require(actor, Permission.READ_FILES)
    rows = session.execute(
        select(
            AccountabilityRow.uid,
            AccountabilityRow.code,
            AccountabilityRow.edition,
            AccountabilityRow.adopted_by,
            AccountabilityRow.valid_from,
            AccountabilityRow.published_at,
            AccountabilityRow.digest,
            AccountabilityRow.text,
        ).order_by(AccountabilityRow.valid_from.desc(), AccountabilityRow.id.desc())
    )
    return [PublishedTable._make((*row[:-1], published_table(row.text), row.text)) for row in rows]


def accountability_in_force(session: Session, actor: Actor) -> tuple[PublishedTable, ...]:
    """Of each table the newest edition that is valid today.

    It answers for acts of every day: its rows say themselves from when until when the law holds.
    """
    require(actor, Permission.READ_FILES)
    return in_force(accountability_tables(session, actor), day_at(moment(session)))


def in_force(tables: list[PublishedTable], today: Day) -> tuple[PublishedTable, ...]:
    """Of tables, the newest first, the edition of each that is valid on a day."""
    newest: dict[str, PublishedTable] = {}
    for one in tables:
        if one.valid_from <= today:
            newest.setdefault(one.code, one)
    return tuple(newest.values())
