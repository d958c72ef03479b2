"""Evaluations as they are read, and the inbox of who decides about them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, select, true
from sqlalchemy.orm import Session, aliased

from app.permissions import Actor, Permission, Scope, require
from app.queries.grading import grade_of
from app.queries.objected import disputed_targets
from app.queries.schemes import PublishedScheme, schemes
from app.queries.staleness import Computed, stale
from app.rules.grading.case import Grade, Period
from app.rules.grading.scheme import Scheme
from models.accounts import Account, AccountRole
from models.evaluations import Approval, Evaluation
from models.objections import Objection
from models.people import Department, IntegrityFile, Person
from models.types import Day, EvaluationStatus, Moment, Points, Role, Target, Uid

Rows = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]


class ApprovalRow(NamedTuple):
    """One decision."""

    step: Role
    decision: EvaluationStatus
    reason: str
    account_name: str
    decided_at: Moment


class EvaluationView(NamedTuple):
    """One evaluation with its result as computed then."""

    uid: Uid
    period: Period
    status: EvaluationStatus
    grade: Grade
    published: PublishedScheme
    digest: bytes
    stale: bool
    """Whether entries, evidence or result have changed since."""
    submitted_by: str
    submitted_at: Moment
    approvals: tuple[ApprovalRow, ...]
    erased: bool = False
    """Whether an entry that it rests on was lawfully erased."""
    disputed: bool = False
    """Whether an objection to the grade itself runs."""

    def band_name(self, language: str) -> str:
        """The grade in words of the standard."""
        return grade_name(self.published, self.grade, language)


def band_name(published: PublishedScheme, code: str | None, language: str) -> str:
    """A grade in words of its standard; a dash for none."""
    return name_of_band(published.scheme, code, language)


def name_of_band(scheme: Scheme, code: str | None, language: str) -> str:
    """As ``band_name``, of a standard alone."""
    for band in scheme.bands:
        if band.code == code:
            return band.name.in_language(language)
    return "—"


def grade_name(published: PublishedScheme, grade: Grade, language: str) -> str:
    """A grade in words, with the one fallen from where it is remembered: D (DA)."""
    name = band_name(published, grade.band, language)
    return f"{name} ({grade.band}{grade.fallen_from})" if grade.fallen_from else name


def evaluations_of(session: Session, actor: Actor, file_id: int) -> tuple[EvaluationView, ...]:
    """The evaluations of a file, the newest period first."""
    require(actor, Permission.READ_FILES)
    content_version, department_id = session.execute(
        select(IntegrityFile.content_version, IntegrityFile.department_id).where(IntegrityFile.id == file_id)
    ).one()
    require(actor, Permission.READ_FILES, department_id)
    published = {one.id: one for one in schemes(session, actor)}
    rows = session.execute(
        select(Evaluation, Account.name)
        .join(Account, Evaluation.submitted_by == Account.id)
        .where(Evaluation.file_id == file_id)
        .order_by(Evaluation.period_end.desc(), Evaluation.id.desc())
    ).all()
    standing = (row for row, _ in rows if row.status != EvaluationStatus.SUPERSEDED)
    moved = [_computed(row) for row in standing if row.content_version != content_version]
    changed = stale(session, actor, moved)
    disputed = disputed_targets(session, Objection.file_id == file_id)
    found = (
        _evaluation(session, row, name, published[row.scheme_id], row.id in changed) for row, name in rows
    )
    return tuple(one._replace(disputed=one.uid in disputed) for one in found)


def _evaluation(
    session: Session,
    row: Evaluation,
    submitted_by: str,
    published: PublishedScheme,
    changed: bool,
) -> EvaluationView:
    approvals = session.execute(
        select(
            Approval.step,
            Approval.decision,
            Approval.reason,
            Approval.account_name,
            Approval.decided_at,
        )
        .where(Approval.evaluation_id == row.id)
        .order_by(Approval.id)
    )
    return EvaluationView(
        Uid(row.uid),
        _period(row),
        EvaluationStatus(row.status),
        grade_of(row.trace),
        published,
        row.inputs_digest,
        changed,
        submitted_by,
        Moment(row.submitted_at),
        tuple(ApprovalRow(Role(a[0]), EvaluationStatus(a[1]), a[2], a[3], Moment(a[4])) for a in approvals),
        row.erased_by is not None,
    )


def _period(row: Evaluation) -> Period:
    return Period(Day(row.period_start), Day(row.period_end), row.period_label)


def _computed(row: Evaluation) -> Computed:
    return Computed(row.id, row.file_id, row.scheme_id, _period(row), row.inputs_digest)


class LastGrade(NamedTuple):
    """The grade of an earlier period, in words of its own standard."""

    band: str
    zh: str
    en: str
    code: str
    """Of its standard: grades of different standards are not compared."""

    def name(self, language: str) -> str:
        """The grade in a language."""
        return self.zh if language.startswith("zh") else self.en


class InboxRow(NamedTuple):
    """One evaluation in the list of who decides."""

    uid: Uid
    staff_no: str
    name: str
    department: str
    post: str
    """The rank of who has no post."""
    period: Period
    status: EvaluationStatus
    band: str
    band_zh: str
    band_en: str
    score: Points
    last: LastGrade | None
    """Of the same person's evaluation for the period before."""
    stale: bool
    """Entries changed since; it must be submitted again before it can be decided."""
    disputed: int
    negative: int
    """Lines that took points."""
    positive: int
    trace: str
    digest: bytes
    reason: str
    """Of the newest decision."""
    published: PublishedScheme
    objected: bool = False
    """Whether an objection to the grade itself runs."""

    def band_name(self, language: str) -> str:
        """The proposed grade in words of the standard."""
        return self.band_zh if language.startswith("zh") else self.band_en

    @property
    def plain(self) -> bool:
        """Whether nothing asks for a closer look, so that many such may be approved at once."""
        return not (self.stale or self.disputed or self.objected or self.negative)


