"""Objections (异议): filed against an entry or a grade, taken back, decided with reasons."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import Basis, change_standing, said
from app.commands.evaluations import look_at_later
from app.commands.finding import allow, entry_of, evaluation_of, refuse
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.permissions import Actor, Permission, require
from app.queries.calendars import calendar
from app.queries.objected import DECIDED
from app.queries.objections import last_day_of, told_on
from app.queries.recusal import why_not_decide
from app.rules.objections import DECIDE, LONGEST
from app.rules.validation import Fault, Problem, before, check_value, is_day
from app.words import tr
from models.conduct import Entry
from models.database import moment
from models.evaluations import Evaluation
from models.objections import Objection
from models.people import IntegrityFile
from models.types import (
    Day,
    EntryStatus,
    EvaluationStatus,
    Filing,
    ObjectionStatus,
    Remedy,
    Target,
    Uid,
    day_at,
    iso,
    new_uid,
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on an objection. ``remedy``: what becomes of an entry where it is upheld."""

    upheld: bool
    on: Day
    document_no: str
    reasons: str
    remedy: Remedy = Remedy.REVOKE


def file_objection(
    session: Session,
    actor: Actor,
    kind: Target,
    target: Uid,
    claim: str,
    filed_on: Day | None = None,
    term: int = DECIDE.days,
) -> Changes:
    """The person objects to an entry or a grade, which is marked at once.

    By the own account it is filed today; what came on paper is entered by who keeps the file, with the day on
    which it came. ``term``: working days to decide it in. One against a grade after the last day is
    registered as late, and put to who decides.
    """
    require(actor, Permission.OBJECT)
    row, file = _target(session, kind, target)
    own = actor.person_id == file.person_id
    if not own:
        require(actor, Permission.KEEP_FILES, file.department_id)
    today = day_at(moment(session))
    filed_on = today if own or filed_on is None else filed_on
    _refuse_filing(session, row, claim, filed_on, today, term)
    late = isinstance(row, Evaluation) and filed_on > last_day_of(session, row)
    with writing(session, actor, "file_objection") as ledger:
        objection = Objection(
            uid=new_uid(),
            file_id=file.id,
            department_id=row.department_id,
            kind=kind,
            target=target,
            filed_on=filed_on,
            term=term,
            due_on=calendar(session).add(filed_on, term),
            late=late,
            claim=claim.strip(),
            filing=Filing.SELF if own else Filing.PAPER,
            received_by=actor.account_id,
            received_at=ledger.moment,
            status=ObjectionStatus.OPEN,
            reasons="",
            document_no="",
        )
        session.add(objection)
        changes = _written(ledger, "objection_filed", objection, file)
        if isinstance(row, Entry):
            basis = Basis("", filed_on, claim)
            return changes | change_standing(ledger, "entry_disputed", row, file, EntryStatus.DISPUTED, basis)
        # The grade itself is as it was; that it is disputed stands in its history, and what was decided
        # about it is not taken back from here on.
        ledger.add_row(file.chain_id, "evaluation_disputed", "evaluation", target)
        return changes | changed(Kind.EVALUATIONS, target)


def withdraw_objection(
    session: Session, actor: Actor, uid: Uid, on: Day | None = None, reason: str = ""
) -> Changes:
    """The person takes the objection back. On paper: who keeps the file enters it with day and paper."""
    require(actor, Permission.OBJECT)
    objection, file = _open(session, uid)
    own = actor.person_id == file.person_id
    if not own:
        require(actor, Permission.KEEP_FILES, file.department_id)
        said(reason)
    today = day_at(moment(session))
    on = today if own or on is None else on
    _refuse_day(objection, on, today)
    with writing(session, actor, "withdraw_objection") as ledger:
        objection.status, objection.closed_on = ObjectionStatus.WITHDRAWN, on
        objection.reasons = reason.strip()
        changes = _written(ledger, "objection_withdrawn", objection, file)
        return changes | _undisputed(session, ledger, objection, file)


def decide_objection(session: Session, actor: Actor, uid: Uid, ruling: Ruling) -> Changes:
    """Someone without a hand in it decides, with reasons that the person is told.

    Upheld against an entry, the entry is revoked at once by this decision, be it also to be recorded as it
    should have been; upheld against a grade, the grade does not stand, and is computed and submitted again.
    """
    require(actor, Permission.DECIDE_OBJECTIONS)
    objection, file = _open(session, uid)
    allow(actor, Permission.DECIDE_OBJECTIONS, file)
    if why_not := why_not_decide(session, objection, actor):
        raise NotAllowed(why_not)
    _refuse_ruling(objection, ruling, day_at(moment(session)))
    with writing(session, actor, "decide_objection") as ledger:
        objection.status = ObjectionStatus.UPHELD if ruling.upheld else ObjectionStatus.REJECTED
        objection.closed_on, objection.document_no = ruling.on, ruling.document_no.strip()
        objection.reasons, objection.decided_by = ruling.reasons.strip(), actor.account_id
        if ruling.upheld and objection.kind == Target.ENTRY:
            objection.remedy = ruling.remedy
        changes = _written(ledger, "objection_decided", objection, file)
        if not ruling.upheld:
            return changes | _undisputed(session, ledger, objection, file)
        return changes | _given_way(session, ledger, objection, file)


def _target(session: Session, kind: Target, uid: Uid) -> tuple[Entry | Evaluation, IntegrityFile]:
    return entry_of(session, uid) if kind is Target.ENTRY else evaluation_of(session, uid)


