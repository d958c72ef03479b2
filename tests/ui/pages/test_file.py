from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QToolButton

from app.commands.changes import Kind, changed
from app.commands.conduct import (
    Basis,
    record_entry,
    return_entry,
    verify_entry,
)
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.leads import register_lead
from app.commands.objections import file_objection
from app.commands.revoking import confirm_revocation
from app.queries.files import file_view
from app.rules.grading.case import year
from app.rules.inputs import NewLead
from app.words import use
from models.types import Capacity, Channel, Day, EntryStatus, LeadStatus, Points, Target, day_after, iso
from tests.offices import TODAY, entry, object_to, revoked
from tests.ui.conftest import unnamed
from tests.ui.pages.asking import ask_more
from tests.ui.pages.files import FileDesk, verified
from tests.ui.pages.windows import press, said
from tests.ui.typing import type_text
from ui.dialogs.reason import ReasonDialog
from ui.page import Place
from ui.pages.file.history import happenings
from ui.pages.file.timeline_model import spoken

TABS = ("overview", "entries", "grades", "objections", "leads", "history")


@pytest.fixture
def desk(desk, qtbot, embedded, idle):
    """Opens the window of an account."""
    return partial(FileDesk, qtbot, embedded, idle=idle)


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def chips(page):
    return [text for text in words(page.head) if text not in ("As of",)]


def lines(page):
    return [spoken(row) for row in page.entries.list.rows.rows]


def actions(page):
    """The buttons beneath the details, and whether they can be pressed."""
    shown = page.entries.detail.findChildren(QPushButton)
    return {button.text(): button for button in shown if button.isVisibleTo(page) and not button.menu()}


def rare(page):
    """What stands in the menu behind them."""
    (more,) = [button for button in page.entries.detail.findChildren(QPushButton) if button.menu()]
    return {action.text(): action for action in more.menu().actions()}


def returned(office):
    uid = office.as_("officer").do(record_entry, entry()).uids[0]
    office.as_("verifier").do(return_entry, uid, "缺记录")
    return uid


def status(office, staff_no="0003"):
    return office.as_("officer").ask(file_view, staff_no, year(2025)).entries[0].status


def test_the_head_says_whose_file_it_is_and_what_must_be_known(desk, embedded):
    verified(embedded, item="sanction.warning", occurred_on=Day(20251101), decided_on=Day(20251105))
    uid = verified(embedded)
    object_to(embedded, uid)
    embedded.as_("officer").do(propose_evaluations, year(2025))
    page = desk("officer").go("0003")
    said = chips(page)
    assert {"王丽", "0003", "审批一科 · 一级科员"} <= set(said)
    assert {"2025 Fair · To be decided", "1 entry disputed", "Influence period until 2026-05-04"} <= set(said)
    assert page.windowTitle() == "王丽 0003"


def test_an_influence_period_that_is_over_is_not_shown(desk, embedded):
    verified(embedded, item="sanction.warning", decided_on=Day(20250310))
    assert not any("Influence" in text for text in chips(desk("officer").go("0003")))


def test_entries_stand_along_time_with_points_validity_and_reasons(desk, embedded):
    verified(embedded)
    late = {"occurred_on": Day(20240601), "decided_on": Day(20240601), "document_no": "督1号"}
    verified(embedded, item="duty.absent", **late)
    officer = embedded.as_("officer")
    officer.do(record_entry, entry(occurred_on=Day(20251201), decided_on=None))
    page = desk("officer").go("0003", "entries")
    waiting, counted, expired = lines(page)
    assert waiting.endswith("Not counted: not verified yet")
    assert "+ Commendation" in counted and "+5 points, until 2026-03-09" in counted
    assert "− Absent" in expired and expired.endswith("no longer valid at the end of the period")
    assert [row.counts for row in page.entries.list.rows.rows] == [False, True, False]
    assert [row.heading for row in page.entries.list.rows.rows] == ["2025", "", "Archived · 2024"]


