"""The office, its departments and people, and the integrity file of each person."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
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


class Office(Base):
    """The one organ whose files these are; a single row."""

    __tablename__ = "office"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    name: Mapped[Line]
    name_en: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[MomentColumn]
    stopped_on: Mapped[DayColumn | None]
    """The day at which a sample office's clock stands; None where time passes."""


class Department(Versioned, Base):
    """A unit in the tree; the office itself is its root."""

    __tablename__ = "departments"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    name: Mapped[Line]
    position: Mapped[int] = mapped_column(default=0)
    """Order among the departments of one parent."""
    changed_on: Mapped[DayColumn | None]
    """Since when it is as it is, and by which document."""
    changed_document: Mapped[Line | None]
    dissolved_on: Mapped[DayColumn | None]
    merged_into: Mapped[str | None] = mapped_column(String(32))
    """Uid of the department that took it in."""


class Person(Versioned, Base):
    """A civil servant. ``staff_no`` identifies, never the name."""

    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_name_id", "name", "id"),
        Index("ix_people_pinyin_id", "pinyin", "id"),
        Index("ix_people_initials_id", "initials", "id"),
        Index("ix_people_department_id_staff_no", "department_id", "staff_no"),
    )
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    staff_no: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Line]
    pinyin: Mapped[Line]
    """Syllables of the name without tones or spaces, to search by."""
    initials: Mapped[Code]
    department_id: Mapped[DepartmentKey]
    post: Mapped[Line] = mapped_column(default="")
    rank: Mapped[Line] = mapped_column(default="")
    joined_on: Mapped[DayColumn | None]
    left_on: Mapped[DayColumn | None]
    leaving: Mapped[Code | None]


class PersonState(Base):
    """A stretch of probation, secondment, long leave …, which bears on being rated."""

    __tablename__ = "person_states"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[Code]
    since: Mapped[DayColumn]
    until: Mapped[DayColumn | None]
    document_no: Mapped[Line | None]
    """The document by which it began, and the one by which it ended."""
    until_document: Mapped[Line | None]


class IdNumber(Base):
    """Resident ID numbers, apart from everything else so that they can be guarded apart."""

    __tablename__ = "id_numbers"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(18), unique=True)


class IntegrityFile(Base):
    """The one file of a person (诚信档案)."""

    __tablename__ = "integrity_files"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    number: Mapped[Line] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    department_id: Mapped[DepartmentKey] = mapped_column(index=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("chains.id"), unique=True)
    opened_on: Mapped[DayColumn]
    closed_on: Mapped[DayColumn | None]
    content_version: Mapped[int] = mapped_column(default=0)
    """Raised whenever an entry or its evidence changes, or it is merged or split; and by nothing else."""
    changed_on: Mapped[DayColumn | None]
    """Since when post, department or standing are as they are, by which document, and why."""
    changed_document: Mapped[Line | None]
    changed_reason: Mapped[LongText | None]
    sent_to: Mapped[Line | None]
    """The office that keeps the file now; here it is an archive."""
    received_from: Mapped[Line | None]
    """The office that kept the file before."""
    merged_into: Mapped[str | None] = mapped_column(String(32), index=True)
    """Uid of the main file, where this is the second file of one person."""


class Merger(Versioned, Base):
    """Two files that are one person's, so that they are read as one; both chains stay."""

    __tablename__ = "mergers"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey] = mapped_column(index=True)
    """The main file, into which new entries go."""
    other_id: Mapped[FileKey]
    merged_on: Mapped[DayColumn]
    document_no: Mapped[Line]
    reason: Mapped[LongText]
    split_on: Mapped[DayColumn | None]
    split_document: Mapped[Line | None]
    split_reason: Mapped[LongText | None]


class SigningKey(Base):
    """The Ed25519 key by which the office signs the files it sends away. Made once.

    Kept in the database, which is encrypted (or, shared, closed to all but its accounts): whoever can read it
    could write any file anyway, and every desk of the office signs with the same key.
    """

    __tablename__ = "signing_keys"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    private: Mapped[Digest]
    public: Mapped[Digest]
    made_at: Mapped[MomentColumn]
