"""Verification with the keyboard: verified, returned, or left to a colleague."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.commands.accounts import grant_role
from app.commands.conduct import record_entry, verify_entry
from app.commands.imports import ListSource, import_list
from app.queries.entries import batches_to_verify, to_verify
from app.queries.files import file_view
from app.rules.grading.engine import year
from models.types import EntryStatus, Role
from tests.app.commands.test_conduct import recorded
from tests.app.queries.test_to_verify import MAPPING, ROWS, verifier_with_file
from tests.offices import TestOffice, entry
from tests.ui.conftest import unnamed
from tests.ui.pages.windows import box_of, open_page, press, said
from ui.page import Place
from ui.pages.verification.page import VerifyPage


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
    assert "台账.csv" in text and "entry 2, rejected 1" in text and "甲1" in text
    assert not page.desk.bar.send_back.isEnabled()
    press_key(qtbot, idle, Qt.Key.Key_V)
    box = box_of(window)
    assert "2 entries take effect" in box.informativeText()
    press(box, "Verify list")
    assert with_list.as_("verifier").ask(batches_to_verify) == []
    assert said(window) == "The list is verified; its entries are in effect."
    assert len(page.desk.list.shown_keys()) == 2


def test_enter_opens_the_file(qtbot, idle, office):
    window, _ = queue(qtbot, office)
    press_key(qtbot, idle, Qt.Key.Key_Return)
    assert window.here() == Place("file", ("0003",))


def test_the_badge_counts_what_the_actor_can_do(qtbot, office):
    verifier_with_file(office)
    _, page = queue(qtbot, office, "second")
    with qtbot.waitSignal(page.badge) as heard:
        page._reload()
    assert heard.args == [1]


def test_every_control_is_named(qtbot, with_list):
    _, page = queue(qtbot, with_list)
    assert unnamed(page) == []
