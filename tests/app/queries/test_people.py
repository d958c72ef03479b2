"""People as a table asks for them, departments, and a look at a file."""

import pytest

from app.commands.conduct import Basis, record_entry, verify_entry
from app.commands.departments import add_department
from app.commands.evaluations import propose_evaluations
from app.commands.people import add_person, change_person
from app.commands.service import begin_state
from app.errors import NotAllowed, NotFound
from app.queries.departments import below, departments
from app.queries.peek import MOST, peek
from app.queries.people import PeopleFilter, PersonRow, people_ids, people_rows
from app.queries.people_order import PeopleOrder
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.types import Day, EntryStatus, EvaluationStatus, Leaving, ServiceState
from tests.offices import OFFICE, WINDOW, TestOffice, entry, object_to


def numbers(office: TestOffice, wanted: PeopleFilter, login: str = "officer") -> list[str]:
    someone = office.as_(login)
    ids = someone.ask(people_ids, wanted)
    rows = someone.ask(people_rows, ids)
    return [rows[one].staff_no for one in ids]


def test_people_are_found_by_name_pinyin_initials_and_number(office: TestOffice) -> None:
    for text in ("王", "wangl", "WL", "wl", " 王丽 "):
        assert numbers(office, PeopleFilter(text=text)) == ["0003", "0004"], text
    assert numbers(office, PeopleFilter(text="0005")) == ["0005"]
    assert numbers(office, PeopleFilter(text="丽")) == []


def test_every_order_has_its_reverse(office: TestOffice) -> None:
    for order in PeopleOrder:
        up = numbers(office, PeopleFilter(order=order))
        assert sorted(up) == ["0001", "0002", "0003", "0004", "0005"]
        assert numbers(office, PeopleFilter(order=order, descending=True)) == up[::-1]


def test_ranks_are_sorted_by_seniority_and_the_unknown_come_last(office: TestOffice) -> None:
    officer = office.as_("officer")
    for staff_no, rank in (("0001", "四级主任科员"), ("0002", "一级调研员"), ("0003", "法官助理")):
        officer.do(change_person, NewPerson(staff_no, "某人", rank=rank))
    assert numbers(office, PeopleFilter(order=PeopleOrder.RANK))[:2] == ["0002", "0001"]
    assert numbers(office, PeopleFilter(order=PeopleOrder.RANK))[-1] == "0003"


