"""What people's own objections changed after a grade was decided, for computing it again."""

from collections import defaultdict

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.rules.grading.case import Period
from app.rules.objections import Objected
from models.conduct import Entry
from models.evaluations import Approval, Evaluation
from models.objections import Objection
from models.types import EntryStatus, EvaluationStatus, ObjectionStatus, Uid

DECIDED = (
    EvaluationStatus.APPROVED,
    EvaluationStatus.CONFIRMED,
    EvaluationStatus.PUBLICISED,
    EvaluationStatus.FINAL,
)
"""What a person is told, and what may be objected to."""


_OBJECTED = select(Objection.file_id).where(
    Objection.status.in_((ObjectionStatus.OPEN, ObjectionStatus.UPHELD))
)
"""Asked with every file that is graded: made once, and of the few objections alone."""


def objected_entries(
    session: Session, period: Period, files: frozenset[int] | None = None
) -> dict[int, Objected]:
    """By file, the entries that are as they are only because of an objection that came after a grade of the
    period was decided; of all files, or of some. Few: one of thousands of files has any."""
    objected = set(session.execute(_OBJECTED).scalars())
    wanted = objected if files is None else objected & files
    if not wanted:
        return {}
    rows = (
        select(Objection.file_id, Entry.id, Entry.uid)
        .join(Entry, Entry.uid == Objection.target)
        .where(_changed_by_it(), _decided_before(period), Objection.file_id.in_(sorted(wanted)))
    )
    found = session.execute(rows).all()
    if not found:
        return {}
    targets: dict[int, set[Uid]] = defaultdict(set)
    instead: dict[int, set[Uid]] = defaultdict(set)
    for file_id, _, uid in found:
        targets[file_id].add(Uid(uid))
    anew = select(Entry.file_id, Entry.uid).where(Entry.supersedes_id.in_([row.id for row in found]))
    for file_id, uid in session.execute(anew):
        instead[file_id].add(Uid(uid))
    return {file_id: Objected(targets[file_id], instead[file_id]) for file_id in targets}


def disputed_targets(session: Session, which: ColumnElement[bool]) -> frozenset[Uid]:
    """Uids of what objections that run are against."""
    rows = select(Objection.target).where(Objection.status == ObjectionStatus.OPEN, which)
    return frozenset(Uid(uid) for uid in session.execute(rows).scalars())


def _changed_by_it() -> ColumnElement[bool]:
    """The objection runs, or it was upheld and nothing else took the entry out of force."""
    runs = and_(Objection.status == ObjectionStatus.OPEN, Entry.status == EntryStatus.DISPUTED)
    revoked = and_(Entry.status == EntryStatus.REVOKED, Entry.status_document == Objection.document_no)
    upheld = or_(revoked, Entry.status == EntryStatus.SUPERSEDED)
    return or_(runs, and_(Objection.status == ObjectionStatus.UPHELD, upheld))


def _decided_before(period: Period) -> ColumnElement[bool]:
    decided = aliased(Approval)
    return (
        select(Evaluation.id)
        .join(decided, decided.evaluation_id == Evaluation.id)
        .where(
            Evaluation.file_id == Objection.file_id,
            Evaluation.period_start == period.start,
            Evaluation.period_end == period.end,
            decided.decision.in_(DECIDED),
            decided.decided_at <= Objection.received_at,
        )
        .exists()
    )
