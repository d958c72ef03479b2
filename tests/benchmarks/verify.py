"""The proof of a city's history against bare SHA-256 over the same bytes, read by the bare driver.

Every file has its opening and an event for each entry, written by the ledger as an import writes them; the
office is encrypted SQLite.
"""

import argparse
import tempfile
from collections.abc import Callable
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from app.commands.ledger import writing
from app.queries.verification import Verified, verify
from models.images import all_images
from tests.benchmarks.city import furnish
from tests.benchmarks.grade_office import PEOPLE, STANDARD
from tests.benchmarks.measure import empty_office, made_apart, peak_memory, report, seconds
from tests.offices import TestOffice

ROUNDS = 3
TOLD = {"department": "department_added", "file": "file_opened", "entry": "entry_submitted"}
BYTES = """
SELECT e.prev, e.content_hash, e.hash, c.uid, e.seq, e.kind, e.subject, e.format,
       m.uid, m.kind, m.actor_uid, m.moment, m.actor_name, t.salt, t.content
FROM events e
JOIN chains c ON c.id = e.chain_id
JOIN commands m ON m.id = e.command_id
JOIN event_contents t ON t.event_id = e.id
ORDER BY e.chain_id, e.seq
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--keep", default="", help="a folder in which the city stays, and is found again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        office = made_apart(_make, Path(given.keep or name) / "office", given.scale)
        rounds = [[_took(office, work) for work in (_bare, _chains, _all)] for _ in range(ROUNDS)]
        proof = office.as_("officer").ask(verify)
    bare, chains, all_ = map(min, zip(*rounds, strict=True))
    assert not proof.findings, proof.findings[:3]
    what = f"{proof.events:,} events in {proof.chains:,} chains, against {bare:.2f} s"
    report("verify chains", chains / bare, f"at most 1.5; {chains:.2f} s for {what}")
    report("verify", all_ / bare, f"at most 5; {all_:.2f} s for {what}; peak {peak_memory():.0f} MB")


def _make(folder: Path, scale: float) -> None:
    office = empty_office(folder, STANDARD)
    furnish(office, round(PEOPLE * scale))
    _chronicle(office)
    office.database.close()


def _chronicle(office: TestOffice) -> None:
    """Write the events of what was put straight into the tables: a command for each file."""
    officer = office.as_("officer").actor
    with office.database.write() as session:
        for kind, name in TOLD.items():
            for _, records in groupby(all_images(session, kind), key=lambda record: record[0]):
                with writing(session, officer, "import_list") as ledger:
                    for chain, uid, image in records:
                        ledger.add(chain, name, uid, image)


def _took(office: TestOffice, work: Callable[[TestOffice], object]) -> float:
    """Seconds, with nothing in the cache of the database."""
    office.database.close()
    return seconds(lambda: work(office))[0]


def _bare(office: TestOffice) -> None:
    connection: Any = office.database.engine.raw_connection()
    for prev, hashed, _, *_, salt, content in connection.execute(BYTES):
        sha256(salt + content).digest()
        sha256(prev + hashed).digest()
    connection.close()


def _chains(office: TestOffice) -> Verified:
    return office.as_("officer").ask(verify, with_records=False)


def _all(office: TestOffice) -> Verified:
    return office.as_("officer").ask(verify)


if __name__ == "__main__":
    main()
