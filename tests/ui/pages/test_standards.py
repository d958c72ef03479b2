"""Standards: what is published, the items found by typing, and publishing another edition."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton
from sqlalchemy import delete

from app.queries.schemes import schemes
from app.rules.grading.parsing import parse
from models.schemes import SchemeRow
from models.types import Polarity
from tests.offices import BASELINE, TestOffice
from tests.ui.conftest import unnamed
from tests.ui.pages.windows import open_page, said
from ui.desk.reading import ReadingPane
from ui.dialogs.reason import ReasonDialog
from ui.pages.standards.accountability import OFFERED
from ui.pages.standards.page import StandardsPage
from ui.pages.standards.ruler import ranges

SECOND = BASELINE.replace("edition = 1", "edition = 2")


def page_of(qtbot, office: TestOffice, login="officer"):
    return open_page(qtbot, "standards", lambda: StandardsPage(office.as_(login)))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "standard.toml"
    path.write_text(text, encoding="utf-8")
    return path


def dialog_of(window) -> QDialog:
    (found,) = (one for one in window.findChildren(QDialog) if one.isVisible())
    return found


def click(dialog: QDialog, words: str) -> None:
    shown = (one for one in dialog.findChildren(QPushButton) if one.isVisible())
    next(one for one in shown if one.text().startswith(words)).click()


def shown_items(page) -> list[str]:
    return [page.items.table.rows.row_at(n).rule.code for n in range(page.items.table.rows.rowCount())]


def test_the_standard_in_force_is_shown_with_its_grades(qtbot, embedded):
    _, page = page_of(qtbot, embedded)
    item = page.list.rows.shown(page.list.currentIndex())
    assert item.marks[0].text == "In force"
    assert page.ruler.accessibleName() == "Excellent: from 110; Good: from 95; Fair: from 80; Poor: below 80"
    assert page.text.toPlainText() == BASELINE


def test_a_standard_without_ends_has_a_ruler_too():
    text = BASELINE.replace("floor = 0\n", "").replace("ceiling = 150\n", "")
    assert ranges(parse(text)) == "Excellent: from 110; Good: from 95; Fair: from 80; Poor: below 80"


@pytest.mark.parametrize("typed", ["jiajiang", "jj", "嘉奖", "commendation", "reward.comm"])
def test_an_item_is_found_by_every_name_it_has(qtbot, embedded, typed):
    _, page = page_of(qtbot, embedded)
    page.items.filter.setText(typed)
    assert "reward.commendation" in shown_items(page)
    assert len(shown_items(page)) < 5


def test_the_table_can_be_narrowed_to_one_sign_and_sorted(qtbot, embedded):
    _, page = page_of(qtbot, embedded)
    page.items.polarity.choose("negative")
    page.items.polarity.activated.emit(page.items.polarity.currentIndex())
    shown = [page.items._items[number].rule for number in page.items.table.rows.ids]
    assert shown and {rule.polarity for rule in shown} == {Polarity.NEGATIVE}
    page.items.table.sort_wanted.emit("points", False)
    assert shown_items(page)[0] == "sanction.dismissal"


def test_the_points_of_an_item_are_given_for_every_level(qtbot, embedded):
    _, page = page_of(qtbot, embedded)
    qtbot.keyClicks(page.items.filter, "honour.commended")
    text = page.items.detail.toPlainText()
    assert "Own unit" in text and "Nation" in text and "+2" in text and "+20" in text


def test_a_good_file_is_published_under_the_number_of_its_document(qtbot, idle, embedded, tmp_path):
    window, page = page_of(qtbot, embedded)
    page.check(written(tmp_path, SECOND))
    idle()
    dialog = dialog_of(window)
    assert (
        "nothing is wrong with it"
        in dialog.findChildren(QPushButton)[0].window().layout().itemAt(0).widget().text()
    )
    click(dialog, "Publish")
    asked = dialog_of(window)
    assert isinstance(asked, ReasonDialog)
    asked.act.click()
    assert "Enter the number of the document" in asked.row("adopted_by").field.accessibleDescription()
    asked.row("adopted_by").field.setText("泽政服发〔2025〕40号")
    asked.row("valid_from").field.setText("2026-01-01")
    asked.act.click()
    idle()
    assert [one.edition for one in embedded.as_("officer").ask(schemes)] == [2, 1]
    assert said(window) == "The standard is published."
    assert page.list.shown_keys() == [*(one.uid for one in embedded.as_("officer").ask(schemes)), OFFERED]


def test_an_edition_known_already_is_refused_in_the_dialog(qtbot, idle, embedded, tmp_path):
    window, page = page_of(qtbot, embedded)
    page.check(written(tmp_path, BASELINE), publish=True)
    idle()
    asked = dialog_of(window)
    asked.row("adopted_by").field.setText("泽政服发〔2025〕40号")
    asked.act.click()
    idle()
    assert asked.isVisible() and len(embedded.as_("officer").ask(schemes)) == 1
    asked.reject()


def test_what_is_wrong_with_a_file_is_listed_with_its_line(qtbot, idle, embedded, tmp_path):
    window, page = page_of(qtbot, embedded)
    text = SECOND.replace("from = 95", "from = 195").replace(
        'category = "poor_work"', 'category = "performance"', 1
    )
    page.check(written(tmp_path, text), publish=True)
    idle()
    dialog = dialog_of(window)
    found = dialog.findChild(ReadingPane).toPlainText()
    line = 1 + text.splitlines().index("from = 195")
    assert f"line {line}" in found and "bands[2].from must be lower" in found
    assert "“performance” is of the other polarity" in found
    click(dialog, "Copy")
    assert f"{line}\tbands[2].from" in QApplication.clipboard().text()
    click(dialog, "Close")


def test_a_file_that_is_no_text_is_refused_in_a_banner(qtbot, idle, embedded, tmp_path):
    window, page = page_of(qtbot, embedded)
    path = tmp_path / "picture.toml"
    path.write_bytes(b"\x89PNG\xff\xfe")
    page.check(path)
    idle()
    assert "not a text in UTF-8" in said(window)


def test_the_file_is_chosen_in_a_dialog(qtbot, idle, embedded, tmp_path):
    window, page = page_of(qtbot, embedded)
    page.files.actions()[0].trigger()
    chooser = window.findChild(QFileDialog)
    chooser.fileSelected.emit(str(written(tmp_path, SECOND)))
    chooser.reject()
    idle()
    click(dialog_of(window), "Close")


def test_the_rules_are_told_in_sentences(qtbot, embedded):
    _, page = page_of(qtbot, embedded)
    page.tabs.bar.setCurrentIndex(1)
    text = page.rules.toPlainText()
    assert "Everybody begins with 100 points" in text and "Of one act counts" in text
    assert "On probation" in text


def test_the_text_is_copied(qtbot, embedded):
    _, page = page_of(qtbot, embedded)
    page.tabs.bar.setCurrentIndex(2)
    click(page, "Copy")
    assert QApplication.clipboard().text() == BASELINE


@pytest.fixture
def without(embedded: TestOffice) -> TestOffice:
    """The small office before any standard."""
    with embedded.database.write() as session:
        session.execute(delete(SchemeRow))
    return embedded


def test_where_nothing_is_published_the_national_baseline_is_offered(qtbot, idle, without):
    window, page = page_of(qtbot, without)
    begin = QApplication.focusWidget()
    assert begin.text() == "Publish the national baseline…"
    begin.click()
    idle()
    asked = dialog_of(window)
    said_there = " ".join(one.text() for one in asked.findChildren(QLabel))
    assert "Example values, until this organ adopts its own" in said_there
    asked.row("adopted_by").field.setText("泽政服发〔2025〕40号")
    asked.row("valid_from").field.setText("2025-01-01")
    asked.act.click()
    idle()
    (one,) = without.as_("officer").ask(schemes)
    assert one.text == BASELINE and page.list.shown_keys() == [one.uid, OFFERED]


def test_who_may_not_publish_is_not_offered_the_baseline(qtbot, without):
    _, page = page_of(qtbot, without, "head")
    assert not [one for one in page.findChildren(QPushButton) if one.text().startswith("Publish")]


def test_only_who_may_publish_is_offered_it(qtbot, embedded):
    _, page = page_of(qtbot, embedded, "head")
    assert not [one for one in page.findChildren(QPushButton) if one.text().startswith(("Publish", "Check"))]


def test_every_control_is_named(qtbot, embedded):
    _, page = page_of(qtbot, embedded)
    assert unnamed(page) == []
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Tab)
