"""How far a year's evaluation has come: where the grades of each department stand, and what came back."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require, visible_to
from app.queries.cases import states_held
from app.queries.departments import DepartmentRow, departments
from app.queries.evaluations import band_name
from app.queries.schemes import PublishedScheme, scheme_for, schemes
from app.rules.grading.engine import Case, Period, grade, year
from models.database import moment
from models.evaluations import Approval, Evaluation
from models.people import Department, IntegrityFile, Person
from models.types import Day, EvaluationStatus, Moment, Points, Uid, day_at

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
    """Of those with the head: entries changed since, so that they must be computed again."""

    @property
    def rated(self) -> int:
        """All that there is to decide."""
        return self.waiting + self.approved + self.returned + self.not_submitted


class ReturnedRow(NamedTuple):
    """One grade that came back, with the reason."""

    uid: Uid
    staff_no: str
    name: str
    department_id: int
    department: str
    band_zh: str
    band_en: str
    score: Points
    reason: str
    returned_by: str
    returned_at: Moment

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
    returned: tuple[ReturnedRow, ...]
    """The newest first; without the own."""


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
    counts = _counts(session, actor, period, published)
    rows = departments(session, actor)
    named = _with_those_above(rows, counts.keys())
    shown = [(row, depth) for row, depth in _in_tree(rows) if row.id in named]
    top = min((depth for _, depth in shown), default=0)
    progressed = tuple(
        DepartmentProgress(row.id, row.name, depth - top, **{name: counts[row.id][name] for name in _COUNTED})
        for row, depth in shown
    )
    return Progress(period, published, progressed, _returned(session, actor, period))


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


def _counts(
    session: Session, actor: Actor, period: Period, published: PublishedScheme | None
) -> dict[int, Counter[str]]:
    states = states_held(session, period)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for department, person, joined_on, left_on, version, status, seen in session.execute(
        _files(actor, period)
    ):
        if not actor.may(Permission.PROPOSE_GRADES, department):
            continue
        if status:
            counts[department][_STANDS.get(status, "approved")] += 1
            counts[department]["changed"] += status == EvaluationStatus.SUBMITTED and version != seen
        elif not _elsewhere(period, joined_on, left_on):
            case = Case((), states.get(person, frozenset()), joined_on, left_on)
            rated = published is None or grade(case, published.scheme, period).not_rated is None
            counts[department]["not_submitted" if rated else "not_rated"] += 1
    return counts


def _files(actor: Actor, period: Period) -> Rows:
    return (
        select(
            IntegrityFile.department_id,
            Person.id,
            Person.joined_on,
            Person.left_on,
            IntegrityFile.content_version,
            Evaluation.status,
            Evaluation.content_version,
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


def _elsewhere(period: Period, joined_on: Day | None, left_on: Day | None) -> bool:
    """Whether the person did not serve here at all in the period."""
    return bool((left_on and left_on < period.start) or (joined_on and joined_on > period.end))


def _returned(session: Session, actor: Actor, period: Period) -> tuple[ReturnedRow, ...]:
    published = {one.id: one for one in schemes(session, actor)}
    rows = (
        select(
            Evaluation.uid,
            Person.staff_no,
            Person.name,
            Department.id,
            Department.name,
            Evaluation.scheme_id,
            Evaluation.grade,
            Evaluation.score,
            Approval.reason,
            Approval.account_name,
            Approval.decided_at,
        )
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, IntegrityFile.department_id == Department.id)
        .join(Approval, Approval.evaluation_id == Evaluation.id)
        .where(
            Evaluation.status == EvaluationStatus.RETURNED,
            Evaluation.period_start == period.start,
            Evaluation.period_end == period.end,
            Person.id != (actor.person_id or 0),
            visible_to(actor, IntegrityFile.department_id),
        )
        .order_by(Approval.id)
    )
    newest = {row[0]: row for row in session.execute(rows)}  # one evaluation may have come back twice
    return tuple(_returned_row(row, published[row[5]]) for row in reversed(newest.values()))


def _returned_row(row: Any, published: PublishedScheme) -> ReturnedRow:
    uid, staff_no, name, department_id, department, _, band, score, reason, by, at = row
    return ReturnedRow(
        Uid(uid),
        staff_no,
        name,
        department_id,
        department,
        band_name(published, band, "zh"),
        band_name(published, band, "en"),
        Points(score or 0),
        reason,
        by,
        Moment(at),
    )
