"""Standards that are being written."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require
from app.words import tr
from models.accounts import Account
from models.schemes import SchemeDraft
from models.types import Moment, Uid


class DraftRow(NamedTuple):
    """A draft in a list."""

    uid: Uid
    title: str
    changed_by: str
    changed_at: Moment
    version: int


class OpenDraft(NamedTuple):
    """A draft with its text."""

    uid: Uid
    title: str
    text: str
    changed_by: str
    changed_at: Moment
    version: int


def drafts(session: Session, actor: Actor) -> list[DraftRow]:
    """All drafts, the last changed first."""
    require(actor, Permission.PUBLISH_SCHEMES)
    rows = (
        select(
            SchemeDraft.uid,
            SchemeDraft.title,
            Account.name,
            SchemeDraft.changed_at,
            SchemeDraft.version,
        )
        .join(Account, Account.id == SchemeDraft.changed_by)
        .order_by(SchemeDraft.changed_at.desc(), SchemeDraft.id)
    )
    return [DraftRow._make(row) for row in session.execute(rows)]


def draft(session: Session, actor: Actor, uid: Uid) -> OpenDraft:
    """One draft with its text. Raises NotFound where it was published or discarded."""
    require(actor, Permission.PUBLISH_SCHEMES)
    row = session.execute(
        select(
            SchemeDraft.uid,
            SchemeDraft.title,
            SchemeDraft.text,
            Account.name,
            SchemeDraft.changed_at,
            SchemeDraft.version,
        )
        .join(Account, Account.id == SchemeDraft.changed_by)
        .where(SchemeDraft.uid == uid)
    ).one_or_none()
    if row is None:
        raise NotFound(tr("This draft was published or discarded meanwhile."))
    return OpenDraft._make(row)
