"""Objections: filed, marked, decided by somebody outside the line, and never to the person's harm."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.commands.accounts import add_account, grant_role
from app.commands.conduct import Basis, record_entry, verify_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.objections import Ruling, decide_objection, file_objection, withdraw_objection
from app.commands.undoing import undo
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.explanation import fixed_words
from app.queries.as_of import file_as_of
from app.queries.beginning import Missing, missing
from app.queries.cases import Whose
from app.queries.evaluations import EvaluationView, inbox
from app.queries.files import FileView, file_view
from app.queries.home import WaitingFor, home
from app.queries.objections import ObjectionRow, challenges, own_objections, running_objections
from app.queries.people import PeopleFilter, people_ids, people_rows
from app.queries.progress import grades_in
from app.queries.summaries import summary
from app.queries.verification import verify
from app.rules.grading.case import Adjusted, Fixed, year
from models.types import (
    Day,
    EntryStatus,
    EvaluationStatus,
    Filing,
    Moment,
    ObjectionStatus,
    Remedy,
    Role,
    Target,
    Uid,
)
from tests.app.commands.test_undoing import last
from tests.offices import PASSWORD, WINDOW, TestOffice, entry, object_to, revoked

YEAR = year(2025)
UPHELD = Ruling(True, Day(20251218), "泽政服异〔2025〕1号", "经核实，记录与事实不符。")
REJECTED = replace(UPHELD, upheld=False, reasons="经核实，记录属实。")


def view(office: TestOffice, login: str = "officer", staff_no: str = "0003") -> FileView:
    return office.as_(login).ask(file_view, staff_no, YEAR)


def verified(office: TestOffice, **more: object) -> Uid:
    uid = office.as_("officer").do(record_entry, entry(**more)).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def graded(office: TestOffice, staff_no: str = "0003", login: str = "head") -> EvaluationView:
    """The grade of the year, submitted and approved."""
    office.as_("officer").do(propose_evaluations, YEAR, whose=Whose(staff_no=staff_no))
    evaluation = view(office, staff_no=staff_no).evaluations[0]
    office.as_(login).do(approve_evaluation, evaluation.uid)
    return evaluation


def the(office: TestOffice, login: str = "officer") -> ObjectionRow:
    (found,) = view(office, login).objections
    return found


def decide(office: TestOffice, uid: Uid, ruling: Ruling = UPHELD, login: str = "reviewer") -> None:
    office.as_(login).do(decide_objection, uid, ruling)


def proved(office: TestOffice) -> bool:
    return not office.as_("officer").ask(verify).findings


# Filing


def test_an_objection_marks_the_entry_at_once_and_runs_in_working_days(office: TestOffice) -> None:
    uid = verified(office)
    object_to(office, uid, 20251212)
    found = view(office)
    assert found.entries[0].status is EntryStatus.DISPUTED
    (row,) = found.objections
    assert (row.status, row.filing, row.late) == (ObjectionStatus.OPEN, Filing.PAPER, False)
    assert (row.filed_on, row.due_on, row.left, row.provisional) == (20251212, 20251223, 3, ())
    assert (row.target, row.target_zh) == (uid, "嘉奖 2025-03-10")
    assert office.as_("officer").ask(people_ids, PeopleFilter(marked=True)).tolist() != []
    assert [one.kind for one in found.history[:2]] == ["entry_disputed", "objection_filed"]
    assert proved(office)


def test_an_objection_that_somebody_changed_is_found(embedded: TestOffice) -> None:
    object_to(embedded, verified(embedded))
    with embedded.database.write() as session:
        session.execute(text("UPDATE objections SET due_on = 20991231"))
    assert not proved(embedded)


def test_the_person_objects_by_the_own_account(office: TestOffice) -> None:
    uid = office.as_("officer").do(record_entry, entry("0002")).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    head = office.as_("head")
    own = head.ask(own_objections)
    assert [(one.kind, one.target, one.last_day) for one in own.open_to] == [(Target.ENTRY, uid, None)]
    (objection,) = head.do(file_objection, Target.ENTRY, uid, "本人没有参加", Day(20250101)).uids[:1]
    own = head.ask(own_objections)
    assert own.open_to == () and [one.uid for one in own.filed] == [objection]
    assert (own.filed[0].filing, own.filed[0].filed_on) == (Filing.SELF, 20251218)  # today, whatever is said
    head.do(withdraw_objection, objection)
    assert view(office, staff_no="0002").objections[0].status is ObjectionStatus.WITHDRAWN


def test_nobody_but_the_person_and_the_keeper_files(embedded: TestOffice) -> None:
    uid = verified(embedded)
    for login in ("head", "verifier", "reviewer"):
        with pytest.raises(NotAllowed):
            embedded.as_(login).do(file_objection, Target.ENTRY, uid, "不实")


@pytest.mark.parametrize(
    ("claim", "filed_on", "term", "field", "sentence"),
    [
        (" ", 20251201, 7, "claim", "what the person objects to"),
        ("不实", 20251219, 7, "filed_on", "still to come"),
        ("不实", 20250309, 7, "filed_on", r"before what it is against \(2025-03-10\)"),
        ("不实", 20251200, 7, "filed_on", "day"),
        ("不实", 20251232, 7, "filed_on", "day"),
        ("不实", 20251201, 21, "term", "1 to 20 working days"),
        ("不实", 20251201, 0, "term", "1 to 20 working days"),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    embedded: TestOffice, claim: str, filed_on: int, term: int, field: str, sentence: str
) -> None:
    uid = verified(embedded)
    with pytest.raises(Invalid, match=sentence) as refused:
        embedded.as_("officer").do(file_objection, Target.ENTRY, uid, claim, Day(filed_on), term)
    assert refused.value.field == field
    assert view(embedded).entries[0].status is EntryStatus.EFFECTIVE


def test_one_objection_at_a_time_runs_against_what_stands(embedded: TestOffice) -> None:
    uid = verified(embedded)
    waiting = embedded.as_("officer").do(record_entry, entry(item="duty.absent")).uids[0]
    object_to(embedded, uid)
    for target, why in ((uid, "runs already"), (waiting, "Only an entry in force")):
        with pytest.raises(Conflict, match=why):
            object_to(embedded, target)
    embedded.as_("officer").do(propose_evaluations, YEAR)
    submitted = view(embedded).evaluations[0].uid
    with pytest.raises(Conflict, match="Only a grade that was decided"):
        object_to(embedded, submitted, 20251218, Target.EVALUATION)
    with pytest.raises(NotFound):
        object_to(embedded, Uid("0" * 32))


# Deciding


def test_a_rejected_objection_leaves_the_entry_as_it_was(office: TestOffice) -> None:
    uid = verified(office)
    before = view(office).entries
    objection = object_to(office, uid)
    decide(office, objection, REJECTED)
    assert view(office).entries == before
    row = the(office)
    assert (row.status, row.closed_on, row.document_no) == (
        ObjectionStatus.REJECTED,
        20251218,
        "泽政服异〔2025〕1号",
    )
    assert (row.reasons, row.decided_by, row.left) == ("经核实，记录属实。", "赵六", None)
    assert proved(office)
    object_to(office, uid, 20251218)  # and again, where something new is brought forward


def test_an_upheld_objection_revokes_the_entry_by_the_decision(office: TestOffice) -> None:
    uid = verified(office)
    decide(office, object_to(office, uid))
    (found,) = view(office).entries
    assert (found.status, found.status_document) == (EntryStatus.REVOKED, "泽政服异〔2025〕1号")
    assert the(office).remedy is Remedy.REVOKE
    assert proved(office)


def test_what_is_to_be_corrected_is_recorded_anew_in_its_place(office: TestOffice) -> None:
    uid = verified(office)
    officer = office.as_("officer")
    decide(office, object_to(office, uid), replace(UPHELD, remedy=Remedy.CORRECT))
    assert view(office).entries[0].status is EntryStatus.REVOKED
    anew = officer.do(record_entry, entry(facts="更正后"), instead_of=uid).uids[0]
    by_uid = {one.uid: one for one in view(office).entries}
    assert by_uid[anew].instead_of == uid and by_uid[uid].again == anew
    with pytest.raises(Conflict):
        officer.do(record_entry, entry(facts="又一次"), instead_of=uid)
    assert proved(office)


def test_what_was_revoked_for_good_is_not_recorded_anew(embedded: TestOffice) -> None:
    uid = verified(embedded)
    decide(embedded, object_to(embedded, uid))
    with pytest.raises(Conflict):
        embedded.as_("officer").do(record_entry, entry(), instead_of=uid)


def test_an_upheld_objection_to_a_grade_takes_it_away_until_it_is_computed_again(office: TestOffice) -> None:
    evaluation = graded(office)
    objection = object_to(office, evaluation.uid, 20251218, Target.EVALUATION)
    assert view(office).evaluations[0].disputed
    assert [one.objected for one in office.as_("head").ask(inbox, None)] == [True]
    decide(office, objection)
    assert [one.status for one in view(office).evaluations] == [EvaluationStatus.SUPERSEDED]
    office.as_("officer").do(propose_evaluations, YEAR, whose=Whose(staff_no="0003"))
    anew = view(office).evaluations
    assert [one.status for one in anew] == [EvaluationStatus.SUBMITTED, EvaluationStatus.SUPERSEDED]
    assert anew[0].grade == anew[1].grade and not any(one.disputed for one in anew)
    assert proved(office)


def test_a_disputed_grade_is_marked_in_lists_and_on_paper(embedded: TestOffice) -> None:
    evaluation = graded(embedded)
    officer = embedded.as_("officer")
    object_to(embedded, evaluation.uid, 20251218, Target.EVALUATION)
    (row,) = (one for one in officer.ask(grades_in, YEAR, frozenset({WINDOW})) if one.staff_no == "0003")
    assert row.disputed and not row.changed
    assert officer.ask(summary, "0003", YEAR, "en").marks == ("disputed",)
    ids = officer.ask(people_ids, PeopleFilter(marked=True))
    assert [one.disputed for one in officer.ask(people_rows, ids).values()] == [1]


def test_an_approval_that_is_objected_to_is_not_taken_back(embedded: TestOffice) -> None:
    evaluation = graded(embedded)
    approval = last(embedded)
    object_to(embedded, evaluation.uid, 20251218, Target.EVALUATION)
    with pytest.raises(Conflict, match="went on from here"):
        embedded.as_("head").do(undo, approval)


def test_an_office_without_a_decider_is_told_once_an_objection_runs(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    with embedded.database.write() as session:
        session.execute(text("DELETE FROM account_roles WHERE role = 'objection_officer'"))
    assert officer.ask(missing) == ()
    object_to(embedded, verified(embedded))
    assert officer.ask(missing) == (Missing.OBJECTION_OFFICER,)


def test_upheld_objections_leave_a_to_do(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    uid, evaluation = verified(embedded), graded(embedded)
    decide(embedded, object_to(embedded, uid, 20251218), replace(UPHELD, remedy=Remedy.CORRECT))
    decide(embedded, object_to(embedded, evaluation.uid, 20251218, Target.EVALUATION))
    kinds = {one.kind: one for one in officer.ask(home).waiting}
    assert kinds[WaitingFor.AMEND].uid == uid and kinds[WaitingFor.REGRADE].uid == evaluation.uid
    officer.do(record_entry, entry(facts="更正后"), instead_of=uid)
    officer.do(propose_evaluations, YEAR, whose=Whose(staff_no="0003"))
    assert {WaitingFor.AMEND, WaitingFor.REGRADE}.isdisjoint(one.kind for one in officer.ask(home).waiting)


def test_home_tells_deciders_and_keepers_alone(embedded: TestOffice) -> None:
    objection = object_to(embedded, verified(embedded))

    def told(login: str) -> list[Uid]:
        found = embedded.as_(login).ask(home)
        return [one.uid for one in found.waiting if one.kind is WaitingFor.OBJECTION and one.overdue]

    assert told("reviewer") == told("officer") == [objection]
    assert told("verifier") == told("head") == []
    deciding(embedded, "verifier")
    assert told("verifier") == []  # who verified it has nothing to decide here


def test_a_rejected_objection_to_a_grade_leaves_it(embedded: TestOffice) -> None:
    evaluation = graded(embedded)
    decide(embedded, object_to(embedded, evaluation.uid, 20251218, Target.EVALUATION), REJECTED)
    (found,) = view(embedded).evaluations
    assert (found.status, found.disputed, found.stale) == (EvaluationStatus.APPROVED, False, False)


def test_a_late_one_is_registered_as_late_and_put_to_the_decider(office: TestOffice) -> None:
    evaluation = graded(office)
    office.clock.day = Day(20260119)
    (challenge,) = office.as_("officer").ask(challenges, view(office).head.file_id)
    assert challenge.last_day == 20260119  # thirty days end on Saturday the 17th
    office.clock.day = Day(20260120)
    objection = object_to(office, evaluation.uid, 20260120, Target.EVALUATION)
    assert the(office).late
    decide(office, objection, replace(REJECTED, on=Day(20260121 - 1)))
    # what came in time on paper and is entered later is not late
    object_to(office, evaluation.uid, 20260119, Target.EVALUATION)
    assert not view(office).objections[1].late


def test_an_entry_may_be_objected_to_years_later(embedded: TestOffice) -> None:
    uid = verified(embedded)
    embedded.clock.day = Day(20270330)
    object_to(embedded, uid, 20270330)
    row = the(embedded)
    assert not row.late and row.provisional == (2027,)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"reasons": " "}, "reasons", "Give the reasons"),
        ({"document_no": ""}, "document_no", "number of the decision"),
        ({"document_no": "号" * 201}, "document_no", "longer than 200"),
        ({"on": Day(20251130)}, "on", r"came only on 2025-12-01"),
        ({"on": Day(20251219)}, "on", "still to come"),
    ],
)
def test_a_decision_is_refused_beside_its_field(
    embedded: TestOffice, change: dict[str, object], field: str, sentence: str
) -> None:
    objection = object_to(embedded, verified(embedded))
    with pytest.raises(Invalid, match=sentence) as refused:
        decide(embedded, objection, replace(UPHELD, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert the(embedded).status is ObjectionStatus.OPEN


# Who decides


def deciding(office: TestOffice, login: str, department: int | None = None) -> None:
    """The role of who decides on objections, given to somebody who has another one."""
    office.as_("officer").do(grant_role, login, Role.OBJECTION_OFFICER, department)


@pytest.mark.parametrize("login", ["officer", "verifier"])
def test_who_recorded_or_verified_it_does_not_decide(office: TestOffice, login: str) -> None:
    objection = object_to(office, verified(office))
    deciding(office, login)
    assert "Someone else has to decide" in the(office, login).why_not
    with pytest.raises(NotAllowed, match="Someone else has to decide"):
        decide(office, objection, login=login)


@pytest.mark.parametrize("login", ["officer", "verifier", "head"])
def test_who_had_a_hand_in_the_grade_does_not_decide(embedded: TestOffice, login: str) -> None:
    verified(embedded)
    objection = object_to(embedded, graded(embedded).uid, 20251218, Target.EVALUATION)
    deciding(embedded, login)
    with pytest.raises(NotAllowed, match="has to decide"):
        decide(embedded, objection, login=login)


@pytest.mark.parametrize("login", ["head", "leader"])
def test_the_line_complained_of_does_not_decide(office: TestOffice, login: str) -> None:
    objection = object_to(office, verified(office))
    deciding(office, login)
    with pytest.raises(NotAllowed, match="outside its line"):
        decide(office, objection, login=login)


def test_the_head_of_another_department_may(embedded: TestOffice) -> None:
    objection = object_to(embedded, verified(embedded))
    deciding(embedded, "other_head")
    decide(embedded, objection, login="other_head")
    assert the(embedded).decided_by == "欧阳敏"


def test_nobody_decides_on_the_own_objection_or_without_the_role(embedded: TestOffice) -> None:
    objection = object_to(embedded, verified(embedded))
    officer = embedded.as_("officer")
    officer.do(add_account, "wang", "王丽", PASSWORD, "0003")
    deciding(embedded, "wang")
    with pytest.raises(NotAllowed, match="own file"):
        decide(embedded, objection, login="wang")
    with pytest.raises(NotAllowed, match="does not decide on objections"):
        decide(embedded, objection, login="officer")
    officer.do(add_account, "elsewhere", "钱七", PASSWORD)
    deciding(embedded, "elsewhere", 2)
    with pytest.raises(NotAllowed):
        decide(embedded, objection, login="elsewhere")


def test_running_ones_are_told_the_first_due_first_without_the_own(embedded: TestOffice) -> None:
    early = object_to(embedded, verified(embedded, item="duty.absent"), 20251201)
    late = object_to(embedded, verified(embedded), 20251215)
    own = embedded.as_("officer").do(record_entry, entry("0002")).uids[0]
    embedded.as_("verifier").do(verify_entry, own)
    object_to(embedded, own)
    rows = embedded.as_("reviewer").ask(running_objections)
    assert [one.uid for one in rows if one.staff_no == "0003"] == [early, late]
    assert {one.why_not for one in rows} == {""}
    assert [one.left for one in rows if one.staff_no == "0003"] == [-6, 4]
    assert {one.staff_no for one in embedded.as_("head").ask(running_objections)} == {"0003"}


# What else happens meanwhile


def test_it_is_decided_once(office: TestOffice) -> None:
    objection = object_to(office, verified(office))
    decide(office, objection)
    for act in (
        lambda: decide(office, objection, REJECTED),
        lambda: office.as_("officer").do(withdraw_objection, objection, Day(20251218), "撤回书"),
    ):
        with pytest.raises(Conflict, match="decided or taken back meanwhile"):
            act()


def test_it_is_taken_back_on_paper_with_the_day(office: TestOffice) -> None:
    uid = verified(office)
    objection = object_to(office, uid)
    officer = office.as_("officer")
    with pytest.raises(Invalid) as refused:
        officer.do(withdraw_objection, objection, Day(20251202), " ")
    assert refused.value.field == "reason"
    officer.do(withdraw_objection, objection, Day(20251202), "本人12月2日书面撤回")
    row = the(office)
    assert (row.status, row.closed_on, row.reasons) == (
        ObjectionStatus.WITHDRAWN,
        20251202,
        "本人12月2日书面撤回",
    )
    assert view(office).entries[0].status is EntryStatus.EFFECTIVE
    assert proved(office)


def test_what_another_decision_overturned_meanwhile_stays_overturned(office: TestOffice) -> None:
    uid = verified(office)
    objection = object_to(office, uid)
    revoked(office, uid, Basis("泽政服〔2025〕88号", Day(20251210), "另案撤销"))
    revocation = last(office)
    decide(office, objection, REJECTED)
    (found,) = view(office).entries
    assert (found.status, found.status_document) == (EntryStatus.REVOKED, "泽政服〔2025〕88号")
    with pytest.raises(Conflict, match="went on from here"):
        office.as_("verifier").do(undo, revocation)  # or the entry would be disputed with no objection left
    assert proved(office)


# Never to the person's harm


def test_a_recomputation_that_only_the_own_objection_caused_never_ends_lower(office: TestOffice) -> None:
    """王丽 objects to an honour that was never hers; she keeps the grade that she had."""
    honour = verified(office, item="honour.commended", level="province", document_no="省政〔2025〕1号")
    before = graded(office)
    decide(office, object_to(office, honour, 20251218))
    officer = office.as_("officer")
    assert view(office).evaluations[0].stale  # what the grade rests on has changed, and it says so
    officer.do(propose_evaluations, YEAR, whose=Whose(staff_no="0003"))
    anew = view(office).evaluations[0]
    assert (anew.grade.band, anew.grade.score) == (before.grade.band, before.grade.score)
    line = next(one for one in anew.grade.lines if one.entry == honour)
    assert line.reason and line.points == 0
    assert anew.grade.adjustments[-1].kind is Adjusted.KEPT and anew.grade.fixed is Fixed.KEPT
    office.as_("head").do(approve_evaluation, anew.uid)
    found = view(office)
    assert not found.evaluations[0].stale and proved(office)
    assert officer.ask(file_as_of, "0003", YEAR, Day(20251218)).grade == found.grade
    assert found.grade and found.grade.fixed is Fixed.KEPT
    told = fixed_words(found.grade, found.evaluations[0].published.scheme, "en", str)
    assert "own objection alone never lowers a grade" in told


def test_other_changes_do_count(office: TestOffice) -> None:
    honour = verified(office, item="honour.commended", level="province", document_no="省政〔2025〕1号")
    before = graded(office)
    decide(office, object_to(office, honour, 20251218))
    wrong = verified(office, item="duty.absent", document_no="泽效督〔2025〕9号")
    office.as_("officer").do(propose_evaluations, YEAR, whose=Whose(staff_no="0003"))
    anew = view(office).evaluations[0]
    points = next(one.points for one in anew.grade.lines if one.entry == wrong)
    assert points < 0 and anew.grade.score == (before.grade.score or 0) + points


def test_an_entry_that_was_wrong_before_any_grade_simply_does_not_count(embedded: TestOffice) -> None:
    honour = verified(embedded, item="honour.commended", level="province", document_no="省政〔2025〕1号")
    decide(embedded, object_to(embedded, honour))
    embedded.clock.hour = 10
    found = graded(embedded)
    assert Adjusted.KEPT not in [one.kind for one in found.grade.adjustments]


def test_what_another_decision_revoked_counts_though_the_person_objects(embedded: TestOffice) -> None:
    honour = verified(embedded, item="honour.commended", level="province", document_no="省政〔2025〕1号")
    before = graded(embedded)
    object_to(embedded, honour, 20251218)
    basis = Basis("省政〔2025〕9号", Day(20251218), "表彰撤销")
    revoked(embedded, honour, basis)
    embedded.as_("officer").do(propose_evaluations, YEAR, whose=Whose(staff_no="0003"))
    assert (view(embedded).evaluations[0].grade.score or 0) < (before.grade.score or 0)


def test_the_moment_of_receipt_is_kept(embedded: TestOffice) -> None:
    object_to(embedded, verified(embedded))
    assert the(embedded).received_at > Moment(0) and the(embedded).received_by == "张三"
    assert the(embedded).department == "审批一科" and WINDOW
