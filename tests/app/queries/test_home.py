"""What waits for whom, and the year in numbers."""

from app.commands.conduct import record_entry, return_entry, verify_entry
from app.commands.evaluations import propose_evaluations, return_evaluation
from app.commands.leads import register_lead
from app.queries.home import BandCount, WaitingFor, home, year_picture
from app.rules.grading.engine import year
from app.rules.inputs import NewLead
from models.types import Day, EvaluationStatus
from tests.offices import TestOffice, entry


def test_who_recorded_has_nothing_to_verify_and_gets_back_what_is_returned(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    (uid,) = officer.do(record_entry, entry()).uids
    assert officer.ask(home).waiting == ()
    (waiting,) = verifier.ask(home).waiting
    assert (waiting.kind, waiting.uid, waiting.words("zh_CN")) == (WaitingFor.VERIFY, uid, "嘉奖")
    assert waiting.words("en") == "Commendation"
    verifier.do(return_entry, uid, "文号不符")
    (back,) = officer.ask(home).waiting
    assert (back.kind, back.staff_no, back.reason) == (WaitingFor.CORRECT, "0003", "文号不符")


def test_what_is_overdue_comes_first_then_kind_by_kind(office: TestOffice) -> None:
    officer = office.as_("officer")
    for due_on in (Day(20251230), Day(20251217)):
        officer.do(register_lead, NewLead("0003", Day(20251201), "无人接听", due_on=due_on), "officer")
    rows = dict(officer.do(propose_evaluations, year(2025)).evaluations)
    head = office.as_("head")
    head.do(return_evaluation, rows["0003"], "请补充佐证")
    found = officer.ask(home)
    assert [(one.kind, one.overdue) for one in found.waiting] == [
        (WaitingFor.LEAD, True),
        (WaitingFor.LEAD, False),
        (WaitingFor.RETURNED, False),
    ]
    assert found.waiting[-1].reason == "请补充佐证"
    (mine,) = head.ask(home).waiting
    assert (mine.kind, mine.staff_no, mine.words("en")) == (WaitingFor.DECIDE, "0005", "2025 Good")


def test_the_year_counts_entries_in_force_by_month_and_evaluations_by_band(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    assert officer.ask(year_picture).bands == ()
    for item in ("reward.commendation", "reward.commendation", "sanction.warning"):
        verifier.do(verify_entry, officer.do(record_entry, entry(item=item)).uids[0])
    officer.do(record_entry, entry())  # not verified, so not in force
    officer.do(propose_evaluations, year(2025))
    seen = officer.ask(year_picture)
    assert (seen.positive[2], sum(seen.positive)) == (2, 2)
    assert (seen.negative[2], sum(seen.negative)) == (1, 1)
    assert [band.zh for band in seen.bands] == ["诚信优秀", "诚信良好", "诚信一般", "诚信较差"]
    assert sum(band.number for band in seen.bands) == 5
    assert seen.statuses == {EvaluationStatus.SUBMITTED: 5}
    assert sum(office.as_("head").ask(year_picture).statuses.values()) == 3
    assert BandCount("甲", "A", 1).name("zh_CN") == "甲"
