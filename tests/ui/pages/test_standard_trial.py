"""A standard is compared and tried in windows of their own."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.commands.conduct import verify_entry
from app.commands.drafts import begin_draft
from tests.app.commands.test_conduct import recorded
from tests.offices import BASELINE
from tests.ui.conftest import unnamed, wait_until_idle
from tests.ui.pages.windows import hold_workers, open_page
from ui import tasks
from ui.page import Place
from ui.pages.standards.compare import CompareDialog
from ui.pages.standards.page import StandardsPage
from ui.pages.standards.trial.dialog import TrialDialog, show_trial

SECOND = BASELINE.replace("edition = 1", "edition = 2", 1)
HIGHER = SECOND.replace("from = 95", "from = 100.5", 1)


@pytest.fixture
def busy(embedded):
    """0003 has a commendation, 0005 a criticism."""
    for staff_no, item in (("0003", "reward.commendation"), ("0005", "handling.criticism")):
        embedded.as_("verifier").do(verify_entry, recorded(embedded, staff_no=staff_no, item=item))
    return embedded


def page_of(qtbot, office) -> tuple:
    return open_page(qtbot, "standards", lambda: StandardsPage(office.as_("officer")))


def trial(qtbot, office, text: str = HIGHER) -> TrialDialog:
    window, _ = page_of(qtbot, office)
    dialog = show_trial(window, office.as_("officer"), "Own", lambda: text)
    qtbot.waitUntil(lambda: dialog.found is not None)
    wait_until_idle()
    return dialog


def cells(table) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_trial_shows_who_moves_where_and_by_what(qtbot, busy):
    dialog = trial(qtbot, busy)
    assert dialog.said.text() == "5 people: 0 up, 4 down, 0 otherwise, 1 as before"
    assert cells(dialog.matrix)[1] == ["·", "1", "↓ 4", "·", "·", "5"]
    assert {row[3] for row in cells(dialog.people)} == {"↓ Good → Fair"}
    assert cells(dialog.rules) == [["the score from which “Good” begins (95 → 100.5)", "0", "4", "0", ""]]
    assert sorted(row[2] for row in cells(dialog.places)) == ["2", "2"]


def test_the_arrows_go_from_cell_to_cell_and_show_who_is_there(qtbot, busy):
    dialog = trial(qtbot, busy)
    assert len(cells(dialog.people)) == 4
    dialog.matrix.setFocus()
    dialog.matrix.setCurrentIndex(dialog.matrix.model().index(1, 0))
    QTest.keyClick(dialog.matrix, Qt.Key.Key_Right)
    wait_until_idle()
    assert [(row[1], row[3]) for row in cells(dialog.people)] == [("王丽", "Good")]
    spoken = dialog.matrix.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Good → Good: 1 person (as before)"
    QTest.keyClick(dialog.matrix, Qt.Key.Key_Right)
    wait_until_idle()
    assert len(cells(dialog.people)) == 4


def test_enter_on_a_rule_or_a_department_shows_whom_it_concerns(qtbot, busy):
    text = HIGHER.replace("from = 100.5", "from = 95", 1)
    at = text.index('code = "handling.criticism"')
    dialog = trial(qtbot, busy, text[:at] + text[at:].replace("points = -3", "points = -9", 1))
    assert cells(dialog.rules) == [["Criticism", "0", "1", "0", ""]]
    dialog.matrix.setCurrentIndex(dialog.matrix.model().index(1, 1))
    wait_until_idle()
    assert len(cells(dialog.people)) == 4
    dialog.tabs.bar.setCurrentIndex(1)
    dialog.rules.selectRow(0)
    QTest.keyClick(dialog.rules, Qt.Key.Key_Return)
    wait_until_idle()
    assert dialog.tabs.bar.currentIndex() == 0
    assert [row[5] for row in cells(dialog.people)] == ["Criticism −6"]
    dialog.places.selectRow(0)
    QTest.keyClick(dialog.places, Qt.Key.Key_Return)
    wait_until_idle()
    assert len(cells(dialog.people)) == 1


def test_another_department_is_tried_when_asked_for(qtbot, busy):
    dialog = trial(qtbot, busy)
    dialog.department.choose(dialog.department.itemData(dialog.department.findText("审批一科")))
    dialog.run.click()
    qtbot.waitUntil(lambda: dialog.run.text() == "Try")
    wait_until_idle()
    assert dialog.said.text().startswith("3 people")


def test_a_trial_can_be_cancelled_and_begun_again(qtbot, busy):
    window, _ = page_of(qtbot, busy)
    gate = hold_workers(window)
    dialog = show_trial(window, busy.as_("officer"), "Own", lambda: HIGHER)
    qtbot.waitUntil(lambda: dialog.run.text() == "Cancel")
    assert dialog.progress.isVisible() and not dialog.years.isEnabled()
    dialog.run.click()
    gate.set()
    qtbot.waitUntil(lambda: dialog.run.text() == "Try")
    assert dialog.found is None and not dialog.export.isEnabled() and dialog.years.isEnabled()
    dialog.run.click()
    qtbot.waitUntil(lambda: dialog.found is not None)
    wait_until_idle()


def test_esc_closes_it_and_stops_what_it_does(qtbot, busy):
    window, _ = page_of(qtbot, busy)
    gate = hold_workers(window)
    dialog = show_trial(window, busy.as_("officer"), "Own", lambda: HIGHER)
    qtbot.waitUntil(lambda: dialog.run.text() == "Cancel")
    (job,) = (one for one in tasks.jobs() if one.title.startswith("Trying"))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert job.cancelled
    gate.set()
    wait_until_idle()


def test_a_faulty_standard_is_refused_with_what_is_wrong(qtbot, busy):
    window, _ = page_of(qtbot, busy)
    faulty = HIGHER.replace("edition = 2", "edition = 0", 1)
    dialog = show_trial(window, busy.as_("officer"), "Own", lambda: faulty)
    qtbot.waitUntil(lambda: bool(dialog.said.text()))
    wait_until_idle()
    assert dialog.said.text().startswith("edition: 0 is too small") and dialog.found is None


def test_an_office_without_entries_has_nothing_to_try_on(qtbot, embedded):
    window, _ = page_of(qtbot, embedded)
    dialog = show_trial(window, embedded.as_("officer"), "Own", lambda: HIGHER)
    wait_until_idle()
    assert dialog.said.text().startswith("There is nothing on file") and not dialog.run.isEnabled()


def test_it_is_saved_as_a_workbook(qtbot, busy, tmp_path):
    dialog = trial(qtbot, busy)
    dialog.save(tmp_path / "trial.xlsx")
    wait_until_idle()
    assert load_workbook(tmp_path / "trial.xlsx").sheetnames[1] == "People"


def test_a_draft_that_was_changed_is_tried_as_it_is_now(qtbot, busy):
    texts = [HIGHER]
    window, _ = page_of(qtbot, busy)
    dialog = show_trial(window, busy.as_("officer"), "Own", lambda: texts[-1])
    qtbot.waitUntil(lambda: dialog.found is not None)
    wait_until_idle()
    texts.append(SECOND)
    dialog.run.click()
    qtbot.waitUntil(lambda: "5 as before" in dialog.said.text())
    wait_until_idle()


def test_every_control_of_a_trial_is_named(qtbot, busy):
    assert unnamed(trial(qtbot, busy)) == []


def test_enter_on_somebody_opens_the_file(qtbot, busy):
    window, page = page_of(qtbot, busy)
    page.more.actions()[1].trigger()
    dialog = window.findChild(TrialDialog)
    qtbot.waitUntil(lambda: dialog.found is not None)
    wait_until_idle()
    dialog.matrix.setCurrentIndex(dialog.matrix.model().index(1, 1))
    wait_until_idle()
    places = []
    page.place_wanted.connect(places.append)
    dialog.people.selectRow(0)
    staff_no = cells(dialog.people)[0][0]
    QTest.keyClick(dialog.people, Qt.Key.Key_Return)
    assert places == [Place("file", (staff_no,))]


# Comparing


def compare(qtbot, office, text: str = HIGHER) -> tuple:
    uid = office.as_("officer").do(begin_draft, text).uids[0]
    window, page = page_of(qtbot, office)
    page.list.pick(uid)
    wait_until_idle()
    page.drafting.editor.menu.actions()[0].trigger()
    wait_until_idle()
    return window, window.findChild(CompareDialog)


def test_a_draft_is_compared_with_what_is_published(qtbot, embedded):
    _, dialog = compare(qtbot, embedded)
    assert dialog.count.text() == "2 changes"
    text = dialog.pane.toPlainText()
    assert "“Good” · From" in text and "100.5" in text
    dialog.filter.setText("good")
    assert dialog.count.text() == "1 change"
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "“Good” · From\t95\t100.5\t\n"


def test_the_two_can_be_chosen(qtbot, embedded):
    _, dialog = compare(qtbot, embedded)
    dialog.new.choose(dialog.old.chosen())
    dialog.look()
    wait_until_idle()
    assert "Nothing is different." in dialog.pane.toPlainText() and not dialog.copy.isEnabled()


def test_a_faulty_draft_is_told(qtbot, embedded):
    _, dialog = compare(qtbot, embedded, HIGHER.replace("from = 80", 'from = "x"', 1))
    assert "bands[3].from" in dialog.pane.toPlainText()


def test_a_published_standard_is_compared_from_its_head(qtbot, embedded):
    window, page = page_of(qtbot, embedded)
    page.more.actions()[0].trigger()
    wait_until_idle()
    dialog = window.findChild(CompareDialog)
    assert dialog.new.currentText().startswith("Edition 1 ·")
    assert unnamed(dialog) == []
