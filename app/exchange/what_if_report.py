"""A trial of a standard as a workbook: the matrix, who moves, by what, and the departments."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.exchange.saving import harmless, save_workbook
from app.queries.what_if import Cell, WhatIf, Whom
from app.rules.grading.moving import Move
from app.standards.what_if import (
    Tally,
    all_words,
    by_department,
    by_reason,
    codes,
    grade_words,
    matrix,
    move_words,
    movers,
    quota_lines,
    summary_words,
    why_words,
)
from app.words import in_use, tr
from models.types import POINT


def write_what_if(
    found: WhatIf, whose: Mapping[int, Whom], departments: Mapping[int, str], path: Path
) -> None:
    """Save it whole or not at all. ``whose``: of the files that move, by key; ``departments``: their names.

    Raises Invalid where the file cannot be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _matrix(_sheet(book, tr("Matrix"), (24,)), found)
    _people(_sheet(book, tr("People"), (14, 14, 24, 14, 14, 10, 10, 12, 80)), found, whose)
    _parts(
        _sheet(book, tr("By rule"), (60, 10, 10, 10, 10)),
        tr("What decides"),
        ((why_words(found, why), counts) for why, counts in by_reason(found)),
    )
    _parts(
        _sheet(book, tr("By department"), (30, 10, 10, 10, 10)),
        tr("Department"),
        ((departments.get(key, ""), counts) for key, counts in by_department(found)),
    )
    save_workbook(book, path)


def _sheet(book: Workbook, title: str, widths: Sequence[int]) -> Any:
    sheet = book.create_sheet(title)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return sheet


def _add(sheet: Any, row: Iterable[object], bold: bool = False) -> None:
    sheet.append([harmless(value) if isinstance(value, str) else value for value in row])
    if bold:
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)


def _matrix(sheet: Any, found: WhatIf) -> None:
    old, new = found.old.scheme, found.new.scheme
    for words in (_titles(found), summary_words(found)):
        _add(sheet, [words])
    for title, sentences in quota_lines(found):
        for sentence in sentences:
            _add(sheet, [tr("{title}: {text}").format(title=title, text=sentence)])
    _add(sheet, [])
    counts, columns = matrix(found), codes(new)
    _add(
        sheet,
        [tr("Before ↓  after →"), *(grade_words(new, code) for code in columns), tr("Together")],
        bold=True,
    )
    for before in codes(old):
        row = [counts[Cell(before, after)] for after in columns]
        _add(sheet, [grade_words(old, before), *row, sum(row)])
    sums = [sum(counts[Cell(before, after)] for before in codes(old)) for after in columns]
    _add(sheet, [tr("Together"), *sums, sum(sums)], bold=True)


def _titles(found: WhatIf) -> str:
    both = [
        tr("{title}, edition {edition}").format(
            title=one.scheme.title.in_language(in_use()), edition=one.edition
        )
        for one in (found.old, found.new)
    ]
    return tr("{period}: {before} → {after}").format(period=found.period.label, before=both[0], after=both[1])


def _people(sheet: Any, found: WhatIf, whose: Mapping[int, Whom]) -> None:
    heads = (
        tr("Staff number"),
        tr("Name"),
        tr("Department"),
        tr("Before"),
        tr("After"),
        tr("Score before"),
        tr("Score after"),
        tr("Move"),
        tr("What decides"),
    )
    _add(sheet, heads, bold=True)
    sheet.freeze_panes = "A2"
    for place in movers(found):
        who = whose.get(found.files[place])
        if who is None:  # may not be read any more
            continue
        cell = found.cells[place]
        grades = grade_words(found.old.scheme, cell.before), grade_words(found.new.scheme, cell.after)
        scores = [
            column[place] / POINT if code else None for code, column in zip(cell, found.scores, strict=True)
        ]
        _add(sheet, [*who, *grades, *scores, move_words(found.move(cell)), all_words(found, place)])


def _parts(sheet: Any, head: str, rows: Iterable[tuple[str, Tally]]) -> None:
    moves = (Move.UP, Move.DOWN, Move.OTHER, Move.SAME)
    _add(sheet, [head, *map(move_words, moves)], bold=True)
    sheet.freeze_panes = "A2"
    for name, counts in rows:
        _add(sheet, [name, *counts])
