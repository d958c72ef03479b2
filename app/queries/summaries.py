"""What the summary for the annual review says about a person: plain data for ``reports.summary``."""

from collections.abc import Callable, Container, Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.explanation import NameOf, fixed_words, line_words, moves, next_words
from app.influence import influence_words
from app.labels import label
from app.particulars import particulars
from app.permissions import Actor, Permission, require
from app.queries.evaluations import EvaluationView, band_name, grade_name
from app.queries.files import EntryRow, FileView, file_view
from app.queries.grading import WITHOUT_BEARING
from app.queries.heads import newest_seal
from app.queries.hearings import StatementRow
from app.queries.influence import periods_of
from app.queries.retention import retention
from app.queries.schemes import PublishedScheme, scheme_for
from app.reports.content import CountedLine, Decision, Summary, UncountedLine
from app.rules.grading.case import Grade, Line, NotCounted, Period
from app.rules.grading.scheme import Scheme
from app.rules.influence import running
from app.rules.retention import kept_until
from app.words import mark, translator
from models.database import moment
from models.people import Office
from models.types import Day, EntryStatus, EvaluationStatus, Points, Polarity, Uid, day_at, iso

Translate = Callable[[str], str]

COMPUTED = mark("Computed, not submitted")
DISPUTED = mark("disputed")
STALE = mark("Entries changed after this grade was computed")
UNTOLD = mark("entries past their retention period, or erased")
DIRECT = mark("gives grade {band} directly")
STATED = mark("Statement of the person, {date}: {text}")
DECIDED = (EvaluationStatus.APPROVED, EvaluationStatus.CONFIRMED, EvaluationStatus.FINAL)


def summary(session: Session, actor: Actor, staff_no: str, period: Period, language: str) -> Summary:
    """The summary of a person: of the evaluation that stands, or of the grade as it would be now.

    Raises NotFound where no standard is in force.
    """
    require(actor, Permission.PRINT)
    view = file_view(session, actor, staff_no, period)
    require(actor, Permission.PRINT, view.head.department_id)
    if view.published is None and _standing(view, period) is None:
        scheme_for(session, actor, period)  # says in words that there is none
    office = session.execute(select(Office.name, Office.name_en)).one()
    today = day_at(moment(session))
    name = office.name if language.startswith("zh") or not office.name_en else office.name_en
    told = _told(view, today, retention(session, actor).months)
    made, seal = _summary(told, period, language, name, today), newest_seal(session, actor)
    return replace(made, seal_root=seal.root.hex(), sealed_on=day_at(seal.moment)) if seal else made


def _told(view: FileView, today: Day, months: int) -> FileView:
    """Without the negative entries whose retention is over: those are kept as archive only."""
    entries = [one for one in view.entries if not _is_past(one, today, months)]
    return view._replace(entries=tuple(entries))


def _is_past(entry: EntryRow, today: Day, months: int) -> bool:
    until = kept_until(entry.polarity, entry.occurred_on, entry.ended_on, months)
    return until is not None and until < today


def _summary(view: FileView, period: Period, language: str, office: str, today: Day) -> Summary:
    tr, head = translator(language), view.head
    standing = _standing(view, period)
    published, grade = (standing.published, standing.grade) if standing else _now(view)
    entries = {entry.uid: entry for entry in view.entries}
    lines = [
        (line, entries[line.entry])
        for line in grade.lines
        if line.entry in entries and line.reason not in WITHOUT_BEARING
    ]
    scheme = published.scheme

    def names(uid: Uid) -> str:
        entry = entries.get(uid)
        return f"{entry.item_name(language)} {iso(entry.occurred_on)}" if entry else tr(UNTOLD)

    status = label(standing.status, tr) if standing else tr(COMPUTED)
    if grade.not_rated:
        status = label(grade.not_rated, tr)
        if grade.not_rated in scheme.comment_only:
            status = tr("{state}: a comment and no grade").format(state=status)
    return Summary(
        office=office,
        printed_on=today,
        name=head.name,
        staff_no=head.staff_no,
        file_no=head.number,
        department=head.department,
        post=head.post,
        rank=head.rank,
        period_label=period.label,
        period_start=period.start,
        period_end=period.end,
        scheme=published.scheme.title.in_language(language),
        adopted_by=published.adopted_by,
        grade=grade_name(published, grade, language) if grade.band else "",
        score=grade.score,
        base=published.scheme.score.base,
        status=status,
        is_proposal=standing is None or standing.status not in DECIDED,
        content_digest=standing.digest.hex() if standing else "",
        chain_seq=head.chain_seq,
        chain_hash=head.chain_hash.hex(),
        counted=tuple(
            _counted(line, entry, published, language, names, view.around.stated(entry.uid))
            for line, entry in lines
            if line.reason is None
        ),
        not_counted=tuple(
            _not_counted(line, entry, scheme, language, names, view.around.stated(entry.uid))
            for line, entry in lines
            if line.reason
        ),
        adjustments=tuple(
            (move.words, move.points) for move in moves(grade, scheme, language, tr) if not move.line
        )
        + _untold(grade, entries, tr),
        reasoning=tuple(
            words(grade, scheme, language, names, tr) for words in (fixed_words, next_words) if grade.band
        ),
        counts=_counts(view, period, tr),
        decisions=_decisions(standing, tr),
        marks=_marks(standing, grade, tr),
        influences=_influences(view, today, language, tr),
        note=published.scheme.notice.in_language(language),
    )


