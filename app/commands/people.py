"""Departments, people and their files."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import ROOT, department_at, refuse
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid
from app.permissions import Actor, Permission, require
from app.pinyin import search_keys
from app.rules.inputs import NewPerson
from app.rules.validation import check_person
from app.words import tr
from models.database import moment
from models.images import OFFICE_CHAIN
from models.ledger import ORIGIN, Chain
from models.people import Department, IdNumber, IntegrityFile, Person, PersonState
from models.types import Uid, day_at, new_uid

NUMBER_PREFIX = "CX"
"""Of the numbers of integrity files, before the staff number."""


def add_department(
    session: Session, actor: Actor, name: str, parent_id: int = ROOT, position: int = 0
) -> Changes:
    """Add a department under another."""
    require(actor, Permission.KEEP_FILES, parent_id)
    if not name.strip() or "/" in name:
        raise Invalid(tr("Enter the name of the department, without a slash."), field="name")
    same = select(Department.id).where(Department.parent_id == parent_id, Department.name == name.strip())
    if session.execute(same).scalar_one_or_none():
        raise Conflict(
            tr("There is already a department {name} here.").format(name=name.strip()), field="name"
        )
    with writing(session, actor, "add_department") as ledger:
        row = new_department(session, ledger, name.strip(), parent_id, position)
        return changed(Kind.DEPARTMENTS, Uid(row.uid))


def new_department(
    session: Session, ledger: Ledger, name: str, parent_id: int, position: int = 0
) -> Department:
    """Write a department with its event."""
    row = Department(uid=new_uid(), name=name, parent_id=parent_id, position=position)
    session.add(row)
    ledger.add_row(OFFICE_CHAIN, "department_added", "department", Uid(row.uid))
    return row


def add_person(session: Session, actor: Actor, new: NewPerson) -> Changes:
    """Add a person and open the file. The department must exist."""
    require(actor, Permission.KEEP_FILES)
    refuse(check_person(new))
    department = department_at(session, new.department)
    require(actor, Permission.KEEP_FILES, department.id)
    taken = select(Person.name).where(Person.staff_no == new.staff_no)
    if name := session.execute(taken).scalar_one_or_none():
        sentence = tr("The staff number {staff_no} belongs to {name}. Check the number.")
        raise Conflict(sentence.format(staff_no=new.staff_no, name=name), field="staff_no")
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
        for state, since, until in new.states:
            row = PersonState(uid=new_uid(), person_id=person.id, state=state, since=since, until=until)
            session.add(row)
            ledger.add_row(chain.id, "state_set", "state", Uid(row.uid))
        return changed(Kind.PEOPLE, Uid(person.uid))


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