def test_the_selected_entry_shows_all_that_is_known(qtbot, desk, embedded):
    uid = verified(embedded)
    embedded.as_("officer").do(add_evidence, uid, NewEvidence("审批表", place="柜3", seen=True))
    page = desk("officer").go("0003", "entries")
    said = words(page.entries.detail)
    for text in (
        "Commendation",
        "+5 points in 2025 · until 2026-03-09",
        "2024年度考核优秀。",
        "泽政服人〔2025〕45号",
    ):
        assert text in said
    assert {"泽临市政务服务局 (Own unit)", "审批表", "On paper: 柜3 · original seen by 张三"} <= set(said)
    assert "李四 · 2025-12-18 09:00" in said
    assert lines(page)[0].endswith("with evidence")


def test_up_and_down_move_and_the_details_follow(qtbot, desk, embedded):
    for item in ("reward.commendation", "sanction.demerit"):
        verified(embedded, item=item)
    page = desk("officer").go("0003", "entries")
    page.entries.list.setFocus()
    assert "Demerit" in words(page.entries.detail)
    qtbot.keyClick(page.entries.list, Qt.Key.Key_Down)
    assert "Commendation" in words(page.entries.detail)


def test_an_officer_disputes_and_revokes_with_a_document(qtbot, desk, embedded, idle):
    verified(embedded)
    page = desk("officer").go("0003", "entries")
    actions(page)["Enter an objection…"].click()
    dialog = page.findChild(ReasonDialog)
    for name, text in (("claim", "本人提出异议"), ("filed_on", "12-1")):
        type_text(dialog.row(name).field, text)
    dialog.act.click()
    idle()
    assert status(embedded) is EntryStatus.DISPUTED
    assert not actions(page)["Enter an objection…"].isEnabled()
    assert "This one is: Disputed." in actions(page)["Enter an objection…"].toolTip()
    actions(page)["Revoke…"].click()
    dialog = page.findChild(ReasonDialog)
    dialog.act.click()
    assert "number of the decision" in dialog.row("document_no").field.accessibleDescription()
    for name, text in (("document_no", "泽纪〔2025〕9号"), ("on", "12-2"), ("reason", "查无实据")):
        type_text(dialog.row(name).field, text)
    dialog.act.click()
    idle()
    assert status(embedded) is EntryStatus.DISPUTED  # until a second person has confirmed it
    assert "张三 proposed to revoke it by 泽纪〔2025〕9号" in actions(page)["Revoke…"].toolTip()
    embedded.as_("verifier").do(confirm_revocation, page.entries.list.chosen().uid)
    page.refresh(changed(Kind.ENTRIES))
    idle()
    assert lines(page)[0].endswith("Not counted: revoked (泽纪〔2025〕9号)")


def test_an_officer_records_that_a_wrong_was_corrected(desk, embedded, idle):
    verified(embedded, item="duty.absent")
    page = desk("officer").go("0003", "entries")
    assert list(actions(page)) == [
        "Enter an objection…",
        "Record its correction…",
        "Revoke…",
    ]
    actions(page)["Record its correction…"].click()
    dialog = page.findChild(ReasonDialog)
    type_text(dialog.row("on").field, "2025-3-1")
    dialog.act.click()
    assert "proves the correction" in dialog.row("document_no").field.accessibleDescription()
    type_text(dialog.row("document_no").field, "泽财收〔2025〕9号")
    type_text(dialog.row("reason").field, "已补签到并检讨")
    dialog.act.click()
    idle()
    assert "before it is decided about (2025-03-10)" in dialog.row("on").field.accessibleDescription()
    dialog.row("on").field.setText("11-10")
    dialog.act.click()
    idle()
    assert {"2025-11-10 · 泽财收〔2025〕9号", "已补签到并检讨"} <= set(words(page.entries.detail))
    correct = actions(page)["Record its correction…"]
    assert not correct.isEnabled() and "on file already, of 2025-11-10" in correct.toolTip()
    assert status(embedded) is EntryStatus.EFFECTIVE
    view = embedded.as_("officer").ask(file_view, "0003", year(2025))
    assert next(one.what for one in happenings(view)) == "Correction of the wrong recorded"


