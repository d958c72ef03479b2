"""A list as a paper: title, what it is of, a table that goes on over the pages, and where it was signed."""

from app.reports.content import Listing
from app.reports.layout import (
    CELL,
    CELL_HEAD,
    FIGURE,
    LABEL,
    MM,
    NOTE,
    SMALL,
    SUBTITLE,
    THICK,
    TITLE,
    Align,
    Block,
    Look,
    cell,
    ends,
    faint,
    gap,
    glued,
    paragraph,
    row,
    stack,
    table,
)
from app.reports.pages import WIDTH, About, Part, write_pdf
from app.reports.signatures import signatures
from app.reports.wording import Translate, document_day, in_eights
from app.words import translator
from models.types import iso

_NUMBER = 9 * MM


def listing_pdf(listing: Listing, language: str = "zh_CN") -> bytes:
    """The PDF of a list. The same list gives the same bytes."""
    tr = translator(language)
    about = About(listing.title, listing.office, language.replace("_", "-"), listing.printed_on)
    running = stack([ends(listing.title, listing.office, faint(LABEL), WIDTH), gap(2 * MM)])
    signed = signatures(
        [tr("Handled by (signature)"), tr("Checked by (signature)")],
        tr("Date: ______________"),
        tr("Office (seal)"),
        WIDTH,
    )
    blocks = glued([*_head(listing, tr), *_table(listing)], [gap(4 * MM)])
    part = Part(
        listing.title,
        glued(blocks, [signed]),
        running,
        lambda page, pages: _foot(listing, tr, page, pages),
        listing.watermark,
    )
    return write_pdf([part], about)


def _head(listing: Listing, tr: Translate) -> list[Block]:
    printed = tr("Printed on {date}").format(date=document_day(listing.printed_on, tr))
    number = tr("{n} rows").format(n=len(listing.rows))
    return [
        paragraph(listing.office, SUBTITLE, WIDTH, Align.CENTRE),
        paragraph(listing.title, TITLE, WIDTH, Align.CENTRE),
        *(paragraph(text, SUBTITLE, WIDTH, Align.CENTRE) for text in listing.said),
        gap(2 * MM),
        ends(number, printed, LABEL, WIDTH),
        gap(1 * MM),
    ]


def _table(listing: Listing) -> list[Block]:
    if not listing.rows:
        return row([cell(listing.empty, CELL, Align.CENTRE)], (WIDTH,), Look(THICK, THICK))
    shares = sum(column.width for column in listing.columns)
    widths = [_NUMBER, *((WIDTH - _NUMBER) * column.width / shares for column in listing.columns)]
    head = [cell(text, CELL_HEAD, Align.CENTRE) for text in ("", *(one.title for one in listing.columns))]
    rows = [
        [cell(str(n), FIGURE, Align.CENTRE), *(cell(text, NOTE) for text in texts)]
        for n, texts in enumerate(listing.rows, start=1)
    ]
    return table(head, rows, widths)


def _foot(listing: Listing, tr: Translate, page: int, pages: int) -> list[Block]:
    number = tr("Page {page} of {pages}").format(page=page, pages=pages)
    said = ""
    if listing.sealed_on:
        root = " ".join(in_eights(listing.seal_root))
        said = f"{tr('All chains on {date}').format(date=iso(listing.sealed_on))}  {root}"
    widths = (WIDTH - 30 * MM, 30 * MM)
    return row([cell(said, SMALL), cell(number, CELL_HEAD, Align.RIGHT)], widths, Look(framed=False))
