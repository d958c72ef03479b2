"""The life of an evaluation up to the head: computed and submitted, approved or returned."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import evaluation_of
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid, NotAllowed
from app.permissions import Actor, Permission, require, require_other
from app.queries.cases import EVERYONE, CaseFile, Whose
from app.queries.grading import GradedFile, evidence_digests, grades, inputs_digest, trace_of
from app.queries.schemes import PublishedScheme, scheme_for, schemes
from app.rules.grading.engine import Period
from app.words import ntr, tr
from models.accounts import Account, AccountRole
from models.conduct import Entry
from models.evaluations import Approval, Evaluation
from models.images import OFFICE_CHAIN
from models.people import IntegrityFile
from models.types import EvaluationStatus, Role, Uid, new_uid


class Outcome(StrEnum):
    """What proposing did with one file."""

    SUBMITTED = "submitted"
    COMPUTED_AGAIN = "computed_again"
    REPLACED = "replaced"
    """It was decided before, rests on what has changed since, and is to be decided again."""
    UNCHANGED = "unchanged"
    NOT_RATED = "not_rated"


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many files went which way."""

    changes: Changes
    counts: dict[Outcome, int]
    evaluations: dict[str, Uid]
    """Of those submitted or computed again, by staff number."""

    def sentence(self) -> str:
        """How many files went which way, in words."""
        said = tr("Submitted {new}, computed again {again}, unchanged {same}, not rated {rest}.").format(
            new=self.counts.get(Outcome.SUBMITTED, 0),
            again=self.counts.get(Outcome.COMPUTED_AGAIN, 0) + self.counts.get(Outcome.REPLACED, 0),
            same=self.counts.get(Outcome.UNCHANGED, 0),
            rest=self.counts.get(Outcome.NOT_RATED, 0),
        )
        replaced = self.counts.get(Outcome.REPLACED, 0)
        if not replaced:
            return said
        words = ntr(
            "{n} of them was approved before and has to be decided again.",
            "{n} of them were approved before and have to be decided again.",
            replaced,
        )
        return f"{said} {words.format(n=replaced)}"


Watch = Callable[[list[GradedFile]], Iterable[GradedFile]]
"""What the graded files pass through on their way: a progress. What it raises undoes it all."""


def propose_evaluations(
    session: Session,
    actor: Actor,
    period: Period,
    scheme_code: str = "",
    whose: Whose = EVERYONE,
    watch: Watch = list,
) -> Proposed:
    """Compute the grades of a period and submit them to the heads.

    Files whose facts, standard and result are as they were are left alone. One that was decided and
    then changed gets a new evaluation that supersedes the old; of who is not rated any more, none stands.
    """
    require(actor, Permission.PROPOSE_GRADES)
    published = scheme_for(session, actor, period, scheme_code)
    evidence = evidence_digests(session)
    standing = _standing(session, period)
    counts: Counter[Outcome] = Counter()
    submitted: dict[str, Uid] = {}
    with writing(session, actor, "propose_evaluations") as ledger:
        ledger.follow([OFFICE_CHAIN])  # whoever writes in many chains holds this first: none waits in a ring
        for graded in watch(list(grades(session, actor, period, published, whose))):
            require(actor, Permission.PROPOSE_GRADES, graded.file.department_id)
            if graded.file.person_id == actor.person_id:
                continue  # a colleague submits one's own
            if graded.grade.band is None:
                counts[Outcome.NOT_RATED] += 1
                if earlier := standing.get(graded.file.file_id):
                    _supersede(ledger, graded.file, earlier)
                continue
            digest = inputs_digest(graded, period, published, evidence)
            submission = _Submission(graded, period, published, digest)
            outcome, row = _submit(session, ledger, actor, submission, standing.get(graded.file.file_id))
            counts[outcome] += 1
            if outcome is not Outcome.UNCHANGED:
                submitted[graded.file.staff_no] = Uid(row.uid)
    return Proposed(changed(Kind.EVALUATIONS), dict(counts), submitted)


@dataclass(frozen=True, slots=True)
class _Submission:
    graded: GradedFile
    period: Period
    published: PublishedScheme
    digest: bytes


def _standing(session: Session, period: Period) -> dict[int, Evaluation]:
    rows = select(Evaluation).where(
        Evaluation.period_start == period.start,
        Evaluation.period_end == period.end,
        Evaluation.status != EvaluationStatus.SUPERSEDED,
    )
    return {row.file_id: row for row in session.execute(rows).scalars()}


def _submit(
    session: Session, ledger: Ledger, actor: Actor, new: _Submission, standing: Evaluation | None
) -> tuple[Outcome, Evaluation]:
    file = new.graded.file
    if standing is None:
        return Outcome.SUBMITTED, _add(session, ledger, actor, new)
    if standing.inputs_digest == new.digest and standing.status != EvaluationStatus.RETURNED:
        standing.content_version = file.content_version
        return Outcome.UNCHANGED, standing
    if standing.status in (EvaluationStatus.SUBMITTED, EvaluationStatus.RETURNED):
        _fill(standing, actor, ledger, new)
        ledger.add_row(file.chain_id, "evaluation_computed_again", "evaluation", Uid(standing.uid))
        return Outcome.COMPUTED_AGAIN, standing
    _supersede(ledger, file, standing)
    return Outcome.REPLACED, _add(session, ledger, actor, new)


