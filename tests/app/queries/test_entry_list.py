"""All entries as a table asks for them: filters, every order, and what nobody sees."""

import pytest

from app.commands.conduct import record_entry, verify_entry
from app.commands.erasures import set_retention
from app.queries.entry_list import EntryFilter, EntryOrder, entry_ids, entry_rows
from models.types import Day, EntryStatus, Polarity
from tests.offices import OFFICE, WINDOW, TestOffice, entry

TOLD = (
    ("0003", "reward.commendation", 20250310, "泽政服人〔2025〕45号", "论文获奖"),
    ("0004", "service.overdue", 20250512, "泽政服办〔2025〕3号", "超出承诺时限"),
    ("0002", "reward.commendation", 20241105, "泽政服人〔2024〕9号", "办理提速"),
)


@pytest.fixture
def told(office: TestOffice) -> TestOffice:
    """Three entries of three people, the second one in force."""
    officer = office.as_("officer")
    uids = [
        officer.do(
            record_entry,
            entry(no, item, occurred_on=Day(on), decided_on=Day(on), document_no=document, facts=facts),
        ).uids
        for no, item, on, document, facts in TOLD
    ]
    office.as_("verifier").do(verify_entry, uids[1][0])
    return office


def listed(office: TestOffice, wanted: EntryFilter, login: str = "officer") -> list[str]:
    someone = office.as_(login)
    ids = someone.ask(entry_ids, wanted)
    rows = someone.ask(entry_rows, ids)
    return [rows[one].staff_no for one in ids]


def test_the_newest_acts_come_first(told: TestOffice) -> None:
    assert listed(told, EntryFilter()) == ["0004", "0003", "0002"]
    assert len(told.as_("officer").ask(entry_ids, EntryFilter(), 2)) == 2


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EntryFilter(text="承诺"), ["0004"]),
        (EntryFilter(text="泽政服人"), ["0003", "0002"]),
        (EntryFilter(text="wangl"), ["0004", "0003"]),
        (EntryFilter(text="0002"), ["0002"]),
        (EntryFilter(text="没有的"), []),
        (EntryFilter(text=" "), ["0004", "0003", "0002"]),
        (EntryFilter(departments=frozenset({OFFICE})), ["0004"]),
        (EntryFilter(polarity=Polarity.POSITIVE), ["0003", "0002"]),
        (EntryFilter(item="service.overdue"), ["0004"]),
        (EntryFilter(status=EntryStatus.SUBMITTED), ["0003", "0002"]),
        (EntryFilter(since=Day(20250101), until=Day(20250331)), ["0003"]),
        (EntryFilter(text="论文", departments=frozenset({OFFICE})), []),
    ],
)
def test_every_filter_narrows(told: TestOffice, wanted: EntryFilter, found: list[str]) -> None:
    assert listed(told, wanted) == found
    assert wanted.active or len(found) == 3


@pytest.mark.parametrize("order", EntryOrder)
def test_every_order_has_its_reverse(told: TestOffice, order: EntryOrder) -> None:
    up = listed(told, EntryFilter(order=order, descending=False))
    assert sorted(up) == ["0002", "0003", "0004"]
    assert listed(told, EntryFilter(order=order, descending=True)) == up[::-1]
    assert sorted(listed(told, EntryFilter(text="泽政服", order=order))) == ["0002", "0003", "0004"]


def test_orders_go_by_what_they_say(told: TestOffice) -> None:
    assert listed(told, EntryFilter(order=EntryOrder.STAFF_NO, descending=False)) == ["0002", "0003", "0004"]
    assert listed(told, EntryFilter(order=EntryOrder.NAME, descending=False))[-1] == "0002"  # xie
    assert listed(told, EntryFilter(order=EntryOrder.RECORDED, descending=False)) == ["0003", "0004", "0002"]


def test_one_sees_the_departments_of_the_daily_work_without_the_own_file(told: TestOffice) -> None:
    assert listed(told, EntryFilter(), "head") == ["0003"]  # 0002 is the head's own file
    assert listed(told, EntryFilter(), "other_head") == ["0004"]
    assert listed(told, EntryFilter(), "reviewer") == []
    (everything,) = (told.as_("officer").ask(entry_ids, EntryFilter()),)
    assert set(told.as_("head").ask(entry_rows, everything)) < set(everything)


def test_what_is_past_its_retention_is_on_the_list_of_that_only(told: TestOffice) -> None:
    told.as_("officer").do(set_retention, 1, "泽政服〔2025〕1号")
    assert listed(told, EntryFilter()) == ["0003", "0002"]


def test_a_row_tells_what_the_table_shows(told: TestOffice) -> None:
    (number,) = told.as_("officer").ask(entry_ids, EntryFilter(text="承诺"))
    row = told.as_("officer").ask(entry_rows, [number])[number]
    assert (row.name, row.department, row.item_name("zh_CN")) == ("王丽", "办公室", "超时办结")
    assert (row.status, row.polarity, row.facts) == ("effective", "negative", "超出承诺时限")
    assert WINDOW not in row
