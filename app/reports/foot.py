"""What stands below every page that shows what is on file: digests that prove it, and the page."""

from collections.abc import Sequence
from typing import Protocol

from app.reports.layout import CELL_HEAD, MM, SMALL, Align, Block, Look, cell, row
from app.reports.pages import WIDTH
from app.reports.wording import Translate, in_eights
from models.types import Day, iso

_WIDTHS = (33 * MM, *(13.6 * MM,) * 8, WIDTH - 33 * MM - 8 * 13.6 * MM)


class Proven(Protocol):
    """A content that says where its chain stood."""

    @property
    def chain_seq(self) -> int: ...
    @property
    def chain_hash(self) -> str: ...
    @property
    def seal_root(self) -> str: ...
    @property
    def sealed_on(self) -> Day | None: ...


def proofs(content: Proven, tr: Translate) -> list[tuple[str, str]]:
    """The head of the file's chain, and the root of all chains when they were sealed last."""
    found = [(tr("Head of the chain, no. {number}").format(number=content.chain_seq), content.chain_hash)]
    if content.sealed_on:
        root = tr("All chains on {date}").format(date=iso(content.sealed_on))
        found.append((root, content.seal_root))
    return found


def proof_foot(digests: Sequence[tuple[str, str]], tr: Translate, page: int, pages: int) -> list[Block]:
    """Digests in columns that can be compared, and the page."""
    number = tr("Page {page} of {pages}").format(page=page, pages=pages)
    return [
        block
        for n, (label, digest) in enumerate(digests)
        for block in row(
            [
                cell(label, SMALL),
                *(cell(group, SMALL) for group in ((in_eights(digest) or ["—"]) + [""] * 8)[:8]),
                cell(number if n == 0 else "", CELL_HEAD, Align.RIGHT),
            ],
            _WIDTHS,
            Look(framed=False),
        )
    ]
