"""Which evaluations would come out of other facts, or otherwise, if they were computed now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from app.queries.cases import Whose
from app.queries.grading import evidence_digests, grades, inputs_digest, trace_of
from app.queries.schemes import PublishedScheme, schemes
from app.rules.grading.case import Period
from models.evaluations import Evaluation

BLOCK = 500
"""Keys that are asked for at once: a list in SQL may not be of any length."""


class Computed(NamedTuple):
    """What an evaluation was computed from."""

    id: int
    file_id: int
    scheme_id: int
    period: Period
    digest: bytes


def stale(session: Session, actor: Actor, rows: Iterable[Computed]) -> frozenset[int]:
    """The keys of those whose entries, evidence or result have changed since, each by its own standard.

    Every one is computed again: ask only about those whose file shows another ``content_version``. At
    most one of a file for each period and standard.
    """
    require(actor, Permission.READ_FILES)
    alike: dict[tuple[Period, int], dict[int, Computed]] = defaultdict(dict)
    erased = _resting_on_erased(session)
    for one in rows:
        if one.id not in erased:
            alike[one.period, one.scheme_id][one.file_id] = one
    if not alike:
        return frozenset()
    published = {one.id: one for one in schemes(session, actor)}
    return frozenset(
        number
        for (period, scheme_id), of_file in alike.items()
        for number in _changed(session, actor, period, published[scheme_id], of_file)
    )


def _resting_on_erased(session: Session) -> frozenset[int]:
    """Those that rest on what was lawfully erased: they stand, and cannot be computed again."""
    rows = select(Evaluation.id).where(Evaluation.erased_by.is_not(None))
    return frozenset(session.execute(rows).scalars())


def _changed(
    session: Session,
    actor: Actor,
    period: Period,
    published: PublishedScheme,
    of_file: dict[int, Computed],
) -> Iterator[int]:
    for block in blocks(sorted(of_file)):
        evidence = evidence_digests(session, block)
        for graded in grades(session, actor, period, published, Whose(files=frozenset(block))):
            one = of_file[graded.file.file_id]
            trace = trace_of(graded.grade)
            if inputs_digest(graded, trace, period, evidence) != one.digest:
                yield one.id


def blocks(keys: Sequence[int]) -> Iterator[list[int]]:
    """Keys in lists that are short enough for SQL."""
    return (list(keys[start : start + BLOCK]) for start in range(0, len(keys), BLOCK))
