"""Everything that is held on a person, as the person is told it: plain data for ``reports.own_copy``."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.labels import label
from app.permissions import Actor, Permission, require
from app.problems import FIELDS
from app.queries.evaluations import EvaluationView
from app.queries.files import EntryRow, FileView, file_view
from app.queries.heads import newest_seal
from app.queries.objections import ObjectionRow
from app.queries.reading import readings
from app.queries.summaries import STATED
from app.reports.content import HeldEntry, HeldGrade, HeldLead, HeldObjection, HeldReading, OwnCopy
from app.reports.wording import Translate, plain_points
from app.rules.grading.case import year
from app.words import mark, translator
from models.database import moment
from models.people import Office
from models.types import ErasureStatus, LeadStatus, day, day_at, iso

_ERASED = mark("An entry was lawfully erased on {date}.")


def own_copy(session: Session, actor: Actor, staff_no: str, request: str, language: str) -> OwnCopy:
    """Everything held on a person, without who complained and without leads still looked into."""
    require(actor, Permission.KEEP_FILES)
    tr, today = translator(language), day_at(moment(session))
    view = file_view(session, actor, staff_no, year(today // 10000))
    office = session.execute(select(Office.name, Office.name_en)).one()
    seal, head = newest_seal(session, actor), view.head
    return OwnCopy(
        office=office.name if language.startswith("zh") or not office.name_en else office.name_en,
        printed_on=today,
        request=request,
        name=head.name,
        staff_no=head.staff_no,
        file_no=head.number,
        particulars=_particulars(view, tr),
        entries=tuple(_entry(one, view, language, tr) for one in view.entries),
        grades=tuple(_grade(one, language, tr) for one in view.evaluations),
        objections=tuple(_objection(one, language, tr) for one in view.objections),
        leads=tuple(
            HeldLead(one.received_on, label(one.channel, tr), one.matter, one.outcome)
            for one in view.leads
            if one.status is not LeadStatus.OPEN
        ),
        erased=tuple(
            (tr(_ERASED).format(date=iso(day_at(one.decided_at))), f"{one.document_no} {one.authority}")
            for one in view.erasures
            if one.status is ErasureStatus.CARRIED_OUT and one.decided_at
        ),
        readings=tuple(
            HeldReading(
                one.read_at, one.reader, label(one.how, tr), f"{one.purpose} {one.document_no}".strip()
            )
            for one in readings(session, actor, day(1900, 1, 1), today, file_id=head.file_id)
        ),
        chain_seq=head.chain_seq,
        chain_hash=head.chain_hash.hex(),
        seal_root=seal.root.hex() if seal else "",
        sealed_on=day_at(seal.moment) if seal else None,
    )


def _particulars(view: FileView, tr: Translate) -> tuple[tuple[str, str], ...]:
    head = view.head
    pairs = {
        "department": head.department,
        "post": head.post,
        "rank": head.rank,
        "joined_on": iso(head.joined_on) if head.joined_on else "",
        "left_on": iso(head.left_on) if head.left_on else "",
    }
    known = [(tr(FIELDS[field]), text) for field, text in pairs.items() if text]
    for state, since, until in view.states:
        known.append((label(state, tr), f"{iso(since)} – {iso(until) if until else ''}"))
    return tuple(known)


def _entry(one: EntryRow, view: FileView, language: str, tr: Translate) -> HeldEntry:
    evidence = [paper.title for paper in view.evidence if paper.entry == one.uid]
    notice, said = view.around.notice(one.uid), view.around.stated(one.uid)
    parts = (
        label(one.status, tr),
        " ".join(filter(None, (one.status_document, one.status_reason))),
        tr("Recorded by {name}").format(name=one.recorded_by),
        tr("verified by {name}").format(name=one.verified_by) if one.verified_by else "",
        tr("Evidence: {titles}").format(titles=tr(", ").join(evidence)) if evidence else "",
        tr("Notice {number} of {date}").format(number=notice.number, date=iso(notice.issued_on))
        if notice
        else "",
        *(tr(STATED).format(date=iso(each.received_on), text=each.text) for each in said),
    )
    return HeldEntry(
        one.occurred_on,
        one.item_name(language),
        one.facts,
        one.authority,
        one.document_no,
        tr("; ").join(filter(None, parts)),
    )


def _objection(one: ObjectionRow, language: str, tr: Translate) -> HeldObjection:
    closed = iso(one.closed_on) if one.closed_on else ""
    decision = " ".join(filter(None, (closed, one.decided_by, one.document_no, one.reasons)))
    return HeldObjection(one.filed_on, one.target_name(language), one.claim, label(one.status, tr), decision)


def _grade(one: EvaluationView, language: str, tr: Translate) -> HeldGrade:
    score = one.grade.score
    grade = one.band_name(language) + (f" ({plain_points(score)})" if score is not None else "")
    decided = [
        " ".join(
            filter(None, (label(each.step, tr), each.account_name, label(each.decision, tr), each.reason))
        )
        for each in one.approvals
    ]
    scheme = f"{one.published.scheme.title.in_language(language)} {one.published.adopted_by}"
    return HeldGrade(one.period.label, scheme, grade, label(one.status, tr), tr("; ").join(decided))
