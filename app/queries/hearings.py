"""Notices, statements and proposed revocations: those of a file, and what waits for somebody."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.permissions import Actor, Permission, require, visible_to
from app.rules.hearing import Hindrance, hindrance
from app.words import tr
from models.accounts import Account
from models.conduct import Entry, Item
from models.database import moment
from models.entry_life import Notice, Revocation, Statement
from models.people import IntegrityFile, Person
from models.types import Day, Delivery, EntryStatus, Moment, RevocationStatus, Uid, day_at, iso


class NoticeRow(NamedTuple):
    """The notice of an entry (告知书)."""

    uid: Uid
    entry: Uid
    number: str
    issued_on: Day
    term: int
    """Working days for the statement."""
    delivered_on: Day | None
    delivery: Delivery | None
    witness: str | None
    last_day: Day | None
    finding: str | None
    """What was made of the statement, once the hearing was concluded."""
    issued_by: str


class StatementRow(NamedTuple):
    """What the person stated beside an entry (本人陈述、申辩)."""

    uid: Uid
    entry: Uid
    text: str
    received_on: Day
    received_by: str
    received_at: Moment


class RevocationRow(NamedTuple):
    """A proposal to revoke an entry, and what came of it."""

    uid: Uid
    entry: Uid
    document_no: str
    decided_on: Day
    reason: str
    status: RevocationStatus
    refusal: str | None
    proposed_by: str
    verified_by: str | None
    proposer: Uid
    """The account, which does not settle it."""


class AroundEntries(NamedTuple):
    """What stands beside the entries of a file, in the order in which it came."""

    notices: tuple[NoticeRow, ...] = ()
    statements: tuple[StatementRow, ...] = ()
    revocations: tuple[RevocationRow, ...] = ()

    def notice(self, entry: Uid) -> NoticeRow | None:
        """The notice of an entry."""
        return next((one for one in self.notices if one.entry == entry), None)

    def stated(self, entry: Uid) -> tuple[StatementRow, ...]:
        """What the person stated beside an entry."""
        return tuple(one for one in self.statements if one.entry == entry)

    def proposal(self, entry: Uid) -> RevocationRow | None:
        """The proposal to revoke an entry that waits for a second person."""
        waits = RevocationStatus.PROPOSED
        return next((one for one in self.revocations if one.entry == entry and one.status is waits), None)

    def why_not_conclude(self, entry: Uid, today: Day) -> str:
        """Why an entry that waits for the statement cannot take effect yet; empty where it can."""
        notice, stated = self.notice(entry), self.stated(entry)
        last = max((one.received_on for one in stated), default=Day(0))
        return _why_not(notice, last, today)


Rows = Select[*tuple[Any, ...]]
Row = TypeVar("Row", bound=tuple[Any, ...])
_Writer, _Verifier = aliased(Account), aliased(Account)


def around_entries(session: Session, files: Sequence[int]) -> AroundEntries:
    """What stands beside the entries of files."""
    notices = _of(Notice).add_columns(
        Notice.number,
        Notice.issued_on,
        Notice.term,
        Notice.delivered_on,
        Notice.delivery,
        Notice.witness,
        Notice.last_day,
        Notice.finding,
        _Writer.name,
    )
    statements = _of(Statement).add_columns(
        Statement.text, Statement.received_on, _Writer.name, Statement.received_at
    )
    revocations = _of(Revocation).add_columns(
        Revocation.document_no,
        Revocation.decided_on,
        Revocation.reason,
        Revocation.status,
        Revocation.refusal,
        _Writer.name,
        _Verifier.name,
        _Writer.uid,
    )

    def rows(asked: Rows, table: Any, make: Callable[..., Row]) -> tuple[Row, ...]:
        found = session.execute(asked.where(table.file_id.in_(files)).order_by(table.id))
        return tuple(make(*row) for row in found)

    return AroundEntries(
        rows(notices.join(_Writer, Notice.issued_by == _Writer.id), Notice, notice_row),
        rows(statements.join(_Writer, Statement.received_by == _Writer.id), Statement, StatementRow),
        rows(
            revocations.join(_Writer, Revocation.proposed_by == _Writer.id).outerjoin(
                _Verifier, Revocation.verified_by == _Verifier.id
            ),
            Revocation,
            revocation_row,
        ),
    )


def _of(table: type[Notice] | type[Statement] | type[Revocation]) -> Rows:
    return select(table.uid, Entry.uid).join(Entry, table.entry_id == Entry.id)


def notice_row(*values: Any) -> NoticeRow:
    """A row with an enumeration for what the database holds as a text."""
    row = NoticeRow._make(values)
    return row._replace(delivery=Delivery(row.delivery) if row.delivery else None)


def revocation_row(*values: Any) -> RevocationRow:
    """A row with an enumeration for what the database holds as a text."""
    row = RevocationRow._make(values)
    return row._replace(status=RevocationStatus(row.status))


def why_not_conclude(session: Session, entry_id: int, today: Day) -> str:
    """Why an entry that waits for the statement cannot take effect yet; empty where it can."""
    notice = session.execute(select(Notice).where(Notice.entry_id == entry_id)).scalar_one_or_none()
    last = select(Statement.received_on).where(Statement.entry_id == entry_id)
    stated = max(session.execute(last).scalars(), default=0)
    return _why_not(notice, Day(stated), today)


def _why_not(notice: Notice | NoticeRow | None, stated_on: Day, today: Day) -> str:
    if notice is None:
        found = hindrance(False, None, None, False, today)
    else:
        delivered_on = Day(notice.delivered_on) if notice.delivered_on else None
        last_day = Day(notice.last_day) if notice.last_day else None
        stated = delivered_on is not None and stated_on >= delivered_on
        found = hindrance(True, delivered_on, last_day, stated, today)
    return _sentence(found, Day(notice.last_day or 0) if notice else Day(0))


def _sentence(found: Hindrance | None, last_day: Day) -> str:
    match found:
        case Hindrance.NO_NOTICE:
            return tr("The person has not been told yet. Print the notice and deliver it first.")
        case Hindrance.NOT_DELIVERED:
            return tr("The delivery of the notice is not recorded yet. Record it first.")
        case Hindrance.TERM_RUNS:
            sentence = tr("The person may state the own view until {date}. Then it can take effect.")
            return sentence.format(date=iso(last_day))
        case None:
            return ""


class Unheard(NamedTuple):
    """An entry that waits for the person's statement."""

    uid: Uid
    staff_no: str
    name: str
    item_zh: str
    item_en: str
    last_day: Day | None
    """Of the term; None until the notice is delivered."""
    recorder: Uid
    """The account that recorded it, which does not conclude the hearing."""
    ready: bool
    """Whether it can take effect: the term is over, or the person stated the own view."""


