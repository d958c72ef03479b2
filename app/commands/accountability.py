"""Publishes accountability tables."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accountability import read_table
from app.commands.changes import Changes, Kind, changed
from app.commands.ledger import writing
from app.commands.schemes import adopting
from app.errors import Conflict
from app.permissions import Actor, Permission, require
from app.words import tr
from models.images import OFFICE_CHAIN
from models.schemes import AccountabilityRow
from models.types import Day, Uid, new_uid


def publish_accountability(
    session: Session, actor: Actor, text: str, adopted_by: str, valid_from: Day
) -> Changes:
    """Publish an edition of a table under the number of the document that adopts it. It never changes."""
    require(actor, Permission.PUBLISH_SCHEMES)
    table = read_table(text)
    document = adopting(adopted_by)
    same = select(AccountabilityRow.id).where(
        AccountabilityRow.code == table.code, AccountabilityRow.edition == table.edition
    )
    if session.execute(same).first():
        sentence = tr("Edition {edition} of {code} is already published. Raise the edition in the file.")
        raise Conflict(sentence.format(edition=table.edition, code=table.code))
    with writing(session, actor, "publish_accountability") as ledger:
        row = AccountabilityRow(
            uid=new_uid(),
            code=table.code,
            edition=table.edition,
            title_zh=table.title.zh,
            title_en=table.title.en,
            adopted_by=document,
            valid_from=valid_from,
            text=text,
            digest=sha256(text.encode()).digest(),
            published_by=actor.account_id,
            published_at=ledger.moment,
        )
        session.add(row)
        ledger.add_row(OFFICE_CHAIN, "accountability_published", "accountability", Uid(row.uid))
        return changed(Kind.SCHEMES, Uid(row.uid))
