"""Grades as they would be now: computed from the files, nothing stored."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from app.queries.cases import EVERYONE, CaseFile, Whose, cases
from app.queries.schemes import PublishedScheme
from app.rules.grading.engine import Case, Grade, Line, NotCounted, Period, grade
from models.conduct import Entry, Evidence
from models.ledger import canonical
from models.types import Day, Points, Uid

WITHOUT_BEARING = frozenset(
    {NotCounted.LATER, NotCounted.NOT_VERIFIED, NotCounted.RETURNED, NotCounted.WITHDRAWN}
)
"""Decided after the period, or not (yet) a verified fact."""


class GradedFile(NamedTuple):
    """A file with its grade."""

    file: CaseFile
    case: Case
    grade: Grade


def grades(
    session: Session, actor: Actor, period: Period, published: PublishedScheme, whose: Whose = EVERYONE
) -> Iterator[GradedFile]:
    """The grade of every file in question, streamed in the order of files."""
    require(actor, Permission.READ_FILES)
    scheme = published.scheme
    for file, case in cases(session, actor, period, whose):
        yield _graded((file, case, grade(case, scheme, period)))


_graded: Callable[[tuple[CaseFile, Case, Grade]], GradedFile] = partial(tuple.__new__, GradedFile)


def trace_of(result: Grade) -> str:
    """The result with its lines as canonical JSON, to be stored and printed from.

    What cannot bear on the period has no place in it, so that it never changes what was decided about.
    """
    lines = [
        {
            "entry": line.entry,
            "item": line.item,
            "points": line.points,
            "reason": line.reason,
            "until": line.until,
            "direct": line.direct,
            "disputed": line.disputed,
        }
        for line in result.lines
        if line.reason not in WITHOUT_BEARING
    ]
    image = {"band": result.band, "score": result.score, "direct": result.direct, "lines": lines}
    return canonical(image).decode()


def grade_of(trace: str) -> Grade:
    """The stored result, as it was computed then."""
    content = json.loads(trace)
    lines = tuple(
        Line(
            Uid(line["entry"]),
            line["item"],
            Points(line["points"]),
            line["reason"] and NotCounted(line["reason"]),
            Day(line["until"]),
            line["direct"],
            line["disputed"],
        )
        for line in content["lines"]
    )
    return Grade(content["band"], content["score"], lines, content["direct"], None)


def inputs_digest(
    graded: GradedFile, period: Period, published: PublishedScheme, evidence: dict[Uid, list[str]]
) -> bytes:
    """SHA-256 over all that a decision about this grade is bound to: facts, evidence, standard, result."""
    beside = {line.entry for line in graded.grade.lines if line.reason in WITHOUT_BEARING}
    known = sorted(entry for entry in graded.case.entries if entry.uid not in beside)
    facts = [[*entry, *sorted(evidence.get(entry.uid, ()))] for entry in known]
    image = {
        "file": graded.file.uid,
        "period": list(period),
        "scheme": published.digest.hex(),
        "entries": facts,
        "result": trace_of(graded.grade),
    }
    return sha256(canonical(image)).digest()


def evidence_digests(session: Session, file_ids: list[int] | None = None) -> dict[Uid, list[str]]:
    """Digest, or place for a paper, of the evidence of every entry that has any."""
    found: dict[Uid, list[str]] = defaultdict(list)
    rows = select(Entry.uid, Evidence.uid, Evidence.digest).join(Entry, Evidence.entry_id == Entry.id)
    if file_ids is not None:
        rows = rows.where(Entry.file_id.in_(file_ids))
    for entry, uid, digest in session.execute(rows):
        found[Uid(entry)].append(digest.hex() if digest else uid)
    return found
