"""A list of the office as PDF or as workbook."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from sqlalchemy.orm import Session

from app.commands.changes import Changes
from app.commands.reading import Disclosure, register_export
from app.context import AppContext
from app.errors import Invalid
from app.exchange.saving import harmless, save_workbook
from app.exchange.templates import write_template
from app.files import write_whole
from app.permissions import Actor
from app.queries.incomplete import Incomplete, incomplete
from app.queries.lists import Asked, asked_departments
from app.reports.content import Listing
from app.words import tr
from models.types import iso

UNDISCLOSED = Disclosure("", "")


def export_listing(
    context: AppContext,
    found: Listing,
    asked: Asked,
    path: Path,
    language: str,
    disclosure: Disclosure = UNDISCLOSED,
) -> Changes:
    """Write a list as PDF or as workbook, by the ending of the file. Raises Invalid.

    What is missing in the files becomes a workbook that can be filled in and imported back. What tells of
    negative entries leaves with a purpose and approval, bears a watermark, and stands in the register.
    """
    if path.suffix.lower() not in (".pdf", ".xlsx"):
        raise Invalid(tr("{name} is neither .pdf nor .xlsx. Choose one of them.").format(name=path.name))
    if not (found.negative and found.rows):
        _write(context, found, asked, path, language)
        return Changes()
    marked = watermarked(context, found, disclosure)
    write = partial(_write, context, marked, asked, path, language)
    return context.do(register_export, sorted(set(found.whose)), disclosure, write)


def watermarked(context: AppContext, found: Listing, disclosure: Disclosure) -> Listing:
    """The list with for what, with whose approval, by whom and when it was made across its pages."""
    said = tr("For {purpose} only · approved by {approver} · {name} {date}")
    text = said.format(
        purpose=disclosure.purpose.strip(),
        approver=disclosure.approver.strip(),
        name=context.actor.name,
        date=iso(found.printed_on),
    )
    return replace(found, watermark=text)


def _write(context: AppContext, found: Listing, asked: Asked, path: Path, language: str) -> None:
    if path.suffix.lower() == ".pdf":
        from app.reports.listing import listing_pdf

        write_whole(path, listing_pdf(found, language))
    elif found.name == "incomplete":
        _write_incomplete(context.ask(_incomplete, asked), path, language)
    else:
        _write_listing(found, path)


def _incomplete(session: Session, actor: Actor, asked: Asked) -> tuple[Incomplete, ...]:
    return incomplete(session, actor, asked_departments(session, actor, asked))


def _write_listing(listing: Listing, path: Path) -> None:
    """Save the rows under the titles of their columns. Raises Invalid where the file cannot be written."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = listing.title[:31]
    sheet.append([column.title for column in listing.columns])
    for place, column in enumerate(listing.columns, 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = 2.2 * column.width
    for texts in listing.rows:
        sheet.append([harmless(text) for text in texts])
        for cell in sheet[sheet.max_row]:
            cell.number_format, cell.alignment = "@", Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    if listing.watermark:
        sheet.append([])
        sheet.append([harmless(listing.watermark)])
        sheet.oddHeader.center.text = sheet.oddFooter.center.text = listing.watermark.replace("&", "&&")
    save_workbook(book, path)


def _write_incomplete(people: tuple[Incomplete, ...], path: Path, language: str) -> None:
    """Save the list of people with what is known of them, to be filled in and imported back.

    ID numbers are never written. Raises Invalid where the file cannot be written.
    """
    rows = [
        {
            "staff_no": one.staff_no,
            "name": one.name,
            "department": one.department,
            "post": one.post,
            "rank": one.rank,
            "joined_on": iso(one.joined_on) if one.joined_on else "",
        }
        for one in people
        if one.fields
    ]
    missing = [frozenset(one.fields) for one in people if one.fields]
    write_template("people", path, {}, language, tuple(zip(rows, missing, strict=True)))
