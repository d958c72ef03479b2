"""Who leaves the decision on an objection to somebody else (回避)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission
from app.queries.grading import grade_of
from app.words import tr
from models.conduct import Entry
from models.evaluations import Approval, Evaluation
from models.objections import Objection
from models.types import Target


def why_not_decide(session: Session, objection: Objection, actor: Actor) -> str:
    """Why the actor has to leave the decision to somebody else, in a sentence; empty where it need not."""
    department = objection.department_id
    if not actor.may(Permission.DECIDE_OBJECTIONS, department):
        return tr(
            "{name} does not decide on objections. Who holds that role in the office can do this."
        ).format(name=actor.name)
    if actor.may(Permission.DECIDE_GRADES, department) or actor.may(
        Permission.DECIDE_HEADS_GRADES, department
    ):
        return tr("You lead the department complained of. Someone outside its line has to decide.")
    if _had_a_hand(session, actor, objection):
        return tr("You recorded, verified, submitted or decided part of this. Someone else has to decide.")
    return ""


def _had_a_hand(session: Session, actor: Actor, objection: Objection) -> bool:
    """Whether the account recorded or verified the entry, or one that the grade rests on; or submitted it or
    decided about it."""
    targets = [objection.target]
    if objection.kind == Target.EVALUATION:
        row = session.execute(select(Evaluation).where(Evaluation.uid == objection.target)).scalar_one()
        decided = select(Approval.id).where(
            Approval.evaluation_id == row.id, Approval.account_id == actor.account_id
        )
        if row.submitted_by == actor.account_id or session.execute(decided.limit(1)).first():
            return True
        targets = [line.entry for line in grade_of(row.trace).lines]
    entries = select(Entry.id).where(
        Entry.file_id == objection.file_id,
        Entry.uid.in_(targets),
        (Entry.recorded_by == actor.account_id) | (Entry.verified_by == actor.account_id),
    )
    return session.execute(entries.limit(1)).first() is not None
