"""An office without internet imports each year's arrangement from a file."""

import pytest
from sqlalchemy import text

from app.calendars import shipped_text
from app.commands.calendars import import_calendar
from app.commands.conduct import record_entry, verify_entry
from app.errors import Invalid, NotAllowed
from app.queries.calendars import calendar, calendar_years
from app.queries.objections import running_objections
from app.queries.verification import verify
from models.types import Day
from tests.app.rules.test_working_days import FILE
from tests.offices import TestOffice, entry, object_to


def works(office: TestOffice, day: int) -> bool:
    with office.database.read() as session:
        return calendar(session).is_working(Day(day))


def test_an_imported_year_is_known_and_proved(office: TestOffice) -> None:
    assert works(office, 20270205)
    office.as_("officer").do(import_calendar, FILE, 2027)
    assert not works(office, 20270205) and works(office, 20270214)
    newest = office.as_("officer").ask(calendar_years)[0]
    assert (newest.year, newest.worked, newest.text) == (2027, 1, FILE)
    assert office.as_("officer").ask(verify).findings == ()


def test_a_calendar_that_somebody_changed_is_found(embedded: TestOffice) -> None:
    embedded.as_("officer").do(import_calendar, FILE)
    with embedded.database.write() as session:
        session.execute(text("UPDATE calendars SET text = replace(text, '02-11', '02-12')"))
    assert embedded.as_("officer").ask(verify).findings


def test_a_year_gives_way_to_a_newer_notice_alone(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    officer.do(import_calendar, FILE)
    with pytest.raises(Invalid, match="known from 国办发明电〔2026〕9号 of 2026-11-05"):
        officer.do(import_calendar, FILE)
    officer.do(import_calendar, FILE.replace("2026-11-05", "2027-03-01").replace("2027-05-01", "2027-05-03"))
    assert not works(embedded, 20270503)
    assert len([one for one in officer.ask(calendar_years) if one.year == 2027]) == 1


def test_what_came_with_the_program_gives_way_to_the_offices_own(embedded: TestOffice) -> None:
    officer, own = embedded.as_("officer"), shipped_text(2026)
    with pytest.raises(Invalid, match="known from 国办发明电〔2025〕7号"):
        officer.do(import_calendar, own)  # it is there already
    with pytest.raises(Invalid, match="Import only a newer notice"):
        officer.do(import_calendar, own.replace("2025-11-04", "2025-11-03").replace("2026-01-04,", ""))
    officer.do(import_calendar, own.replace("2026-01-04,", ""))
    assert not works(embedded, 20260104)


def test_objections_that_run_are_due_by_the_new_calendar(office: TestOffice) -> None:
    uid = office.as_("officer").do(record_entry, entry()).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    office.clock.day = Day(20270203)
    object_to(office, uid, 20270203)
    due = [one.due_on for one in office.as_("reviewer").ask(running_objections)]
    office.as_("officer").do(import_calendar, FILE)
    (row,) = office.as_("reviewer").ask(running_objections)
    assert (due, row.due_on, row.provisional) == ([20270212], 20270218, ())
    assert not office.as_("officer").ask(verify).findings


def test_a_file_for_another_year_is_refused(embedded: TestOffice) -> None:
    with pytest.raises(Invalid, match="calendar of 2027, and not that of 2026") as refused:
        embedded.as_("officer").do(import_calendar, FILE, 2026)
    assert refused.value.field == "calendar"
    with pytest.raises(Invalid, match="2027-02-15 is not a Saturday or Sunday"):
        embedded.as_("officer").do(import_calendar, FILE.replace("[2027-02-14]", "[2027-02-15]"))


def test_only_who_keeps_the_files_of_the_office_imports(embedded: TestOffice) -> None:
    with pytest.raises(NotAllowed):
        embedded.as_("head").do(import_calendar, FILE)
