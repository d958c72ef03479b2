"""What stands on the printed summary."""

from app.commands.conduct import record_entry, verify_entry
from app.commands.erasures import set_retention
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.queries.summaries import summary
from app.reports.content import Summary
from app.rules.grading.case import year
from models.types import Day, Points
from tests.offices import TestOffice, entry


def in_force(office: TestOffice, **more: object) -> None:
    uid = office.as_("officer").do(record_entry, entry(**more)).uids[0]
    office.as_("verifier").do(verify_entry, uid)


def printed(office: TestOffice, number: int, staff_no: str = "0003") -> Summary:
    return office.as_("officer").ask(summary, staff_no, year(number), "zh_CN")


def test_only_what_was_decided_by_the_end_of_the_period_bears_on_it(office: TestOffice) -> None:
    in_force(office, occurred_on=Day(20240310), decided_on=Day(20240310))
    in_force(office)
    office.as_("officer").do(record_entry, entry(occurred_on=Day(20241110), decided_on=Day(20241110)))
    earlier, later = printed(office, 2024), printed(office, 2025)
    assert earlier.counts == (("正面", 1), ("负面", 0))
    assert [line.date for line in earlier.counted] == [20240310] and earlier.not_counted == ()
    assert later.counts == (("正面", 2), ("负面", 0))


def test_a_decision_is_printed_with_the_role_in_which_it_was_made(office: TestOffice) -> None:
    rows = office.as_("officer").do(propose_evaluations, year(2025)).evaluations
    for staff_no, login, role in (("0003", "head", "部门负责人"), ("0002", "leader", "分管领导")):
        assert printed(office, 2025, staff_no).is_proposal
        office.as_(login).do(approve_evaluation, dict(rows)[staff_no], "同意")
        found = printed(office, 2025, staff_no)
        assert not found.is_proposal
        assert [(one.step, one.decision, one.reason) for one in found.decisions] == [(role, "已同意", "同意")]


def test_what_is_proposed_carries_the_notice_of_its_standard(office: TestOffice) -> None:
    assert printed(office, 2025).note == "示例值，须经本单位发文确定"
    in_english = office.as_("officer").ask(summary, "0003", year(2025), "en")
    assert in_english.note.startswith("Example values")


def test_what_points_follow_from_stands_with_the_facts(office: TestOffice) -> None:
    in_force(office, given_points=Points(3000), given_reason="经党组会议研究", authors=2, quantity=12_500)
    (line,) = printed(office, 2025).counted
    facts, _, told = line.facts.partition("\n")
    assert facts == "2024年度考核优秀。"
    assert told == "数量：12.5；认定分值：+3 · 经党组会议研究；共同完成人数：2人"


def test_what_is_past_its_retention_is_not_told_and_the_score_adds_up(
    office: TestOffice,
) -> None:
    in_force(office)
    in_force(
        office,
        item="service.overdue",
        facts="很久以前超时",
        document_no="泽效能〔2025〕3号",
    )
    before = printed(office, 2025)
    assert len(before.counted) == 2 and before.counts == (("正面", 1), ("负面", 1))
    office.as_("officer").do(set_retention, 6, "泽政服发〔2025〕40号")
    after = printed(office, 2025)
    assert "很久以前超时" not in str(after)
    assert (after.counts, after.score) == ((("正面", 1), ("负面", 0)), before.score)
    (kept,) = after.counted
    untold = dict(after.adjustments)["已过保存期限或已删除的记录"]
    assert after.base + kept.points + untold == after.score
