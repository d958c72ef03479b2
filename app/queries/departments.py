"""The tree of departments."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require, visible_to
from models.people import Department, Person


class DepartmentRow(NamedTuple):
    """A department, its place in the tree, and how many serve in it."""

    id: int
    parent_id: int | None
    name: str
    people: int
    path: str = ""
    """Names from the top, joined by ``/``, as commands and lists name it; empty for the office itself."""


def departments(session: Session, actor: Actor) -> list[DepartmentRow]:
    """The departments the actor may read, parents before children, siblings in their order."""
    require(actor, Permission.READ_FILES)
    serving = _serving(session, actor)
    rows = session.execute(
        select(Department.id, Department.parent_id, Department.name).order_by(
            Department.parent_id.is_not(None), Department.parent_id, Department.position, Department.id
        )
    )
    found: list[DepartmentRow] = []
    paths: dict[int | None, str] = {}
    for number, parent_id, name in rows:
        paths[number] = "/".join(filter(None, (paths.get(parent_id), name))) if parent_id else ""
        if actor.may(Permission.READ_FILES, number):
            found.append(DepartmentRow(number, parent_id, name, serving.get(number, 0), paths[number]))
    return found


def _serving(session: Session, actor: Actor) -> dict[int, int]:
    counts = (
        select(Person.department_id, func.count())
        .where(Person.left_on.is_(None), visible_to(actor, Person.department_id))
        .group_by(Person.department_id)
    )
    return dict(session.execute(counts).all())


def below(rows: list[DepartmentRow], department_id: int) -> frozenset[int]:
    """A department and all under it."""
    found = {department_id}
    for row in rows:  # parents come first
        if row.parent_id in found:
            found.add(row.id)
    return frozenset(found)
