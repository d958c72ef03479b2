"""Accounts and what they are for."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AccountKey, Base, Code, Key, Line, LongText, MomentColumn, UidColumn, Versioned


class Account(Versioned, Base):
    """Someone who signs in. ``person_id`` is set for those who have a file here themselves."""

    __tablename__ = "accounts"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    login: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Line]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)
    password_hash: Mapped[Line]
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    """Wrong passwords since the last right one."""
    locked_until: Mapped[MomentColumn | None]


class AccountRole(Base):
    """A role in a department and all below it; without a department, in the whole office."""

    __tablename__ = "account_roles"
    __table_args__ = (UniqueConstraint("account_id", "role", "department_id"),)
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Code]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))


class SavedView(Base):
    """A filter with its order and columns, kept by an account for a page. Outside the ledger."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("account_id", "page", "name"),)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    page: Mapped[Code]
    name: Mapped[Line]
    content: Mapped[LongText]
    """What the page says of itself, as JSON."""