def _supersede(ledger: Ledger, file: CaseFile, row: Evaluation) -> None:
    row.status = EvaluationStatus.SUPERSEDED
    ledger.add_row(file.chain_id, "evaluation_superseded", "evaluation", Uid(row.uid))


def _add(session: Session, ledger: Ledger, actor: Actor, new: _Submission) -> Evaluation:
    row = Evaluation(uid=new_uid(), file_id=new.graded.file.file_id)
    _fill(row, actor, ledger, new)
    session.add(row)
    ledger.add_row(new.graded.file.chain_id, "evaluation_submitted", "evaluation", Uid(row.uid))
    return row


def _fill(row: Evaluation, actor: Actor, ledger: Ledger, new: _Submission) -> None:
    file, result = new.graded.file, new.graded.grade
    row.department_id = file.department_id
    row.period_start, row.period_end, row.period_label = new.period
    row.scheme_id = new.published.id
    row.status = EvaluationStatus.SUBMITTED
    row.grade, row.score, row.trace = result.band, result.score, trace_of(result)
    row.inputs_digest, row.content_version = new.digest, file.content_version
    row.submitted_by, row.submitted_at = actor.account_id, ledger.moment


def approve_evaluation(
    session: Session, actor: Actor, uid: str, reason: str = "", seen: bytes | None = None
) -> Changes:
    """The head approves the proposed grade. ``seen``: the digest that was looked at, if another
    might have been computed since. Refused while entries have changed after the computation."""
    require(actor, Permission.READ_FILES)
    row, file = _to_decide(session, actor, uid, seen)
    if _facts_digest(session, actor, row, file) != row.inputs_digest:
        sentence = tr("Entries changed after this grade was computed. Have it submitted again, then decide.")
        raise Conflict(sentence)
    return _decide(session, actor, row, file, EvaluationStatus.APPROVED, reason.strip())


def return_evaluation(
    session: Session, actor: Actor, uid: str, reason: str, seen: bytes | None = None
) -> Changes:
    """The head sends the proposed grade back, with a reason."""
    require(actor, Permission.READ_FILES)
    row, file = _to_decide(session, actor, uid, seen)
    if not reason.strip():
        raise Invalid(tr("Give the reason in a sentence: the officer reads only that."), field="reason")
    return _decide(session, actor, row, file, EvaluationStatus.RETURNED, reason.strip())


def _decide(
    session: Session,
    actor: Actor,
    row: Evaluation,
    file: IntegrityFile,
    status: EvaluationStatus,
    reason: str,
) -> Changes:
    headed = is_head(session, file.person_id, file.department_id)
    with writing(session, actor, f"evaluation_{status}") as ledger:
        row.status = status
        approval = Approval(
            uid=new_uid(),
            evaluation_id=row.id,
            step=Role.LEADER_IN_CHARGE if headed else Role.DEPARTMENT_HEAD,
            decision=status,
            reason=reason,
            account_id=actor.account_id,
            account_name=actor.name,
            decided_at=ledger.moment,
            method="password",
            inputs_digest=row.inputs_digest,
        )
        session.add(approval)
        ledger.add_row(file.chain_id, f"evaluation_{status}", "evaluation", Uid(row.uid))
        ledger.add_row(file.chain_id, f"evaluation_{status}", "approval", Uid(approval.uid))
        return changed(Kind.EVALUATIONS, Uid(row.uid))


def _to_decide(
    session: Session, actor: Actor, uid: str, seen: bytes | None
) -> tuple[Evaluation, IntegrityFile]:
    row, file = evaluation_of(session, uid)
    head = is_head(session, file.person_id, file.department_id)
    require(actor, Permission.DECIDE_HEADS_GRADES if head else Permission.DECIDE_GRADES, file.department_id)
    require_other(actor, file.person_id)
    if row.status != EvaluationStatus.SUBMITTED:
        raise Conflict(tr("This evaluation was decided or withdrawn meanwhile. Look at the list again."))
    if seen is not None and seen != row.inputs_digest:
        raise Conflict(tr("This grade was computed again while you looked at it. Look at it once more."))
    if row.submitted_by == actor.account_id or _had_a_hand(session, actor, file):
        sentence = tr("You recorded, verified or submitted part of this. Someone else has to decide.")
        raise NotAllowed(sentence)
    return row, file


def is_head(session: Session, person_id: int, department_id: int) -> bool:
    """Whether the person is the head of the department, so that the leader in charge decides."""
    rows = (
        select(AccountRole.id)
        .join(Account, AccountRole.account_id == Account.id)
        .where(
            Account.person_id == person_id,
            AccountRole.role == Role.DEPARTMENT_HEAD,
            AccountRole.department_id == department_id,
        )
    )
    return session.execute(rows.limit(1)).first() is not None


def _had_a_hand(session: Session, actor: Actor, file: IntegrityFile) -> bool:
    rows = select(Entry.id).where(
        Entry.file_id == file.id,
        (Entry.recorded_by == actor.account_id) | (Entry.verified_by == actor.account_id),
    )
    return session.execute(rows.limit(1)).first() is not None


def _facts_digest(session: Session, actor: Actor, row: Evaluation, file: IntegrityFile) -> bytes:
    """The digest of this evaluation's grade if it were computed now."""
    period = Period(row.period_start, row.period_end, row.period_label)  # type: ignore[arg-type]  # days
    published = next(one for one in schemes(session, actor) if one.id == row.scheme_id)
    (graded,) = grades(session, actor, period, published, Whose(files=frozenset({file.id})))
    return inputs_digest(graded, period, published, evidence_digests(session, [file.id]))
