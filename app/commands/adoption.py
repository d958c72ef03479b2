"""What every text is published under: a document that adopts it, a day, an edition that is new."""

from hashlib import sha256

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.commands.ledger import Ledger
from app.errors import Conflict, Invalid
from app.permissions import Actor
from app.words import tr
from models.schemes import Published
from models.types import Day, iso, new_uid


def adopting(document_no: str) -> str:
    """The number of the document that adopts a text. Raises Invalid where there is none."""
    if not document_no.strip():
        sentence = tr("Enter the number of the document that adopts the standard, like 泽政服发〔2024〕36号.")
        raise Invalid(sentence, field="adopted_by")
    return document_no.strip()


def refuse_edition(
    session: Session,
    table: type[Published],
    which: ColumnElement[bool],
    named: tuple[str, int],
    valid_from: Day,
) -> None:
    """Editions follow one another: each number is published once, and a later one begins no earlier.

    ``which``: the published editions of the same text; ``named``: its code and the number of this edition.
    Raises Conflict, Invalid.
    """
    code, edition = named
    for other, begins in session.execute(select(table.edition, table.valid_from).where(which)):
        if other == edition:
            sentence = tr("Edition {edition} of {code} is already published. Raise the edition.")
            raise Conflict(sentence.format(edition=edition, code=code))
        if (other - edition) * (begins - valid_from) < 0:
            sentence = tr(
                "Edition {edition} is valid from {date}, and a later edition begins no earlier. "
                "Choose another day."
            )
            raise Invalid(sentence.format(edition=other, date=iso(Day(begins))), field="valid_from")


def published_columns(
    ledger: Ledger, actor: Actor, text: str, adopted_by: str, valid_from: Day
) -> dict[str, object]:
    """What the rows of all published texts have in common."""
    return {
        "uid": new_uid(),
        "adopted_by": adopted_by,
        "valid_from": valid_from,
        "text": text,
        "digest": sha256(text.encode()).digest(),
        "published_by": actor.account_id,
        "published_at": ledger.moment,
    }
