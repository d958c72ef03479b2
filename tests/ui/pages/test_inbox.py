"""Grading: the head decides with the keyboard, the officer submits and sees what came back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.commands.accounts import grant_role
from app.commands.conduct import Basis, verify_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations, return_evaluation
from app.commands.schemes import publish_scheme
from app.queries.evaluations import inbox
from app.queries.files import file_view
from app.rules.grading.case import year
from models.types import Day, EvaluationStatus, Role
from tests.app.commands.test_conduct import recorded
from tests.offices import BASELINE, TestOffice, object_to, revoked
from tests.ui.conftest import unnamed
from tests.ui.pages.windows import box_of, open_page, press, said
from ui.page import Place
from ui.pages.grading.decisions import Decisions
from ui.pages.grading.overview import TOGETHER, Overview
from ui.pages.grading.page import InboxPage

YEAR = year(2025)
WARNED = {"item": "handling.criticism", "document_no": "泽纪〔2025〕3号", "facts": "窗口脱岗,批评教育。"}


@pytest.fixture
def office(embedded: TestOffice) -> TestOffice:
    """0003 has a commendation, 0005 a criticism; the year is submitted."""
    for staff_no, more in (("0003", {}), ("0005", WARNED)):
        embedded.as_("verifier").do(verify_entry, recorded(embedded, staff_no=staff_no, **more))
    embedded.as_("officer").do(propose_evaluations, YEAR)
    return embedded


def desk(qtbot, office, login="head", *args):
    window, page = open_page(qtbot, "inbox", lambda: InboxPage(office.as_(login)), *args)
    return window, page.decisions


def press_key(qtbot, idle, key):
    qtbot.keyClick(QApplication.focusWidget(), key)
    idle()


def names(decisions: Decisions) -> list[str]:
    return [decisions._listed[uid].row.staff_no for uid in decisions.desk.list.shown_keys()]


def stands(office, staff_no):
    return [one.status for one in office.as_("officer").ask(file_view, staff_no, YEAR).evaluations]


def test_the_row_names_what_weighs_most_and_the_text_gives_every_line(qtbot, office):
    _, decisions = desk(qtbot, office)
    assert names(decisions) == ["0005", "0003"]  # the lower score first
    shown = decisions.desk.list.rows.data(
        decisions.desk.list.currentIndex(), Qt.ItemDataRole.AccessibleTextRole
    )
    assert "阿依古丽·买买提" in shown and "Good 97" in shown and "−3 , Criticism" in shown
    text = decisions.desk.pane.toPlainText()
    assert "窗口脱岗,批评教育。" in text and "泽纪〔2025〕3号" in text
    assert "Example values, until this organ adopts its own" in text


def test_what_did_not_count_says_why(qtbot, office):
    uid = recorded(office, staff_no="0005")
    office.as_("verifier").do(verify_entry, uid)
    revoked(office, uid, Basis("泽政服人〔2025〕60号", Day(20251201), "决定被撤销"))
    office.as_("officer").do(propose_evaluations, YEAR)
    _, decisions = desk(qtbot, office)
    text = decisions.desk.pane.toPlainText()
    assert "Not counted" in text and "revoked" in text and "泽政服人〔2025〕60号" in text


def test_a_approves_and_goes_on_to_the_next(qtbot, idle, office):
    window, decisions = desk(qtbot, office)
    assert decisions.desk.list.hasFocus()
    press_key(qtbot, idle, Qt.Key.Key_A)
    assert stands(office, "0005") == [EvaluationStatus.APPROVED]
    assert names(decisions) == ["0003"]
    assert decisions.desk.list.current()
    assert "Approved: 阿依古丽·买买提, Good" in said(window)
    press_key(qtbot, idle, Qt.Key.Key_A)
    assert office.as_("head").ask(inbox) == []
    assert decisions.desk.list.current() == ""


def test_the_decided_ones_fold_away_and_open(qtbot, idle, office):
    _, decisions = desk(qtbot, office)
    press_key(qtbot, idle, Qt.Key.Key_A)
    press_key(qtbot, idle, Qt.Key.Key_Down)  # to the heading
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert names(decisions) == ["0003", "0005"]
    press_key(qtbot, idle, Qt.Key.Key_Down)
    assert "Decided already" in decisions.desk.bar.accept.toolTip()
    assert not decisions.desk.bar.accept.isEnabled()


def test_r_asks_for_the_reason_in_place_and_keeps_what_was_typed(qtbot, idle, office):
    window, decisions = desk(qtbot, office)
    list_ = decisions.desk.list
    press_key(qtbot, idle, Qt.Key.Key_R)
    field = QApplication.focusWidget()
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert "Give the reason" in field.accessibleDescription()
    qtbot.keyClicks(field, "Rated by whom? A paper is missing")  # letters that are shortcuts elsewhere
    press_key(qtbot, idle, Qt.Key.Key_Escape)
    assert list_.hasFocus()
    assert len(office.as_("head").ask(inbox)) == 2
    press_key(qtbot, idle, Qt.Key.Key_R)
    assert QApplication.focusWidget().toPlainText() == "Rated by whom? A paper is missing"
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert stands(office, "0005") == [EvaluationStatus.RETURNED]
    assert "Returned: 阿依古丽·买买提" in said(window)
    assert names(decisions) == ["0003"] and list_.hasFocus()


def test_what_was_computed_again_meanwhile_is_refused_in_words_and_shown_anew(qtbot, idle, office):
    window, decisions = desk(qtbot, office)
    office.as_("verifier").do(
        verify_entry, recorded(office, staff_no="0005", document_no="泽政服人〔2025〕9号")
    )
    office.as_("officer").do(propose_evaluations, YEAR)
    press_key(qtbot, idle, Qt.Key.Key_A)
    assert "computed again while you looked at it" in said(window)
    assert stands(office, "0005") == [EvaluationStatus.SUBMITTED]
    assert names(decisions) == ["0003", "0005"] or names(decisions) == ["0005", "0003"]
    row = next(one.row for one in decisions._listed.values() if one.row.staff_no == "0005")
    assert row.score == 102_000


def test_a_grade_whose_entries_changed_can_only_be_returned(qtbot, idle, office):
    office.as_("verifier").do(verify_entry, recorded(office, staff_no="0005"))
    _, decisions = desk(qtbot, office)
    assert not decisions.desk.bar.accept.isEnabled()
    assert "Entries have changed since" in decisions.desk.bar.accept.toolTip()
    assert decisions.desk.bar.send_back.isEnabled()
    assert "Entered since this grade was computed" in decisions.desk.pane.toPlainText()
    press_key(qtbot, idle, Qt.Key.Key_A)
    assert stands(office, "0005") == [EvaluationStatus.SUBMITTED]


def test_all_plain_ones_are_approved_after_a_question_and_the_others_stay(qtbot, office):
    window, decisions = desk(qtbot, office)
    decisions.all_plain.click()
    box = box_of(window)
    assert box.text() == "Approve 1 grade as proposed?"
    assert "Good 1" in box.informativeText() and "1 other stays" in box.informativeText()
    press(box, "Approve 1 grade")
    assert stands(office, "0003") == [EvaluationStatus.APPROVED]
    assert stands(office, "0005") == [EvaluationStatus.SUBMITTED]
    assert names(decisions) == ["0005"]
    assert not decisions.all_plain.isEnabled()
    assert said(window) == "1 grade approved."


def test_a_disputed_one_is_marked_and_never_plain(qtbot, office):
    uid = office.as_("officer").ask(file_view, "0003", YEAR).entries[0].uid
    object_to(office, uid)
    office.as_("officer").do(propose_evaluations, YEAR)
    _, decisions = desk(qtbot, office)
    assert decisions._plain() == []
    marked = [one.item.marks[0].text for one in decisions._listed.values() if one.item.marks]
    assert marked == ["Disputed"]


def test_the_meter_says_how_many_of_each_grade_are_proposed(qtbot, office):
    _, decisions = desk(qtbot, office)
    words = "Grades proposed: Excellent 0, Good 2, Fair 0, Poor 0; 2 people"
    assert decisions.meter.accessibleName() == words


def test_enter_opens_the_file(qtbot, idle, office):
    window, _ = desk(qtbot, office)
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert window.here() == Place("file", ("0005",))


def test_a_place_stands_on_its_evaluation(qtbot, office):
    uid = next(row.uid for row in office.as_("head").ask(inbox) if row.staff_no == "0003")
    _, decisions = desk(qtbot, office, "head", uid)
    assert decisions.desk.list.current() == uid


def test_a_place_of_a_decided_one_opens_the_fold_over_it(qtbot, idle, office):
    window, decisions = desk(qtbot, office)
    uid = decisions.desk.list.current()
    press_key(qtbot, idle, Qt.Key.Key_A)
    window.go(Place("inbox", (uid,)))
    assert decisions.desk.list.current() == uid


def test_the_badge_says_how_many_wait(qtbot, idle, office):
    _, decisions = desk(qtbot, office)
    with qtbot.waitSignal(decisions.waiting) as heard:
        press_key(qtbot, idle, Qt.Key.Key_A)
    assert heard.args == [1]


def test_the_leader_in_charge_decides_about_heads(qtbot, office):
    _, decisions = desk(qtbot, office, "leader")
    assert sorted(names(decisions)) == ["0001", "0002"]


def test_nothing_waiting_says_what_belongs_here(qtbot, embedded):
    _, decisions = desk(qtbot, embedded)
    assert decisions.desk.list.shown_keys() == []
    assert not decisions.desk.bar.accept.isEnabled()


def test_every_control_is_named(qtbot, office):
    office.as_("officer").do(grant_role, "head", Role.PERSONNEL_OFFICER)
    window, page = open_page(qtbot, "inbox", lambda: InboxPage(office.as_("head")))
    assert page.decisions and page.overview
    assert unnamed(page) == []
    assert window.windowTitle().startswith("Grading")


# The overview of who submits


def overview(qtbot, office) -> tuple:
    window, page = open_page(qtbot, "inbox", lambda: InboxPage(office.as_("officer")))
    return window, page.overview


def row_of(shown: Overview, number: int):
    return shown.table.rows.row_at(list(shown.table.rows.ids).index(number))


def test_the_officer_sees_the_departments_and_submits(qtbot, embedded):
    window, shown = overview(qtbot, embedded)
    assert (row_of(shown, TOGETHER).rated, row_of(shown, TOGETHER).not_submitted) == (5, 5)
    assert shown.submit.text() == "Compute and submit 2025…"
    shown.submit.click()
    press(box_of(window), "Submit for all departments")
    assert said(window) == "Submitted 5, computed again 0, unchanged 0, not rated 0."
    assert (row_of(shown, TOGETHER).waiting, row_of(shown, TOGETHER).not_submitted) == (5, 0)


def test_the_year_stands_on_all_departments_together(qtbot, embedded):
    window, shown = overview(qtbot, embedded)
    assert shown.table.current_id() == TOGETHER
    shown.submit.click()
    assert not any("Only" in button.text() for button in box_of(window).buttons())


def test_quotas_stand_above_the_grades_they_are_about(qtbot, idle, embedded):
    _, shown = overview(qtbot, embedded)
    assert not shown.standing.quotas.isVisible()
    text = BASELINE.replace("edition = 1", "edition = 2") + '[[quotas]]\nband = "B"\npercent = 40\n'
    embedded.as_("officer").do(publish_scheme, text, "泽政服发〔2025〕40号", Day(20250101))
    embedded.as_("officer").do(propose_evaluations, YEAR)
    shown.reload()
    idle()
    assert "5 people; of 5 at most 2 may have it; for 2 places" in shown.standing.quotas.text()
    assert shown.standing.quotas.isVisible()


def test_one_department_can_be_submitted_alone(qtbot, embedded):
    window, shown = overview(qtbot, embedded)
    number = shown.table.rows.ids[1]
    shown.table.choose([number], number)
    shown.submit.click()
    press(box_of(window), f"Only {row_of(shown, number).name}")
    assert row_of(shown, number).waiting == row_of(shown, number).rated
    assert row_of(shown, TOGETHER).not_submitted > 0


def test_what_came_back_is_listed_with_its_reason_and_submitted_again(qtbot, idle, office):
    row = next(row for row in office.as_("head").ask(inbox) if row.staff_no == "0005")
    office.as_("head").do(return_evaluation, row.uid, "缺嘉奖文件")
    window, shown = overview(qtbot, office)
    assert shown.standing.list.current() == row.uid
    assert "缺嘉奖文件" in shown.standing.reason.toPlainText()
    shown.submit.click()
    press(box_of(window), "Submit for all")
    assert "computed again 1" in said(window)
    assert shown.standing.list.shown_keys() == []


@pytest.fixture
def changed(office: TestOffice) -> TestOffice:
    """The grade of 0003 is approved, and the commendation it rests on was revoked since."""
    row = next(row for row in office.as_("head").ask(inbox) if row.staff_no == "0003")
    office.as_("head").do(approve_evaluation, row.uid)
    uid = office.as_("officer").ask(file_view, "0003", YEAR).entries[0].uid
    revoked(office, uid, Basis("泽政服人〔2025〕60号", Day(20251201), "决定被撤销"))
    return office


def test_what_changed_after_its_approval_is_named_and_the_question_says_what_becomes_of_it(qtbot, changed):
    window, shown = overview(qtbot, changed)
    assert row_of(shown, TOGETHER).changed == 1
    assert shown.standing.list.rows.index(1).data() == "王丽"
    assert "Submitting computes it again" in shown.standing.reason.toPlainText()
    shown.submit.click()
    box = box_of(window)
    assert "1 approved grade rests on what has changed since" in box.informativeText()
    assert box.defaultButton().text() == "Cancel"
    press(box, "Submit for all")
    assert "computed again 1" in said(window)
    assert stands(changed, "0003") == [EvaluationStatus.SUBMITTED, EvaluationStatus.SUPERSEDED]


def test_where_nothing_approved_is_touched_enter_submits_what_the_keyboard_stands_on(qtbot, changed):
    window, shown = overview(qtbot, changed)
    number = next(row.id for row in shown._progress.departments if row.name == "办公室")
    shown.table.choose([number], number)
    shown.submit.click()
    box = box_of(window)
    assert box.defaultButton().text() == "Only 办公室 and below"
    assert "Of these, 0 in 办公室 and below." in box.informativeText()
    press(box, "Cancel")
    assert stands(changed, "0003") == [EvaluationStatus.APPROVED]


def test_enter_on_a_department_goes_to_its_grades_and_escape_comes_back(qtbot, idle, changed):
    window, shown = overview(qtbot, changed)
    number = next(row.id for row in shown._progress.departments if row.name == "审批一科")
    shown.table.choose([number], number)
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert shown.standing.list.hasFocus()
    keys = [shown.standing._rows[uid].staff_no for uid in shown.standing.list.shown_keys()]
    assert keys == ["0003", "0002", "0005"]  # what changed comes first
    press_key(qtbot, idle, Qt.Key.Key_Escape)
    assert shown.table.hasFocus()
    press_key(qtbot, idle, Qt.Key.Key_Return)
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert window.here() == Place("file", ("0003",))


def test_the_head_sees_that_an_approved_grade_changed_since(qtbot, idle, changed):
    _, decisions = desk(qtbot, changed)
    (row,) = (one.item for one in decisions._listed.values() if one.row.staff_no == "0003")
    assert [mark.text for mark in row.marks] == ["Changed since"]


def test_a_place_shows_a_year(qtbot, idle, office):
    office.as_("officer").do(grant_role, "head", Role.PERSONNEL_OFFICER)
    office.as_("officer").do(propose_evaluations, year(2024))
    window, page = open_page(qtbot, "inbox", lambda: InboxPage(office.as_("head")), "year", "2024")
    shown = page.overview
    assert shown.periods.currentText() == "2024" and shown.table.hasFocus()
    window.go(Place("inbox", ("year", "2025")))
    idle()
    assert shown.periods.currentText() == "2025" and shown._progress.period == YEAR


def test_without_a_standard_nothing_can_be_submitted(qtbot, idle, office):
    office.as_("officer").do(propose_evaluations, YEAR)
    _, shown = overview(qtbot, office)
    shown.periods.addItem("2020", year(2020))
    shown.periods.setCurrentText("2020")
    shown._ask()
    idle()
    assert not shown.submit.isEnabled()
    assert "No standard is in force for 2020" in shown.submit.toolTip()


def test_who_neither_decides_nor_submits_is_told_so(qtbot, embedded):
    _, page = open_page(qtbot, "inbox", lambda: InboxPage(embedded.as_("verifier")))
    assert page.decisions is None and page.overview is None


def test_tab_goes_in_reading_order(qtbot, office):
    _, decisions = desk(qtbot, office)
    decisions.all_plain.setFocus()
    heard = []
    for _ in range(6):
        heard.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    words = [one.accessibleName() or one.text() for one in heard]
    assert words == [
        "Approve all plain ones…",
        "Grades to decide about",
        "Reasons for the grade",
        "Approve (A)",
        "Return… (R)",
        "Open the file",
    ]
