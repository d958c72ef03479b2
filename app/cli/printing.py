"""Verbs that print."""

from argparse import Namespace
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from app import papers
from app.cli.grading import period_of, whose
from app.cli.offices import entered, folder_of
from app.commands.own_copy import give_own_copy
from app.context import AppContext
from app.errors import Invalid
from app.exchange.typed import typed_day
from app.files import write_whole
from app.permissions import Actor
from app.queries.cases import Whose, cases
from app.rules.grading.case import Period, year
from app.words import tr
from models.types import Day


def summary(given: Namespace) -> tuple[int, object, str]:
    """``print summary``"""
    if not (given.person or given.department):
        raise Invalid(tr("Say whose: --person NO or --department D."))
    period = period_of(given.period) if given.period else None
    context = entered(given)
    period = period or year(context.today() // 10000)
    folder = folder_of(given)
    numbers = [given.person] if given.person else context.ask(_numbers, period, whose(context, given))
    files = [str(print_summary(context, number, period, given.language, folder)) for number in numbers]
    return 0, {"files": files}, "\n".join(files)


def print_summary(context: AppContext, staff_no: str, period: Period, language: str, folder: Path) -> Path:
    """Write one summary as PDF; its path. Raises Invalid where it cannot be drawn or written."""
    document = papers.summary(context, staff_no, period, language)
    path = folder / f"{document.name}.pdf"
    papers.save(context, document, path)
    return path


def own_copy(given: Namespace) -> tuple[int, object, str]:
    """``print own-copy``"""
    context = entered(given)
    on = typed_day(given.on, context.today())
    if not isinstance(on, int):
        raise Invalid(tr("{given} is not a date. Write it such as 2025-12-31.").format(given=given.on))
    path = folder_of(given) / f"{given.person}-{tr('own copy')}.pdf"
    print_own_copy(context, given.person, given.request, Day(on), given.language, path)
    return 0, {"file": str(path)}, str(path)


def print_own_copy(
    context: AppContext, staff_no: str, request: str, on: Day, language: str, path: Path
) -> None:
    """Register that a person gets a copy of everything held, and write it as PDF."""
    document = papers.own_copy(context, staff_no, request, on, language)
    context.do(give_own_copy, staff_no, request, on, partial(write_whole, path, document.content))


def _numbers(session: Session, actor: Actor, period: Period, wanted: Whose) -> list[str]:
    return [file.staff_no for file, _ in cases(session, actor, period, wanted)]
