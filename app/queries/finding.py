"""What the one search box finds: people, and entries by the number of their document."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require, visible_to
from app.queries.people import named, starts
from models.conduct import Entry
from models.people import Department, IntegrityFile, Person

MOST = 8


class Found(NamedTuple):
    """A person, found by name or by a document that names the person."""

    staff_no: str
    name: str
    department: str
    document_no: str
    """Empty where the person was found by name."""


def find(session: Session, actor: Actor, text: str) -> list[Found]:
    """The first people and documents for what was typed; those who serve come first."""
    require(actor, Permission.READ_FILES)
    typed = text.strip()
    if not typed:
        return []
    columns = (Person.staff_no, Person.name, Department.name)
    people = (
        select(*columns)
        .join(Department, Person.department_id == Department.id)
        .where(named(typed), visible_to(actor, Person.department_id))
        .order_by(Person.left_on.is_not(None), Person.staff_no)
        .limit(MOST)
    )
    documents = (
        select(*columns, Entry.document_no)
        .join(IntegrityFile, IntegrityFile.person_id == Person.id)
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Department, Person.department_id == Department.id)
        .where(starts(Entry.document_no, typed), visible_to(actor, Entry.department_id))
        .order_by(Entry.document_no, Person.staff_no)
        .limit(MOST)
    )
    found = [Found(*row, "") for row in session.execute(people)]
    return found + [Found._make(row) for row in session.execute(documents)]
