"""Objections (异议) of a person to an entry or a grade."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    AccountKey,
    Base,
    Code,
    DayColumn,
    DepartmentKey,
    FileKey,
    Key,
    Line,
    LongText,
    MomentColumn,
    UidColumn,
    Versioned,
)


class Objection(Versioned, Base):
    """One challenge, from its receipt to its decision. Against one target only one runs at a time."""

    __tablename__ = "objections"
    __table_args__ = (
        Index(
            "uq_objections_target",
            "target",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_objections_status_due_on", "status", "due_on"),
    )
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey] = mapped_column(index=True)
    department_id: Mapped[DepartmentKey]
    """The one that is complained of: it owned the target when the objection came."""
    kind: Mapped[Code]
    target: Mapped[Code]
    """Uid of the entry or evaluation."""
    filed_on: Mapped[DayColumn]
    term: Mapped[int]
    """Working days within which it is to be decided."""
    due_on: Mapped[DayColumn]
    late: Mapped[bool]
    """Filed after the last day of the term; whether it is heard all the same is for the decider to say."""
    claim: Mapped[LongText]
    filing: Mapped[Code]
    received_by: Mapped[AccountKey]
    received_at: Mapped[MomentColumn]
    status: Mapped[Code]
    closed_on: Mapped[DayColumn | None]
    reasons: Mapped[LongText]
    document_no: Mapped[Line]
    remedy: Mapped[Code | None]
    decided_by: Mapped[AccountKey | None]
