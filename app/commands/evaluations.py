"""The life of an evaluation up to the head: computed and submitted, approved or returned."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import evaluation_of
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid, NotAllowed
from app.permissions import Actor, Permission, require, require_other
from app.queries.cases import EVERYONE, STANDING, CaseFile, Whose, how_many
from app.queries.grading import GradedFile, evidence_digests, grades, inputs_digest, trace_of
from app.queries.schemes import PublishedScheme, scheme_for, schemes
from app.rules.grading.case import Period
from app.words import ntr, tr
from models.accounts import Account, AccountRole
from models.bulk import among, execute_many, insert_rows, reserve
from models.conduct import Entry
from models.evaluations import Approval, Evaluation
from models.images import OFFICE_CHAIN, all_images
from models.people import IntegrityFile
from models.types import Day, EvaluationStatus, Points, Role, Uid, new_uid


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


def _unwatched(done: int, total: int) -> None:
    pass


def propose_evaluations(
    session: Session,
    actor: Actor,
    period: Period,
    scheme_code: str = "",
    whose: Whose = EVERYONE,
    report: Callable[[int, int], object] = _unwatched,
) -> Proposed:
    """Compute the grades of a period and submit them to the heads.

    Files whose facts, standard and result are as they were are left alone. One that was decided and
    then changed gets a new evaluation that supersedes the old; of who is not rated any more, none stands.
    ``report(done, total)`` is called before every part of the files; what it raises undoes it all.
    """
    require(actor, Permission.PROPOSE_GRADES)
    published = scheme_for(session, actor, period, scheme_code)
    total, done = how_many(session, actor, whose), 0
    counts: Counter[Outcome] = Counter()
    submitted: dict[str, Uid] = {}
    with (
        writing(session, actor, "propose_evaluations") as ledger,
        closing(grades(session, actor, period, published, whose)) as files,
    ):
        ledger.follow([OFFICE_CHAIN])  # whoever writes in many chains holds this first: none waits in a ring
        proposal = _Proposal(session, actor, ledger, period, published)
        for number, part in groupby(files, lambda one: one.file.file_id // PART):
            report(done, total)
            computed = _compute(proposal, range(number * PART, (number + 1) * PART), part)
            _store(proposal, computed)
            counts.update(one.outcome for one in computed)
            submitted |= {one.file.staff_no: one.uid for one in computed if one.outcome in _WRITTEN}
            done += len(computed)
    return Proposed(changed(Kind.EVALUATIONS), dict(counts), submitted)


PART = 1_000
"""Keys of files whose evaluations are held in memory, and written by one statement of a kind."""

_WRITTEN = (Outcome.SUBMITTED, Outcome.COMPUTED_AGAIN, Outcome.REPLACED)


class _Proposal(NamedTuple):
    """What all files of one proposal share."""

    session: Session
    actor: Actor
    ledger: Ledger
    period: Period
    published: PublishedScheme


class _Standing(NamedTuple):
    """The evaluation that stands so far."""

    id: int
    uid: Uid
    status: str
    digest: bytes
    content_version: int


class _Computed(NamedTuple):
    """What was computed of a file, and what is to become of it."""

    outcome: Outcome
    uid: Uid
    """Of the evaluation that holds it."""
    file: CaseFile
    band: str | None
    score: Points | None
    trace: str
    digest: bytes
    standing: _Standing | None


def _compute(proposal: _Proposal, keys: Sequence[int], files: Iterable[GradedFile]) -> list[_Computed]:
    """What is to become of the files with some keys; of their lines no more is kept than the trace."""
    session, actor = proposal.session, proposal.actor
    standing, evidence = _standing(session, proposal.period, keys), evidence_digests(session, keys)
    sent_away = select(IntegrityFile.id).where(IntegrityFile.sent_to.is_not(None))
    away = set(session.execute(sent_away.where(among(session, IntegrityFile.id, keys))).scalars())
    computed = []
    for graded in files:
        require(actor, Permission.PROPOSE_GRADES, graded.file.department_id)
        ours = graded.file.file_id not in away and graded.file.person_id not in actor.recused
        if ours:  # the rest is a colleague's, or another office's
            computed.append(_computed(proposal, graded, standing.get(graded.file.file_id), evidence))
    return computed


def _standing(session: Session, period: Period, files: Sequence[int]) -> dict[int, _Standing]:
    """The standing evaluations by file, locked: a decision locks first the row and then the chain, too."""
    rows = select(
        Evaluation.file_id,
        Evaluation.id,
        Evaluation.uid,
        Evaluation.status,
        Evaluation.inputs_digest,
        Evaluation.content_version,
    ).where(
        among(session, Evaluation.file_id, files),
        Evaluation.period_start == period.start,
        Evaluation.period_end == period.end,
        Evaluation.status != EvaluationStatus.SUPERSEDED,
    )
    return {row[0]: _Standing._make(row[1:]) for row in session.execute(rows.with_for_update())}


def _computed(
    proposal: _Proposal, graded: GradedFile, standing: _Standing | None, evidence: Mapping[Uid, list[str]]
) -> _Computed:
    file, grade = graded.file, graded.grade
    if grade.band is None:
        return _Computed(Outcome.NOT_RATED, Uid(""), file, None, None, "", b"", standing)
    trace = trace_of(grade)
    digest = inputs_digest(graded, trace, proposal.period, evidence)
    outcome = _outcome(digest, standing)
    uid = standing.uid if standing and outcome is Outcome.COMPUTED_AGAIN else new_uid()
    return _Computed(outcome, uid, file, grade.band, grade.score, trace, digest, standing)


def _outcome(digest: bytes, standing: _Standing | None) -> Outcome:
    if standing is None:
        return Outcome.SUBMITTED
    if standing.digest == digest and standing.status != EvaluationStatus.RETURNED:
        return Outcome.UNCHANGED
    open_still = standing.status in (EvaluationStatus.SUBMITTED, EvaluationStatus.RETURNED)
    return Outcome.COMPUTED_AGAIN if open_still else Outcome.REPLACED


def _store(proposal: _Proposal, computed: list[_Computed]) -> None:
    """Write what became of some files; what is superseded goes first, as only one stands at a time."""
    by_outcome = defaultdict(list)
    for one in computed:
        by_outcome[one.outcome].append(one)
    proposal.ledger.follow(one.file.chain_id for one in computed if one.outcome is not Outcome.UNCHANGED)
    _supersede(proposal, by_outcome[Outcome.REPLACED] + by_outcome[Outcome.NOT_RATED])
    _look_again(proposal, by_outcome[Outcome.UNCHANGED])
    _update(proposal, by_outcome[Outcome.COMPUTED_AGAIN])
    _insert(proposal, by_outcome[Outcome.SUBMITTED] + by_outcome[Outcome.REPLACED])


def _supersede(proposal: _Proposal, computed: list[_Computed]) -> None:
    keys = [one.standing.id for one in computed if one.standing]
    decided = [one.file.file_id for one in computed if one.standing and one.standing.status in STANDING]
    look_at_later(proposal.session, decided, proposal.period.end)
    _set(proposal, ("status",), [(EvaluationStatus.SUPERSEDED, key) for key in keys])
    which = among(proposal.session, Evaluation.id, keys)
    for chain_id, uid, image in all_images(proposal.session, "evaluation", which) if keys else ():
        proposal.ledger.add(chain_id, "evaluation_superseded", uid, image)


def look_at_later(session: Session, files: Sequence[int], end: Day) -> None:
    """Later periods may carry over what an earlier one came to: their grades are to be looked at anew."""
    later = exists().where(
        Evaluation.file_id == IntegrityFile.id,
        Evaluation.period_end > end,
        Evaluation.status != EvaluationStatus.SUPERSEDED,
    )
    if files:
        session.execute(
            update(IntegrityFile)
            .where(among(session, IntegrityFile.id, files), later)
            .values(content_version=IntegrityFile.content_version + 1),
            execution_options={"synchronize_session": False},
        )


def _look_again(proposal: _Proposal, computed: list[_Computed]) -> None:
    """What is as it was holds for the file as it is now."""
    versions = [(one.file.content_version, one.standing) for one in computed]
    rows = [(now, was.id) for now, was in versions if was and was.content_version != now]
    _set(proposal, ("content_version",), rows)


def _update(proposal: _Proposal, computed: list[_Computed]) -> None:
    rows = [(*_values(proposal, one), one.standing.id) for one in computed if one.standing]
    _set(proposal, _VALUES, rows)
    _note(proposal, "evaluation_computed_again", computed)


def _insert(proposal: _Proposal, computed: list[_Computed]) -> None:
    keys = reserve(proposal.session, "evaluations", len(computed))
    fresh = zip(keys, computed, strict=True)
    rows = [(key, one.uid, one.file.file_id, *_values(proposal, one), 1) for key, one in fresh]
    insert_rows(proposal.session, Evaluation, rows)
    _note(proposal, "evaluation_submitted", computed)


def _set(proposal: _Proposal, columns: Iterable[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Change columns of evaluations; each row holds the values and then the key."""
    values = ", ".join(f"{column} = ?" for column in columns)
    statement = f"UPDATE evaluations SET {values}, version = version + 1 WHERE id = ?"
    execute_many(proposal.session, statement, rows)


