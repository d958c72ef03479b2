"""The register of readings and prints (查阅登记)."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AccountKey, Base, Code, DepartmentKey, FileKey, Key, Line, MomentColumn, UidColumn


class Reading(Base):
    """One reading or print of a file: by whom, when, how, for what."""

    __tablename__ = "readings"
    __table_args__ = (Index("ix_readings_department_id_read_at", "department_id", "read_at"),)
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey] = mapped_column(index=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("chains.id"))
    """The file's own; the office's where the file was sent away, since its own goes on elsewhere."""
    department_id: Mapped[DepartmentKey]
    how: Mapped[Code]
    purpose: Mapped[Line]
    """Empty for what belongs to the daily work of the account."""
    document_no: Mapped[Line]
    """Of the written request or approval; empty where none is needed."""
    account_id: Mapped[AccountKey]
    read_at: Mapped[MomentColumn]
