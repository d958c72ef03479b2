"""What waits to be verified as a line of the list, and as a head above the text."""

from app.queries.entries import Barred, WaitingBatch, WaitingEntry
from app.rules.grading.reading import NO_TEXT
from app.words import in_use, mark, ntr, tr
from models.types import iso
from ui.desk.desk import Heading
from ui.desk.rows import Mark, QueueItem, Run
from ui.pages.verification.papers import moment_text
from ui.widgets import sign

_BARRED = {
    Barred.OWN_FILE: mark("This is your own file. A colleague verifies it."),
    Barred.RECORDED: mark("You entered this. A colleague verifies it."),
}


def barred(row: WaitingBatch | WaitingEntry) -> str:
    """Why the actor leaves it to a colleague; empty where that need not be."""
    return tr(_BARRED[row.barred]) if row.barred else ""


def doubts(row: WaitingEntry) -> tuple[Mark, ...]:
    """What whoever verifies should look at twice."""
    twice = Mark(tr("Perhaps twice"), "triangle-alert", "dispute")
    bare = Mark(tr("No number, no evidence"), "triangle-alert", "dispute")
    lacks = Mark(tr("Required evidence is missing"), "triangle-alert", "dispute")
    found = ((twice, row.alike), (lacks, row.lacks != NO_TEXT), (bare, row.bare))
    return tuple(one for one, holds in found if holds)


def item(row: WaitingBatch | WaitingEntry) -> QueueItem:
    """The line in the list."""
    why, dim = barred(row), row.barred is not None
    if isinstance(row, WaitingBatch):
        n = ntr("{n} entry", "{n} entries", row.waiting).format(n=row.waiting)
        by = f"{row.imported_by} {moment_text(row.imported_at)[:10]}"
        return QueueItem(row.uid, row.file_name, "", n, ((row.source, "text"),), aside=by, hint=why, dim=dim)
    beside = f"{row.staff_no} · {row.department}"
    if row.barred is Barred.OWN_FILE:
        return QueueItem(row.uid, row.name, beside, below=((why, "muted"),), hint=why, dim=True)
    figure, role = sign(row.polarity)
    below: tuple[Run, ...] = (
        (f"{figure} ", role),
        (f"{row.item_name(in_use())}   ", "text"),
        (row.document_no, "muted"),
    )
    day = iso(row.decided_on or row.occurred_on)
    return QueueItem(row.uid, row.name, beside, day, below, doubts(row)[:1], row.recorded_by, why, dim)


def heading(row: WaitingBatch | WaitingEntry) -> Heading:
    """What stands above the text."""
    chips = (Mark(barred(row), "lock", "muted"),) if row.barred else ()
    if isinstance(row, WaitingBatch):
        n = ntr("{n} entry", "{n} entries", row.waiting).format(n=row.waiting)
        twice = ntr("{n} perhaps twice", "{n} perhaps twice", row.alike).format(n=row.alike)
        found = (Mark(twice, "triangle-alert", "dispute"),) if row.alike else ()
        return Heading(row.file_name, tr("Imported list"), n, "", (*(chips or (_waits(),)), *found))
    who = " · ".join(part for part in (row.staff_no, row.department, row.post) if part)
    if row.barred is Barred.OWN_FILE:
        return Heading(row.name, who, chips=chips)
    marks = (*(chips or (_waits(),)), *doubts(row))
    return Heading(row.name, who, row.document_no, row.item_name(in_use()), marks)


def _waits() -> Mark:
    return Mark(tr("To be verified"), "clock", "accent")