def _open(session: Session, uid: Uid) -> tuple[Objection, IntegrityFile]:
    found = session.execute(
        select(Objection, IntegrityFile)
        .join(IntegrityFile, Objection.file_id == IntegrityFile.id)
        .where(Objection.uid == uid)
    ).one_or_none()
    if found is None:
        raise NotFound(tr("There is no such objection here any more. Look at the list again."))
    if found[0].status != ObjectionStatus.OPEN:
        raise Conflict(tr("This objection was decided or taken back meanwhile. Look at it again."))
    return found[0], found[1]


def _refuse_filing(
    session: Session, row: Entry | Evaluation, claim: str, filed_on: Day, today: Day, term: int
) -> None:
    _refuse_target(session, row)
    if not claim.strip():
        raise Invalid(tr("Say what the person objects to, and why."), field="claim")
    if not 1 <= term <= LONGEST.days:
        sentence = tr("An objection is decided in 1 to {most} working days. Correct the number.")
        raise Invalid(sentence.format(most=LONGEST.days), field="term")
    _refuse_not_a_date("filed_on", filed_on, today)
    began = Day(row.decided_on or row.occurred_on) if isinstance(row, Entry) else told_on(session, row.id)
    if began and before(filed_on, began):
        sentence = tr("An objection does not come before what it is against ({date}). Correct the date.")
        raise Invalid(sentence.format(date=iso(began)), field="filed_on")


def _refuse_target(session: Session, row: Entry | Evaluation) -> None:
    """What is in force, or decided, and not objected to already."""
    runs = select(Objection.id).where(Objection.target == row.uid, Objection.status == ObjectionStatus.OPEN)
    if session.execute(runs.limit(1)).first():
        raise Conflict(tr("An objection to this runs already. It is decided first."))
    if isinstance(row, Entry) and row.status != EntryStatus.EFFECTIVE:
        raise Conflict(tr("Only an entry in force is objected to. Look at the file again."))
    if isinstance(row, Evaluation) and row.status not in DECIDED:
        raise Conflict(tr("Only a grade that was decided is objected to. Look at the file again."))


def _refuse_not_a_date(field: str, value: Day, today: Day) -> None:
    if not is_day(value) or not value % 100:
        refuse([Problem(field, Fault.DATE_NO_DAY, iso(value))])
    if value > today:
        raise Invalid(tr("This date is still to come. Correct the date."), field=field)


def _refuse_day(objection: Objection, on: Day, today: Day) -> None:
    _refuse_not_a_date("on", on, today)
    if on < objection.filed_on:
        sentence = tr("The objection came only on {date}. Correct the date.")
        raise Invalid(sentence.format(date=iso(Day(objection.filed_on))), field="on")


def _refuse_ruling(objection: Objection, ruling: Ruling, today: Day) -> None:
    _refuse_day(objection, ruling.on, today)
    if not ruling.document_no.strip():
        raise Invalid(tr("Enter the number of the decision, which the person is told."), field="document_no")
    if too_long := check_value("document_no", ruling.document_no.strip()):
        refuse([too_long])
    if not ruling.reasons.strip():
        raise Invalid(tr("Give the reasons: the person is told them."), field="reasons")


def _written(ledger: Ledger, kind: str, objection: Objection, file: IntegrityFile) -> Changes:
    uid = Uid(objection.uid)
    ledger.add_row(file.chain_id, kind, "objection", uid)
    return changed(Kind.OBJECTIONS, uid)


def _undisputed(session: Session, ledger: Ledger, objection: Objection, file: IntegrityFile) -> Changes:
    """The entry stands as it did, unless something else changed it meanwhile."""
    if objection.kind != Target.ENTRY:
        target = Uid(objection.target)
        ledger.add_row(file.chain_id, "evaluation_undisputed", "evaluation", target)
        return changed(Kind.EVALUATIONS, target)
    entry, _ = entry_of(session, Uid(objection.target))
    if entry.status != EntryStatus.DISPUTED:
        return _noted(ledger, entry, file)
    return change_standing(ledger, "entry_undisputed", entry, file, EntryStatus.EFFECTIVE, None)


def _noted(ledger: Ledger, entry: Entry, file: IntegrityFile) -> Changes:
    """Something else took the entry out of force meanwhile; from here on that is not taken back."""
    ledger.add_row(file.chain_id, "entry_undisputed", "entry", Uid(entry.uid))
    return changed(Kind.ENTRIES, Uid(entry.uid))


def _given_way(session: Session, ledger: Ledger, objection: Objection, file: IntegrityFile) -> Changes:
    """What was objected to does not stand any more, unless that is so already."""
    target = Uid(objection.target)
    if objection.kind == Target.ENTRY:
        entry, _ = entry_of(session, target)
        if entry.status != EntryStatus.DISPUTED:
            return _noted(ledger, entry, file)
        basis = Basis(objection.document_no, Day(objection.closed_on or 0), objection.reasons)
        return change_standing(ledger, "entry_revoked", entry, file, EntryStatus.REVOKED, basis)
    row, _ = evaluation_of(session, target)
    if row.status != EvaluationStatus.SUPERSEDED:
        row.status = EvaluationStatus.SUPERSEDED
        look_at_later(session, [file.id], Day(row.period_end))
        ledger.add_row(file.chain_id, "evaluation_superseded", "evaluation", target)
    return changed(Kind.EVALUATIONS, target)
