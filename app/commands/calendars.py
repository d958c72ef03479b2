"""Imports the State Council's holiday arrangement of a year: the office has no internet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendars import read_calendar, shipped
from app.commands.changes import Changes, Kind, changed
from app.commands.finding import ROOT
from app.commands.ledger import Ledger, writing
from app.errors import Invalid
from app.permissions import Actor, Permission, require
from app.queries.calendars import calendar
from app.rules.working_days import Arrangement, Notice
from app.words import tr
from models.calendars import CalendarRow
from models.images import OFFICE_CHAIN
from models.objections import Objection
from models.people import IntegrityFile
from models.types import Day, ObjectionStatus, Uid, iso, new_uid


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
        session.flush()
        return changed(Kind.CALENDARS, Uid(row.uid)) | _reschedule(session, ledger)


def _reschedule(session: Session, ledger: Ledger) -> Changes:
    """Objections that run are due when their working days have passed by the days as they are known now."""
    days, changes = calendar(session), Changes()
    rows = (
        select(Objection, IntegrityFile.chain_id)
        .join(IntegrityFile, Objection.file_id == IntegrityFile.id)
        .where(Objection.status == ObjectionStatus.OPEN)
        .order_by(Objection.id)
    )
    for objection, chain_id in session.execute(rows).all():
        due_on = days.add(Day(objection.filed_on), objection.term)
        if due_on != objection.due_on:
            objection.due_on = due_on
            ledger.add_row(chain_id, "objection_rescheduled", "objection", Uid(objection.uid))
            changes |= changed(Kind.OBJECTIONS, Uid(objection.uid))
    return changes


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
