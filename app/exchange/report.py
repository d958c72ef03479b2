"""The report on an import: how many rows went where, what is wrong with the rejected ones, every row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from app.exchange.fields import Placement
from app.exchange.judge import Judged
from app.exchange.mapping import ListMapping, unmentioned
from app.exchange.saving import harmless, save_workbook
from app.files import not_written
from app.problems import problem_advice, problem_kind, problem_reason
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


def write_report(path: Path, rows: Iterable[Judged], notes: Sequence[str] = ()) -> Counter[Placement]:
    """Judge the rest of the rows and save the report; gives how many rows went where."""
    counts: Counter[Placement] = Counter()
    for judged in reported(rows, path, notes):
        counts[judged.placement] += 1
    return counts


def reported(rows: Iterable[Judged], path: Path, notes: Sequence[str] = ()) -> Iterator[Judged]:
    """Pass the rows on, and save the report on them after the last one.

    ``notes`` are sentences above the counts, such as columns that nothing was taken from. Raises
    Invalid where the file cannot be written.
    """
    book = Workbook(write_only=True)
    try:
        yield from _reporting(book, rows, notes)
        save_workbook(book, path)
    except OSError as error:  # the sheets grow in temporary files
        raise not_written(path, error) from error


def _reporting(book: Workbook, rows: Iterable[Judged], notes: Sequence[str]) -> Iterator[Judged]:
    summary = _sheet(book, tr("Summary"), (tr("Placed as"), tr("Reason"), tr("Rows")), (16, 90, 12))
    wrong_headings = (tr("Row"), tr("Column"), tr("Value"), tr("Reason"), tr("What to do"))
    wrong = _sheet(book, tr("Rejected rows"), wrong_headings, (8, 18, 28, 60, 60))
    places = _places(book)
    counts: Counter[tuple[Placement, str]] = Counter()
    try:
        for judged in rows:
            for problem in judged.problems:
                cells = (problem.column, problem.value, problem_reason(problem), problem_advice(problem))
                wrong.append((judged.row, *map(harmless, cells)))
            counts.update(_counted(judged))
            next(places).append((judged.row, tr(PLACEMENTS[judged.placement]), harmless(judged.reason)))
            yield judged
        _summarise(summary, counts, notes)
    finally:
        with ExitStack() as closing:  # all of them, whatever the first one says
            for sheet in book.worksheets:
                closing.callback(_close, sheet)


def _close(sheet: Any) -> None:
    if not sheet.closed:
        sheet.close()


def _counted(judged: Judged) -> set[tuple[Placement, str]]:
    """What a row counts under: its placement, and its reason or each kind of problem once."""
    reasons = {problem_kind(problem) for problem in judged.problems} or {judged.reason}
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


def _sheet(book: Workbook, title: str, headings: Sequence[str], widths: Sequence[int]) -> Any:
    sheet: Any = book.create_sheet(title)
    for letter, width in zip("ABCDE", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, heading) for heading in headings])
    return sheet


def _bold(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _places(book: Workbook) -> Iterator[Any]:
    """The sheet of every row, and a further one whenever it is full."""
    part = 0
    while True:
        part += 1
        title = tr("All rows") if part == 1 else tr("All rows ({part})").format(part=part)
        sheet = _sheet(book, title, (tr("Row"), tr("Placed as"), tr("Reason")), (8, 16, 60))
        for _ in range(_MOST_ROWS):
            yield sheet
