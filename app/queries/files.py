"""The file of a person: head, entries with what they count, evaluations, leads, history."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import null, select
from sqlalchemy.orm import Session, aliased

from app.errors import Invalid, NotFound
from app.permissions import Actor, Permission, require, require_other
from app.queries.cases import NOTHING_MEASURED, Whose
from app.queries.evaluations import EvaluationView, evaluations_of
from app.queries.grading import grades
from app.queries.hearings import AroundEntries, around_entries
from app.queries.history import HistoryRow, file_events
from app.queries.merged import Second, seconds
from app.queries.objections import ObjectionRow, objections_of
from app.queries.reading import may_look
from app.queries.retention import ErasureRow, erasures
from app.queries.schemes import PublishedScheme, scheme_for
from app.rules.grading.case import Case, CaseEntry, Grade, Last, Line, Period
from app.words import mark, tr
from models.accounts import Account
from models.conduct import Entry, Evidence, Item, Lead
from models.ledger import Chain
from models.people import Department, IntegrityFile, Person, PersonState
from models.types import (
    AuthorityLevel,
    Capacity,
    Category,
    Channel,
    Commitment,
    Day,
    EntryStatus,
    LeadStatus,
    Leaving,
    Moment,
    Points,
    Polarity,
    ServiceState,
    Uid,
)

PURPOSE = mark("This file is outside your daily work. Say for what purpose you read it.")


class FileHead(NamedTuple):
    """Who the file is about."""

    file_id: int
    uid: Uid
    chain_id: int
    number: str
    opened_on: Day
    content_version: int
    person_id: int
    department_id: int
    staff_no: str
    name: str
    department: str
    post: str
    rank: str
    joined_on: Day | None
    left_on: Day | None
    leaving: Leaving | None
    chain_seq: int
    chain_hash: bytes
    chain_uid: Uid
    closed_on: Day | None
    sent_to: str | None
    """The office that keeps the file now."""
    received_from: str | None
    seconds: tuple[Second, ...] = ()
    """Other files of the same person, merged into this one and read with it."""

    @property
    def files(self) -> tuple[int, ...]:
        """The keys of the files that are read as one."""
        return (self.file_id, *(one.file_id for one in self.seconds))


class EntryRow(NamedTuple):
    """A conduct entry as it is read."""

    uid: Uid
    act: Uid
    item: str
    item_zh: str
    item_en: str
    polarity: Polarity
    category: Category
    status: EntryStatus
    occurred_on: Day
    decided_on: Day | None
    ended_on: Day | None
    authority: str
    level: AuthorityLevel
    document_no: str
    facts: str
    channel: Channel
    commitment: Commitment | None
    quantity: int | None
    """In thousandths of the item's unit."""
    given_points: Points | None
    given_reason: str | None
    capacity: Capacity | None
    authors: int | None
    corrected_on: Day | None
    """When the wrong was put right."""
    corrected_document: str | None
    corrected_reason: str | None
    lifted_on: Day | None
    """When a decision lifted the sanction."""
    lifted_document: str | None
    supersedes_reason: str | None
    """What is wrong with the entry that it corrects; None where it corrects none."""
    recorded_by: str
    recorded_at: Moment
    verified_by: str | None
    verified_at: Moment | None
    status_document: str | None
    status_on: Day | None
    status_reason: str | None
    recorder: Uid
    """The account, for who may verify it."""
    instead_of: Uid | None = None
    """The entry that it was recorded in place of: one that came back, or one that it corrects."""
    lead: Uid | None = None
    """Where it comes from; None too for who does not keep files."""
    again: Uid | None = None
    """The entry that was recorded in place of this one, the newest."""

    def item_name(self, language: str) -> str:
        """The item in a language."""
        return self.item_zh if language.startswith("zh") else self.item_en


class EvidenceRow(NamedTuple):
    """What an entry rests on."""

    uid: Uid
    entry: Uid
    title: str
    size: int | None
    place: str | None
    seen_by: str | None


class LeadRow(NamedTuple):
    """A lead, without who complained (which is not kept here yet)."""

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


class FileView(NamedTuple):
    """Everything the file page shows."""

    head: FileHead
    states: tuple[tuple[ServiceState, Day, Day | None], ...]
    entries: tuple[EntryRow, ...]
    """By date of the act, the newest first."""
    evidence: tuple[EvidenceRow, ...]
    lines: Mapping[Uid, Line]
    """What each entry brings in the period looked at; empty where no standard is in force."""
    grade: Grade | None
    """As it would be computed for the period now."""
    published: PublishedScheme | None
    evaluations: tuple[EvaluationView, ...]
    leads: tuple[LeadRow, ...]
    """Empty for who does not keep files."""
    history: tuple[HistoryRow, ...]
    """The newest first; without what happened to leads for who does not keep files."""
    last: Last | None = None
    """What the evaluation of the period before came to, where the standard takes it over."""
    inputs: Mapping[str, int] = NOTHING_MEASURED
    """What was measured for the period, in thousandths."""
    erasures: tuple[ErasureRow, ...] = ()
    """Orders to erase, the newest first."""
    objections: tuple[ObjectionRow, ...] = ()
    """The newest first."""
    around: AroundEntries = AroundEntries()
    """Notices, statements and proposed revocations."""
    as_of: Day | None = None
    """The day at whose end the file stood so; None: as it stands now."""

    def evidence_of(self, entry: EntryRow) -> tuple[EvidenceRow, ...]:
        """What an entry rests on: its own evidence, then that of those in whose place it was recorded."""
        by_uid = {one.uid: one for one in self.entries}
        found = [one for one in self.evidence if one.entry == entry.uid]
        while entry.instead_of and (earlier := by_uid.get(entry.instead_of)):
            entry = earlier
            found += [one for one in self.evidence if one.entry == entry.uid]
        return tuple(found)


