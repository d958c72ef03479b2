"""Working days by the State Council's notices."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendars import SHIPPED, provisional, shipped
from app.rules.working_days import BadCalendar, Calendar, Fault, parse_calendar
from models.types import Day, day_of

KNOWN = Calendar(shipped())
DAYS = st.dates(dt.date(2014, 1, 1), dt.date(2028, 12, 31)).map(day_of)
FILE = """
format = 1
year = 2027
off = [[2027-02-05, 2027-02-11], [2027-05-01]]
work = [2027-02-14]
[[notices]]
number = "国办发明电〔2026〕9号"
dated = 2026-11-05
"""


def test_the_years_of_the_notices_come_with_the_program() -> None:
    assert sorted(shipped()) == list(range(2015, 2027))
    assert shipped()[2026].newest == ("国办发明电〔2025〕7号", 20251104)
    assert [one.number for one in shipped()[2019].notices] == [
        "国办发明电〔2018〕15号",
        "国办发明电〔2019〕3号",
    ]
    assert all(path.stem == str(parse_calendar(path.read_text("utf-8")).year) for path in SHIPPED.iterdir())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (20260101, False),  # 2026: the first of January is a Thursday, off until Saturday the third
        (20260102, False),
        (20260104, True),  # and the Sunday is worked instead
        (20260213, True),
        (20260214, True),
        (20260216, False),  # spring festival, 15 to 23 February
        (20260223, False),
        (20260224, True),
        (20260228, True),
        (20260920, True),
        (20261007, False),
        (20261008, True),
        (20261010, True),
        (20181229, True),  # a day of 2018 that the notice of 2019 arranges
        (20181231, False),
        (20190501, False),  # and 2019 as it was changed in March
        (20190503, False),
        (20190505, True),
        (20150903, False),  # the 70th anniversary
        (20150906, True),
        (20200131, False),  # the spring festival of 2020 as it was prolonged
        (20200201, False),
        (20230625, True),
        (20251008, False),
        (20251011, True),
    ],
)
def test_days_are_those_of_the_notices(day: int, works: bool) -> None:
    assert KNOWN.is_working(Day(day)) is works


def test_a_term_runs_over_a_festival() -> None:
    assert KNOWN.add(Day(20260213), 7) == 20260302  # 14, 24 to 28 February, 2 March
    assert KNOWN.add(Day(20260211), 2) == 20260213
    assert KNOWN.add(Day(20260930), 1) == 20261008
    assert KNOWN.working_days_between(Day(20260930), Day(20261010)) == 3
    assert KNOWN.working_days_between(Day(20261010), Day(20260930)) == -3
    assert KNOWN.add(Day(20260215), 0) == 20260215


def test_a_year_without_a_notice_is_provisional() -> None:
    assert KNOWN.is_working(Day(20270101)) and not KNOWN.is_working(Day(20270102))
    assert KNOWN.unknown(Day(20261225), Day(20270105)) == (2027,)
    assert KNOWN.unknown(Day(20261225), Day(20261231)) == ()
    assert "2027" in provisional(KNOWN, Day(20261225), Day(20270105))
    assert provisional(KNOWN, Day(20260105), Day(20260115)) == ""


@given(DAYS, st.integers(0, 40))
def test_what_is_added_lies_that_many_working_days_after(start: Day, n: int) -> None:
    end = KNOWN.add(start, n)
    assert KNOWN.working_days_between(start, end) == n
    assert n == 0 or KNOWN.is_working(end)


def test_the_file_of_a_year_is_read() -> None:
    found = parse_calendar(FILE)
    assert (found.year, len(found.off), sorted(found.worked)) == (2027, 8, [20270214])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("off = ", "off = = ", Fault.UNREADABLE),
        ("year = 2027", "", Fault.NO_YEAR),
        ("format = 1", "format = 2", Fault.NO_YEAR),
        ("year = 2027", 'year = "2027"', Fault.NO_YEAR),
        ("2027-05-01", "2026-05-01", Fault.OTHER_YEAR),
        ("work = [2027-02-14]", "work = [2028-02-13]", Fault.OTHER_YEAR),
        ("work = [2027-02-14]", "work = [2027-02-15]", Fault.NOT_A_WEEKEND),
        ("work = [2027-02-14]", "work = [2027-02-06]", Fault.OFF_AND_WORKED),
        ("work = [2027-02-14]", 'work = ["2027-02-14"]', Fault.NOT_A_DAY),
        ("work = [2027-02-14]", "work = [2027-02-14T08:00:00]", Fault.NOT_A_DAY),
        ("work = [2027-02-14]", "work = 2027-02-14", Fault.NOT_A_STRETCH),
        ("[2027-05-01]", "2027-05-01", Fault.NOT_A_STRETCH),
        ("[2027-05-01]", "[]", Fault.NOT_A_STRETCH),
        ("2027-02-05, 2027-02-11", "2027-02-11, 2027-02-05", Fault.NOT_A_STRETCH),
        ("[[notices]]", "[[orders]]", Fault.NO_NOTICE),
        ('number = "国办发明电〔2026〕9号"', 'number = " "', Fault.NO_NOTICE),
        ("dated = 2026-11-05", "", Fault.NO_NOTICE),
    ],
)
def test_a_file_that_is_wrong_is_told(old: str, new: str, fault: Fault) -> None:
    assert old in FILE
    with pytest.raises(BadCalendar) as refused:
        parse_calendar(FILE.replace(old, new, 1))
    assert refused.value.fault is fault
