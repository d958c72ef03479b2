"""Imports the State Council's holiday arrangement of a year: the office has no internet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendars import read_calendar, shipped
from app.commands.changes import Changes, Kind, changed
from app.commands.finding import ROOT
from app.commands.ledger import writing
from app.errors import Invalid
from app.permissions import Actor, Permission, require
from app.rules.working_days import Arrangement, Notice
from app.words import tr
from models.calendars import CalendarRow
from models.images import OFFICE_CHAIN
from models.types import Day, Uid, iso, new_uid


def import_calendar(session: Session, actor: Actor, text: str, year: int | None = None) -> Changes:
    """Take in the file of a year. ``year``: the one the file is meant for, where that was said.

    A year that is known gives way only to a newer notice, so that terms do not move unseen; what came with
    the program also to a file by the same notice, which then corrects it.
    """
    require(actor, Permission.KEEP_FILES, ROOT)
    found = read_calendar(text, year)
    row = session.execute(select(CalendarRow).where(CalendarRow.year == found.year)).scalar_one_or_none()
    _refuse_older(found, row)
    with writing(session, actor, "import_calendar") as ledger:
        if row is None:
            row = CalendarRow(uid=new_uid(), year=found.year)
            session.add(row)
        row.notice, row.dated = found.newest
        row.text = text
        row.imported_by, row.imported_at = actor.account_id, ledger.moment
        ledger.add_row(OFFICE_CHAIN, "calendar_imported", "calendar", Uid(row.uid))
        return changed(Kind.CALENDARS, Uid(row.uid))


def _refuse_older(found: Arrangement, row: CalendarRow | None) -> None:
    if row:
        known = Notice(row.notice, Day(row.dated))
        newer = found.newest.dated > known.dated
    elif before := shipped().get(found.year):
        same = found.off == before.off and found.worked == before.worked
        known = before.newest
        newer = found.newest.dated >= known.dated and not same
    else:
        return
    if not newer:
        sentence = tr(
            "The calendar of {year} is known from {notice} of {date}. "
            "Import only a newer notice in its place."
        )
        told = sentence.format(year=found.year, notice=known.number, date=iso(known.dated))
        raise Invalid(told, field="calendar")
