"""The sample office is told through the real commands, and comes out as the story says."""

from collections import Counter
from pathlib import Path

import pytest

from app.context import enter
from app.office import open_office
from app.queries.evaluations import inbox
from app.queries.home import home, year_picture
from app.queries.people import PeopleFilter, people_ids
from app.queries.verification import verify
from app.sample import create_sample, passphrase, password
from models.types import EvaluationStatus


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample office, made once."""
    made = tmp_path_factory.mktemp("sample") / "office"
    create_sample(str(made)).close()
    return str(made)


def test_the_sample_office_is_alive_on_its_day(place: str) -> None:
    database = open_office(place, passphrase())
    officer = enter(database, "shenliqun", password())
    seen = officer.ask(home)
    assert seen.today == 20251218
    assert Counter(one.kind for one in seen.waiting if one.overdue) == {"lead": 2}
    statuses = officer.ask(year_picture).statuses
    assert statuses[EvaluationStatus.RETURNED] > 0
    assert statuses[EvaluationStatus.SUBMITTED] > 0
    head = enter(database, "duanhaifeng", password())
    assert [row.status for row in head.ask(inbox)] == [EvaluationStatus.SUBMITTED] * 7
    assert len(officer.ask(people_ids, PeopleFilter(serving=None))) == 62
    database.close()


def test_its_history_is_unbroken(place: str) -> None:
    database = open_office(place, passphrase())
    proof = enter(database, "shenliqun", password()).ask(verify)
    assert (proof.chains, proof.findings) == (63, ())
    database.close()


def test_its_clock_goes_on_within_its_day(place: str, tmp_path: Path) -> None:
    database = open_office(place, passphrase())
    assert database.clock is not None
    first, second = database.clock(), database.clock()
    assert first <= second < first + 60_000_000
    database.close()
