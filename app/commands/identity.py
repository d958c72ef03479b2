"""ID numbers: entered, and shown in full to whoever may, which is on record each time.

The number itself never enters the ledger: the chain cannot be made to forget it.
"""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import file_of, refuse
from app.commands.ledger import writing
from app.errors import NotFound
from app.exchange.values import read_id_number
from app.id_numbers import birth_place
from app.permissions import Actor, Permission, require
from app.rules.validation import Fault, Problem, check_value
from app.words import tr
from models.people import IdNumber, Person
from models.types import Uid


class ShownNumber(NamedTuple):
    """An ID number in full."""

    changes: Changes
    number: str
    place: str
    """Where it was first given out; empty where its code is not listed."""


def enter_id_number(session: Session, actor: Actor, staff_no: str, number: str) -> Changes:
    """Enter or correct the ID number of a person.

    Raises Invalid (``field="id_number"``) for one that is none, or somebody else's.
    """
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    read = read_id_number(number)
    problem = read if isinstance(read, Problem) else check_value("id_number", read)
    if not number.strip():
        problem = Problem("id_number", Fault.REQUIRED)
    refuse([problem._replace(field="id_number")] if problem else [])
    holder = select(Person.staff_no).join(IdNumber, IdNumber.person_id == Person.id)
    other = session.execute(holder.where(IdNumber.number == read, Person.id != person.id))
    if taken := other.scalar_one_or_none():
        refuse([Problem("id_number", Fault.ID_TAKEN, str(read), {"other": taken})])
    with writing(session, actor, "enter_id_number") as ledger:
        session.merge(IdNumber(person_id=person.id, number=str(read)))
        ledger.add_row(file.chain_id, "file_id_number_entered", "file", Uid(person.uid))
        return changed(Kind.PEOPLE, Uid(person.uid))


def show_id_number(session: Session, actor: Actor, staff_no: str) -> ShownNumber:
    """The ID number of a person in full. Each time is an event in the file."""
    require(actor, Permission.READ_ID_NUMBERS)
    file, person = file_of(session, actor, Permission.READ_ID_NUMBERS, staff_no)
    number = session.execute(
        select(IdNumber.number).where(IdNumber.person_id == person.id)
    ).scalar_one_or_none()
    if number is None:
        raise NotFound(tr("No ID number is on file for {name}.").format(name=person.name), field="id_number")
    with writing(session, actor, "show_id_number") as ledger:
        ledger.add_row(file.chain_id, "file_id_number_shown", "file", Uid(person.uid))
        return ShownNumber(changed(Kind.PEOPLE, Uid(person.uid)), number, birth_place(number))
