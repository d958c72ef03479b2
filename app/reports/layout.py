"""The parts that forms are made of: lines of text, rows of tables, gaps, all of known height.

A part is a ``Block``: its height, and a function that draws it. Forms make lists of them, ``pages``
lays them out, so a form knows nothing of pages and a page nothing of forms. Lengths in points.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from itertools import accumulate, pairwise
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from app.reports.fonts import BOLD, SANS, SERIF
from app.reports.text import Style, break_lines, draw_line, fitting, width_of

MM = 72 / 25.4

THICK, THIN, NONE = 1.0, 0.4, 0.0
"""Widths of rules."""
SHADE = 0.94
"""Grey under the heads of tables."""
FAINT = 0.36
"""Grey of what does not count: 7 : 1 on white, and still there in a copy."""
PADDING = 3.0
"""Between a rule and the text."""
MOST_LINES = 24
"""A row of more lines may be parted after so many, at the end of a page."""

TITLE = Style(BOLD, 22, 32)
SUBTITLE = Style(SERIF, 12, 20)
HEADING = Style(BOLD, 11, 18)
TEXT = Style(SERIF, 9.5, 13.5)
STRONG = Style(BOLD, 12, 16)
LABEL = Style(SANS, 9, 13)
CELL = Style(SERIF, 9, 12.5)
CELL_HEAD = Style(SANS, 8.5, 12)
FIGURE = Style(SANS, 8.5, 12.5)
NOTE = Style(SERIF, 8.5, 12.5)
SMALL = Style(SANS, 6.5, 8.5)


def faint(style: Style) -> Style:
    """The style for what does not count."""
    return style._replace(grey=FAINT)


class Align(Enum):
    """Where a line stands in its column: the share of the free room that lies left of it."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Block(NamedTuple):
    """A part of a page as wide as the page's text."""

    height: float
    draw: Callable[[Canvas, float, float], None]
    """Draws it, given its upper left corner."""
    head: "Block | None" = None
    """What is repeated above it where it begins a page."""
    tail: "Block | None" = None
    """What closes it where it ends a page; of no height."""
    joined: bool = False
    """Whether it stays on the page of the block before it."""


class Line(NamedTuple):
    """One line of text as it is drawn."""

    text: str
    style: Style
    align: Align = Align.LEFT


class Cell(NamedTuple):
    """What stands in one column of a row: paragraphs, each in its style."""

    paragraphs: Sequence[tuple[str, Style]]
    align: Align = Align.LEFT


def cell(text: str, style: Style = CELL, align: Align = Align.LEFT) -> Cell:
    """A cell of one paragraph."""
    return Cell([(text, style)], align)


def _lines(content: Cell, width: float) -> list[Line]:
    return [
        Line(line, style, content.align)
        for text, style in content.paragraphs
        for line in break_lines(text, style, width)
    ]


def _height(lines: Sequence[Line]) -> float:
    return sum([line.style.leading for line in lines])


def _draw_lines(canvas: Canvas, lines: Sequence[Line], left: float, top: float, width: float) -> None:
    for text, style, align in lines:
        if text:
            free = width - width_of(text, style) if align.value else 0.0
            draw_line(canvas, text, style, left + free * align.value, top)
        top -= style.leading


def gap(height: float) -> Block:
    """Empty room."""
    return Block(height, lambda canvas, left, top: None)


def paragraph(text: str, style: Style, width: float, align: Align = Align.LEFT) -> Block:
    """Text in lines as wide as the page."""
    lines = _lines(cell(text, style, align), width)
    return Block(_height(lines), lambda canvas, left, top: _draw_lines(canvas, lines, left, top, width))


def ends(left_text: str, right_text: str, style: Style, width: float) -> Block:
    """One line with a text at either end, smaller where they would meet."""
    right_style = fitting(right_text, style, width / 2)
    left_style = fitting(left_text, style, width - width_of(right_text, right_style) - style.size)

    def draw(canvas: Canvas, left: float, top: float) -> None:
        _draw_lines(canvas, [Line(left_text, left_style)], left, top, width)
        _draw_lines(canvas, [Line(right_text, right_style, Align.RIGHT)], left, top, width)

    return Block(style.leading, draw)


