"""Places for signatures and the seal, which forms share."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from app.reports.layout import LABEL, MM, NONE, THICK, THIN, Align, Block, Cell, Look, cell, row, stack
from app.reports.text import Style

SEAL = 48 * MM
"""Side of the place for the seal, whose diameter is at most 45 mm below the provinces (国发〔1999〕25号)."""
_NAME = 36 * MM


def signatures(signers: Sequence[str], date: str, sealer: str, width: float) -> Block:
    """A row for each signer with the blank ``date``, and beside them the place for the seal."""
    room = width - SEAL
    heights = SEAL / len(signers)
    left = stack(
        [
            block
            for n, signer in enumerate(signers, start=1)
            for block in row(
                [cell(signer, LABEL, Align.CENTRE), cell(date, LABEL, Align.RIGHT)],
                (_NAME, room - _NAME),
                Look(THICK if n == 1 else NONE, THICK if n == len(signers) else THIN, centred=True),
                heights,
            )
        ]
    )
    [right] = row([_seal(sealer, date, LABEL)], (SEAL,), Look(THICK, THICK), SEAL)

    def draw(canvas: Canvas, x: float, top: float) -> None:
        left.draw(canvas, x, top)
        right.draw(canvas, x + room, top)

    return Block(SEAL, draw)


def _seal(sealer: str, date: str, style: Style) -> Cell:
    """The name at the top of the place, the date at its bottom."""
    between = int(SEAL / style.leading) - 3
    return Cell([(sealer, style), *[("", style)] * between, (date, style)], Align.CENTRE)
