"""The tree of departments."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require, visible_to
from app.queries.merged import second_people
from models.images import OFFICE_CHAIN
from models.ledger import Command, Event, EventContent
from models.people import Department, Person
from models.types import Day, Moment


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
    found: list[DepartmentRow] = []
    paths: dict[int | None, str] = {}
    for number, parent_id, name in _parents_first(session):
        paths[number] = "/".join(filter(None, (paths.get(parent_id), name))) if parent_id else ""
        if actor.may(Permission.READ_FILES, number):
            found.append(DepartmentRow(number, parent_id, name, serving.get(number, 0), paths[number]))
    return found


def _parents_first(session: Session) -> Iterator[tuple[int, int | None, str]]:
    """The departments that stand: a moved one may be older than the one it stands under."""
    rows = session.execute(
        select(Department.id, Department.parent_id, Department.name)
        .where(Department.dissolved_on.is_(None))
        .order_by(Department.position, Department.id)
    )
    children = defaultdict(list)
    for row in rows:
        children[row.parent_id].append((row.id, row.parent_id, row.name))
    level = children[None]
    while level:
        yield from level
        level = [child for above in level for child in children[above[0]]]


class DepartmentChange(NamedTuple):
    """One thing that happened to a department."""

    kind: str
    """Of the event."""
    moment: Moment
    who: str
    name: str
    """After it."""
    before: str
    """The name before it; empty where the department was added."""
    parent: str
    """Name of then of the one above it, or of the one that took it in."""
    on: Day | None
    document_no: str


def department_history(
    session: Session, actor: Actor, department_id: int | None = None
) -> tuple[DepartmentChange, ...]:
    """What happened to a department, or to all, the newest first."""
    require(actor, Permission.READ_FILES)
    require(actor, Permission.READ_FILES, department_id)
    uid = session.get_one(Department, department_id).uid if department_id else None
    names: dict[str, str] = {}
    found = []
    for kind, subject, moment, who, said in _happened(session):
        before, names[subject] = names.get(subject, ""), said["name"]
        if uid in (None, subject):
            other = names.get(said.get("merged_into") or said.get("parent", ""), "")
            basis = (said.get("changed_on"), said.get("changed_document", ""))
            found.append(DepartmentChange(kind, moment, who, said["name"], before, other, *basis))
    return tuple(reversed(found))


def names_at(session: Session, until: Moment) -> dict[str, str]:
    """The name of every department at a moment, by uid."""
    return {subject: said["name"] for _, subject, _, _, said in _happened(session, until)}


def _happened(session: Session, until: Moment | None = None) -> Iterator[tuple[str, str, Moment, str, Any]]:
    """(kind, uid, moment, who, content) of every event about departments, the oldest first."""
    rows = (
        select(Event.kind, Event.subject, Command.moment, Command.actor_name, EventContent.content)
        .join(Command, Event.command_id == Command.id)
        .join(EventContent, EventContent.event_id == Event.id)
        .where(Event.chain_id == OFFICE_CHAIN, Event.kind.startswith("department_", autoescape=True))
        .order_by(Event.seq)
    )
    if until is not None:
        rows = rows.where(Command.moment <= until)
    for kind, subject, at, who, content in session.execute(rows):
        yield kind, subject, Moment(at), who, json.loads(content)


def _serving(session: Session, actor: Actor) -> dict[int, int]:
    counts = (
        select(Person.department_id, func.count())
        .where(
            Person.left_on.is_(None),
            visible_to(actor, Person.department_id),
            Person.id.not_in(second_people()),
        )
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
