"""Leads as a list: for who keeps the files, and for handlers theirs."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from app.queries.leads import WHOSE, parted, select_leads, with_people
from app.queries.people import named, starts
from app.rules.leads import Step
from models.accounts import Account
from models.conduct import Lead
from models.database import moment
from models.people import Person
from models.types import Channel, Day, LeadStatus, Uid, day_at


class Which(StrEnum):
    """Which leads are looked at."""

    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    """In one's own hands, with something still to do."""
    FOLLOW_UP = "follow_up"
    """Closed, and still to be put right, checked or answered."""
    CLOSED = "closed"
    EVERY = "every"


class LeadOrder(StrEnum):
    """What leads can be sorted by."""

    RECEIVED = "received_on"
    DUE = "due_on"
    PERSON = "name"
    DEPARTMENT = "department"
    CHANNEL = "channel"
    MATTER = "matter"
    STANDING = "standing"
    """What is open, then what is closed with something still to do, then the rest; by the outcome."""
    HANDLER = "handler"
    ORDER_NO = "order_no"


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which leads, in which order."""

    which: Which = Which.OPEN
    text: str = ""
    """Beginning of a name, staff number or work-order number, or words of what was reported."""
    channel: Channel | None = None
    order: LeadOrder = LeadOrder.RECEIVED
    descending: bool = True

    @property
    def active(self) -> bool:
        """Whether it hides anything besides what its ``which`` says."""
        return bool(self.text or self.channel)


class LeadLine(NamedTuple):
    """One line of the table."""

    id: int
    uid: Uid
    received_on: Day
    channel: Channel
    order_no: str
    staff_no: str
    """Empty where only the department is known."""
    name: str
    department: str
    matter: str
    status: LeadStatus
    handler: str
    steps: tuple[tuple[Step, Day | None], ...]

    def due_on(self) -> Day | None:
        """Until when the next thing is to be done."""
        return min((due for _, due in self.steps if due), default=None)


def lead_ids(session: Session, actor: Actor, wanted: LeadFilter) -> "array[int]":
    """The ids of all leads of a filter, in order."""
    require(actor, Permission.READ_FILES)
    rows = with_people(select(Lead.id), actor).where(*_conditions(session, actor, wanted))
    cursor: Any = session.connection().execute(rows.order_by(*_order(wanted))).cursor
    return array("q", chain.from_iterable(cursor))


def lead_lines(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, LeadLine]:
    """The lines of some ids, by id."""
    require(actor, Permission.READ_FILES)
    rows = select_leads(actor, *WHOSE).where(Lead.id.in_(ids))
    return {line.id: line for line in map(_line, session.execute(rows))}


def due_leads(session: Session, actor: Actor, *, mine: bool, limit: int = 200) -> list[LeadLine]:
    """The leads with something to do, one's own or all that one keeps; the first due first."""
    require(actor, Permission.READ_FILES)
    wanted = and_(unfinished(), Lead.handler_id == actor.account_id if mine else true())
    rows = select_leads(actor, *WHOSE).where(wanted).order_by(_next_due(), Lead.id).limit(limit)
    lines = map(_line, session.execute(rows))
    return [one for one in lines if one.due_on() or one.status is not LeadStatus.OPEN]  # as some of lists


def _conditions(session: Session, actor: Actor, wanted: LeadFilter) -> Iterator[ColumnElement[bool]]:
    today = day_at(moment(session))
    match wanted.which:
        case Which.OPEN:
            yield Lead.status == LeadStatus.OPEN
        case Which.OVERDUE:
            yield _next_due() < today
        case Which.MINE:
            yield Lead.handler_id == actor.account_id
            yield unfinished()
        case Which.FOLLOW_UP:
            yield _followed()
        case Which.CLOSED:
            yield Lead.status != LeadStatus.OPEN
    if wanted.channel:
        yield Lead.channel == wanted.channel
    if text := wanted.text.strip():
        said = Lead.matter.contains(text, autoescape=True)
        yield or_(named(text), starts(Lead.order_no, text), said)


def unfinished() -> ColumnElement[bool]:
    """The condition that something is to be done with a lead: ``rules.leads.next_steps`` of one."""
    return or_(Lead.status == LeadStatus.OPEN, _followed())


def _followed() -> ColumnElement[bool]:
    """Closed, with something still to do: as ``rules.leads.next_steps`` says it of one lead."""
    return or_(
        and_(Lead.reply_by.is_not(None), Lead.replied_on.is_(None)),
        and_(
            Lead.status == LeadStatus.SUBSTANTIATED,
            or_(
                and_(Lead.remedy.is_(None), Lead.handler_id.is_not(None)),
                and_(Lead.remedy.is_not(None), Lead.remedied.is_not(True)),
            ),
        ),
    )


_NEVER = 99999999


def _next_due() -> ColumnElement[int]:
    """Until when the next thing is to be done with a lead; far away where nothing has a day."""
    find_out = case((Lead.status == LeadStatus.OPEN, Lead.due_on))
    reply = case((Lead.replied_on.is_(None), Lead.reply_by))
    waits = and_(Lead.status == LeadStatus.SUBSTANTIATED, Lead.remedied.is_not(True))
    check = case((waits, Lead.remedy_by))
    first, other = func.coalesce(reply, _NEVER), func.coalesce(check, _NEVER)
    return func.coalesce(find_out, case((first < other, first), else_=other))


def _order(wanted: LeadFilter) -> list[ColumnElement[Any]]:
    handler = select(Account.name).where(Account.id == Lead.handler_id).scalar_subquery()
    columns: dict[LeadOrder, list[Any]] = {
        LeadOrder.RECEIVED: [Lead.received_on, Lead.id],
        LeadOrder.DUE: [_next_due(), Lead.id],
        LeadOrder.PERSON: [Person.pinyin, Lead.received_on, Lead.id],
        LeadOrder.DEPARTMENT: [Lead.department_id, Lead.received_on, Lead.id],
        LeadOrder.CHANNEL: [Lead.channel, Lead.received_on, Lead.id],
        LeadOrder.MATTER: [Lead.matter, Lead.id],
        LeadOrder.STANDING: [Lead.status != LeadStatus.OPEN, ~unfinished(), Lead.status, Lead.id],
        LeadOrder.HANDLER: [handler.is_(None), handler, Lead.id],
        LeadOrder.ORDER_NO: [Lead.order_no == "", Lead.order_no, Lead.id],
    }
    return [column.desc() if wanted.descending else column for column in columns[wanted.order]]


def _line(found: Any) -> LeadLine:
    row, (key, staff_no, name, department) = parted(found)
    return LeadLine(
        key,
        row.uid,
        row.received_on,
        row.channel,
        row.order_no,
        staff_no or "",
        name or "",
        department,
        row.matter,
        row.status,
        row.handler or "",
        tuple(row.steps()),
    )
