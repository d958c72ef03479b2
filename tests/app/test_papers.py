"""Papers of a person are refused before a character would be printed as a box."""

from collections.abc import Callable

import pytest

from app import papers
from app.commands.conduct import record_entry, verify_entry
from app.commands.hearing import issue_notice
from app.commands.people import change_person
from app.context import AppContext
from app.errors import Invalid
from app.reports.objection_content import Paper
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.types import Day, Uid
from tests.offices import TODAY, TestOffice, entry
from tests.refusals import refused

Make = Callable[[AppContext, Uid], papers.Document]
MAKERS: dict[str, Make] = {
    "summary": lambda officer, _: papers.summary(officer, "0003", year(2025), "zh_CN"),
    "notice": lambda officer, uid: papers.notice(officer, uid, "zh_CN"),
    "application": lambda officer, uid: papers.objection(officer, Paper.APPLICATION, "0003", uid, "zh_CN"),
}


@pytest.fixture
def noticed(embedded: TestOffice) -> Uid:
    officer = embedded.as_("officer")
    decided = {"occurred_on": Day(20250301), "decided_on": Day(20250310)}
    uid = officer.do(record_entry, entry(item="sanction.demerit", **decided)).uids[0]
    embedded.as_("verifier").do(verify_entry, uid)
    officer.do(issue_notice, uid, "告1", TODAY)
    return uid


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_nothing_is_drawn_with_a_character_that_no_font_has(
    embedded: TestOffice, noticed: Uid, make: Make
) -> None:
    officer = embedded.as_("officer")
    document = make(officer, noticed)
    assert document.content.startswith(b"%PDF") and document.staff_nos == ("0003",)
    assert document.name.startswith("0003-王丽-")
    officer.do(change_person, NewPerson("0003", "王丽", post="𪚥科员"))
    with refused(Invalid, match="No font here can draw 𪚥 for 王丽"):
        make(officer, noticed)