def test_people_are_sorted_by_what_their_row_tells(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    told = (
        ("0003", _ITEMS[0]),
        ("0003", _ITEMS[0]),
        ("0004", _ITEMS[0]),
        ("0004", _ITEMS[1]),
        ("0005", _ITEMS[1]),
    )
    for month, (no, item) in enumerate(told, 1):
        on = Day(20250003 + month * 100)
        verifier.do(
            verify_entry, officer.do(record_entry, entry(no, item, occurred_on=on, decided_on=on)).uids[0]
        )
    officer.do(begin_state, "0005", ServiceState.SECONDED, Day(20260131), Basis("甲1", Day(20251101), "因公"))
    officer.do(begin_state, "0001", ServiceState.POSTED, Day(20251130), Basis("甲2", Day(20251101), "因公"))
    officer.do(change_person, NewPerson("0002", "解伟", left_on=Day(20251031), leaving=Leaving.RETIRED))
    officer.do(propose_evaluations, year(2025))

    def everybody(order: PeopleOrder) -> list[PersonRow]:
        ids = officer.ask(people_ids, PeopleFilter(serving=None, order=order))
        rows = officer.ask(people_rows, ids)
        return [rows[one] for one in ids]

    assert [row.positive for row in everybody(PeopleOrder.POSITIVE)] == [0, 0, 0, 1, 2]
    assert [row.negative for row in everybody(PeopleOrder.NEGATIVE)] == [0, 0, 0, 1, 1]
    states = [(row.staff_no, row.states, row.left_on is None) for row in everybody(PeopleOrder.STATE)]
    assert states[:2] == [("0005", (ServiceState.SECONDED,), True), ("0002", (), False)]
    assert [no for no, *_ in states[2:]] == ["0001", "0003", "0004"]
    graded = [row.grade for row in everybody(PeopleOrder.GRADE)]
    places = [_BANDS.index(grade) if grade else len(_BANDS) for grade in graded]
    assert places == sorted(places) and len(set(places)) > 1


_BANDS = "ABCD"


def test_filters_narrow_and_a_head_sees_the_own_people_only(office: TestOffice) -> None:
    officer = office.as_("officer")
    gone = NewPerson("0004", "王丽", left_on=Day(20251031), leaving=Leaving.RETIRED)
    officer.do(change_person, gone)
    assert numbers(office, PeopleFilter()) == ["0001", "0002", "0003", "0005"]
    assert numbers(office, PeopleFilter(serving=False)) == ["0004"]
    assert len(numbers(office, PeopleFilter(serving=None))) == 5
    assert numbers(office, PeopleFilter(departments=frozenset({OFFICE}))) == ["0001"]
    assert numbers(office, PeopleFilter(serving=None), "head") == ["0002", "0003", "0005"]


def test_a_row_tells_entries_disputes_and_the_newest_grade_in_both_languages(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    first, second = (officer.do(record_entry, entry(item=item)).uids[0] for item in _ITEMS)
    for uid in (first, second):
        verifier.do(verify_entry, uid)
    object_to(office, second)
    officer.do(propose_evaluations, year(2025))
    assert numbers(office, PeopleFilter(marked=True)) == ["0003"]
    (row,) = officer.ask(people_rows, officer.ask(people_ids, PeopleFilter(text="0003"))).values()
    assert (row.positive, row.negative, row.disputed) == (1, 1, 1)
    assert row.grade_period == "2025" and row.grade_status is EvaluationStatus.SUBMITTED
    assert (row.grade_name("zh_CN"), row.grade_name("en")) in {("诚信良好", "Good"), ("诚信一般", "Fair")}


_ITEMS = ("reward.commendation", "sanction.warning")


def test_departments_have_a_path_and_count_who_serves(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(add_department, "窗口", WINDOW)
    officer.do(add_person, NewPerson("0006", "赵一", "审批一科/窗口"))
    rows = officer.ask(departments)
    assert [(row.path, row.people) for row in rows] == [
        ("", 0), ("办公室", 2), ("审批一科", 3), ("审批一科/窗口", 1),
    ]  # fmt: skip
    assert below(rows, WINDOW) == {WINDOW, rows[-1].id}
    assert [row.path for row in office.as_("head").ask(departments)] == ["审批一科", "审批一科/窗口"]


def test_a_look_at_a_file_shows_the_newest_entries(office: TestOffice) -> None:
    officer = office.as_("officer")
    for month in range(1, MOST + 3):
        officer.do(record_entry, entry(occurred_on=Day(20250001 + month * 100), decided_on=None))
    (person,) = officer.ask(people_ids, PeopleFilter(text="0003"))
    seen = officer.ask(peek, person)
    assert (seen.row.name, seen.number, seen.total) == ("王丽", "CX-0003", MOST + 2)
    assert [one.occurred_on // 100 % 100 for one in seen.entries] == list(range(MOST + 2, 2, -1))
    assert {one.status for one in seen.entries} == {EntryStatus.SUBMITTED}
    assert seen.entries[0].item_name("en") == "Commendation"


def test_nobody_looks_at_the_own_file_or_beyond_the_own_department(office: TestOffice) -> None:
    head = office.as_("head")
    own, other = (office.as_("officer").ask(people_ids, PeopleFilter(text=no))[0] for no in ("0002", "0001"))
    with pytest.raises(NotAllowed):
        head.ask(peek, own)
    with pytest.raises(NotFound):
        head.ask(peek, other)
