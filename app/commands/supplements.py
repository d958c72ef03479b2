"""Publishes what a unit adds to a standard of its own (自设事项)."""

from sqlalchemy import and_
from sqlalchemy.orm import Session

from app.commands.adoption import adopting, published_columns, refuse_edition
from app.commands.changes import Changes, Kind, changed
from app.commands.finding import department_at
from app.commands.ledger import writing
from app.commands.schemes import register_item
from app.permissions import Actor, Permission, require
from app.queries.schemes import scheme_for
from app.rules.grading.case import Period
from app.standards.schemes import read_supplement
from models.images import OFFICE_CHAIN
from models.schemes import SupplementRow
from models.types import Day, Uid


def publish_supplement(
    session: Session, actor: Actor, text: str, department: str, adopted_by: str, valid_from: Day
) -> Changes:
    """Publish a unit's own items under the number of the document that adopts them. They never change.

    ``department``: path of names from the top. Raises Invalid where the standard in force on that day
    does not leave them to units.
    """
    require(actor, Permission.PUBLISH_SCHEMES)
    unit = department_at(session, department)
    require(actor, Permission.PUBLISH_SCHEMES, unit.id)
    document = adopting(adopted_by)
    scheme = scheme_for(session, actor, Period(valid_from, valid_from, str(valid_from)), "").scheme
    own = read_supplement(text, scheme, valid_from)
    same = and_(SupplementRow.code == own.code, SupplementRow.department_id == unit.id)
    refuse_edition(session, SupplementRow, same, (own.code, own.edition), valid_from)
    with writing(session, actor, "publish_supplement") as ledger:
        for rule in own.item_rows:
            register_item(session, ledger, rule)
        row = SupplementRow(
            code=own.code,
            edition=own.edition,
            department_id=unit.id,
            **published_columns(ledger, actor, text, document, valid_from),
        )
        session.add(row)
        ledger.add_row(OFFICE_CHAIN, "supplement_published", "supplement", Uid(row.uid))
        return changed(Kind.SCHEMES, Uid(row.uid))
