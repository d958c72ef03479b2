"""The file of a person as it stood at the end of a day, brought back from the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require
from app.queries.calendars import calendar
from app.queries.departments import names_at
from app.queries.evaluations import ApprovalRow, EvaluationView
from app.queries.files import (
    EntryRow,
    EvidenceRow,
    FileHead,
    FileView,
    LeadRow,
    case_of,
    file_head,
    history_of,
    linked,
    require_purpose,
    told_to,
    typed,
)
from app.queries.grading import grade_of, spared
from app.queries.hearings import (
    AroundEntries,
    NoticeRow,
    RevocationRow,
    StatementRow,
    notice_row,
    revocation_row,
)
from app.queries.history import Record, records_at
from app.queries.merged import Second
from app.queries.objected import DECIDED
from app.queries.objections import ObjectionRow, complained_of, running_on, target_names
from app.queries.retention import erasures
from app.queries.schemes import PublishedScheme, schemes
from app.rules.grading.case import Last, Period
from app.rules.grading.engine import grade
from app.rules.grading.score import starting
from app.rules.objections import Objected
from app.words import tr
from models.accounts import Account
from models.conduct import Item
from models.people import IntegrityFile, Person
from models.types import (
    Channel,
    Commitment,
    Day,
    EntryStatus,
    EvaluationStatus,
    Filing,
    LeadStatus,
    Leaving,
    Moment,
    ObjectionStatus,
    Remedy,
    Role,
    ServiceState,
    Target,
    Uid,
    day_after,
    iso,
    moment_of,
)

STANDING = (EvaluationStatus.APPROVED, EvaluationStatus.CONFIRMED, EvaluationStatus.FINAL)
OF_ENTRIES = ("entry", "evidence", "lead", "notice", "statement", "revocation", "objection")
"""What is read with the main file where a second one was merged into it."""
_COMPUTED = ("evaluation_submitted", "evaluation_computed_again")


def file_as_of(session: Session, actor: Actor, staff_no: str, period: Period, day: Day) -> FileView:
    """The whole file as it stood at the end of a day, with what its entries counted then in a period.

    By the standard that was published then, with the departments' names of then. Names of items and accounts
    are those of today.
    Raises NotFound, also where the file was not opened yet.
    """
    require(actor, Permission.READ_FILES)
    now, until = file_head(session, actor, staff_no), Moment(moment_of(day_after(day)) - 1)
    require_purpose(session, actor, now)
    records = records_at(session, now.chain_id, until)
    now = now._replace(seconds=_merged_then(session, records))
    for one in now.seconds:
        also = records_at(session, one.chain_id, until)
        records += [record for record in also if record.record in OF_ENTRIES]
    keeps = actor.may(Permission.KEEP_FILES, now.department_id)
    history = told_to(history_of(session, now, until), keeps)
    known = _Known(session, names_at(session, until))
    head, entries = _head(now, records, known), known.entries(records, keeps)
    published = [one for one in schemes(session, actor) if one.published_at <= until]
    view = FileView(
        head,
        _states(records),
        entries,
        known.evidence(records),
        {},
        None,
        next((one for one in published if one.valid_from <= period.end and not one.of_office), None),
        known.evaluations(records, {one.uid: one for one in published}),
        known.leads(records) if keeps else (),
        history,
        erasures=erasures(session, actor, now.files),  # of today: they say why something is missing
        objections=known.objections(records, head, day),
        around=known.around(records),
        as_of=day,
    )
    return _graded(view, records, period)


def _graded(view: FileView, records: Sequence[Record], period: Period) -> FileView:
    """With what its entries counted then: nothing where no standard was in force."""
    if view.published is None:
        return view
    scheme = view.published.scheme
    inputs = {
        one.content["input"]: one.content["value"]
        for one in _of(records, "measurement")
        if (one.content["period_start"], one.content["period_end"]) == (period.start, period.end)
    }
    last = _last(view.evaluations, period) if scheme.carry_over else None
    case = case_of(view._replace(inputs=inputs, last=last), period)
    found = grade(case, scheme, period)
    if objected := _objected(records, period):
        found = spared(found, case, objected, scheme, period)
    lines = {line.entry: line for line in found.lines}
    return view._replace(inputs=inputs, last=last, grade=found, lines=lines)


def _objected(records: Sequence[Record], period: Period) -> Objected | None:
    """As ``objected_entries`` finds them in the tables: see there."""
    graded = {
        one.uid
        for one in _of(records, "evaluation")
        if (one.content["period_start"], one.content["period_end"]) == (period.start, period.end)
    }
    decided = [
        one.content["decided_at"]
        for one in _of(records, "approval")
        if one.content["evaluation"] in graded and one.content["decision"] in DECIDED
    ]
    entries = {one.uid: one.content for one in _of(records, "entry")}
    targets = {
        Uid(one.content["target"])
        for one in _of(records, "objection")
        if any(when <= one.content["received_at"] for when in decided)
        and _changed_by_it(one.content, entries.get(Uid(one.content["target"]), {}))
    }
    instead = {uid for uid, said in entries.items() if said.get("supersedes") in targets}
    return Objected(targets, instead) if targets else None


def _changed_by_it(objection: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    if objection["status"] == ObjectionStatus.OPEN:
        return bool(entry.get("status") == EntryStatus.DISPUTED)
    revoked = entry.get("status") == EntryStatus.REVOKED
    by_it = revoked and entry.get("status_document") == objection["document_no"]
    superseded = entry.get("status") == EntryStatus.SUPERSEDED
    return bool(objection["status"] == ObjectionStatus.UPHELD and (by_it or superseded))


def _last(evaluations: Iterable[EvaluationView], period: Period) -> Last | None:
    """What the newest decided evaluation of an earlier period came to."""
    for one in evaluations:
        if one.status in STANDING and one.period.end < period.start:
            band, score = one.grade.band, one.grade.score
            base = starting(one.published.scheme)
            return Last(band, score, base) if band and score is not None else None
    return None


def _merged_then(session: Session, records: Iterable[Record]) -> tuple[Second, ...]:
    """The files that were merged into this one then, perhaps split off again since."""
    uids = [one.content["other"] for one in _of(records, "merger") if "split_on" not in one.content]
    rows = (
        select(IntegrityFile.id, IntegrityFile.chain_id, IntegrityFile.uid, Person.staff_no)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(IntegrityFile.uid.in_(uids))
        .order_by(IntegrityFile.id)
    )
    return tuple(Second._make((*row, 0)) for row in session.execute(rows)) if uids else ()


def _of(records: Iterable[Record], kind: str) -> list[Record]:
    return [one for one in records if one.record == kind]


def _states(records: Iterable[Record]) -> tuple[tuple[ServiceState, Day, Day | None], ...]:
    found = (one.content for one in _of(records, "state"))
    spells = [(ServiceState(one["state"]), Day(one["since"]), one.get("until")) for one in found]
    return tuple(sorted(spells, key=lambda spell: spell[1]))


def _head(now: FileHead, records: Iterable[Record], known: "_Known") -> FileHead:
    """Who the person was then. Raises NotFound where the file was not opened yet."""
    found = _of(records, "file")
    if not found:
        sentence = tr("The file of {staff_no} was opened later. Choose a day from {date} on.")
        raise NotFound(sentence.format(staff_no=now.staff_no, date=iso(now.opened_on)), field="as_of")
    then = found[-1].content
    leaving = then.get("leaving")
    return now._replace(
        staff_no=then["staff_no"],
        name=then["name"],
        department=known.departments.get(then["department"], now.received_from or now.department),
        post=then.get("post", ""),
        rank=then.get("rank", ""),
        joined_on=then.get("joined_on"),
        left_on=then.get("left_on"),
        leaving=Leaving(leaving) if leaving else None,
        closed_on=then.get("closed_on"),
        sent_to=then.get("sent_to"),
        received_from=then.get("received_from"),
    )


class _Known:
    """Names of what images give by code or uid."""

    def __init__(self, session: Session, departments: Mapping[str, str]) -> None:
        self._session = session
        self.departments = departments
        self._complained_of: Mapping[Uid, str] = {}
        self._items = {
            row.code: (row.name_zh, row.name_en, row.polarity, row.category)
            for row in session.execute(
                select(Item.code, Item.name_zh, Item.name_en, Item.polarity, Item.category)
            )
        }
        self._accounts: dict[str, str] = dict(session.execute(select(Account.uid, Account.name)).all())

    def entries(self, records: Iterable[Record], with_leads: bool) -> tuple[EntryRow, ...]:
        """The entries as they stood, by date of the act, the newest first."""
        found = linked([self._entry(one, with_leads) for one in reversed(_of(records, "entry"))])
        return tuple(sorted(found, key=lambda row: -row.occurred_on))

    def _entry(self, one: Record, with_leads: bool) -> EntryRow:
        said = {**dict.fromkeys(EntryRow._fields), **one.content}
        verified = one.events.get("entry_verified")
        zh, en, polarity, category = self._items[said["item"]]
        said |= {
            "uid": one.uid,
            "item_zh": zh,
            "item_en": en,
            "polarity": polarity,
            "category": category,
            "recorder": said["recorded_by"],
            "recorded_by": self._accounts.get(said["recorded_by"], ""),
            "recorded_at": one.begun,
            "verified_by": self._accounts.get(said["verified_by"] or ""),
            "verified_at": verified,
            "instead_of": said.pop("supersedes", None),
            "lead": said["lead"] if with_leads else None,
        }
        return typed(EntryRow(**said))

    def evidence(self, records: Iterable[Record]) -> tuple[EvidenceRow, ...]:
        """What the entries rested on."""
        return tuple(
            EvidenceRow(
                one.uid,
                Uid(one.content["entry"]),
                one.content["title"],
                one.content.get("size"),
                one.content.get("place"),
                one.content.get("seen_by"),
            )
            for one in _of(records, "evidence")
        )

    def leads(self, records: Iterable[Record]) -> tuple[LeadRow, ...]:
        """The leads as they stood, the newest first."""
        found = [self._lead(one.uid, one.content) for one in _of(records, "lead")]
        return tuple(sorted(found, key=lambda lead: -lead.received_on))

    def _lead(self, uid: Uid, content: Mapping[str, Any]) -> LeadRow:
        said = {**dict.fromkeys(LeadRow._fields), **content}
        commitment = said["commitment"]
        said |= {
            "uid": uid,
            "channel": Channel(said["channel"]),
            "commitment": Commitment(commitment) if commitment else None,
            "status": LeadStatus(said["status"]),
            "handler": self._accounts.get(said["handler"] or ""),
        }
        return LeadRow(**said)

    def objections(self, records: Iterable[Record], head: FileHead, day: Day) -> tuple[ObjectionRow, ...]:
        """The objections as they stood, the newest first."""
        found = _of(records, "objection")
        names = target_names(self._session, [one.content["target"] for one in found]) if found else {}
        self._complained_of = complained_of(self._session, [one.uid for one in found])
        days = calendar(self._session)
        rows = [self._objection(one, head, names) for one in reversed(found)]
        return tuple(sorted((running_on(row, days, day) for row in rows), key=lambda row: -row.filed_on))

    def _objection(self, one: Record, head: FileHead, names: Mapping[str, tuple[str, str]]) -> ObjectionRow:
        said = {**dict.fromkeys(("closed_on", "remedy", "decided_by")), **one.content}
        zh, en = names.get(said["target"], ("", ""))
        said |= {
            "uid": one.uid,
            "kind": Target(said["kind"]),
            "filing": Filing(said["filing"]),
            "status": ObjectionStatus(said["status"]),
            "remedy": Remedy(said["remedy"]) if said["remedy"] else None,
            "received_by": self._accounts.get(said["received_by"], ""),
            "decided_by": self._accounts.get(said["decided_by"] or ""),
            "department": self._complained_of.get(one.uid, head.department),
            "staff_no": head.staff_no,
            "name": head.name,
            "target_zh": zh,
            "target_en": en,
        }
        return ObjectionRow(**said)

    def around(self, records: Iterable[Record]) -> AroundEntries:
        """Notices, statements and proposed revocations as they stood."""

        def said(one: Record, *accounts: str) -> dict[str, Any]:
            names = {name: self._accounts.get(one.content.get(name, "")) for name in accounts}
            return {"uid": one.uid, **one.content, **names}

        notices = [
            {**dict.fromkeys(NoticeRow._fields), **said(one, "issued_by")} for one in _of(records, "notice")
        ]
        statements = [
            {**said(one, "received_by"), "received_at": one.begun} for one in _of(records, "statement")
        ]
        revocations = [
            {
                **dict.fromkeys(RevocationRow._fields),
                **said(one, "proposed_by", "verified_by"),
                "proposer": one.content["proposed_by"],
            }
            for one in _of(records, "revocation")
        ]
        return AroundEntries(
            tuple(notice_row(*map(one.get, NoticeRow._fields)) for one in notices),
            tuple(StatementRow(**one) for one in statements),
            tuple(revocation_row(*map(one.get, RevocationRow._fields)) for one in revocations),
        )

    def evaluations(
        self, records: Iterable[Record], published: Mapping[Uid, PublishedScheme]
    ) -> tuple[EvaluationView, ...]:
        """The evaluations as they stood, the newest period first."""
        decisions = _of(records, "approval")
        disputed = {
            one.content["target"]
            for one in _of(records, "objection")
            if one.content["status"] == ObjectionStatus.OPEN
        }
        found = [
            self._evaluation(one, published[Uid(one.content["scheme"])], decisions)._replace(
                disputed=one.uid in disputed
            )
            for one in reversed(_of(records, "evaluation"))
        ]
        return tuple(sorted(found, key=lambda one: -one.period.end))

    def _evaluation(
        self, one: Record, published: PublishedScheme, decisions: Iterable[Record]
    ) -> EvaluationView:
        said = one.content
        return EvaluationView(
            one.uid,
            Period(Day(said["period_start"]), Day(said["period_end"]), said["period_label"]),
            EvaluationStatus(said["status"]),
            grade_of(said["trace"]),
            published,
            bytes.fromhex(said["inputs_digest"]),
            False,
            self._accounts.get(said["submitted_by"], ""),
            max(one.events.get(kind, one.begun) for kind in _COMPUTED),
            tuple(_approval(taken.content) for taken in decisions if taken.content["evaluation"] == one.uid),
        )


def _approval(said: Mapping[str, Any]) -> ApprovalRow:
    return ApprovalRow(
        Role(said["step"]),
        EvaluationStatus(said["decision"]),
        said.get("reason", ""),
        said["account_name"],
        Moment(said["decided_at"]),
    )
