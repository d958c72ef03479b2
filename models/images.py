"""What of each record enters the ledger: its image is the row that the select below returns.

References are given by uid or code, never by the keys inside one database. The same selects serve
the writing of events and, row by row, the verification that nobody changed a record since.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Boolean, ColumnElement, LargeBinary, Row, Select, case, func, literal, select
from sqlalchemy.orm import Session, aliased

from models.accounts import Account, AccountRole
from models.bulk import stream
from models.calendars import CalendarRow
from models.conduct import Entry, Evidence, ImportBatch, Item, Lead
from models.entry_life import Notice, Revocation, Statement
from models.evaluations import Approval, Evaluation
from models.leads import Complainant, Handover, Promise
from models.ledger import Image, Seal, canonical
from models.measurements import Measurement
from models.objections import Objection
from models.people import Department, IntegrityFile, Merger, Office, Person, PersonState, SigningKey
from models.reading import Reading
from models.recusal import Relative, SecondKeeper
from models.retention import Erasure, RetentionRule
from models.schemes import AccountabilityRow, SchemeRow, SupplementRow
from models.types import Uid

OFFICE_CHAIN = 1
"""Key of the chain for everything that belongs to no single file."""

_Parent = aliased(Department)
_Handler = aliased(Account)
_Writer = aliased(Account)
_Verifier = aliased(Account)
_Earlier = aliased(Entry)
_Other = aliased(IntegrityFile)
_office = literal(OFFICE_CHAIN).label("chain_id")


def _file(*columns: Any) -> Select[*tuple[Any, ...]]:
    return select(IntegrityFile.chain_id, *columns)


def _of_entry(
    table: type[Notice] | type[Statement] | type[Revocation], *columns: Any
) -> Select[*tuple[Any, ...]]:
    rows = _file(table.uid, Entry.uid.label("entry"), *columns).join(table, table.file_id == IntegrityFile.id)
    return rows.join(Entry, table.entry_id == Entry.id)


IMAGES: Mapping[str, Select[*tuple[Any, ...]]] = MappingProxyType(
    {
        "office": select(_office, Office.uid, Office.name, Office.name_en, Office.stopped_on),
        "department": select(
            _office,
            Department.uid,
            Department.name,
            Department.position,
            _Parent.uid.label("parent"),
            Department.changed_on,
            Department.changed_document,
            Department.dissolved_on,
            Department.merged_into,
        ).outerjoin(_Parent, Department.parent_id == _Parent.id),
        "item": select(
            _office, Item.uid, Item.code, Item.polarity, Item.category, Item.name_zh, Item.name_en, Item.keys
        ),
        "scheme": select(
            _office,
            SchemeRow.uid,
            SchemeRow.code,
            SchemeRow.edition,
            SchemeRow.adopted_by,
            SchemeRow.valid_from,
            SchemeRow.title_zh,
            SchemeRow.title_en,
            SchemeRow.text,
            SchemeRow.digest,
            SchemeRow.of_office,
        ),
        "supplement": select(
            _office,
            SupplementRow.uid,
            SupplementRow.code,
            SupplementRow.edition,
            Department.uid.label("department"),
            SupplementRow.adopted_by,
            SupplementRow.valid_from,
            SupplementRow.text,
            SupplementRow.digest,
        ).join(Department, SupplementRow.department_id == Department.id),
        "accountability": select(
            _office,
            AccountabilityRow.uid,
            AccountabilityRow.code,
            AccountabilityRow.edition,
            AccountabilityRow.adopted_by,
            AccountabilityRow.valid_from,
            AccountabilityRow.title_zh,
            AccountabilityRow.title_en,
            AccountabilityRow.text,
            AccountabilityRow.digest,
        ),
        "retention": select(
            _office,
            RetentionRule.uid,
            RetentionRule.months,
            RetentionRule.document_no,
            _Writer.uid.label("set_by"),
        ).join(_Writer, RetentionRule.set_by == _Writer.id),
        "calendar": select(
            _office,
            CalendarRow.uid,
            CalendarRow.year,
            CalendarRow.notice,
            CalendarRow.dated,
            CalendarRow.text,
        ),
        "promise": select(
            _office,
            Promise.uid,
            Promise.matter,
            Promise.term,
            Promise.post,
            Promise.published_on,
            Promise.ended_on,
        ),
        "complainant": select(_office, Complainant.uid, Lead.uid.label("lead"), Complainant.digest).join(
            Lead, Complainant.lead_id == Lead.id
        ),
        "handover": select(
            _office,
            Handover.uid,
            Handover.handed_on,
            Handover.body,
            Handover.letter_no,
            _Writer.uid.label("registered_by"),
        ).join(_Writer, Handover.registered_by == _Writer.id),
        "key": select(_office, SigningKey.uid, SigningKey.public),
        "seal": select(_office, Seal.uid, Seal.moment, Seal.chains, Seal.root),
        "account": select(
            _office, Account.uid, Account.login, Account.name, Account.active, Person.uid.label("person")
        ).outerjoin(Person, Account.person_id == Person.id),
        "role": select(
            _office,
            AccountRole.uid,
            AccountRole.role,
            Account.uid.label("account"),
            Department.uid.label("department"),
        )
        .join(Account, AccountRole.account_id == Account.id)
        .outerjoin(Department, AccountRole.department_id == Department.id),
        "relative": select(
            _office,
            Relative.uid,
            Account.uid.label("account"),
            Person.uid.label("person"),
            Relative.relation,
            Relative.ended,
        )
        .join(Account, Relative.account_id == Account.id)
        .join(Person, Relative.person_id == Person.id),
        "keeper": _file(SecondKeeper.uid, Account.uid.label("account"))
        .join(SecondKeeper, SecondKeeper.file_id == IntegrityFile.id)
        .join(Account, SecondKeeper.account_id == Account.id),
        "reading": select(
            Reading.chain_id,
            Reading.uid,
            Reading.how,
            Reading.purpose,
            Reading.document_no,
            Account.uid.label("account"),
            Reading.read_at,
        ).join(Account, Reading.account_id == Account.id),
        "batch": select(
            _office,
            ImportBatch.uid,
            ImportBatch.kind,
            ImportBatch.source,
            ImportBatch.file_name,
            ImportBatch.file_digest,
            ImportBatch.mapping,
            ImportBatch.counts,
            _Writer.uid.label("imported_by"),
            _Verifier.uid.label("verified_by"),
            ImportBatch.verified_at,
        )
        .join(_Writer, ImportBatch.imported_by == _Writer.id)
        .outerjoin(_Verifier, ImportBatch.verified_by == _Verifier.id),
        "file": _file(
            Person.uid,
            IntegrityFile.uid.label("file"),
            IntegrityFile.number,
            IntegrityFile.opened_on,
            IntegrityFile.closed_on,
            Person.staff_no,
            Person.name,
            Department.uid.label("department"),
            Person.post,
            Person.rank,
            Person.joined_on,
            Person.left_on,
            Person.leaving,
            IntegrityFile.changed_on,
            IntegrityFile.changed_document,
            IntegrityFile.changed_reason,
            IntegrityFile.sent_to,
            IntegrityFile.received_from,
            IntegrityFile.merged_into,
        )
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, Person.department_id == Department.id),
        "state": _file(
            PersonState.uid,
            PersonState.state,
            PersonState.since,
            PersonState.until,
            PersonState.document_no,
            PersonState.until_document,
        ).join(PersonState, PersonState.person_id == IntegrityFile.person_id),
        "merger": _file(
            Merger.uid,
            _Other.uid.label("other"),
            Merger.merged_on,
            Merger.document_no,
            Merger.reason,
            Merger.split_on,
            Merger.split_document,
            Merger.split_reason,
        )
        .join(Merger, Merger.file_id == IntegrityFile.id)
        .join(_Other, Merger.other_id == _Other.id),
        "lead": select(
            func.coalesce(IntegrityFile.chain_id, OFFICE_CHAIN).label("chain_id"),
            Lead.uid,
            Lead.channel,
            Lead.order_no,
            Lead.received_on,
            Lead.occurred_on,
            Lead.due_on,
            Lead.matter,
            Lead.commitment,
            Lead.status,
            Lead.closed_on,
            Lead.outcome,
            _Handler.uid.label("handler"),
            # That of a lead about a person is told by the file, which moves.
            case((Lead.file_id.is_(None), Department.uid)).label("department"),
            Lead.hearing,
            Lead.promise,
            Lead.continues,
            Lead.reason,
            Lead.handed_to,
            Lead.letter_no,
            Lead.remedy,
            Lead.remedy_by,
            Lead.checked_on,
            Lead.checked_by,
            Lead.check_note,
            Lead.remedied,
            Lead.reply_by,
            Lead.replied_on,
            Lead.reply_way,
            Lead.cleared_on,
            Lead.cleared_by,
            Lead.clearing_scope,
            Lead.agreed_on,
        )
        .outerjoin(IntegrityFile, Lead.file_id == IntegrityFile.id)
        .join(Department, Lead.department_id == Department.id)
        .outerjoin(_Handler, Lead.handler_id == _Handler.id),
        "entry": _file(
            Entry.uid,
            Entry.act,
            Item.code.label("item"),
            Entry.status,
            Entry.occurred_on,
            Entry.decided_on,
            Entry.ended_on,
            Entry.authority,
            Entry.level,
            Entry.document_no,
            Entry.facts,
            Entry.channel,
            Entry.commitment,
            Entry.quantity,
            Entry.given_points,
            Entry.given_reason,
            Entry.capacity,
            Entry.authors,
            Entry.corrected_on,
            Entry.corrected_document,
            Entry.corrected_reason,
            Entry.lifted_on,
            Entry.lifted_document,
            Entry.supersedes_reason,
            Entry.status_document,
            Entry.status_on,
            Entry.status_reason,
            Lead.uid.label("lead"),
            _Earlier.uid.label("supersedes"),
            _Writer.uid.label("recorded_by"),
            _Verifier.uid.label("verified_by"),
        )
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Item, Entry.item_id == Item.id)
        .join(_Writer, Entry.recorded_by == _Writer.id)
        .outerjoin(Lead, Entry.lead_id == Lead.id)
        .outerjoin(_Earlier, Entry.supersedes_id == _Earlier.id)
        .outerjoin(_Verifier, Entry.verified_by == _Verifier.id),
        "evidence": _file(
            Evidence.uid,
            Entry.uid.label("entry"),
            Evidence.title,
            Evidence.digest,
            Evidence.size,
            Evidence.place,
            Evidence.seen_by,
            Evidence.seen_on,
        )
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .join(Evidence, Evidence.entry_id == Entry.id),
        "notice": _of_entry(
            Notice,
            Notice.number,
            Notice.issued_on,
            Notice.term,
            Notice.delivered_on,
            Notice.delivery,
            Notice.witness,
            Notice.last_day,
            Notice.finding,
            _Writer.uid.label("issued_by"),
        ).join(_Writer, Notice.issued_by == _Writer.id),
        "statement": _of_entry(
            Statement,
            Statement.text,
            Statement.received_on,
            _Writer.uid.label("received_by"),
        ).join(_Writer, Statement.received_by == _Writer.id),
        "revocation": _of_entry(
            Revocation,
            Revocation.document_no,
            Revocation.decided_on,
            Revocation.reason,
            Revocation.status,
            Revocation.refusal,
            _Writer.uid.label("proposed_by"),
            _Verifier.uid.label("verified_by"),
        )
        .join(_Writer, Revocation.proposed_by == _Writer.id)
        .outerjoin(_Verifier, Revocation.verified_by == _Verifier.id),
        "evaluation": _file(
            Evaluation.uid,
            Evaluation.period_start,
            Evaluation.period_end,
            Evaluation.period_label,
            SchemeRow.uid.label("scheme"),
            Evaluation.status,
            Evaluation.grade,
            Evaluation.score,
            Evaluation.trace,
            Evaluation.inputs_digest,
            _Writer.uid.label("submitted_by"),
            Evaluation.erased_by,
        )
        .join(Evaluation, Evaluation.file_id == IntegrityFile.id)
        .join(SchemeRow, Evaluation.scheme_id == SchemeRow.id)
        .join(_Writer, Evaluation.submitted_by == _Writer.id),
        "erasure": _file(
            Erasure.uid,
            Erasure.entry,
            Erasure.document_no,
            Erasure.ordered_on,
            Erasure.authority,
            Erasure.reason,
            Erasure.status,
            _Writer.uid.label("registered_by"),
            _Verifier.uid.label("decided_by"),
        )
        .join(Erasure, Erasure.file_id == IntegrityFile.id)
        .join(_Writer, Erasure.registered_by == _Writer.id)
        .outerjoin(_Verifier, Erasure.decided_by == _Verifier.id),
        "objection": _file(
            Objection.uid,
            Objection.kind,
            Objection.target,
            Objection.filed_on,
            Objection.term,
            Objection.due_on,
            Objection.late,
            Objection.claim,
            Objection.filing,
            _Writer.uid.label("received_by"),
            Objection.received_at,
            Objection.status,
            Objection.closed_on,
            Objection.reasons,
            Objection.document_no,
            Objection.remedy,
            _Verifier.uid.label("decided_by"),
        )
        .join(Objection, Objection.file_id == IntegrityFile.id)
        .join(_Writer, Objection.received_by == _Writer.id)
        .outerjoin(_Verifier, Objection.decided_by == _Verifier.id),
        "measurement": _file(
            Measurement.uid,
            Measurement.input,
            Measurement.period_start,
            Measurement.period_end,
            Measurement.value,
            Measurement.document_no,
            _Writer.uid.label("recorded_by"),
        )
        .join(Measurement, Measurement.file_id == IntegrityFile.id)
        .join(_Writer, Measurement.recorded_by == _Writer.id),
        "approval": _file(
            Approval.uid,
            Evaluation.uid.label("evaluation"),
            Approval.step,
            Approval.decision,
            Approval.reason,
            Approval.account_name,
            Approval.decided_at,
            Approval.method,
            Approval.inputs_digest,
        )
        .join(Evaluation, Evaluation.file_id == IntegrityFile.id)
        .join(Approval, Approval.evaluation_id == Evaluation.id),
    }
)


def image(row: Row[Any]) -> Image:
    """The image of a row of one of the selects: what is known of it, bytes in hexadecimal."""
    return {
        name: value.hex() if isinstance(value, bytes) else value
        for name, value in row._mapping.items()
        if value is not None and name not in ("chain_id", "uid")
    }


def image_of(session: Session, record: str, uid: Uid) -> Image:
    """The image of one record as it now stands."""
    rows = IMAGES[record]
    return image(session.execute(rows.where(rows.selected_columns["uid"] == uid)).one())


def all_images(
    session: Session, record: str, which: ColumnElement[bool] | None = None
) -> Iterator[tuple[int, Uid, Image]]:
    """(chain, uid, image) of every record of a kind, or of some, in the order of chains."""
    rows = IMAGES[record] if which is None else IMAGES[record].where(which)
    rows = rows.order_by(rows.selected_columns["chain_id"]).execution_options(yield_per=2_000)
    for row in session.execute(rows):
        yield row.chain_id, Uid(row.uid), image(row)


def all_contents(
    session: Session, record: str, which: ColumnElement[bool] | None = None
) -> Iterator[tuple[int, Uid, bytes]]:
    """(chain, uid, canonical image) as ``all_images``, several times as fast: past SQLAlchemy's rows."""
    rows = IMAGES[record] if which is None else IMAGES[record].where(which)
    columns = rows.selected_columns
    places = {name: place for place, name in enumerate(columns.keys())}
    chain, uid = places.pop("chain_id"), places.pop("uid")
    wanted = sorted(places.items())
    converted = {name: convert for name in places if (convert := _convert(columns[name]))}
    for row in stream(session, rows.order_by(columns["chain_id"])):
        found = {name: value for name, place in wanted if (value := row[place]) is not None}
        for name, convert in converted.items():
            if name in found:
                found[name] = convert(found[name])
        yield row[chain], row[uid], canonical(found)


def _convert(column: ColumnElement[Any]) -> Callable[[Any], object] | None:
    """What a driver's value needs to be what SQLAlchemy makes of it; None: nothing."""
    if isinstance(column.type, LargeBinary):
        return lambda value: value.hex()
    return bool if isinstance(column.type, Boolean) else None
