"""Rows become people, entries and leads, are left out, or are rejected with everything wrong in them."""

import dataclasses

import pytest

from app.errors import Invalid
from app.exchange.binding import Lookups
from app.exchange.fields import Kind, Placement
from app.exchange.judge import judge
from app.exchange.mapping import ItemRule, ListMapping, PlaceRule
from app.exchange.tables import Table
from app.problems import problem_sentence
from app.rules.inputs import NewEntry, NewLead, NewPerson
from app.rules.validation import Fault
from models.types import AuthorityLevel, Channel, Day, LeadStatus, Leaving, Polarity, ServiceState

OFFICE = Lookups(
    people={"0001": "王丽", "0002": "阿依古丽·买买提"},
    items={
        "handling.circulated": "handling.circulated",
        "通报批评": "handling.circulated",
        "duty.other": "duty.other",
    },
    today=Day(20251218),
    id_numbers={"11010519491231002X": "0002"},
    polarities={"handling.circulated": Polarity.NEGATIVE, "duty.other": Polarity.NEGATIVE},
)

PEOPLE = ListMapping(
    kind=Kind.PEOPLE,
    source="roster",
    key=("工号",),
    columns={"staff_no": "工号", "name": "姓名", "joined_on": "入职", "id_number": "身份证"},
)
PEOPLE_COLUMNS = ("工号", "姓名", "入职", "身份证")

COMPLAINTS = ListMapping(
    kind=Kind.ENTRIES,
    source="complaints",
    key=("工号", "单号"),
    columns={
        "staff_no": "工号",
        "occurred_on": "发生",
        "received_on": "受理",
        "closed_on": "办结",
        "decided_on": "办结",
        "item": "类别",
        "matter": "类别",
        "order_no": "单号",
    },
    constants={"level": "city", "channel": "hotline"},
    values={"item": {"态度": "duty.other", "": "duty.other"}},
    place=(
        PlaceRule({"结果": ("属实",)}, Placement.ENTRY, "sustained"),
        PlaceRule({"结果": ("不属实",)}, Placement.LEAD, "unfounded", LeadStatus.UNSUBSTANTIATED),
        PlaceRule({"结果": ("",)}, Placement.LEAD, "open", without=("closed_on",)),
        PlaceRule({"结果": ("重复",)}, Placement.LEFT_OUT, "twice"),
    ),
    item=(ItemRule({"处理": ("通报", "1")}, "通报批评"),),
)
COMPLAINT_COLUMNS = ("工号", "单号", "发生", "受理", "办结", "类别", "结果", "处理")


def judged(mapping, columns, *rows, office=OFFICE):
    table = Table("", columns, ((number, list(row)) for number, row in enumerate(rows, 2)))
    return list(judge(table, mapping, office))


def people(*rows, **changes):
    return judged(dataclasses.replace(PEOPLE, **changes), PEOPLE_COLUMNS, *rows)


def complaints(*rows, **changes):
    return judged(dataclasses.replace(COMPLAINTS, **changes), COMPLAINT_COLUMNS, *rows)


def faults(row):
    return [(problem.column, problem.fault) for problem in row.problems]


def test_a_person_is_read():
    (row,) = people(["0003", "张 三", "2015.3.1", ""])
    assert row.placement is Placement.PERSON
    assert row.row == 2
    assert row.record == NewPerson("0003", "张三", joined_on=Day(20150301))
    assert isinstance(row.record, NewPerson)


