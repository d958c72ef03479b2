"""Reads lists as spreadsheets keep them: text with commas, packed or not, and workbooks.

Rows are streamed and every cell becomes text at once, so that nothing after this knows in which
kind of file it stood. Row numbers are those that a spreadsheet shows.
"""

import csv
import datetime as dt
import gzip
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.errors import Invalid
from app.exchange.content import CHUNK, check_content, encoding_of, open_bytes, suffix_of
from app.exchange.values import plain, read_line
from app.files import reason_of
from app.words import LANGUAGES, mark, tr, translator

REMARKS = mark("Why it was not imported (this column is not read)")
"""Heads the column of a report that stands before the rows to be corrected."""

Row = tuple[int, list[str]]
"""(row number in the spreadsheet, its cells)"""


class Table(NamedTuple):
    """A list: its columns and what is below them. ``rows`` can be gone through once."""

    sheet: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


def read_table(path: Path, sheet: str = "") -> Table:
    """Open a list. Without ``sheet``, the first visible sheet with content is read.

    Raises Invalid, with what to do, where the file is not what its name says, is damaged, or has
    no usable headings.
    """
    suffix = suffix_of(path)
    with _damaged(path):
        check_content(path, suffix)
        if suffix in (".xls", ".xlsx"):
            name, rows = _workbook_rows(path, sheet)
        else:
            name, rows = "", _text_rows(path, encoding_of(path))
        columns, rest = _without_remarks(*_headed(path, rows))
    return Table(name, columns, _guarded(path, rest))


def sheet_names(path: Path) -> list[str]:
    """The visible sheets of a workbook; none of a text file."""
    if suffix_of(path) not in (".xls", ".xlsx"):
        return []
    with _damaged(path):
        check_content(path, suffix_of(path))
        return _visible(CalamineWorkbook.from_path(path))


_DAMAGES = (
    CalamineError,
    EOFError,
    UnicodeError,
    csv.Error,
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    zlib.error,
)


@contextmanager
def _damaged(path: Path) -> Iterator[None]:
    """Turns what readers say of a file that cannot be read into one sentence."""
    try:
        yield
    except PasswordError as error:
        sentence = tr("{name} is protected by a password. Save it without one, then import it.")
        raise Invalid(sentence.format(name=path.name)) from error
    except _DAMAGES as error:
        raise _broken(path) from error
    except OSError as error:
        sentence = tr("{name} cannot be read ({reason}). Check that it is there and open to you.")
        raise Invalid(sentence.format(name=path.name, reason=reason_of(error))) from error
    except BaseException as error:
        # Where a damaged workbook breaks an assumption of calamine, its panic is no Exception.
        if type(error).__name__ == "PanicException":
            raise _broken(path) from error
        raise


def _broken(path: Path) -> Invalid:
    sentence = tr(
        "{name} is damaged or breaks off. Get it again, or open it in a spreadsheet and save it anew."
    )
    return Invalid(sentence.format(name=path.name))


def _guarded(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    with _damaged(path):
        yield from rows


# --- Text ---


def _text_rows(path: Path, encoding: str) -> Iterator[Row]:
    with open_bytes(path) as file, io.TextIOWrapper(file, encoding, newline="") as text:
        start = text.readline()
        delimiter = max(",\t;", key=start.count)
        lines = itertools.chain([start.removeprefix("\ufeff")], text)
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            if any(cells):
                yield number, cells


# --- Workbooks ---


def _workbook_rows(path: Path, wanted: str) -> tuple[str, Iterator[Row]]:
    book = CalamineWorkbook.from_path(path)
    names = _visible(book)
    if wanted and wanted not in names:
        sentence = tr("{name} has no sheet “{sheet}”. Choose one of these: {sheets}.")
        raise Invalid(sentence.format(name=path.name, sheet=wanted, sheets=", ".join(names)))
    for name in [wanted] if wanted else names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is not None:
            if path.suffix.lower() == ".xlsx" and _has_error_cells(path):
                return name, _numbered(_rows_with_errors(path, name))
            return name, _numbered(sheet.iter_rows())
    raise Invalid(tr("{name} is empty. Choose another file.").format(name=path.name))


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _numbered(rows: Iterable[Iterable[Any]]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        cells = [cell if cell.__class__ is str else cell_text(cell) for cell in row]
        if any(cells):
            yield number, cells


def cell_text(cell: object) -> str:
    """The text of a cell, as a person would have typed it; a whole number has no fraction."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)) and abs(cell) >= 1e15:
        return f"{cell:.14E}"  # a spreadsheet keeps 15 digits: shown as the damaged number it is
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell)


_ERROR_CELL = re.compile(rb"""<c [^>]*\bt=["']e["']""")


def _has_error_cells(path: Path) -> bool:
    """Whether a sheet holds #N/A and the like, which calamine would pass over as blank cells."""
    with zipfile.ZipFile(path) as archive:
        return any(
            _found(archive, name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")
        )


def _found(archive: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            if _ERROR_CELL.search(tail + chunk):
                return True
            tail = chunk[-200:]
    return False


def _rows_with_errors(path: Path, name: str) -> Iterator[Iterable[Any]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        yield from book[name].iter_rows(values_only=True)
    finally:
        book.close()


# --- Headings ---


def _headed(path: Path, rows: Iterator[Row]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The headings, and the rows below. A title over the headings, alone in its row, is passed over."""
    above: list[Row] = []
    for number, cells in rows:
        above.append((number, cells))
        if sum(map(bool, cells)) > 1:
            return _headings(path, cells), rows
        if len(above) > 20:
            break
    if not above:
        raise Invalid(tr("{name} is empty. Choose another file.").format(name=path.name))
    (_, cells), *below = above
    return _headings(path, cells), itertools.chain(below, rows)


def _without_remarks(columns: tuple[str, ...], rows: Iterator[Row]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Rows to be corrected come back from a report, with its remarks before them."""
    if columns[0] not in {translator(language)(REMARKS) for language in LANGUAGES}:
        return columns, rows
    return columns[1:], ((number, cells[1:]) for number, cells in rows if any(cells[1:]))


def _headings(path: Path, cells: list[str]) -> tuple[str, ...]:
    columns = [read_line(cell) for cell in cells]
    while not columns[-1]:
        columns.pop()
    if "" in columns:
        sentence = tr("Column {letter} of {name} has no heading. Give it one, or delete the column.")
        letter = get_column_letter(columns.index("") + 1)
        raise Invalid(sentence.format(letter=letter, name=path.name))
    seen: dict[str, int] = {}
    for place, column in enumerate(columns, 1):
        first = seen.setdefault(plain(column), place)
        if first != place:
            sentence = tr(
                "The columns {first} and {second} of {name} are both called “{column}”. Rename one."
            )
            letters = {"first": get_column_letter(first), "second": get_column_letter(place)}
            raise Invalid(sentence.format(**letters, name=path.name, column=column))
    return tuple(columns)
