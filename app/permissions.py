"""Who may do what, and where. A role holds in a department and all below it, or in the whole office."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute

from app.errors import NotAllowed
from app.words import tr
from models.types import Role, Uid


class Permission(StrEnum):
    """What a command may require."""

    READ_FILES = "read_files"
    KEEP_FILES = "keep_files"
    VERIFY_ENTRIES = "verify_entries"
    PROPOSE_GRADES = "propose_grades"
    DECIDE_GRADES = "decide_grades"
    DECIDE_HEADS_GRADES = "decide_heads_grades"
    OBJECT = "object"
    DECIDE_OBJECTIONS = "decide_objections"
    PUBLISH_SCHEMES = "publish_schemes"
    PRINT = "print"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_ID_NUMBERS = "read_id_numbers"


_KEEPING = frozenset(
    {
        Permission.OBJECT,
        Permission.READ_FILES,
        Permission.KEEP_FILES,
        Permission.PROPOSE_GRADES,
        Permission.PUBLISH_SCHEMES,
        Permission.PRINT,
        Permission.READ_ID_NUMBERS,
    }
)
GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.PERSONNEL_OFFICER: _KEEPING,
    Role.VERIFIER: frozenset({Permission.READ_FILES, Permission.VERIFY_ENTRIES, Permission.OBJECT}),
    Role.DEPARTMENT_HEAD: frozenset(
        {Permission.READ_FILES, Permission.DECIDE_GRADES, Permission.PRINT, Permission.OBJECT}
    ),
    Role.LEADER_IN_CHARGE: frozenset(
        {Permission.READ_FILES, Permission.DECIDE_HEADS_GRADES, Permission.PRINT, Permission.OBJECT}
    ),
    Role.OBJECTION_OFFICER: frozenset(
        {Permission.READ_FILES, Permission.DECIDE_OBJECTIONS, Permission.PRINT, Permission.OBJECT}
    ),
    Role.READER: frozenset({Permission.READ_FILES, Permission.PRINT}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Permission.MANAGE_ACCOUNTS}),
}

KEEPING = tuple(role for role, granted in GRANTS.items() if Permission.KEEP_FILES in granted)
"""The roles of the personnel staff."""

DAILY = (
    Permission.KEEP_FILES,
    Permission.VERIFY_ENTRIES,
    Permission.DECIDE_GRADES,
    Permission.DECIDE_HEADS_GRADES,
)
"""Whoever holds one of these in a department has its files for the daily work; others say what for."""

Scope = frozenset[int] | None
"""Ids of departments; None is the whole office."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The account on whose behalf something is done."""

    account_id: int
    uid: Uid
    name: str
    person_id: int | None
    roles: frozenset[Role]
    scopes: Mapping[Permission, Scope]
    kin: frozenset[int] = frozenset()
    """Persons declared as relatives."""
    not_kept: frozenset[int] = frozenset()
    """Persons of the personnel staff whose files a second keeper keeps, who is somebody else."""

    @property
    def recused(self) -> frozenset[int]:
        """The persons on whose files the account does not act: itself and its relatives."""
        return self.kin if self.person_id is None else self.kin | {self.person_id}

    def may(self, permission: Permission, department_id: int | None = None) -> bool:
        """Whether it may, in that department; without one, anywhere at all."""
        if permission not in self.scopes:
            return False
        scope = self.scopes[permission]
        return scope is None or department_id is None or department_id in scope


def daily(actor: Actor, department_id: int) -> bool:
    """Whether the files of a department belong to the actor's daily work."""
    return any(actor.may(permission, department_id) for permission in DAILY)


def daily_scope(actor: Actor) -> Scope:
    """The departments whose files belong to the actor's daily work."""
    scopes = [actor.scopes[permission] for permission in DAILY if permission in actor.scopes]
    known = [scope for scope in scopes if scope is not None]
    return frozenset().union(*known) if len(known) == len(scopes) else None


def require(actor: Actor, permission: Permission, department_id: int | None = None) -> None:
    """Refuse (NotAllowed) what the actor may not do, in that department or anywhere at all."""
    if not actor.may(permission, department_id):
        raise NotAllowed(_refusals()[permission].format(name=actor.name))


def require_other(actor: Actor, person_id: int) -> None:
    """Nobody acts on the own file, or on that of a relative (公务员法 第七十六条; 干部人事档案工作条例)."""
    if actor.person_id == person_id:
        raise NotAllowed(tr("This is your own file. Ask a colleague to do it: nobody acts on the own file."))
    if person_id in actor.kin:
        sentence = tr("This is the file of a relative you declared. Ask a colleague to do it.")
        raise NotAllowed(sentence)


def require_keeper(actor: Actor, person_id: int) -> None:
    """The personnel staff does not keep its own files among itself: each has a named second keeper."""
    if person_id in actor.not_kept:
        sentence = tr("The file of somebody of the personnel staff is kept by its second keeper.")
        raise NotAllowed(sentence)


def others(actor: Actor, person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that a row is neither about the actor nor about a relative."""
    return person_id.not_in(sorted(actor.recused))


def visible_to(actor: Actor, department_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that a row belongs to a department the actor may read."""
    scope = actor.scopes.get(Permission.READ_FILES, frozenset())
    return true() if scope is None else department_id.in_(sorted(scope))


def _refusals() -> Mapping[Permission, str]:
    return {
        Permission.READ_FILES: tr("{name} may not read files here. Ask the personnel office for access."),
        Permission.KEEP_FILES: tr("{name} may not keep files. A personnel officer can do this."),
        Permission.VERIFY_ENTRIES: tr("{name} may not verify entries. A verifier can do this."),
        Permission.PROPOSE_GRADES: tr("{name} may not submit grades. A personnel officer can do this."),
        Permission.DECIDE_GRADES: tr("{name} does not decide here. The head of the department can do this."),
        Permission.DECIDE_HEADS_GRADES: tr("{name} does not decide here. The leader in charge can do this."),
        Permission.OBJECT: tr("{name} cannot object here. Hand the objection in on paper."),
        Permission.DECIDE_OBJECTIONS: tr(
            "{name} does not decide on objections. Who holds that role in the office can do this."
        ),
        Permission.PUBLISH_SCHEMES: tr("{name} may not publish standards. A personnel officer can do this."),
        Permission.PRINT: tr("{name} may not print files here. Ask the personnel office."),
        Permission.READ_ID_NUMBERS: tr(
            "{name} may not see ID numbers in full. A personnel officer can do this."
        ),
        Permission.MANAGE_ACCOUNTS: tr(
            "{name} may not manage accounts. The system administrator can do this."
        ),
    }
