"""What waits for somebody, and the year in a few numbers."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from app.permissions import Actor, Permission, others, require, visible_to
from app.queries.beginning import Missing, missing
from app.queries.entries import batch_waits, returned_batches, waits_alone
from app.queries.entry_drafts import entry_drafts
from app.queries.evaluations import inbox
from app.queries.hearings import proposed_revocations, unheard
from app.queries.lead_list import due_leads
from app.queries.objections import ObjectionRow, running_objections, to_amend, to_regrade
from app.queries.retention import erasures
from app.queries.schemes import scheme_for
from app.queries.staleness import Computed, stale
from app.rules.grading.case import Period, year
from models.conduct import Entry, ImportBatch, Item
from models.database import moment
from models.evaluations import Approval, Evaluation
from models.people import IntegrityFile, Person
from models.types import (
    Day,
    EntryStatus,
    ErasureStatus,
    EvaluationStatus,
    LeadStatus,
    Polarity,
    Uid,
    day_at,
    local_time,
)


class WaitingFor(StrEnum):
    """What is to be done, in the order in which it is shown."""

    OBJECTION = "objection"
    DECIDE = "decide"
    VERIFY = "verify"
    BATCH = "batch"
    REVOKE = "revoke"
    """A revocation that somebody proposed."""
    HEAR = "hear"
    """The term for the statement is over, or the person stated the own view."""
    TELL = "tell"
    """The person has not been told of an entry yet."""
    DRAFT = "draft"
    """An entry that the actor began to type."""
    LEAD = "lead"
    LEAD_AFTER = "lead_after"
    CHANGED = "changed"
    RETURNED = "returned"
    ERASE = "erase"
    CORRECT = "correct"
    LIST_BACK = "list_back"
    AMEND = "amend"
    """An upheld objection wants an entry recorded as it should have been."""
    REGRADE = "regrade"
    """An upheld objection took a grade away."""


class Waiting(NamedTuple):
    """One thing to be done, one Enter away from where it is done."""

    kind: WaitingFor
    uid: Uid
    """Of the record; of grades that changed, the label of their period."""
    staff_no: str
    name: str
    text: str
    """Item, matter, period with the proposed grade, or name of a list."""
    text_en: str
    due_on: Day | None = None
    overdue: bool = False
    reason: str = ""
    """Why it was returned."""
    number: int = 1
    """How many grades it is about."""

    def words(self, language: str) -> str:
        """The text in a language, where it has two."""
        return self.text if language.startswith("zh") else self.text_en


class Home(NamedTuple):
    """What waits, and the day by which it is overdue."""

    today: Day
    waiting: tuple[Waiting, ...]
    missing: tuple[Missing, ...] = ()
    """What a new office lacks, told to who keeps the files."""
    left: Mapping[Uid, int] = MappingProxyType({})
    """Working days that objections have left, below nought when overdue."""


class BandCount(NamedTuple):
    """How many were graded so."""

    zh: str
    en: str
    number: int

    def name(self, language: str) -> str:
        """The band in a language; empty for who was not rated."""
        return self.zh if language.startswith("zh") else self.en


class YearPicture(NamedTuple):
    """The year so far in the departments one may read."""

    label: str
    positive: tuple[int, ...]
    """Entries in force by month of the act, January first; without those dated to the year only."""
    negative: tuple[int, ...]
    bands: tuple[BandCount, ...]
    """Evaluations of the year by band, the best first; no band where nobody is graded yet."""
    statuses: dict[EvaluationStatus, int]


def home(session: Session, actor: Actor) -> Home:
    """What waits for the actor: the overdue first, then by kind."""
    require(actor, Permission.READ_FILES)
    today = day_at(moment(session))
    running = _running(session, actor)
    waiting = [*_objections(running), *_to_decide(session, actor), *_leads(session, actor, today)]
    if actor.may(Permission.VERIFY_ENTRIES):
        waiting += [*_to_verify(session, actor), *_batches(session, actor), *_to_erase(session, actor)]
        waiting += [*_to_revoke(session, actor), *_to_hear(session, actor)]
    if actor.may(Permission.KEEP_FILES):
        waiting += _returned(session, actor)
        waiting += [*_to_correct(session, actor), *_lists_back(session, actor), *_to_tell(session, actor)]
        waiting += [*_upheld(WaitingFor.AMEND, to_amend(session, actor)), *_drafts(session, actor)]
    if actor.may(Permission.PROPOSE_GRADES):
        waiting += _changed(session, actor)
        waiting += _upheld(WaitingFor.REGRADE, to_regrade(session, actor))
    kinds = list(WaitingFor)
    waiting.sort(key=lambda one: (not one.overdue, kinds.index(one.kind), one.due_on or 99999999))
    lacks = missing(session, actor) if actor.may(Permission.KEEP_FILES) else ()
    left = {one.uid: one.left for one in running if one.left is not None}
    return Home(today, tuple(waiting), lacks, left)


def _running(session: Session, actor: Actor) -> list[ObjectionRow]:
    """The objections on which the actor decides, and those in files that it keeps."""
    keeps = actor.may(Permission.KEEP_FILES)
    if not keeps and not actor.may(Permission.DECIDE_OBJECTIONS):
        return []
    return [one for one in running_objections(session, actor) if keeps or not one.why_not]


def _objections(running: list[ObjectionRow]) -> list[Waiting]:
    """Those that run: for who decides, and for who sees to it."""
    late = {one.uid for one in running if (one.left or 0) < 0}
    return [
        Waiting(
            WaitingFor.OBJECTION,
            one.uid,
            one.staff_no,
            one.name,
            one.target_zh,
            one.target_en,
            one.due_on,
            one.uid in late,
            one.claim,
        )
        for one in running
    ]


def _upheld(kind: WaitingFor, rows: list[ObjectionRow]) -> list[Waiting]:
    return [
        Waiting(
            kind, one.target, one.staff_no, one.name, one.target_zh, one.target_en, reason=one.document_no
        )
        for one in rows
    ]


def _to_decide(session: Session, actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            WaitingFor.DECIDE,
            row.uid,
            row.staff_no,
            row.name,
            f"{row.period.label} {row.band_zh}",
            f"{row.period.label} {row.band_en}",
        )
        for row in inbox(session, actor)
    ]


def _to_verify(session: Session, actor: Actor) -> list[Waiting]:
    rows = (
        select(Entry.uid, Person.staff_no, Person.name, Item.name_zh, Item.name_en)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Item, Entry.item_id == Item.id)
        .where(
            Entry.status == EntryStatus.SUBMITTED,
            waits_alone(),
            Entry.recorded_by != actor.account_id,
            others(actor, Person.id),
            visible_to(actor, Entry.department_id),
        )
        .order_by(Entry.id)
    )
    return [Waiting._make((WaitingFor.VERIFY, *row, None, False, "", 1)) for row in session.execute(rows)]


def _to_erase(session: Session, actor: Actor) -> list[Waiting]:
    """Orders to erase that another account registered."""
    return [
        Waiting(WaitingFor.ERASE, one.entry, one.staff_no, one.name, one.document_no, one.document_no)
        for one in erasures(session, actor)
        if one.status is ErasureStatus.ORDERED and one.registrar != actor.uid
    ]


def _batches(session: Session, actor: Actor) -> list[Waiting]:
    rows = select(ImportBatch.uid, ImportBatch.file_name).where(
        batch_waits(), ImportBatch.imported_by != actor.account_id
    )
    return [Waiting(WaitingFor.BATCH, Uid(uid), "", "", name, name) for uid, name in session.execute(rows)]


def _to_revoke(session: Session, actor: Actor) -> list[Waiting]:
    return [
        Waiting(WaitingFor.REVOKE, *one[:5], reason=one.document_no)
        for one in proposed_revocations(session, actor)
    ]


def _to_hear(session: Session, actor: Actor) -> list[Waiting]:
    return [
        Waiting(WaitingFor.HEAR, *one[:5])
        for one in unheard(session, actor)
        if one.ready and one.recorder != actor.uid
    ]


def _to_tell(session: Session, actor: Actor) -> list[Waiting]:
    return [Waiting(WaitingFor.TELL, *one[:5]) for one in unheard(session, actor) if one.last_day is None]


def _leads(session: Session, actor: Actor, today: Day) -> list[Waiting]:
    """For who keeps files what is to be done with all leads, for others with those in their hands."""
    keeps = actor.may(Permission.KEEP_FILES)
    return [
        Waiting(
            WaitingFor.LEAD if one.status is LeadStatus.OPEN else WaitingFor.LEAD_AFTER,
            one.uid,
            one.staff_no,
            one.name or one.department,
            one.matter,
            one.matter,
            one.due_on(),
            (one.due_on() or today) < today,
        )
        for one in due_leads(session, actor, mine=not keeps)
    ]


def _returned(session: Session, actor: Actor) -> list[Waiting]:
    reason = (
        select(Approval.reason)
        .where(Approval.evaluation_id == Evaluation.id)
        .order_by(Approval.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = (
        select(
            Evaluation.uid,
            Person.staff_no,
            Person.name,
            Evaluation.period_label,
            Evaluation.period_label,
            reason,
        )
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(Evaluation.status == EvaluationStatus.RETURNED, visible_to(actor, IntegrityFile.department_id))
    )
    return [
        Waiting._make((WaitingFor.RETURNED, *row, None, False, reason or "", 1))
        for *row, reason in session.execute(rows)
    ]


def _to_correct(session: Session, actor: Actor) -> list[Waiting]:
    """What came back from verification, until it is recorded again."""
    again = aliased(Entry)
    rows = (
        select(Entry.uid, Person.staff_no, Person.name, Item.name_zh, Item.name_en, Entry.status_reason)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Item, Entry.item_id == Item.id)
        .where(
            Entry.status == EntryStatus.RETURNED,
            Entry.recorded_by == actor.account_id,
            waits_alone(),
            ~select(again.id).where(again.file_id == Entry.file_id, again.supersedes_id == Entry.id).exists(),
        )
    )
    return [
        Waiting._make((WaitingFor.CORRECT, *row, None, False, reason or "", 1))
        for *row, reason in session.execute(rows)
    ]


def _lists_back(session: Session, actor: Actor) -> list[Waiting]:
    return [
        Waiting(WaitingFor.LIST_BACK, one.uid, "", "", one.file_name, one.file_name, reason=one.reason)
        for one in returned_batches(session, actor)
    ]


def _drafts(session: Session, actor: Actor) -> list[Waiting]:
    return [
        Waiting(WaitingFor.DRAFT, Uid(f"draft {one.staff_no}"), one.staff_no, one.name, time, time)
        for one in entry_drafts(session, actor)
        for time in (f"{local_time(one.saved_at):%Y-%m-%d %H:%M}",)
    ]


def _changed(session: Session, actor: Actor) -> list[Waiting]:
    """Approved grades that rest on entries which changed since; one line for each period."""
    rows = (
        select(
            Evaluation.id,
            Evaluation.file_id,
            Evaluation.scheme_id,
            Evaluation.period_start,
            Evaluation.period_end,
            Evaluation.period_label,
            Evaluation.inputs_digest,
            IntegrityFile.department_id,
        )
        .join(IntegrityFile, Evaluation.file_id == IntegrityFile.id)
        .where(
            Evaluation.status.not_in(_UNDECIDED),
            Evaluation.content_version != IntegrityFile.content_version,
            others(actor, IntegrityFile.person_id),
            visible_to(actor, IntegrityFile.department_id),
        )
    )
    moved = [
        Computed(row[0], row[1], row[2], Period(Day(row[3]), Day(row[4]), row[5]), row[6])
        for row in session.execute(rows)
        if actor.may(Permission.PROPOSE_GRADES, row.department_id)
    ]
    changed = stale(session, actor, moved)
    counts = Counter(one.period for one in moved if one.id in changed)
    return [
        Waiting(WaitingFor.CHANGED, Uid(period.label), "", "", period.label, period.label, number=number)
        for period, number in sorted(counts.items(), reverse=True)
    ]


_UNDECIDED = (EvaluationStatus.SUBMITTED, EvaluationStatus.RETURNED, EvaluationStatus.SUPERSEDED)


def year_picture(session: Session, actor: Actor) -> YearPicture:
    """The year of today: entries by month, evaluations by band and by where they stand."""
    require(actor, Permission.READ_FILES)
    number = day_at(moment(session)) // 10000
    positive, negative = _months(session, actor, number)
    bands: Counter[str] = Counter()
    statuses: Counter[EvaluationStatus] = Counter()
    for band, status, count in session.execute(_graded(actor, number)):
        bands[band or ""] += count
        statuses[EvaluationStatus(status)] += count
    named = _named(session, actor, number, bands) if bands else ()
    return YearPicture(str(number), positive, negative, named, dict(statuses))


def _months(session: Session, actor: Actor, number: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    months = {polarity: [0] * 12 for polarity in Polarity}
    entries = (
        select(Item.polarity, Entry.occurred_on, func.count())
        .join(Item, Entry.item_id == Item.id)
        .where(
            Entry.status.in_((EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)),
            Entry.occurred_on.between(number * 10000 + 100, number * 10000 + 1231),
            visible_to(actor, Entry.department_id),
        )
        .group_by(Item.polarity, Entry.occurred_on)
    )
    for polarity, occurred_on, count in session.execute(entries):
        months[Polarity(polarity)][occurred_on // 100 % 100 - 1] += count
    return tuple(months[Polarity.POSITIVE]), tuple(months[Polarity.NEGATIVE])


def _graded(actor: Actor, number: int) -> Select[str | None, str, int]:
    return (
        select(Evaluation.grade, Evaluation.status, func.count())
        .where(
            Evaluation.period_label == str(number),
            Evaluation.status != EvaluationStatus.SUPERSEDED,
            visible_to(actor, Evaluation.department_id),
        )
        .group_by(Evaluation.grade, Evaluation.status)
    )


def _named(session: Session, actor: Actor, number: int, counts: Mapping[str, int]) -> tuple[BandCount, ...]:
    """Every band of the standard in force, then those of other standards, then who was not rated."""
    bands = scheme_for(session, actor, year(number)).scheme.bands
    known = {band.code for band in bands}
    return (
        *(BandCount(band.name.zh, band.name.en, counts.get(band.code, 0)) for band in bands),
        *(BandCount(code, code, counts[code]) for code in sorted(counts) if code and code not in known),
        *(BandCount("", "", counts[code]) for code in counts if not code),
    )