_VALUES = tuple(column.name for column in Evaluation.__table__.columns)[3:-1]
"""The columns that proposing fills: all but the keys and the version."""


def _values(proposal: _Proposal, one: _Computed) -> tuple[object, ...]:
    result = (one.band, one.score, one.trace, one.digest, one.file.content_version)
    what = (*proposal.period, proposal.published.id, EvaluationStatus.SUBMITTED, *result)
    return one.file.department_id, *what, proposal.actor.account_id, proposal.ledger.moment, None


def _note(proposal: _Proposal, kind: str, computed: list[_Computed]) -> None:
    """An event for each, with the image of what was written; ``verify`` compares it with models.images."""
    period, ledger = proposal.period, proposal.ledger
    alike = {
        "period_start": period.start,
        "period_end": period.end,
        "period_label": period.label,
        "scheme": proposal.published.uid,
        "status": EvaluationStatus.SUBMITTED,
        "submitted_by": proposal.actor.uid,
    }
    for one in computed:
        result = {"grade": one.band, "score": one.score, "trace": one.trace}
        image = {**alike, **result, "inputs_digest": one.digest.hex()}
        ledger.add(one.file.chain_id, kind, one.uid, image)


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
        if status in STANDING:
            look_at_later(session, [file.id], Day(row.period_end))
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
    evidence = evidence_digests(session, [file.id])
    return inputs_digest(graded, trace_of(graded.grade), period, evidence)
