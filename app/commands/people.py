"""Departments, people and their files."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import department_at, file_of, refuse
from app.commands.ledger import Ledger, writing
from app.commands.moving import move
from app.errors import Conflict
from app.permissions import Actor, Permission, require
from app.pinyin import search_keys
from app.rules.inputs import NewPerson
from app.rules.validation import Fault, Problem, check_person
from app.words import tr
from models.database import moment
from models.ledger import ORIGIN, Chain
from models.people import IdNumber, IntegrityFile, Person, PersonState
from models.types import Uid, day_at, new_uid

NUMBER_PREFIX = "CX"
"""Of the numbers of integrity files, before the staff number."""


def add_person(session: Session, actor: Actor, new: NewPerson) -> Changes:
    """Add a person and open the file. The department must exist."""
    require(actor, Permission.KEEP_FILES)
    refuse(check_person(new))
    department = department_at(session, new.department)
    require(actor, Permission.KEEP_FILES, department.id)
    _refuse_taken(session, new)
    with writing(session, actor, "add_person") as ledger:
        person = _person(new, department.id)
        chain = Chain(uid=new_uid(), seq=0, hash=ORIGIN)
        session.add_all((person, chain))
        session.flush()
        today = day_at(moment(session))
        file = IntegrityFile(
            uid=new_uid(),
            number=f"{NUMBER_PREFIX}-{new.staff_no}",
            person_id=person.id,
            department_id=department.id,
            chain_id=chain.id,
            opened_on=today,
            closed_on=new.left_on,
        )
        session.add(file)
        if new.id_number:
            session.add(IdNumber(person_id=person.id, number=new.id_number))
        ledger.add_row(chain.id, "file_opened", "file", Uid(person.uid))
        add_states(session, ledger, person.id, chain.id, new)
        return changed(Kind.PEOPLE, Uid(person.uid))


def _refuse_taken(session: Session, new: NewPerson) -> None:
    taken = select(Person.name).where(Person.staff_no == new.staff_no)
    if name := session.execute(taken).scalar_one_or_none():
        sentence = tr("The staff number {staff_no} belongs to {name}. Check the number.")
        raise Conflict(sentence.format(staff_no=new.staff_no, name=name), field="staff_no")
    holder = select(Person.staff_no).join(IdNumber, IdNumber.person_id == Person.id)
    if other := session.execute(holder.where(IdNumber.number == new.id_number)).scalar_one_or_none():
        refuse([Problem("id_number", Fault.ID_TAKEN, new.id_number, {"other": other})])


def change_person(session: Session, actor: Actor, new: NewPerson) -> Changes:
    """Bring a person up to what is newly known, a department moved to or the leaving included."""
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, new.staff_no)
    refuse(check_person(new))
    department_id = department_at(session, new.department).id if new.department else None
    require(actor, Permission.KEEP_FILES, department_id)
    with writing(session, actor, "change_person") as ledger:
        amend_person(session, ledger, file, new, department_id)
        return changed(Kind.PEOPLE, Uid(person.uid))


def amend_person(
    session: Session, ledger: Ledger, file: IntegrityFile, new: NewPerson, department_id: int | None
) -> bool:
    """Write what is new about a person; blanks never overwrite. Whether anything was new."""
    person = session.get_one(Person, file.person_id)
    given: dict[str, object] = {
        "department_id": department_id,
        "post": new.post,
        "rank": new.rank,
        "joined_on": new.joined_on,
        "left_on": new.left_on,
        "leaving": new.leaving,
    }
    fresh = {name: value for name, value in given.items() if value and getattr(person, name) != value}
    for name, value in fresh.items():
        setattr(person, name, value)
    if "department_id" in fresh:
        move(session, ledger, file, person.department_id)
    if fresh:
        file.closed_on = person.left_on
        file.changed_on = file.changed_document = file.changed_reason = None  # a list names no document
        ledger.add_row(file.chain_id, "person_changed", "file", Uid(person.uid))
    told = _tell_number(session, ledger, file, person, new.id_number)
    return add_states(session, ledger, person.id, file.chain_id, new) or told or bool(fresh)


def _tell_number(session: Session, ledger: Ledger, file: IntegrityFile, person: Person, number: str) -> bool:
    """Write the ID number that a list brings of who had none; one on file stays. Whether it did."""
    if not number or session.get(IdNumber, person.id) is not None:
        return False
    session.add(IdNumber(person_id=person.id, number=number))
    ledger.add_row(file.chain_id, "file_id_number_entered", "file", Uid(person.uid))
    return True


def add_states(session: Session, ledger: Ledger, person_id: int, chain_id: int, new: NewPerson) -> bool:
    """Write the states that are not known yet. Whether there were any."""
    if not new.states:
        return False
    held = select(PersonState.state, PersonState.since).where(PersonState.person_id == person_id)
    known = set(session.execute(held).all())
    fresh = [state for state in new.states if (state[0].value, state[1]) not in known]
    for state, since, until in fresh:
        row = PersonState(uid=new_uid(), person_id=person_id, state=state, since=since, until=until)
        session.add(row)
        ledger.add_row(chain_id, "state_set", "state", Uid(row.uid))
    return bool(fresh)


def _person(new: NewPerson, department_id: int) -> Person:
    pinyin, initials = search_keys(new.name)
    return Person(
        uid=new_uid(),
        staff_no=new.staff_no,
        name=new.name,
        pinyin=pinyin,
        initials=initials,
        department_id=department_id,
        post=new.post,
        rank=new.rank,
        joined_on=new.joined_on,
        left_on=new.left_on,
        leaving=new.leaving,
    )