def test_only_a_wrong_in_force_can_be_corrected(desk, embedded, idle):
    embedded.as_("officer").do(record_entry, entry(item="duty.absent"))
    page = desk("officer").go("0003", "entries")
    correct = actions(page)["Record its correction…"]
    assert not correct.isEnabled() and "Only a wrong in force" in correct.toolTip()


def test_the_details_say_what_only_some_entries_say(desk, embedded):
    ask_more(embedded)
    common = {"authority": "本局", "facts": "事实"}
    verified(embedded, item="service.volunteer", quantity=12_500, **common)
    page = desk("officer").go("0003", "entries")
    assert "12.5 hours" in words(page.entries.detail)
    given = {"given_points": Points(-2500), "given_reason": "经党组会议研究"}
    more = {"capacity": Capacity.HEAD, "authors": 3, "occurred_on": Day(20250311), "decided_on": None}
    verified(embedded, item="unit.responsible", **given, **more, **common)
    page = desk("officer").go("0003", "entries")
    said = set(words(page.entries.detail))
    assert {"−2.5 · 经党组会议研究", "Head of the unit", "3 people together"} <= said


def test_a_verifier_verifies_or_returns_and_keeps_nothing_else(desk, embedded, idle):
    embedded.as_("officer").do(record_entry, entry())
    page = desk("verifier").go("0003", "entries")
    assert set(actions(page)) == {"Verify", "Return…"}
    actions(page)["Verify"].click()
    idle()
    assert status(embedded) is EntryStatus.EFFECTIVE
    assert [button.isEnabled() for button in actions(page).values()] == [False, False]


def test_returning_asks_for_the_reason(desk, embedded, idle):
    embedded.as_("officer").do(record_entry, entry())
    page = desk("verifier").go("0003", "entries")
    actions(page)["Return…"].click()
    dialog = page.findChild(ReasonDialog)
    type_text(dialog.row("reason").field, "文号与原件不符")
    dialog.act.click()
    idle()
    assert status(embedded) is EntryStatus.RETURNED
    assert "文号与原件不符" in words(page.entries.detail)


def test_a_head_reads_and_prints_and_sees_no_leads(desk, embedded):
    verified(embedded)
    opened = desk("head")
    page = opened.go("0003", "entries")
    assert actions(page) == {} and not page.head.record.isVisibleTo(page)
    assert not page.tabs.bar.isTabVisible(TABS.index("leads"))
    page.head.print.click()
    assert opened.window.here() == Place("documents", ("0003",))


def test_a_returned_entry_is_recorded_again_from_what_it_said(desk, embedded, idle):
    uid = embedded.as_("officer").do(record_entry, entry()).uids[0]
    embedded.as_("verifier").do(return_entry, uid, "缺记录")
    page = desk("officer").go("0003", "entries")
    actions(page)["Record again…"].click()
    idle()
    assert page.form.isVisible()
    assert page.form.draft().document_no == "泽政服人〔2025〕45号"
    assert page.form.draft().item == "reward.commendation"
    page.form.submit(go_on=False)
    idle()
    rows = {row.entry.uid: row.entry for row in page.entries.list.rows.rows}
    again = page.entries.list.chosen()
    assert again.instead_of == uid and rows[uid].again == again.uid
    assert [line for line in lines(page) if line.endswith("Not counted: recorded again")]
    actions(page)["Show it"].click()
    assert page.entries.list.chosen().uid == uid and page.entries.list.hasFocus()
    assert "Recorded again" in words(page.entries.detail) and set(actions(page)) == {"Show it"}
    actions(page)["Show it"].click()
    assert page.entries.list.chosen().uid == again.uid


