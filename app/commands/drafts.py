"""Keeps standards that are being written. Outside the ledger until they are published."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.adoption import adopting
from app.commands.changes import Changes, Kind, changed
from app.commands.schemes import publish_scheme
from app.errors import Conflict, Invalid, NotFound
from app.permissions import Actor, Permission, require
from app.rules.grading.parsing import MOST_TEXT
from app.rules.validation import LINE
from app.standards.drafts import UNTITLED, put, read_draft, title_of
from app.standards.schemes import read_scheme
from app.words import tr
from models.database import moment
from models.schemes import SchemeDraft
from models.types import Day, Uid, new_uid


def begin_draft(session: Session, actor: Actor, text: str) -> Changes:
    """Keep a new draft; its uid is in what changed."""
    require(actor, Permission.PUBLISH_SCHEMES)
    _refuse_long(text)
    row = SchemeDraft(
        uid=new_uid(),
        title=_title(text),
        text=text,
        changed_by=actor.account_id,
        changed_at=moment(session),
    )
    session.add(row)
    session.flush()
    return changed(Kind.DRAFTS, Uid(row.uid))


def save_draft(session: Session, actor: Actor, uid: Uid, text: str, version: int) -> Changes:
    """Keep what is written now; the version goes up by one.

    Raises Conflict where it was saved from another desk since ``version``, NotFound where it is gone.
    """
    require(actor, Permission.PUBLISH_SCHEMES)
    _refuse_long(text)
    row = _draft(session, uid, version)
    row.text, row.title = text, _title(text) if _title(text) != UNTITLED else row.title
    row.changed_by = actor.account_id
    row.changed_at = max(moment(session), row.changed_at + 1)  # so that each save is a new version
    session.flush()
    return changed(Kind.DRAFTS, uid)


def discard_draft(session: Session, actor: Actor, uid: Uid, version: int) -> Changes:
    """Throw a draft away. Raises Conflict where someone else has gone on with it."""
    require(actor, Permission.PUBLISH_SCHEMES)
    session.delete(_draft(session, uid, version))
    session.flush()
    return changed(Kind.DRAFTS, uid)


def publish_draft(
    session: Session, actor: Actor, uid: Uid, version: int, adopted_by: str, valid_from: Day
) -> Changes:
    """Publish a draft under the number of the document that adopts it, which is written into its text.

    Raises Invalid where something is wrong with it or one of its examples comes out otherwise.
    """
    require(actor, Permission.PUBLISH_SCHEMES)
    row = _draft(session, uid, version)
    document = adopting(adopted_by)
    read_scheme(row.text, valid_from)  # a broken text has no place for the document
    text = put(read_draft(row.text), ("adopted_by",), document).text
    done = publish_scheme(session, actor, text, document, valid_from)
    session.delete(row)
    session.flush()
    return done | changed(Kind.DRAFTS, uid)


def _draft(session: Session, uid: Uid, version: int) -> SchemeDraft:
    row = session.execute(
        select(SchemeDraft).where(SchemeDraft.uid == uid).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise NotFound(tr("This draft was published or discarded meanwhile."))
    if row.version != version:
        raise Conflict(tr("Someone else changed this draft meanwhile; what you wrote is still here."))
    return row


def _refuse_long(text: str) -> None:
    if len(text) > MOST_TEXT:
        sentence = tr("The text has {n} characters; a standard has at most a million.")
        raise Invalid(sentence.format(n=len(text)))


def _title(text: str) -> str:
    try:
        return title_of(read_draft(text).content)[:LINE]
    except (ValueError, RecursionError):  # a broken text is kept too
        return UNTITLED
