"""What the file page has asked for, and how its parts say it."""

from typing import NamedTuple

from app.context import AppContext
from app.labels import label
from app.permissions import Permission
from app.queries.accountability import PublishedTable, accountability_in_force
from app.queries.evaluations import EvaluationView, band_name
from app.queries.files import EntryRow, FileView, case_entry, file_view
from app.queries.id_numbers import masked_id_number
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import CaseEntry, Line, NotCounted, Period, year
from app.rules.grading.influence import Influence, running
from app.words import in_use, tr
from models.types import Day, EntryStatus, EvaluationStatus, Uid, iso


class FileReading(NamedTuple):
    """One file as it was read, and what it is looked at for."""

    view: FileView
    period: Period
    today: Day
    accountability: tuple[PublishedTable, ...]
    """The tables that are a reference beside entries; nothing is counted by them."""
    id_number: str = ""
    """Masked; empty where none is on file, and for who does not keep it."""

    def entry(self, uid: Uid) -> EntryRow | None:
        """The entry of a uid."""
        return next((entry for entry in self.view.entries if entry.uid == uid), None)

    def entry_name(self, uid: Uid) -> str:
        """An entry by item and date."""
        entry = self.entry(uid)
        return f"{entry.item_name(in_use())} {iso(entry.occurred_on)}" if entry else uid

    def entries_from(self, lead: Uid) -> list[EntryRow]:
        """The entries that a lead became, as they stand now."""
        gone = EntryStatus.WITHDRAWN
        return [one for one in self.view.entries if one.lead == lead and not one.again and one.status != gone]

    def cases(self) -> list[CaseEntry]:
        """The entries as grading looks at them."""
        return [case_entry(entry) for entry in self.view.entries]

    def influences(self) -> tuple[Influence, ...]:
        """The influence periods that run today."""
        published = self.view.published
        return running(self.cases(), published.scheme, self.today) if published else ()


def read_file(context: AppContext, staff_no: str, year_number: int | None) -> FileReading:
    """The file for a year, or for the one that runs; on a worker."""
    today = context.today()
    period = year(year_number or today // 10000)
    view = context.ask(file_view, staff_no, period)
    keeps = context.actor.may(Permission.KEEP_FILES, view.head.department_id)
    number = context.ask(masked_id_number, staff_no) if keeps else ""
    return FileReading(view, period, today, context.ask(accountability_in_force), number)


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
    return tr("Recorded again") if entry.again else label(entry.status)


def standing_words(entry: EntryRow, line: Line | None) -> str:
    """Why it does not count, or what else must be known at one look; empty where all is usual."""
    if line is None:
        return "" if entry.status is EntryStatus.EFFECTIVE else status_words(entry)
    if line.reason:
        reason = tr("recorded again") if entry.again else label(line.reason)
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
