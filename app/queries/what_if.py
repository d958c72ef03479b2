"""What if another standard had held: every file of a period graded by both. Nothing is stored."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Invalid
from app.permissions import Actor, Permission, require, visible_to
from app.queries.cases import EVERYONE, CaseFile, Whose, cases, how_many
from app.queries.quotas import Quotas
from app.queries.schemes import PublishedScheme, scheme_for
from app.queries.supplements import published_in_units
from app.rules.grading.case import Grade, Period
from app.rules.grading.engine import grade
from app.rules.grading.moving import NOT_RATED, Move, Why, moved_by, moves
from app.rules.grading.parsing import BadScheme
from app.rules.grading.quota import Rated, meters
from app.rules.grading.scheme import Scheme
from app.standards.schemes import fault_sentence, published_scheme, read_scheme
from app.words import tr
from models.bulk import among
from models.conduct import Entry
from models.people import Department, IntegrityFile, Person
from models.types import Day, Moment, Points, ServiceState, Uid


class Cell(NamedTuple):
    """From one grade to another, by their codes; ``NOT_RATED`` for none."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A period by two standards. Of a file a few numbers in columns are kept, and of who moves, why."""

    period: Period
    old: PublishedScheme
    new: PublishedScheme
    """Published or not; ``id`` 0."""
    moves: Mapping[tuple[str, str], Move]
    files: "array[int]"
    departments: "array[int]"
    cells: list[Cell]
    scores: tuple["array[int]", "array[int]"]
    """Before and after, in thousandths; 0 for who is not rated."""
    why: Mapping[int, tuple[Why, ...]]
    """By place in the columns: of whose grade or score is another, the decisive reason first."""
    quotas: tuple[Quotas, Quotas]
    """Of both standards, for all together."""

    def move(self, cell: Cell) -> Move:
        """What it is to go this way."""
        return self.moves[cell]


def what_if(
    session: Session,
    actor: Actor,
    text: str,
    period: Period,
    against: PublishedScheme | None = None,
    whose: Whose = EVERYONE,
    report: Callable[[int, int], object] = lambda done, total: None,
) -> WhatIf:
    """Grade the files by a published standard, the one in force unless another is given, and by a text.

    Both as they stand at the end of the period; each file is read once. ``report(done, total)`` is called
    every few hundred files; what it raises stops it. Raises Invalid where the text is no standard, NotFound
    where none is in force.
    """
    require(actor, Permission.READ_FILES)
    read_scheme(text)
    old = against or scheme_for(session, actor, period)
    old = old._replace(scheme=_standing(old.text, period.end))
    new = _as_published(text, _standing(text, period.end), period)
    columns = _Columns(old, new)
    in_units = [_in_units(session, actor, one, period) for one in (old, new)]
    asks = replace(
        old.scheme,
        carry_over=old.scheme.carry_over or new.scheme.carry_over,
        inputs=old.scheme.inputs or new.scheme.inputs,
    )
    total = how_many(session, actor, whose)
    with closing(cases(session, actor, period, whose, asks)) as rows:
        for number, (file, case) in enumerate(rows):
            if number % STEP == 0:
                report(number, total)
            by_old, by_new = (
                units.get(file.department_id, one).scheme
                for units, one in zip(in_units, (old, new), strict=True)
            )
            before, after = grade(case, by_old, period), grade(case, by_new, period)
            columns.add(file, before, after, moved_by(before, after, by_old, by_new))
            columns.rate(file, case.states, before, after)
    report(total, total)
    return columns.whole(period)


STEP = 200
"""Files between two looks at whether it is still wanted."""


def _standing(text: str, on: Day) -> Scheme:
    try:
        return published_scheme(text, on)
    except BadScheme as error:
        raise Invalid("\n".join(map(fault_sentence, error.problems))) from error