def test_a_returned_entry_is_withdrawn_with_a_reason(desk, embedded, idle):
    returned(embedded)
    page = desk("officer").go("0003", "entries")
    actions(page)["Withdraw…"].click()
    dialog = page.findChild(ReasonDialog)
    type_text(dialog.row("reason").field, "重复上报")
    dialog.act.click()
    idle()
    assert status(embedded) is EntryStatus.WITHDRAWN
    assert {"Withdrawn", "重复上报"} <= set(words(page.entries.detail))
    assert not any(button.isEnabled() for button in actions(page).values())


def test_an_entry_that_is_asked_for_is_selected_and_its_acts_come_next(qtbot, desk, embedded, idle):
    uid = returned(embedded)
    verified(embedded, occurred_on=Day(20250601), decided_on=Day(20250601), document_no="")
    opened = desk("officer")
    page = opened.go("0003", "entries", uid)
    assert page.entries.list.chosen().uid == uid and page.entries.list.hasFocus()
    (first, *_) = actions(page)
    assert first == "Record again…"
    seen = []
    while not isinstance(opened.window.focusWidget(), QPushButton):
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(opened.window.focusWidget())
        assert page.entries.isAncestorOf(seen[-1])
    assert seen[-1].text() == first
    page.entries.list.choose(None)
    opened.go("0003", "entries", uid)  # the file is there already
    assert page.entries.list.chosen().uid == uid


def test_a_lead_is_closed_and_then_recorded(qtbot, desk, embedded, idle):
    late = NewLead("0003", Day(20251101), "电话无人接听", order_no="12345-1")
    asked = late._replace(
        received_on=Day(20251001), occurred_on=Day(20250930), channel=Channel.HOTLINE, order_no="12345-2"
    )
    officer = embedded.as_("officer")
    officer.do(register_lead, late)
    uid = officer.do(register_lead, asked).uids[0]
    opened = desk("officer")
    page = opened.go("0003", "leads", uid)
    close = opened.window.focusWidget()
    assert close.text() == "Close the lead…" and page.leads.isAncestorOf(close)
    qtbot.keyClick(close, Qt.Key.Key_Space)
    dialog = page.findChild(ReasonDialog)
    dialog.act.click()
    assert "came of the lead" in dialog.row("status").field.accessibleDescription()
    dialog.row("status").field.choose(LeadStatus.SUBSTANTIATED)
    for name, text in (("closed_on", "9-1"), ("outcome", "属实")):
        type_text(dialog.row(name).field, text)
    dialog.act.click()
    idle()
    assert "before" in dialog.row("closed_on").field.accessibleDescription()
    dialog.row("closed_on").field.clear()
    type_text(dialog.row("closed_on").field, "10-12")
    dialog.act.click()
    idle()
    record = opened.window.focusWidget()
    assert record.text() == "Record an entry from it…"
    record.click()
    idle()
    draft = page.form.draft()
    assert (draft.occurred_on, draft.decided_on, draft.channel) == (
        "2025-09-30",
        "2025-10-12",
        Channel.HOTLINE,
    )
    assert draft.facts == "电话无人接听\n属实"
    page.form.put_draft(draft._replace(item="duty.absent", authority="效能办"))
    page.form.submit(go_on=False)
    idle()
    (entered,) = page.entries.list.rows.rows
    assert (entered.entry.lead, entered.entry.item) == (uid, "duty.absent")
    opened.go("0003", "leads", uid)
    link = opened.window.focusWidget()
    assert link.text().startswith("Recorded as: Absent")
    link.click()
    assert opened.window.here() == Place("file", ("0003", "entries", entered.entry.uid))


