"""A person reads the own file: on written request, everything held is printed, and that is registered."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import file_of
from app.commands.ledger import writing
from app.commands.reading import nothing, register
from app.errors import Invalid
from app.permissions import Actor, Permission, require
from app.rules.validation import check_value
from app.words import tr
from models.database import moment
from models.types import Access, Day, day_at, iso


def give_own_copy(
    session: Session,
    actor: Actor,
    staff_no: str,
    request: str,
    on: Day,
    then: Callable[[], object] = nothing,
) -> Changes:
    """Register that a person gets a copy of everything held. ``request``: number or kind of the request.

    ``then`` writes the copy: where it cannot be written, nothing is registered. Raises Invalid where there
    is no request, or it is of a day to come.
    """
    require(actor, Permission.KEEP_FILES)
    file, _ = file_of(session, actor, Permission.KEEP_FILES, staff_no, archive=True)
    if not request.strip():
        raise Invalid(tr("Enter the number of the written request, or how it was made."), field="request")
    if check_value("decided_on", on, day_at(moment(session))):
        raise Invalid(tr("The date of the request is still to come. Correct the date."), field="on")
    with writing(session, actor, "give_own_copy") as ledger:
        said = f"{request.strip()} {iso(on)}"
        uid = register(ledger, actor, file, Access.OWN_COPY, tr("Request of the person"), said)
    then()
    return changed(Kind.READINGS, uid)
