"""An evaluation: submitted by the officer, decided by the head, and stale once facts change."""

import pytest
from sqlalchemy import select

from app.commands.accounts import grant_role
from app.commands.conduct import record_entry, verify_entry
from app.commands.evaluations import (
    Outcome,
    approve_evaluation,
    propose_evaluations,
    return_evaluation,
)
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.people import add_person, change_person
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.cases import Whose
from app.queries.evaluations import inbox
from app.queries.files import file_view
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.evaluations import Evaluation
from models.people import IntegrityFile
from models.types import Day, EvaluationStatus, Leaving, Role, Uid
from tests.app.commands.test_conduct import BASIS, recorded
from tests.offices import WINDOW, TestOffice, entry, revoked

YEAR = year(2025)
PAPER = NewEvidence("效能督查记录", place="机关纪委柜3", seen=True)


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


def test_a_paper_found_after_the_computation_makes_it_stale_if_its_entry_counts(office: TestOffice) -> None:
    officer, waiting, counting = office.as_("officer"), recorded(office), recorded(office)
    office.as_("verifier").do(verify_entry, counting)
    uid = proposed(office)["0003"]
    officer.do(add_evidence, Uid(waiting), PAPER)
    assert officer.do(propose_evaluations, YEAR).counts == {Outcome.UNCHANGED: 5}
    officer.do(add_evidence, Uid(counting), PAPER)
    with pytest.raises(Conflict, match="changed after this grade"):
        office.as_("head").do(approve_evaluation, uid)


def test_a_change_after_the_approval_marks_it_and_leads_to_a_new_one(office: TestOffice) -> None:
    entry_uid = recorded(office)
    office.as_("verifier").do(verify_entry, entry_uid)
    office.as_("head").do(approve_evaluation, proposed(office)["0003"])
    revoked(office, entry_uid, BASIS)
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


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few files at a time that five of them come in three parts."""
    monkeypatch.setattr("app.commands.evaluations.PART", 2)


@pytest.mark.usefixtures("in_parts")
def test_files_go_their_five_ways_in_one_proposal(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    uids = proposed(office)
    office.as_("head").do(approve_evaluation, uids["0003"], "同意")
    office.as_("head").do(return_evaluation, uids["0005"], "缺嘉奖文件")
    for staff_no in ("0001", "0003"):
        verifier.do(verify_entry, officer.do(record_entry, entry(staff_no)).uids[0])
    officer.do(record_entry, entry("0002"))  # not verified: the file has changed, its grade has not
    retired = NewPerson("0004", "王丽", "办公室", left_on=Day(20251001), leaving=Leaving.RETIRED)
    officer.do(change_person, retired)
    officer.do(add_person, NewPerson("0006", "于青", "办公室", "一级科员", joined_on=Day(20150301)))
    done = officer.do(propose_evaluations, YEAR)
    assert done.counts == {
        Outcome.COMPUTED_AGAIN: 2,
        Outcome.NOT_RATED: 1,
        Outcome.REPLACED: 1,
        Outcome.UNCHANGED: 1,
        Outcome.SUBMITTED: 1,
    }
    assert list(done.evaluations) == ["0001", "0003", "0005", "0006"]
    assert done.evaluations["0001"] == uids["0001"] and done.evaluations["0003"] != uids["0003"]
    submitted, superseded = [EvaluationStatus.SUBMITTED], [EvaluationStatus.SUPERSEDED]
    after = {"0002": submitted, "0003": submitted + superseded, "0004": superseded, "0005": submitted}
    assert {staff_no: standing(office, staff_no) for staff_no in after} == after
    with office.database.read() as session:
        known = select(Evaluation.content_version, IntegrityFile.content_version).join(
            IntegrityFile, Evaluation.file_id == IntegrityFile.id
        )
        stand = known.where(Evaluation.status == EvaluationStatus.SUBMITTED)
        assert all(computed == now for computed, now in session.execute(stand))
    assert not officer.ask(verify).findings
    assert officer.do(propose_evaluations, YEAR).counts == {Outcome.UNCHANGED: 5, Outcome.NOT_RATED: 1}


@pytest.mark.usefixtures("in_parts")
def test_every_part_is_reported_and_what_that_raises_undoes_them_all(office: TestOffice) -> None:
    reports = []

    def report(done: int, total: int) -> None:
        reports.append((done, total))
        if done > 2:
            raise KeyboardInterrupt

    before = office.as_("officer").ask(verify).events
    with pytest.raises(KeyboardInterrupt):
        office.as_("officer").do(propose_evaluations, YEAR, report=report)
    assert reports == [(0, 5), (1, 5), (3, 5)]
    assert office.as_("officer").ask(verify).events == before
    assert standing(office) == []


def test_nobody_submits_the_own_grade(office: TestOffice) -> None:
    office.as_("officer").do(grant_role, "head", Role.PERSONNEL_OFFICER)
    done = office.as_("head").do(propose_evaluations, YEAR)
    assert done.counts == {Outcome.SUBMITTED: 4} and "0002" not in done.evaluations


def test_who_keeps_some_departments_submits_those_alone(office: TestOffice) -> None:
    office.as_("officer").do(grant_role, "leader", Role.PERSONNEL_OFFICER, WINDOW)
    with pytest.raises(NotAllowed):  # the leader reads all files
        office.as_("leader").do(propose_evaluations, YEAR)
    assert standing(office) == []
    done = office.as_("leader").do(propose_evaluations, YEAR, "", Whose(frozenset({WINDOW})))
    assert set(done.evaluations) == {"0002", "0003", "0005"}