def test_tab_goes_from_the_list_to_the_buttons_beneath_the_details(qtbot, desk, embedded, idle):
    for item in ("reward.commendation", "sanction.demerit"):
        verified(embedded, item=item)
    opened = desk("officer")
    page = opened.go("0003", "entries")
    qtbot.keyClick(page.entries.list, Qt.Key.Key_Down)
    idle()
    stops = []
    for _ in range(3):
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
        stops.append(opened.window.focusWidget())
    assert [stop.text() for stop in stops[1:]] == ["Enter an objection…", "Revoke…"]


def test_what_had_the_keyboard_and_is_made_anew_leaves_it_on_the_page(desk, embedded, idle):
    verified(embedded)
    opened = desk("officer")
    page = opened.go("0003", "entries")
    actions(page)["Revoke…"].setFocus()
    opened.window.go(Place("people"))
    opened.go("0003")
    page.refresh(embedded.as_("officer").do(record_entry, entry(document_no="")))
    idle()
    assert page.entries.list.hasFocus()
    actions(page)["Revoke…"].setFocus()
    opened.go("0004")
    assert page.isAncestorOf(opened.window.focusWidget()) and opened.window.focusWidget().isVisible()


def test_an_empty_file_offers_its_first_entry_to_who_keeps_it_and_the_tabs_to_others(desk, embedded):
    opened = desk("officer")
    page = opened.go("0003", "entries")
    first = opened.window.focusWidget()
    assert first.text() == "Record the first…"
    first.click()
    assert page.form.isVisible()
    opened = desk("head")
    page = opened.go("0003", "entries")
    assert opened.window.focusWidget() is page.tabs.bar


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_tab_has_room_with_its_number(desk, embedded, language):
    use(language)
    for day in range(10, 22):
        verified(embedded, occurred_on=Day(20250200 + day), decided_on=None)
    embedded.as_("officer").do(propose_evaluations, year(2025))
    opened = desk("officer")
    opened.window.resize(960, 600)
    bar = opened.go("0003").tabs.bar
    assert bar.width() >= bar.sizeHint().width()
    assert not [arrow for arrow in bar.findChildren(QToolButton) if arrow.isVisibleTo(bar)]


def test_a_document_older_than_the_entry_is_refused_beside_its_date(desk, embedded, idle):
    verified(embedded)
    page = desk("officer").go("0003", "entries")
    actions(page)["Enter an objection…"].click()
    dialog = page.findChild(ReasonDialog)
    for name, text in (("claim", "本人提出异议"), ("filed_on", "2025-3-9")):
        type_text(dialog.row(name).field, text)
    dialog.act.click()
    idle()
    refused = dialog.row("filed_on").field.accessibleDescription()
    assert "before what it is against (2025-03-10)" in refused and dialog.isVisible()


def test_grades_say_how_they_came_about_and_who_decided(desk, embedded):
    verified(embedded)
    officer, head = embedded.as_("officer"), embedded.as_("head")
    uid = officer.do(propose_evaluations, year(2025)).evaluations["0003"]
    head.do(approve_evaluation, uid, "同意")
    page = desk("officer").go("0003", "grades")
    said = words(page.grades)
    for text in ("2025 · Good · 105", "Approved", "+5", "= 105", "同意", "解伟 · 2025-12-18 09:00"):
        assert text in said
    assert "Entries changed after this grade was computed" not in said


def test_a_stale_grade_says_so_in_words_and_in_the_head(desk, embedded):
    embedded.as_("officer").do(propose_evaluations, year(2025))
    verified(embedded)
    page = desk("officer").go("0003", "grades")
    assert "Entries changed after this grade was computed" in words(page.grades)
    assert "Submit it again before it is decided." in words(page.grades)