def test_an_entry_and_leads_are_placed_by_the_rules():
    entry, closed, open_, left = complaints(
        ["0001", "1", "20150301", "2015-03-02", "2015-03-09", "态度", "属实", ""],
        ["0001", "2", "", "2015-03-02", "2015-03-09", "态度", "不属实", ""],
        ["0001", "3", "", "2015-03-02", "2015-03-09", "", "", ""],
        ["nobody", "4", "?", "?", "?", "?", "重复", "?"],
    )
    assert entry.record == NewEntry(
        "0001",
        "duty.other",
        Day(20150301),
        decided_on=Day(20150309),
        level=AuthorityLevel.CITY,
        channel=Channel.HOTLINE,
    )
    assert closed.record == NewLead(
        "0001",
        Day(20150302),
        "态度",
        channel=Channel.HOTLINE,
        order_no="2",
        status=LeadStatus.UNSUBSTANTIATED,
        closed_on=Day(20150309),
        outcome="unfounded",
    )
    assert (open_.record.status, open_.record.closed_on, open_.record.outcome) == (LeadStatus.OPEN, None, "")
    assert (left.placement, left.record, left.reason) == (Placement.LEFT_OUT, None, "twice")
    assert [row.reason for row in (entry, closed, open_)] == ["sustained", "unfounded", "open"]


def test_an_item_may_depend_on_two_columns():
    row = ["0001", "1", "20150301", "20150302", "", "态度", "属实"]
    by_rule, by_number, by_column = complaints([*row, "通报"], [*row, "1.0"], [*row, "2"])
    assert by_rule.record.item == by_number.record.item == "handling.circulated"
    assert by_column.record.item == "duty.other"


def test_a_rejected_row_names_all_its_problems():
    (row,) = complaints(["0009", "1", "2015-02-30", "20150302", "无", "摸鱼", "属实", ""])
    assert row.placement is Placement.REJECTED
    assert row.record is None
    assert faults(row) == [
        ("工号", Fault.UNKNOWN_PERSON),
        ("类别", Fault.UNKNOWN_ITEM),
        ("发生", Fault.DATE_IMPOSSIBLE),
        ("办结", Fault.DATE_UNREADABLE),
    ]
    assert [problem.value for problem in row.problems] == ["0009", "摸鱼", "2015-02-30", "无"]
    assert problem_sentence(row.problems[0]) == (
        "Nobody has the staff number “0009”. Correct the number, or import the person first."
    )


def test_values_that_contradict_each_other_are_rejected_with_their_column():
    (row,) = complaints(["0001", "1", "2015-03-09", "20150302", "2015-03-01", "", "属实", ""])
    assert faults(row) == [("办结", Fault.BEFORE)]
    (row,) = complaints(["0001", "1", "2025-12-19", "20150302", "", "", "属实", ""])
    assert faults(row) == [("发生", Fault.FUTURE)]
    (row,) = complaints(["0001", "1", "", "20150302", "20150303", "", "", ""], place=COMPLAINTS.place[2:])
    assert row.record.closed_on is None


def test_a_blank_required_cell_and_a_row_that_no_rule_places_are_rejected():
    blank, unplaced = complaints(
        ["", "1", "", "", "", "", "属实", ""], ["0001", "1", "20150301", "", "", "", "部分", ""]
    )
    assert faults(blank) == [("工号", Fault.REQUIRED), ("发生", Fault.REQUIRED)]
    assert faults(unplaced) == [("结果", Fault.NO_PLACE)]
    assert "结果 = “部分”" in problem_sentence(unplaced.problems[0])


def test_a_row_of_another_length_is_rejected_unless_the_rest_is_blank():
    short, long, padded = people(
        ["0003", "张三"], ["0003", "张三", "", "", "x"], ["0003", "张三", "", "", "", ""]
    )
    assert faults(short) == faults(long) == [("", Fault.CELLS)]
    assert padded.placement is Placement.PERSON


def test_two_people_with_one_number_are_told_apart():
    rows = people(
        ["0003", "张三", "", ""],
        ["0003", "李四", "", ""],
        ["0001", "王莉", "", ""],
        ["0002", "阿依古丽•买买提", "", ""],
    )
    assert [row.placement.value for row in rows] == ["person", "rejected", "rejected", "person"]
    assert faults(rows[1]) == [("工号", Fault.STAFF_NO_TWICE)]
    assert "stands in row 2 already" in problem_sentence(rows[1].problems[0])
    assert faults(rows[2]) == [("姓名", Fault.STAFF_NO_TAKEN)]


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("2.30E+17", Fault.DAMAGED_NUMBER),
        ("110105194912310021", Fault.ID_CHECK_DIGIT),
        ("123", Fault.ID_LENGTH),
        ("11010519491231002x", Fault.ID_TAKEN),
    ],
)
def test_a_wrong_id_number_is_rejected(number, fault):
    (row,) = people(["0003", "张三", "", number])
    assert faults(row) == [("身份证", fault)]
    assert people(["0002", "阿依古丽·买买提", "", "11010519491231002X"])[0].placement is Placement.PERSON


