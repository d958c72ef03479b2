"""The day and the document that a change in the service rests on (调令, 任免文件, 机构改革文件)."""

from sqlalchemy.orm import Session

from app.commands.conduct import Basis
from app.errors import Invalid
from app.rules.validation import before, check_value
from app.words import tr
from models.database import moment
from models.types import Day, day_at, iso


def checked(session: Session, basis: Basis, since: Day | None = None) -> Basis:
    """The basis without stray blanks. Raises Invalid where the document is missing, or the day lies ahead
    or before ``since``."""
    found = Basis(basis.document_no.strip(), basis.on, basis.reason.strip())
    if not found.document_no or check_value("document_no", found.document_no):
        sentence = tr("Enter the number of the document by which this is done, at most 200 characters.")
        raise Invalid(sentence, field="document_no")
    if check_value("decided_on", found.on, day_at(moment(session))):
        raise Invalid(tr("This day has not come yet. Record it on the day it takes effect."), field="on")
    if since and before(found.on, since):
        sentence = tr("Nothing here changes before {date}. Check the date.")
        raise Invalid(sentence.format(date=iso(since)), field="on")
    return found