def test_history_tells_events_in_plain_words(desk, embedded):
    verified(embedded)
    officer, head = embedded.as_("officer"), embedded.as_("head")
    uid = officer.do(propose_evaluations, year(2025)).evaluations["0003"]
    head.do(approve_evaluation, uid)
    page = desk("officer").go("0003", "history")
    view = officer.ask(file_view, "0003", year(2025))
    assert [one.what for one in happenings(view)] == [
        "Grade approved",
        "Grade proposed",
        "Entry verified",
        "Entry recorded",
        "File opened",
    ]
    assert page.history.topLevelItemCount() == 1
    assert page.history.topLevelItem(0).text(0) == "2025-12-18"
    assert page.history.topLevelItem(0).child(2).text(2) == "Commendation · 2025-03-10 · 泽政服人〔2025〕45号"


def test_the_year_looked_at_can_be_another(desk, embedded, idle):
    verified(embedded)
    page = desk("officer").go("0003", "entries")
    page.head.years.setCurrentIndex(1)
    page.head.years.activated.emit(1)
    idle()
    assert lines(page)[0].endswith("Not counted: decided after the period")
    page.head.years.setCurrentIndex(0)
    page.head.years.activated.emit(0)
    idle()
    assert "+5 points" in lines(page)[0]


def test_the_file_as_of_a_day_is_read_and_not_changed(desk, embedded, qtbot, idle):
    uid = verified(embedded)
    embedded.clock.day = day_after(TODAY)
    revoked(embedded, uid, Basis("泽政服人〔2025〕99号", TODAY, "依据"))
    page = desk("officer").go("0003", "entries")
    assert "revoked" in lines(page)[0]
    page.head.years.setCurrentIndex(page.head.years.count() - 1)
    page.head.years.activated.emit(page.head.years.count() - 1)
    assert page.head.day.hasFocus()
    type_text(page.head.day, f"{TODAY}")
    qtbot.keyClick(page.head.day, Qt.Key.Key_Return)
    idle()
    assert "+5 points" in lines(page)[0]
    assert actions(page) == {} and not page.head.record.isEnabled() and not page.head.print.isEnabled()
    assert f"The file as it stood at the end of {iso(TODAY)}. It can be read here, not changed." in words(
        page.head
    )
    qtbot.mouseClick(page.head.then.now, Qt.MouseButton.LeftButton)
    idle()
    assert "revoked" in lines(page)[0]
    assert page.head.record.isEnabled() and page.head.then.isHidden()


def test_before_it_was_opened_there_is_no_file_and_what_is_shown_stays(desk, embedded, qtbot, idle):
    verified(embedded)
    page = desk("officer").go("0003", "entries")
    page.head.day_chosen.emit(Day(20200101))
    idle()
    assert "was opened later" in said(page.window())
    assert lines(page) and page.head.then.isHidden()


def test_an_event_tells_what_it_changed_when_it_is_opened(desk, embedded, idle):
    uid = verified(embedded)
    revoked(embedded, uid, Basis("泽政服人〔2025〕99号", TODAY, "查无依据"))
    page = desk("officer").go("0003", "history")
    day = page.history.topLevelItem(0)
    happened = {day.child(n).text(1): day.child(n) for n in range(day.childCount())}
    event = happened["Entry revoked"]
    assert event.text(2).endswith(" — 查无依据")
    event.setExpanded(True)
    told = {event.child(n).text(1): event.child(n).text(2) for n in range(event.childCount())}
    assert told == {
        "Status": "Effective → Revoked",
        "By document": "泽政服人〔2025〕99号",
        "Of the date": iso(TODAY),
        "Reason": "查无依据",
    }
    submitted = next(
        day.child(n) for n in range(day.childCount()) if day.child(n).text(1) == "Entry recorded"
    )
    submitted.setExpanded(True)
    told = {submitted.child(n).text(1): submitted.child(n).text(2) for n in range(submitted.childCount())}
    assert told["Item"] == "Commendation" and told["Recorded by"]


