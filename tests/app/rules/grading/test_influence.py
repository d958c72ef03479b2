import pytest

from app.rules.grading.case import CaseEntry
from app.rules.grading.influence import influence_until, running
from app.rules.grading.parsing import parse
from models.types import Day, EntryStatus, Uid
from tests.offices import BASELINE

DECIDED = Day(20250328)
SCHEME = parse(BASELINE)


def case_entry(item="sanction.demerit", status=EntryStatus.EFFECTIVE, decided_on=DECIDED, uid="a"):
    dates = (Day(20250310), decided_on, None)
    return CaseEntry(Uid(uid), Uid(uid), item, status, *dates, "unit")


@pytest.mark.parametrize(
    ("item", "until"),
    [
        ("sanction.warning", 20250927),  # 警告，六个月
        ("sanction.demerit", 20260327),  # 记过，十二个月
        ("sanction.serious_demerit", 20260927),  # 记大过，十八个月
        ("sanction.demotion", 20270327),  # 降级、撤职，二十四个月
        ("sanction.removal", 20270327),
        ("sanction.party_warning", 20260327),  # 党内警告，一年
    ],
)
def test_the_period_runs_from_the_decision_for_the_months_of_the_law(item, until):
    assert influence_until(case_entry(item), SCHEME.items[item]) == until


def test_without_a_decision_it_runs_from_the_act():
    entry = case_entry(decided_on=None)
    assert influence_until(entry, SCHEME.items[entry.item]) == 20260309


def test_what_bars_nothing_has_no_period():
    reward = case_entry("reward.commendation")
    assert influence_until(reward, SCHEME.items[reward.item]) is None


@pytest.mark.parametrize("status", [EntryStatus.SUBMITTED, EntryStatus.REVOKED, EntryStatus.SUPERSEDED])
def test_only_what_is_in_force_bars(status):
    entry = case_entry(status=status)
    assert influence_until(entry, SCHEME.items[entry.item]) is None


def test_a_disputed_sanction_bars_on():
    entry = case_entry(status=EntryStatus.DISPUTED)
    assert influence_until(entry, SCHEME.items[entry.item]) == 20260327


def test_those_that_run_today_come_with_the_last_to_end_first():
    entries = [
        case_entry("sanction.warning", uid="a"),
        case_entry("sanction.party_warning", uid="b"),
        case_entry("sanction.warning", decided_on=Day(20230101), uid="over"),
        case_entry("sanction.warning", decided_on=Day(20260101), uid="to come"),
        case_entry("unknown.item", uid="unknown"),
    ]
    assert [one.entry.uid for one in running(entries, SCHEME, Day(20250601))] == ["b", "a"]
    assert [one.entry.uid for one in running(entries, SCHEME, Day(20250928))] == ["b"]
