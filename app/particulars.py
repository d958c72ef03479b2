"""What only some entries say: how much, what points and why, in which capacity, with whom; put right when."""

from collections.abc import Iterator

from app.labels import label
from app.problems import FIELDS
from app.queries.entries import WaitingEntry
from app.queries.files import EntryRow
from app.reports.wording import Translate, plain_points, signed_points
from app.words import mark, tr
from models.types import Points, iso

TOGETHER = mark("{n} people together")


def particulars(
    row: EntryRow | WaitingEntry, unit: str = "", words: Translate = tr
) -> Iterator[tuple[str, str]]:
    """Titles and what they say; ``unit``: of the quantity, where the standard names one."""
    if row.quantity is not None:
        yield words(FIELDS["quantity"]), f"{plain_points(Points(row.quantity))} {unit}".strip()
    if row.given_points is not None:
        yield words(FIELDS["given_points"]), _joined(signed_points(row.given_points), row.given_reason)
    if row.capacity:
        yield words(FIELDS["capacity"]), label(row.capacity, words)
    if row.authors:
        yield words(FIELDS["authors"]), words(TOGETHER).format(n=row.authors)
    if row.corrected_on:
        yield words(FIELDS["corrected_on"]), _joined(iso(row.corrected_on), row.corrected_document)


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
