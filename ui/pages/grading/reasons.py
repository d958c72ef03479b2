"""Why a grade is what it is, as a text: every line counted, every line not counted, and what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.explanation import NameOf, fixed_words, line_words, moves, next_words
from app.labels import label
from app.queries.evaluations import ApprovalRow, EvaluationView
from app.queries.files import EntryRow, EvidenceRow, FileView
from app.reports.wording import decimals, plain_points, signed_points
from app.rules.grading.case import Line, NotCounted
from app.words import in_use, tr
from models.types import Moment, Points, Uid, iso, local_time
from ui.desk.reading import cell, escape, heading, piece, table


def reasons_html(view: FileView, evaluation: EvaluationView) -> str:
    """All that a decision about an evaluation rests on; ``view`` is the person's file."""
    known = {entry.uid: entry for entry in view.entries}
    evidence: dict[Uid, list[EvidenceRow]] = {}
    for paper in view.evidence:
        evidence.setdefault(paper.entry, []).append(paper)
    told = [_Told(line, known[line.entry], evidence.get(line.entry, [])) for line in evaluation.grade.lines]
    counted = [one for one in told if one.line.reason is None]
    not_counted = [one for one in told if one.line.reason is not None]
    names = entry_names(known)
    traced = {line.entry for line in evaluation.grade.lines}
    since = [entry for entry in view.entries if entry.uid not in traced]
    return "".join(
        (
            _origin(evaluation),
            heading(tr("Counted")),
            _counted(counted, evaluation, names),
            _not_counted(not_counted, evaluation, names),
            _since(since),
            _decisions(view, evaluation),
        )
    )


def entry_names(entries: Mapping[Uid, EntryRow]) -> NameOf:
    """Entries by item and date."""
    return lambda uid: f"{entries[uid].item_name(in_use())} {iso(entries[uid].occurred_on)}"


class _Told(NamedTuple):
    """A line of the result with its entry."""

    line: Line
    entry: EntryRow
    evidence: Sequence[EvidenceRow]


def _origin(one: EvaluationView) -> str:
    scheme = one.published.scheme
    sentence = tr("Computed by “{standard}” ({adopted_by}), submitted by {name} on {day}.").format(
        standard=scheme.title.in_language(in_use()),
        adopted_by=one.published.adopted_by,
        name=one.submitted_by,
        day=day_text(one.submitted_at),
    )
    notice = scheme.notice.in_language(in_use())
    beside = f" {piece(notice, 'dispute')}" if notice else ""
    return f"<p>{piece(sentence, 'muted')}{beside}</p>"


def _counted(told: Sequence[_Told], one: EvaluationView, names: NameOf) -> str:
    scheme, result = one.published.scheme, one.grade
    by_uid = {each.line.entry: each for each in told}
    steps = moves(result, scheme, in_use())
    places = decimals([*(step.points for step in steps), result.score or Points(0)])
    rows = []
    for step in steps:
        if step.line:
            rows.append(_counted_row(by_uid[step.line.entry], one, places, names))
        else:
            figure = plain_points(step.points, places) if not rows else signed_points(step.points, places)
            rows.append(_row(figure, "muted", escape(step.words), ""))
    words = f"<b>{escape(one.band_name(in_use()))}</b> " + escape(
        fixed_words(result, scheme, in_use(), names)
    )
    if lacking := next_words(result, scheme, in_use(), names):
        words += f"<br>{piece(lacking, 'muted')}"
    rows.append(_row(f"= {plain_points(result.score or Points(0), places)}", "sum", words, ""))
    return table(rows)


def _row(figure: str, look: str, middle: str, end: str) -> str:
    shown = f"<b>{escape(figure)}</b>" if look == "sum" else escape(figure)
    return (
        cell(shown, "" if look == "sum" else look, 64, "right")
        + cell("", width=8)
        + cell(middle)
        + cell(end, "muted small", 128, "right")
    )


def _counted_row(told: _Told, one: EvaluationView, places: int, names: NameOf) -> str:
    line = told.line
    why = line_words(line, one.published.scheme, names)
    marks = [why] if why else []
    if line.disputed:
        marks.append(f"⚑ {tr('disputed')}")
    if line.direct:
        name = next(band.name for band in one.published.scheme.bands if band.code == line.direct)
        marks.append(tr("gives grade {band} directly").format(band=name.in_language(in_use())))
    rule = one.published.scheme.items.get(line.item)
    until = tr("until {day}").format(day=iso(line.until)) if line.until else ""
    polarity = "positive" if line.points > 0 else "negative" if line.points < 0 else "muted"
    return _row(
        signed_points(line.points, places),
        polarity,
        _entry(told.entry, told.evidence, marks, rule.reference if rule else ""),
        escape(until),
    )


def _entry(
    entry: EntryRow, evidence: Sequence[EvidenceRow], marks: Iterable[str] = (), reference: str = ""
) -> str:
    """Item and date, the facts, and where they are written."""
    head = f"<b>{escape(entry.item_name(in_use()))}</b> {piece(iso(entry.occurred_on), 'muted')}"
    head += "".join(f" {piece(mark, 'dispute')}" for mark in marks)
    source = " · ".join(part for part in (entry.authority, entry.document_no, reference) if part)
    papers = "; ".join(paper.title + (f" ({paper.place})" if paper.place else "") for paper in evidence)
    below = [piece(source, "muted small")] if source else []
    if papers:
        below.append(piece(tr("Evidence: {papers}").format(papers=papers), "muted small"))
    return "<br>".join([head, escape(entry.facts), *below])


def _not_counted(told: Sequence[_Told], one: EvaluationView, names: NameOf) -> str:
    if not told:
        return ""
    rows = [
        _row(
            "—",
            "muted",
            f'<span class="muted">{_entry(each.entry, each.evidence)}</span>',
            _why(each, one, names),
        )
        for each in told
    ]
    return heading(tr("Not counted")) + table(rows)


def _why(told: _Told, one: EvaluationView, names: NameOf) -> str:
    """The reason in words, with what it rests on."""
    reason = told.line.reason
    words = line_words(told.line, one.published.scheme, names)
    if reason is NotCounted.EXPIRED:
        words += f" ({iso(told.line.until)})"
    return "<br>".join(escape(part) for part in (words, told.entry.status_document) if part)


def _since(entries: Sequence[EntryRow]) -> str:
    """What is in the file by now, but was not when the grade was computed."""
    if not entries:
        return ""
    rows = [_row("", "muted", _entry(entry, ()), escape(label(entry.status))) for entry in entries]
    return heading(tr("Entered since this grade was computed")) + table(rows)


def _decisions(view: FileView, one: EvaluationView) -> str:
    """What was decided about this grade and those of other periods, the newest first."""
    rows = [
        _decision(other, approval)
        for other in view.evaluations
        for approval in reversed(other.approvals)
        if other.uid == one.uid or other.period.end <= one.period.end
    ]
    if not rows:
        return ""
    return heading(tr("Earlier decisions")) + table(rows)


def _decision(one: EvaluationView, approval: ApprovalRow) -> str:
    grade = f"{one.band_name(in_use())} {plain_points(one.grade.score or Points(0))}"
    said = f"{piece(one.period.label, 'muted')} <b>{escape(grade)}</b> {escape(label(approval.decision))}"
    reason = f"<br>{escape(approval.reason)}" if approval.reason else ""
    end = f"{escape(approval.account_name)}<br>{escape(day_text(approval.decided_at))}"
    return cell(said + reason) + cell(end, "muted small", 112, "right")


def day_text(moment: Moment) -> str:
    """The date of a moment, as tables write it."""
    return local_time(moment).date().isoformat()