def test_overview_sums_up_and_notes_what_must_not_be_overlooked(desk, embedded):
    verified(embedded)
    embedded.as_("officer").do(record_entry, entry(item="duty.absent"))
    page = desk("officer").go("0003")
    said = words(page.overview)
    for text in ("2025 as it stands now", "Good", "1 positive entry", "+5", "105", "1 entry not counted"):
        assert text in said
    assert any(text.startswith("To be verified: Absent") for text in said)


def test_the_own_file_and_an_unknown_one_say_why_they_do_not_open(qtbot, desk):
    opened = desk("head")
    for staff_no, why in (("0002", "own file"), ("0001", "Nobody here has the staff number 0001")):
        page = opened.go(staff_no)
        assert any(why in text for text in words(page))
    begin = next(button for button in page.findChildren(QPushButton) if button.text() == "To the people")
    begin.click()
    assert opened.window.here() == Place("people")


def test_what_someone_else_changed_is_shown_and_the_selection_stays(desk, embedded, idle):
    first, second = verified(embedded), verified(embedded, item="honour.named")
    page = desk("officer").go("0003", "entries")
    page.entries.list.choose(first)
    changes = embedded.as_("officer").do(file_objection, Target.ENTRY, second, "x", Day(20251201))
    page.refresh(changes)
    idle()
    assert page.entries.list.chosen().uid == first
    assert "1 entry disputed" in chips(page)


def test_every_control_of_every_tab_has_a_name(desk, embedded):
    verified(embedded)
    embedded.as_("officer").do(propose_evaluations, year(2025))
    opened = desk("officer")
    for tab in TABS:
        assert unnamed(opened.go("0003", tab)) == []
    assert unnamed(opened.go("0003", "new")) == []


def test_tabs_are_turned_with_the_keyboard_past_what_is_hidden(qtbot, desk, embedded):
    page = desk("head").go("0003", "objections")
    qtbot.keyClick(page.tabs.bar, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.bar.currentIndex() == TABS.index("history")
    for _ in range(5):
        qtbot.keyClick(page.tabs.bar, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.bar.currentIndex() == 0


def test_the_longest_file_opens(desk, embedded):
    officer, verifier = embedded.as_("officer"), embedded.as_("verifier")
    for day in range(1, 29):
        uid = officer.do(record_entry, entry(occurred_on=Day(20250200 + day), decided_on=None)).uids[0]
        verifier.do(verify_entry, uid)
    page = desk("officer").go("0003", "entries")
    assert len(lines(page)) == 28
    page.entries.list.grab()


def test_a_part_that_only_scrolls_shows_that_it_has_the_keyboard(desk):
    page = desk("officer").go("0003")
    page.overview.setFocus()
    marked = page.overview.grab().toImage()
    page.tabs.bar.setFocus()
    assert page.overview.grab().toImage() != marked


def test_an_entry_is_erased_on_order_by_two_accounts(desk, embedded, idle):
    verified(embedded)
    page = desk("officer").go("0003", "entries")
    rare(page)["Order to erase…"].trigger()
    (dialog,) = page.findChildren(ReasonDialog)
    for name, text in (
        ("document_no", "泽信办〔2025〕3号"),
        ("authority", "泽临市信用办"),
        ("on", f"{TODAY}"),
    ):
        dialog.row(name).field.setText(text)
    dialog.row("reason").field.setPlainText("法定保存期满")
    dialog.act.click()
    idle()
    assert not rare(page)["Order to erase…"].isEnabled()
    assert "An order to erase this entry waits to be carried out" in words(page.entries.detail)
    page = desk("verifier").go("0003", "entries")
    actions(page)["Carry out the erasure…"].click()
    (box,) = page.window().findChildren(QMessageBox)
    assert "泽信办〔2025〕3号" in box.informativeText()
    press(box, "Erase")
    assert lines(page) == []
    page.window().go(Place("file", ("0003", "overview")))
    assert f"An entry was lawfully erased on {iso(TODAY)}." in words(page.overview)
