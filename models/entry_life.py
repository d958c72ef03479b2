"""What happens around an entry: the notice to the person, the person's own statement, its revocation."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    AccountKey,
    Base,
    Code,
    DayColumn,
    FileKey,
    Key,
    Line,
    LongText,
    MomentColumn,
    UidColumn,
    Versioned,
)


class Notice(Versioned, Base):
    """What tells the person of a negative entry (告知书). Each entry has one at most."""

    __tablename__ = "notices"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey] = mapped_column(index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), unique=True)
    number: Mapped[Line]
    issued_on: Mapped[DayColumn]
    term: Mapped[int]
    """Working days for the statement (陈述申辩), counted from the delivery."""
    delivered_on: Mapped[DayColumn | None]
    delivery: Mapped[Code | None]
    witness: Mapped[Line | None]
    last_day: Mapped[DayColumn | None]
    """Of the term, by the calendar known at the delivery: what the person was told."""
    finding: Mapped[LongText | None]
    """What was made of the statement when the hearing was concluded."""
    issued_by: Mapped[AccountKey]


class Statement(Base):
    """The person's own statement (本人陈述、申辩), which stands beside the entry. Never changed."""

    __tablename__ = "statements"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey] = mapped_column(index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    text: Mapped[LongText]
    received_on: Mapped[DayColumn]
    received_by: Mapped[AccountKey]
    received_at: Mapped[MomentColumn]


class Revocation(Versioned, Base):
    """A proposal to revoke an entry; it takes effect once a second account confirms it.

    Of one entry only one waits at a time.
    """

    __tablename__ = "revocations"
    __table_args__ = (
        Index(
            "uq_revocations_entry_id",
            "entry_id",
            unique=True,
            sqlite_where=text("status = 'proposed'"),
            postgresql_where=text("status = 'proposed'"),
        ),
    )
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey] = mapped_column(index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    document_no: Mapped[Line]
    """Of the decision that overturned the entry."""
    decided_on: Mapped[DayColumn]
    reason: Mapped[LongText]
    proposed_by: Mapped[AccountKey]
    proposed_at: Mapped[MomentColumn]
    status: Mapped[Code]
    verified_by: Mapped[AccountKey | None]
    """Who confirmed or refused it."""
    refusal: Mapped[LongText | None]
    """Why it was refused."""
