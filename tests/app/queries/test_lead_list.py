"""Leads as a list: what SQL filters and sorts by is what the rules say of each lead."""

from app.commands.accounts import add_account, grant_role
from app.commands.lead_follow_up import Check, check_remedy, plan_remedy, record_reply
from app.commands.leads import close_lead, register_lead
from app.commands.recusal import declare_relative, name_keeper
from app.errors import NotAllowed, NotFound
from app.queries.lead_list import LeadFilter, LeadLine, LeadOrder, Which, due_leads, lead_ids, lead_lines
from app.rules.inputs import Circumstances
from models.types import Channel, Day, Kinship, LeadStatus, ReplyWay, Role
from tests.app.commands.lead_cases import LEAD, closed, late, registered
from tests.offices import PASSWORD, TODAY, WINDOW, TestOffice
from tests.refusals import refused


def lines(office: TestOffice, which: Which = Which.EVERY, login: str = "officer") -> list[LeadLine]:
    one = office.as_(login)
    ids = one.ask(lead_ids, LeadFilter(which, order=LeadOrder.DUE, descending=False))
    found = one.ask(lead_lines, ids)
    return [found[key] for key in ids]


def in_every_standing(office: TestOffice) -> None:
    officer = office.as_("officer")
    registered(office)
    registered(office, due_on=Day(20260108))
    for remedied in (None, False, True):
        uid = closed(office, LeadStatus.SUBSTANTIATED)
        officer.do(plan_remedy, uid, "设AB岗", Day(20251219))
        if remedied is not None:
            officer.do(check_remedy, uid, Check(TODAY, "办公室", remedied, "经查"))
    closed(office, LeadStatus.SUBSTANTIATED)
    closed(office, LeadStatus.SUBSTANTIATED, channel=Channel.AUDIT)
    closed(office, LeadStatus.UNSUBSTANTIATED)
    officer.do(record_reply, closed(office, LeadStatus.UNSUBSTANTIATED), TODAY, ReplyWay.PHONE)


def test_filters_and_order_are_what_the_rules_say(office: TestOffice) -> None:
    in_every_standing(office)
    for today in (TODAY, Day(20251222), Day(20251230), Day(20260105), Day(20260201)):
        office.clock.day = today
        every = lines(office)
        assert len(every) == 9
        dues = [one.due_on() or 99999999 for one in every]
        assert dues == sorted(dues)
        expected = {
            Which.OPEN: [one for one in every if one.status is LeadStatus.OPEN],
            Which.CLOSED: [one for one in every if one.status is not LeadStatus.OPEN],
            Which.FOLLOW_UP: [one for one in every if one.steps and one.status is not LeadStatus.OPEN],
            Which.OVERDUE: [one for one in every if (one.due_on() or today) < today],
            Which.MINE: [one for one in every if one.steps],
        }
        for which, wanted in expected.items():
            assert lines(office, which) == wanted, (today, which)
        assert office.as_("officer").ask(due_leads, mine=False) == expected[Which.MINE]


def test_every_order_has_its_reverse(office: TestOffice) -> None:
    in_every_standing(office)
    officer = office.as_("officer")
    for order in LeadOrder:
        up, down = (
            list(officer.ask(lead_ids, LeadFilter(Which.EVERY, order=order, descending=descending)))
            for descending in (False, True)
        )
        assert len(up) == 9 and up == down[::-1], order
    ids = officer.ask(lead_ids, LeadFilter(Which.EVERY, order=LeadOrder.STANDING, descending=False))
    found = officer.ask(lead_lines, ids)
    standing = [(found[key].status is not LeadStatus.OPEN, not found[key].steps) for key in ids]
    assert standing == sorted(standing) and len(set(standing)) == 3


def test_words_names_and_numbers_are_found(embedded: TestOffice) -> None:
    registered(embedded, matter="电话无人接听")
    for text, number in (("无人接", 1), ("王", 1), ("wl", 1), ("0003", 1), ("ZL12345", 1), ("接听人", 0)):
        found = embedded.as_("officer").ask(lead_ids, LeadFilter(Which.EVERY, text=text))
        assert len(found) == number, text


def test_nobody_sees_or_handles_a_lead_about_a_relative(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    late(embedded)
    officer.do(register_lead, LEAD._replace(staff_no=""), "", Circumstances(department_id=WINDOW))
    officer.do(declare_relative, "0003", Kinship.SPOUSE)
    officer.do(declare_relative, "0005", Kinship.SPOUSE, "other_head")
    assert [one.name for one in lines(embedded)] == [""]
    with refused(NotFound, match="cannot look into"):
        embedded.as_("officer").do(register_lead, LEAD._replace(staff_no="0005"), "other_head")


def test_what_is_about_the_personnel_staff_is_for_its_second_keeper(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    uid = registered(embedded, "other_head")
    officer.do(add_account, "colleague", "王丽", PASSWORD, "0003")
    officer.do(grant_role, "colleague", Role.PERSONNEL_OFFICER)
    assert lines(embedded) == []
    with refused(NotAllowed, match="second keeper"):
        embedded.as_("officer").do(close_lead, uid, LeadStatus.UNSUBSTANTIATED, TODAY, "不属实")
    officer.do(name_keeper, "0003", "officer")
    assert [one.uid for one in lines(embedded)] == [uid]
