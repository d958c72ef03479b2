"""Why a grade is what it is, as a text: every line counted, every line not counted, and what was decided."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.labels import label
from app.queries.evaluations import ApprovalRow, EvaluationView
from app.queries.files import EntryRow, EvidenceRow, FileView
from app.reports.wording import decimals, plain_points, signed_points
from app.rules.grading.engine import Line, NotCounted
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
    traced = {line.entry for line in evaluation.grade.lines}
    since = [entry for entry in view.entries if entry.uid not in traced]
    return "".join(
        (
            _origin(evaluation),
            heading(tr("Counted")),
            _counted(counted, evaluation),
            _not_counted(not_counted),
            _since(since),
            _decisions(view, evaluation),
        )
    )


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


def _counted(told: Sequence[_Told], one: EvaluationView) -> str:
    scheme, result = one.published.scheme, one.grade
    places = decimals([scheme.base, *(each.line.points for each in told)])
    rows = [_row(plain_points(scheme.base, places), "muted", escape(tr("Base")), "")]
    rows += [_counted_row(each, one, places) for each in told]
    score = result.score or Points(0)
    total = scheme.base + sum(each.line.points for each in told)
    words = one.band_name(in_use())
    if result.direct:
        words = tr("{grade}, given directly by one entry whatever the score").format(grade=words)
    elif total != score:
        words = tr("{grade}; the sum {sum} was limited").format(
            grade=words, sum=plain_points(Points(total), places)
        )
    rows.append(_row(f"= {plain_points(score, places)}", "sum", f"<b>{escape(words)}</b>", ""))
    return table(rows)


def _row(figure: str, look: str, middle: str, end: str) -> str:
    shown = f"<b>{escape(figure)}</b>" if look == "sum" else escape(figure)
    return (
        cell(shown, "" if look == "sum" else look, 64, "right")
        + cell("", width=8)
        + cell(middle)
        + cell(end, "muted small", 128, "right")
    )


def _counted_row(told: _Told, one: EvaluationView, places: int) -> str:
    line = told.line
    marks = []
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


def _not_counted(told: Sequence[_Told]) -> str:
    if not told:
        return ""
    rows = [
        _row("—", "muted", f'<span class="muted">{_entry(each.entry, each.evidence)}</span>', _why(each))
        for each in told
    ]
    return heading(tr("Not counted")) + table(rows)


def _why(told: _Told) -> str:
    """The reason in words, with what it rests on."""
    reason = told.line.reason
    words = label(reason) if reason else ""
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
