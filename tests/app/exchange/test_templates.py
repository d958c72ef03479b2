"""Templates are filled in and imported without any mapping by hand."""

import pytest
from openpyxl import load_workbook

from app.exchange.binding import Lookups
from app.exchange.fields import CHOICES, FIELDS, Kind, choices_by_word, column_words
from app.exchange.guess import guess_columns, guess_mapping
from app.exchange.judge import judge
from app.exchange.mapping import unmentioned
from app.exchange.tables import read_table
from app.exchange.templates import TEMPLATES, items_offered, write_template
from app.labels import label
from app.rules.inputs import NewEntry, NewPerson
from models.types import AuthorityLevel, Capacity, Channel, Day, Points, Polarity, ServiceState

ITEMS = items_offered(
    [
        ("reward.commendation", Polarity.POSITIVE, "嘉奖"),
        ("handling.circulated", Polarity.NEGATIVE, "Circulated criticism"),
        ("appraisal.excellent", Polarity.POSITIVE, "年度考核优秀"),
        ("appraisal.incompetent", Polarity.NEGATIVE, "年度考核不称职"),
    ]
)
OFFICE = Lookups(
    {"0001": "王丽"},
    {"嘉奖": "reward.commendation", "Circulated criticism": "handling.circulated"},
    Day(20251218),
)

FILLED = {
    ("people", "zh_CN"): (
        {"工号": "0003", "姓名": "张 三", "部门": "审批一科", "在岗情况": "借调", "情况开始日期": "2025.1.6"},
        NewPerson("0003", "张三", "审批一科", states=((ServiceState.SECONDED, Day(20250106), None),)),
    ),
    ("rewards", "zh_CN"): (
        {"工号": "0001", "姓名": "王丽", "事项": "嘉奖", "发生日期": "2025-03-05", "机关级别": "市级"},
        NewEntry("0001", "reward.commendation", Day(20250305), level=AuthorityLevel.CITY),
    ),
    ("handlings", "en"): (
        {
            "Staff number": "0001",
            "Item": "Circulated criticism",
            "Occurred on": "2025-03-05",
            "Channel": "Media",
            "Capacity": "Head of the unit",
            "Document number": "12",
            "Points decided": "-2.5",
            "Reason for the points": "by the committee",
            "Wrong corrected on": "2025-06-01",
            "Document of its correction": "13",
        },
        NewEntry(
            "0001",
            "handling.circulated",
            Day(20250305),
            channel=Channel.MEDIA,
            document_no="12",
            given_points=Points(-2500),
            given_reason="by the committee",
            capacity=Capacity.HEAD,
            corrected_on=Day(20250601),
            corrected_document="13",
        ),
    ),
    ("rewards", "en"): (
        {
            "Staff number": "0001",
            "Item": "嘉奖",
            "Occurred on": "2025-3-5",
            "Quantity": "3",
            "Shared by": "2",
        },
        NewEntry("0001", "reward.commendation", Day(20250305), quantity=3000, authors=2),
    ),
}


@pytest.mark.parametrize(("template", "language"), FILLED)
def test_a_filled_template_is_imported_by_the_guessed_mapping(tmp_path, template, language):
    path = tmp_path / "template.xlsx"
    write_template(template, path, ITEMS, language)
    cells, record = FILLED[template, language]
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for head, text in cells.items():
        sheet.cell(2, heads.index(head) + 1, text)
    book.save(path)

    table = read_table(path)
    mapping = guess_mapping(table.columns, TEMPLATES[template].kind)
    assert unmentioned(mapping, table.columns) == ()
    (row,) = judge(table, mapping, OFFICE)
    assert row.record == record


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_template_explains_its_columns_and_offers_choices(tmp_path, template, language):
    path = tmp_path / "template.xlsx"
    write_template(template, path, ITEMS, language)
    book = load_workbook(path)
    data, notes, choices = book.worksheets
    fields = TEMPLATES[template].fields
    assert len(data[1]) == len(fields) == notes.max_row - 1
    assert all(row[2].value for row in notes.iter_rows())
    assert choices.sheet_state == "hidden"
    offered = [field for field in fields if field in CHOICES or field == "item"]
    assert len(data.data_validations.dataValidation) == len(offered)
    assert data.column_dimensions["A"].number_format == "@"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("工号*", "staff_no"),
        ("姓名(必填)", "name"),
        ("受处分人姓名", "name"),
        ("处分决定日期", "decided_on"),
        ("决定文号", "document_no"),
        ("Staff No.", "staff_no"),
        ("staff_no", "staff_no"),
        ("发 生 日 期", "occurred_on"),
        ("备注", None),
    ],
)
def test_headings_are_recognised(heading, field):
    assert guess_columns([heading], Kind.ENTRIES) == ({field: heading} if field else {})


def test_every_column_is_given_to_one_field_and_the_best_wins():
    columns = ["单位", "所在单位名称", "职务", "职级", "姓名", "工号"]
    found = guess_columns(columns, Kind.PEOPLE)
    assert found == {"staff_no": "工号", "name": "姓名", "department": "单位", "post": "职务", "rank": "职级"}


def test_a_list_of_complaints_is_taken_for_leads():
    mapping = guess_mapping(["工号", "投诉日期", "投诉内容", "工单号"], Kind.ENTRIES, "hotline")
    assert mapping.place[0].to == "lead"
    assert mapping.key == ("工号", "投诉日期", "工单号")
    assert mapping.source == "hotline"


def test_the_vocabulary_knows_every_field_and_every_label():
    assert set(column_words()) == {field for fields in FIELDS.values() for field in fields}
    for field, kind in CHOICES.items():
        words = choices_by_word(field)
        assert set(words.values()) == set(kind)
        assert all(words[label(value).lower()] is value for value in kind)
