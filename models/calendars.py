"""Holiday arrangements that the office imported, beside those that come with the program."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import AccountKey, Base, DayColumn, Key, Line, LongText, MomentColumn, UidColumn


class CalendarRow(Base):
    """The arrangement of one year, by the newest notice of it that was imported."""

    __tablename__ = "calendars"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    year: Mapped[int] = mapped_column(unique=True)
    notice: Mapped[Line]
    dated: Mapped[DayColumn]
    text: Mapped[LongText]
    """The very file."""
    imported_by: Mapped[AccountKey]
    imported_at: Mapped[MomentColumn]
