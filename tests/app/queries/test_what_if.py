"""A trial of a standard: who moves, by what, and nothing is stored."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import func, select

from app import words
from app.commands.conduct import record_entry, verify_entry
from app.commands.people import change_person
from app.commands.schemes import publish_scheme
from app.errors import Invalid, NotFound
from app.exchange.what_if_report import write_what_if
from app.queries.cases import Whose
from app.queries.schemes import schemes as schemes_of
from app.queries.what_if import Cell, WhatIf, what_if, whom, years
from app.rules.grading.case import year
from app.rules.grading.moving import NOT_RATED, Cause, Move, moved_by, moves
from app.rules.grading.parsing import parse
from app.rules.grading.scheme import Scheme
from app.rules.inputs import NewPerson
from app.standards.what_if import (
    Tally,
    all_words,
    by_department,
    by_reason,
    codes,
    everyone,
    matrix,
    movers,
    rescored,
    summary_words,
    tally,
    why_words,
)
from models.evaluations import Evaluation
from models.ledger import Event
from models.types import Day, ServiceState
from tests.app.rules.grading.schemes import SMALL, TEXT, graded, record
from tests.offices import BASELINE, WINDOW, TestOffice, entry

EDGE = "the score from which “Good” begins (95 → 100.5)"
YEAR = year(2025)
SECOND = BASELINE.replace("edition = 1", "edition = 2", 1)
HIGHER = SECOND.replace("from = 95", "from = 100.5", 1)
"""Good from 100.5: who has nothing on file falls to Fair."""


def in_force(office: TestOffice, staff_no: str, item: str) -> None:
    uid = office.as_("officer").do(record_entry, entry(staff_no, item)).uids[0]
    office.as_("verifier").do(verify_entry, uid)


def tried(office: TestOffice, text: str, **more: object) -> WhatIf:
    return office.as_("officer").ask(what_if, text, YEAR, **more)


@pytest.fixture
def busy(office: TestOffice) -> TestOffice:
    """0003 has a commendation, 0004 a criticism; 0005 is on probation."""
    in_force(office, "0003", "reward.commendation")
    in_force(office, "0004", "handling.criticism")
    states = ((ServiceState.PROBATION, Day(20250601), None),)
    office.as_("officer").do(change_person, NewPerson("0005", "阿依古丽·买买提", states=states))
    return office


def rows(found: WhatIf, office: TestOffice) -> dict[str, tuple[Cell, str]]:
    """Who moves, by staff number: from where to where, and by what."""
    places = movers(found)
    who = office.as_("officer").ask(whom, [found.files[place] for place in places])
    return {
        who[found.files[place]].staff_no: (found.cells[place], all_words(found, place)) for place in places
    }


def test_a_standard_and_itself_move_nobody(busy: TestOffice) -> None:
    found = tried(busy, SECOND)
    assert movers(found) == [] and rescored(found) == 0
    assert sum(matrix(found).values()) == len(found.files) == 5
    assert matrix(found)[Cell(NOT_RATED, NOT_RATED)] == 1


def test_other_edges_move_whom_they_pass(busy: TestOffice) -> None:
    found = tried(busy, HIGHER)
    moved = rows(found, busy)
    assert moved == {no: (Cell("B", "C"), EDGE) for no in ("0001", "0002", "0004")}
    assert summary_words(found) == "5 people: 0 up, 3 down, 0 otherwise, 2 as before"
    ((why, counts),) = by_reason(found)
    assert why and (why.cause, counts) == (Cause.EDGES, Tally(0, 3, 0, 0))


def test_other_points_move_by_their_item(busy: TestOffice) -> None:
    text = SECOND
    at = text.index('code = "handling.criticism"')
    text = text[:at] + text[at:].replace("points = -3", "points = -8", 1)
    found = tried(busy, text)
    assert rows(found, busy) == {"0004": (Cell("B", "C"), "Criticism −5")}
    assert why_words(found, by_reason(found)[0][0]) == "Criticism"
    words.use("zh_CN")
    assert summary_words(found) == "5 人：上升0，下降1，其他变动0，不变4"


def test_a_direct_grade_and_a_limit_come_before_points(busy: TestOffice) -> None:
    limit = """
