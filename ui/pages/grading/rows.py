"""A proposed grade as a line of the list: who, what is proposed, and what weighs most."""

from typing import NamedTuple

from app.labels import label
from app.queries.evaluations import InboxRow, band_name
from app.queries.grading import grade_of
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import Line
from app.words import in_use, ntr, tr
from models.types import EvaluationStatus
from ui import theme
from ui.desk.rows import Mark, QueueItem, Run
from ui.widgets import sign

HEAVIEST = 3
"""Lines that a row names."""


class Listed(NamedTuple):
    """A row of the inbox, and how it stands in the list."""

    row: InboxRow
    item: QueueItem


def listed(row: InboxRow) -> Listed:
    """Made off the GUI thread, since it reads the whole result of each."""
    return Listed(
        row,
        QueueItem(
            row.uid,
            row.name,
            row.post,
            f"{row.band_name(in_use())} {plain_points(row.score)}",
            _heaviest(row) if row.status is EvaluationStatus.SUBMITTED else _decided(row),
            marks(row),
            _last(row),
        ),
    )


def marks(row: InboxRow) -> tuple[Mark, ...]:
    """What asks for a closer look."""
    found = []
    if row.disputed:
        found.append(Mark(tr("Disputed"), "flag", "dispute"))
    if row.objected:
        found.append(Mark(tr("Grade disputed"), "flag", "dispute"))
    if row.stale and row.status is not EvaluationStatus.RETURNED:
        found.append(Mark(tr("Changed since"), "triangle-alert", "dispute"))
    return tuple(found)


def negative_mark(row: InboxRow) -> tuple[Mark, ...]:
    """How many lines took points: in the list they are named, first of all."""
    if not row.negative:
        return ()
    words = ntr("{n} negative entry", "{n} negative entries", row.negative).format(n=row.negative)
    return (Mark(words, "minus", "negative"),)


def _heaviest(row: InboxRow) -> tuple[Run, ...]:
    """The lines that took or gave most; what took points comes first."""
    lines = [
        line for line in grade_of(row.trace).lines if line.reason is None and (line.points or line.direct)
    ]
    if not lines:
        return ((tr("Nothing counts"), "muted"),)
    lines.sort(key=lambda line: (line.points >= 0, not line.direct, -abs(line.points)))
    runs = [run for line in lines[:HEAVIEST] for run in _runs(row, line)]
    more = len(lines) - HEAVIEST
    if more > 0:
        runs.append((ntr("and {n} more", "and {n} more", more).format(n=more), "muted"))
    return tuple(runs)


def _runs(row: InboxRow, line: Line) -> tuple[Run, Run]:
    rule = row.published.scheme.items.get(line.item)
    name = rule.name.in_language(in_use()) if rule else line.item
    role: theme.Role = sign(rule.polarity)[1] if rule else "muted"
    figure = signed_points(line.points) if line.points else band_name(row.published, line.direct, in_use())
    return (f"{figure} ", role), (f"{name}   ", "text")


def _decided(row: InboxRow) -> tuple[Run, ...]:
    role: theme.Role = "dispute" if row.status is EvaluationStatus.RETURNED else "positive"
    return ((label(row.status), role), (f"   {row.reason}", "muted"))


def _last(row: InboxRow) -> str:
    """The grade of the period before, and whether this one is higher or lower."""
    last = row.last
    if last is None:
        return ""
    order: list[str] = [band.code for band in row.published.scheme.bands]
    arrow = ""
    if last.code == row.published.code and row.band in order and last.band in order:
        step = order.index(last.band) - order.index(row.band)
        arrow = " ↑" if step > 0 else " ↓" if step < 0 else ""
    name = last.name(in_use())
    return tr("before: {grade}").format(grade=name) + arrow