def unheard(session: Session, actor: Actor) -> list[Unheard]:
    """The entries that wait for the person's statement, the oldest first. Without the own file."""
    require(actor, Permission.READ_FILES)
    today = day_at(moment(session))
    stated = select(Statement.id).where(
        Statement.entry_id == Entry.id, Statement.received_on >= Notice.delivered_on
    )
    ready = and_(Notice.delivered_on.is_not(None), or_(Notice.last_day < today, stated.exists()))
    rows = (
        _entries(actor, Notice.last_day, _Writer.uid, ready)
        .join(_Writer, Entry.recorded_by == _Writer.id)
        .outerjoin(Notice, Notice.entry_id == Entry.id)
        .where(Entry.status == EntryStatus.HEARING)
        .order_by(Entry.id)
    )
    return [Unheard._make((*row[:-1], bool(row[-1]))) for row in session.execute(rows)]


class ProposedRevocation(NamedTuple):
    """An entry that somebody proposed to revoke."""

    uid: Uid
    staff_no: str
    name: str
    item_zh: str
    item_en: str
    document_no: str
    """Of the decision that overturned it."""


def proposed_revocations(session: Session, actor: Actor) -> list[ProposedRevocation]:
    """The proposals that the actor may settle, the oldest first."""
    require(actor, Permission.VERIFY_ENTRIES)
    rows = (
        _entries(actor, Revocation.document_no)
        .join(Revocation, Revocation.entry_id == Entry.id)
        .where(
            Revocation.status == RevocationStatus.PROPOSED,
            Revocation.proposed_by != actor.account_id,
        )
        .order_by(Revocation.id)
    )
    return [ProposedRevocation._make(row) for row in session.execute(rows)]


def _entries(actor: Actor, *columns: Any) -> Rows:
    return (
        select(Entry.uid, Person.staff_no, Person.name, Item.name_zh, Item.name_en, *columns)
        .select_from(Entry)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Item, Entry.item_id == Item.id)
        .where(Person.id != (actor.person_id or 0), visible_to(actor, Entry.department_id))
    )