class Look(NamedTuple):
    """How a row is framed: the widths of the rules above and below it, and what else."""

    above: float = NONE
    below: float = THIN
    framed: bool = True
    """Whether it has rules at all."""
    shaded: bool = False
    centred: bool = False
    """Whether cells stand in the middle of the row's height rather than at its top."""
    first: bool = True
    last: bool = True
    """Whether this is the first or last piece of a row that was parted."""


def _rule(canvas: Canvas, thickness: float, left: float, right: float, y: float) -> None:
    """A level rule that reaches to the outer edges of the thick ones at the sides."""
    if thickness:
        canvas.setLineWidth(thickness)
        canvas.line(left - THICK / 2, y, right + THICK / 2, y)


def _frame(
    canvas: Canvas, left: float, top: float, height: float, widths: Sequence[float], look: Look
) -> None:
    """The rules of one row; outer ones at the sides are thick."""
    edges = list(accumulate(widths, initial=left))
    bottom = top - height
    if look.shaded:
        canvas.setFillGray(SHADE)
        canvas.rect(left, bottom, edges[-1] - left, height, stroke=0, fill=1)
    _rule(canvas, look.above if look.first else NONE, left, edges[-1], top)
    _rule(canvas, look.below if look.last else NONE, left, edges[-1], bottom)
    canvas.setLineWidth(THIN)
    canvas.lines([(x, top, x, bottom) for x in edges[1:-1]])
    canvas.setLineWidth(THICK)
    canvas.lines([(x, top, x, bottom) for x in (left, edges[-1])])


def _piece(columns: Sequence[Sequence[Line]], widths: Sequence[float], look: Look, least: float) -> Block:
    """A row, or a piece of one, whose lines are broken already."""
    heights = [_height(lines) for lines in columns]
    above, below = PADDING * (look.framed and look.first), PADDING * (look.framed and look.last)
    height = max(least, max(heights) + above + below)

    def draw(canvas: Canvas, left: float, top: float) -> None:
        if look.framed:
            _frame(canvas, left, top, height, widths, look)
        for lines, width, own in zip(columns, widths, heights, strict=True):
            down = (height - own) / 2 if look.centred else above
            _draw_lines(canvas, lines, left + PADDING, top - down, width - 2 * PADDING)
            left += width

    closing = Block(0, lambda canvas, left, top: _rule(canvas, THIN, left, left + sum(widths), top))
    return Block(height, draw, tail=None if look.last else closing)


_ROW = Look()


def row(cells: Sequence[Cell], widths: Sequence[float], look: Look = _ROW, least: float = 0.0) -> list[Block]:
    """A row of a table, at least ``least`` high.

    One block, unless it has very many lines: then a block of MOST_LINES and one for each further
    line, so that it fills its pages.
    """
    columns = [_lines(content, width - 2 * PADDING) for content, width in zip(cells, widths, strict=True)]
    longest = max(map(len, columns))
    cuts = [0, *range(MOST_LINES, longest - 1), longest]
    return [
        _piece(
            [lines[start:end] for lines in columns],
            widths,
            look._replace(first=start == 0, last=end == longest),
            least,
        )
        for start, end in pairwise(cuts)
    ]


def table(head: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> list[Block]:
    """A framed table that breaks between rows and repeats its head on every page."""
    top = stack(row(head, widths, Look(above=THICK, shaded=True, centred=True)))
    blocks = []
    for n, cells in enumerate(rows, start=1):
        look = Look(below=THICK if n == len(rows) else THIN)
        blocks += [block._replace(head=top) for block in row(cells, widths, look)]
    return glued([top], blocks)


def stack(blocks: Sequence[Block]) -> Block:
    """The blocks as one that is never parted."""

    def draw(canvas: Canvas, left: float, top: float) -> None:
        for block in blocks:
            block.draw(canvas, left, top)
            top -= block.height

    return Block(sum(block.height for block in blocks), draw)


def glued(before: Sequence[Block], after: Sequence[Block]) -> list[Block]:
    """Both, the first of ``after`` on the page of the last of ``before``."""
    return [*before, after[0]._replace(joined=True), *after[1:]]


def groups(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks in groups that must not be parted."""
    starts = [n for n, block in enumerate(blocks) if n == 0 or not block.joined]
    return [list(blocks[a:b]) for a, b in pairwise([*starts, len(blocks)])]
