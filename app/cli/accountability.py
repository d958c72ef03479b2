"""Verbs on accountability tables."""

import datetime as dt
from argparse import Namespace

from app.accountability import competent_words, range_lines, read_table, stretch_words
from app.cli.offices import entered
from app.cli.standards import text_of, valid_from_of
from app.commands.accountability import publish_accountability
from app.context import AppContext
from app.errors import Invalid, NotFound
from app.queries.accountability import PublishedTable, accountability_in_force
from app.queries.entries import ItemRow, items
from app.rules.accountability import AccountabilityTable, Conduct, rows_for
from app.words import in_use, tr
from models.types import Day, day_of, iso


def show(given: Namespace) -> tuple[int, object, str]:
    """``accountability show``"""
    context = entered(given)
    tables = context.ask(accountability_in_force)
    if not tables:
        return 0, [], tr("No accountability table is published yet: accountability publish FILE")
    item, on = _item(context, given.item), _day(given.on) if given.on else context.today()
    shown = [(one, _rows(one.table, item, on)) for one in tables]
    data = [_table(one, rows) for one, rows in shown]
    return 0, data, "\n\n".join("\n\n".join(_told(one, rows)) for one, rows in shown)


def check(given: Namespace) -> tuple[int, object, str]:
    """``accountability check``"""
    table = read_table(text_of(given.file))
    said = tr("{title}: {rows} kinds of conduct; nothing is wrong with it.").format(
        title=table.title.in_language(given.language), rows=len(table.rows)
    )
    return 0, {"id": table.code, "edition": table.edition, "rows": len(table.rows)}, said


def publish(given: Namespace) -> tuple[int, object, str]:
    """``accountability publish``"""
    valid_from = valid_from_of(given)
    text = text_of(given.file)
    entered(given).do(publish_accountability, text, given.adopted_by, valid_from)
    table = read_table(text)
    said = tr("{title}, edition {edition}, is published.").format(
        title=table.title.in_language(given.language), edition=table.edition
    )
    return 0, {"id": table.code, "edition": table.edition}, said


def _item(context: AppContext, code: str) -> ItemRow | None:
    if not code:
        return None
    found = next((one for one in context.ask(items) if one.code == code), None)
    if found is None:
        raise NotFound(tr("There is no item {code}. Its code stands in the standard.").format(code=code))
    return found


def _day(typed: str) -> Day:
    try:
        return day_of(dt.date.fromisoformat(typed))
    except ValueError as error:
        raise Invalid(tr("--on must be a date like 2025-01-01.")) from error


def _rows(table: AccountabilityTable, item: ItemRow | None, on: Day) -> tuple[Conduct, ...]:
    if item:
        return rows_for(table, item.code, item.category, on)
    return tuple(row for row in table.rows if row.holds(on, on))


def _table(one: PublishedTable, rows: tuple[Conduct, ...]) -> dict[str, object]:
    return {
        "id": one.code,
        "edition": one.edition,
        "adopted_by": one.adopted_by,
        "valid_from": iso(one.valid_from),
        "notice": one.table.notice.in_language(in_use()),
        "rows": [_row(one.table, row) for row in rows],
    }


def _row(table: AccountabilityTable, row: Conduct) -> dict[str, object]:
    return {
        "code": row.code,
        "conduct": row.conduct.in_language(in_use()),
        "competent": [table.body(code).name.in_language(in_use()) for code in row.competent],
        "range": [{"when": one.when.in_language(in_use()), "handling": one.handling} for one in row.range],
        "reference": row.reference,
        "note": row.note.in_language(in_use()),
        "since": iso(row.since) if row.since else None,
        "until": iso(row.until) if row.until else None,
    }


def _told(one: PublishedTable, rows: tuple[Conduct, ...]) -> list[str]:
    """The table in paragraphs: its head with the notice, then each row."""
    head = f"{one.table.title.in_language(in_use())}  {one.edition}  {one.adopted_by}"
    return [
        f"{head}\n{one.table.notice.in_language(in_use())}",
        *(_paragraph(one.table, row) for row in rows),
    ]


def _paragraph(table: AccountabilityTable, row: Conduct) -> str:
    law = "  ".join(filter(None, (row.reference, stretch_words(row))))
    lines = (competent_words(table, row), *range_lines(row), law, row.note.in_language(in_use()))
    return "\n  ".join((row.conduct.in_language(in_use()), *filter(None, lines)))
