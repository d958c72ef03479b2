"""The tree of departments: changed with a day and a document, its people's files with it, its names kept."""

import pytest

from app.commands.conduct import Basis, record_entry
from app.commands.departments import (
    add_department,
    dissolve_department,
    merge_department,
    move_department,
    rename_department,
)
from app.commands.finding import ROOT
from app.commands.people import add_person, change_person
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.as_of import file_as_of
from app.queries.departments import department_history, departments
from app.queries.files import file_view
from app.queries.people import PeopleFilter, people_ids
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.types import Day
from tests.offices import OFFICE, TODAY, WINDOW, TestOffice, entry
from tests.refusals import refused

REFORM = Basis("泽编发〔2025〕7号", Day(20251218), "")
PERIOD = year(2025)


def paths(office: TestOffice) -> dict[int, str]:
    return {row.id: row.path for row in office.as_("officer").ask(departments)}


def proven(office: TestOffice) -> bool:
    return office.as_("officer").ask(verify).findings == ()


def test_a_department_is_renamed_and_views_of_then_keep_its_name(office: TestOffice) -> None:
    office.clock.day = Day(20251222)
    officer = office.as_("officer")
    officer.do(rename_department, WINDOW, " 政务审批科 ", REFORM)
    assert paths(office)[WINDOW] == "政务审批科"
    assert officer.ask(file_view, "0003", PERIOD).head.department == "政务审批科"
    assert officer.ask(file_as_of, "0003", PERIOD, TODAY).head.department == "审批一科"
    assert officer.ask(file_as_of, "0003", PERIOD, Day(20251222)).head.department == "政务审批科"
    newest = officer.ask(department_history, WINDOW)[0]
    assert (newest.kind, newest.before, newest.name) == ("department_renamed", "审批一科", "政务审批科")
    assert (newest.on, newest.document_no, newest.who) == (REFORM.on, REFORM.document_no, "张三")
    assert proven(office)


def test_a_department_moves_with_all_under_it_also_below_a_younger_one(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(add_department, "窗口", WINDOW)
    officer.do(add_department, "政务服务中心", ROOT, 0, REFORM)
    officer.do(move_department, WINDOW, 5, REFORM)
    assert paths(office) == {
        1: "",
        OFFICE: "办公室",
        5: "政务服务中心",
        WINDOW: "政务服务中心/审批一科",
        4: "政务服务中心/审批一科/窗口",
    }
    with refused(Invalid, match="into itself"):
        officer.do(move_department, 5, 4, REFORM)
    assert proven(office)


def test_a_merged_department_takes_its_files_along(office: TestOffice) -> None:
    officer = office.as_("officer")
    uid = officer.do(record_entry, entry()).uids[0]
    officer.do(add_department, "窗口", WINDOW)
    officer.do(merge_department, WINDOW, OFFICE, REFORM)
    assert paths(office) == {1: "", OFFICE: "办公室", 4: "办公室/窗口"}
    assert len(office.as_("other_head").ask(people_ids, PeopleFilter())) == 5
    assert len(office.as_("head").ask(people_ids, PeopleFilter())) == 0
    assert uid in [one.uid for one in officer.ask(file_view, "0003", PERIOD).entries]
    history = officer.ask(file_view, "0003", PERIOD).history
    assert history[0].kind == "person_moved" and history[0].record == "file"
    assert {one.field: one.after for one in history[0].changes}["changed_document"] == REFORM.document_no
    assert officer.ask(file_as_of, "0003", PERIOD, TODAY).head.department == "办公室"
    assert proven(office)


def test_an_empty_department_is_dissolved_and_its_name_is_free_again(office: TestOffice) -> None:
    officer = office.as_("officer")
    with refused(Conflict, match="3 people"):
        officer.do(dissolve_department, WINDOW, REFORM)
    officer.do(add_department, "窗口")
    officer.do(add_department, "一号窗口", 4)
    with refused(Conflict, match="stand under"):
        officer.do(dissolve_department, 4, REFORM)
    officer.do(dissolve_department, 5, REFORM)
    officer.do(dissolve_department, 4, REFORM)
    assert 4 not in paths(office)
    with refused(NotFound, match="There is no department"):
        officer.do(change_person, NewPerson("0003", "王丽", "窗口"))
    with refused(NotFound, match="no such department"):
        officer.do(move_department, OFFICE, 4, REFORM)
    officer.do(add_department, "窗口")
    officer.do(add_person, NewPerson("0100", "单于明", "窗口"))
    assert paths(office)[6] == "窗口" and proven(office)


@pytest.mark.parametrize(
    ("basis", "field"),
    [
        (Basis(" ", TODAY, ""), "document_no"),
        (Basis("泽编发〔2025〕7号", Day(20251219), ""), "on"),
    ],
)
def test_every_change_needs_its_document_and_a_day_that_has_come(
    office: TestOffice, basis: Basis, field: str
) -> None:
    for change in (
        lambda: office.as_("officer").do(rename_department, WINDOW, "审批科", basis),
        lambda: office.as_("officer").do(merge_department, WINDOW, OFFICE, basis),
        lambda: office.as_("officer").do(add_department, "窗口", ROOT, 0, basis),
    ):
        with refused(Invalid, match="number of the document|not come yet") as refusal:
            change()
        assert refusal.value.field == field


def test_the_office_itself_stays_and_two_of_one_name_do_not_stand_together(office: TestOffice) -> None:
    officer = office.as_("officer")
    with refused(Invalid, match="office itself"):
        officer.do(rename_department, ROOT, "另一个局", REFORM)
    with refused(Conflict, match="already a department"):
        officer.do(rename_department, WINDOW, "办公室", REFORM)
    with refused(Invalid, match="it has already"):
        officer.do(rename_department, WINDOW, "审批一科", REFORM)
    with refused(Invalid, match="name of at most"):
        officer.do(rename_department, WINDOW, "审批/一科", REFORM)
    officer.do(add_department, "窗口", WINDOW)
    officer.do(add_department, "窗口", OFFICE)
    with refused(Conflict, match="already a department"):
        officer.do(merge_department, WINDOW, OFFICE, REFORM)
    with pytest.raises(NotAllowed):
        office.as_("head").do(rename_department, WINDOW, "审批科", REFORM)
