"""What is still open about a person, told before the file moves, closes or is sent away."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from app.queries.files import file_head
from app.words import ntr
from models.accounts import Account, AccountRole
from models.conduct import Entry, Lead
from models.entry_life import Revocation
from models.evaluations import Evaluation
from models.objections import Objection
from models.retention import Erasure
from models.types import (
    EntryStatus,
    ErasureStatus,
    EvaluationStatus,
    LeadStatus,
    ObjectionStatus,
    RevocationStatus,
)


class Open(StrEnum):
    """What somebody still has to do."""

    TO_VERIFY = "to_verify"
    RETURNED = "returned"
    TO_HEAR = "to_hear"
    TO_REVOKE = "to_revoke"
    OBJECTIONS = "objections"
    TO_ERASE = "to_erase"
    LEADS = "leads"
    TO_DECIDE = "to_decide"
    GRADES_RETURNED = "grades_returned"
    ROLES = "roles"
    """The person's own account has a role in the department, which stays until an administrator ends it."""


class Matter(NamedTuple):
    """One kind of what is open, and how much of it."""

    kind: Open
    number: int

    @property
    def words(self) -> str:
        """In words."""
        return _words(self.kind, self.number).format(n=self.number)


def open_matters(session: Session, actor: Actor, staff_no: str) -> tuple[Matter, ...]:
    """What is open about a person; nothing where all is done."""
    require(actor, Permission.READ_FILES)
    head = file_head(session, actor, staff_no)

    def by_status(table: Any) -> Mapping[str, int]:
        rows = select(table.status, func.count()).where(table.file_id.in_(head.files))
        return dict(session.execute(rows.group_by(table.status)).all())

    entries, grades = by_status(Entry), by_status(Evaluation)
    roles = (
        select(func.count(AccountRole.id))
        .join(Account, AccountRole.account_id == Account.id)
        .where(Account.person_id == head.person_id, Account.active)
    )
    keeps = actor.may(Permission.KEEP_FILES, head.department_id)
    counts = {
        Open.TO_VERIFY: entries.get(EntryStatus.SUBMITTED, 0),
        Open.RETURNED: entries.get(EntryStatus.RETURNED, 0),
        Open.TO_HEAR: entries.get(EntryStatus.HEARING, 0),
        Open.TO_REVOKE: by_status(Revocation).get(RevocationStatus.PROPOSED, 0),
        Open.OBJECTIONS: by_status(Objection).get(ObjectionStatus.OPEN, 0),
        Open.TO_ERASE: by_status(Erasure).get(ErasureStatus.ORDERED, 0),
        Open.LEADS: by_status(Lead).get(LeadStatus.OPEN, 0) if keeps else 0,
        Open.TO_DECIDE: grades.get(EvaluationStatus.SUBMITTED, 0),
        Open.GRADES_RETURNED: grades.get(EvaluationStatus.RETURNED, 0),
        Open.ROLES: session.execute(roles).scalar_one(),
    }
    return tuple(Matter(kind, number) for kind, number in counts.items() if number)


def _words(kind: Open, n: int) -> str:
    match kind:
        case Open.TO_VERIFY:
            return ntr("{n} entry waits for verification", "{n} entries wait for verification", n)
        case Open.RETURNED:
            return ntr("{n} entry was returned", "{n} entries were returned", n)
        case Open.TO_HEAR:
            return ntr(
                "the person is to be heard on {n} entry", "the person is to be heard on {n} entries", n
            )
        case Open.TO_REVOKE:
            return ntr(
                "{n} proposed revocation waits for a second person",
                "{n} proposed revocations wait for a second person",
                n,
            )
        case Open.OBJECTIONS:
            return ntr("{n} objection runs", "{n} objections run", n)
        case Open.TO_ERASE:
            return ntr("{n} order to erase is not carried out", "{n} orders to erase are not carried out", n)
        case Open.LEADS:
            return ntr("{n} lead is in hand", "{n} leads are in hand", n)
        case Open.TO_DECIDE:
            return ntr("{n} grade waits for a decision", "{n} grades wait for a decision", n)
        case Open.GRADES_RETURNED:
            return ntr("{n} grade was returned", "{n} grades were returned", n)
        case Open.ROLES:
            return ntr(
                "the person's account keeps {n} role until the administrator ends it",
                "the person's account keeps {n} roles until the administrator ends them",
                n,
            )
