"""What all benchmarks share: an office to measure on, its rows, and the line at the end."""

import argparse
import gc
import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import keyring

from app import keys, words
from app.commands.imports import ListSource, import_list
from app.commands.schemes import publish_scheme
from app.founding import create_office
from app.office import DATABASE, KEYS
from models.base import Base
from models.database import Database, open_sqlite
from models.types import Day
from tests.benchmarks.records import lists, mapping
from tests.conftest import KeyringInMemory
from tests.offices import BASELINE, PASSPHRASE, Clock, TestOffice, new_office

T = TypeVar("T")


def scale_given() -> float:
    """``--scale`` of the command line: which part of the full size to measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    return float(parser.parse_args().scale)


def seconds(work: Callable[[], T]) -> tuple[float, T]:
    """How long the work took, garbage of earlier work not counted, and what it gave."""
    gc.collect()
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def peak_memory() -> float:
    """The most memory this process has had, in MB; nan where that is not told."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def empty_office(folder: Path, standard: str = BASELINE) -> TestOffice:
    """An office with two accounts and a standard, on encrypted SQLite."""
    words.use("en")
    keyring.set_keyring(KeyringInMemory())
    clock = Clock(Day(20251218))
    database, _ = create_office(str(folder), PASSPHRASE, new_office(clock))
    office = TestOffice(database, clock)
    office.as_("officer").do(publish_scheme, standard, "示例〔2014〕1号", Day(20140101))
    return office


def made_apart(make: Callable[[Path, float], object], folder: Path, scale: float) -> TestOffice:
    """An office that another process makes in a folder, so that nothing of the making weighs on what is
    measured; one that is there already is taken as it is."""
    if not folder.exists():
        making = multiprocessing.get_context("spawn").Process(target=make, args=(folder, scale))
        making.start()
        making.join()
        if making.exitcode:
            raise SystemExit(making.exitcode)
    words.use("en")
    return reopened(folder)


def reopened(folder: Path) -> TestOffice:
    """An office that was made before, at the clock of a new one."""
    clock, key = Clock(), keys.from_passphrase(folder / KEYS, PASSPHRASE)
    return TestOffice(Database(lambda: open_sqlite(folder / DATABASE, key), clock), clock, str(folder))


def take_in(office: TestOffice, folder: Path, scale: float) -> Callable[[], list[Any]]:
    """The work of importing the three lists."""
    made = lists(folder, scale)
    officer = office.as_("officer")

    def work() -> list[Any]:
        sources = (ListSource(path, mapping(name)) for name, path in made.items())
        return [officer.do(import_list, source) for source in sources]

    return work


def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, those that are referred to first."""
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}")]
            for table in Base.metadata.sorted_tables
        }


def report(name: str, ratio: float, detail: str) -> None:
    """The one line that a benchmark ends with."""
    print(f"{name} ratio: {ratio:.2f} ({detail})")  # noqa: T201  # what a benchmark is for
