"""The bodies whose decisions were recorded lately: nobody types the same name twice."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require, visible_to
from models.conduct import Entry
from models.types import AuthorityLevel

LOOKED_AT = 2_000
"""Newest entries that are looked at, so that the question stays quick in a large office."""


class Authority(NamedTuple):
    """A deciding body and its level."""

    name: str
    level: AuthorityLevel


def authorities(session: Session, actor: Actor) -> list[Authority]:
    """The deciding bodies of the newest entries, those that decide most often first."""
    require(actor, Permission.READ_FILES)
    newest = (
        select(Entry.authority, Entry.level)
        .where(Entry.authority != "", visible_to(actor, Entry.department_id))
        .order_by(Entry.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    rows = (
        select(newest.c.authority, newest.c.level)
        .group_by(newest.c.authority, newest.c.level)
        .order_by(func.count().desc(), newest.c.authority)
    )
    return [Authority(name, AuthorityLevel(level)) for name, level in session.execute(rows)]
