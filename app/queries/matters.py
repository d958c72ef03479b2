"""What is still open about a person, told before the file moves, closes or is sent away."""

from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from app.queries.files import file_head
from app.words import ntr
from models.accounts import Account, AccountRole
from models.conduct import Entry, Lead
from models.evaluations import Evaluation
from models.types import EntryStatus, EvaluationStatus, LeadStatus


class Open(StrEnum):
    """What somebody still has to do."""

    TO_VERIFY = "to_verify"
    RETURNED = "returned"
    DISPUTED = "disputed"
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
    entries = select(Entry.status, func.count()).where(Entry.file_id == head.file_id).group_by(Entry.status)
    by_status = dict(session.execute(entries).all())
    graded = (
        select(Evaluation.status, func.count())
        .where(Evaluation.file_id == head.file_id)
        .group_by(Evaluation.status)
    )
    grades = dict(session.execute(graded).all())
    leads = select(func.count()).where(Lead.file_id == head.file_id, Lead.status == LeadStatus.OPEN)
    roles = (
        select(func.count(AccountRole.id))
        .join(Account, AccountRole.account_id == Account.id)
        .where(Account.person_id == head.person_id, Account.active)
    )
    keeps = actor.may(Permission.KEEP_FILES, head.department_id)
    counts = {
        Open.TO_VERIFY: by_status.get(EntryStatus.SUBMITTED, 0),
        Open.RETURNED: by_status.get(EntryStatus.RETURNED, 0),
        Open.DISPUTED: by_status.get(EntryStatus.DISPUTED, 0),
        Open.LEADS: session.execute(leads).scalar_one() if keeps else 0,
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
        case Open.DISPUTED:
            return ntr("an objection to {n} entry runs", "objections to {n} entries run", n)
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
