"""Verbs for the life of an entry: notices on paper, influence periods that end."""

from argparse import Namespace
from pathlib import Path

from app import papers
from app.cli.offices import entered, folder_of
from app.context import AppContext
from app.errors import Invalid, NotFound
from app.exchange.typed import typed_day
from app.influence import influence_words
from app.queries.files import file_view
from app.queries.influence import EndingInfluence, ending_influence
from app.rules.grading.case import year
from app.words import in_use, tr
from models.types import Day, Uid, iso


def print_notices(given: Namespace) -> tuple[int, object, str]:
    """``print notice``"""
    context = entered(given)
    view = context.ask(file_view, given.person, year(context.today() // 10000))
    if not view.around.notices:
        raise NotFound(tr("No notice was issued to this person. Issue it in the window first."))
    folder = folder_of(given)
    files = [_print(context, one.entry, folder, given.language) for one in view.around.notices]
    return 0, {"files": files}, "\n".join(files)


def _print(context: AppContext, entry: Uid, folder: Path, language: str) -> str:
    document = papers.notice(context, entry, language)
    path = folder / f"{document.name}.pdf"
    papers.save(context, document, path)
    return str(path)


def influence(given: Namespace) -> tuple[int, object, str]:
    """``influence``"""
    context = entered(given)
    start = _day(context, given.start, "--from") if given.start else context.today()
    found = context.ask(ending_influence, start, _day(context, given.end, "--to"))
    data = [
        {
            "staff_no": one.staff_no,
            "name": one.name,
            "item": one.item_name(in_use()),
            "document_no": one.document_no,
            "since": iso(one.period.sanction.since),
            "until": iso(one.period.until),
            "new_act": one.new_act,
        }
        for one in found
    ]
    said = "\n".join(map(_line, found)) or tr("No influence period ends in these days.")
    return 0, data, said


def _line(one: EndingInfluence) -> str:
    again = tr("another wrong came within it") if one.new_act else ""
    who = (iso(one.period.until), one.staff_no, one.name, one.item_name(in_use()))
    return " · ".join(filter(None, (*who, influence_words(one.period), one.document_no, again)))


def _day(context: AppContext, typed: str, option: str) -> Day:
    found = typed_day(typed, context.today())
    if not isinstance(found, int):
        raise Invalid(tr("{option} must be a date like 2025-01-01.").format(option=option))
    return Day(found)
