"""Writes the rows of a long table, in the columns that are seen, as a workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.reading import Disclosure
from app.context import AppContext
from app.exchange.listing import export_listing
from app.queries.identity import office_name
from app.queries.lists import Asked
from app.reports.content import ListColumn, Listing
from app.words import in_use, tr
from ui import messages, tasks
from ui.dialogs.disclosure import save_disclosed
from ui.dialogs.files import ask_new_file, documents_folder
from ui.tables.row_model import BLOCK, Column, Ids
from ui.tables.table import Table

MOST = 10_000
"""Rows of one workbook: what is longer is not read by anybody, and is more than a purpose needs."""


@dataclass(frozen=True)
class Exported:
    """How the rows of a list leave the office."""

    title: str
    """Translated."""
    is_negative: Callable[[Any, Sequence[str]], bool]
    """Whether a row, in columns of these keys, tells of a negative entry."""
    is_own: Callable[[Any], bool] = lambda _: False
    """Whether a row is about who exports, or a relative: nobody takes that out."""


def export_rows(
    page: QWidget, context: AppContext, exported: Exported, table: Table, said: Sequence[str]
) -> None:
    """Ask for a file, and for a purpose where the rows tell of negative entries; then write them."""
    ids, columns = table.rows.ids, table.shown_columns()
    if not 0 < len(ids) <= MOST:
        sentence = tr("A workbook takes 1 to {most} rows. Filter the list first.")
        messages.say(page, "refusal", sentence.format(most=f"{MOST:,}"))
        return
    made = partial(_listing, context, exported, table.rows.fetch, ids, columns, tuple(filter(None, said)))

    def choose(found: Listing) -> None:
        path = documents_folder() / f"{found.title}-{found.printed_on}.xlsx"
        ask_new_file(page, exported.title, "Excel (*.xlsx)", path, partial(save_rows, page, context, found))

    tasks.read(page, made, choose, key="export")


def save_rows(page: QWidget, context: AppContext, found: Listing, path: Path) -> None:
    """Write the rows in a file, once it is said for what where they tell of negative entries."""

    def write(disclosure: Disclosure) -> Any:
        return export_listing(context, found, Asked(), path, in_use(), disclosure)

    said = tr("Written to {file}.").format(file=path)
    save_disclosed(page, found, write, lambda: messages.say(page, "ok", said))


def _listing(
    context: AppContext,
    exported: Exported,
    fetch: Callable[[Sequence[int]], Any],
    ids: Ids,
    columns: Sequence[Column[Any]],
    said: tuple[str, ...],
) -> Listing:
    keys = [column.key for column in columns]
    found = [row for row in _in_order(fetch, ids) if not exported.is_own(row)]
    negative = [row for row in found if exported.is_negative(row, keys)]
    return Listing(
        name="rows",
        title=exported.title,
        office=context.ask(office_name).in_language(in_use()),
        printed_on=context.today(),
        said=said,
        columns=tuple(ListColumn(tr(column.title), column.width) for column in columns),
        rows=tuple(tuple(column.text(row) for column in columns) for row in found),
        whose=tuple(row.staff_no for row in negative),
        empty="",
        negative=bool(negative),
    )


def _in_order(fetch: Callable[[Sequence[int]], Any], ids: Ids) -> list[Any]:
    found = []
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        rows = fetch(block)
        found += [rows[number] for number in block if number in rows]
    return found
