"""Verification with the keyboard: verified, returned, or left to a colleague."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.commands.accounts import grant_role
from app.commands.conduct import record_entry, verify_entry
from app.commands.imports import ListSource, import_list
from app.queries.entries import batches_to_verify, returned_batches, to_verify
from app.queries.files import file_view
from app.rules.grading.case import year
from models.types import Capacity, Day, EntryStatus, Points, Role
from tests.app.commands.test_conduct import recorded
from tests.app.queries.test_to_verify import MAPPING, ROWS, verifier_with_file
from tests.offices import TestOffice, entry
from tests.ui.conftest import unnamed
from tests.ui.pages.windows import box_of, open_page, press, said
from ui.page import Place
from ui.pages.verification.page import VerifyPage
from ui.widgets import Chip


@pytest.fixture
def office(embedded: TestOffice) -> TestOffice:
    """Two entries wait."""
    recorded(embedded, staff_no="0003")
    recorded(embedded, staff_no="0005", item="service.overdue", document_no="泽效能〔2025〕3号")
    return embedded


@pytest.fixture
def with_list(office: TestOffice, tmp_path: Path) -> TestOffice:
    """And a list of two."""
    path = tmp_path / "台账.csv"
    path.write_text(ROWS, encoding="utf-8")
    office.as_("officer").do(import_list, ListSource(path, MAPPING))
    return office


def queue(qtbot, office, login="verifier", *args):
    return open_page(qtbot, "verify", lambda: VerifyPage(office.as_(login)), *args)


def press_key(qtbot, idle, key):
    qtbot.keyClick(QApplication.focusWidget(), key)
    idle()


def status(office, staff_no):
    return [row.status for row in office.as_("officer").ask(file_view, staff_no, year(2025)).entries]


def test_a_verifier_compares_what_the_standard_asks_too(qtbot, embedded):
    given = {"given_points": Points(-2500), "given_reason": "经党组会议研究"}
    more = {"quantity": 12_500, "capacity": Capacity.HEAD, "authors": 3, "corrected_on": Day(20250601)}
    recorded(embedded, item="duty.absent", corrected_document="效9", **given, **more)
    _, page = queue(qtbot, embedded)
    text = page.desk.pane.toPlainText()
    for words in (
        "12.5",
        "−2.5 · 经党组会议研究",
        "Head of the unit",
        "3 people together",
        "2025-06-01 · 效9",
    ):
        assert words in text


def test_an_entry_is_shown_in_the_order_of_its_paper(qtbot, office):
    _, page = queue(qtbot, office)
    text = page.desk.pane.toPlainText()
    wanted = (
        "泽政服人〔2025〕45号",
        "泽临市政务服务局",
        "2025-03-10",
        "王丽",
        "Commendation",
        "2024年度考核优秀。",
        "张三",
    )
    places = [text.index(word) for word in wanted]
    assert places == sorted(places)


def test_v_verifies_and_goes_on(qtbot, idle, office):
    window, page = queue(qtbot, office)
    assert page.desk.list.hasFocus()
    press_key(qtbot, idle, Qt.Key.Key_V)
    assert status(office, "0003") == [EntryStatus.EFFECTIVE]
    assert said(window) == "Verified: Commendation, 王丽"
    press_key(qtbot, idle, Qt.Key.Key_V)
    assert office.as_("verifier").ask(to_verify) == []
    assert page.desk.list.shown_keys() == []


def test_two_keys_in_a_row_verify_two(qtbot, idle, office):
    _, page = queue(qtbot, office)
    for _ in range(2):
        qtbot.keyClick(page.desk.list, Qt.Key.Key_V)
    idle()
    assert office.as_("verifier").ask(to_verify) == []


def test_r_returns_with_the_reason(qtbot, idle, office):
    _, page = queue(qtbot, office)
    press_key(qtbot, idle, Qt.Key.Key_Down)
    press_key(qtbot, idle, Qt.Key.Key_R)
    qtbot.keyClicks(QApplication.focusWidget(), "verify the number")
    press_key(qtbot, idle, Qt.Key.Key_Return)
    (row,) = office.as_("officer").ask(file_view, "0005", year(2025)).entries
    assert (row.status, row.status_reason) == (EntryStatus.RETURNED, "verify the number")
    assert len(page.desk.list.shown_keys()) == 1


def test_what_a_colleague_verified_meanwhile_is_said_and_goes(qtbot, idle, office):
    window, page = queue(qtbot, office)
    uid = page.desk.list.current()
    office.as_("verifier").do(verify_entry, uid)
    press_key(qtbot, idle, Qt.Key.Key_V)
    assert "verified or returned meanwhile" in said(window)
    assert uid not in page.desk.list.shown_keys()


def test_what_one_recorded_oneself_is_greyed_with_the_reason(qtbot, office):
    office.as_("officer").do(grant_role, "verifier", Role.PERSONNEL_OFFICER)
    office.as_("verifier").do(record_entry, entry("0004", document_no="泽政服人〔2025〕77号"))
    _, page = queue(qtbot, office)
    page.desk.list.pick(page.desk.list.shown_keys()[-1])
    assert not page.desk.bar.accept.isEnabled() and not page.desk.bar.send_back.isEnabled()
    assert page.desk.bar.accept.toolTip() == "You entered this. A colleague verifies it."
    assert "泽政服人〔2025〕77号" in page.desk.pane.toPlainText()


def test_of_the_own_file_nothing_is_shown(qtbot, idle, office):
    verifier_with_file(office)
    window, page = queue(qtbot, office, "second")
    page.desk.list.pick(page.desk.list.shown_keys()[-1])
    assert page.desk.bar.accept.toolTip() == "This is your own file. A colleague verifies it."
    assert page.desk.pane.toPlainText() == ""
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert window.here() == Place("verify")


def test_an_imported_list_is_verified_as_a_whole_after_a_question(qtbot, idle, with_list):
    window, page = queue(qtbot, with_list)
    text = page.desk.pane.toPlainText()
    assert "台账.csv" in text and "entry 2, rejected 1" in text
    assert page.samples.table.model().index(0, 3).data() == "甲1"
    press_key(qtbot, idle, Qt.Key.Key_V)
    box = box_of(window)
    assert "2 entries take effect" in box.informativeText()
    press(box, "Verify list")
    assert with_list.as_("verifier").ask(batches_to_verify) == []
    assert said(window) == "The list is verified; its entries are in effect."
    assert len(page.desk.list.shown_keys()) == 2


def test_enter_opens_the_file_at_the_entry(qtbot, idle, office):
    window, page = queue(qtbot, office)
    press_key(qtbot, idle, Qt.Key.Key_Return)
    uid = page.desk.list.current()
    assert window.here() == Place("file", ("0003", "entries", uid))


def test_from_an_entry_of_a_list_one_goes_to_the_file_and_comes_back(qtbot, idle, with_list):
    window, page = queue(qtbot, with_list)
    table = page.samples.table
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert table.hasFocus() and table.current_id() == 0
    press_key(qtbot, idle, Qt.Key.Key_Down)
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert window.here().args[:2] == ("0005", "entries")
    window.back.trigger()
    idle()
    assert window.here() == Place("verify")
    assert table.hasFocus() and table.current_id() == 1
    press_key(qtbot, idle, Qt.Key.Key_Escape)
    assert page.desk.list.hasFocus()
    press_key(qtbot, idle, Qt.Key.Key_Down)
    assert not page.samples.isVisible()


def test_an_imported_list_goes_back_with_a_sentence(qtbot, idle, with_list):
    window, page = queue(qtbot, with_list)
    uid = page.desk.list.current()
    assert page.desk.bar.send_back.text() == "Return list…"
    press_key(qtbot, idle, Qt.Key.Key_R)
    qtbot.keyClicks(QApplication.focusWidget(), "row 3 is about somebody else")
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert "2 entries go back to 张三" in box_of(window).informativeText()
    press(box_of(window), "Cancel")
    with qtbot.waitActive(window):  # offscreen, none is active when a dialog has closed
        window.activateWindow()
    press_key(qtbot, idle, Qt.Key.Key_R)  # what was typed is still there
    press_key(qtbot, idle, Qt.Key.Key_Return)
    press(box_of(window), "Return list")
    assert said(window) == "The list is returned; corrected, it can be imported again."
    assert uid not in page.desk.list.shown_keys()
    (back,) = with_list.as_("officer").ask(returned_batches)
    assert (back.uid, back.entries, back.reason) == (uid, 2, "row 3 is about somebody else")


def test_what_a_list_perhaps_says_twice_is_pointed_out(qtbot, office, tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(ROWS + "0005,超时办结,2025-5-12,甲2\n", encoding="utf-8")
    office.as_("officer").do(import_list, ListSource(path, MAPPING))
    _, page = queue(qtbot, office)
    assert "2 of them perhaps say a fact that others say" in page.desk.pane.toPlainText()
    table = page.samples.table.model()
    assert [table.index(row, 4).data() for row in range(3)] == ["Perhaps twice", "Perhaps twice", ""]


def test_without_number_and_evidence_verifying_asks_once(qtbot, idle, office):
    office.as_("officer").do(record_entry, entry("0004", document_no=""))
    window, page = queue(qtbot, office)
    uid = page.desk.list.shown_keys()[-1]
    page.desk.list.pick(uid)
    chips = [chip.accessibleName() for chip in page.desk.head.findChildren(Chip)]
    assert "No number, no evidence" in chips
    press_key(qtbot, idle, Qt.Key.Key_V)
    assert "no document number and no evidence" in box_of(window).informativeText()
    assert uid in page.desk.list.shown_keys()
    press(box_of(window), "Verify")
    assert uid not in page.desk.list.shown_keys()
    assert status(office, "0004") == [EntryStatus.EFFECTIVE]


def test_the_badge_counts_what_the_actor_can_do(qtbot, office):
    verifier_with_file(office)
    _, page = queue(qtbot, office, "second")
    with qtbot.waitSignal(page.badge) as heard:
        page._reload()
    assert heard.args == [1]


def test_every_control_is_named(qtbot, with_list):
    _, page = queue(qtbot, with_list)
    assert unnamed(page) == []


def test_evidence_that_the_item_requires_and_that_is_not_there_is_pointed_out(qtbot, embedded):
    recorded(embedded, item="sanction.warning")  # as a list of earlier years brings it
    _, page = queue(qtbot, embedded)
    chips = [chip.accessibleName() for chip in page.desk.head.findChildren(Chip)]
    assert "Required evidence is missing" in chips
    assert "Required evidence: The written decision" in page.desk.pane.toPlainText()
