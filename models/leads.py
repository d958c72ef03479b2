"""What stands beside leads: promises, who complained, and what was handed over."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AccountKey, Base, DayColumn, Digest, Key, Line, UidColumn


class Promise(Base):
    """One of the office's own published promises (承诺事项): a matter, its limit, the post that keeps it."""

    __tablename__ = "promises"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    matter: Mapped[Line]
    term: Mapped[Line]
    post: Mapped[Line]
    published_on: Mapped[DayColumn]
    ended_on: Mapped[DayColumn | None]


class Complainant(Base):
    """Who complained: apart from the lead, for its registrar and handler alone, destroyed when done.

    The ledger knows the salted digest and nothing else.
    """

    __tablename__ = "complainants"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"), unique=True)
    name: Mapped[Line]
    contact: Mapped[Line]
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    digest: Mapped[Digest]


class Handover(Base):
    """A discipline matter that was handed over. Nothing of it is kept, not even whom it is about."""

    __tablename__ = "handovers"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    handed_on: Mapped[DayColumn]
    body: Mapped[Line]
    letter_no: Mapped[Line]
    registered_by: Mapped[AccountKey]