def case_of(view: FileView, period: Period) -> Case:
    """The case of a file that was read, for a period: what ``grade`` would look at."""
    entries = [case_entry(row) for row in view.entries]
    held = {state for state, since, until in view.states if since <= period.end <= (until or period.end)}
    return Case(entries, frozenset(held), view.head.joined_on, view.head.left_on, view.last, view.inputs)


def case_entry(row: EntryRow) -> CaseEntry:
    """What grading looks at in an entry."""
    return CaseEntry(
        row.uid,
        row.act,
        row.item,
        row.status,
        row.occurred_on,
        row.decided_on,
        row.ended_on,
        row.level,
        row.quantity,
        row.given_points,
        row.capacity,
        row.authors,
        row.corrected_on,
    )


def file_head(session: Session, actor: Actor, staff_no: str) -> FileHead:
    """The head of a file. Raises NotFound, also for a file the actor may not read."""
    require(actor, Permission.READ_FILES)
    found = session.execute(
        select(
            IntegrityFile.id,
            IntegrityFile.uid,
            IntegrityFile.chain_id,
            IntegrityFile.number,
            IntegrityFile.opened_on,
            IntegrityFile.content_version,
            Person.id,
            IntegrityFile.department_id,
            Person.staff_no,
            Person.name,
            Department.name,
            Person.post,
            Person.rank,
            Person.joined_on,
            Person.left_on,
            Person.leaving,
            Chain.seq,
            Chain.hash,
            Chain.uid,
            IntegrityFile.closed_on,
            IntegrityFile.sent_to,
            IntegrityFile.received_from,
            IntegrityFile.merged_into,
        )
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, Person.department_id == Department.id)
        .join(Chain, IntegrityFile.chain_id == Chain.id)
        .where(Person.staff_no == staff_no)
    ).one_or_none()
    if found is not None and found.merged_into:
        return file_head(session, actor, _main_no(session, found.merged_into))
    if found is None or not actor.may(Permission.READ_FILES, found[7]):
        sentence = tr("Nobody here has the staff number {staff_no}. Check the number.")
        raise NotFound(sentence.format(staff_no=staff_no), field="staff_no")
    head = FileHead._make((*found[:-1], ()))
    require_other(actor, head.person_id)
    merged = tuple(one for one in seconds(session).values() if one.main_id == head.file_id)
    return head._replace(leaving=Leaving(head.leaving) if head.leaving else None, seconds=merged)


def _main_no(session: Session, uid: str) -> str:
    """The staff number of the main file, for that of a file merged into it."""
    rows = select(Person.staff_no).join(IntegrityFile, IntegrityFile.person_id == Person.id)
    return session.execute(rows.where(IntegrityFile.uid == uid)).scalar_one()


def require_purpose(session: Session, actor: Actor, head: FileHead) -> None:
    """Refuse (Invalid, ``field="purpose"``) what is no daily work and was not opened today with a purpose."""
    require(actor, Permission.READ_FILES)
    if not may_look(session, actor, head.file_id, head.department_id):
        raise Invalid(tr(PURPOSE), field="purpose")


def file_view(session: Session, actor: Actor, staff_no: str, period: Period) -> FileView:
    """The whole file, with what its entries count in a period.

    Raises Invalid (``field="purpose"``) where it lies outside the daily work and was not opened today.
    """
    require(actor, Permission.READ_FILES)
    head = file_head(session, actor, staff_no)
    require_purpose(session, actor, head)
    published = _in_force(session, actor, period)
    grade, last, inputs = None, None, NOTHING_MEASURED
    if published:
        (graded,) = grades(session, actor, period, published, Whose(files=frozenset({head.file_id})))
        grade, published = graded.grade, graded.published
        last, inputs = graded.case.last, graded.case.inputs
    keeps = actor.may(Permission.KEEP_FILES, head.department_id)
    return FileView(
        head,
        _states(session, head),
        _entries(session, head, keeps),
        _evidence(session, head),
        {line.entry: line for line in grade.lines} if grade else {},
        grade,
        published,
        evaluations_of(session, actor, head.file_id),
        _leads(session, head) if keeps else (),
        told_to(history_of(session, head), keeps),
        last,
        inputs,
        erasures(session, actor, head.files),
        objections_of(session, actor, head.files),
        around_entries(session, head.files),
    )


