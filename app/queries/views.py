"""The filters that an account keeps for a page."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.accounts import SavedView


def views(session: Session, actor: Actor, page: str) -> Mapping[str, str]:
    """By name what the page said of itself when it was kept, in the order of the names."""
    require(actor, Permission.READ_FILES)
    rows = select(SavedView.name, SavedView.content).where(
        SavedView.account_id == actor.account_id, SavedView.page == page
    )
    return dict(session.execute(rows.order_by(SavedView.name)).all())
