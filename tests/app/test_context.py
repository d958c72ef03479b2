"""What may happen to an open office: told in one sentence, nothing half-written, and the work goes on."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

import models.database
from app.commands.conduct import record_entry
from app.context import enter
from app.errors import Unavailable
from app.office import DATABASE, PAGE, open_office
from app.permissions import Actor
from app.queries.files import file_view
from app.queries.verification import verify
from app.rules.grading.case import year
from tests.offices import PASSPHRASE, PASSWORD, TestOffice, entry
from tests.refusals import limited_disk, read_only_copy, refused, without_rights


def entries(office: TestOffice) -> int:
    return len(office.as_("officer").ask(file_view, "0003", year(2025)).entries)


def test_a_file_that_can_only_be_read_is_opened_and_not_written(embedded: TestOffice, public: Path) -> None:
    place = read_only_copy(embedded, public)
    place.chmod(0o777)
    with without_rights():
        database = open_office(str(place), PASSPHRASE)
        officer = enter(database, "officer", PASSWORD)
        with refused(Unavailable, match="only be read"):
            officer.do(record_entry, entry())
        assert not officer.ask(verify).findings
        database.close()


def full_by_pages(office: TestOffice) -> Iterator[None]:
    """SQLite says what it says when the disk is full."""
    engine = office.database.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.dispose()

    def stop(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "connect", stop)
    yield
    event.remove(engine, "connect", stop)
    engine.dispose()


def full_by_quota(office: TestOffice) -> Iterator[None]:
    """The system refuses to write further."""
    with limited_disk(Path(office.place, DATABASE).stat().st_size // 4):
        yield


@pytest.mark.parametrize("full", [full_by_pages, full_by_quota])
def test_a_full_disk_writes_nothing_by_halves(
    embedded: TestOffice, full: Callable[[TestOffice], Iterator[None]]
) -> None:
    officer = embedded.as_("officer")
    officer.do(record_entry, entry())
    with contextmanager(full)(embedded), refused(Unavailable, match="disk"):
        officer.do(record_entry, entry(facts="长" * 300_000))
    assert entries(embedded) == 1
    embedded.database.close()
    database = open_office(embedded.place, PASSPHRASE)
    officer = enter(database, "officer", PASSWORD)
    officer.do(record_entry, entry())
    assert not officer.ask(verify).findings
    database.close()


def test_a_writer_who_takes_too_long_is_told_of(
    embedded: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models.database, "BUSY_SECONDS", 0)
    second = open_office(embedded.place, PASSPHRASE)
    with embedded.database.write() as session:
        session.connection()
        with refused(Unavailable, match="Someone else is writing"):
            enter(second, "officer", PASSWORD)
    enter(second, "officer", PASSWORD)
    second.close()


def test_a_file_damaged_while_it_is_open_is_told_of(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    embedded.database.close()
    with Path(embedded.place, DATABASE).open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(PAGE)
        file.write(bytes(size - PAGE))
    with refused(Unavailable, match="damaged"):
        officer.ask(verify)


def test_a_server_that_goes_away_loses_nothing(shared: TestOffice, postgres_url: str) -> None:
    def interrupted(session: Session, actor: Actor) -> None:
        record_entry(session, actor, entry())
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (shared.database.engine.url.database,),
            )
        session.execute(text("SELECT 1"))

    officer = shared.as_("officer")
    with refused(Unavailable, match="cannot be reached"):
        officer.do(interrupted)
    officer.do(record_entry, entry())
    assert entries(shared) == 1
    assert not officer.ask(verify).findings
