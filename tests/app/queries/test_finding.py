"""What the search box finds, on both databases: people, entries, departments, and what nobody finds."""

from pathlib import Path

import pytest
from sqlalchemy import event, text

from app.commands.conduct import Basis, correct_entry, record_entry, return_entry, verify_entry
from app.commands.departments import add_department
from app.commands.erasures import Order, carry_out_erasure, order_erasure, set_retention
from app.commands.merging import merge_files
from app.commands.people import add_person, change_person
from app.commands.recusal import declare_relative
from app.permissions import daily_scope
from app.queries.finding import MOST, find, find_departments, find_entries, find_people
from app.queries.retention import past_retention
from app.rules.inputs import NewPerson
from models.types import Day, Kinship, Leaving, Uid
from models.words import pairs, typed_words
from tests.app.commands.test_imports import HEAD, ROWS, taken_in
from tests.offices import OFFICE, TODAY, WINDOW, TestOffice, entry

FACTS = "在《党建研究》发表论文，获得二等奖；Published in 2024."


def people(office: TestOffice, typed: str, login: str = "officer") -> list[str]:
    return [one.staff_no for one in office.as_(login).ask(find_people, typed)]


def facts(office: TestOffice, typed: str, login: str = "officer") -> list[str]:
    return [one.facts for one in office.as_(login).ask(find_entries, typed)]


def recorded(office: TestOffice, said: str = FACTS, **more: object) -> Uid:
    return office.as_("officer").do(record_entry, entry(facts=said, **more)).uids[0]


def test_people_are_found_by_everything_they_are_called(office: TestOffice) -> None:
    for typed in ("王丽", "王", "wangli", "Wang L", "WL", "w"):
        assert people(office, typed) == ["0003", "0004"], typed
    assert people(office, "0005") == people(office, "阿依") == people(office, "ayglmmt") == ["0005"]
    assert people(office, "  ") == people(office, "%") == people(office, "丽") == []


def test_who_serves_comes_before_who_left(office: TestOffice) -> None:
    office.as_("officer").do(
        change_person, NewPerson("0003", "王丽", left_on=Day(20251031), leaving=Leaving.RETIRED)
    )
    found = office.as_("officer").ask(find_people, "王")
    assert [(one.staff_no, one.left) for one in found] == [("0004", False), ("0003", True)]


def test_a_head_finds_the_own_people_only(office: TestOffice) -> None:
    assert people(office, "王", "head") == ["0003"]


@pytest.mark.parametrize(
    "typed", ["论文", "发表论文", "二等奖", "奖 党建", "党建研究发表", "PUBLISHED", "2024", "blis"]
)
def test_entries_are_found_by_words_of_two_characters_and_more(office: TestOffice, typed: str) -> None:
    recorded(office)
    recorded(office, "超出承诺时限两日")
    assert facts(office, typed) == [FACTS]


@pytest.mark.parametrize(
    "typed", ["文论", "发论", "论文二等", "党建 时限", "奖", "《", "' OR 1", '"', "*", "a & b"]
)
def test_what_the_facts_do_not_say_finds_nothing(office: TestOffice, typed: str) -> None:
    recorded(office)
    assert facts(office, typed) == []


def test_the_newest_come_first_after_those_of_the_document_number(office: TestOffice) -> None:
    recorded(office, "甲等：论文")
    recorded(office, "乙等：论文")
    recorded(office, "丙", document_no="论文〔2025〕1号")
    assert facts(office, "论文") == ["丙", "乙等：论文", "甲等：论文"]
    assert facts(office, "泽政服人〔2025") == ["乙等：论文", "甲等：论文"]


def test_an_imported_list_is_found_too(office: TestOffice, tmp_path: Path) -> None:
    taken_in(office, tmp_path, HEAD + ROWS)
    assert facts(office, "承诺时限") == ["超出承诺时限两日"] * 2
    assert facts(office, "反映超时") == []  # leads are no entries


def test_a_correction_is_found_beside_what_it_corrects(office: TestOffice) -> None:
    uid = recorded(office, "旧的说法")
    office.as_("verifier").do(verify_entry, uid)
    office.as_("officer").do(correct_entry, uid, entry(facts="新的说法"), "日期有误")
    assert facts(office, "说法") == ["新的说法", "旧的说法"]


def test_what_was_erased_is_gone_from_the_index_too(office: TestOffice) -> None:
    uid = recorded(office, "代号ZQX的事实")
    recorded(office)
    office.as_("verifier").do(verify_entry, uid)
    order = Order("泽信办〔2025〕3号", TODAY, "泽临市信用办", "本人申请")
    erasure = office.as_("officer").do(order_erasure, uid, order).uids[0]
    assert b"zq" in index(office)
    office.as_("verifier").do(carry_out_erasure, erasure)
    assert facts(office, "代号") == [] and facts(office, "论文") == [FACTS]
    assert b"zq" not in index(office)


