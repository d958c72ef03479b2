"""A person entered twice: two files read as one, graded as one, and split again."""

import pytest

from app.commands.accounts import link_account
from app.commands.conduct import Basis, record_entry, verify_entry
from app.commands.entry_drafts import keep_entry_draft
from app.commands.evaluations import propose_evaluations
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.imports import ListSource, import_list
from app.commands.leads import register_lead
from app.commands.merging import merge_files, split_files
from app.commands.people import add_person
from app.commands.sending import send_file
from app.commands.service import Posting, close_file, transfer_person
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.as_of import file_as_of
from app.queries.cases import Whose
from app.queries.departments import departments
from app.queries.entry_drafts import entry_drafts
from app.queries.files import FileView, file_head, file_view
from app.queries.peek import peek
from app.queries.people import PeopleFilter, people_ids, people_rows
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import NewLead, NewPerson
from models.types import Day, EvaluationStatus, Leaving, Uid
from tests.offices import OFFICE, TODAY, WINDOW, TestOffice, entry, revoked
from tests.refusals import refused

PERIOD = year(2025)
TWICE = Basis("泽政服人〔2025〕80号", TODAY, "同一人重复建档")
TWO = Basis("泽政服人〔2025〕81号", Day(20251222), "经核实为两人")


def counted(office: TestOffice, staff_no: str, **more: object) -> Uid:
    uid = office.as_("officer").do(record_entry, entry(staff_no, **more)).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def view(office: TestOffice, staff_no: str = "0003") -> FileView:
    return office.as_("officer").ask(file_view, staff_no, PERIOD)


def proven(office: TestOffice) -> bool:
    assert office.as_("officer").ask(verify).findings == ()
    return True


@pytest.fixture
def twice(office: TestOffice) -> tuple[Uid, Uid]:
    """0003 and 0004 are one 王丽, each with an entry and a grade."""
    first, second = counted(office, "0003"), counted(office, "0004", document_no="2号")
    officer = office.as_("officer")
    officer.do(add_evidence, second, NewEvidence("决定", b"x"))
    for staff_no in ("0003", "0004"):
        officer.do(propose_evaluations, PERIOD, whose=Whose(staff_no=staff_no))
    return first, second


def test_two_files_are_read_and_graded_as_one(office: TestOffice, twice: tuple[Uid, Uid]) -> None:
    officer = office.as_("officer")
    officer.do(merge_files, "0003", "0004", TWICE)
    found = view(office)
    assert {one.uid for one in found.entries} == set(twice) and len(found.evidence) == 1
    assert found.grade and found.grade.score == 110_000
    assert [one.stale for one in found.evaluations] == [True]
    officer.do(propose_evaluations, PERIOD, whose=Whose(staff_no="0003"))
    again = view(office)
    assert [(one.stale, one.grade.score) for one in again.evaluations] == [(False, 110_000)]
    assert view(office, "0004").head == again.head and again.head.department == "审批一科"
    assert proven(office)


def test_what_was_begun_for_the_second_file_goes_on_in_the_main_one(
    office: TestOffice, twice: tuple[Uid, Uid]
) -> None:
    officer = office.as_("officer")
    officer.do(keep_entry_draft, "0004", "begun")
    officer.do(merge_files, "0003", "0004", TWICE)
    assert [(one.staff_no, one.text) for one in officer.ask(entry_drafts)] == [("0003", "begun")]
    office.clock.day = Day(20251224)
    officer.do(split_files, "0003", "0004", TWO)
    officer.do(keep_entry_draft, "0004", "other")
    officer.do(merge_files, "0003", "0004", Basis("3号", Day(20251224), "仍为一人"))
    assert {one.staff_no: one.text for one in officer.ask(entry_drafts)} == {"0003": "begun", "0004": "other"}


def test_both_chains_stay_and_name_each_other(office: TestOffice, twice: tuple[Uid, Uid]) -> None:
    other = view(office, "0004").head
    office.as_("officer").do(merge_files, "0003", "0004", TWICE)
    found = view(office)
    (second,) = found.head.seconds
    assert (second.uid, second.staff_no) == (other.uid, "0004")
    told = {row.kind: {one.field: one.after for one in row.changes} for row in found.history}
    assert told["merger_made"]["other"] == other.uid and told["merger_made"]["reason"] == TWICE.reason
    assert told["file_merged"]["merged_into"] == found.head.uid
    assert told["file_merged"]["changed_document"] == TWICE.document_no
    assert [row.kind for row in found.history].count("file_opened") == 2


def test_the_second_is_in_no_list_and_graded_no_more(office: TestOffice, twice: tuple[Uid, Uid]) -> None:
    officer = office.as_("officer")
    officer.do(merge_files, "0003", "0004", TWICE)
    ids = officer.ask(people_ids, PeopleFilter())
    rows = officer.ask(people_rows, list(ids))
    assert sorted(row.staff_no for row in rows.values()) == ["0001", "0002", "0003", "0005"]
    (main,) = (row for row in rows.values() if row.staff_no == "0003")
    assert main.positive == 2 and officer.ask(peek, main.id).total == 2
    assert {row.id: row.people for row in officer.ask(departments)} == {1: 0, OFFICE: 1, WINDOW: 3}
    proposed = officer.do(propose_evaluations, PERIOD)
    assert "0004" not in proposed.evaluations and sum(proposed.counts.values()) == 4
    assert proven(office)


