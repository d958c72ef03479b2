"""Leads: an outcome in words, on a day that can be, by who keeps the file, once."""

import pytest

from app.commands.accounts import add_account
from app.commands.conduct import record_entry
from app.commands.leads import close_lead, extend_lead, give_lead, name_person, register_lead
from app.commands.undoing import undo
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.files import file_view
from app.queries.lead_list import LeadFilter, Which, lead_ids
from app.queries.leads import lead_view
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import Circumstances
from models.types import Channel, Day, LeadStatus
from tests.app.commands.lead_cases import LEAD, closed, registered
from tests.offices import PASSWORD, WINDOW, TestOffice, entry

SOMEWHERE = LEAD._replace(staff_no="")


def test_a_lead_is_closed_once_with_its_outcome(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), registered(office)
    officer.do(close_lead, uid, LeadStatus.SUBSTANTIATED, Day(20251210), " 属实 ")
    (lead,) = officer.ask(file_view, "0003", year(2025)).leads
    assert (lead.status, lead.closed_on, lead.outcome) == (LeadStatus.SUBSTANTIATED, 20251210, "属实")
    assert (lead.occurred_on, lead.channel, lead.commitment) == (
        LEAD.occurred_on,
        LEAD.channel,
        LEAD.commitment,
    )
    with pytest.raises(Conflict):
        officer.do(close_lead, uid, LeadStatus.UNSUBSTANTIATED, Day(20251210), "不属实")