def index(office: TestOffice) -> bytes:
    """Everything that the index holds."""
    shared = office.place.startswith("postgresql")
    what = "words::text FROM entry_words" if shared else "block FROM entry_words_data"
    with office.database.read() as session:
        rows = session.execute(text(f"SELECT {what}")).scalars()
        return b"".join(row.encode() if isinstance(row, str) else row for row in rows)


def test_what_is_past_its_retention_is_not_found_and_is_on_that_list(office: TestOffice) -> None:
    office.as_("officer").do(set_retention, 12, "泽政服〔2025〕1号")
    for day, said in ((20241218, "超时一件"), (20241219, "超时二件"), (20251201, "超时三件")):
        uid = recorded(office, said, item="service.overdue", occurred_on=Day(day), decided_on=Day(day))
        office.as_("verifier").do(verify_entry, uid)
    recorded(office, "表扬超时办结改进", occurred_on=Day(20200101), decided_on=Day(20200101))
    past = office.as_("officer").ask(past_retention, TODAY)
    assert [one.occurred_on for one in past] == [Day(20241218)]
    assert facts(office, "超时") == ["表扬超时办结改进", "超时三件", "超时二件"]


def test_nobody_finds_entries_of_the_own_file_or_a_relatives(office: TestOffice) -> None:
    recorded(office, "科长的论文", staff_no="0002")
    recorded(office)
    assert facts(office, "论文", "head") == [FACTS]
    assert facts(office, "泽政服人", "head") == [FACTS]
    office.as_("officer").do(declare_relative, "0003", Kinship.SPOUSE, "head")
    assert facts(office, "论文", "head") == []


def test_nor_of_the_second_file_of_either(office: TestOffice) -> None:
    recorded(office, staff_no="0003")
    recorded(office, staff_no="0004")
    basis = Basis("泽政服人〔2025〕80号", TODAY, "同一人重复建档")
    office.as_("officer").do(merge_files, "0003", "0004", basis)
    assert facts(office, "论文", "verifier") == [FACTS] * 2
    assert people(office, "王丽") == ["0003"]
    office.as_("officer").do(declare_relative, "0003", Kinship.SPOUSE, "verifier")
    assert facts(office, "论文", "verifier") == []


def test_entries_are_found_in_the_departments_of_the_daily_work(office: TestOffice) -> None:
    recorded(office)
    assert facts(office, "论文", "verifier") == [FACTS]
    assert facts(office, "论文", "other_head") == []
    assert facts(office, "论文", "reviewer") == []  # reads a file with a purpose only
    assert daily_scope(office.as_("head").actor) == {WINDOW}
    assert daily_scope(office.as_("officer").actor) is None
    assert daily_scope(office.as_("reviewer").actor) == frozenset()


def test_returned_entries_are_found_by_who_is_to_record_them_again(office: TestOffice) -> None:
    uid = recorded(office)
    office.as_("verifier").do(return_entry, uid, "文号不符")
    (found,) = office.as_("officer").ask(find_entries, "论文")
    assert (found.status, found.staff_no, found.item_name("zh_CN")) == ("returned", "0003", "嘉奖")


def test_departments_are_found_by_a_part_of_their_name(office: TestOffice) -> None:
    (found,) = office.as_("officer").ask(find_departments, "审批")
    assert found == (WINDOW, "审批一科", 3)
    assert office.as_("officer").ask(find_departments, "%") == []
    assert office.as_("officer").ask(find_departments, "泽临") == []  # the office itself is everything
    assert office.as_("other_head").ask(find_departments, "审批") == []
    assert office.as_("officer").ask(find, "办公").departments[0].id == OFFICE


def test_no_more_than_fifty_of_a_kind(office: TestOffice) -> None:
    officer = office.as_("officer")
    for number in range(MOST + 1):
        officer.do(add_person, NewPerson(f"9{number:03}", "钱多多"))
        officer.do(add_department, f"第{number}窗口")
    found = officer.ask(find, "钱")
    assert len(found.people) == MOST and not found.entries
    assert len(officer.ask(find, "窗口").departments) == MOST


def test_pairs_pass_over_whatever_is_neither_letter_nor_digit() -> None:
    assert pairs("发表，论文 A1") == ["发表", "表论", "论文", "文a", "a1"]
    assert pairs("奖") == pairs("，") == []
    assert typed_words("发表 奖 ab") == [["发表"], ["ab"]]


@pytest.mark.parametrize("typed", ["王", "wang", "0003", "论文", "泽政"])
def test_no_table_of_people_or_entries_is_gone_through(embedded: TestOffice, typed: str) -> None:
    recorded(embedded)
    asked: list[tuple[str, tuple[object, ...]]] = []
    engine = embedded.database.engine
    listener = ("before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    event.listen(engine, *listener)
    embedded.as_("head").ask(find_people, typed)
    embedded.as_("head").ask(find_entries, typed)
    event.remove(engine, *listener)
    with engine.connect() as connection:
        steps = [
            row[3]
            for statement, given in asked
            if statement.startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
    assert any("USING INDEX" in step for step in steps)
    through = [step for step in steps if step.startswith(("SCAN people", "SCAN entries", "SCAN integrity"))]
    assert not through
