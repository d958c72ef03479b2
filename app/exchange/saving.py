"""Saves workbooks whose cells do no harm."""

import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.writer.excel import ExcelWriter

from app.files import not_written, write_whole

MOST = 32_000
"""Characters of a cell; a workbook allows few more."""

_FORMULA = re.compile(r"\s*[=+\-@]")


def harmless(text: str) -> str:
    """A text for a cell, which no spreadsheet will take for a formula or refuse for a control character."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST]
    return f"'{text}" if _FORMULA.match(text) else text


def save_workbook(book: Workbook, path: Path) -> None:
    """Save whole or not at all. Raises Invalid where this cannot be done, as when the file is open."""
    packed = io.BytesIO()  # packed, even a million rows are small; and a full disk leaves no archive open
    try:
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()
    except OSError as error:  # the sheets come by way of temporary files
        raise not_written(path, error) from error
    write_whole(path, packed.getvalue())
