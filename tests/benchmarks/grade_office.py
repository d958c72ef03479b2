"""The grades of a whole city, computed and stored, against an ordered scan of the same rows.

The scan goes through the bare driver; entries are clustered by file on both sides, in encrypted SQLite.
Every storing begins with a fresh copy.
"""

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from app import keys
from app.commands.evaluations import propose_evaluations
from app.office import DATABASE, KEYS
from app.queries.grading import grades
from app.queries.schemes import scheme_for
from app.rules.grading.case import year
from app.standards.schemes import SHIPPED
from models.database import Database, open_sqlite
from tests.benchmarks.city import furnish
from tests.benchmarks.measure import empty_office, peak_memory, report, scale_given, seconds
from tests.offices import PASSPHRASE, Clock, TestOffice

T = TypeVar("T")

STANDARD = (SHIPPED / "wendeng-2020.toml").read_text(encoding="utf-8")
PERIOD = year(2025)
PEOPLE, FEW = 100_000, 10_000
ROUNDS = 3

FILES = """
SELECT f.id, f.uid, f.chain_id, f.person_id, f.department_id, f.content_version,
       p.staff_no, p.name, p.joined_on, p.left_on
FROM integrity_files f JOIN people p ON p.id = f.person_id ORDER BY f.id
"""
ENTRIES = """
SELECT file_id, uid, act, item_id, status, occurred_on, decided_on, ended_on, level,
       quantity, given_points, capacity, authors, corrected_on
FROM entries ORDER BY file_id
"""


class Cost(NamedTuple):
    """Of one office, the quickest of a few rounds, in seconds."""

    files: int
    entries: int
    scan: float
    grade: float
    store: float


def main() -> None:
    """Measure and print."""
    scale = scale_given()
    with tempfile.TemporaryDirectory() as name:
        few, all_ = (_cost(Path(name) / str(size), round(size * scale)) for size in (FEW, PEOPLE))
    what = f"{all_.files:,} files with {all_.entries:,} entries"
    peak = f"peak {peak_memory():.0f} MB, at most 500"
    report("grade-office growth", *_growth(few, all_))
    report(
        "grade-office stored",
        all_.store / all_.scan,
        f"at most 7; {_against(what, all_.store, all_)}; {peak}",
    )
    report("grade-office", all_.grade / all_.scan, f"at most 3.5; {_against(what, all_.grade, all_)}")


def _against(what: str, ours: float, cost: Cost) -> str:
    return f"{what}, {ours:.2f} s against {cost.scan:.2f} s"


def _growth(few: Cost, all_: Cost) -> tuple[float, str]:
    """What storing costs more a file in the large office than in the small one."""
    each = [[1e6 * one / cost.files for one in (cost.grade, cost.store)] for cost in (few, all_)]
    grade, store = ([f"{one[part]:.0f}" for one in each] for part in (0, 1))
    words = f"µs a file, of {few.files:,} and of {all_.files:,}: graded {' and '.join(grade)}, "
    words += f"stored {' and '.join(store)}"
    return each[1][1] / each[0][1], f"at most 1.15; {words}"


def _cost(folder: Path, people: int) -> Cost:
    folder.mkdir()
    office = empty_office(folder / "office", STANDARD)
    furnish(office, people)
    rounds = []
    for _ in range(ROUNDS):  # in turns, so that what else the machine does meets all of them
        scan, counts = _from_scratch(office, scan_rows)
        grade, _ = _from_scratch(office, _grade)
        rounds.append((scan, grade, _store(folder)))
    return Cost(*counts, *map(min, zip(*rounds, strict=True)))


def _from_scratch(office: TestOffice, work: Callable[[TestOffice], T]) -> tuple[float, T]:
    """As ``seconds``, with nothing in the cache of the database; all of it is in its file then."""
    office.database.close()
    took, result = seconds(partial(work, office))
    office.database.close()
    return took, result


def scan_rows(office: TestOffice) -> tuple[int, int]:
    """Read every row that grading reads through the bare driver: how many people and entries."""
    connection: Any = office.database.engine.raw_connection()
    counts = tuple(sum(1 for _ in connection.execute(statement)) for statement in (FILES, ENTRIES))
    connection.close()
    return counts[0], counts[1]


def _grade(office: TestOffice) -> int:
    officer = office.as_("officer")
    with office.database.read() as session:
        published = scheme_for(session, officer.actor, PERIOD)
        return sum(1 for _ in grades(session, officer.actor, PERIOD, published))


def _store(folder: Path) -> float:
    copy, clock = folder / "copy", Clock()
    shutil.copytree(folder / "office", copy)
    key = keys.from_passphrase(copy / KEYS, PASSPHRASE)
    office = TestOffice(Database(partial(open_sqlite, copy / DATABASE, key), clock), clock)
    took, _ = _from_scratch(office, lambda one: one.as_("officer").do(propose_evaluations, PERIOD))
    shutil.rmtree(copy)
    return took


if __name__ == "__main__":
    main()
