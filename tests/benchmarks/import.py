"""Importing the three lists against inserting the very rows that end up written, through the bare driver.

Both sides write encrypted SQLite with the same tables and indexes, in as many transactions.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from app import keys
from app.office import DATABASE, KEYS
from models.database import open_sqlite
from tests.benchmarks.measure import empty_office, peak_memory, report, rows_of, scale_given, seconds, take_in
from tests.offices import PASSPHRASE


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = empty_office(folder / "office")
        before = rows_of(office.database)
        office.database.close()
        shutil.copytree(folder / "office", folder / "bare")
        ours, done = seconds(take_in(office, folder, scale_given()))
        peak = peak_memory()
        after = rows_of(office.database)
        fresh = {table: after[table][len(before[table]) :] for table in after}
        bare, _ = seconds(lambda: _insert(folder / "bare", fresh))
        read = sum(sum(one.counts.values()) for one in done)
        written = sum(map(len, fresh.values()))
        detail = f"{read} rows read, {written} written, {ours:.1f} s against {bare:.1f} s, peak {peak:.0f} MB"
        report("import", ours / bare, detail)


def _insert(folder: Path, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    engine = open_sqlite(folder / DATABASE, keys.from_passphrase(folder / KEYS, PASSPHRASE))
    connection: Any = engine.raw_connection()
    connection.execute("BEGIN IMMEDIATE")
    for table, values in rows.items():
        if values:
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
    connection.execute("COMMIT")
    connection.close()
    engine.dispose()


if __name__ == "__main__":
    main()