def _as_published(text: str, scheme: Scheme, period: Period) -> PublishedScheme:
    digest = sha256(text.encode()).digest()
    named = (scheme.code, scheme.edition, scheme.adopted_by)
    return PublishedScheme(0, Uid(""), *named, period.end, Moment(0), digest, scheme, text)


def _in_units(
    session: Session, actor: Actor, published: PublishedScheme, period: Period
) -> dict[int, PublishedScheme]:
    """As it holds in the units that have items of their own. Raises Invalid where it leaves them no room."""
    try:
        return published_in_units(session, actor, published, period)
    except BadScheme as error:
        sentence = tr("What units have added does not fit into “{title}”: {problems}")
        problems = " ".join(map(fault_sentence, error.problems))
        title = f"{published.code} {published.edition}"
        raise Invalid(sentence.format(title=title, problems=problems)) from error


class _Columns:
    """Takes in file by file."""

    def __init__(self, old: PublishedScheme, new: PublishedScheme) -> None:
        self.both = old, new
        self.files, self.departments = array("q"), array("q")
        self.scores = array("q"), array("q")
        self.cells: list[Cell] = []
        self.why: dict[int, tuple[Why, ...]] = {}
        self.rated: tuple[list[Rated], list[Rated]] = ([], [])
        self.names: dict[Uid, str] = {}
        self._cells: dict[Cell, Cell] = {}
        self._why: dict[tuple[Why, ...], tuple[Why, ...]] = {}

    def add(self, file: CaseFile, before: Grade, after: Grade, why: tuple[Why, ...]) -> None:
        cell = Cell(before.band or NOT_RATED, after.band or NOT_RATED)
        if why:
            self.why[len(self.files)] = self._why.setdefault(why, why)  # most move by the same few things
        self.files.append(file.file_id)
        self.departments.append(file.department_id)
        self.cells.append(self._cells.setdefault(cell, cell))
        self.scores[0].append(before.score or 0)
        self.scores[1].append(after.score or 0)

    def rate(self, file: CaseFile, states: frozenset[ServiceState], before: Grade, after: Grade) -> None:
        """Remember the grades where a quota looks at them."""
        for rated, published, one in zip(self.rated, self.both, (before, after), strict=True):
            if published.scheme.quotas and one.band is not None:
                rated.append(Rated(file.uid, one.band, one.score or Points(0), states))
                self.names[file.uid] = file.name

    def whole(self, period: Period) -> WhatIf:
        old, new = self.both
        quotas = [
            Quotas(one.scheme, tuple(meters(rated, one.scheme)), self.names)
            for one, rated in zip(self.both, self.rated, strict=True)
        ]
        kinds = moves(old.scheme, new.scheme)
        columns = (self.files, self.departments, self.cells, self.scores, self.why)
        return WhatIf(period, old, new, kinds, *columns, (quotas[0], quotas[1]))


class Whom(NamedTuple):
    """Whose file it is."""

    staff_no: str
    name: str
    department: str


def whom(session: Session, actor: Actor, files: Sequence[int]) -> dict[int, Whom]:
    """Whose files these are, by key; without those that the actor may not read, or not any more."""
    require(actor, Permission.READ_FILES)
    rows = (
        select(IntegrityFile.id, Person.staff_no, Person.name, Department.name)
        .join(Person, IntegrityFile.person_id == Person.id)
        .join(Department, IntegrityFile.department_id == Department.id)
        .where(among(session, IntegrityFile.id, files), visible_to(actor, IntegrityFile.department_id))
    )
    return {row[0]: Whom(*row[1:]) for row in session.execute(rows)}


def years(session: Session, actor: Actor) -> list[int]:
    """The years in which something on file happened, the newest first."""
    require(actor, Permission.READ_FILES)
    year = (Entry.occurred_on // 10000).label("year")
    rows = select(year).join(IntegrityFile, Entry.file_id == IntegrityFile.id)
    found = session.execute(rows.where(visible_to(actor, IntegrityFile.department_id)).distinct())
    return sorted((int(one) for one in found.scalars() if one), reverse=True)
