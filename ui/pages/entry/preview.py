"""What an entry would bring, in words, while it is typed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.influence import influence_words
from app.labels import label
from app.queries.alike import OnFile
from app.queries.evaluations import band_name
from app.queries.files import EntryRow, EvidenceRow, case_of
from app.queries.influence import sanctions_of
from app.queries.schemes import PublishedScheme
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import CaseEntry, Period, year
from app.rules.grading.preview import Preview, preview
from app.rules.hearing import is_decided, is_heard_first
from app.rules.inputs import NewEntry
from app.words import in_use, listed, tr
from models.types import EntryStatus, Uid, iso
from ui import theme
from ui.pages.entry.draft import Draft
from ui.pages.file.reading import FileReading, named

_NEW = Uid("new")


class Said(NamedTuple):
    """One sentence of the preview."""

    text: str
    role: theme.Role = "muted"


def outlook(reading: FileReading, new: NewEntry) -> Iterator[Said]:
    """Points, validity, grade, influence period and effect on the appraisal, once it is verified."""
    published = reading.view.published
    if not (new.item and new.occurred_on):
        yield Said(tr("What it would count is shown here as soon as item and date are known."))
        return
    if published is None:
        yield Said(tr("No standard is in force for {period}.").format(period=reading.period.label))
        return
    period = _period(reading, new)
    case, bars = case_of(reading.view, period), sanctions_of(reading.view)
    found = preview(case, _case_entry(new), published.scheme, period, bars)
    yield _points(found, period, published)
    yield from _grade(found, published)
    yield from _beside(found)
    if found.rule and is_heard_first(found.rule.polarity, _is_decided(new)):
        said = tr("No competent body decided it: the person is told and heard before it counts.")
        yield Said(said, "dispute")


def _period(reading: FileReading, new: NewEntry) -> Period:
    """The year looked at, or that of the decision where it comes later."""
    decided = new.decided_on or new.occurred_on
    return reading.period if decided <= reading.period.end else year(decided // 10000)


def _case_entry(new: NewEntry) -> CaseEntry:
    return CaseEntry(
        _NEW,
        new.act or _NEW,
        new.item,
        EntryStatus.EFFECTIVE,
        new.occurred_on,
        new.decided_on,
        new.ended_on,
        new.level,
        new.quantity,
        new.given_points,
        new.capacity,
        new.authors,
    )


def _is_decided(new: NewEntry) -> bool:
    return is_decided(new.decided_on, new.document_no, new.authority, new.level)


def _points(found: Preview, period: Period, published: PublishedScheme) -> Said:
    line = found.line
    if line is None:
        why = label(found.after.not_rated) if found.after.not_rated else ""
        return Said(
            tr("Is kept, and brings no points in {period}: {why}").format(period=period.label, why=why)
        )
    if line.reason:
        sentence = tr("Would not count in {period}: {reason}")
        return Said(sentence.format(period=period.label, reason=label(line.reason)), "dispute")
    said = tr("Once verified: {points} points, until {date}")
    words = said.format(points=signed_points(line.points), date=iso(line.until))
    if line.direct:
        band = band_name(published, line.direct, in_use())
        words += " · " + tr("{band} directly, whatever the score").format(band=band)
    return Said(words, "negative" if line.points < 0 else "positive")


def _grade(found: Preview, published: PublishedScheme) -> Iterator[Said]:
    before, after, language = found.before, found.after, in_use()
    if before.score is None or after.score is None or found.line is None:
        return
    bands = [band_name(published, grade.band, language) for grade in (before, after)]
    score = tr("Score {before} → {after}").format(
        before=plain_points(before.score), after=plain_points(after.score)
    )
    moved = before.band != after.band
    grade = tr("grade {before} → {after}").format(before=bands[0], after=bands[1])
    kept = tr("grade stays {band}").format(band=bands[1])
    yield Said(f"{score} · {grade if moved else kept}", "text" if moved else "muted")


def _beside(found: Preview) -> Iterator[Said]:
    """What follows apart from the score, in words of the law."""
    if found.influence and not found.influence.instead:
        sentence = tr("Influence period: {length}. Promotion waits.")
        yield Said(sentence.format(length=influence_words(found.influence)), "negative")
    if found.rule and found.rule.appraisal:
        yield Said(tr("Annual appraisal: {effect}").format(effect=found.rule.appraisal))


def warning(found: list[EntryRow]) -> str:
    """That something like it is on file already; empty where there is nothing."""
    if not found:
        return ""
    names = ("; ".join(named(entry) for entry in found[:2])) + (" …" if len(found) > 2 else "")
    return tr("Already in this file: {entries}. Is it the same?").format(entries=names)


def others(reading: FileReading, draft: Draft) -> list[EntryRow]:
    """The entries of the file but for the one in whose place this is recorded."""
    return [one for one in reading.view.entries if one.uid != draft.instead_of]


def earlier_evidence(reading: FileReading, draft: Draft) -> tuple[EvidenceRow, ...]:
    """What goes on to count of the entry in whose place this is recorded."""
    entry = reading.entry(Uid(draft.instead_of)) if draft.instead_of else None
    return reading.view.evidence_of(entry) if entry else ()


def warning_elsewhere(found: Sequence[OnFile]) -> Said:
    """That somebody else of the same act has it on file already."""
    sentence = tr("The like is on file already for {names}.")
    return Said(sentence.format(names=listed(f"{one.name} {one.staff_no}" for one in found)), "dispute")
