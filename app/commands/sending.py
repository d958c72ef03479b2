"""A file goes to another office: here it closes and stays as an archive.

``app.queries.bundles.write_bundle`` makes the bundle of it afterwards, as often as one is lost.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.basis import checked
from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import Basis
from app.commands.finding import file_of
from app.commands.ledger import Ledger, writing
from app.commands.service import close
from app.errors import Conflict, Invalid
from app.permissions import Actor, Permission, require
from app.rules.validation import LINE
from app.words import ntr, tr
from models.conduct import Lead
from models.evaluations import Evaluation
from models.images import OFFICE_CHAIN
from models.people import IntegrityFile, SigningKey
from models.types import Day, EvaluationStatus, LeadStatus, Leaving, Uid, new_uid

UNDECIDED = (EvaluationStatus.SUBMITTED, EvaluationStatus.RETURNED)


def send_file(session: Session, actor: Actor, staff_no: str, to: str, basis: Basis) -> Changes:
    """Close a file because it goes to the office ``to``, and make the office's key where there is none yet.

    Grades that nobody decided end: the other office proposes by its own standard. Leads have to be closed
    before (有报必查: who got the report answers it), so that nothing is added to the chain here afterwards.
    """
    require(actor, Permission.KEEP_FILES)
    file, person = file_of(session, actor, Permission.KEEP_FILES, staff_no)
    to = to.strip()
    if not 0 < len(to) <= LINE:
        raise Invalid(tr("Name the office that the file goes to, in at most 200 characters."), field="to")
    _refuse(session, file, person.leaving)
    since = file.closed_on or person.joined_on
    basis = checked(session, basis, Day(since) if since else None)
    with writing(session, actor, "send_file") as ledger:
        _make_key(session, ledger)
        _end_undecided(session, ledger, file)
        if not file.closed_on:
            close(ledger, file, person, Leaving.TRANSFERRED, basis)
        file.sent_to, file.changed_on, file.changed_document = to, basis.on, basis.document_no
        ledger.add_row(file.chain_id, "file_sent", "file", Uid(person.uid))
        return changed(Kind.PEOPLE, Uid(person.uid)) | changed(Kind.EVALUATIONS)


def _refuse(session: Session, file: IntegrityFile, leaving: str | None) -> None:
    if file.closed_on and leaving != Leaving.TRANSFERRED:
        raise Conflict(tr("This file was closed for another reason. Reopen it first if the person goes on."))
    waiting = select(Lead.id).where(Lead.file_id == file.id, Lead.status == LeadStatus.OPEN)
    if leads := len(session.execute(waiting).all()):
        sentence = ntr(
            "{n} lead about this person is in hand. Close it or hand it over first: it stays here.",
            "{n} leads about this person are in hand. Close them or hand them over first: they stay here.",
            leads,
        )
        raise Conflict(sentence.format(n=leads))
    seconds = select(IntegrityFile.id).where(IntegrityFile.merged_into == file.uid)
    if session.execute(seconds).first():
        raise Conflict(
            tr("A second file is merged into this one, and a bundle holds one. Split them, then send each.")
        )


def _make_key(session: Session, ledger: Ledger) -> None:
    if session.execute(select(SigningKey.id)).first():
        return
    key = Ed25519PrivateKey.generate()
    row = SigningKey(
        uid=new_uid(),
        private=key.private_bytes_raw(),
        public=key.public_key().public_bytes_raw(),
        made_at=ledger.moment,
    )
    session.add(row)
    ledger.add_row(OFFICE_CHAIN, "key_made", "key", Uid(row.uid))


def _end_undecided(session: Session, ledger: Ledger, file: IntegrityFile) -> None:
    rows = select(Evaluation).where(Evaluation.file_id == file.id, Evaluation.status.in_(UNDECIDED))
    for row in session.execute(rows).scalars():
        row.status = EvaluationStatus.SUPERSEDED
        ledger.add_row(file.chain_id, "evaluation_superseded", "evaluation", Uid(row.uid))
