"""The verb for the lists that an office works through."""

from argparse import Namespace
from pathlib import Path

from sqlalchemy.orm import Session

from app.cli.offices import entered
from app.commands.finding import department_at
from app.commands.reading import Disclosure
from app.context import AppContext
from app.errors import Invalid
from app.exchange.listing import export_listing
from app.exchange.typed import typed_day
from app.papers import period_end_letters, save
from app.permissions import Actor
from app.queries.lists import LISTS, Asked, listing
from app.words import tr
from models.types import Day


def show(given: Namespace) -> tuple[int, object, str]:
    """``list``"""
    if given.name not in LISTS:
        sentence = tr("There is no list {name}. There are: {known}.")
        raise Invalid(sentence.format(name=given.name, known=", ".join(LISTS)))
    if given.notices and not LISTS[given.name].letters:
        raise Invalid(tr("Only the list due has notices."))
    context = entered(given)
    asked = _asked(context, given)
    found = context.ask(listing, given.name, asked, given.language)
    heads = [column.title for column in found.columns]
    data: dict[str, object] = {"title": found.title, "said": found.said, "columns": heads, "rows": found.rows}
    lines = [found.title, *found.said, *("\t".join(texts) for texts in found.rows or ((found.empty,),))]
    if given.out:
        disclosure = Disclosure(given.purpose, given.approver)
        export_listing(context, found, asked, Path(given.out), given.language, disclosure)
        lines.append(tr("Written to {file}.").format(file=given.out))
    if given.notices:
        letters = period_end_letters(context, asked, given.language)
        data["notices"] = {"written": letters.told, "to_come": letters.to_come, "again": letters.again}
        lines.append(letters.sentence())
        if letters.document:
            save(context, letters.document, Path(given.notices))
            lines.append(tr("Written to {file}.").format(file=given.notices))
    return 0, data, "\n".join(lines)


def _asked(context: AppContext, given: Namespace) -> Asked:
    until = typed_day(given.until, context.today()) if given.until else None
    if until is not None and not isinstance(until, int):
        sentence = tr("{given} is not a date. Write it such as 2025-12-31.")
        raise Invalid(sentence.format(given=given.until), field="until")
    department = context.ask(_department, given.department) if given.department else None
    return Asked(department, Day(until) if until else None)


def _department(session: Session, actor: Actor, path: str) -> int:
    return department_at(session, path).id
