"""The tree of departments."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.people import Department, Person


class DepartmentRow(NamedTuple):
    """A department, its place in the tree, and how many serve in it."""

    id: int
    parent_id: int | None
    name: str
    people: int


def departments(session: Session, actor: Actor) -> list[DepartmentRow]:
    """The departments the actor may read, parents before children, siblings in their order."""
    require(actor, Permission.READ_FILES)
    serving = (
        select(Person.department_id, func.count().label("people"))
        .where(Person.left_on.is_(None))
        .group_by(Person.department_id)
        .subquery()
    )
    rows = session.execute(
        select(Department.id, Department.parent_id, Department.name, func.coalesce(serving.c.people, 0))
        .outerjoin(serving, serving.c.department_id == Department.id)
        .order_by(Department.parent_id.is_not(None), Department.parent_id, Department.position, Department.id)
    )
    return [DepartmentRow._make(row) for row in rows if actor.may(Permission.READ_FILES, row[0])]


def below(rows: list[DepartmentRow], department_id: int) -> frozenset[int]:
    """A department and all under it."""
    found = {department_id}
    for row in rows:  # parents come first
        if row.parent_id in found:
            found.add(row.id)
    return frozenset(found)
