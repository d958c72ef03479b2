"""A lead as it is read, in a file and on the page of leads. Who complained is never in it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from app.permissions import Actor, Permission, require
from app.queries.complainants import tells_complainant
from app.rules.leads import Standing, Step, next_steps, overdue
from models.accounts import Account
from models.conduct import Lead
from models.leads import Promise
from models.types import Channel, ClearingScope, Commitment, Day, LeadStatus, ReplyWay, Uid

_Handler, _Registrar = aliased(Account), aliased(Account)


class LeadRow(NamedTuple):
    """A lead, without who complained."""

    uid: Uid
    channel: Channel
    order_no: str
    received_on: Day
    occurred_on: Day | None
    due_on: Day | None
    matter: str
    commitment: Commitment | None
    status: LeadStatus
    closed_on: Day | None
    outcome: str
    handler: str | None
    hearing: str | None = None
    promise: str | None = None
    """Matter, limit and post."""
    continues: Uid | None = None
    reason: str | None = None
    handed_to: str | None = None
    letter_no: str | None = None
    remedy: str | None = None
    remedy_by: Day | None = None
    checked_on: Day | None = None
    checked_by: str | None = None
    check_note: str | None = None
    remedied: bool | None = None
    reply_by: Day | None = None
    replied_on: Day | None = None
    reply_way: ReplyWay | None = None
    cleared_on: Day | None = None
    cleared_by: str | None = None
    clearing_scope: ClearingScope | None = None
    agreed_on: Day | None = None
    handler_uid: Uid | None = None
    """The account; None of a lead as it stood earlier."""
    registrar: str | None = None
    listed: bool = False
    """Whether it came with a list."""
    tells_complainant: bool = False
    """Whether somebody is kept with it whom the actor may be told."""

    def standing(self) -> Standing:
        """How far it has come."""
        return Standing(
            self.status,
            self.due_on,
            self.listed,
            self.remedy,
            self.remedy_by,
            self.remedied,
            self.reply_by,
            self.replied_on,
        )

    def steps(self) -> Iterator[tuple[Step, Day | None]]:
        """What is to be done next."""
        return next_steps(self.standing())

    def overdue(self, today: Day) -> bool:
        """Whether something should be done by now."""
        return overdue(self.standing(), today)


def select_leads(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The columns of LeadRow, in its order, from leads with whatever hangs on them."""
    promise = (
        select(Promise.matter + " · " + Promise.term + " · " + Promise.post)
        .where(Promise.uid == Lead.promise)
        .scalar_subquery()
    )
    own = {
        "handler": _Handler.name,
        "promise": promise,
        "handler_uid": _Handler.uid,
        "registrar": _Registrar.name,
        "listed": Lead.batch_id.is_not(None),
        "tells_complainant": tells_complainant(actor),
    }
    columns = [own[name] if name in own else getattr(Lead, name) for name in LeadRow._fields]
    return (
        select(*columns)
        .select_from(Lead)
        .outerjoin(_Handler, Lead.handler_id == _Handler.id)
        .join(_Registrar, Lead.registered_by == _Registrar.id)
    )


def leads_of_file(session: Session, actor: Actor, file_id: int) -> tuple[LeadRow, ...]:
    """The leads about a person, the newest first; for who was checked to keep the file."""
    require(actor, Permission.KEEP_FILES)
    rows = (
        select_leads(actor).where(Lead.file_id == file_id).order_by(Lead.received_on.desc(), Lead.id.desc())
    )
    return tuple(typed_lead(LeadRow._make(row)) for row in session.execute(rows))


def typed_lead(row: LeadRow) -> LeadRow:
    """With enumerations for what the database holds as texts."""
    return row._replace(
        channel=Channel(row.channel),
        commitment=Commitment(row.commitment) if row.commitment else None,
        status=LeadStatus(row.status),
        reply_way=ReplyWay(row.reply_way) if row.reply_way else None,
        clearing_scope=ClearingScope(row.clearing_scope) if row.clearing_scope else None,
        listed=bool(row.listed),
        tells_complainant=bool(row.tells_complainant),
    )


def promise_words(session: Session) -> dict[str, str]:
    """Matter, limit and post of each promise, by uid."""
    words = func.trim(Promise.matter + " · " + Promise.term + " · " + Promise.post)
    return dict(session.execute(select(Promise.uid, words)).all())
