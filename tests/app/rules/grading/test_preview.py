from app.rules.grading.case import Case, CaseEntry, NotCounted, year
from app.rules.grading.parsing import parse
from app.rules.grading.preview import preview
from models.types import Day, EntryStatus, ServiceState, Uid
from tests.offices import BASELINE

OCCURRED = Day(20250310)
SCHEME = parse(BASELINE)


def case_entry(item, occurred_on=OCCURRED, uid="new", act=""):
    act = act or uid
    return CaseEntry(Uid(uid), Uid(act), item, EntryStatus.EFFECTIVE, occurred_on, None, None, "unit")


def test_it_says_points_grade_and_influence():
    found = preview(Case([]), case_entry("sanction.demerit"), SCHEME, year(2025))
    assert (found.before.score, found.after.score) == (100_000, 82_000)
    assert (found.before.band, found.after.band) == ("B", "C")
    assert found.line and found.line.until == 20260909 and found.line.direct == "C"
    assert found.influence and found.influence.until == 20260309


def test_what_is_over_by_the_end_of_the_period_says_so():
    found = preview(Case([]), case_entry("reward.commendation", Day(20230310)), SCHEME, year(2025))
    assert found.line and found.line.reason is NotCounted.EXPIRED
    assert found.before == found.after._replace(lines=())


def test_the_same_act_counts_once():
    known = case_entry("sanction.party_warning", uid="known", act="act")
    found = preview(Case([known]), case_entry("sanction.warning", act="act"), SCHEME, year(2025))
    assert found.before.score == found.after.score
    new = preview(Case([known]), case_entry("sanction.warning"), SCHEME, year(2025))
    assert new.after.score < new.before.score


def test_who_is_not_rated_gets_no_line():
    case = Case([], frozenset({ServiceState.CASE_OPEN}))
    found = preview(case, case_entry("sanction.warning"), SCHEME, year(2025))
    assert found.line is None and found.after.not_rated is ServiceState.CASE_OPEN
    assert found.influence and found.influence.until == 20250909
