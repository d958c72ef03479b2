"""The standard as it holds in each unit: with the items that the unit, or one above it, has added."""

from functools import lru_cache
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from app.queries.schemes import PublishedScheme
from app.rules.grading.case import Period
from app.rules.grading.local import parse_supplement, supplemented
from app.rules.grading.scheme import Scheme
from models.people import Department
from models.schemes import SupplementRow
from models.types import Day


def published_in_units(
    session: Session, actor: Actor, published: PublishedScheme, period: Period
) -> dict[int, PublishedScheme]:
    """The standard with a unit's own items, by key of every department that has any in the period."""
    require(actor, Permission.READ_FILES)
    if published.scheme.local is None:
        return {}
    texts = _texts(session, published, period)
    parents = {row.id: row.parent_id for row in session.execute(select(Department.id, Department.parent_id))}
    found = {}
    for department in parents:
        place: int | None = department
        while place is not None and place not in texts:
            place = parents[place]
        if place is not None:
            found[department] = _with(published, texts[place], period.end)
    return found


def _texts(session: Session, published: PublishedScheme, period: Period) -> dict[int, str]:
    """The newest text of each department that is valid at the end of the period."""
    rows = (
        select(SupplementRow.department_id, SupplementRow.text)
        .where(SupplementRow.code == published.code, SupplementRow.valid_from <= period.end)
        .order_by(SupplementRow.valid_from, SupplementRow.id)
    )
    return {row.department_id: row.text for row in session.execute(rows)}


def _with(published: PublishedScheme, text: str, on: Day) -> PublishedScheme:
    digest = sha256(published.digest + sha256(text.encode()).digest()).digest()
    return published._replace(scheme=_scheme(published.scheme, text, on), digest=digest)


@lru_cache(maxsize=256)
def _scheme(scheme: Scheme, text: str, on: Day) -> Scheme:
    return supplemented(scheme, parse_supplement(text, on))
