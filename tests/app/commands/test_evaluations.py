"""An evaluation: submitted by the officer, decided by the head, and stale once facts change."""

import pytest

from app.commands.accounts import grant_role
from app.commands.conduct import record_entry, revoke_entry, verify_entry
from app.commands.evaluations import (
    Outcome,
    approve_evaluation,
    propose_evaluations,
    return_evaluation,
)
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.evaluations import inbox
from app.queries.files import file_view
from app.queries.verification import verify
from app.rules.grading.engine import year
from models.types import Day, EvaluationStatus, Role
from tests.app.commands.test_conduct import BASIS, recorded
from tests.offices import TestOffice, entry

YEAR = year(2025)


def proposed(office: TestOffice) -> dict[str, str]:
    return dict(office.as_("officer").do(propose_evaluations, YEAR).evaluations)


def standing(office: TestOffice, staff_no: str = "0003") -> list[EvaluationStatus]:
    return [one.status for one in office.as_("officer").ask(file_view, staff_no, YEAR).evaluations]


def test_the_head_decides_about_the_own_people_only(office: TestOffice) -> None:
    rows = proposed(office)
    assert {row.staff_no for row in office.as_("head").ask(inbox)} == {"0003", "0005"}
    assert {row.staff_no for row in office.as_("leader").ask(inbox)} == {"0001", "0002"}
    for login, staff_no in (
        ("other_head", "0003"),
        ("head", "0002"),
        ("leader", "0003"),
        ("verifier", "0003"),
    ):
        with pytest.raises(NotAllowed):
            office.as_(login).do(approve_evaluation, rows[staff_no])
    office.as_("head").do(approve_evaluation, rows["0003"], "同意")
    office.as_("leader").do(approve_evaluation, rows["0002"])
    assert standing(office) == [EvaluationStatus.APPROVED]
    for staff_no, role in (("0003", Role.DEPARTMENT_HEAD), ("0002", Role.LEADER_IN_CHARGE)):
        (evaluation,) = office.as_("officer").ask(file_view, staff_no, YEAR).evaluations
        assert [approval.step for approval in evaluation.approvals] == [role]
    assert not office.as_("officer").ask(verify).findings


def test_a_decision_is_taken_once(office: TestOffice) -> None:
    uid = proposed(office)["0003"]
    office.as_("head").do(approve_evaluation, uid)
    with pytest.raises(Conflict):
        office.as_("head").do(return_evaluation, uid, "再看看")


def test_returning_needs_a_reason_and_submitting_again_clears_it(office: TestOffice) -> None:
    uid = proposed(office)["0003"]
    with pytest.raises(Invalid):
        office.as_("head").do(return_evaluation, uid, " ")
    office.as_("head").do(return_evaluation, uid, "缺嘉奖文件")
    assert standing(office) == [EvaluationStatus.RETURNED]
    assert office.as_("officer").do(propose_evaluations, YEAR).counts[Outcome.COMPUTED_AGAIN] == 1
    assert standing(office) == [EvaluationStatus.SUBMITTED]


def test_submitting_again_without_a_change_leaves_all_as_it_is(office: TestOffice) -> None:
    proposed(office)
    assert office.as_("officer").do(propose_evaluations, YEAR).counts == {Outcome.UNCHANGED: 5}


def test_an_entry_after_the_computation_makes_it_stale(office: TestOffice) -> None:
    uid = proposed(office)["0003"]
    seen = next(row for row in office.as_("head").ask(inbox) if row.staff_no == "0003").digest
    office.as_("verifier").do(verify_entry, recorded(office))
    with pytest.raises(Conflict):
        office.as_("head").do(approve_evaluation, uid)
    proposed(office)
    with pytest.raises(Conflict):
        office.as_("head").do(approve_evaluation, uid, seen=seen)
    office.as_("head").do(approve_evaluation, uid)


def test_a_change_after_the_approval_marks_it_and_leads_to_a_new_one(office: TestOffice) -> None:
    entry_uid = recorded(office)
    office.as_("verifier").do(verify_entry, entry_uid)
    office.as_("head").do(approve_evaluation, proposed(office)["0003"])
    office.as_("officer").do(revoke_entry, entry_uid, BASIS)
    (before,) = office.as_("officer").ask(file_view, "0003", YEAR).evaluations
    assert before.stale and before.grade.score == 105_000
    proposed(office)
    new, old = office.as_("officer").ask(file_view, "0003", YEAR).evaluations
    assert (new.status, new.grade.score) == (EvaluationStatus.SUBMITTED, 100_000)
    assert (old.status, old.grade.score) == (EvaluationStatus.SUPERSEDED, 105_000)


@pytest.mark.parametrize("part", ["recorded", "verified", "submitted"])
def test_whoever_had_a_part_in_it_does_not_decide(office: TestOffice, part: str) -> None:
    for role in (Role.PERSONNEL_OFFICER, Role.VERIFIER):
        office.as_("officer").do(grant_role, "head", role)
    who = {one: "head" if one == part else "officer" for one in ("recorded", "submitted")}
    uid = office.as_(who["recorded"]).do(record_entry, entry("0003")).uids[0]
    office.as_("head" if part == "verified" else "verifier").do(verify_entry, uid)
    rows = office.as_(who["submitted"]).do(propose_evaluations, YEAR).evaluations
    for decide in (approve_evaluation, return_evaluation):
        with pytest.raises(NotAllowed, match="Someone else has to decide"):
            office.as_("head").do(decide, rows["0003"], "同意")
    assert standing(office) == [EvaluationStatus.SUBMITTED]


def test_what_happens_after_the_period_leaves_its_grade_as_it_was(office: TestOffice) -> None:
    office.as_("officer").do(propose_evaluations, year(2024))
    office.as_("verifier").do(verify_entry, recorded(office))
    recorded(office, occurred_on=Day(20240310), decided_on=None)  # and not verified
    (evaluation,) = office.as_("officer").ask(file_view, "0003", YEAR).evaluations
    assert not evaluation.stale
    assert office.as_("officer").do(propose_evaluations, year(2024)).counts == {Outcome.UNCHANGED: 5}
