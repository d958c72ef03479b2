"""Published grading standards (等级评定标准), and the accountability tables beside them. What is published
never changes."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import (
    AccountKey,
    Base,
    Code,
    DayColumn,
    DepartmentKey,
    Digest,
    Key,
    Line,
    LongText,
    MomentColumn,
    UidColumn,
    Versioned,
)


class Published:
    """What every published text has: under which document, from when, by whom. Its row never changes."""

    id: Mapped[Key]
    uid: Mapped[UidColumn]
    code: Mapped[Code]
    edition: Mapped[int]
    adopted_by: Mapped[Line]
    """Number of the document that adopts it."""
    valid_from: Mapped[DayColumn]
    text: Mapped[LongText]
    digest: Mapped[Digest]
    """SHA-256 of the text."""
    published_by: Mapped[AccountKey]
    published_at: Mapped[MomentColumn]


class SchemeRow(Published, Base):
    """One version of a standard, with the very text that was published."""

    __tablename__ = "schemes"
    __table_args__ = (UniqueConstraint("code", "edition"),)
    title_zh: Mapped[Line]
    title_en: Mapped[Line]
    of_office: Mapped[Line | None]
    """The other office that published it: it explains grades that came with a file, and is not in force."""


class SchemeDraft(Versioned, Base):
    """A standard that is being written. Outside the ledger until it is published."""

    __tablename__ = "scheme_drafts"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    title: Mapped[Line]
    text: Mapped[LongText]
    changed_by: Mapped[AccountKey]
    changed_at: Mapped[MomentColumn]


class SupplementRow(Published, Base):
    """What a unit adds to a standard of its own, whose code it bears."""

    __tablename__ = "supplements"
    __table_args__ = (UniqueConstraint("code", "department_id", "edition"),)
    department_id: Mapped[DepartmentKey]


class AccountabilityRow(Published, Base):
    """One edition of an accountability table. A reference: no grade and no digest rests on it."""

    __tablename__ = "accountability_tables"
    __table_args__ = (UniqueConstraint("code", "edition"),)
    title_zh: Mapped[Line]
    title_en: Mapped[Line]
