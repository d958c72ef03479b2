"""What follows on a lead: put right, checked, answered, cleared; and nothing of it reaches a score."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.commands.lead_follow_up import Check, Clearing, check_remedy, clear_lead, plan_remedy, record_reply
from app.commands.leads import close_lead, register_lead
from app.commands.undoing import undo
from app.errors import Conflict, Invalid
from app.queries.cases import Whose
from app.queries.grading import grades
from app.queries.lead_list import LeadFilter, Which, due_leads, lead_ids
from app.queries.leads import lead_view
from app.queries.schemes import scheme_for
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import Circumstances
from app.rules.leads import Step
from models.types import Channel, ClearingScope, Day, LeadStatus, ReplyWay
from tests.app.commands.lead_cases import LEAD, closed
from tests.offices import WINDOW, TestOffice

BY = "投诉受理科"
RIGHT = Check(Day(20251218), BY, True, "窗口已设AB岗")


def test_what_was_substantiated_is_tracked_until_it_is_put_right_and_answered(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), closed(office, LeadStatus.SUBSTANTIATED)

    def steps() -> list[Step]:
        return [step for step, _ in officer.ask(lead_view, uid).row.steps()]

    assert steps() == [Step.PLAN, Step.REPLY]
    officer.do(plan_remedy, uid, "设AB岗", Day(20251219))
    assert steps() == [Step.CHECK, Step.REPLY]
    officer.do(check_remedy, uid, RIGHT._replace(remedied=False, note="尚未落实"))
    assert steps() == [Step.CHECK, Step.REPLY]
    officer.do(plan_remedy, uid, "设AB岗并公示", Day(20251231))
    assert officer.ask(lead_view, uid).row.check_note is None
    officer.do(check_remedy, uid, RIGHT)
    assert len(officer.ask(lead_ids, LeadFilter(Which.FOLLOW_UP))) == 1
    officer.do(record_reply, uid, Day(20251218), ReplyWay.PHONE)
    assert steps() == [] and officer.ask(due_leads, mine=False) == []
    assert len(officer.ask(lead_ids, LeadFilter(Which.FOLLOW_UP))) == 0
    assert officer.ask(verify).findings == ()


def test_each_step_can_be_taken_back(embedded: TestOffice) -> None:
    officer, uid = embedded.as_("officer"), closed(embedded, LeadStatus.SUBSTANTIATED)
    officer.do(plan_remedy, uid, "设AB岗", Day(20251219))
    officer.do(check_remedy, uid, RIGHT)
    officer.do(undo, officer.ask(lead_view, uid).history[0].command)
    row = officer.ask(lead_view, uid).row
    assert (row.remedy, row.remedied, row.checked_by) == ("设AB岗", None, None)
    assert officer.ask(verify).findings == ()


def test_overdue_is_what_should_be_done_by_now(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), closed(office, LeadStatus.SUBSTANTIATED)
    officer.do(plan_remedy, uid, "设AB岗", Day(20251219))
    for day, late in ((20251219, False), (20251220, True)):
        office.clock.day = Day(day)
        assert officer.ask(lead_view, uid).row.overdue(Day(day)) is late
        assert len(officer.ask(lead_ids, LeadFilter(Which.OVERDUE))) == late


def test_a_person_is_cleared_in_the_scope_agreed_with(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), closed(office, LeadStatus.UNSUBSTANTIATED)
    clearing = Clearing(Day(20251217), BY, ClearingScope.DEPARTMENT, Day(20251216))
    for wrong, field in (
        (clearing._replace(by=" "), "cleared_by"),
        (clearing._replace(agreed_on=Day(20251209)), "agreed_on"),
        (clearing._replace(on=Day(20251215)), "cleared_on"),
        (clearing._replace(on=Day(20251219)), "cleared_on"),
    ):
        with pytest.raises(Invalid) as refusal:
            officer.do(clear_lead, uid, wrong)
        assert refusal.value.field == field
    officer.do(clear_lead, uid, clearing)
    row = officer.ask(lead_view, uid).row
    assert (row.cleared_on, row.cleared_by, row.clearing_scope) == (20251217, BY, ClearingScope.DEPARTMENT)
    with pytest.raises(Conflict):
        officer.do(clear_lead, uid, clearing)
    assert officer.ask(verify).findings == ()


def test_nobody_is_cleared_of_what_was_substantiated_or_named_nobody(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    somewhere = Circumstances(department_id=WINDOW)
    nobody = officer.do(register_lead, LEAD._replace(staff_no=""), "", somewhere).uids[0]
    officer.do(close_lead, nobody, LeadStatus.UNSUBSTANTIATED, Day(20251210), "不属实")
    clearing = Clearing(Day(20251217), BY, ClearingScope.OFFICE, Day(20251216))
    for uid in (nobody, closed(embedded, LeadStatus.SUBSTANTIATED)):
        with pytest.raises(Conflict):
            officer.do(clear_lead, uid, clearing)


def test_what_is_put_right_has_a_day_to_come(embedded: TestOffice) -> None:
    officer, uid = embedded.as_("officer"), closed(embedded, LeadStatus.SUBSTANTIATED)
    for remedy, day, field in (("", 20251231, "remedy"), ("设AB岗", 20251217, "remedy_by")):
        with pytest.raises(Invalid) as refusal:
            officer.do(plan_remedy, uid, remedy, Day(day))
        assert refusal.value.field == field


OUTCOMES = st.sampled_from([LeadStatus.OPEN, LeadStatus.SUBSTANTIATED, LeadStatus.UNSUBSTANTIATED])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(Channel)), OUTCOMES, st.text(max_size=5)), max_size=4))
def test_no_lead_reaches_a_score(embedded: TestOffice, leads: list[tuple[Channel, LeadStatus, str]]) -> None:
    officer, period = embedded.as_("officer"), year(2025)

    def all_grades() -> list[object]:
        published = officer.ask(scheme_for, period)
        return [graded.grade for graded in officer.ask(_graded, period, published)]

    before = all_grades()
    for channel, outcome, words in leads:
        new = LEAD._replace(channel=channel, matter=f"反映{words}")
        uid = officer.do(register_lead, new, "", Circumstances(hearing="已听取")).uids[0]
        if outcome is not LeadStatus.OPEN:
            officer.do(close_lead, uid, outcome, Day(20251210), "经查")
    assert all_grades() == before


def _graded(session, actor, period, published):  # type: ignore[no-untyped-def]
    return list(grades(session, actor, period, published, Whose()))
