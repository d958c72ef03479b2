"""Lays blocks out on pages of A4 and writes the PDF.

The geometry is that of forms that are filed: 25 mm are free at the left for three-hole binding.
"""

import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app import __version__
from app.reports.fonts import SERIF, register
from app.reports.layout import MM, THIN, Block, groups, stack
from app.reports.text import Style, draw_line, fitting, width_of
from models.types import Day

LEFT, RIGHT, TOP, BOTTOM = 25 * MM, 17 * MM, 17 * MM, 26 * MM
"""Margins. The foot stands within the lower one."""
WIDTH = A4[0] - LEFT - RIGHT
ROOM = A4[1] - TOP - BOTTOM
_FOOT_GAP = 3 * MM
_SLANT, _APART = 35, 50 * MM
_MARK = Style(SERIF, 20, 28)._replace(grey=0.88)

rl_config.useA85 = 0  # printable characters instead of bytes: a quarter more for nothing


class Part(NamedTuple):
    """A document about one person, which begins on a new page and counts its own pages."""

    bookmark: str
    blocks: Sequence[Block]
    running: Block
    """Stands above every page but the first, so that a stray page is known."""
    foot: Callable[[int, int], Sequence[Block]]
    """What stands below every page, given its number and how many there are."""
    watermark: str = ""
    """What stands across every page: for whom and for what it was made."""


class About(NamedTuple):
    """What a PDF says of itself."""

    title: str
    author: str
    language: str
    """A tag like ``zh-CN``."""
    made_on: Day


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def paginate(blocks: Sequence[Block], running: Block) -> list[list[Block]]:
    """The blocks page by page, with what is repeated at the top of the later ones."""
    pages: list[list[Block]] = [[]]
    free = ROOM
    for group in groups(blocks):
        if _height(group) > free and pages[-1]:
            if tail := pages[-1][-1].tail:
                pages[-1].append(tail)
            repeated = [running, *([group[0].head] if group[0].head else [])]
            pages.append(repeated)
            free = ROOM - _height(repeated)
        pages[-1] += group
        free -= _height(group)
    return pages


def _draw_foot(canvas: Canvas, blocks: Sequence[Block]) -> None:
    top = BOTTOM - _FOOT_GAP
    canvas.setLineWidth(THIN)
    canvas.line(LEFT, top, LEFT + WIDTH, top)
    stack(blocks).draw(canvas, LEFT, top - 1 * MM)


def _draw_watermark(canvas: Canvas, text: str) -> None:
    """Across the page, light enough to read through, and often enough that no part of it goes without."""
    if not text:
        return
    canvas.saveState()
    style = fitting(text, _MARK, A4[1])
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(_SLANT)
    for row in range(-3, 4):
        draw_line(canvas, text, style, -width_of(text, style) / 2, row * _APART)
    canvas.restoreState()


def _draw_part(canvas: Canvas, part: Part, key: str) -> None:
    pages = paginate(part.blocks, part.running)
    for number, blocks in enumerate(pages, start=1):
        _draw_watermark(canvas, part.watermark)
        if number == 1:
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(part.bookmark, key)
        stack(blocks).draw(canvas, LEFT, A4[1] - TOP)
        _draw_foot(canvas, part.foot(number, len(pages)))
        canvas.showPage()


def write_pdf(parts: Sequence[Part], about: About) -> bytes:
    """The PDF of all parts, in order. The same content gives the same bytes."""
    out = io.BytesIO()
    # reportlab would name Helvetica on every page, which is not embedded.
    first = register(SERIF)
    canvas = Canvas(
        out, pagesize=A4, invariant=1, pageCompression=1, lang=about.language, initialFontName=first
    )
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.title)
    canvas.setCreator(f"Integrity Files {__version__}")
    canvas.setDateFormatter(lambda *_: f"D:{about.made_on}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for n, part in enumerate(parts):
        _draw_part(canvas, part, f"part{n}")
    canvas.save()
    return out.getvalue()
