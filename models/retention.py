"""How long negative information is kept, and what was lawfully erased on whose order."""

from sqlalchemy import ForeignKey, LargeBinary
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


class RetentionRule(Base):
    """How long negative information stands in what the office gives out. The newest holds."""

    __tablename__ = "retention_rules"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    months: Mapped[int]
    document_no: Mapped[Line]
    """The office's own rule."""
    set_by: Mapped[AccountKey]
    set_at: Mapped[MomentColumn]


class Erasure(Versioned, Base):
    """An order to erase an entry, and what became of it. Says nothing of what the entry said."""

    __tablename__ = "erasures"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey] = mapped_column(index=True)
    department_id: Mapped[DepartmentKey]
    entry: Mapped[Code]
    """Uid of the entry; its row is gone once the order is carried out."""
    document_no: Mapped[Line]
    ordered_on: Mapped[DayColumn]
    authority: Mapped[Line]
    reason: Mapped[LongText]
    status: Mapped[Code]
    registered_by: Mapped[AccountKey]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[MomentColumn | None]


class ErasedOrigin(Base):
    """Identity of an imported row whose entry was erased: importing the list again does not bring it back."""

    __tablename__ = "erased_origins"
    origin: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batches.id"))
