"""Published standards."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require
from app.rules.grading.case import Period
from app.rules.grading.scheme import Scheme
from app.standards.schemes import published_scheme
from app.words import tr
from models.schemes import SchemeRow
from models.types import Day, Moment, Uid


class PublishedScheme(NamedTuple):
    """One published version of a standard, with what it says."""

    id: int
    uid: Uid
    code: str
    edition: int
    adopted_by: str
    valid_from: Day
    published_at: Moment
    digest: bytes
    scheme: Scheme
    text: str
    of_office: str | None = None
    """The other office that published it; it came with a file, and is in force nowhere here."""


def schemes(session: Session, actor: Actor) -> list[PublishedScheme]:
    """All published standards, the newest first; also those that only explain grades of other offices."""
    require(actor, Permission.READ_FILES)
    rows = session.execute(
        select(
            SchemeRow.id,
            SchemeRow.uid,
            SchemeRow.code,
            SchemeRow.edition,
            SchemeRow.adopted_by,
            SchemeRow.valid_from,
            SchemeRow.published_at,
            SchemeRow.digest,
            SchemeRow.of_office,
            SchemeRow.text,
        ).order_by(SchemeRow.valid_from.desc(), SchemeRow.id.desc())
    )
    return [
        PublishedScheme._make((*row[:-2], published_scheme(row.text), row.text, row.of_office))
        for row in rows
    ]


def own_schemes(session: Session, actor: Actor) -> list[PublishedScheme]:
    """The standards that this office published, the newest first."""
    require(actor, Permission.READ_FILES)
    return [one for one in schemes(session, actor) if one.of_office is None]


def scheme_for(session: Session, actor: Actor, period: Period, code: str = "") -> PublishedScheme:
    """The standard of that code in force on the last day of a period; without a code, the newest one."""
    require(actor, Permission.READ_FILES)
    found = own_schemes(session, actor)
    for one in found:
        if one.valid_from <= period.end and code in ("", one.code):
            return one
    if code and found:
        known = ", ".join(sorted({one.code for one in found}))
        sentence = tr("No standard {code} is in force for {period}. Published are: {known}.")
        raise NotFound(sentence.format(code=code, period=period.label, known=known), field="scheme")
    sentence = tr("No standard is in force for {period}. Publish one that is valid from then or earlier.")
    raise NotFound(sentence.format(period=period.label), field="scheme")