def test_one_id_number_twice_in_a_list_is_rejected():
    office = OFFICE._replace(id_numbers={})
    rows = [["0003", "张三", "", "11010519491231002X"], ["0004", "李四", "", "11010519491231002X"]]
    first, second = judged(PEOPLE, PEOPLE_COLUMNS, *rows, office=office)
    assert first.placement is Placement.PERSON
    assert faults(second) == [("身份证", Fault.ID_TAKEN)]


def test_a_name_beside_a_staff_number_must_be_that_of_the_person():
    mapping = ListMapping(
        Kind.ENTRIES,
        "s",
        ("工号",),
        columns={"staff_no": "工号", "name": "姓名", "occurred_on": "日期"},
        constants={"item": "通报批评"},
    )
    people = [("0001", "王 丽"), ("0001", ""), ("0001", "王莉"), ("9999", "a")]
    rows = [[staff_no, name, "20150301"] for staff_no, name in people]
    good, unnamed, other, nobody = judged(mapping, ("工号", "姓名", "日期"), *rows)
    assert good.record == unnamed.record == NewEntry("0001", "handling.circulated", Day(20150301))
    assert faults(other) == [("姓名", Fault.OTHER_NAME)]
    assert faults(nobody) == [("工号", Fault.UNKNOWN_PERSON)]


def test_a_staff_number_shorter_than_all_may_have_lost_its_noughts():
    row = ["1", "1", "20150301", "", "", "态度", "属实", ""]
    (short,) = complaints(row)
    assert faults(short) == [("工号", Fault.NOUGHTS_LOST)]
    assert "digits of a staff number" in problem_sentence(short.problems[0])
    (found,) = complaints(row, staff_no_digits=4)
    assert found.record.staff_no == "0001"


@pytest.mark.parametrize(
    "words", ["合计", "合 计：37人", "总计（人）", "小　计", "共计", "Total", "Grand total: 3"]
)
def test_a_total_is_no_row(words):
    total, short, blank_before = people([words, "37", "", ""], [words, "37"], ["", words, "", ""])
    assert faults(total) == faults(short) == faults(blank_before) == [("", Fault.TOTAL)]
    assert "looks like the total" in problem_sentence(total.problems[0])
    assert people(["0003", "合计", "", ""])[0].placement is Placement.PERSON


def test_rows_carry_their_cells():
    rows = [["0003", "张三", "", ""], ["0003", "李四", "2015-02-30", ""]]
    assert [row.cells for row in people(*rows)] == rows


def test_states_choices_and_lost_noughts_of_people_are_read():
    columns = ("工号", "姓名", "情况", "起", "止", "原因", "离开")
    fields = ("staff_no", "name", "state", "state_since", "state_until", "leaving", "left_on")
    mapping = ListMapping(
        Kind.PEOPLE,
        "s",
        ("工号",),
        dict(zip(fields, columns, strict=True)),
        values={"state": {"在岗": ""}},
        staff_no_digits=4,
    )
    full, usual, undated, wrong = judged(
        mapping,
        columns,
        ["3", "张三", "借调", "2025-01-06", "", "退休", "2025-10-31"],
        ["4", "李四", "在岗", "", "", "", ""],
        ["5", "李四", "援派", "", "", "", ""],
        ["6", "李四", "出差", "2025-01-06", "", "", ""],
    )
    assert full.record.staff_no == "0003"
    assert full.record.states == ((ServiceState.SECONDED, Day(20250106), None),)
    assert full.record.leaving is Leaving.RETIRED
    assert usual.record.states == ()
    assert faults(undated) == [("起", Fault.STATE_WITHOUT_DATE)]
    assert faults(wrong) == [("情况", Fault.NOT_A_CHOICE)]
    assert "借调" in problem_sentence(wrong.problems[0])


