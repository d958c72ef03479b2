"""Where a year's evaluation stands."""

import pytest

from app.commands.accounts import link_account
from app.commands.conduct import verify_entry
from app.commands.departments import add_department
from app.commands.evaluations import (
    Outcome,
    approve_evaluation,
    propose_evaluations,
    return_evaluation,
)
from app.commands.people import change_person
from app.commands.schemes import publish_scheme
from app.errors import NotAllowed
from app.queries.cases import Whose
from app.queries.progress import DepartmentProgress, grades_in, periods, progress
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.types import Day, EvaluationStatus, ServiceState
from tests.app.commands.test_conduct import BASIS, recorded
from tests.offices import BASELINE, WINDOW, TestOffice, revoked

YEAR = year(2025)


def window(office: TestOffice) -> DepartmentProgress:
    """审批一科, where 0002, 0003 and 0005 serve."""
    rows = office.as_("officer").ask(progress, YEAR).departments
    return next(row for row in rows if row.id == WINDOW)


def counts(row: DepartmentProgress) -> tuple[int, ...]:
    return row[3:]


def test_before_anything_is_submitted_all_is_to_submit_but_who_is_not_graded(office: TestOffice) -> None:
    assert counts(window(office)) == (0, 0, 0, 3, 0, 0, 0)
    probation = ((ServiceState.PROBATION, Day(20250601), None),)
    office.as_("officer").do(change_person, NewPerson("0005", "阿依古丽·买买提", states=probation))
    assert counts(window(office)) == (0, 0, 0, 2, 1, 0, 0)


def test_each_grade_is_counted_where_it_stands(office: TestOffice) -> None:
    uids = office.as_("officer").do(propose_evaluations, YEAR).evaluations
    office.as_("head").do(approve_evaluation, uids["0003"])
    office.as_("head").do(return_evaluation, uids["0005"], "缺嘉奖文件")
    assert counts(window(office)) == (1, 1, 1, 0, 0, 0, 0)
    assert window(office).rated == 3
    (returned,) = office.as_("officer").ask(progress, YEAR).returned
    assert (returned.staff_no, returned.reason, returned.decided_by) == ("0005", "缺嘉奖文件", "解伟")


def test_a_department_within_others_stands_beneath_them(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(add_department, "一组", WINDOW)
    officer.do(add_department, "二班", 4)
    officer.do(change_person, NewPerson("0004", "王丽", "审批一科/一组/二班"))
    for staff_no, name in (("0002", "解伟"), ("0003", "王丽"), ("0005", "阿依古丽·买买提")):
        officer.do(change_person, NewPerson(staff_no, name, "办公室"))
    rows = officer.ask(progress, YEAR).departments
    assert [(row.name, row.depth) for row in rows] == [
        ("办公室", 0),
        ("审批一科", 0),
        ("一组", 1),
        ("二班", 2),
    ]
    assert [row.rated for row in rows] == [4, 0, 0, 1]


def test_what_changed_while_it_waits_is_counted(office: TestOffice) -> None:
    office.as_("officer").do(propose_evaluations, YEAR)
    office.as_("verifier").do(verify_entry, recorded(office))
    assert (window(office).changed, window(office).approved_changed) == (1, 0)
    (row,) = office.as_("officer").ask(progress, YEAR).changed
    assert (row.status, row.decided_by) == (EvaluationStatus.SUBMITTED, "")


def approved(office: TestOffice, **more: object) -> str:
    """The entry that the approved grade of 0003 rests on."""
    uid = recorded(office, **more)
    office.as_("verifier").do(verify_entry, uid)
    office.as_("head").do(
        approve_evaluation, office.as_("officer").do(propose_evaluations, YEAR).evaluations["0003"]
    )
    return uid


def test_what_changed_after_its_approval_is_counted_and_named(office: TestOffice) -> None:
    uid = approved(office)
    assert (window(office).changed, window(office).approved_changed) == (0, 0)
    revoked(office, uid, BASIS)
    assert (window(office).approved, window(office).changed, window(office).approved_changed) == (1, 1, 1)
    (row,) = office.as_("officer").ask(progress, YEAR).changed
    assert (row.staff_no, row.changed, row.decided_by) == ("0003", True, "解伟")
    rows = office.as_("officer").ask(grades_in, YEAR, frozenset({WINDOW}))
    assert [(row.staff_no, row.changed) for row in rows] == [("0002", False), ("0003", True), ("0005", False)]
    office.as_("officer").do(propose_evaluations, YEAR)
    assert (window(office).waiting, window(office).changed) == (3, 0)


def test_what_has_no_bearing_on_the_period_leaves_an_approved_grade_as_it_is(office: TestOffice) -> None:
    approved(office)
    recorded(
        office, document_no="泽政服人〔2025〕9号"
    )  # raises the version of the file, but nobody verified it
    assert window(office).changed == 0


def test_a_standard_published_since_computes_all_again_and_is_counted(office: TestOffice) -> None:
    approved(office)
    second = BASELINE.replace("edition = 1", "edition = 2")
    office.as_("officer").do(publish_scheme, second, "泽政服发〔2025〕40号", Day(20250601))
    assert (window(office).changed, window(office).approved_changed) == (3, 1)
    done = office.as_("officer").do(propose_evaluations, YEAR)
    assert done.counts == {Outcome.COMPUTED_AGAIN: 4, Outcome.REPLACED: 1}
    assert done.sentence().endswith("1 of them was approved before and has to be decided again.")


def test_who_is_not_rated_any_more_loses_an_approved_grade_only_after_it_was_counted(
    office: TestOffice,
) -> None:
    approved(office)
    probation = ((ServiceState.PROBATION, Day(20250601), None),)
    office.as_("officer").do(change_person, NewPerson("0003", "王丽", states=probation))
    assert window(office).approved_changed == 1
    office.as_("officer").do(propose_evaluations, YEAR)
    assert (window(office).approved_changed, window(office).not_rated) == (0, 1)


def test_one_s_own_changed_grade_is_left_to_a_colleague(office: TestOffice) -> None:
    uid = approved(office)
    revoked(office, uid, BASIS)
    office.as_("officer").do(link_account, "officer", "0003")
    assert window(office).approved_changed == 0
    assert office.as_("officer").ask(progress, YEAR).changed == ()


def test_a_period_before_any_standard_has_none(office: TestOffice) -> None:
    found = office.as_("officer").ask(progress, year(2020))
    assert found.published is None
    assert next(row for row in found.departments if row.id == WINDOW).not_submitted == 3


def test_the_year_of_the_clock_is_offered_before_anything_is_evaluated(office: TestOffice) -> None:
    assert office.as_("officer").ask(periods) == [YEAR]
    office.as_("officer").do(propose_evaluations, year(2024))
    assert office.as_("officer").ask(periods) == [YEAR, year(2024)]


def test_who_does_not_submit_has_no_overview(office: TestOffice) -> None:
    with pytest.raises(NotAllowed):
        office.as_("head").ask(progress, YEAR)


def test_what_a_progress_raises_undoes_the_submission(office: TestOffice) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.as_("officer").do(propose_evaluations, YEAR, report=stop)
    assert window(office).not_submitted == 3


def test_a_department_alone_can_be_submitted(office: TestOffice) -> None:
    whose = Whose(frozenset({WINDOW}))
    done = office.as_("officer").do(propose_evaluations, YEAR, "", whose)
    assert set(done.evaluations) == {"0002", "0003", "0005"}
