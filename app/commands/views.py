"""Filters that an account keeps, with their order and columns. Outside the ledger: they concern no file."""

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.commands.changes import Changes
from app.errors import Invalid
from app.permissions import Actor, Permission, require
from app.rules.validation import LINE
from app.words import tr
from models.accounts import SavedView


def save_view(session: Session, actor: Actor, page: str, name: str, content: str) -> Changes:
    """Keep a view of a page under a name; one of the same name gives way. Raises Invalid."""
    require(actor, Permission.READ_FILES)
    named = name.strip()
    if not 0 < len(named) <= LINE:
        sentence = tr("Give the filter a name of at most {most} characters.")
        raise Invalid(sentence.format(most=LINE), field="name")
    row = session.execute(select(SavedView).where(_own(actor, page, named))).scalar_one_or_none()
    if row is None:
        row = SavedView(account_id=actor.account_id, page=page, name=named)
        session.add(row)
    row.content = content
    session.flush()
    return Changes()


def forget_view(session: Session, actor: Actor, page: str, name: str) -> Changes:
    """Keep a view no longer."""
    require(actor, Permission.READ_FILES)
    session.execute(delete(SavedView).where(_own(actor, page, name)))
    return Changes()


def _own(actor: Actor, page: str, name: str) -> ColumnElement[bool]:
    return (SavedView.account_id == actor.account_id) & (SavedView.page == page) & (SavedView.name == name)
