"""Finds the records that a command is about, and refuses those that are not there or not for the actor."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import Conflict, Invalid, NotFound
from app.permissions import Actor, Permission, require, require_keeper, require_other
from app.problems import problem_sentence
from app.rules.validation import LINE, Fault, Problem, is_day
from app.words import tr
from models.conduct import Entry, ImportBatch, Item, Lead
from models.evaluations import Evaluation
from models.images import OFFICE_CHAIN
from models.people import Department, IntegrityFile, Person
from models.types import Day, Uid, iso

ROOT = 1
"""Key of the department that is the office itself."""


def refuse(problems: Sequence[Problem]) -> None:
    """Raise Invalid at the first of the problems, if there is one."""
    for problem in problems[:1]:
        raise Invalid(problem_sentence(problem), field=problem.field)


def needed(field: str, text: str, missing: str, *, long: bool = False) -> str:
    """The text without blanks around it. Raises Invalid with ``missing`` where there is none, or where it
    is no line."""
    if not (said := text.strip()):
        raise Invalid(missing, field=field)
    return said if long else short(field, said)


def short(field: str, text: str) -> str:
    """A line, which may be empty. Raises Invalid where it is too long."""
    if len(text.strip()) > LINE:
        raise Invalid(tr("This is longer than {most} characters. Shorten it.").format(most=LINE), field=field)
    return text.strip()


def passed_day(field: str, value: Day, since: Day, today: Day) -> Day:
    """A day that has come, and not before another. Raises Invalid."""
    if not is_day(value) or not value % 100:
        refuse([Problem(field, Fault.DATE_NO_DAY, iso(value))])
    if value > today:
        raise Invalid(tr("This date is still to come. Correct the date."), field=field)
    if value < since:
        sentence = tr("This lies before {date}, when it could be at the earliest. Correct the date.")
        raise Invalid(sentence.format(date=iso(since)), field=field)
    return value


def file_of(
    session: Session, actor: Actor, permission: Permission, staff_no: str, *, archive: bool = False
) -> tuple[IntegrityFile, Person]:
    """The file of a staff number, where the actor has the permission and it is not the own one; an
    ``archive`` of a file that was sent away only where nothing is changed in it."""
    found = session.execute(
        select(IntegrityFile, Person)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(Person.staff_no == staff_no)
    ).one_or_none()
    if found is None:
        raise NotFound(
            tr("Nobody has the staff number {staff_no}. Check the number, or add the person first.").format(
                staff_no=staff_no
            ),
            field="staff_no",
        )
    file, person = found
    if file.merged_into:
        file, person = _main_of(session, file.merged_into)
    (allow_reading if archive else allow)(actor, permission, file)
    return file, person


def _main_of(session: Session, uid: str) -> tuple[IntegrityFile, Person]:
    """The file that a second file of the same person was merged into."""
    main = session.execute(
        select(IntegrityFile, Person)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(IntegrityFile.uid == uid)
    ).one()
    return main[0], main[1]


def content_changed(session: Session, file: IntegrityFile) -> None:
    """An entry of the file, or its evidence, changed: so did what the grades of the person rest on."""
    touched = (IntegrityFile.id == file.id) | (IntegrityFile.uid == (file.merged_into or file.uid))
    session.execute(  # by the database: another desk may be at it too
        update(IntegrityFile).where(touched).values(content_version=IntegrityFile.content_version + 1),
        execution_options={"synchronize_session": False},
    )


def require_open(file: IntegrityFile) -> None:
    """Refuse to record anything new in a closed file; what is there can be objected to and corrected."""
    if file.closed_on:
        sentence = tr(
            "This file was closed on {date}. What is in it can be objected to and corrected; "
            "to record something new, reopen the file first."
        )
        raise Conflict(sentence.format(date=iso(Day(file.closed_on))))


def allow(actor: Actor, permission: Permission, file: IntegrityFile) -> None:
    """Refuse to change a file outside the actor's departments, the actor's own, and one that was sent away:
    its chain goes on in the other office, and nowhere else."""
    allow_reading(actor, permission, file)
    require_here(file)


def allow_reading(actor: Actor, permission: Permission, file: IntegrityFile) -> None:
    """Refuse a file outside the actor's departments, and the actor's own; an archive may be read."""
    require(actor, permission, file.department_id)
    require_other(actor, file.person_id)
    if permission is Permission.KEEP_FILES:
        require_keeper(actor, file.person_id)


def require_here(file: IntegrityFile) -> None:
    """Refuse a file that was sent to another office, where its chain goes on."""
    if file.sent_to:
        sentence = tr("This file was sent to {office} and is an archive here. That office goes on with it.")
        raise Conflict(sentence.format(office=file.sent_to))


def item_of(session: Session, code: str) -> Item:
    """The item of a code."""
    item = session.execute(select(Item).where(Item.code == code)).scalar_one_or_none()
    if item is None:
        sentence = tr("There is no item {code}. Choose one from the list of items.").format(code=code)
        raise NotFound(sentence, field="item")
    return item


def entry_of(session: Session, uid: Uid) -> tuple[Entry, IntegrityFile]:
    """The entry of a uid and its file."""
    found = session.execute(
        select(Entry, IntegrityFile)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .where(Entry.uid == uid)
    ).one_or_none()
    if found is None:
        raise NotFound(tr("There is no such entry here any more. Look at the file again."))
    return found[0], found[1]


def lead_of(session: Session, uid: Uid) -> tuple[Lead, IntegrityFile | None]:
    """The lead of a uid and the file it is about; no file where only the department is known."""
    found = session.execute(
        select(Lead, IntegrityFile)
        .outerjoin(IntegrityFile, Lead.file_id == IntegrityFile.id)
        .where(Lead.uid == uid)
    ).one_or_none()
    if found is None:
        raise NotFound(tr("There is no such lead here any more. Look at the list again."))
    return found[0], found[1]


def lead_at_hand(session: Session, actor: Actor, uid: Uid) -> tuple[Lead, int]:
    """The lead, for who looks into it or keeps the files there, and the key of its chain.

    Never for whom it is about, nor for a relative.
    """
    lead, file = lead_of(session, uid)
    if file:
        require_other(actor, file.person_id)
        require_here(file)
    if lead.handler_id != actor.account_id:
        require(actor, Permission.KEEP_FILES, lead.department_id)
        if file:
            require_keeper(actor, file.person_id)
    return lead, file.chain_id if file else OFFICE_CHAIN


def refuse_recorded(session: Session, lead: Lead) -> None:
    """Refuse to take the outcome of a lead away from which an entry was recorded."""
    if session.execute(select(Entry.id).where(Entry.lead_id == lead.id).limit(1)).first():
        raise Conflict(tr("An entry was recorded from this lead. Withdraw or revoke that one instead."))


def evaluation_of(session: Session, uid: str) -> tuple[Evaluation, IntegrityFile]:
    """The evaluation whose uid begins so (eight digits are enough to tell it), and its file."""
    found = session.execute(
        select(Evaluation, IntegrityFile)
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .where(Evaluation.uid.startswith(uid, autoescape=True))
        .limit(2)
    ).all()
    if len(uid) < 8 or len(found) != 1:
        sentence = tr("There is no single evaluation {uid}. Give the number shown by propose.")
        raise NotFound(sentence.format(uid=uid))
    return found[0][0], found[0][1]


def batch_of(session: Session, uid: str) -> ImportBatch:
    """The imported list whose uid begins so; eight digits are enough to tell it."""
    rows = select(ImportBatch).where(ImportBatch.uid.startswith(uid, autoescape=True)).limit(2)
    found = session.execute(rows).scalars().all()
    if len(uid) < 8 or len(found) != 1:
        raise NotFound(tr("There is no single list {uid}. Give the number shown by import.").format(uid=uid))
    return found[0]


def department_at(session: Session, path: str) -> Department:
    """The department of a path of names, ``科/室``, below the office; an empty path is the office."""
    department = session.get_one(Department, ROOT)
    for name in filter(None, path.split("/")):
        below = select(Department).where(
            Department.parent_id == department.id, Department.name == name, Department.dissolved_on.is_(None)
        )
        found = session.execute(below).scalar_one_or_none()
        if found is None:
            raise NotFound(
                tr("There is no department {path}. Check the name, or add it.").format(path=path),
                field="department",
            )
        department = found
    return department
