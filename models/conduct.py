"""Items, leads, conduct entries, their evidence, and the lists they were imported from."""

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    AccountKey,
    Base,
    Code,
    DayColumn,
    DepartmentKey,
    Digest,
    FileKey,
    Key,
    Line,
    LongText,
    MomentColumn,
    UidColumn,
    Versioned,
)


class CategoryRow(Base):
    """The eight kinds of conduct of 哈政综〔2007〕37号, section 八."""

    __tablename__ = "categories"
    code: Mapped[Code] = mapped_column(primary_key=True)
    polarity: Mapped[Code]
    position: Mapped[int]


class Item(Base):
    """A kind of act (事项). Published standards bring their items; none is ever taken away."""

    __tablename__ = "items"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    code: Mapped[Code] = mapped_column(unique=True)
    polarity: Mapped[Code]
    category: Mapped[Code] = mapped_column(ForeignKey("categories.code"))
    name_zh: Mapped[Line]
    name_en: Mapped[Line]
    keys: Mapped[LongText]
    """Full pinyin and initials of the Chinese name, to find it by typing."""


class ImportBatch(Base):
    """One imported list. Its entries take effect once a second account has verified the batch."""

    __tablename__ = "import_batches"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    kind: Mapped[Code]
    source: Mapped[LongText]
    file_name: Mapped[LongText]
    file_digest: Mapped[Digest]
    mapping: Mapped[LongText]
    counts: Mapped[LongText]
    """How many rows were placed how, as JSON."""
    imported_by: Mapped[AccountKey]
    imported_at: Mapped[MomentColumn]
    verified_by: Mapped[AccountKey | None]
    verified_at: Mapped[MomentColumn | None]


