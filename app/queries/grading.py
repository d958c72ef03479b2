"""Grades as they would be now: computed from the files, nothing stored."""

import json
from collections import defaultdict
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from app.queries.cases import EVERYONE, CaseFile, Whose, cases
from app.queries.merged import with_seconds
from app.queries.objected import objected_entries
from app.queries.schemes import PublishedScheme
from app.queries.supplements import published_in_units
from app.rules.grading.case import (
    Adjusted,
    Adjustment,
    Case,
    CaseEntry,
    Fixed,
    Grade,
    How,
    Lack,
    Line,
    NotCounted,
    Period,
)
from app.rules.grading.engine import grade
from app.rules.grading.scheme import Scheme
from app.rules.objections import Objected, as_if_not_objected, kept
from models.bulk import among
from models.conduct import Entry, Evidence
from models.ledger import canonical
from models.types import Day, Points, Uid

WITHOUT_BEARING = frozenset(
    {
        NotCounted.LATER,
        NotCounted.NOT_VERIFIED,
        NotCounted.RETURNED,
        NotCounted.NOT_HEARD,
        NotCounted.WITHDRAWN,
    }
)
"""Decided after the period, or not (yet) a verified fact."""


class GradedFile(NamedTuple):
    """A file with its grade."""

    file: CaseFile
    case: Case
    grade: Grade
    published: PublishedScheme
    """The standard, with the items that the unit adds."""


def grades(
    session: Session, actor: Actor, period: Period, published: PublishedScheme, whose: Whose = EVERYONE
) -> Generator[GradedFile, None, None]:
    """The grade of every file in question, streamed in the order of files."""
    require(actor, Permission.READ_FILES)
    in_units = published_in_units(session, actor, published, period)
    objected = objected_entries(session, period, whose.files)
    for file, case in cases(session, actor, period, whose, published.scheme):
        own = in_units.get(file[4], published) if in_units else published
        result = grade(case, own.scheme, period)
        if file[0] in objected:
            result = spared(result, case, objected[file[0]], own.scheme, period)
        yield _graded((file, case, result, own))


def spared(result: Grade, case: Case, objected: Objected, scheme: Scheme, period: Period) -> Grade:
    """The grade of a case, not lower than it would be had the person not objected."""
    return kept(result, grade(as_if_not_objected(case, objected), scheme, period), scheme.ranks)


_graded: Callable[[tuple[Any, ...]], GradedFile] = partial(tuple.__new__, GradedFile)


def trace_of(result: Grade) -> str:
    """The result with all that led to it as canonical JSON, to be stored and explained from.

    What cannot bear on the period has no place in it, so that it never changes what was decided about.
    """
    image = {
        "band": result.band,
        "score": result.score,
        "direct": result.direct,
        "lines": [
            line[:5] if line[5:] == _PLAIN else line
            for line in result.lines
            if line[3] not in WITHOUT_BEARING
        ],
        "adjustments": result.adjustments,
        "fixed": result.fixed,
        "rule": result.rule,
        "fallen_from": result.fallen_from,
        "next": result.next_band,
        "lacks": result.lacks,
    }
    return canonical(image).decode()


_PLAIN = ("", False, How.PLAIN, None)
"""What most lines end with; they are stored without it."""


def grade_of(trace: str) -> Grade:
    """The stored result, as it was computed then."""
    content = json.loads(trace)
    return Grade(
        content["band"],
        content["score"],
        tuple(_line_of(*line) for line in content["lines"]),
        content["direct"],
        None,
        tuple(Adjustment(Adjusted(kind), code, points) for kind, code, points in content["adjustments"]),
        Fixed(content["fixed"]),
        content["rule"],
        content["fallen_from"],
        content["next"],
        tuple(Lack(*lack) for lack in content["lacks"]),
    )


def _line_of(
    entry: Uid,
    item: str,
    points: Points,
    reason: str | None,
    until: Day,
    direct: str = "",
    disputed: bool = False,
    how: str = How.PLAIN,
    by: Uid | None = None,
) -> Line:
    why = NotCounted(reason) if reason else None
    return Line(entry, item, points, why, until, direct, disputed, How(how), by)


def inputs_digest(
    graded: GradedFile,
    trace: str,
    period: Period,
    evidence: Mapping[Uid, list[str]],
) -> bytes:
    """SHA-256 over all that a decision about this grade is bound to: facts, evidence, standard, result.

    ``trace``: of the grade. A line of text for each entry and for each paper: everybody passes through here.
    """
    beside = {line[0] for line in graded.grade.lines if line[3] in WITHOUT_BEARING}
    known = sorted([entry for entry in graded.case.entries if entry[0] not in beside])
    facts = [_FACTS % entry[:8] if entry[8:] == _NO_MORE else _ALL_FACTS % entry for entry in known]
    papers = [f"{entry[0]} {one}" for entry in known if entry[0] in evidence for one in evidence[entry[0]]]
    standard = graded.published.digest.hex()
    bound = (graded.file.uid, *map(str, period), standard, *facts, *sorted(papers), trace)
    return sha256("\n".join(bound).encode()).digest()


_FACTS, _ALL_FACTS = " ".join(["%s"] * 8), " ".join(["%s"] * len(CaseEntry._fields))
"""What every entry says; a standard may ask more of some."""
_NO_MORE = (None,) * (len(CaseEntry._fields) - 8)


def evidence_digests(session: Session, files: Sequence[int]) -> dict[Uid, list[str]]:
    """Digest, or place for a paper, of the evidence of every entry of some files that has any."""
    found: dict[Uid, list[str]] = defaultdict(list)
    rows = (
        select(Entry.uid, Evidence.uid, Evidence.digest)
        .join(Entry, Evidence.entry_id == Entry.id)
        .where(among(session, Entry.file_id, with_seconds(session, files)))
    )
    for entry, uid, digest in session.execute(rows):
        found[Uid(entry)].append(digest.hex() if digest else uid)
    return found
