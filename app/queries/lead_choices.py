"""What the form of a lead offers: who can look into it, the promises, the departments, the working days."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import GRANTS, Actor, Permission, require
from app.queries.calendars import calendar
from app.queries.departments import DepartmentRow, departments
from app.rules.working_days import Calendar
from models.accounts import Account, AccountRole
from models.database import moment
from models.leads import Handover, Promise
from models.types import Day, Role, Uid, day_at


class HandlerRow(NamedTuple):
    """An account that can look into leads."""

    login: str
    name: str


class PromiseRow(NamedTuple):
    """One of the office's own published promises."""

    uid: Uid
    matter: str
    term: str
    post: str
    published_on: Day
    ended_on: Day | None


class HandoverRow(NamedTuple):
    """A discipline matter that was handed over."""

    uid: Uid
    handed_on: Day
    body: str
    letter_no: str
    registered_by: str


class LeadChoices(NamedTuple):
    """What can be chosen."""

    today: Day
    calendar: Calendar
    handlers: tuple[HandlerRow, ...]
    promises: tuple[PromiseRow, ...]
    """Those that are given today."""
    departments: tuple[DepartmentRow, ...]
    """Those whose files the actor keeps."""


def lead_choices(session: Session, actor: Actor) -> LeadChoices:
    """What the form offers."""
    require(actor, Permission.READ_FILES)
    given = tuple(one for one in promises(session, actor) if one.ended_on is None)
    kept = tuple(one for one in departments(session, actor) if actor.may(Permission.KEEP_FILES, one.id))
    return LeadChoices(day_at(moment(session)), calendar(session), handlers(session, actor), given, kept)


def handlers(session: Session, actor: Actor) -> tuple[HandlerRow, ...]:
    """Active accounts with something to do here besides accounts; the actor first."""
    require(actor, Permission.READ_FILES)
    reads = [role for role in Role if Permission.READ_FILES in GRANTS[role]]
    rows = (
        select(Account.login, Account.name)
        .where(
            Account.active,
            Account.id.in_(select(AccountRole.account_id).where(AccountRole.role.in_(reads))),
        )
        .order_by(Account.id != actor.account_id, Account.name)
    )
    return tuple(HandlerRow._make(row) for row in session.execute(rows))


def promises(session: Session, actor: Actor) -> tuple[PromiseRow, ...]:
    """The published promises, those that ended last."""
    require(actor, Permission.READ_FILES)
    columns = (
        Promise.uid,
        Promise.matter,
        Promise.term,
        Promise.post,
        Promise.published_on,
        Promise.ended_on,
    )
    rows = select(*columns).order_by(Promise.ended_on.is_not(None), Promise.matter, Promise.id)
    return tuple(PromiseRow._make(row) for row in session.execute(rows))


def handovers(session: Session, actor: Actor) -> tuple[HandoverRow, ...]:
    """The discipline matters that were handed over, the newest first."""
    require(actor, Permission.KEEP_FILES)
    columns = (Handover.uid, Handover.handed_on, Handover.body, Handover.letter_no, Account.name)
    rows = (
        select(*columns)
        .join(Account, Handover.registered_by == Account.id)
        .order_by(Handover.handed_on.desc(), Handover.id.desc())
    )
    return tuple(HandoverRow._make(row) for row in session.execute(rows))
