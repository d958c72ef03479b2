"""What every text is published under: a document that adopts it, a day, an edition that is new."""

from hashlib import sha256

from app.commands.ledger import Ledger
from app.errors import Conflict, Invalid
from app.permissions import Actor
from app.words import tr
from models.types import Day, iso, new_uid


def adopting(document_no: str) -> str:
    """The number of the document that adopts a text. Raises Invalid where there is none."""
    if not document_no.strip():
        sentence = tr("Enter the number of the document that adopts the standard, like 泽政服发〔2024〕36号.")
        raise Invalid(sentence, field="adopted_by")
    return document_no.strip()


def refuse_published(is_published: bool, code: str, edition: int) -> None:
    """An edition is published once. Raises Conflict."""
    if is_published:
        sentence = tr("Edition {edition} of {code} is already published. Raise the edition.")
        raise Conflict(sentence.format(edition=edition, code=code))


def refuse_earlier(valid_from: Day, newest: Day) -> None:
    """A later edition takes the place of the one before it: it begins no earlier. Raises Invalid."""
    if valid_from < newest:
        sentence = tr("An earlier edition is valid from {date}. Choose this day or a later one.")
        raise Invalid(sentence.format(date=iso(newest)), field="valid_from")


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