[[limits]]
code = "criticised"
name = { zh = "受批评", en = "Criticised" }
at_most = "D"
when = { items = ["handling.criticism"], count_from = 1 }
"""
    moved = rows(tried(busy, SECOND + limit), busy)
    assert moved == {"0004": (Cell("B", "D"), "“Criticised” applies")}


def test_who_is_rated_at_all_is_told(busy: TestOffice) -> None:
    rated = SECOND.replace('"probation", "long', '"long', 1)
    assert rated != SECOND
    cell, said = rows(tried(busy, rated), busy)["0005"]
    assert cell == Cell(NOT_RATED, "B") and said == "On probation: rated all the same"


def test_another_score_with_the_same_grade_is_counted(busy: TestOffice) -> None:
    found = tried(busy, SECOND.replace("points = 5", "points = 6", 1))
    assert movers(found) == [] and rescored(found) == 1
    assert summary_words(found).endswith("(1 of them with another score)")


def test_one_department_is_tried_alone(busy: TestOffice) -> None:
    found = tried(busy, HIGHER, whose=Whose(departments=frozenset({WINDOW})))
    assert set(found.departments) == {WINDOW} and len(found.files) == 3
    assert by_department(found) == [(WINDOW, tally(found, everyone(found)))]


def test_it_can_be_held_against_another_edition_than_the_one_in_force(busy: TestOffice) -> None:
    officer = busy.as_("officer")
    without_examples = HIGHER[: HIGHER.index("[[examples]]")]
    officer.do(publish_scheme, without_examples, "泽政服发〔2025〕40号", Day(20250101))
    third = SECOND.replace("edition = 2", "edition = 3", 1)
    assert tally(officer.ask(what_if, third, YEAR), range(5)).up == 3
    first = next(one for one in officer.ask(schemes_of) if one.edition == 1)
    assert tally(officer.ask(what_if, third, YEAR, first), range(5)).moved == 0


def test_nothing_is_stored(busy: TestOffice) -> None:
    def counts() -> tuple[int, ...]:
        with busy.database.read() as session:
            rows = (select(func.count()).select_from(one) for one in (Evaluation, Event))
            return tuple(session.execute(one).scalar_one() for one in rows)

    before = counts()
    tried(busy, HIGHER)
    assert counts() == before


class Stopped(Exception):
    pass


def test_it_stops_where_it_is_told_to(busy: TestOffice) -> None:
    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        tried(busy, HIGHER, report=stop)
    told = []
    tried(busy, HIGHER, report=lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (5, 5)]


def test_what_is_wrong_is_refused(busy: TestOffice) -> None:
    with pytest.raises(Invalid, match="edition"):
        tried(busy, SECOND.replace("edition = 2", "edition = 0", 1))
    with pytest.raises(NotFound):
        busy.as_("officer").ask(what_if, SECOND, year(1999))


def test_the_years_with_something_on_file_are_offered(busy: TestOffice) -> None:
    assert busy.as_("officer").ask(years) == [2025]


def test_a_head_sees_the_own_department_alone(busy: TestOffice) -> None:
    found = busy.as_("head").ask(what_if, HIGHER, YEAR)
    assert set(found.departments) == {WINDOW}
    foreign = busy.as_("officer").ask(what_if, HIGHER, YEAR)
    assert len(busy.as_("head").ask(whom, list(foreign.files))) == 3


def test_the_workbook_says_all_of_it(busy: TestOffice, tmp_path: Path) -> None:
    officer, path = busy.as_("officer"), tmp_path / "trial.xlsx"
    found = tried(busy, HIGHER + '[[quotas]]\nband = "B"\npercent = 40\n')
    who = officer.ask(whom, [found.files[place] for place in movers(found)])
    who = {key: one._replace(name="=1+1") for key, one in who.items()}
    write_what_if(found, who, {WINDOW: "审批一科"}, path)
    book = load_workbook(path)
    assert book.sheetnames == ["Matrix", "People", "By rule", "By department"]
    cells = [[one.value for one in row] for row in book["Matrix"]]
    assert cells[-1] == ["Together", 0, 1, 3, 0, 1, 5]
    assert any(str(row[0]).startswith("After: Good and better: 1 person; of 4") for row in cells)
    people = [[one.value for one in row] for row in book["People"]][1:]
    assert {row[1] for row in people} == {"'=1+1"}
    assert [row[3:7] for row in people] == [["Good", "Fair", score, score] for score in (100, 100, 97)]
    assert [one.value for one in book["By rule"][2]] == [EDGE, 0, 3, 0, 0]
    assert [one.value for one in book["By department"][3]] == ["审批一科", 0, 1, 0, 2]


# Which way


def ladder(*names: str, code: str = "small") -> Scheme:
    """A standard with these grades, a point apart."""
    head = TEXT.split("[[bands]]")[0].replace('id = "small"', f'id = "{code}"')
    lows = [f"from = {90 - 10 * n}" for n in range(len(names) - 1)] + [""]
    bands = [
        f'[[bands]]\ncode = "{name}"\nname = "{name}"\n{low}\n' for name, low in zip(names, lows, strict=True)
    ]
    items = TEXT[TEXT.index("[[items]]") : TEXT.index('[[items]]\ncode = "demerit"')]
    return parse(head + "".join(bands) + items)


def test_a_grade_goes_up_or_down_the_ladder_of_the_standard() -> None:
    found = moves(ladder("A", "B", "C"), ladder("A", "B", "C"))
    assert (found["B", "A"], found["B", "C"], found["B", "B"]) == (Move.UP, Move.DOWN, Move.SAME)
    assert found["B", NOT_RATED] is found[NOT_RATED, "B"] is Move.OTHER


def test_a_ladder_with_a_step_more_is_compared_by_its_codes() -> None:
    found = moves(ladder("A", "B", "C"), ladder("AA", "A", "B", "C"))
    assert (found["A", "AA"], found["A", "A"], found["A", "B"]) == (Move.UP, Move.SAME, Move.DOWN)


def test_ladders_of_other_standards_are_compared_step_by_step_where_they_have_as_many() -> None:
    same = moves(ladder("A", "B", "C"), ladder("1", "2", "3", code="other"))
    assert (same["A", "1"], same["B", "1"], same["B", "3"]) == (Move.SAME, Move.UP, Move.DOWN)
    other = moves(ladder("A", "B", "C"), ladder("1", "2", code="other"))
    assert other["B", "1"] is Move.OTHER


ENTRIES = st.lists(st.sampled_from(["reward", "overdue", "warning", "demerit"]), max_size=4)


@given(ENTRIES, st.integers(-30, 30))
def test_who_moves_is_told_by_what_and_who_does_not_is_not(items: list[str], points: int) -> None:
    other = parse(TEXT.replace("points = -12", f"points = {-abs(points)}", 1))
    entries = [record(item, 20250301 + n) for n, item in enumerate(items)]
    before, after = graded(*entries), graded(*entries, scheme=other)
    why = moved_by(before, after, SMALL, other)
    assert bool(why) == ((before.band, before.score) != (after.band, after.score))
    moved = [one for one in why if one.cause is Cause.ITEM]
    assert all(one.code == "warning" for one in moved)
    if before.score != after.score and moved:
        assert after.score is not None and before.score is not None
        bounded = Counter(one.cause for one in why)[Cause.ADJUSTMENT]
        assert bounded or sum(one.points for one in moved) == after.score - before.score


def test_codes_end_with_none() -> None:
    assert codes(SMALL) == ["A", "B", "C", "D", NOT_RATED]
