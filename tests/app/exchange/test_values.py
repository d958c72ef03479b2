"""How cells are read: names, numbers and dates as people and spreadsheets write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange import values
from app.rules.validation import Fault, Problem
from models.types import day_of


@pytest.mark.parametrize("written", ["张三", " 张 三 ", "张　三", "\ufeff张\u200b三", "张\n三", "张\u00a0三"])
def test_a_name_has_no_blanks(written):
    assert values.read_name(written) == "张三"


@pytest.mark.parametrize("dot", ["·", "•", "・", "‧", "．", ".", " · ", "⋅", "･"])
def test_a_name_has_one_kind_of_dot(dot):
    assert values.read_name(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


def test_a_foreign_name_keeps_its_spaces_and_rare_characters_stay():
    assert values.read_name("Anna  K. Li") == "Anna K. Li"
    assert values.read_name("李䶮") == "李䶮"
    assert values.read_name("李\U00020bb7") == "李\U00020bb7"
    assert values.read_name("\uf9e1芳") == "李芳"  # a compatibility form, which NFC replaces


def test_full_width_letters_and_digits_become_half_width_but_punctuation_stays():
    assert values.read_line("审批１科Ａ") == "审批1科A"
    assert values.read_line("泽政服人〔２０２５〕４５号") == "泽政服人〔2025〕45号"
    assert values.read_text("迟到，三次。\r\n已批评") == "迟到，三次。\n已批评"


@pytest.mark.parametrize(
    ("written", "read"), [("00１8", "0018"), (" 18.0 ", "18"), ("P－7", "P-7"), ("18.50", "18.50")]
)
def test_a_staff_number_is_read(written, read):
    assert values.read_code(written) == read


@pytest.mark.parametrize("written", ["2.30E+17", "2.30102199001011E+17", "2e17", "２.3E+17"])
def test_a_number_that_a_spreadsheet_rounded_is_refused(written):
    for read in (values.read_code, values.read_id_number, values.read_document_no):
        problem = read(written)
        assert isinstance(problem, Problem)
        assert problem.fault is Fault.DAMAGED_NUMBER


def test_an_id_number_is_in_capitals_without_spaces():
    assert values.read_id_number(" 110105 19491231 002x ") == "11010519491231002X"


def test_a_department_is_a_path():
    assert values.read_department("局机关／ 审批 一科", "/") == "局机关/审批一科"
    assert values.read_department("局机关-审批一科", "-") == "局机关/审批一科"
    assert values.read_department("G/C UNIT NORTH", "") == "G／C UNIT NORTH"


def test_the_same_act_of_one_source_has_one_identity():
    assert values.read_act("2025-1", "a") == values.read_act(" 2025-１ ", "a")
    assert values.read_act("2025-1", "a") != values.read_act("2025-1", "b")
    assert len(values.read_act("2025-1", "a")) == 32


DATES = [
    "2015-03-01", "2015.3.1", "2015/3/1", "2015年3月1日", "2015 年 3 月 1 日", "２０１５．３．１", "20150301",
    "20150301.0", "42064", "42064.0", "42064.75", "2015-03-01 10:30", "2015-03-01T10:30:00",
    "2015年3月1日10:30", "2015-3-1 00:00:00.000",
]  # fmt: skip


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_read(written):
    assert values.read_day(written) == 20150301


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("2015-02-30", Fault.DATE_IMPOSSIBLE),
        ("2015-13-01", Fault.DATE_IMPOSSIBLE),
        ("2015-03-00", Fault.DATE_IMPOSSIBLE),
        ("20151301", Fault.DATE_IMPOSSIBLE),
        ("1815-03-01", Fault.DATE_YEAR),
        ("15.3.1", Fault.DATE_SHORT_YEAR),
        ("1/3/2015", Fault.DATE_ORDER),
        ("2015.3", Fault.DATE_NO_DAY),
        ("2015年3月", Fault.DATE_NO_DAY),
        ("201503", Fault.DATE_NO_DAY),
        ("2015", Fault.DATE_UNREADABLE),
        ("三月", Fault.DATE_UNREADABLE),
        ("无", Fault.DATE_UNREADABLE),
        ("2015-03-01 上午", Fault.DATE_UNREADABLE),
    ],
)
def test_a_date_is_refused(written, fault):
    problem = values.read_day(written)
    assert isinstance(problem, Problem)
    assert problem.fault is fault


@pytest.mark.parametrize("written", ["2015.3", "2015-03", "2015年3月", "2015年3月份", "201503", "2015/3"])
def test_a_month_is_read_where_it_is_enough(written):
    assert values.read_day(written, month_is_enough=True) == 20150300


def test_a_month_that_may_have_lost_its_nought_is_refused():
    problem = values.read_day("2015.1", month_is_enough=True)
    assert isinstance(problem, Problem)
    assert problem.fault is Fault.DATE_JANUARY_OR_OCTOBER
    assert values.read_day("2015.10", month_is_enough=True) == 20151000
    assert values.read_day("2015.01", month_is_enough=True) == 20150100


def test_the_mapping_says_what_a_year_at_the_end_means():
    assert values.read_day("3/1/2015", year_last="month_first") == 20150301
    assert values.read_day("1.3.2015", year_last="day_first") == 20150301


SHAPES = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 08:15"]


@given(st.dates(dt.date(1928, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(SHAPES))
def test_every_date_of_the_calendar_is_read_in_every_shape(date, shape):
    assert values.read_day(date.strftime(shape)) == day_of(date)
    assert values.read_day(str((date - dt.date(1899, 12, 30)).days)) == day_of(date)


@given(st.text(max_size=20))
def test_whatever_is_written_is_a_date_of_the_calendar_or_a_problem(text):
    read = values.read_day(text, month_is_enough=True, year_last="day_first")
    assert isinstance(read, Problem) or dt.date(read // 10000, read // 100 % 100, read % 100 or 1)


@given(st.text(max_size=30))
def test_reading_again_changes_nothing(text):
    for read in (values.clean, values.read_line, values.read_name, values.plain):
        assert read(read(text)) == read(text)


@pytest.mark.parametrize(
    ("written", "thousandths"),
    [
        ("3", 3000),
        (" 2.5 ", 2500),
        ("＋３．２５", 3250),
        ("−1.5", -1500),
        ("-0.125", -125),
        ("1,200", 1_200_000),
        ("12,345,678.9", 12_345_678_900),
        ("3.0", 3000),
        ("3.5000", 3500),
        ("0", 0),
    ],
)
def test_an_amount_is_read_in_thousandths(written, thousandths):
    assert values.read_amount(written) == thousandths


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("3小时", Fault.NOT_A_NUMBER),
        ("三", Fault.NOT_A_NUMBER),
        ("1,20", Fault.NOT_A_NUMBER),
        ("1e3", Fault.NOT_A_NUMBER),
        ("-", Fault.NOT_A_NUMBER),
        ("2.5.1", Fault.NOT_A_NUMBER),
        ("0.1255", Fault.TOO_EXACT),
    ],
)
def test_an_amount_that_is_none_is_refused(written, fault):
    assert values.read_amount(written) == Problem("", fault, written)


def test_people_are_counted_whole():
    assert values.read_count("3.0") == 3
    assert values.read_count("2.5") == Problem("", Fault.TOO_EXACT, "2.5")
    assert values.read_count("两人") == Problem("", Fault.NOT_A_NUMBER, "两人")
