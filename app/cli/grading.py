"""Verbs on grades: computed, submitted, approved, returned."""

from argparse import Namespace
from collections import Counter

from sqlalchemy.orm import Session

from app.cli.offices import entered
from app.commands.evaluations import (
    approve_evaluation,
    propose_evaluations,
    return_evaluation,
)
from app.commands.finding import department_at
from app.context import AppContext
from app.errors import Invalid
from app.labels import label
from app.permissions import Actor
from app.queries.cases import Whose
from app.queries.departments import below, departments
from app.queries.evaluations import band_name
from app.queries.grading import GradedFile, grades
from app.queries.schemes import PublishedScheme, scheme_for
from app.rules.grading.engine import Line, Period, year
from app.words import listed, ntr, tr
from models.types import POINT, iso


def grade(given: Namespace) -> tuple[int, object, str]:
    """``grade``: computes and stores nothing."""
    period = period_of(given.period)
    context = entered(given)
    published, found = context.ask(_graded, period, given.scheme, whose(context, given))
    people = [_person(one, published, given.explain) for one in found]
    notice = published.scheme.notice.in_language(given.language)
    scheme = {"scheme": published.code, "edition": published.edition, "notice": notice}
    said = [_text(one, published, given) for one in found]
    lines = [*said, _totals(found, published), _standard(published, given.language)]
    return 0, {"period": period.label, **scheme, "people": people}, "\n".join(lines)


def _standard(published: PublishedScheme, language: str) -> str:
    title = tr("{title}, edition {edition}").format(
        title=published.scheme.title.in_language(language), edition=published.edition
    )
    return "  ".join(filter(None, (title, published.scheme.notice.in_language(language))))


def _graded(
    session: Session, actor: Actor, period: Period, code: str, wanted: Whose
) -> tuple[PublishedScheme, list[GradedFile]]:
    published = scheme_for(session, actor, period, code)
    return published, list(grades(session, actor, period, published, wanted))


def _person(one: GradedFile, published: PublishedScheme, explain: bool) -> dict[str, object]:
    result = one.grade
    person: dict[str, object] = {
        "staff_no": one.file.staff_no,
        "name": one.file.name,
        "grade": result.band,
        "score": None if result.score is None else result.score / POINT,
        "not_rated": result.not_rated,
    }
    if explain:
        person["base"] = published.scheme.base / POINT
        person["decided_by"] = result.direct or "score"
        person["lines"] = [_line(line, published) for line in result.lines]
    return person


def _line(line: Line, published: PublishedScheme) -> dict[str, object]:
    rule = published.scheme.items.get(line.item)
    return {
        "entry": line.entry,
        "item": line.item,
        "points": line.points / POINT,
        "counted": line.reason is None,
        "reason": line.reason,
        "valid_until": iso(line.until) if line.until else None,
        "direct_grade": line.direct or None,
        "disputed": line.disputed,
        "reference": rule.reference if rule else "",
    }


def _text(one: GradedFile, published: PublishedScheme, given: Namespace) -> str:
    result = one.grade
    if result.not_rated:
        shown = tr("not rated ({reason})").format(reason=label(result.not_rated))
    else:
        name = band_name(published, result.band, given.language)
        shown = f"{result.band} {name}  {(result.score or 0) / POINT:g}"
    lines = [_line_text(line, published, given.language) for line in result.lines if given.explain]
    if given.explain and not result.not_rated:
        lines.insert(0, f"    {tr('Base')}  {published.scheme.base / POINT:g}")
    return "\n".join([f"{one.file.staff_no}  {one.file.name}  {shown}", *lines])


def _line_text(line: Line, published: PublishedScheme, language: str) -> str:
    rule = published.scheme.items.get(line.item)
    name = rule.name.in_language(language) if rule else line.item
    counted = label(line.reason) if line.reason else f"{line.points / POINT:+g}"
    until = tr("valid until {day}").format(day=iso(line.until)) if line.until else ""
    direct = tr("gives grade {band} directly").format(band=line.direct) if line.direct else ""
    disputed = tr("disputed") if line.disputed else ""
    parts = (name, counted, direct, disputed, until, rule.reference if rule else "")
    return "    " + "  ".join(filter(None, parts))


def _totals(found: list[GradedFile], published: PublishedScheme) -> str:
    counts = Counter(one.grade.band for one in found)
    bands = [f"{band.code} {counts[band.code]}" for band in published.scheme.bands]
    people = ntr("{n} person", "{n} people", len(found)).format(n=len(found))
    return tr("{people}: {bands}, not rated {rest}").format(
        people=people, bands=listed(bands), rest=counts[None]
    )


def propose(given: Namespace) -> tuple[int, object, str]:
    """``propose``: stores and submits."""
    period = period_of(given.period)
    context = entered(given)
    done = context.do(propose_evaluations, period, given.scheme, whose(context, given))
    listed = [f"{uid}  {staff_no}" for staff_no, uid in done.evaluations.items()]
    data = {"counts": done.counts, "evaluations": done.evaluations}
    return 0, data, "\n".join([*listed, done.sentence()])


def approve(given: Namespace) -> tuple[int, object, str]:
    """``approve``"""
    entered(given).do(approve_evaluation, given.evaluation, given.reason)
    return 0, {"evaluation": given.evaluation, "status": "approved"}, tr("Approved.")


def send_back(given: Namespace) -> tuple[int, object, str]:
    """``return``"""
    entered(given).do(return_evaluation, given.evaluation, given.reason)
    return 0, {"evaluation": given.evaluation, "status": "returned"}, tr("Returned.")


def period_of(text: str) -> Period:
    """The year that ``--period`` names. Raises Invalid."""
    if not (text.isascii() and text.isdigit() and 1990 <= int(text) <= 2100):
        raise Invalid(tr("--period must be a year from 1990 to 2100, such as 2025."))
    return year(int(text))


def whose(context: AppContext, given: Namespace) -> Whose:
    """The files that ``--department`` and ``--person`` name."""
    if not given.department:
        return Whose(staff_no=given.person)
    with context.database.read() as session:
        wanted = department_at(session, given.department).id
    return Whose(below(context.ask(departments), wanted), given.person)