def history_of(session: Session, head: FileHead, until: Moment | None = None) -> tuple[HistoryRow, ...]:
    """The events of a file and of those merged into it, the newest first."""
    chains = (head.chain_id, *(one.chain_id for one in head.seconds))
    found = [row for chain in chains for row in file_events(session, chain, until)]
    return tuple(sorted(found, key=lambda row: -row.moment) if head.seconds else found)


def told_to(history: Iterable[HistoryRow], keeps: bool) -> tuple[HistoryRow, ...]:
    """What happened to leads is for who keeps files."""
    return tuple(row for row in history if keeps or row.record != "lead")


def _in_force(session: Session, actor: Actor, period: Period) -> PublishedScheme | None:
    try:
        return scheme_for(session, actor, period)
    except NotFound:
        return None


def _states(session: Session, head: FileHead) -> tuple[tuple[ServiceState, Day, Day | None], ...]:
    rows = (
        select(PersonState.state, PersonState.since, PersonState.until)
        .where(PersonState.person_id == head.person_id)
        .order_by(PersonState.since)
    )
    return tuple(
        (ServiceState(state), Day(since), Day(until) if until else None)
        for state, since, until in session.execute(rows)
    )


_Recorder, _Verifier, _Earlier = aliased(Account), aliased(Account), aliased(Entry)


def _entries(session: Session, head: FileHead, with_leads: bool) -> tuple[EntryRow, ...]:
    rows = (
        select(
            Entry.uid,
            Entry.act,
            Item.code,
            Item.name_zh,
            Item.name_en,
            Item.polarity,
            Item.category,
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
            _Recorder.name,
            Entry.recorded_at,
            _Verifier.name,
            Entry.verified_at,
            Entry.status_document,
            Entry.status_on,
            Entry.status_reason,
            _Recorder.uid,
            _Earlier.uid,
            Lead.uid if with_leads else null(),
        )
        .join(Item, Entry.item_id == Item.id)
        .join(_Recorder, Entry.recorded_by == _Recorder.id)
        .outerjoin(_Verifier, Entry.verified_by == _Verifier.id)
        .outerjoin(_Earlier, Entry.supersedes_id == _Earlier.id)
        .outerjoin(Lead, Entry.lead_id == Lead.id)
        .where(Entry.file_id.in_(head.files))
        .order_by(Entry.occurred_on.desc(), Entry.id.desc())
    )
    return linked([typed(EntryRow._make((*row, None))) for row in session.execute(rows)])


def linked(found: Sequence[EntryRow]) -> tuple[EntryRow, ...]:
    """The entries of a file, the newest first, each with the one that was recorded in its place.

    A correction that was given up is none; past one that came back, it is what was recorded again for that.
    """
    rows = {row.uid: row for row in found}
    again: dict[Uid, Uid] = {}
    in_order = sorted(enumerate(found), key=lambda one: (one[1].recorded_at, -one[0]))
    for _, row in in_order:
        given_up = row.status is EntryStatus.WITHDRAWN
        if row.instead_of and not (given_up and rows[row.instead_of].status in _IN_FORCE):
            again[row.instead_of] = row.uid
    for uid, last in again.items():
        while last in again and rows[last].status is EntryStatus.RETURNED:
            last = again[last]
        rows[uid] = rows[uid]._replace(again=last)
    return tuple(rows.values())


_IN_FORCE = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)


def typed(row: EntryRow) -> EntryRow:
    """With enumerations for what the database holds as texts."""
    return row._replace(
        polarity=Polarity(row.polarity),
        category=Category(row.category),
        status=EntryStatus(row.status),
        level=AuthorityLevel(row.level),
        channel=Channel(row.channel),
        commitment=Commitment(row.commitment) if row.commitment else None,
        capacity=Capacity(row.capacity) if row.capacity else None,
    )


def _evidence(session: Session, head: FileHead) -> tuple[EvidenceRow, ...]:
    rows = (
        select(Evidence.uid, Entry.uid, Evidence.title, Evidence.size, Evidence.place, Evidence.seen_by)
        .join(Entry, Evidence.entry_id == Entry.id)
        .where(Entry.file_id.in_(head.files))
        .order_by(Evidence.id)
    )
    return tuple(EvidenceRow._make(row) for row in session.execute(rows))


def _leads(session: Session, head: FileHead) -> tuple[LeadRow, ...]:
    rows = (
        select(
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
            Account.name,
        )
        .outerjoin(Account, Lead.handler_id == Account.id)
        .where(Lead.file_id.in_(head.files))
        .order_by(Lead.received_on.desc())
    )
    return tuple(
        row._replace(
            channel=Channel(row.channel),
            commitment=Commitment(row.commitment) if row.commitment else None,
            status=LeadStatus(row.status),
        )
        for row in map(LeadRow._make, session.execute(rows))
    )
