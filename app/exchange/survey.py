"""Looks a list through once, before anything is decided about it: its columns and what stands in them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from app.exchange.tables import Row, read_table, sheet_names
from app.exchange.values import plain, total_of

SAMPLES = 4
MOST = 2_000
"""Different values of a column that are kept; a column with more of them is text, numbers or names."""

Watch = Callable[[Iterator[Row]], Iterator[Row]]
"""What every row passes through, in order: a progress, which may break off."""


class Survey(NamedTuple):
    """What there is to know of a list without knowing what it means."""

    path: Path
    sheet: str
    sheets: tuple[str, ...]
    """Of a workbook, those that can be read."""
    columns: tuple[str, ...]
    rows: int
    samples: Mapping[str, tuple[str, ...]]
    """By column: the first values that differ."""
    values: Mapping[str, Mapping[str, int]]
    """By column: in how many rows each value stands, the most frequent first, an empty text for a blank
    cell. Values that are compared as equal count as one. Columns with more than MOST are left out, and
    the row of a total does not count."""


def survey(path: Path, sheet: str = "", watch: Watch = iter) -> Survey:
    """Read the whole list. Raises Invalid, with what to do, where it cannot be read."""
    sheets = tuple(sheet_names(path))
    table = read_table(path, sheet)
    samples: dict[str, dict[str, None]] = {column: {} for column in table.columns}
    counters = {column: Counter[str]() for column in table.columns}
    counted = list(enumerate(table.columns))
    rows = 0
    for _, cells in watch(table.rows):
        rows += 1
        if total_of(cells):
            continue
        for place, column in counted:
            counters[column][cells[place] if place < len(cells) else ""] += 1
        if rows % MOST == 0:
            counted = [pair for pair in counted if len(counters[pair[1]]) <= MOST]
        if rows <= MOST:
            _sample(samples, table.columns, cells)
    values = {name: _folded(found) for name, found in counters.items() if len(found) <= MOST}
    kept = {column: tuple(found) for column, found in samples.items()}
    return Survey(path, table.sheet, sheets, table.columns, rows, kept, values)


def _sample(samples: dict[str, dict[str, None]], columns: tuple[str, ...], cells: list[str]) -> None:
    for column, cell in zip(columns, cells, strict=False):
        if cell and len(samples[column]) < SAMPLES:
            samples[column][cell] = None


def _folded(found: Counter[str]) -> dict[str, int]:
    shown: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for value, count in found.items():
        counts[shown.setdefault(plain(value), value.strip())] += count
    return dict(counts.most_common())
