"""The sample office is told through the real commands, and comes out as the story says."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import enter
from app.office import open_office
from app.permissions import Actor
from app.queries.cases import Whose
from app.queries.evaluations import inbox
from app.queries.grading import GradedFile, grades
from app.queries.home import home, year_picture
from app.queries.people import PeopleFilter, people_ids
from app.queries.schemes import scheme_for
from app.queries.verification import verify
from app.rules.grading.case import NotCounted, year
from app.sample import create_sample, passphrase, password
from models.conduct import Entry, Lead
from models.evaluations import Evaluation
from models.people import Department, IdNumber
from models.types import EntryStatus, EvaluationStatus, LeadStatus


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
    assert Counter(one.kind for one in seen.waiting if one.overdue) == {"lead": 2, "objection": 1}
    decider = enter(database, "jiayunpeng", password())
    assert [one.overdue for one in decider.ask(home).waiting] == [True, False]
    statuses = officer.ask(year_picture).statuses
    assert statuses[EvaluationStatus.RETURNED] > 0
    assert statuses[EvaluationStatus.SUBMITTED] > 0
    head = enter(database, "duanhaifeng", password())
    assert [row.status for row in head.ask(inbox)] == [EvaluationStatus.SUBMITTED] * 7
    assert len(officer.ask(people_ids, PeopleFilter(serving=None))) == 62
    database.close()


def test_it_holds_what_was_promised_of_it(place: str) -> None:
    database = open_office(place, passphrase())
    officer = enter(database, "shenliqun", password())
    with database.read() as session:
        entries = Counter(session.execute(select(Entry.status)).scalars())
        decided = Counter(session.execute(select(Entry.decided_on)).scalars())
        leads = Counter(session.execute(select(Lead.status)).scalars())
        returned = select(Department.name).join(Evaluation, Evaluation.department_id == Department.id)
        departments = set(
            session.execute(returned.where(Evaluation.status == EvaluationStatus.RETURNED)).scalars()
        )
        assert session.execute(select(IdNumber)).first() is None
    assert entries[EntryStatus.DISPUTED] == entries[EntryStatus.REVOKED] == 1
    assert entries[EntryStatus.HEARING] == 3
    assert 185 <= entries.total() <= 200
    assert {day // 10000 for day in decided if day} == {2024, 2025}
    assert (leads.total(), leads[LeadStatus.UNSUBSTANTIATED]) == (30, 22)
    assert departments == {"审批一科"}
    reasons = [line.reason for one in officer.ask(graded) for line in one.grade.lines]
    assert {NotCounted.EXPIRED, NotCounted.SAME_ACT, NotCounted.REVOKED} <= set(reasons)
    assert any(
        line.disputed and line.reason is None for one in officer.ask(graded) for line in one.grade.lines
    )
    database.close()


def graded(session: Session, actor: Actor) -> list[GradedFile]:
    period = year(2025)
    return list(grades(session, actor, period, scheme_for(session, actor, period, ""), Whose()))


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
