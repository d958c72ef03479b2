"""Working days as this office reckons them."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendars import shipped, shipped_text
from app.permissions import Actor, Permission, require
from app.rules.working_days import Calendar, Notice, parse_calendar
from models.calendars import CalendarRow
from models.types import Moment


class YearRow(NamedTuple):
    """The arrangement of one year, and where it is from."""

    year: int
    notices: tuple[Notice, ...]
    off: int
    """How many days off it names, weekends among them."""
    worked: int
    imported_at: Moment | None
    """None: it came with the program."""
    text: str


def calendar(session: Session) -> Calendar:
    """The working days: what the office imported goes before what came with the program."""
    rows = session.execute(select(CalendarRow.text)).scalars()
    return Calendar({**shipped(), **{one.year: one for one in map(parse_calendar, rows)}})


def calendar_years(session: Session, actor: Actor) -> list[YearRow]:
    """The years whose arrangement is known, the newest first."""
    require(actor, Permission.READ_FILES)
    own = {row.year: row for row in session.execute(select(CalendarRow)).scalars()}
    return [
        YearRow(
            year,
            one.notices,
            len(one.off),
            len(one.worked),
            Moment(own[year].imported_at) if year in own else None,
            own[year].text if year in own else shipped_text(year),
        )
        for year, one in sorted(calendar(session).arrangements.items(), reverse=True)
    ]
