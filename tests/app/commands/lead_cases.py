"""Leads as tests register them."""

from app.commands.lead_follow_up import Check, check_remedy, plan_remedy, record_reply
from app.commands.leads import close_lead, register_lead
from app.queries.leads import lead_view
from app.rules.inputs import Circumstances, NewComplainant, NewLead
from models.types import Channel, Commitment, Day, LeadStatus, ReplyWay, Uid
from tests.offices import TODAY, TestOffice

LEAD = NewLead(
    "0003",
    Day(20251201),
    "窗口无人",
    occurred_on=Day(20251128),
    channel=Channel.HOTLINE,
    order_no="ZL12345-1",
    commitment=Commitment.FIRST_ASKED,
)
WHO = NewComplainant("甄举报", "13900001234")


def registered(
    office: TestOffice, handler: str = "", *, who: NewComplainant | None = None, **more: object
) -> Uid:
    """A lead about 0003, registered by the officer."""
    new = LEAD._replace(**more)  # type: ignore[arg-type]
    return office.as_("officer").do(register_lead, new, handler, Circumstances(complainant=who)).uids[0]


def closed(office: TestOffice, status: LeadStatus, **more: object) -> Uid:
    """One with an outcome."""
    uid = registered(office, **more)  # type: ignore[arg-type]
    office.as_("officer").do(close_lead, uid, status, Day(20251210), "经查")
    return uid


def settle(office: TestOffice, uid: Uid) -> None:
    """What follows on a closed one is done: answered, put right, checked."""
    officer = office.as_("officer")
    officer.do(record_reply, uid, TODAY, ReplyWay.PHONE)
    if officer.ask(lead_view, uid).row.status is LeadStatus.SUBSTANTIATED:
        officer.do(plan_remedy, uid, "立即整改", TODAY)
        officer.do(check_remedy, uid, Check(TODAY, "办公室", True, "已整改"))


def late(office: TestOffice, handler: str = "") -> Uid:
    """One that should have an outcome for eight days."""
    office.clock.day = LEAD.received_on
    uid = registered(office, handler, due_on=Day(20251210))
    office.clock.day = TODAY
    return uid
