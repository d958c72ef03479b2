"""The report on an import: how many rows went where, what is wrong with the rejected ones, every row."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from app.exchange.fields import Placement
from app.exchange.judge import Judged
from app.exchange.mapping import ListMapping, unmentioned
from app.exchange.saving import MOST, harmless, save_workbook
from app.exchange.tables import REMARKS
from app.files import not_written
from app.problems import problem_advice, problem_kind, problem_reason
from app.rules.validation import Fault
from app.words import listed, mark, ntr, tr

PLACEMENTS = {
    Placement.PERSON: mark("person"),
    Placement.ENTRY: mark("entry"),
    Placement.LEAD: mark("lead"),
    Placement.LEFT_OUT: mark("left out"),
    Placement.REJECTED: mark("rejected"),
}

_MOST_ROWS = 1_000_000
"""Rows of one sheet; a workbook allows few more."""


def notes(mapping: ListMapping, columns: Sequence[str]) -> tuple[str, ...]:
    """What a report says beside the counts: columns that nothing was taken from."""
    left = unmentioned(mapping, columns)
    if not left:
        return ()
    words = ntr(
        "Nothing was taken from the column {columns}.",
        "Nothing was taken from the columns {columns}.",
        len(left),
    )
    return (words.format(columns=listed(left)),)


def write_report(
    path: Path, rows: Iterable[Judged], notes: Sequence[str] = (), columns: Sequence[str] = ()
) -> Counter[Placement]:
    """Judge the rest of the rows and save the report; gives how many rows went where."""
    counts: Counter[Placement] = Counter()
    for judged in reported(rows, path, notes, columns):
        counts[judged.placement] += 1
    return counts


def reported(
    rows: Iterable[Judged], path: Path, notes: Sequence[str] = (), columns: Sequence[str] = ()
) -> Iterator[Judged]:
    """Pass the rows on, and save the report on them after the last one.

    ``notes`` are sentences above the counts, such as columns that nothing was taken from. ``columns``
    are the headings of the list: under them the report has the rejected rows as they stand in the list,
    to be corrected and imported as a list of their own. Raises Invalid where the file cannot be written.
    """
    book = Workbook(write_only=True)
    try:
        yield from _reporting(book, rows, notes, columns)
        save_workbook(book, path)
    except OSError as error:  # the sheets grow in temporary files
        raise not_written(path, error) from error


def _reporting(
    book: Workbook, rows: Iterable[Judged], notes: Sequence[str], columns: Sequence[str]
) -> Iterator[Judged]:
    summary = _sheet(book, tr("Summary"), (tr("Placed as"), tr("Reason"), tr("Rows")), (16, 90, 12))
    wrong_headings = (tr("Row"), tr("Column"), tr("Value"), tr("Reason"), tr("What to do"))
    wrong = _sheet(book, tr("Rejected rows"), wrong_headings, (8, 18, 28, 60, 60))
    correct = _to_correct(book, columns)
    places = _places(book)
    counts: Counter[tuple[Placement, str]] = Counter()
    try:
        for judged in rows:
            for problem in judged.problems:
                cells = (problem.column, problem.value, problem_reason(problem), problem_advice(problem))
                wrong.append((judged.row, *map(harmless, cells)))
            if judged.problems:
                correct(judged)
            counts.update(_counted(judged))
            said = (judged.reason, problem_reason(judged.doubt) if judged.doubt else "")
            next(places).append((judged.row, tr(PLACEMENTS[judged.placement]), *map(harmless, said)))
            yield judged
        _summarise(summary, counts, notes)
        book.active = summary
    finally:
        with ExitStack() as closing:  # all of them, whatever the first one says
            for sheet in book.worksheets:
                closing.callback(_close, sheet)


def _to_correct(book: Workbook, columns: Sequence[str]) -> Callable[[Judged], object]:
    """Writes rejected rows as they are, in a sheet that stands first, so that it is what is imported.

    Every cell is a text, also when it is typed in anew: numbers keep their noughts.
    """
    sheet: Any = None
    places = {column: place for place, column in enumerate(columns)}

    def write(judged: Judged) -> None:
        nonlocal sheet
        if not columns or judged.problems[0].fault is Fault.TOTAL:
            return
        if sheet is None:
            widths = (60, *([18] * len(columns)))
            sheet = _sheet(book, tr("To correct"), (tr(REMARKS), *columns), widths, first=True)
        why = " ".join(map(problem_reason, judged.problems))
        cells = [_text(sheet, cell) for cell in judged.cells]
        for place in {places[problem.column] for problem in judged.problems if problem.column in places}:
            cells[place].fill = _WRONG
        remark = tr("row {row}: {problems}").format(row=judged.row, problems=why)
        sheet.append((harmless(remark), *cells))

    return write


_WRONG = PatternFill("solid", fgColor="FFF2CC")


def _text(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST] or None)
    cell.number_format = "@"
    if text:
        cell.data_type = "s"  # whatever it begins with, it is no formula
    return cell


def _close(sheet: Any) -> None:
    if not sheet.closed:
        sheet.close()


def _counted(judged: Judged) -> set[tuple[Placement, str]]:
    """What a row counts under: its placement, and its reason or each kind of problem once."""
    doubts = [judged.doubt] if judged.doubt else []
    reasons = {problem_kind(problem) for problem in (*judged.problems, *doubts)} or {judged.reason}
    return {(judged.placement, ""), *((judged.placement, reason) for reason in reasons)}


def _summarise(sheet: Any, counts: Counter[tuple[Placement, str]], notes: Sequence[str]) -> None:
    for placement, name in PLACEMENTS.items():
        if total := counts[placement, ""]:
            sheet.append((tr(name), "", total))
    sheet.append((tr("together"), "", sum(total for (_, reason), total in counts.items() if not reason)))
    sheet.append(())
    for (placement, reason), total in sorted(counts.items()):
        if reason:
            sheet.append((tr(PLACEMENTS[placement]), harmless(reason), total))
    for note in notes:
        sheet.append(("", harmless(note)))


def _sheet(
    book: Workbook, title: str, headings: Sequence[str], widths: Sequence[int], first: bool = False
) -> Any:
    sheet: Any = book.create_sheet(title, 0 if first else None)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, heading) for heading in headings])
    return sheet


def _bold(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # the headings of a list may begin as they like
    cell.font = Font(bold=True)
    return cell


def _places(book: Workbook) -> Iterator[Any]:
    """The sheet of every row, and a further one whenever it is full."""
    part = 0
    while True:
        part += 1
        title = tr("All rows") if part == 1 else tr("All rows ({part})").format(part=part)
        sheet = _sheet(book, title, (tr("Row"), tr("Placed as"), tr("Reason"), tr("Remark")), (8, 16, 60, 60))
        for _ in range(_MOST_ROWS):
            yield sheet
