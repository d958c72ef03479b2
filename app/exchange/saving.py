"""Saves workbooks so that a file is there whole or not at all."""

import os
import re
import tempfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from app.errors import Invalid
from app.words import tr

_FORMULA = re.compile(r"\s*[=+\-@]")


def harmless(text: str) -> str:
    """A text for a cell, which no spreadsheet will take for a formula or refuse for a control character."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
    return f"'{text}" if _FORMULA.match(text) else text


def save_workbook(book: Workbook, path: Path) -> None:
    """Save under another name beside it, then take the place of ``path``.

    Raises Invalid where this cannot be done, as when the file is open in a spreadsheet.
    """
    unfinished = ""
    try:
        handle, unfinished = tempfile.mkstemp(suffix=".xlsx", dir=path.parent)
        os.close(handle)
        book.save(unfinished)
        Path(unfinished).replace(path)
    except OSError as error:
        sentence = tr(
            "{path} cannot be written ({reason}). Close it where it is open, or choose another place."
        )
        raise Invalid(sentence.format(path=path, reason=error.strerror or error)) from error
    finally:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
