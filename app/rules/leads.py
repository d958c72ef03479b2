"""Leads (线索): their terms, and what is to be done next until nothing is (有报必查)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from app.rules.objections import Term
from models.types import Channel, Day, LeadStatus

HANDLE = Term(10, "本单位自定；上级转办件有规定期限的，从其规定")
"""Working days to find out what came of a lead, where nobody says otherwise."""
REPLY = Term(5, "本单位自定；热线工单有规定期限的，从其规定")
"""Working days to answer, once the outcome is known."""
LONGEST = 250
"""Working days: about a year. Nobody means more."""
ASKED = frozenset({Channel.COMPLAINT, Channel.HOTLINE, Channel.SUPERVISOR, Channel.MEDIA})
"""Channels behind which somebody waits for an answer."""


class Step(StrEnum):
    """What is to be done next."""

    FIND_OUT = "find_out"
    PLAN = "plan"
    CHECK = "check"
    REPLY = "reply"


class Standing(NamedTuple):
    """How far a lead has come."""

    status: LeadStatus
    due_on: Day | None
    handler: str | None
    """None where it came with a list of earlier years: what followed on it is not tracked here."""
    remedy: str | None
    remedy_by: Day | None
    remedied: bool | None
    reply_by: Day | None
    replied_on: Day | None


def next_steps(lead: Standing) -> Iterator[tuple[Step, Day | None]]:
    """What is to be done, and until when; nothing where all is done."""
    if lead.status is LeadStatus.OPEN:
        yield Step.FIND_OUT, lead.due_on
    if lead.status is LeadStatus.SUBSTANTIATED:
        if lead.remedy is None and lead.handler:
            yield Step.PLAN, None
        elif lead.remedy is not None and not lead.remedied:
            yield Step.CHECK, lead.remedy_by
    if lead.reply_by and not lead.replied_on:
        yield Step.REPLY, lead.reply_by
