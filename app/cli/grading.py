"""Verbs on grades: computed, submitted, approved, returned."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator

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
from app.explanation import Move, NameOf, as_data, fixed_words, line_words, moves, next_words
from app.labels import label
from app.permissions import Actor
from app.queries.cases import Whose
from app.queries.departments import below, departments
from app.queries.evaluations import band_name
from app.queries.grading import GradedFile, grades
from app.queries.schemes import PublishedScheme, scheme_for
from app.rules.grading.case import Period, year
from app.rules.grading.quota import Meter, Rated, meters
from app.rules.grading.scheme import Scheme
from app.standards.quotas import quota_words
from app.words import listed, ntr, tr
from models.types import POINT, Day, Points, Uid, iso, last_day


def grade(given: Namespace) -> tuple[int, object, str]:
    """``grade``: computes and stores nothing."""
    period = period_of(given.period)
    context = entered(given)
    published, found = context.ask(_graded, period, given.scheme, whose(context, given))
    people = [_person(one, published, given.explain, given.language) for one in found]
    notice = published.scheme.notice.in_language(given.language)
    scheme = {"scheme": published.code, "edition": published.edition, "notice": notice}
    said = [_text(one, published, given) for one in found]
    files = {one.file.uid: one.file for one in found}
    against = [] if given.person else _quotas(found, published)  # which say nothing of one person
    lines = [*said, _totals(found, published)]
    lines += [
        quota_words(one, published.scheme, lambda uid: f"{files[uid].staff_no} {files[uid].name}")
        for one in against
    ]
    lines.append(_standard(published, given.language))
    quotas = [_quota(one, lambda uid: files[uid].staff_no) for one in against]
    data = {"period": period.label, **scheme, "people": people, "quotas": quotas}
    return 0, data, "\n".join(lines)


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


def _person(one: GradedFile, published: PublishedScheme, explain: bool, language: str) -> dict[str, object]:
    result = one.grade
    person: dict[str, object] = {
        "staff_no": one.file.staff_no,
        "name": one.file.name,
        "grade": result.band and result.band + result.fallen_from,
        "score": None if result.score is None else result.score / POINT,
        "not_rated": result.not_rated,
        "comment_only": result.not_rated in published.scheme.comment_only,
    }
    if explain and not result.not_rated:
        person |= as_data(result, published.scheme, language, _names(one, published, language))
    return person


def _names(one: GradedFile, published: PublishedScheme, language: str) -> NameOf:
    """Entries by item and date."""
    entries = {entry.uid: entry for entry in one.case.entries}

    def name(uid: Uid) -> str:
        entry = entries[uid]
        rule = published.scheme.items.get(entry.item)
        return f"{rule.name.in_language(language) if rule else entry.item} {iso(entry.occurred_on)}"

    return name


def _text(one: GradedFile, published: PublishedScheme, given: Namespace) -> str:
    result = one.grade
    if result.not_rated:
        shown = tr("not rated ({reason})").format(reason=label(result.not_rated))
        if result.not_rated in published.scheme.comment_only:
            shown += "  " + tr("a comment and no grade")
    else:
        name = band_name(published, result.band, given.language)
        shown = f"{result.band}{result.fallen_from} {name}  {(result.score or 0) / POINT:g}"
    shown = f"{one.file.staff_no}  {one.file.name}  {shown}"
    if not given.explain or result.not_rated:
        return shown
    return "\n".join([shown, *(f"    {line}" for line in _explained(one, published, given.language))])


def _explained(one: GradedFile, published: PublishedScheme, language: str) -> Iterator[str]:
    scheme, name = published.scheme, _names(one, published, language)
    for move in moves(one.grade, scheme, language):
        points, total = f"{move.points / POINT:+g}", f"{move.total / POINT:g}"
        yield "  ".join(filter(None, (points, f"= {total}", *_parts(move, scheme, name))))
    for line in one.grade.lines:
        if line.reason:
            yield f"0  {name(line.entry)}  {line_words(line, scheme, name)}"
    yield fixed_words(one.grade, scheme, language, name)
    if words := next_words(one.grade, scheme, language, name):
        yield words


def _parts(move: Move, scheme: Scheme, name: NameOf) -> Iterator[str]:
    if not (line := move.line):
        yield move.words
        return
    rule = scheme.items.get(line.item)
    yield name(line.entry)
    yield line_words(line, scheme, name)
    yield tr("gives grade {band} directly").format(band=line.direct) if line.direct else ""
    yield tr("disputed") if line.disputed else ""
    yield tr("valid until {day}").format(day=iso(line.until)) if line.until else ""
    yield rule.reference if rule else ""


def _totals(found: list[GradedFile], published: PublishedScheme) -> str:
    counts = Counter(one.grade.band for one in found)
    bands = [f"{band.code} {counts[band.code]}" for band in published.scheme.bands]
    people = ntr("{n} person", "{n} people", len(found)).format(n=len(found))
    return tr("{people}: {bands}, not rated {rest}").format(
        people=people, bands=listed(bands), rest=counts[None]
    )


def _quotas(found: list[GradedFile], published: PublishedScheme) -> list[Meter]:
    rated = [
        Rated(one.file.uid, one.grade.band, one.grade.score or Points(0), one.case.states)
        for one in found
        if one.grade.band
    ]
    return meters(rated, published.scheme)


def _quota(meter: Meter, staff_no: NameOf) -> dict[str, object]:
    return {
        "grade": meter.quota.band,
        "rated": meter.rated,
        "allowed": meter.allowed,
        "held": meter.held,
        "tied": [staff_no(uid) for uid in meter.tied],
    }


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
    """The year that ``--period`` names, or the year up to the end of a month. Raises Invalid."""
    name, _, month = text.partition("-")
    if not (name.isascii() and name.isdigit() and 1990 <= int(name) <= 2100):
        raise Invalid(tr("--period must be a year from 1990 to 2100, such as 2025, or a month like 2025-06."))
    whole = year(int(name))
    if not month:
        return whole
    if not (month.isascii() and month.isdigit() and len(month) == 2 and 1 <= int(month) <= 12):
        raise Invalid(tr("--period must be a year from 1990 to 2100, such as 2025, or a month like 2025-06."))
    end = last_day(Day(whole.start // 10000 * 10000 + int(month) * 100 + 1), 1)
    return Period(whole.start, end, text)


def whose(context: AppContext, given: Namespace) -> Whose:
    """The files that ``--department`` and ``--person`` name."""
    if not given.department:
        return Whose(staff_no=given.person)
    with context.database.read() as session:
        wanted = department_at(session, given.department).id
    return Whose(below(context.ask(departments), wanted), given.person)