def inbox(
    session: Session, actor: Actor, status: EvaluationStatus | None = EvaluationStatus.SUBMITTED
) -> list[InboxRow]:
    """The evaluations on which the actor decides, those to look at most closely first.

    With ``status`` None all that were ever decided or wait, except superseded ones.
    """
    require(actor, Permission.READ_FILES)
    published = {one.id: one for one in schemes(session, actor)}
    rows = session.execute(_decidable(actor, status)).all()
    last = _last_grades(session, [row.Evaluation for row in rows], published)
    reasons = _newest_reasons(session, [row.Evaluation.id for row in rows])
    moved = (row for row in rows if row.Evaluation.content_version != row.content_version)
    changed = stale(session, actor, [_computed(row.Evaluation) for row in moved])
    objected = disputed_targets(session, Objection.kind == Target.EVALUATION)
    found = [
        _inbox_row(
            row, published[row.Evaluation.scheme_id], row.Evaluation.id in changed, last, reasons
        )._replace(objected=row.Evaluation.uid in objected)
        for row in rows
        if row.person_id not in actor.recused
    ]
    return sorted(found, key=lambda row: (not row.stale, row.score, row.staff_no))


def _decidable(actor: Actor, status: EvaluationStatus | None) -> Rows:
    """The leader in charge decides about heads, heads about everyone else of theirs."""
    holder = aliased(Account)
    heads = (
        select(holder.person_id)
        .join(AccountRole, AccountRole.account_id == holder.id)
        .where(
            AccountRole.role == Role.DEPARTMENT_HEAD,
            AccountRole.department_id == IntegrityFile.department_id,
            holder.person_id == IntegrityFile.person_id,
        )
        .exists()
    )
    own = _within(actor.scopes.get(Permission.DECIDE_GRADES, frozenset())) & ~heads
    of_heads = _within(actor.scopes.get(Permission.DECIDE_HEADS_GRADES, frozenset())) & heads
    rows = (
        select(
            Evaluation,
            IntegrityFile.person_id,
            IntegrityFile.content_version,
            Person.staff_no,
            Person.name,
            Person.post,
            Person.rank,
            Department.name.label("department"),
        )
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, IntegrityFile.department_id == Department.id)
        .where(own | of_heads)
    )
    wanted = Evaluation.status != EvaluationStatus.SUPERSEDED
    return rows.where(wanted if status is None else Evaluation.status == status)


def _within(scope: Scope) -> ColumnElement[bool]:
    return true() if scope is None else IntegrityFile.department_id.in_(sorted(scope))


def _inbox_row(
    row: AnyRow,
    published: PublishedScheme,
    stale: bool,
    last: dict[int, LastGrade],
    reasons: dict[int, str],
) -> InboxRow:
    evaluation: Evaluation = row.Evaluation
    result = grade_of(evaluation.trace)
    lines = result.lines
    return InboxRow(
        Uid(evaluation.uid),
        row.staff_no,
        row.name,
        row.department,
        row.post or row.rank,
        _period(evaluation),
        EvaluationStatus(evaluation.status),
        evaluation.grade or "",
        grade_name(published, result, "zh"),
        grade_name(published, result, "en"),
        Points(evaluation.score or 0),
        last.get(evaluation.id),
        stale,
        sum(line.disputed for line in lines),
        sum(line.points < 0 for line in lines),
        sum(line.points > 0 for line in lines),
        evaluation.trace,
        evaluation.inputs_digest,
        reasons.get(evaluation.id, ""),
        published,
    )


def _last_grades(
    session: Session, rows: list[Evaluation], published: Mapping[int, PublishedScheme]
) -> dict[int, LastGrade]:
    """The grade of the evaluation before, by key of the later one."""
    earlier = aliased(Evaluation)
    before = (earlier.file_id == Evaluation.file_id) & (earlier.period_end < Evaluation.period_start)
    pairs = (
        select(Evaluation.id, earlier.grade, earlier.scheme_id)
        .join(earlier, before)
        .where(Evaluation.id.in_([row.id for row in rows]))
        .where(earlier.grade.is_not(None), earlier.status != EvaluationStatus.SUPERSEDED)
        .order_by(earlier.period_end)
    )
    found = {}
    for key, band, scheme_id in session.execute(pairs):
        standard = published[scheme_id]
        zh, en = (band_name(standard, band, language) for language in ("zh", "en"))
        found[key] = LastGrade(band or "", zh, en, standard.code)
    return found


def _newest_reasons(session: Session, ids: list[int]) -> dict[int, str]:
    rows = select(Approval.evaluation_id, Approval.reason).where(Approval.evaluation_id.in_(ids))
    return dict(session.execute(rows.order_by(Approval.id)).all())