@pytest.mark.parametrize(
    ("status", "closed_on", "outcome", "field"),
    [
        (LeadStatus.OPEN, 20251210, "属实", "status"),
        (LeadStatus.SUBSTANTIATED, 20251210, "  ", "outcome"),
        (LeadStatus.SUBSTANTIATED, 20251130, "属实", "closed_on"),
        (LeadStatus.SUBSTANTIATED, 20251219, "属实", "closed_on"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(
    embedded: TestOffice, status: LeadStatus, closed_on: int, outcome: str, field: str
) -> None:
    uid = registered(embedded)
    with pytest.raises(Invalid) as refusal:
        embedded.as_("officer").do(close_lead, uid, status, Day(closed_on), outcome)
    assert refusal.value.field == field


def test_only_who_keeps_the_file_closes_its_leads(embedded: TestOffice) -> None:
    uid = registered(embedded)
    with pytest.raises(NotAllowed):
        embedded.as_("head").do(close_lead, uid, LeadStatus.UNSUBSTANTIATED, Day(20251210), "不属实")


def test_every_lead_gets_a_handler_and_a_due_date_in_working_days(office: TestOffice) -> None:
    row = office.as_("officer").ask(lead_view, registered(office)).row
    # ten working days after Thursday 18 December 2025; New Year's holiday until 3 January, 4 January worked
    assert (row.handler, row.due_on) == ("张三", 20260104)


@pytest.mark.parametrize("due_on", [20251217, 20250101, 20260100])
def test_a_due_date_in_the_past_is_refused(embedded: TestOffice, due_on: int) -> None:
    with pytest.raises(Invalid) as refusal:
        registered(embedded, due_on=Day(due_on))
    assert refusal.value.field == "due_on"


def test_a_review_of_law_enforcement_says_how_the_other_party_was_heard(embedded: TestOffice) -> None:
    officer, new = embedded.as_("officer"), LEAD._replace(channel=Channel.ENFORCEMENT_REVIEW)
    with pytest.raises(Invalid) as refusal:
        officer.do(register_lead, new)
    assert refusal.value.field == "hearing"
    uid = officer.do(register_lead, new, "", Circumstances(hearing="书面征求意见")).uids[0]
    assert officer.ask(lead_view, uid).row.hearing == "书面征求意见"


def test_nobody_looks_into_the_own_case_nor_who_has_nothing_to_do_here(embedded: TestOffice) -> None:
    embedded.as_("officer").do(add_account, "wang", "王丽", PASSWORD, "0003")
    embedded.as_("officer").do(add_account, "guest", "客人", PASSWORD)
    for login in ("wang", "guest", "nobody"):
        with pytest.raises(NotFound) as refusal:
            registered(embedded, login)
        assert refusal.value.field == "handler"


def test_the_handler_finds_out_and_nobody_else_does(office: TestOffice) -> None:
    uid = registered(office, "other_head")
    with pytest.raises(NotAllowed):
        office.as_("head").do(close_lead, uid, LeadStatus.UNSUBSTANTIATED, Day(20251210), "不属实")
    with pytest.raises(NotFound):
        office.as_("head").ask(lead_view, uid)
    handler = office.as_("other_head")
    assert not handler.ask(lead_view, uid).keeps
    assert list(handler.ask(lead_ids, LeadFilter(Which.MINE))) == [handler.ask(lead_view, uid).id]
    handler.do(close_lead, uid, LeadStatus.UNSUBSTANTIATED, Day(20251210), "不属实")
    assert handler.ask(lead_view, uid).row.status is LeadStatus.UNSUBSTANTIATED
    with pytest.raises(NotAllowed):
        handler.do(give_lead, uid, "head", "调整分工")


def test_handler_and_due_date_change_with_a_reason_that_the_history_keeps(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), registered(office)
    officer.do(give_lead, uid, "other_head", "调整分工")
    officer.do(extend_lead, uid, Day(20260115), "案情复杂")
    view = officer.ask(lead_view, uid)
    assert (view.row.handler, view.row.due_on, view.row.reason) == ("欧阳敏", 20260115, "案情复杂")
    assert [row.kind for row in view.history] == ["lead_extended", "lead_given", "lead_registered"]
    assert {one.field: one.after for one in view.history[1].changes}["reason"] == "调整分工"
    assert officer.ask(verify).findings == ()


def test_changes_are_refused_beside_their_fields(embedded: TestOffice) -> None:
    officer, uid = embedded.as_("officer"), registered(embedded)
    for change, field in (
        (lambda: officer.do(give_lead, uid, "officer", "调整"), "handler"),
        (lambda: officer.do(give_lead, uid, "other_head", " "), "reason"),
        (lambda: officer.do(extend_lead, uid, Day(20251219), "x"), "due_on"),
        (lambda: officer.do(extend_lead, uid, Day(20260115), ""), "reason"),
        (lambda: officer.do(close_lead, uid, LeadStatus.HANDED_OVER, Day(20251210), "转办"), "handed_to"),
        (lambda: officer.do(close_lead, uid, LeadStatus.PASSED_ON, Day(20251210), "转办"), "status"),
    ):
        with pytest.raises(Invalid) as refusal:
            change()
        assert refusal.value.field == field


def test_a_lead_of_which_only_the_department_is_known_stands_in_the_offices_chain(office: TestOffice) -> None:
    officer = office.as_("officer")
    with pytest.raises(Invalid) as refusal:
        officer.do(register_lead, SOMEWHERE)
    assert refusal.value.field == "staff_no"
    uid = officer.do(register_lead, SOMEWHERE, "", Circumstances(department_id=WINDOW)).uids[0]
    view = officer.ask(lead_view, uid)
    assert (view.name, view.department) == ("", "审批一科")
    officer.do(close_lead, uid, LeadStatus.SUBSTANTIATED, Day(20251210), "属实")
    with pytest.raises(Invalid):
        officer.do(record_entry, entry(item="duty.absent"), uid)
    assert officer.ask(verify).findings == ()


def test_once_the_person_is_known_the_lead_goes_on_in_the_file(office: TestOffice) -> None:
    officer = office.as_("officer")
    uid = officer.do(register_lead, SOMEWHERE, "head", Circumstances(department_id=WINDOW)).uids[0]
    with pytest.raises(Invalid):  # 解伟 looks into it
        officer.do(name_person, uid, "0002")
    further = officer.do(name_person, uid, "0003").uids[0]
    (row,) = officer.ask(file_view, "0003", year(2025)).leads
    assert (row.uid, row.continues, row.matter, row.handler) == (further, uid, LEAD.matter, "解伟")
    assert officer.ask(lead_view, uid).row.status is LeadStatus.PASSED_ON
    assert len(officer.ask(lead_ids, LeadFilter())) == 1
    with pytest.raises(Conflict):
        officer.do(name_person, further, "0005")
    assert officer.ask(verify).findings == ()


def test_who_answers_is_waited_for_gets_a_day_to_answer(office: TestOffice) -> None:
    officer = office.as_("officer")
    asked = officer.ask(lead_view, closed(office, LeadStatus.UNSUBSTANTIATED)).row
    audited = officer.ask(lead_view, closed(office, LeadStatus.UNSUBSTANTIATED, channel=Channel.AUDIT)).row
    assert (asked.reply_by, audited.reply_by) == (20251225, None)


def test_an_outcome_is_not_taken_back_from_under_an_entry(embedded: TestOffice) -> None:
    officer, uid = embedded.as_("officer"), registered(embedded, "other_head")
    handler = embedded.as_("other_head")
    handler.do(close_lead, uid, LeadStatus.SUBSTANTIATED, Day(20251210), "属实")
    officer.do(record_entry, entry(item="duty.absent"), uid)
    with pytest.raises(Conflict, match="recorded from this lead"):
        handler.do(undo, handler.ask(lead_view, uid).history[0].command)


def test_closing_is_taken_back_whole(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), closed(office, LeadStatus.UNSUBSTANTIATED)
    officer.do(undo, officer.ask(lead_view, uid).history[0].command)
    row = officer.ask(lead_view, uid).row
    assert (row.status, row.closed_on, row.outcome, row.reply_by) == (LeadStatus.OPEN, None, "", None)
    assert officer.ask(verify).findings == ()
