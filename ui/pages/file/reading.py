"""What the file page has asked for, and how its parts say it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from app.commands.reading import open_file
from app.context import AppContext
from app.errors import Unavailable
from app.history_words import references
from app.labels import label
from app.permissions import Permission
from app.queries.accountability import PublishedTable, accountability_in_force
from app.queries.as_of import file_as_of
from app.queries.evaluations import EvaluationView, band_name
from app.queries.files import EntryRow, FileView, file_view
from app.queries.history import names_of
from app.queries.id_numbers import masked_id_number
from app.queries.influence import periods_of
from app.queries.retention import Retention, retention
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import Line, NotCounted, Period, year
from app.rules.influence import Influence, running
from app.rules.retention import kept_until
from app.words import in_use, tr
from models.types import Day, EntryStatus, EvaluationStatus, Remedy, Uid, iso

_GONE = (EntryStatus.WITHDRAWN, EntryStatus.SUPERSEDED)
_IN_FORCE = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)


class FileReading(NamedTuple):
    """One file as it was read, and what it is looked at for."""

    view: FileView
    period: Period
    today: Day
    accountability: tuple[PublishedTable, ...]
    """The tables that are a reference beside entries; nothing is counted by them."""
    names: Mapping[str, str]
    """What the history names by uid or code, in the language in use."""
    retention: Retention
    """How long negative information is kept."""
    id_number: str = ""
    """Masked; empty where none is on file, and for who does not keep it."""

    def entry(self, uid: Uid) -> EntryRow | None:
        """The entry of a uid."""
        return next((entry for entry in self.view.entries if entry.uid == uid), None)

    def entry_name(self, uid: Uid) -> str:
        """An entry by item and date."""
        entry = self.entry(uid)
        if entry is None:
            return tr("an entry that was lawfully erased")
        return f"{entry.item_name(in_use())} {iso(entry.occurred_on)}"

    def entries_from(self, lead: Uid) -> list[EntryRow]:
        """The entries that a lead became, as they stand now."""
        stand = (one for one in self.view.entries if one.status not in _GONE)
        return [one for one in stand if one.lead == lead and (one.status in _IN_FORCE or not one.again)]

    def to_be_corrected(self, entry: EntryRow) -> bool:
        """Whether an upheld objection wants the entry recorded as it should have been, and nobody has yet."""
        wanted = (one.target == entry.uid and one.remedy is Remedy.CORRECT for one in self.view.objections)
        return entry.status is EntryStatus.REVOKED and not entry.again and any(wanted)

    def is_archived(self, entry: EntryRow) -> bool:
        """Whether an entry in force is no longer valid at the end of the year looked at, or past its
        retention period: it is read in the archive, and counts nowhere."""
        line = self.view.lines.get(entry.uid)
        until = kept_until(entry.polarity, entry.occurred_on, entry.ended_on, self.retention.months)
        past = until is not None and until < (self.view.as_of or self.today)
        expired = line is not None and line.reason is NotCounted.EXPIRED
        return entry.status in _IN_FORCE and (expired or past)

    def influences(self) -> tuple[Influence, ...]:
        """The influence periods that run on the day that is looked at."""
        return running(periods_of(self.view), self.view.as_of or self.today)

    def influence(self, uid: Uid) -> Influence | None:
        """The influence period of an entry, whether it runs or not; None where it has none."""
        return next((one for one in periods_of(self.view) if one.sanction.uid == uid), None)


def open_and_read(context: AppContext, staff_no: str, purpose: str) -> FileReading:
    """The file for the year that runs, once it is registered that it is read. On a worker.

    Raises Invalid (``field="purpose"``) where it is to be said first for what purpose.
    """
    with suppress(Unavailable):  # of an office that can only be read, the daily work is
        context.do(open_file, staff_no, purpose)
    return read_file(context, staff_no, None)


def read_file(
    context: AppContext, staff_no: str, year_number: int | None, as_of: Day | None = None
) -> FileReading:
    """The file for a year, or for the one that runs; or as it stood at the end of a day. On a worker."""
    today = as_of or context.today()
    period = year(year_number or today // 10000)
    if as_of:
        view = context.ask(file_as_of, staff_no, period, as_of)
    else:
        view = context.ask(file_view, staff_no, period)
    called = context.ask(names_of, references(view.history))
    names = {key: zh if in_use().startswith("zh") else en for key, (zh, en) in called.items()}
    keeps = context.actor.may(Permission.KEEP_FILES, view.head.department_id)
    number = context.ask(masked_id_number, staff_no) if keeps else ""
    return FileReading(
        view, period, today, context.ask(accountability_in_force), names, context.ask(retention), number
    )


def newest(view: FileView) -> EvaluationView | None:
    """The evaluation that stands for the newest period."""
    standing = (one for one in view.evaluations if one.status is not EvaluationStatus.SUPERSEDED)
    return next(standing, None)


def points_words(line: Line | None) -> str:
    """The points with their sign; nothing for who is not rated."""
    return signed_points(line.points) if line else ""


def validity_words(line: Line | None) -> str:
    """Until when the points count."""
    if line is None or line.reason or not line.until:
        return ""
    return tr("until {date}").format(date=iso(line.until))


def status_words(entry: EntryRow) -> str:
    """Where an entry stands; what was recorded again no longer waits for its recorder."""
    return tr("Recorded again") if is_recorded_again(entry) else label(entry.status)


def is_recorded_again(entry: EntryRow) -> bool:
    """Whether it came back, and another one was recorded for it. What is in force may be corrected by one."""
    return entry.status is EntryStatus.RETURNED and entry.again is not None


def standing_words(entry: EntryRow, line: Line | None) -> str:
    """Why it does not count, or what else must be known at one look; empty where all is usual."""
    if line is None:
        return "" if entry.status is EntryStatus.EFFECTIVE else status_words(entry)
    if line.reason:
        reason = tr("recorded again") if is_recorded_again(entry) else label(line.reason)
        if line.reason is NotCounted.REVOKED and entry.status_document:
            reason += f" ({entry.status_document})"
        return tr("Not counted: {reason}").format(reason=reason)
    if line.disputed:
        return tr("Disputed, and counts while the objection runs")
    return ""


def direct_words(line: Line | None, view: FileView) -> str:
    """The grade that the entry gives whatever the score; empty for none."""
    if line is None or not line.direct or view.published is None:
        return ""
    return tr("gives grade {band} directly").format(band=band_name(view.published, line.direct, in_use()))


def grade_words(evaluation: EvaluationView) -> str:
    """Grade and score of an evaluation in a few words."""
    words = evaluation.band_name(in_use())
    score = evaluation.grade.score
    return words if score is None else f"{words} · {plain_points(score)}"


def named(entry: EntryRow) -> str:
    """An entry in a few words: item, date, document."""
    parts = (entry.item_name(in_use()), iso(entry.occurred_on), entry.document_no)
    return " · ".join(part for part in parts if part)


def authority_words(entry: EntryRow) -> str:
    """Who decided, and by which document."""
    return " · ".join(part for part in (entry.authority, entry.document_no) if part)