ROW = ["0001", "1", "20150301", "2015-03-02", "", "态度", "属实", ""]


def test_identities_stay_the_same_and_tell_repeated_rows_apart():
    other = ["0001", "2", *ROW[2:]]
    first = [row.identity for row in complaints(ROW, other, ROW)]
    assert first == [row.identity for row in complaints(ROW, other, ROW)]
    assert len(set(first)) == 3
    assert all(len(identity) == 16 for identity in first)
    assert {row.identity for row in complaints(other, ROW)} == set(first[:2])
    assert not set(first) & {row.identity for row in complaints(ROW, other, ROW, source="others")}


def test_an_identity_does_not_depend_on_how_its_key_is_written():
    key = ("工号", "受理", "单号")
    (one,) = complaints(ROW, key=key)
    (same,) = complaints(["0001 ", "１.0", "20150301", "2015年3月2日", *ROW[4:]], key=key)
    (changed,) = complaints(["0001", "1", "20150301", "2015-03-03", *ROW[4:]], key=key)
    assert one.identity == same.identity != changed.identity


def test_a_corrected_row_keeps_the_identities_of_those_after_it():
    wrong = [*ROW[:2], "2015-02-30", *ROW[3:]]
    bad, after = complaints(wrong, ROW)
    good, after_again = complaints(ROW, ROW)
    assert bad.placement is Placement.REJECTED
    assert (bad.identity, after.identity) == (good.identity, after_again.identity)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key": ("工号", "办结日")}, "column “办结日”, which the list does not have. Did you mean “办结”?"),
        ({"item": (ItemRule({"处里": ("1",)}, "duty.other"),)}, "Did you mean “处理”?"),
        ({"item": (ItemRule({}, "duty.othr"),)}, "names the item “duty.othr”"),
        ({"values": {"item": {"态度": "rude"}}}, "names the item “rude”"),
        ({"columns": {"staff_no": "工号"}}, "No column is chosen for: Occurred on"),
        ({"constants": {"authors": "1"}}, "Shared by 1 does not lie between 2 and 1000"),
        ({"constants": {"quantity": "3小时"}}, "is not a number"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_refused_before_the_first_row(changes, said):
    table = Table("", COMPLAINT_COLUMNS, iter([]))
    with pytest.raises(Invalid) as refused:
        judge(table, dataclasses.replace(COMPLAINTS, **changes), OFFICE)
    assert said in refused.value.sentence


SCORED = ListMapping(
    kind=Kind.ENTRIES,
    source="scored",
    key=("工号",),
    columns={
        "staff_no": "工号",
        "given_points": "加扣分",
        "given_reason": "理由",
        "capacity": "身份",
        "document_no": "文号",
    },
    constants={"item": "duty.other", "occurred_on": "2025-03-01"},
)


def scored(points, reason, capacity, document_no):
    columns = ("工号", "加扣分", "理由", "身份", "文号")
    (row,) = judged(SCORED, columns, ["0001", points, reason, capacity, document_no])
    return row


def test_what_an_item_asks_is_read_from_its_columns():
    entry = scored("−2.5", "经研究", "一把手", "甲1").record
    assert (entry.given_points, entry.given_reason, entry.capacity) == (-2500, "经研究", "head")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("2.5", "经研究", "", ""), ("加扣分", Fault.WRONG_SIGN)),
        (("两分", "经研究", "", ""), ("加扣分", Fault.NOT_A_NUMBER)),
        (("-200000", "经研究", "", ""), ("加扣分", Fault.OUT_OF_BOUNDS)),
        (("-2.5", "", "", ""), ("理由", Fault.POINTS_WITHOUT_REASON)),
        (("", "", "主要负责人", ""), ("文号", Fault.HEAD_WITHOUT_DECISION)),
        (("", "", "副职", ""), ("身份", Fault.NOT_A_CHOICE)),
    ],
)
def test_what_an_item_asks_is_refused_with_its_column(cells, problem):
    assert faults(scored(*cells)) == [problem]
