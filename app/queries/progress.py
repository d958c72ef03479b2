"""How far a year's evaluation has come: where the grades of each department stand, and which are to be
computed again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require, visible_to
from app.queries.cases import states_held
from app.queries.departments import DepartmentRow, departments
from app.queries.evaluations import band_name
from app.queries.objected import disputed_targets
from app.queries.schemes import PublishedScheme, scheme_for, schemes
from app.queries.staleness import Computed, blocks, stale
from app.rules.grading.case import Case, Period, year
from app.rules.grading.engine import grade
from models.database import moment
from models.evaluations import Approval, Evaluation
from models.objections import Objection
from models.people import Department, IntegrityFile, Person
from models.types import Day, EvaluationStatus, Moment, Points, Target, Uid, day_at

Rows = Select[*tuple[Any, ...]]

_STANDS = {EvaluationStatus.SUBMITTED: "waiting", EvaluationStatus.RETURNED: "returned"}


class DepartmentProgress(NamedTuple):
    """How many files of a department, without those below it, stand where."""

    id: int
    name: str
    depth: int
    """In the tree; the highest that has files is 0."""
    waiting: int
    approved: int
    """By the head, or further."""
    returned: int
    not_submitted: int
    not_rated: int
    """Nothing submitted, and by their state nothing to submit."""
    changed: int
    """Of those with the head or approved: what they rest on changed since, so that submitting computes
    them again. Without the own, which a colleague submits."""
    approved_changed: int
    """Of these, the approved ones: submitting takes them back to the head."""

    @property
    def rated(self) -> int:
        """All that there is to decide."""
        return self.waiting + self.approved + self.returned + self.not_submitted


class GradeRow(NamedTuple):
    """One grade and where it stands, with the newest decision about it."""

    uid: Uid
    staff_no: str
    name: str
    department: str
    status: EvaluationStatus
    band_zh: str
    band_en: str
    score: Points
    changed: bool
    """Entries, standard or service changed since: submitting computes it again."""
    reason: str
    decided_by: str
    decided_at: Moment | None
    """None while nobody has decided."""
    disputed: bool = False
    """Whether an objection to the grade itself runs."""

    def band_name(self, language: str) -> str:
        """The grade that was proposed."""
        return self.band_zh if language.startswith("zh") else self.band_en


class Progress(NamedTuple):
    """The evaluation of one period."""

    period: Period
    published: PublishedScheme | None
    """The standard by which grades would be computed; None where none is in force."""
    departments: tuple[DepartmentProgress, ...]
    """In the order of the tree; only those that have files, and those above them."""
    returned: tuple[GradeRow, ...]
    """The newest first; without the own."""
    changed: tuple[GradeRow, ...]
    """With the head or approved, and changed since, by staff number; without the own."""


def periods(session: Session, actor: Actor) -> list[Period]:
    """The periods that were ever evaluated, and the year that the clock shows; the newest first."""
    require(actor, Permission.READ_FILES)
    rows = select(Evaluation.period_start, Evaluation.period_end, Evaluation.period_label).distinct()
    known = {Period(Day(row[0]), Day(row[1]), row[2]) for row in session.execute(rows)}
    known.add(year(day_at(moment(session)) // 10000))
    return sorted(known, key=lambda period: (period.end, period.start), reverse=True)


def progress(session: Session, actor: Actor, period: Period) -> Progress:
    """Where the grades of a period stand, in the departments that the actor submits for."""
    require(actor, Permission.PROPOSE_GRADES)
    try:
        published = scheme_for(session, actor, period)
    except NotFound:
        published = None
    files = _files(session, actor, period, published)
    counts = _counts(files)
    rows = departments(session, actor)
    named = _with_those_above(rows, counts.keys())
    shown = [(row, depth) for row, depth in _in_tree(rows) if row.id in named]
    top = min((depth for _, depth in shown), default=0)
    progressed = tuple(
        DepartmentProgress(row.id, row.name, depth - top, **{name: counts[row.id][name] for name in _COUNTED})
        for row, depth in shown
    )
    returned = [one for one in files if one.status is EvaluationStatus.RETURNED]
    return Progress(
        period,
        published,
        progressed,
        tuple(sorted(_rows(session, actor, returned), key=lambda row: row.decided_at or 0, reverse=True)),
        tuple(_rows(session, actor, [one for one in files if one.changed])),
    )


def grades_in(
    session: Session, actor: Actor, period: Period, department_ids: frozenset[int]
) -> tuple[GradeRow, ...]:
    """The grades of a period in some departments, by staff number; without the own."""
    require(actor, Permission.PROPOSE_GRADES)
    try:
        published = scheme_for(session, actor, period)
    except NotFound:
        return ()
    files = _files(session, actor, period, published, department_ids)
    return tuple(_rows(session, actor, [one for one in files if one.status]))


_COUNTED = DepartmentProgress._fields[3:]


def _with_those_above(rows: list[DepartmentRow], wanted: Iterable[int]) -> set[int]:
    """The departments wanted and those they belong to, without the office itself, which stands over all."""
    above = {row.id: row.parent_id for row in rows}
    named = set(wanted)
    for row in reversed(rows):  # parents come first
        if row.id in named and row.parent_id is not None and above.get(row.parent_id) is not None:
            named.add(row.parent_id)
    return named


def _in_tree(rows: list[DepartmentRow]) -> list[tuple[DepartmentRow, int]]:
    """Each department after the one above it, with its depth. Rows come parents first."""
    below: dict[int | None, list[DepartmentRow]] = defaultdict(list)
    known = {row.id for row in rows}
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)

    def walk(parent: int | None, depth: int) -> list[tuple[DepartmentRow, int]]:
        return [one for row in below[parent] for one in ((row, depth), *walk(row.id, depth + 1))]

    return walk(None, 0)


class _File(NamedTuple):
    """A file in question and its evaluation, if there is one."""

    department_id: int
    own: bool
    stands: str
    """The name of the column that counts it; empty for who did not serve here at all in the period."""
    status: EvaluationStatus | None
    evaluation_id: int | None
    changed: bool


def _counts(files: list[_File]) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for one in files:
        if one.stands:
            counts[one.department_id][one.stands] += 1
            counts[one.department_id]["changed"] += one.changed
            counts[one.department_id]["approved_changed"] += one.changed and one.stands == "approved"
    return counts


def _files(
    session: Session,
    actor: Actor,
    period: Period,
    published: PublishedScheme | None,
    department_ids: frozenset[int] | None = None,
) -> list[_File]:
    states = states_held(session, period)
    rows = [
        row
        for row in session.execute(_standing(actor, period, department_ids))
        if actor.may(Permission.PROPOSE_GRADES, row.department_id)
    ]
    changed = _changed(session, actor, period, published, rows)

    def rated(row: Any) -> bool:
        case = Case((), states.get(row.person_id, frozenset()), row.joined_on, row.left_on)
        return published is None or grade(case, published.scheme, period).not_rated is None

    return [
        _file(row, period, rated(row), row.evaluation_id in changed, row.person_id in actor.recused)
        for row in rows
    ]


def _file(row: Any, period: Period, rated: bool, changed: bool, own: bool) -> _File:
    if row.status:
        status = EvaluationStatus(row.status)
        # One that came back is computed again in any case, and of who is not rated any more none stands.
        again = status is not EvaluationStatus.RETURNED and (changed or not rated) and not own
        return _File(
            row.department_id, own, _STANDS.get(status, "approved"), status, row.evaluation_id, again
        )
    elsewhere = (row.left_on and row.left_on < period.start) or (row.joined_on and row.joined_on > period.end)
    stands = "" if elsewhere else "not_submitted" if rated else "not_rated"
    return _File(row.department_id, own, stands, None, None, False)


def _changed(
    session: Session, actor: Actor, period: Period, published: PublishedScheme | None, rows: list[Any]
) -> frozenset[int]:
    """The keys of the evaluations that would come out otherwise by the standard in force now."""
    graded = [row for row in rows if row.status]
    otherwise = {row.evaluation_id for row in graded if published and row.scheme_id != published.id}
    moved = (
        Computed(row.evaluation_id, row.file_id, row.scheme_id, period, row.inputs_digest)
        for row in graded
        if row.evaluation_id not in otherwise and row.content_version != row.seen_version
    )
    return stale(session, actor, moved) | otherwise


def _standing(actor: Actor, period: Period, department_ids: frozenset[int] | None) -> Rows:
    rows = (
        select(
            IntegrityFile.id.label("file_id"),
            IntegrityFile.department_id,
            Person.id.label("person_id"),
            Person.joined_on,
            Person.left_on,
            IntegrityFile.content_version,
            Evaluation.id.label("evaluation_id"),
            Evaluation.status,
            Evaluation.scheme_id,
            Evaluation.content_version.label("seen_version"),
            Evaluation.inputs_digest,
        )
        .join(Person, IntegrityFile.person_id == Person.id)
        .outerjoin(
            Evaluation,
            (Evaluation.file_id == IntegrityFile.id)
            & (Evaluation.period_start == period.start)
            & (Evaluation.period_end == period.end)
            & (Evaluation.status != EvaluationStatus.SUPERSEDED),
        )
        .where(visible_to(actor, IntegrityFile.department_id))
    )
    if department_ids is not None:
        rows = rows.where(IntegrityFile.department_id.in_(sorted(department_ids)))
    return rows


def _rows(session: Session, actor: Actor, files: list[_File]) -> list[GradeRow]:
    published = {one.id: one for one in schemes(session, actor)}
    changed = {one.evaluation_id: one.changed for one in files if not one.own and one.evaluation_id}
    disputed = disputed_targets(session, Objection.kind == Target.EVALUATION)
    found = {}
    for block in blocks(sorted(changed)):
        for row in session.execute(_decided(block)):  # one evaluation may have come back twice
            one = _grade_row(row, published[row.scheme_id], changed[row.id])
            found[row.id] = one._replace(disputed=one.uid in disputed)
    return sorted(found.values(), key=lambda row: row.staff_no)


def _decided(evaluation_ids: Sequence[int]) -> Rows:
    return (
        select(
            Evaluation.id,
            Evaluation.uid,
            Evaluation.status,
            Evaluation.scheme_id,
            Evaluation.grade,
            Evaluation.score,
            Person.staff_no,
            Person.name,
            Department.name.label("department"),
            Approval.reason,
            Approval.account_name,
            Approval.decided_at,
        )
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, IntegrityFile.department_id == Department.id)
        .outerjoin(Approval, Approval.evaluation_id == Evaluation.id)
        .where(Evaluation.id.in_(evaluation_ids))
        .order_by(Approval.id)
    )


def _grade_row(row: Any, published: PublishedScheme, changed: bool) -> GradeRow:
    status = EvaluationStatus(row.status)
    told = status is not EvaluationStatus.SUBMITTED  # what was decided about an earlier computation is past
    return GradeRow(
        Uid(row.uid),
        row.staff_no,
        row.name,
        row.department,
        status,
        band_name(published, row.grade, "zh"),
        band_name(published, row.grade, "en"),
        Points(row.score or 0),
        changed,
        (row.reason or "") if told else "",
        (row.account_name or "") if told else "",
        Moment(row.decided_at) if told and row.decided_at else None,
    )