def _untold(grade: Grade, entries: Container[Uid], tr: Translate) -> tuple[tuple[str, Points], ...]:
    """What counted then and is not told any more, so that the score still adds up."""
    points = [line.points for line in grade.lines if not line.reason and line.entry not in entries]
    return ((tr(UNTOLD), Points(sum(points))),) if points else ()


def _standing(view: FileView, period: Period) -> EvaluationView | None:
    return next(
        (
            one
            for one in view.evaluations
            if one.period == period and one.status is not EvaluationStatus.SUPERSEDED
        ),
        None,
    )


def _now(view: FileView) -> tuple[PublishedScheme, Grade]:
    assert view.published and view.grade  # summary() has asked for a standard, and file_view has both or none
    return view.published, view.grade


def _counted(
    line: Line,
    entry: EntryRow,
    published: PublishedScheme,
    language: str,
    names: NameOf,
    stated: Iterable[StatementRow],
) -> CountedLine:
    tr, scheme = translator(language), published.scheme
    rule = scheme.items.get(line.item)
    marks = [tr(DISPUTED)] if line.disputed else []
    if why := line_words(line, scheme, names, tr):
        marks.append(why)
    if line.direct:
        marks.append(tr(DIRECT).format(band=band_name(published, line.direct, language)))
    return CountedLine(
        date=entry.occurred_on,
        item=entry.item_name(language),
        points=Points(line.points),
        facts=_facts(entry, scheme, language, stated),
        authority=entry.authority,
        document_no=entry.document_no,
        until=line.until or None,
        reference=rule.reference if rule else "",
        marks=tuple(marks),
    )


def _not_counted(
    line: Line,
    entry: EntryRow,
    scheme: Scheme,
    language: str,
    names: NameOf,
    stated: Iterable[StatementRow],
) -> UncountedLine:
    words = line_words(line, scheme, names, translator(language))
    if line.reason is NotCounted.REVOKED and entry.status_document:
        words += f" {entry.status_document}"
    return UncountedLine(
        date=entry.occurred_on,
        item=entry.item_name(language),
        reason=words,
        facts=_facts(entry, scheme, language, stated),
        authority=entry.authority,
        document_no=entry.document_no,
    )


def _facts(entry: EntryRow, scheme: Scheme, language: str, stated: Iterable[StatementRow]) -> str:
    """What happened, what the points follow from beyond the item, and what the person stated."""
    tr, rule = translator(language), scheme.items.get(entry.item)
    unit = rule.unit.in_language(language) if rule else ""
    told = [
        tr("{title}: {text}").format(title=title, text=text) for title, text in particulars(entry, unit, tr)
    ]
    beside = [tr(STATED).format(date=iso(one.received_on), text=one.text) for one in stated]
    return "\n".join(filter(None, (entry.facts, tr("; ").join(told), *beside)))


def _influences(view: FileView, today: Day, language: str, tr: Translate) -> tuple[str, ...]:
    """The influence periods that run on the day of the print, the one that ends last first."""
    names = {entry.uid: entry.item_name(language) for entry in view.entries}
    return tuple(
        tr("{title}: {text}").format(title=names[one.sanction.uid], text=influence_words(one, tr))
        for one in running(periods_of(view), today)
    )


def _counts(view: FileView, period: Period, tr: Translate) -> tuple[tuple[str, int], ...]:
    """Entries in force that were decided by the end of the period."""
    in_force = [
        entry.polarity
        for entry in view.entries
        if entry.status in (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)
        and (entry.decided_on or entry.occurred_on) <= period.end
    ]
    return tuple((label(polarity, tr), in_force.count(polarity)) for polarity in Polarity)


def _decisions(standing: EvaluationView | None, tr: Translate) -> tuple[Decision, ...]:
    return tuple(
        Decision(label(one.step, tr), one.account_name, one.decided_at, label(one.decision, tr), one.reason)
        for one in (standing.approvals if standing else ())
    )


def _marks(standing: EvaluationView | None, grade: Grade, tr: Translate) -> tuple[str, ...]:
    marks = [tr(STALE)] if standing and standing.stale else []
    if (standing and standing.disputed) or any(line.disputed for line in grade.lines):
        marks.append(tr(DISPUTED))
    return tuple(marks)
