"""Tells the person of an entry, takes in the own statement, and concludes the hearing (告知、陈述、申辩)."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import said, take_effect
from app.commands.finding import allow, entry_of, refuse
from app.commands.ledger import writing
from app.errors import Conflict, Invalid, NotAllowed
from app.permissions import Actor, Permission, require
from app.queries.calendars import calendar
from app.queries.hearings import why_not_conclude
from app.rules.hearing import LONGEST, SHORTEST, TERM
from app.rules.validation import Fault, Problem, before, check_value, is_day
from app.words import tr
from models.conduct import Entry, Item
from models.database import moment
from models.entry_life import Notice, Statement
from models.people import IntegrityFile
from models.types import Day, Delivery, EntryStatus, Polarity, Uid, day_at, iso, new_uid

TELLING = frozenset({EntryStatus.HEARING, EntryStatus.EFFECTIVE, EntryStatus.DISPUTED})
"""What the person is told of: what a second person has verified, and what is not taken back."""


class Delivered(NamedTuple):
    """How a notice came to the person."""

    on: Day
    delivery: Delivery
    witness: str = ""
    """Who was there when it was refused or left; else empty."""


def issue_notice(
    session: Session, actor: Actor, uid: Uid, number: str, on: Day, term: int = TERM.days
) -> Changes:
    """Write the notice of the negative entry ``uid``, to be printed and delivered.

    ``term``: working days for the statement. Before it is delivered it can be written anew.
    """
    require(actor, Permission.KEEP_FILES)
    entry, file = _entry(session, actor, uid)
    if session.get_one(Item, entry.item_id).polarity != Polarity.NEGATIVE or entry.status not in TELLING:
        raise Conflict(tr("The person is told of a negative entry that was verified and stands."))
    number = number.strip()
    if not number:
        raise Invalid(tr("Enter the number of the notice."), field="number")
    too_long = check_value("document_no", number)
    refuse([too_long._replace(field="number")] if too_long else [])
    if not SHORTEST <= term <= LONGEST:
        sentence = tr("There are {least} to {most} working days for the statement. Correct the number.")
        raise Invalid(sentence.format(least=SHORTEST, most=LONGEST), field="term")
    _refuse_day(session, "on", on, Day(entry.decided_on or entry.occurred_on))
    row = notice_of(session, entry)
    if row and row.delivered_on:
        sentence = tr("The notice {number} was delivered on {date}. It is not written anew.")
        raise Conflict(sentence.format(number=row.number, date=iso(Day(row.delivered_on))))
    with writing(session, actor, "issue_notice") as ledger:
        if row is None:
            row = Notice(uid=new_uid(), file_id=file.id, entry_id=entry.id)
            session.add(row)
        row.number, row.issued_on, row.term, row.issued_by = number, on, term, actor.account_id
        ledger.add_row(file.chain_id, "notice_issued", "notice", Uid(row.uid))
    return changed(Kind.ENTRIES, uid)


def deliver_notice(session: Session, actor: Actor, uid: Uid, how: Delivered) -> Changes:
    """The notice of the entry ``uid`` came to the person: the term for the statement runs from the next
    working day."""
    require(actor, Permission.KEEP_FILES)
    entry, file = _entry(session, actor, uid)
    row = notice_of(session, entry)
    if row is None:
        raise Conflict(tr("There is no notice of this entry yet. Print it first."))
    if row.delivered_on:
        sentence = tr("The notice was delivered on {date} already. Look at the file again.")
        raise Conflict(sentence.format(date=iso(Day(row.delivered_on))))
    witness = how.witness.strip()
    if how.delivery is not Delivery.SIGNED and not witness:
        raise Invalid(
            tr("Enter who witnessed it: a refused or left notice needs a witness."), field="witness"
        )
    too_long = check_value("authority", witness)
    refuse([too_long._replace(field="witness")] if too_long else [])
    _refuse_day(session, "on", how.on, Day(row.issued_on))
    with writing(session, actor, "deliver_notice") as ledger:
        row.delivered_on, row.delivery, row.witness = how.on, how.delivery, witness or None
        row.last_day = calendar(session).add(how.on, row.term)
        ledger.add_row(file.chain_id, "notice_delivered", "notice", Uid(row.uid))
    return changed(Kind.ENTRIES, uid)


def rebut_entry(session: Session, actor: Actor, uid: Uid, text: str, received_on: Day) -> Changes:
    """The person's own statement (本人陈述、申辩) is put beside the entry ``uid``, in the person's words.

    It changes nothing of the entry, and stands wherever the entry is shown.
    """
    require(actor, Permission.KEEP_FILES)
    entry, file = _entry(session, actor, uid)
    if entry.status in (EntryStatus.SUBMITTED, EntryStatus.RETURNED, EntryStatus.WITHDRAWN):
        raise Conflict(tr("A statement stands beside what was verified. This entry is not, or was given up."))
    if not text.strip():
        raise Invalid(tr("Write down what the person states."), field="text")
    _refuse_day(session, "received_on", received_on, Day(entry.occurred_on))
    with writing(session, actor, "rebut_entry") as ledger:
        row = Statement(
            uid=new_uid(),
            file_id=file.id,
            entry_id=entry.id,
            text=text.strip(),
            received_on=received_on,
            received_by=actor.account_id,
            received_at=ledger.moment,
        )
        session.add(row)
        ledger.add_row(file.chain_id, "statement_received", "statement", Uid(row.uid))
    return changed(Kind.ENTRIES, uid)


def conclude_hearing(session: Session, actor: Actor, uid: Uid, finding: str) -> Changes:
    """The person was heard, or let the term pass: the entry ``uid`` takes effect.

    ``finding``: what was made of the statement, or that there was none. Where the statement is right the
    entry is withdrawn instead. By someone who did not record it.
    """
    require(actor, Permission.VERIFY_ENTRIES)
    entry, file = entry_of(session, uid)
    allow(actor, Permission.VERIFY_ENTRIES, file)
    if entry.status != EntryStatus.HEARING:
        raise Conflict(tr("This entry does not wait for a statement any more. Look at the file again."))
    if entry.recorded_by == actor.account_id:
        raise NotAllowed(tr("You recorded this entry. Someone else has to conclude the hearing."))
    if why_not := why_not_conclude(session, entry.id, day_at(moment(session))):
        raise NotAllowed(why_not)
    finding = said(finding)
    with writing(session, actor, "conclude_hearing") as ledger:
        row = notice_of(session, entry)
        assert row is not None  # nothing is concluded without one
        row.finding = finding
        ledger.add_row(file.chain_id, "notice_concluded", "notice", Uid(row.uid))
        return take_effect(session, ledger, "entry_heard", entry, file)


def notice_of(session: Session, entry: Entry) -> Notice | None:
    """The notice of an entry, where it has one."""
    return session.execute(select(Notice).where(Notice.entry_id == entry.id)).scalar_one_or_none()


def _entry(session: Session, actor: Actor, uid: Uid) -> tuple[Entry, IntegrityFile]:
    entry, file = entry_of(session, uid)
    allow(actor, Permission.KEEP_FILES, file)
    return entry, file


def _refuse_day(session: Session, field: str, value: Day, after: Day) -> None:
    """Refuse what is no day, is still to come, or lies before what it follows."""
    if not is_day(value) or not value % 100:
        refuse([Problem(field, Fault.DATE_NO_DAY, iso(value))])
    if value > day_at(moment(session)):
        raise Invalid(tr("This date is still to come. Correct the date."), field=field)
    if before(value, after):
        sentence = tr("This does not come before {date}. Correct the date.")
        raise Invalid(sentence.format(date=iso(after)), field=field)
