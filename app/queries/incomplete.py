"""What is missing in the files (缺项清单): particulars of people, and what entries rest on."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, others, require, visible_to
from app.problems import FIELDS
from app.reports.wording import Translate
from app.words import mark
from models.conduct import Entry, Evidence
from models.people import Department, IntegrityFile, Person
from models.types import Day, EntryStatus

_STANDING = (EntryStatus.SUBMITTED, EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)
ROOT = 1
"""Key of the department that is the office itself."""


class Incomplete(NamedTuple):
    """One person, and what is missing."""

    staff_no: str
    name: str
    department: str
    post: str
    rank: str
    joined_on: Day | None
    fields: tuple[str, ...]
    """As in ``app.problems.FIELDS``."""
    baseless: int
    """Entries with neither document number nor evidence."""


def incomplete(
    session: Session, actor: Actor, wanted: frozenset[int] | None = None
) -> tuple[Incomplete, ...]:
    """Who serves and lacks something, by department and staff number.

    Not who has no ID number here: nobody need have one (个人信息保护法 第六条).
    """
    require(actor, Permission.KEEP_FILES)
    baseless = _baseless(session)
    rows = (
        select(
            Person.id,
            Person.staff_no,
            Person.name,
            Department.name,
            Person.post,
            Person.rank,
            Person.joined_on,
            Person.department_id,
        )
        .join(Department, Person.department_id == Department.id)
        .where(
            Person.left_on.is_(None),
            others(actor, Person.id),
            visible_to(actor, Person.department_id),
        )
        .order_by(Department.position, Department.id, Person.staff_no)
    )
    if wanted is not None:
        rows = rows.where(Person.department_id.in_(sorted(wanted)))
    found = []
    for key, *known, department in session.execute(rows):
        lacks = {
            "department": department == ROOT,
            "post": not (known[3] or known[4]),  # who leads nothing has a rank alone
            "joined_on": known[5] is None,
        }
        fields = tuple(field for field, missing in lacks.items() if missing)
        if fields or key in baseless:
            found.append(Incomplete._make((*known, fields, baseless.get(key, 0))))
    return tuple(found)


def _baseless(session: Session) -> dict[int, int]:
    """By person, how many entries rest on neither a document nor evidence."""
    rows = (
        select(IntegrityFile.person_id, func.count())
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .outerjoin(Evidence, Evidence.entry_id == Entry.id)
        .where(Entry.status.in_(_STANDING), Entry.document_no == "", Evidence.id.is_(None))
        .group_by(IntegrityFile.person_id)
    )
    return dict(session.execute(rows).all())


_BASELESS = mark("{n} entries without document and evidence")


def missing_words(one: Incomplete, tr: Translate) -> str:
    """What is missing, in a line."""
    parts = [tr(FIELDS[field]) for field in one.fields]
    if one.baseless:
        parts.append(tr(_BASELESS).format(n=one.baseless))
    return tr(", ").join(parts)
