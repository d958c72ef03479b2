"""Evaluations (等级评定) and the decisions taken on them."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    AccountKey,
    Base,
    Code,
    DayColumn,
    DepartmentKey,
    Digest,
    FileKey,
    Key,
    Line,
    LongText,
    MomentColumn,
    UidColumn,
    Versioned,
)


class Evaluation(Versioned, Base):
    """One person, one period, one scheme: what was computed, and where it stands."""

    __tablename__ = "evaluations"
    __table_args__ = (
        Index(
            "uq_evaluations_file_id_period_start_period_end",
            "file_id",
            "period_start",
            "period_end",
            unique=True,
            sqlite_where=text("status <> 'superseded'"),
            postgresql_where=text("status <> 'superseded'"),
        ),
        Index("ix_evaluations_department_id_status", "department_id", "status"),
        Index(
            "ix_evaluations_erased_by",
            "erased_by",
            sqlite_where=text("erased_by IS NOT NULL"),
            postgresql_where=text("erased_by IS NOT NULL"),
        ),
        Index("ix_evaluations_file_id", "file_id"),
    )
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey]
    department_id: Mapped[DepartmentKey]
    period_start: Mapped[DayColumn]
    period_end: Mapped[DayColumn]
    period_label: Mapped[Code]
    scheme_id: Mapped[int] = mapped_column(ForeignKey("schemes.id"))
    status: Mapped[Code]
    grade: Mapped[Code | None]
    """Code of the band; None where the person is not rated."""
    score: Mapped[int | None]
    """In thousandths of a point."""
    trace: Mapped[LongText]
    """The lines of the grade as canonical JSON, as they were when computed."""
    inputs_digest: Mapped[Digest]
    """Of entries, evidence, scheme and result: what a decision is bound to."""
    content_version: Mapped[int]
    """Of the file when this was computed; a later one there means: look whether it is stale."""
    submitted_by: Mapped[AccountKey]
    submitted_at: Mapped[MomentColumn]
    erased_by: Mapped[str | None] = mapped_column(String(32))
    """Uid of the order by which an entry was erased that this rests on: it cannot be computed again."""


class Approval(Base):
    """One decision about an evaluation, bound to the digest that was decided about."""

    __tablename__ = "approvals"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluations.id"), index=True)
    step: Mapped[Code]
    """The role in which it was made."""
    decision: Mapped[Code]
    reason: Mapped[LongText]
    account_id: Mapped[AccountKey]
    account_name: Mapped[Line]
    decided_at: Mapped[MomentColumn]
    method: Mapped[Code]
    """How the account had proved who it is: ``password``."""
    inputs_digest: Mapped[Digest]
