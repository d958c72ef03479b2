"""The tree of departments and its history: added, renamed, moved, merged into another, dissolved.

Each with the day and the document it rests on, as an event of the office's chain; the files of the people
go where their department goes, and ``as_of`` knows the names of then.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.basis import checked
from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import Basis
from app.commands.finding import ROOT
from app.commands.ledger import Ledger, writing
from app.commands.moving import move_all
from app.errors import Conflict, Invalid, NotFound
from app.permissions import Actor, Permission, require
from app.rules.validation import LINE
from app.words import ntr, tr
from models.images import OFFICE_CHAIN
from models.people import Department, IntegrityFile, Person
from models.types import Day, Uid, new_uid


def add_department(
    session: Session,
    actor: Actor,
    name: str,
    parent_id: int = ROOT,
    position: int = 0,
    basis: Basis | None = None,
) -> Changes:
    """Add a department under another. ``basis``: none where a list or the first day of an office adds it."""
    require(actor, Permission.KEEP_FILES, parent_id)
    _standing(session, parent_id)
    basis = checked(session, basis) if basis else None
    _refuse_taken(session, name.strip(), parent_id)
    with writing(session, actor, "add_department") as ledger:
        row = new_department(session, ledger, name.strip(), parent_id, position, basis)
        return changed(Kind.DEPARTMENTS, Uid(row.uid))


def new_department(
    session: Session,
    ledger: Ledger,
    name: str,
    parent_id: int,
    position: int = 0,
    basis: Basis | None = None,
) -> Department:
    """Write a department with its event. Raises Invalid."""
    row = Department(uid=new_uid(), name=_checked_name(name), parent_id=parent_id, position=position)
    row.changed_on, row.changed_document = (basis.on, basis.document_no) if basis else (None, None)
    session.add(row)
    ledger.add_row(OFFICE_CHAIN, "department_added", "department", Uid(row.uid))
    return row


def rename_department(session: Session, actor: Actor, department_id: int, name: str, basis: Basis) -> Changes:
    """Give a department another name. What was written under the old one keeps it in views of then."""
    require(actor, Permission.KEEP_FILES, department_id)
    row = _changeable(session, department_id)
    name, basis = _checked_name(name.strip()), checked(session, basis)
    if name == row.name:
        raise Invalid(tr("This is the name it has already. Type the new one."), field="name")
    _refuse_taken(session, name, row.parent_id)
    with writing(session, actor, "rename_department") as ledger:
        row.name = name
        return _written(ledger, "department_renamed", row, basis)


def move_department(
    session: Session, actor: Actor, department_id: int, parent_id: int, basis: Basis
) -> Changes:
    """Put a department, with all under it, under another one."""
    require(actor, Permission.KEEP_FILES, department_id)
    require(actor, Permission.KEEP_FILES, parent_id)
    row, basis = _changeable(session, department_id), checked(session, basis)
    _standing(session, parent_id)
    if parent_id == row.parent_id:
        raise Invalid(tr("It stands there already. Choose another department."), field="department")
    _refuse_within(session, row, parent_id)
    _refuse_taken(session, row.name, parent_id)
    with writing(session, actor, "move_department") as ledger:
        row.parent_id = parent_id
        return _written(ledger, "department_moved", row, basis)


def merge_department(
    session: Session, actor: Actor, department_id: int, into_id: int, basis: Basis
) -> Changes:
    """Merge a department into another: its people and their files go there, and what stands under it too."""
    require(actor, Permission.KEEP_FILES, department_id)
    require(actor, Permission.KEEP_FILES, into_id)
    row, basis = _changeable(session, department_id), checked(session, basis)
    into = _standing(session, into_id)
    _refuse_within(session, row, into_id)
    below = _below(session, row.id)
    for one in below:
        _refuse_taken(session, one.name, into_id)
    with writing(session, actor, "merge_department") as ledger:
        ledger.follow([OFFICE_CHAIN])  # whoever writes in many chains holds this first: none waits in a ring
        files = select(IntegrityFile.id, IntegrityFile.chain_id).where(IntegrityFile.department_id == row.id)
        found = session.execute(files).all()
        ledger.follow(chain_id for _, chain_id in found)
        on: dict[str, Day | str] = {"changed_on": basis.on, "changed_document": basis.document_no}
        move_all(session, ledger, [file_id for file_id, _ in found], into_id, on)
        for one in below:
            one.parent_id = into_id
            _written(ledger, "department_moved", one, basis)
        row.dissolved_on, row.merged_into = basis.on, into.uid
        done = _written(ledger, "department_merged", row, basis)
        return done | changed(Kind.PEOPLE) | changed(Kind.ENTRIES) | changed(Kind.LEADS)


def dissolve_department(session: Session, actor: Actor, department_id: int, basis: Basis) -> Changes:
    """Close a department in which nobody serves, and under which none stands."""
    require(actor, Permission.KEEP_FILES, department_id)
    row, basis = _changeable(session, department_id), checked(session, basis)
    people = len(session.execute(select(Person.id).where(Person.department_id == row.id)).all())
    if people:
        sentence = ntr(
            "{n} person has the file in {name}. Move the file first, or merge the department into another.",
            "{n} people have their files in {name}. Move them first, or merge the department into another.",
            people,
        )
        raise Conflict(sentence.format(n=people, name=row.name))
    if _below(session, row.id):
        sentence = tr("Departments stand under {name}. Move or dissolve those first.")
        raise Conflict(sentence.format(name=row.name))
    with writing(session, actor, "dissolve_department") as ledger:
        row.dissolved_on = basis.on
        return _written(ledger, "department_dissolved", row, basis)


def _written(ledger: Ledger, kind: str, row: Department, basis: Basis) -> Changes:
    row.changed_on, row.changed_document = basis.on, basis.document_no
    ledger.add_row(OFFICE_CHAIN, kind, "department", Uid(row.uid))
    return changed(Kind.DEPARTMENTS, Uid(row.uid))


def _checked_name(name: str) -> str:
    if not 0 < len(name) <= LINE or "/" in name:
        sentence = tr("A department needs a name of at most {most} characters, without a slash.")
        raise Invalid(sentence.format(most=LINE), field="name")
    return name


def _standing(session: Session, department_id: int) -> Department:
    row = session.get(Department, department_id)
    if row is None or row.dissolved_on:
        raise NotFound(tr("There is no such department here any more."), field="department")
    return row


def _changeable(session: Session, department_id: int) -> Department:
    if department_id == ROOT:
        raise Invalid(tr("The office itself stays as it is. Choose one of its departments."))
    return _standing(session, department_id)


def _below(session: Session, department_id: int) -> list[Department]:
    rows = select(Department).where(Department.parent_id == department_id, Department.dissolved_on.is_(None))
    return list(session.execute(rows).scalars())


def _refuse_within(session: Session, row: Department, place_id: int) -> None:
    """A department cannot come to stand under itself."""
    above: int | None = place_id
    while above is not None:
        if above == row.id:
            sentence = tr("{name} cannot go into itself or into one that stands under it.")
            raise Invalid(sentence.format(name=row.name), field="department")
        above = session.get_one(Department, above).parent_id


def _refuse_taken(session: Session, name: str, parent_id: int | None) -> None:
    same = select(Department.id).where(
        Department.parent_id == parent_id, Department.name == name, Department.dissolved_on.is_(None)
    )
    if session.execute(same).first():
        raise Conflict(tr("There is already a department {name} here.").format(name=name), field="name")
