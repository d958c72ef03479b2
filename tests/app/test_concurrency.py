"""Several desks at once: nothing is lost, nobody waits in a ring, and the chains hold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from app.commands.accounts import FAILURES_ALLOWED, sign_in
from app.commands.batches import verify_batch
from app.commands.conduct import record_entry
from app.commands.evaluations import propose_evaluations
from app.commands.imports import ListSource, import_list
from app.commands.people import add_person
from app.context import enter
from app.errors import Conflict, NotAllowed
from app.queries.files import file_view
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.accounts import Account
from models.conduct import Entry
from tests.app.commands.test_imports import ENTRIES_MAP, HEAD
from tests.offices import TestOffice, entry

DESKS, TIMES = 4, 20
YEAR = year(2025)


def together(*works: Callable[[], Any]) -> list[Any]:
    """Do all works at once; what each returned, or refused."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return work()
        except (Conflict, NotAllowed) as refusal:
            return refusal

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def entries(office: TestOffice) -> int:
    with office.database.read() as session:
        return session.execute(select(func.count()).select_from(Entry)).scalar_one()


ONE, SEVERAL = ("0003",), ("0001", "0003", "0004", "0005")


@pytest.mark.parametrize("numbers", [ONE, SEVERAL], ids=["one file", "several"])
def test_desks_that_record_at_once_lose_nothing(office: TestOffice, numbers: tuple[str, ...]) -> None:
    officer = office.as_("officer")

    def record() -> None:
        for time in range(TIMES):
            officer.do(record_entry, entry(numbers[time % len(numbers)]))

    together(*[record] * DESKS)
    assert entries(office) == DESKS * TIMES
    views = [officer.ask(file_view, number, YEAR) for number in numbers]
    assert [view.head.content_version for view in views] == [DESKS * TIMES // len(numbers)] * len(numbers)
    assert [view.head.chain_seq for view in views] == [DESKS * TIMES // len(numbers) + 1] * len(numbers)
    assert not officer.ask(verify).findings


def test_readers_neither_wait_for_a_writer_nor_see_half_of_it(office: TestOffice) -> None:
    officer = office.as_("officer")
    with office.database.write() as session:
        record_entry(session, officer.actor, entry())
        assert entries(office) == 0
        assert not officer.ask(verify).findings
    assert entries(office) == 1


def test_a_reader_sees_one_state_to_its_end(office: TestOffice) -> None:
    officer, count = office.as_("officer"), select(func.count()).select_from(Entry)
    with office.database.read() as session:
        assert session.execute(count).scalar_one() == 0
        officer.do(record_entry, entry())
        assert session.execute(count).scalar_one() == 0
    assert entries(office) == 1


def test_of_two_desks_that_add_one_person_one_does(office: TestOffice) -> None:
    officer = office.as_("officer")
    for number in ("0100", "0101", "0102"):
        done = together(*[lambda number=number: officer.do(add_person, NewPerson(number, "单于明"))] * 2)
        assert sorted(isinstance(one, Conflict) for one in done) == [False, True]
    assert not officer.ask(verify).findings


def test_lists_proposals_and_single_entries_go_side_by_side(office: TestOffice, tmp_path: Path) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    numbers = SEVERAL[::-1]

    def take_in(desk: int) -> None:
        for part in range(4):
            day = "超时办结,2025-05-12,2025-05-13,2025-05-20,属实,反映"
            path = tmp_path / f"{desk}-{part}.csv"
            rows = [f"{desk}-{part}-{number},{number},{day}\n" for number in numbers]
            path.write_text(HEAD + "".join(rows), encoding="utf-8")
            verifier.do(verify_batch, str(officer.do(import_list, ListSource(path, ENTRIES_MAP)).batch))

    def propose() -> None:
        for _ in range(8):
            officer.do(propose_evaluations, YEAR)

    def record() -> None:
        for time in range(TIMES):
            officer.do(record_entry, entry(numbers[time % len(numbers)]))

    assert together(lambda: take_in(1), lambda: take_in(2), propose, record) == [None] * 4
    assert entries(office) == TIMES + 2 * 4 * len(numbers)
    assert not officer.ask(verify).findings


def test_passwords_guessed_at_once_are_counted_one_by_one(office: TestOffice) -> None:
    def guess() -> object:
        with office.database.write() as session:
            return sign_in(session, "officer", "Wrong-2025")

    together(*[guess] * (FAILURES_ALLOWED - 1))
    with office.database.read() as session:
        counted = session.execute(select(Account.failures).where(Account.login == "officer")).scalar_one()
    assert counted == FAILURES_ALLOWED - 1
    guess()
    with pytest.raises(NotAllowed, match="locked"):
        enter(office.database, "officer", "Wrong-2025")
