"""Entries that say one fact twice are pointed out, with the row that says it first."""

from app.exchange.doubts import doubted
from app.exchange.fields import Placement
from app.exchange.judge import Judged
from app.problems import problem_reason
from app.rules.inputs import NewEntry
from app.rules.validation import Fault
from models.types import Day

FACT = NewEntry("0003", "reward.commendation", Day(20250310), document_no="甲1", facts="一")


def judged(*records: NewEntry | None) -> list[Judged]:
    return [
        Judged(number, Placement.ENTRY if record else Placement.LEFT_OUT, record, bytes(16))
        for number, record in enumerate(records, 2)
    ]


def test_the_same_person_item_day_and_document_are_perhaps_one_fact() -> None:
    rows = judged(
        FACT,
        FACT._replace(facts="其他说法"),
        FACT._replace(document_no="甲2"),
        FACT._replace(occurred_on=Day(20250311)),
        FACT._replace(staff_no="0004"),
        FACT._replace(item="reward.merit"),
        None,
        FACT,
    )
    found = list(doubted(rows, ()))
    assert [row.row for row in found if row.doubt] == [3, 9]
    assert [row.placement for row in found] == [row.placement for row in rows]
    (second, *_) = [row.doubt for row in found if row.doubt]
    assert (second.fault, second.params["row"]) == (Fault.SAME_AS_ROW, "2")
    assert "row 2 has the same" in problem_reason(second)


def test_what_is_on_file_already_is_pointed_out() -> None:
    (row,) = doubted(judged(FACT), [("0003", "reward.commendation", Day(20250310), "甲1")])
    assert row.doubt and row.doubt.fault is Fault.ON_FILE
    assert row.doubt.value == "0003 · 2025-03-10 · 甲1"
