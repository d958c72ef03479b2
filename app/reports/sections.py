"""What forms about a file share: numbered sections with a table, and the foot that proves the database."""

from collections.abc import Sequence

from app.reports.layout import (
    CELL,
    CELL_HEAD,
    HEADING,
    MM,
    THICK,
    Align,
    Block,
    Cell,
    Look,
    cell,
    gap,
    glued,
    paragraph,
    row,
    table,
)
from app.reports.pages import WIDTH


def heads(*texts: str) -> list[Cell]:
    """The titles of a table's columns."""
    return [cell(text, CELL_HEAD, Align.CENTRE) for text in texts]


def section(
    title: str, head: list[Cell], rows: list[list[Cell]], widths: Sequence[float], none: str
) -> list[Block]:
    """A heading with its table, or with the word for an empty one."""
    empty = row([cell(none, CELL, Align.CENTRE)], (WIDTH,), Look(THICK, THICK))
    body = table(head, rows, widths) if rows else empty
    return glued([gap(3.5 * MM)], glued([paragraph(title, HEADING, WIDTH)], body))