class Lead(Versioned, Base):
    """A complaint or report on service, not a fact until verified. Never scored."""

    __tablename__ = "leads"
    __table_args__ = (Index("ix_leads_status_due_on", "status", "due_on"),)
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("integrity_files.id"), index=True)
    """None while nobody is known whom it is about, only the department."""
    department_id: Mapped[DepartmentKey]
    channel: Mapped[Code]
    order_no: Mapped[Line]
    received_on: Mapped[DayColumn]
    occurred_on: Mapped[DayColumn | None]
    due_on: Mapped[DayColumn | None]
    matter: Mapped[LongText]
    commitment: Mapped[Code | None]
    status: Mapped[Code]
    closed_on: Mapped[DayColumn | None]
    outcome: Mapped[LongText]
    registered_by: Mapped[AccountKey]
    handler_id: Mapped[AccountKey | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batches.id"))
    origin: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    """Identity of the imported row: a second import of it changes nothing."""
    hearing: Mapped[LongText | None]
    """Of a review of law enforcement (执法评议): how the other party was heard."""
    promise: Mapped[Code | None]
    """Uid of the office's own published promise that it touches."""
    continues: Mapped[Code | None]
    """Uid of the lead about a department that it was before the person became known."""
    reason: Mapped[LongText | None]
    """Why handler or due date were changed last."""
    handed_to: Mapped[Line | None]
    letter_no: Mapped[Line | None]
    remedy: Mapped[LongText | None]
    """What is to be put right (整改), and until when."""
    remedy_by: Mapped[DayColumn | None]
    checked_on: Mapped[DayColumn | None]
    checked_by: Mapped[Line | None]
    check_note: Mapped[LongText | None]
    remedied: Mapped[bool | None]
    reply_by: Mapped[DayColumn | None]
    """Until when the complainant is to be answered; None where nobody waits for an answer."""
    replied_on: Mapped[DayColumn | None]
    reply_way: Mapped[Code | None]
    cleared_on: Mapped[DayColumn | None]
    cleared_by: Mapped[Line | None]
    """The body that checked, and therefore clears."""
    clearing_scope: Mapped[Code | None]
    agreed_on: Mapped[DayColumn | None]
    """When the person agreed to the scope."""


class Entry(Versioned, Base):
    """A conduct entry (诚信记录): what a competent body decided or a check verified."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_file_id_occurred_on", "file_id", "occurred_on"),
        Index("ix_entries_status_department_id", "status", "department_id"),
        Index("ix_entries_document_no", "document_no"),
        # Holds all that the list of entries asks of each, so that a million are listed from it alone.
        Index("ix_entries_by_day", "occurred_on", "item_id", "ended_on", "file_id", "department_id"),
        Index("ix_entries_item_id_occurred_on", "item_id", "occurred_on"),
        Index("ix_entries_department_id_occurred_on", "department_id", "occurred_on"),
    )
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    file_id: Mapped[FileKey]
    department_id: Mapped[DepartmentKey]
    act: Mapped[Code]
    """Uid shared by all entries that follow from one act (同一行为)."""
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    status: Mapped[Code]
    occurred_on: Mapped[DayColumn]
    decided_on: Mapped[DayColumn | None]
    ended_on: Mapped[DayColumn | None]
    authority: Mapped[Line]
    level: Mapped[Code]
    document_no: Mapped[Line]
    facts: Mapped[LongText]
    channel: Mapped[Code]
    commitment: Mapped[Code | None]
    quantity: Mapped[int | None] = mapped_column(BigInteger)
    """Thousandths of the unit of the item: hours, days, times, yuan."""
    given_points: Mapped[int | None]
    """Thousandths of a point, decided case by case within the range of the item (一事一议)."""
    given_reason: Mapped[LongText | None]
    capacity: Mapped[Code | None]
    authors: Mapped[int | None]
    """How many share what was achieved; None: the person alone."""
    corrected_on: Mapped[DayColumn | None]
    """When the wrong itself was put right (改正、履行完毕); the record is corrected by another entry."""
    corrected_document: Mapped[Line | None]
    corrected_reason: Mapped[LongText | None]
    lifted_on: Mapped[DayColumn | None]
    """When a sanction was lifted by a decision (解除处分); without one its period ends by itself."""
    lifted_document: Mapped[Line | None]
    recorded_by: Mapped[AccountKey]
    recorded_at: Mapped[MomentColumn]
    verified_by: Mapped[AccountKey | None]
    verified_at: Mapped[MomentColumn | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    """The entry that it was recorded in place of: one that came back, or one in force that it corrects."""
    supersedes_reason: Mapped[LongText | None]
    """What is wrong with the entry in force that it corrects."""
    status_document: Mapped[Line | None]
    """Decision that revoked, or objection that disputes."""
    status_on: Mapped[DayColumn | None]
    status_reason: Mapped[LongText | None]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batches.id"), index=True)
    origin: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    """Identity of the imported row: a second import of it changes nothing."""


class Evidence(Base):
    """What an entry rests on: a file kept here, or a paper kept elsewhere."""

    __tablename__ = "evidence"
    id: Mapped[Key]
    uid: Mapped[UidColumn]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    title: Mapped[Line]
    digest: Mapped[Digest | None]
    """SHA-256 of the file's bytes; None for a paper."""
    size: Mapped[int | None]
    place: Mapped[Line | None]
    """Where the paper lies."""
    seen_by: Mapped[Line | None]
    seen_on: Mapped[DayColumn | None]
    added_by: Mapped[AccountKey]
    added_at: Mapped[MomentColumn]


class EvidenceChunk(Base):
    """The bytes of an evidence file, 1 MiB a row."""

    __tablename__ = "evidence_chunks"
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class EntryDraft(Base):
    """An entry that is being typed, for its account alone. Outside the ledger until it is submitted."""

    __tablename__ = "entry_drafts"
    __table_args__ = (UniqueConstraint("account_id", "file_id"),)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    file_id: Mapped[FileKey]
    text: Mapped[LongText]
    """What the fields hold, as JSON. Files to be attached are named in it, and are not in it."""
    saved_at: Mapped[MomentColumn]