def test_what_is_new_goes_into_the_main_file_by_either_number(
    office: TestOffice, twice: tuple[Uid, Uid], tmp_path
) -> None:
    officer = office.as_("officer")
    officer.do(merge_files, "0003", "0004", TWICE)
    before = view(office).head.chain_seq
    officer.do(record_entry, entry("0004", document_no="3号"))
    officer.do(register_lead, NewLead("0004", TODAY, "窗口无人"))
    path = tmp_path / "list.csv"
    path.write_text("工号,事项,日期,文号\n0004,嘉奖,2025-03-11,9号\n", encoding="utf-8")
    mapping = (
        'format = 1\nkind = "entries"\nsource = "台账"\nkey = ["工号", "文号"]\n[columns]\n'
        'staff_no = "工号"\nitem = "事项"\noccurred_on = "日期"\ndocument_no = "文号"\n'
    )
    officer.do(import_list, ListSource(path, mapping))
    found = view(office)
    assert found.head.chain_seq == before + 3 and len(found.entries) == 4 and len(found.leads) == 1
    assert proven(office)


def test_a_change_in_the_second_file_makes_the_grade_of_the_person_stale(
    office: TestOffice, twice: tuple[Uid, Uid]
) -> None:
    officer = office.as_("officer")
    officer.do(merge_files, "0003", "0004", TWICE)
    officer.do(propose_evaluations, PERIOD, whose=Whose(staff_no="0003"))
    revoked(office, twice[1], Basis("撤1号", TODAY, "撤销"))
    assert [one.stale for one in view(office).evaluations] == [True] and proven(office)


def test_both_move_together(office: TestOffice, twice: tuple[Uid, Uid]) -> None:
    officer = office.as_("officer")
    officer.do(merge_files, "0003", "0004", TWICE)
    officer.do(transfer_person, "0003", Posting("办公室"), TWICE)
    assert len(office.as_("other_head").ask(file_view, "0003", PERIOD).entries) == 2
    with pytest.raises(NotFound):
        office.as_("head").ask(file_head, "0004")
    assert proven(office)


def test_they_are_split_again(office: TestOffice, twice: tuple[Uid, Uid]) -> None:
    officer = office.as_("officer")
    officer.do(merge_files, "0003", "0004", TWICE)
    officer.do(propose_evaluations, PERIOD, whose=Whose(staff_no="0003"))
    office.clock.day = Day(20251222)
    officer.do(split_files, "0003", "0004", TWO)
    main, other = view(office), view(office, "0004")
    assert [one.uid for one in main.entries] == [twice[0]] and [one.uid for one in other.entries] == [
        twice[1]
    ]
    assert [one.stale for one in main.evaluations] == [True]
    assert [one.status for one in other.evaluations] == [EvaluationStatus.SUPERSEDED]
    assert main.history[0].kind == "merger_ended" and other.history[0].kind == "file_split"
    assert len(officer.ask(people_ids, PeopleFilter())) == 5
    then = officer.ask(file_as_of, "0003", PERIOD, TODAY)
    assert {one.uid for one in then.entries} == set(twice) and then.grade and then.grade.score == 110_000
    with refused(NotFound, match="not merged"):
        officer.do(split_files, "0003", "0004", TWO)
    officer.do(merge_files, "0004", "0003", TWO)
    assert len(view(office, "0003").entries) == 2 and view(office, "0003").head.staff_no == "0004"
    assert proven(office)


def test_as_of_a_day_before_they_were_merged_each_stands_alone(
    office: TestOffice, twice: tuple[Uid, Uid]
) -> None:
    officer = office.as_("officer")
    office.clock.day = Day(20251222)
    officer.do(merge_files, "0003", "0004", TWO)
    assert [one.uid for one in officer.ask(file_as_of, "0003", PERIOD, TODAY).entries] == [twice[0]]
    now = officer.ask(file_as_of, "0003", PERIOD, Day(20251222))
    assert {one.uid for one in now.entries} == set(twice)


def test_what_is_not_one_person_is_not_merged(office: TestOffice, twice: tuple[Uid, Uid]) -> None:
    officer = office.as_("officer")
    officer.do(add_person, NewPerson("0100", "王丽", "办公室", id_number="11010519491231002X"))
    officer.do(add_person, NewPerson("0101", "王丽", "办公室", id_number="230103199001011237"))
    for other, kind, words in (
        ("0003", Invalid, "one file already"),
        ("0999", NotFound, "Nobody has"),
        ("0002", Conflict, "belongs to the other staff number"),
    ):
        with refused(kind, match=words) as refusal:
            officer.do(merge_files, "0003", other, TWICE)
        assert refusal.value.field == "other"
    with refused(Conflict, match="ID numbers differ"):
        officer.do(merge_files, "0100", "0101", TWICE)
    with refused(Invalid, match="reason"):
        officer.do(merge_files, "0003", "0004", Basis("1号", TODAY, ""))
    officer.do(merge_files, "0003", "0004", TWICE)
    with refused(Invalid, match="one file already"):
        officer.do(merge_files, "0003", "0004", TWICE)
    with refused(Conflict, match="third one"):
        officer.do(merge_files, "0005", "0004", TWICE)
    with refused(Conflict, match="third one"):
        officer.do(merge_files, "0005", "0003", TWICE)
    with refused(Conflict, match="second file is merged"):
        officer.do(send_file, "0003", "临江市财政局", TWICE)
    with pytest.raises(NotAllowed):
        office.as_("head").do(merge_files, "0003", "0005", TWICE)


def test_nobody_merges_the_own_file(embedded: TestOffice) -> None:
    embedded.as_("officer").do(add_person, NewPerson("0100", "张三", "办公室"))
    embedded.as_("officer").do(link_account, "officer", "0100")
    with pytest.raises(NotAllowed, match="own file"):
        embedded.as_("officer").do(merge_files, "0003", "0100", TWICE)
    with pytest.raises(NotAllowed, match="own file"):
        embedded.as_("officer").do(close_file, "0100", Leaving.RETIRED, TWICE)
