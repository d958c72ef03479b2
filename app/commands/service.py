"""A person's service: moves inside the office, spells of probation or secondment, leaving and coming back."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.basis import checked
from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import Basis, said
from app.commands.finding import department_at, file_of, refuse
from app.commands.ledger import Ledger, writing
from app.commands.moving import move
from app.errors import Conflict, Invalid, NotFound
from app.permissions import Actor, Permission, require
from app.rules.validation import before, check_value
from app.words import tr
from models.people import IntegrityFile, Person, PersonState
from models.types import Day, Leaving, ServiceState, Uid, iso, new_uid


class Posting(NamedTuple):
    """Where a person serves and as what. None leaves it as it is; an empty post or rank takes it away."""

    department: str | None = None
    """Path of names from the top, separated by ``/``."""
    post: str | None = None
    rank: str | None = None


def transfer_person(session: Session, actor: Actor, staff_no: str, posting: Posting, basis: Basis) -> Changes:
    """Move a person inside the office: department, post or rank, from a day, by a document.

    The file goes along with all in it, so that the heads of the new department see it and those of the old
    one no longer do. ``app.queries.matters`` tells before what is still open.
    """
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    if file.closed_on:
        raise Conflict(tr("This file is closed. Reopen it first, with the post the person comes back to."))
    basis = checked(session, basis, _known(person.joined_on))
    fresh = _fresh(session, actor, person, posting)
    if not fresh:
        raise Invalid(tr("Nothing would change. Choose another department, post or rank."), field="post")
    with writing(session, actor, "transfer_person") as ledger:
        _post(session, ledger, file, person, fresh)
        _note(file, basis)
        kind = "person_moved" if "department_id" in fresh else "person_posted"
        ledger.add_row(file.chain_id, kind, "file", Uid(person.uid))
        return _moved(person)


def close_file(session: Session, actor: Actor, staff_no: str, leaving: Leaving, basis: Basis) -> Changes:
    """The person left, retired or died: the file closes. Nothing new is recorded in it from then on; what is
    in it can be objected to and corrected. ``app.queries.matters`` tells before what is still open."""
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    if file.closed_on:
        sentence = tr("This file was closed on {date} already.")
        raise Conflict(sentence.format(date=iso(Day(file.closed_on))))
    basis = checked(session, basis, _known(person.joined_on))
    with writing(session, actor, "close_file") as ledger:
        close(ledger, file, person, leaving, basis)
        return _moved(person)


def close(ledger: Ledger, file: IntegrityFile, person: Person, leaving: Leaving, basis: Basis) -> None:
    """Write the closing of a file, with its event."""
    person.left_on, person.leaving, file.closed_on = basis.on, leaving, basis.on
    _note(file, basis)
    ledger.add_row(file.chain_id, "file_closed", "file", Uid(person.uid))


def reopen_file(session: Session, actor: Actor, staff_no: str, posting: Posting, basis: Basis) -> Changes:
    """A person comes back: the same file goes on, and the service counts from this day.

    Reopened as of the very day of closing, it was closed in error, and the service was never interrupted.
    """
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    if file.closed_on is None:
        raise Conflict(tr("This file is open."))
    basis, closed_on = checked(session, basis, Day(file.closed_on)), file.closed_on
    reason = said(basis.reason)
    fresh = _fresh(session, actor, person, posting)
    with writing(session, actor, "reopen_file") as ledger:
        _post(session, ledger, file, person, fresh)
        person.left_on, person.leaving, file.closed_on = None, None, None
        person.joined_on = basis.on if basis.on != closed_on else person.joined_on
        _note(file, Basis(basis.document_no, basis.on, reason))
        ledger.add_row(file.chain_id, "file_reopened", "file", Uid(person.uid))
        return _moved(person)


def begin_state(
    session: Session, actor: Actor, staff_no: str, state: ServiceState, until: Day | None, basis: Basis
) -> Changes:
    """Enter that a person is on probation, seconded … from a day, perhaps until a known one."""
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    basis = checked(session, basis, _known(person.joined_on))
    if until and before(until, basis.on):
        raise Invalid(tr("It would end before it begins. Check the two dates."), field="until")
    running = select(PersonState.id).where(
        PersonState.person_id == person.id,
        PersonState.state == state,
        PersonState.until.is_(None) | (PersonState.until >= basis.on),
    )
    if session.execute(running).first():
        raise Conflict(tr("This runs already on that day. End it first."), field="state")
    with writing(session, actor, "begin_state") as ledger:
        row = PersonState(uid=new_uid(), person_id=person.id, state=state, since=basis.on, until=until)
        row.document_no = basis.document_no
        session.add(row)
        ledger.add_row(file.chain_id, "state_set", "state", Uid(row.uid))
        return _moved(person)


def end_state(session: Session, actor: Actor, staff_no: str, state: ServiceState, basis: Basis) -> Changes:
    """Enter that a state of service ended: ``basis.on`` is its last day."""
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    basis = checked(session, basis)
    running = select(PersonState).where(
        PersonState.person_id == person.id,
        PersonState.state == state,
        PersonState.until.is_(None) | (PersonState.until > basis.on),
    )
    row = session.execute(running.order_by(PersonState.since.desc())).scalars().first()
    if row is None:
        raise NotFound(tr("Nothing of the kind runs on that day. Look at the file again."), field="state")
    checked(session, basis, Day(row.since))
    with writing(session, actor, "end_state") as ledger:
        row.until, row.until_document = basis.on, basis.document_no
        ledger.add_row(file.chain_id, "state_ended", "state", Uid(row.uid))
        return _moved(person)


def _fresh(session: Session, actor: Actor, person: Person, posting: Posting) -> dict[str, int | str]:
    """What the posting would change. Raises Invalid, NotAllowed, NotFound."""
    for name in ("post", "rank"):
        problem = check_value(name, getattr(posting, name) or "")
        refuse([problem] if problem else [])
    given: dict[str, int | str | None] = {"post": posting.post, "rank": posting.rank}
    if posting.department is not None:
        department = department_at(session, posting.department)
        require(actor, Permission.KEEP_FILES, department.id)
        given["department_id"] = department.id
    found = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    return {
        name: value for name, value in found.items() if value is not None and getattr(person, name) != value
    }


def _post(
    session: Session, ledger: Ledger, file: IntegrityFile, person: Person, fresh: dict[str, int | str]
) -> None:
    for name, value in fresh.items():
        setattr(person, name, value)
    if "department_id" in fresh:
        move(session, ledger, file, person.department_id)


def _note(file: IntegrityFile, basis: Basis) -> None:
    file.changed_on, file.changed_document = basis.on, basis.document_no
    file.changed_reason = basis.reason or None


def _moved(person: Person) -> Changes:
    kinds = (Kind.PEOPLE, Kind.ENTRIES, Kind.LEADS, Kind.EVALUATIONS)
    return changed(Kind.PEOPLE, Uid(person.uid)) | Changes(frozenset(kinds))


def _known(value: int | None) -> Day | None:
    return Day(value) if value else None
