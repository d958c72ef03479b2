"""The lists that an office works through: each a question, and how its answer reads as rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.labels import label
from app.permissions import Actor, Permission, require
from app.queries.departments import below, departments
from app.queries.due import due, month_of
from app.queries.heads import newest_seal
from app.queries.incomplete import incomplete, missing_words
from app.queries.reading import readings
from app.queries.retention import past_retention, retention
from app.reports.content import ListColumn, Listing
from app.reports.wording import Translate, document_day
from app.words import mark, translator
from models.database import moment
from models.people import Office
from models.types import Day, day, day_at, iso, local_time


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which department, and until which day."""

    department: int | None = None
    """With all below it; None is all that the actor keeps."""
    until: Day | None = None
    """None is today."""


class Rows(NamedTuple):
    """The answer to a list's question."""

    said: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    whose: Sequence[str]


class _Ask(NamedTuple):
    """What a list needs to answer."""

    session: Session
    actor: Actor
    departments: frozenset[int] | None
    until: Day
    language: str
    tr: Translate


class ListKind(NamedTuple):
    """One list of the office."""

    title: str
    """Marked for translation, like all texts here."""
    about: str
    empty: str
    columns: tuple[tuple[str, int], ...]
    """Title and width in characters of Chinese."""
    ask: Callable[[_Ask], Rows]
    dated: str = ""
    """What the day is for which it asks; empty for a list of today."""
    negative: bool = False
    """Whether it tells of negative entries."""
    letters: bool = False
    """Whether there are notices to people in it, to be printed (``app.queries.period_ends``)."""


def asked_departments(session: Session, actor: Actor, asked: Asked) -> frozenset[int] | None:
    """The department that is asked for with all below it; None is all that the actor keeps."""
    require(actor, Permission.KEEP_FILES)
    return None if asked.department is None else below(departments(session, actor), asked.department)


def listing(session: Session, actor: Actor, name: str, asked: Asked, language: str) -> Listing:
    """A list of the office as it is now, in a language. Raises KeyError where there is none of that name."""
    require(actor, Permission.KEEP_FILES)
    kind, tr = LISTS[name], translator(language)
    today = day_at(moment(session))
    units = departments(session, actor)
    wanted = asked_departments(session, actor, asked)
    found = kind.ask(_Ask(session, actor, wanted, asked.until or today, language, tr))
    unit = next((row.path for row in units if row.id == asked.department), "")
    office = session.execute(select(Office.name, Office.name_en)).one()
    seal = newest_seal(session, actor)
    return Listing(
        name=name,
        title=tr(kind.title),
        office=office.name if language.startswith("zh") or not office.name_en else office.name_en,
        printed_on=today,
        said=tuple(filter(None, (unit, *found.said))),
        columns=tuple(ListColumn(tr(title), width) for title, width in kind.columns),
        rows=tuple(found.rows),
        whose=tuple(found.whose),
        empty=tr(kind.empty),
        negative=kind.negative,
        seal_root=seal.root.hex() if seal else "",
        sealed_on=day_at(seal.moment) if seal else None,
    )


class OpenList(NamedTuple):
    """A list with something in it."""

    name: str
    number: int


def open_lists(session: Session, actor: Actor) -> tuple[OpenList, ...]:
    """The lists that are to be worked through now: what ends this month, and what is missing."""
    require(actor, Permission.KEEP_FILES)
    today = day_at(moment(session))
    numbers = {"due": len(due(session, actor, today)), "incomplete": len(incomplete(session, actor))}
    return tuple(OpenList(name, number) for name, number in numbers.items() if number)


