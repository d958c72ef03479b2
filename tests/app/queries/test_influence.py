"""Influence periods as people, peek and lists ask for them."""

from app.commands.conduct import Basis, record_entry, verify_entry
from app.commands.revoking import lift_sanction
from app.queries.as_of import file_as_of
from app.queries.files import file_view
from app.queries.influence import ending_influence, influence_today, periods_of
from app.rules.grading.case import year
from app.rules.influence import running
from models.types import Day, Uid
from tests.offices import TODAY, TestOffice, entry, revoked

WANG = 3
"""Key of 0003."""


def sanctioned(office: TestOffice, item: str, on: int, **more: object) -> Uid:
    given = {"occurred_on": Day(on - 100), "decided_on": Day(on), "document_no": f"泽监〔{on}〕", **more}
    uid = office.as_("officer").do(record_entry, entry(item=item, **given)).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def ends(office: TestOffice, start: int, end: int) -> list[tuple[str, int, bool]]:
    found = office.as_("officer").ask(ending_influence, Day(start), Day(end))
    return [(one.staff_no, one.period.until, one.new_act) for one in found]


def test_the_periods_of_a_file_follow_from_all_its_sanctions(office: TestOffice) -> None:
    first = sanctioned(office, "sanction.demerit", 20250310)  # to 2026-03-09
    second = sanctioned(office, "sanction.warning", 20251110)  # four months left, then six
    view = office.as_("officer").ask(file_view, "0003", year(2025))
    (runs,) = running(periods_of(view), TODAY)
    assert (runs.sanction.uid, runs.until) == (second, 20260909)
    assert office.as_("officer").ask(influence_today, [WANG]) == {WANG: (runs,)}
    assert office.as_("officer").ask(influence_today, [WANG], Day(20250601))[WANG][0].sanction.uid == first
    assert office.as_("officer").ask(influence_today, [4]) == {}
    assert office.as_("other_head").ask(influence_today, [WANG]) == {}
    revoked(office, first, Basis("泽监复〔2025〕1号", Day(20251201), "撤销"))
    after = office.as_("officer").ask(influence_today, [WANG])[WANG]
    assert [one.until for one in after] == [20260509]


def test_a_lifting_ends_the_period_and_the_file_of_an_earlier_day_does_not_know_it(
    office: TestOffice,
) -> None:
    uid = sanctioned(office, "sanction.demerit", 20250310)
    officer = office.as_("officer")
    office.clock.day = Day(20251220)
    officer.do(lift_sanction, uid, Basis("泽监解〔2025〕1号", Day(20251219), ""))
    assert officer.ask(influence_today, [WANG]) == {}
    entry_now = officer.ask(file_view, "0003", year(2025)).entries[0]
    assert (entry_now.lifted_on, entry_now.lifted_document) == (20251219, "泽监解〔2025〕1号")
    then = officer.ask(file_as_of, "0003", year(2025), TODAY)
    assert [one.until for one in running(periods_of(then), TODAY)] == [20260309]


def test_what_ends_is_listed_once_and_says_whether_another_wrong_came_meanwhile(
    office: TestOffice,
) -> None:
    sanctioned(office, "sanction.demerit", 20250310)
    sanctioned(office, "sanction.warning", 20251110)
    assert ends(office, 20260101, 20260831) == []  # the rest of the first went on in the second
    assert ends(office, 20260901, 20260930) == [("0003", 20260909, False)]
    sanctioned(office, "handling.admonition", 20250810, staff_no="0004")  # to 2026-02-09
    sanctioned(office, "duty.absent", 20251201, staff_no="0004", occurred_on=Day(20251101))
    assert ends(office, 20260201, 20260228) == [("0004", 20260209, True)]
    (one,) = office.as_("officer").ask(ending_influence, Day(20260201), Day(20260228))
    assert (one.name, one.item_name("zh"), one.document_no) == ("王丽", "诫勉", "泽监〔20250810〕")
    assert office.as_("head").ask(ending_influence, Day(20260201), Day(20260228)) == []
