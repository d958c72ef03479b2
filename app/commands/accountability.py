"""Publishes accountability tables."""

from sqlalchemy.orm import Session

from app.accountability import read_table
from app.commands.adoption import adopting, published_columns, refuse_edition
from app.commands.changes import Changes, Kind, changed
from app.commands.ledger import writing
from app.permissions import Actor, Permission, require
from models.images import OFFICE_CHAIN
from models.schemes import AccountabilityRow
from models.types import Day, Uid


def publish_accountability(
    session: Session, actor: Actor, text: str, adopted_by: str, valid_from: Day
) -> Changes:
    """Publish an edition of a table under the number of the document that adopts it. It never changes."""
    require(actor, Permission.PUBLISH_SCHEMES)
    table = read_table(text)
    document = adopting(adopted_by)
    same = AccountabilityRow.code == table.code
    refuse_edition(session, AccountabilityRow, same, (table.code, table.edition), valid_from)
    with writing(session, actor, "publish_accountability") as ledger:
        row = AccountabilityRow(
            code=table.code,
            edition=table.edition,
            title_zh=table.title.zh,
            title_en=table.title.en,
            **published_columns(ledger, actor, text, document, valid_from),
        )
        session.add(row)
        ledger.add_row(OFFICE_CHAIN, "accountability_published", "accountability", Uid(row.uid))
        return changed(Kind.SCHEMES, Uid(row.uid))
