"""The verb on the calendar of working days."""

from argparse import Namespace

from app.calendars import UNKNOWN, read_calendar
from app.cli.offices import entered
from app.cli.standards import text_of
from app.commands.calendars import import_calendar
from app.errors import NotFound
from app.queries.calendars import YearRow, calendar_years
from app.words import listed, tr
from models.types import iso


def calendar(given: Namespace) -> tuple[int, object, str]:
    """``calendar``: import a file, print that of one year, or tell the years that are known."""
    context = entered(given)
    if given.file:
        text = text_of(given.file)
        found = read_calendar(text, given.year)
        context.do(import_calendar, text, given.year)
        said = tr("The calendar of {year} by {notice} is imported: {worked} weekends are worked.")
        number = found.newest.number
        told = said.format(year=found.year, notice=number, worked=len(found.worked))
        return 0, {"year": found.year, "notice": number}, told
    years = context.ask(calendar_years)
    if given.year is None:
        return 0, [_year(one) for one in years], "\n".join(map(_told, years))
    known = next((one for one in years if one.year == given.year), None)
    if known is None:
        raise NotFound(tr(UNKNOWN).format(years=given.year))
    return 0, _year(known) | {"text": known.text}, known.text


def _year(row: YearRow) -> dict[str, object]:
    notices = [{"number": one.number, "dated": iso(one.dated)} for one in row.notices]
    return {"year": row.year, "notices": notices, "imported": row.imported_at is not None}


def _told(row: YearRow) -> str:
    source = tr("came with the program") if row.imported_at is None else tr("imported here")
    return f"{row.year}  {listed(one.number for one in row.notices)}  {source}"
