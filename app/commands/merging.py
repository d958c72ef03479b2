"""A person who was entered twice: two files are read as one, and can be split again.

Nothing goes from one chain to the other, since a record proves itself in the chain in which it was written.
The second file points to the main one, and a ``merger`` in the chain of the main one names the second.
Whoever reads the main file reads both, and what is new goes into the main one.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.commands.basis import checked
from app.commands.changes import Changes, Kind
from app.commands.conduct import Basis, said
from app.commands.finding import content_changed, file_of
from app.commands.ledger import Ledger, writing
from app.commands.moving import move
from app.errors import Conflict, Invalid, NotFound
from app.permissions import Actor, Permission, require, require_other
from app.words import tr
from models.accounts import Account
from models.conduct import EntryDraft
from models.evaluations import Evaluation
from models.people import IdNumber, IntegrityFile, Merger, Person
from models.types import EvaluationStatus, Uid, new_uid

_CHANGED = Changes(frozenset({Kind.PEOPLE, Kind.ENTRIES, Kind.LEADS, Kind.EVALUATIONS}))


def merge_files(session: Session, actor: Actor, staff_no: str, other_no: str, basis: Basis) -> Changes:
    """Read the file of ``other_no`` with that of ``staff_no``, because both are about one person.

    The grades of the second file end; those of the main one are stale, as more entries bear on them now.
    """
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    other, twin = _second(session, actor, other_no)
    _refuse(session, file, other)
    basis = checked(session, basis)
    reason = said(basis.reason)
    with writing(session, actor, "merge_files") as ledger:
        ledger.follow([file.chain_id, other.chain_id])
        if other.department_id != file.department_id:
            twin.department_id = file.department_id
            move(session, ledger, other, file.department_id)
        _end_grades(session, ledger, other)
        row = Merger(uid=new_uid(), file_id=file.id, other_id=other.id, merged_on=basis.on, reason=reason)
        row.document_no = basis.document_no
        session.add(row)
        other.merged_into = file.uid
        _note(other, basis)
        _take_drafts(session, file, other)
        ledger.add_row(file.chain_id, "merger_made", "merger", Uid(row.uid))
        ledger.add_row(other.chain_id, "file_merged", "file", Uid(twin.uid))
        content_changed(session, other)
        return _CHANGED | Changes(uids=(Uid(person.uid), Uid(twin.uid)))


def split_files(session: Session, actor: Actor, staff_no: str, other_no: str, basis: Basis) -> Changes:
    """They are two people after all: the second file stands alone again, with what was ever recorded in it.

    What was recorded in the main file meanwhile stays there; revoke and record it anew where it is about the
    other person.
    """
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    other, twin = _found(session, other_no)
    if other.merged_into != file.uid:
        sentence = tr("The file of {staff_no} is not merged into this one.")
        raise NotFound(sentence.format(staff_no=other_no), field="other")
    open_ones = select(Merger).where(
        Merger.file_id == file.id, Merger.other_id == other.id, Merger.split_on.is_(None)
    )
    row = session.execute(open_ones).scalar_one()
    basis = checked(session, basis)
    reason = said(basis.reason)
    with writing(session, actor, "split_files") as ledger:
        ledger.follow([file.chain_id, other.chain_id])
        content_changed(session, other)
        row.split_on, row.split_document, row.split_reason = basis.on, basis.document_no, reason
        other.merged_into = None
        _note(other, basis)
        ledger.add_row(file.chain_id, "merger_ended", "merger", Uid(row.uid))
        ledger.add_row(other.chain_id, "file_split", "file", Uid(twin.uid))
        return _CHANGED | Changes(uids=(Uid(person.uid), Uid(twin.uid)))


def _note(file: IntegrityFile, basis: Basis) -> None:
    file.changed_on, file.changed_document = basis.on, basis.document_no
    file.changed_reason = basis.reason.strip()


def _found(session: Session, staff_no: str) -> tuple[IntegrityFile, Person]:
    found = session.execute(
        select(IntegrityFile, Person)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(Person.staff_no == staff_no.strip())
    ).one_or_none()
    if found is None:
        sentence = tr("Nobody has the staff number {staff_no}. Check the number.")
        raise NotFound(sentence.format(staff_no=staff_no), field="other")
    return found[0], found[1]


def _second(session: Session, actor: Actor, staff_no: str) -> tuple[IntegrityFile, Person]:
    other, twin = _found(session, staff_no)
    require(actor, Permission.KEEP_FILES, other.department_id)
    require_other(actor, twin.id)
    return other, twin


def _refuse(session: Session, file: IntegrityFile, other: IntegrityFile) -> None:
    if other.id == file.id or other.merged_into == file.uid:
        raise Invalid(tr("These are one file already. Give the staff number of the other."), field="other")
    below = select(IntegrityFile.id).where(IntegrityFile.merged_into == other.uid)
    if other.merged_into or session.execute(below).first():
        raise Conflict(tr("The other file is merged with a third one. Split those first."), field="other")
    if file.sent_to or other.sent_to:
        raise Conflict(tr("A file that was sent to another office is an archive and cannot be merged."))
    numbers = select(IdNumber.number).where(IdNumber.person_id.in_((file.person_id, other.person_id)))
    if len(session.execute(numbers).all()) > 1:
        raise Conflict(
            tr("Their ID numbers differ, so these are two people. Correct the number first if it is wrong."),
            field="other",
        )
    holder = select(Account.login).where(Account.person_id == other.person_id)
    if login := session.execute(holder).scalar_one_or_none():
        sentence = tr(
            "The account {login} belongs to the other staff number. Have it linked to the main one."
        )
        raise Conflict(sentence.format(login=login), field="other")


def _take_drafts(session: Session, file: IntegrityFile, other: IntegrityFile) -> None:
    """What was begun for the second file is continued in the main one; where its author began one there too,
    it waits for a split."""
    begun = select(EntryDraft.account_id).where(EntryDraft.file_id == file.id)
    session.execute(
        update(EntryDraft)
        .where(EntryDraft.file_id == other.id, EntryDraft.account_id.not_in(begun))
        .values(file_id=file.id),
        execution_options={"synchronize_session": False},
    )


def _end_grades(session: Session, ledger: Ledger, other: IntegrityFile) -> None:
    """Half a person's grades say nothing: the main file is graded with all entries."""
    rows = select(Evaluation).where(
        Evaluation.file_id == other.id, Evaluation.status != EvaluationStatus.SUPERSEDED
    )
    for row in session.execute(rows).scalars():
        row.status = EvaluationStatus.SUPERSEDED
        ledger.add_row(other.chain_id, "evaluation_superseded", "evaluation", Uid(row.uid))
