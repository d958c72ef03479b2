"""Grading everyone against an ordered scan of the same rows through the bare driver."""

import tempfile
from pathlib import Path

from sqlalchemy import select

from app.commands.batches import verify_batch
from app.exchange.fields import Kind
from app.queries.grading import grades
from app.queries.schemes import scheme_for
from app.rules.grading.case import year
from models.conduct import ImportBatch
from tests.benchmarks.grade_office import scan_rows
from tests.benchmarks.measure import empty_office, report, scale_given, seconds, take_in
from tests.offices import TestOffice

PERIOD = year(2015)
TIMES = 5


def main() -> None:
    """Measure and print; the quickest of a few rounds on either side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = empty_office(folder / "office")
        take_in(office, folder, scale_given())()
        _put_into_effect(office)
        rounds = [(seconds(lambda: scan_rows(office)), seconds(lambda: _grade(office))) for _ in range(TIMES)]
        bare = min(scan[0] for scan, _ in rounds)
        ours = min(graded[0] for _, graded in rounds)
        people, entries = rounds[0][0][1]
        detail = f"{people} people with {entries} entries, {ours:.2f} s against {bare:.2f} s"
        report("grade", ours / bare, detail)


def _put_into_effect(office: TestOffice) -> None:
    with office.database.read() as session:
        batches = (
            session.execute(select(ImportBatch.uid).where(ImportBatch.kind == Kind.ENTRIES)).scalars().all()
        )
    for uid in batches:
        office.as_("verifier").do(verify_batch, uid)


def _grade(office: TestOffice) -> int:
    officer = office.as_("officer")
    with office.database.read() as session:
        published = scheme_for(session, officer.actor, PERIOD)
        return sum(1 for _ in grades(session, officer.actor, PERIOD, published))


if __name__ == "__main__":
    main()