def _past_retention(ask: _Ask) -> Rows:
    rule = retention(ask.session, ask.actor)
    said = ask.tr("Negative information stands in summaries for {months} months from the end of the conduct.")
    by = ask.tr("By {document}").format(document=rule.document_no) if rule.document_no else ""
    on = ask.tr("As of {date}").format(date=document_day(ask.until, ask.tr))
    found = past_retention(ask.session, ask.actor, ask.until, ask.departments)
    rows = [
        (
            one.staff_no,
            one.name,
            one.department,
            one.item_name(ask.language),
            iso(one.ended_on or one.occurred_on),
            one.document_no,
            iso(one.kept_until),
        )
        for one in found
    ]
    return Rows(
        tuple(filter(None, (on, said.format(months=rule.months), by))), rows, [one.staff_no for one in found]
    )


def _readings(ask: _Ask) -> Rows:
    since = day(ask.until // 10000, 1, 1)
    found = readings(ask.session, ask.actor, since, ask.until, ask.departments)
    days = ask.tr("{since} to {until}").format(
        since=document_day(since, ask.tr), until=document_day(ask.until, ask.tr)
    )
    rows = [
        (
            f"{local_time(one.read_at):%Y-%m-%d %H:%M}",
            one.reader,
            f"{one.name} {one.staff_no}",
            one.department,
            label(one.how, ask.tr),
            " · ".join(filter(None, (one.purpose, one.document_no))),
        )
        for one in found
    ]
    return Rows((days,), rows, [one.staff_no for one in found])


def _due(ask: _Ask) -> Rows:
    found = due(ask.session, ask.actor, ask.until, ask.departments, ask.tr)
    rows = [
        (
            iso(one.end.on),
            ask.tr(one.end.what),
            one.end.staff_no,
            one.name,
            one.department,
            one.end.of(ask.language),
            one.end.detail,
        )
        for one in found
    ]
    since, until = (document_day(one, ask.tr) for one in month_of(ask.until))
    days = ask.tr("{since} to {until}").format(since=since, until=until)
    return Rows((days,), rows, [one.end.staff_no for one in found])


def _incomplete(ask: _Ask) -> Rows:
    found = incomplete(ask.session, ask.actor, ask.departments)
    rows = [(one.staff_no, one.name, one.department, missing_words(one, ask.tr)) for one in found]
    return Rows((), rows, [one.staff_no for one in found])


_PERSON = ((mark("Staff no."), 5), (mark("Name"), 6), (mark("Department"), 9))
LISTS: Mapping[str, ListKind] = {
    "incomplete": ListKind(
        mark("What is missing in the files"),
        mark(
            "Particulars that are missing, and entries without document or evidence. Saved as a workbook it "
            "can be filled in by the departments and imported back."
        ),
        mark("Nothing is missing."),
        (*_PERSON, (mark("What is missing"), 20)),
        _incomplete,
    ),
    "due": ListKind(
        mark("What ends this month"),
        mark(
            "Influence periods that end in the month of a day, and terms of objections, statements and leads "
            "with those that ran out before. Whose influence period ends is told by a notice."
        ),
        mark("Nothing ends in this month."),
        (
            (mark("Ends on"), 7),
            (mark("What ends"), 7),
            *_PERSON,
            (mark("Of"), 12),
            (mark("Details"), 12),
        ),
        _due,
        dated=mark("Month of"),
        negative=True,
        letters=True,
    ),
    "retention": ListKind(
        mark("Past their retention period"),
        mark("Negative entries that left the summaries and are kept as archive only; erased only on order."),
        mark("Nothing is past its retention period."),
        (
            *_PERSON,
            (mark("Item"), 10),
            (mark("End of the conduct"), 7),
            (mark("Document number"), 10),
            (mark("Kept until"), 7),
        ),
        _past_retention,
        dated=mark("Until"),
        negative=True,
    ),
    "readings": ListKind(
        mark("Register of readings"),
        mark("Who read or printed which file, when and for what, since the beginning of the year."),
        mark("Nobody has read a file in this time."),
        (
            (mark("When"), 10),
            (mark("Reader"), 6),
            (mark("File of"), 8),
            (mark("Department"), 9),
            (mark("How"), 5),
            (mark("Purpose"), 12),
        ),
        _readings,
        dated=mark("Until"),
    ),
}
"""By name, as the command line calls them. Another list needs a line here and its question."""
