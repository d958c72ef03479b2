"""Who does not act on which file: relatives of accounts, and who keeps the files of the personnel staff."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AccountKey, Base, Code, FileKey, Key, UidColumn


class Relative(Base):
    """A relative of an account's holder with a file here: only the pair and the relation are kept."""

    __tablename__ = "relatives"
    __table_args__ = (UniqueConstraint("account_id", "person_id"),)
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    account_id: Mapped[AccountKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    relation: Mapped[Code]
    ended: Mapped[bool] = mapped_column(default=False)
    """Whether it was entered by mistake, or ended."""


class SecondKeeper(Base):
    """Who keeps the file of somebody of the personnel staff, instead of the staff itself."""

    __tablename__ = "second_keepers"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey] = mapped_column(unique=True)
    account_id: Mapped[AccountKey]
