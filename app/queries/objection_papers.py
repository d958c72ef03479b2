"""The papers of an objection: the blank application, the receipt, the decision."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendars import provisional
from app.errors import Conflict, NotFound
from app.labels import label
from app.permissions import Actor, Permission, require
from app.queries.calendars import calendar
from app.queries.files import FileHead, file_head
from app.queries.heads import newest_seal
from app.queries.objections import Challenge, ObjectionRow, challenges, objections_of
from app.reports.objection_content import ObjectionPaper, Paper
from app.words import tr as in_use
from app.words import translator
from models.conduct import Entry
from models.database import moment
from models.people import Office
from models.types import ObjectionStatus, Remedy, Target, Uid, day_at


def application(session: Session, actor: Actor, staff_no: str, target: Uid, language: str) -> ObjectionPaper:
    """A blank 异议申请书 with the person, what it is against and the last day filled in."""
    require(actor, Permission.PRINT)
    head = file_head(session, actor, staff_no)
    found = next((one for one in challenges(session, actor, head.file_id) if one.target == target), None)
    if found is None:
        raise NotFound(in_use("This cannot be objected to now. Look at the file again."))
    paper = _begun(session, actor, head, Paper.APPLICATION, language)
    last = max(found.last_day or paper.printed_on, paper.printed_on)
    return replace(
        paper,
        target=_named(session, found, language),
        of_grade=found.kind is Target.EVALUATION,
        last_day=found.last_day,
        provisional=provisional(calendar(session), paper.printed_on, last, translator(language)),
    )


def receipt(session: Session, actor: Actor, staff_no: str, objection: Uid, language: str) -> ObjectionPaper:
    """The 收件回执: what came when, and by when it is decided."""
    require(actor, Permission.PRINT)
    head = file_head(session, actor, staff_no)
    row = _objection(session, actor, head, objection)
    paper = _begun(session, actor, head, Paper.RECEIPT, language)
    said = provisional(calendar(session), row.filed_on, row.due_on, translator(language))
    return replace(_filled(session, paper, row, language), provisional=said)


def decision(session: Session, actor: Actor, staff_no: str, objection: Uid, language: str) -> ObjectionPaper:
    """The 异议处理决定告知书. Raises Conflict while there is no decision."""
    require(actor, Permission.PRINT)
    head = file_head(session, actor, staff_no)
    row = _objection(session, actor, head, objection)
    if row.status not in (ObjectionStatus.UPHELD, ObjectionStatus.REJECTED):
        raise Conflict(in_use("There is no decision on this objection. Print it once it is decided."))
    paper = _begun(session, actor, head, Paper.DECISION, language)
    return replace(
        _filled(session, paper, row, language),
        upheld=row.status is ObjectionStatus.UPHELD,
        outcome=_outcome(row, language),
        decided_on=row.closed_on,
        document_no=row.document_no,
        reasons=row.reasons,
    )


def _begun(session: Session, actor: Actor, head: FileHead, paper: Paper, language: str) -> ObjectionPaper:
    require(actor, Permission.PRINT, head.department_id)
    office = session.execute(select(Office.name, Office.name_en)).one()
    seal = newest_seal(session, actor)
    return ObjectionPaper(
        paper=paper,
        office=office.name if language.startswith("zh") or not office.name_en else office.name_en,
        printed_on=day_at(moment(session)),
        name=head.name,
        staff_no=head.staff_no,
        file_no=head.number,
        department=head.department,
        post=head.post or head.rank,
        target="",
        of_grade=False,
        chain_seq=head.chain_seq,
        chain_hash=head.chain_hash.hex(),
        seal_root=seal.root.hex() if seal else "",
        sealed_on=day_at(seal.moment) if seal else None,
    )


def _objection(session: Session, actor: Actor, head: FileHead, uid: Uid) -> ObjectionRow:
    found = next((one for one in objections_of(session, actor, head.files) if one.uid == uid), None)
    if found is None:
        raise NotFound(in_use("There is no such objection here any more. Look at the list again."))
    return found


def _filled(session: Session, paper: ObjectionPaper, row: ObjectionRow, language: str) -> ObjectionPaper:
    return replace(
        paper,
        target=_named(session, row, language),
        of_grade=row.kind is Target.EVALUATION,
        filed_on=row.filed_on,
        due_on=row.due_on,
        term=row.term,
        late=row.late,
        claim=row.claim,
        received_by=row.received_by,
    )


def _named(session: Session, one: Challenge | ObjectionRow, language: str) -> str:
    """An entry with the document it rests on; a grade with its period."""
    name = one.name(language) if isinstance(one, Challenge) else one.target_name(language)
    tr = translator(language)
    if one.kind is Target.EVALUATION:
        return tr("grade {grade}").format(grade=name)
    found = session.execute(select(Entry.authority, Entry.document_no).where(Entry.uid == one.target)).one()
    return tr("entry {entry}").format(entry=" ".join(filter(None, (name, *found))))


def _outcome(row: ObjectionRow, language: str) -> str:
    tr = translator(language)
    if row.status is ObjectionStatus.REJECTED:
        return (
            tr("The grade stands as it was decided.")
            if row.kind is Target.EVALUATION
            else tr("The entry stands as it is recorded.")
        )
    if row.kind is Target.EVALUATION:
        return tr("The grade does not stand any more. It is computed and decided anew.")
    return tr("{remedy}. Grades that rest on it are computed anew.").format(
        remedy=label(row.remedy or Remedy.REVOKE, tr)
    )
