"""Leads: an outcome in words, on a day that can be, by who keeps the file, once."""

import pytest

from app.commands.leads import close_lead, register_lead
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.files import file_view
from app.rules.grading.case import year
from app.rules.inputs import NewLead
from models.types import Channel, Commitment, Day, LeadStatus, Uid
from tests.offices import TestOffice

LEAD = NewLead(
    "0003",
    Day(20251201),
    "窗口无人",
    occurred_on=Day(20251128),
    channel=Channel.HOTLINE,
    commitment=Commitment.FIRST_ASKED,
)


def registered(office: TestOffice) -> Uid:
    return office.as_("officer").do(register_lead, LEAD).uids[0]


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
