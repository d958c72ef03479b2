"""The office, its departments and people, and the integrity file of each person."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, DayColumn, DepartmentKey, Key, Line, MomentColumn, UidColumn, Versioned


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
    """Raised whenever an entry or its evidence changes, and by nothing else."""
