"""A lead as it is read, with whom it is about. Who complained is not in it, but for who may be told."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.errors import NotAllowed, NotFound
from app.permissions import Actor, Permission, others, require, require_other
from app.queries.history import HistoryRow, file_events
from app.rules.leads import Standing, Step, next_steps
from app.words import tr
from models.accounts import Account
from models.conduct import Entry, Item, Lead
from models.database import moment
from models.images import OFFICE_CHAIN
from models.leads import Complainant, Promise
from models.people import Department, IntegrityFile, Person
from models.types import (
    Channel,
    ClearingScope,
    Commitment,
    Day,
    EntryStatus,
    LeadStatus,
    ReplyWay,
    Uid,
    day_at,
)

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

    def standing(self) -> Standing:
        """How far it has come."""
        return Standing(
            self.status,
            self.due_on,
            self.handler,
            self.remedy,
            self.remedy_by,
            self.remedied,
            self.reply_by,
            self.replied_on,
        )

    def steps(self) -> Iterator[tuple[Step, Day | None]]:
        """What is to be done next."""
        return next_steps(self.standing())

    def next_due(self) -> Day | None:
        """Until when the next thing is to be done."""
        return min((due for _, due in self.steps() if due), default=None)

    def overdue(self, today: Day) -> bool:
        """Whether something should be done by now."""
        return (self.next_due() or today) < today


class EntryFrom(NamedTuple):
    """An entry that a lead became."""

    uid: Uid
    item_zh: str
    item_en: str
    occurred_on: Day
    document_no: str

    def item(self, language: str) -> str:
        """The item in a language."""
        return self.item_zh if language.startswith("zh") else self.item_en


class LeadView(NamedTuple):
    """One lead, whom it is about, and what the actor may do with it."""

    id: int
    row: LeadRow
    staff_no: str
    """Empty where only the department is known."""
    name: str
    department: str
    entries: tuple[EntryFrom, ...]
    history: tuple[HistoryRow, ...]
    keeps: bool
    """Whether the actor keeps the files there: registers, gives, extends, hands over, records."""
    registrar: str
    holds_complainant: bool
    """Whether it is kept with it who complained."""
    tells_complainant: bool
    """Whether the actor may be told who."""
    today: Day


class ComplainantRow(NamedTuple):
    """Who complained, and how to answer."""

    name: str
    contact: str
    intact: bool
    """Whether it is what was registered, by the digest in the ledger."""


WHOSE = (Lead.id, Person.staff_no, Person.name, Department.name)
"""Follow the columns of ``select_leads`` where it is told whom a lead is about."""


def select_leads(actor: Actor, *more: Any) -> Select[*tuple[Any, ...]]:
    """The columns of LeadRow in its order, and more, of all leads that the actor may see."""
    promise = (
        select(Promise.matter + " · " + Promise.term + " · " + Promise.post)
        .where(Promise.uid == Lead.promise)
        .scalar_subquery()
    )
    own = {
        "handler": _Handler.name,
        "promise": promise,
    }
    columns = [own[name] if name in own else getattr(Lead, name) for name in LeadRow._fields]
    rows = with_people(select(*columns, *more).select_from(Lead), actor)
    return rows.outerjoin(_Handler, Lead.handler_id == _Handler.id)


def with_people(leads: Select[Any], actor: Actor) -> Select[Any]:
    """Joined with whom they are about: those in the departments whose files the actor keeps, and those in
    its hands; never those about itself or a relative."""
    person = IntegrityFile.person_id
    scope = actor.scopes.get(Permission.KEEP_FILES, frozenset())
    kept = true() if scope is None else Lead.department_id.in_(sorted(scope))
    entrusted = and_(kept, or_(person.is_(None), person.not_in(sorted(actor.not_kept))))
    return (
        leads.outerjoin(IntegrityFile, Lead.file_id == IntegrityFile.id)
        .outerjoin(Person, person == Person.id)
        .join(Department, Lead.department_id == Department.id)
        .where(
            or_(entrusted, Lead.handler_id == actor.account_id),
            or_(person.is_(None), others(actor, Person.id)),
        )
    )


def leads_of_file(session: Session, actor: Actor, files: Iterable[int]) -> tuple[LeadRow, ...]:
    """The leads about a person, the newest first; for who was checked to keep the files, read as one."""
    require(actor, Permission.KEEP_FILES)
    order = Lead.received_on.desc(), Lead.id.desc()
    rows = select_leads(actor).where(Lead.file_id.in_(files)).order_by(*order)
    return tuple(typed_lead(LeadRow._make(row)) for row in session.execute(rows))


def lead_view(session: Session, actor: Actor, uid: Uid) -> LeadView:
    """One lead. Raises NotFound, also for one that the actor may not see."""
    require(actor, Permission.READ_FILES)
    kept = select(Complainant.id).where(Complainant.lead_id == Lead.id).exists()
    mine = or_(Lead.registered_by == actor.account_id, Lead.handler_id == actor.account_id)
    more = (Lead.department_id, Person.id, IntegrityFile.chain_id, _Registrar.name, kept, and_(kept, mine))
    rows = select_leads(actor, *WHOSE, *more).join(_Registrar, Lead.registered_by == _Registrar.id)
    found = session.execute(rows.where(Lead.uid == uid)).one_or_none()
    if found is None:
        raise NotFound(tr("There is no such lead here any more. Look at the list again."))
    row, (key, staff_no, name, department, department_id, person_id, chain_id, *rest) = parted(found)
    registrar, held, told = rest
    keeps = actor.may(Permission.KEEP_FILES, department_id) and person_id not in actor.not_kept
    return LeadView(
        key,
        row,
        staff_no or "",
        name or "",
        department,
        _entries(session, key) if keeps else (),
        file_events(session, chain_id or OFFICE_CHAIN, subject=uid),
        keeps,
        registrar,
        bool(held),
        bool(told),
        day_at(moment(session)),
    )


def complainant(session: Session, actor: Actor, uid: Uid) -> ComplainantRow:
    """Who complained in a lead. Raises NotAllowed for all but its registrar and handler, NotFound where
    nobody is kept: it was anonymous, or is destroyed."""
    require(actor, Permission.READ_FILES)
    found = session.execute(
        select(Lead.registered_by, Lead.handler_id, IntegrityFile.person_id, Complainant)
        .outerjoin(IntegrityFile, Lead.file_id == IntegrityFile.id)
        .outerjoin(Complainant, Complainant.lead_id == Lead.id)
        .where(Lead.uid == uid)
    ).one_or_none()
    if found is None or actor.account_id not in (found.registered_by, found.handler_id):
        raise NotAllowed(
            tr("Who complained is shown to who registered the lead and who looks into it alone.")
        )
    if found.person_id:
        require_other(actor, found.person_id)
    kept = found.Complainant
    if kept is None:
        raise NotFound(tr("Nobody is kept with this lead."))
    intact = digest_of(kept.salt, kept.name, kept.contact) == kept.digest
    return ComplainantRow(kept.name, kept.contact, intact)


def digest_of(salt: bytes, name: str, contact: str) -> bytes:
    """What the ledger keeps of a complainant."""
    return sha256(salt + f"{name}\n{contact}".encode()).digest()


def typed_lead(row: LeadRow) -> LeadRow:
    """With enumerations for what the database holds as texts."""
    return row._replace(
        channel=Channel(row.channel),
        commitment=Commitment(row.commitment) if row.commitment else None,
        status=LeadStatus(row.status),
        reply_way=ReplyWay(row.reply_way) if row.reply_way else None,
        clearing_scope=ClearingScope(row.clearing_scope) if row.clearing_scope else None,
    )


def promise_words(session: Session) -> dict[str, str]:
    """Matter, limit and post of each promise, by uid."""
    words = func.trim(Promise.matter + " · " + Promise.term + " · " + Promise.post)
    return dict(session.execute(select(Promise.uid, words)).all())


def parted(found: Any) -> tuple[LeadRow, tuple[Any, ...]]:
    """What ``select_leads`` found: the lead, and the columns after it."""
    width = len(LeadRow._fields)
    return typed_lead(LeadRow._make(found[:width])), tuple(found[width:])


def _entries(session: Session, lead_id: int) -> tuple[EntryFrom, ...]:
    """The entries that a lead became, as they stand now."""
    gone = (EntryStatus.WITHDRAWN, EntryStatus.RETURNED)
    rows = (
        select(Entry.uid, Item.name_zh, Item.name_en, Entry.occurred_on, Entry.document_no)
        .join(Item, Entry.item_id == Item.id)
        .where(Entry.lead_id == lead_id, Entry.status.not_in(gone))
        .order_by(Entry.id)
    )
    return tuple(EntryFrom._make(row) for row in session.execute(rows))
