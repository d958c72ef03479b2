"""One file of 300 entries graded and explained in words, against loading its rows."""

import tempfile
from pathlib import Path

from sqlalchemy import update

from app.explanation import as_data
from app.queries.cases import Whose, cases
from app.queries.grading import grades
from app.queries.schemes import scheme_for
from app.rules.grading.case import year
from models.conduct import Entry
from models.types import Uid
from tests.benchmarks.city import furnish
from tests.benchmarks.grade_office import STANDARD
from tests.benchmarks.measure import empty_office, report, scale_given, seconds
from tests.offices import TestOffice

PERIOD = year(2025)
ENTRIES, PEOPLE = 300, 1_000
WHOSE = Whose(files=frozenset({1}))
TIMES, ROUNDS = 200, 5


def main() -> None:
    """Measure and print; the quickest of a few rounds on either side, each of many times."""
    with tempfile.TemporaryDirectory() as name:
        office = empty_office(Path(name) / "office", STANDARD)
        furnish(office, max(100, round(PEOPLE * scale_given())))
        _gather(office)
        rounds = [(seconds(lambda: _load(office)), seconds(lambda: _explain(office))) for _ in range(ROUNDS)]
    bare, ours = (min(one[side][0] for one in rounds) / TIMES for side in (0, 1))
    loaded, told = rounds[0][0][1], rounds[0][1][1]
    detail = f"at most 3; {loaded} entries, {told} told; {1e3 * ours:.1f} ms against {1e3 * bare:.1f} ms"
    report("explain", ours / bare, detail)


def _gather(office: TestOffice) -> None:
    """The first entries there are become those of one file."""
    with office.database.write() as session:
        session.execute(update(Entry).where(Entry.id <= ENTRIES).values(file_id=1, department_id=2))
        session.execute(update(Entry).where(Entry.id > ENTRIES, Entry.file_id == 1).values(file_id=2))


def _load(office: TestOffice) -> int:
    officer = office.as_("officer")
    with office.database.read() as session:
        for _ in range(TIMES):
            ((_, case),) = cases(session, officer.actor, PERIOD, WHOSE)
    return len(case.entries)


def _explain(office: TestOffice) -> int:
    officer = office.as_("officer")
    with office.database.read() as session:
        published = scheme_for(session, officer.actor, PERIOD)
        for _ in range(TIMES):
            (one,) = grades(session, officer.actor, PERIOD, published, WHOSE)
            told = as_data(one.grade, published.scheme, "zh_CN", _name)
    moves, rest = told["moves"], told["not_counted"]
    assert isinstance(moves, list) and isinstance(rest, list)
    return len(moves) + len(rest)


def _name(uid: Uid) -> str:
    return uid


if __name__ == "__main__":
    main()
