"""What standards take in that is measured elsewhere: a survey, the performance of a unit."""

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    AccountKey,
    Base,
    Code,
    DayColumn,
    FileKey,
    Key,
    Line,
    MomentColumn,
    UidColumn,
)


class Measurement(Base):
    """One result for one person and period. A later one for the same takes its place; none is changed."""

    __tablename__ = "measurements"
    __table_args__ = (Index("ix_measurements_period_end_file_id", "period_end", "file_id"),)
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey]
    input: Mapped[Code]
    """Code of the input in the standard."""
    period_start: Mapped[DayColumn]
    period_end: Mapped[DayColumn]
    value: Mapped[int] = mapped_column(BigInteger)
    """In thousandths."""
    document_no: Mapped[Line]
    recorded_by: Mapped[AccountKey]
    recorded_at: Mapped[MomentColumn]
