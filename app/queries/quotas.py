"""Quotas against the grades that stand in a period."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require, visible_to
from app.queries.cases import states_held
from app.queries.schemes import scheme_for
from app.rules.grading.case import Period
from app.rules.grading.quota import Meter, Rated, meters
from app.rules.grading.scheme import Scheme
from app.standards.quotas import quota_words
from models.evaluations import Evaluation
from models.people import IntegrityFile, Person
from models.types import EvaluationStatus, Points, Uid


class Quotas(NamedTuple):
    """The quotas of the standard in force."""

    scheme: Scheme
    meters: tuple[Meter, ...]
    names: Mapping[Uid, str]
    """Whose grades these are."""

    def sentences(self) -> list[str]:
        """Each in words."""
        return [quota_words(one, self.scheme, self.names.__getitem__) for one in self.meters]


def quotas(
    session: Session, actor: Actor, period: Period, departments: Collection[int] | None = None
) -> Quotas | None:
    """Each quota against the grades proposed and decided in some departments, or in all that the actor
    proposes for; None where no standard is in force, or it has no quota.

    A grade by another standard is to be computed again, and does not count.
    """
    require(actor, Permission.PROPOSE_GRADES)
    try:
        published = scheme_for(session, actor, period)
    except NotFound:
        return None
    if not published.scheme.quotas:
        return None
    rows = (
        select(Evaluation.uid, Evaluation.grade, Evaluation.score, Person.id, Person.name)
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(
            Evaluation.period_start == period.start,
            Evaluation.period_end == period.end,
            Evaluation.status != EvaluationStatus.SUPERSEDED,
            Evaluation.scheme_id == published.id,
            Evaluation.grade.is_not(None),
            visible_to(actor, IntegrityFile.department_id),
        )
    )
    if departments is not None:
        rows = rows.where(IntegrityFile.department_id.in_(sorted(departments)))
    states, people, names = states_held(session, period), [], {}
    for uid, band, score, person, name in session.execute(rows):
        people.append(Rated(Uid(uid), band or "", Points(score or 0), states.get(person, frozenset())))
        names[Uid(uid)] = name
    return Quotas(published.scheme, tuple(meters(people, published.scheme)), names)
