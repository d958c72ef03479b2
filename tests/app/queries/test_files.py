"""What the file page asks for."""

from app.commands.conduct import record_entry, verify_entry
from app.commands.leads import register_lead
from app.queries.authorities import Authority, authorities
from app.queries.files import case_of, file_view
from app.rules.grading.case import year
from app.rules.grading.engine import grade
from app.rules.inputs import NewLead
from models.types import AuthorityLevel, Day
from tests.offices import TestOffice, entry


def test_the_case_of_a_view_is_graded_as_the_file_is(office: TestOffice) -> None:
    officer = office.as_("officer")
    office.as_("verifier").do(verify_entry, officer.do(record_entry, entry()).uids[0])
    officer.do(record_entry, entry(item="sanction.warning"))
    view = officer.ask(file_view, "0003", year(2025))
    assert view.published and view.grade
    assert grade(case_of(view, year(2025)), view.published.scheme, year(2025)) == view.grade


def test_who_recorded_is_told_by_account(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(record_entry, entry())
    (row,) = officer.ask(file_view, "0003", year(2025)).entries
    assert row.recorder == officer.actor.uid


def test_leads_and_their_history_are_for_who_keeps_files(office: TestOffice) -> None:
    office.as_("officer").do(register_lead, NewLead("0003", Day(20251201), "无人接听"), "officer")
    kept, seen = (office.as_(login).ask(file_view, "0003", year(2025)) for login in ("officer", "head"))
    assert len(kept.leads) == 1 and seen.leads == ()
    assert "lead_registered" in {row.kind for row in kept.history}
    assert {row.kind for row in seen.history} == {"file_opened"}


def test_authorities_come_with_their_level_those_that_decide_most_first(office: TestOffice) -> None:
    officer = office.as_("officer")
    city = {"authority": "泽临市人民政府", "level": AuthorityLevel.CITY}
    for more in ({}, city, city, {"authority": ""}):
        officer.do(record_entry, entry(**more))
    assert officer.ask(authorities) == [
        Authority("泽临市人民政府", AuthorityLevel.CITY),
        Authority("泽临市政务服务局", AuthorityLevel.UNIT),
    ]
    assert office.as_("other_head").ask(authorities) == []
