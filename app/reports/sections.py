"""What forms about a file share: numbered sections with a table, and the foot that proves the database."""

from collections.abc import Sequence
from typing import Protocol

from app.reports.layout import (
    CELL,
    CELL_HEAD,
    HEADING,
    MM,
    SMALL,
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
from app.reports.wording import Translate, in_eights
from models.types import Day, iso

_FOOT_WIDTHS = (33 * MM, *(13.6 * MM,) * 8, WIDTH - 33 * MM - 8 * 13.6 * MM)


class Proved(Protocol):
    """A content that bears the head of its file's chain and the root of all chains."""

    @property
    def chain_seq(self) -> int: ...
    @property
    def chain_hash(self) -> str: ...
    @property
    def seal_root(self) -> str: ...
    @property
    def sealed_on(self) -> Day | None: ...


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


def proofs(content: Proved, tr: Translate) -> list[tuple[str, str]]:
    """The head of the chain, and the root of all chains where they were sealed, each with its title."""
    lines = [(tr("Head of the chain, no. {number}").format(number=content.chain_seq), content.chain_hash)]
    if content.sealed_on:
        lines.append((tr("All chains on {date}").format(date=iso(content.sealed_on)), content.seal_root))
    return lines


def proof_foot(lines: Sequence[tuple[str, str]], tr: Translate, page: int, pages: int) -> list[Block]:
    """Hashes in columns that can be compared, and the page."""
    number = tr("Page {page} of {pages}").format(page=page, pages=pages)
    return [
        block
        for place, (label, digest) in enumerate(lines)
        for block in row(
            [
                cell(label, SMALL),
                *(cell(group, SMALL) for group in ((in_eights(digest) or ["—"]) + [""] * 8)[:8]),
                cell("" if place else number, CELL_HEAD, Align.RIGHT),
            ],
            _FOOT_WIDTHS,
            Look(framed=False),
        )
    ]
