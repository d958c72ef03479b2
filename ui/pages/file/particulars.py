"""What only some entries say: how much, what points and why, in which capacity, with whom; put right when."""

from collections.abc import Iterator

from app.labels import label
from app.problems import field_label
from app.queries.entries import WaitingEntry
from app.queries.files import EntryRow
from app.reports.wording import plain_points, signed_points
from app.words import ntr
from models.types import Points, iso


def particulars(row: EntryRow | WaitingEntry, unit: str = "") -> Iterator[tuple[str, str]]:
    """Titles and what they say; ``unit``: of the quantity, where the standard names one."""
    if row.quantity is not None:
        yield field_label("quantity"), f"{plain_points(Points(row.quantity))} {unit}".strip()
    if row.given_points is not None:
        yield field_label("given_points"), _joined(signed_points(row.given_points), row.given_reason)
    if row.capacity:
        yield field_label("capacity"), label(row.capacity)
    if row.authors:
        people = ntr("{n} person", "{n} people", row.authors).format(n=row.authors)
        yield field_label("authors"), people
    if row.corrected_on:
        yield field_label("corrected_on"), _joined(iso(row.corrected_on), row.corrected_document)


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
