"""Documents: choose, look, print, save."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.commands.conduct import record_entry, verify_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.people import add_person
from app.queries.preflight import Concern
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from tests.offices import TestOffice, entry
from tests.ui.conftest import unnamed, wait_until_idle
from tests.ui.pages.windows import open_page, said
from tests.ui.test_printing import pdf_printer
from ui import bus, tasks
from ui.pages.documents import page as documents
from ui.pages.documents.page import DocumentsPage

Open = Callable[..., DocumentsPage]


@pytest.fixture
def opened(embedded: TestOffice, qtbot: QtBot) -> Open:
    """Opens the page for someone, at a place, with everything there."""

    def open_it(login: str = "officer", *args: str) -> DocumentsPage:
        _, page = open_page(qtbot, "documents", lambda: DocumentsPage(embedded.as_(login)), *args)
        settle(qtbot, page)
        return page

    return open_it


def settle(qtbot: QtBot, page: DocumentsPage) -> None:
    """Until what is wanted is shown."""
    qtbot.waitUntil(lambda: page.form.wanted() == page._wanted and not tasks.busy(), timeout=20_000)
    wait_until_idle()


def names(page: DocumentsPage) -> list[str]:
    return [summary.name for summary in page._ready.summaries]


def choose_all(qtbot: QtBot, page: DocumentsPage) -> None:
    qtbot.keyClick(page.form.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)


def test_at_first_it_says_what_belongs_here(opened: Open) -> None:
    page = opened()
    assert page.preview.pages == 0
    assert not page.print.isEnabled()
    assert page.print.toolTip() == "Choose first for whom."
    assert len(page.form.model.ids) == 5


def test_the_papers_of_one_person_are_shown(opened: Open) -> None:
    page = opened("officer", "0003")
    assert names(page) == ["王丽"]
    assert page.preview.pages == 1
    assert page.print.isEnabled()
    assert page.checks.text(Concern.UNDECIDED) == "Not decided yet: 王丽"
    assert page.checks.text(Concern.STANDARD) == "A standard is in force"


def test_several_people_are_found_and_chosen_with_the_keyboard(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    qtbot.keyClicks(page.form.search, "wangli")
    qtbot.waitUntil(lambda: len(page.form.model.ids) == 2)
    qtbot.keyClick(page.form.search, Qt.Key.Key_Down)
    choose_all(qtbot, page)
    assert names(page) == ["王丽", "王丽"]
    assert page.preview.pages == 2


def test_enter_in_the_search_field_takes_the_first(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    qtbot.keyClicks(page.form.search, "0005")
    qtbot.keyClick(page.form.search, Qt.Key.Key_Return)
    wait_until_idle()
    settle(qtbot, page)
    assert names(page) == ["阿依古丽·买买提"]


def test_a_department_narrows_the_list(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    box = page.form.department
    box.setFocus()
    box.setCurrentIndex(box.findText("办公室"))
    box.activated.emit(box.currentIndex())
    wait_until_idle()
    assert len(page.form.model.ids) == 2


def test_what_is_chosen_after_the_first_pages_is_looked_through_too(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "SHOWN", 2)
    page = opened()
    choose_all(qtbot, page)
    assert len(names(page)) == 5
    assert page.preview.pages == 2
    assert page.checks.text(Concern.UNDECIDED) == "Not decided yet: 欧阳敏, 解伟, 王丽 and 2 more"


def test_too_many_are_refused_in_place(opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST", 2)
    page = opened()
    choose_all(qtbot, page)
    assert page.refusal.text() == "Choose at most 2 people at once."
    assert not page.print.isEnabled()


def test_a_period_without_a_standard_says_so(embedded: TestOffice, opened: Open, qtbot: QtBot) -> None:
    page = opened("officer", "0003")
    page.form.period.addItem("2023", year(2023))
    page.form.period.setCurrentIndex(page.form.period.findText("2023"))
    settle(qtbot, page)
    assert page.checks.text(Concern.STANDARD).startswith("No standard is in force for 2023.")
    assert not page.print.isEnabled()
    assert page.preview.pages == 0


def test_the_own_file_is_left_out(opened: Open, qtbot: QtBot) -> None:
    page = opened("head", "0002")
    assert page.checks.text(Concern.REFUSED).startswith("Not printed: 0002. This is your own file.")


def test_it_follows_what_changes(embedded: TestOffice, opened: Open, qtbot: QtBot) -> None:
    page = opened("officer", "0003")
    officer = embedded.as_("officer")
    submitted = officer.do(propose_evaluations, year(2025))
    approved = embedded.as_("head").do(approve_evaluation, submitted.evaluations["0003"])
    bus.changed.emit(approved)
    settle(qtbot, page)
    assert page.checks.text(Concern.UNDECIDED) == "The grades are decided"
    uid = officer.do(record_entry, entry()).uids[0]
    bus.changed.emit(embedded.as_("verifier").do(verify_entry, uid))
    settle(qtbot, page)
    assert page.checks.text(Concern.STALE) == "Entries changed since: 王丽"


def test_the_language_of_the_paper_is_chosen_apart(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened("officer", "0003")
    page.form.language.setCurrentIndex(page.form.language.findData("zh_CN"))
    settle(qtbot, page)
    page.save_to(tmp_path / "a.pdf")
    wait_until_idle()
    assert "诚信档案摘要" in PdfReader(tmp_path / "a.pdf").pages[0].extract_text()


def test_a_printer_gets_as_many_pages_as_are_shown(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened()
    choose_all(qtbot, page)
    page.print_on(pdf_printer(tmp_path / "out.pdf"))
    wait_until_idle()
    assert len(PdfReader(tmp_path / "out.pdf").pages) == page.preview.pages == 5
    assert said(page.window()) == "5 pages are with the printer."


def test_ctrl_p_asks_for_a_printer(opened: Open, qtbot: QtBot) -> None:
    page = opened("officer", "0003")
    qtbot.keyClick(page.form.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = page.findChildren(QPrintDialog)
    dialog.reject()


def test_ctrl_s_proposes_the_name_of_the_person(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened("officer", "0003")
    page._folder = tmp_path
    qtbot.keyClick(page.form.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = page.findChildren(QFileDialog)
    assert dialog.selectedFiles() == [str(tmp_path / "0003-王丽-2025.pdf")]
    dialog.accept()
    wait_until_idle()
    assert (tmp_path / "0003-王丽-2025.pdf").read_bytes().startswith(b"%PDF")
    assert page.open_folder.isEnabled()


def test_one_file_a_person_is_saved(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened()
    choose_all(qtbot, page)
    page.save_each_in(tmp_path)
    wait_until_idle()
    files = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert files[0] == "0001-欧阳敏-2025.pdf"
    assert len(files) == 5
    assert said(page.window()) == f"5 files are saved in {tmp_path}."


def test_a_folder_that_cannot_be_written_is_named(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened("officer", "0003")
    page.save_to(tmp_path / "none" / "a.pdf")
    wait_until_idle()
    assert "cannot be written" in said(page.window())


def test_a_character_without_a_font_is_to_be_written_by_hand(embedded: TestOffice, opened: Open) -> None:
    embedded.as_("officer").do(add_person, NewPerson("0009", "王\U000323b0"))
    page = opened("officer", "0009")
    assert page.checks.text(Concern.CHARACTERS) == "Write in by hand: \U000323b0 (王\U000323b0)"
    assert page.print.isEnabled()


def test_zoom_and_pages_by_keys(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    choose_all(qtbot, page)
    ctrl, preview = Qt.KeyboardModifier.ControlModifier, page.preview
    fitted = preview.zoom
    qtbot.keyClick(page.form.table, Qt.Key.Key_Minus, ctrl)
    assert preview.zoom == pytest.approx(fitted / 1.2)
    qtbot.keyClick(page.form.table, Qt.Key.Key_0, ctrl)
    assert preview.zoom == pytest.approx(fitted)
    qtbot.keyClick(page.form.table, Qt.Key.Key_PageDown, ctrl)
    assert preview.view.pageNavigator().currentPage() == 1
    qtbot.keyClick(page.form.table, Qt.Key.Key_PageUp, ctrl)
    assert preview.view.pageNavigator().currentPage() == 0


def test_every_control_has_a_name(opened: Open) -> None:
    assert unnamed(opened("officer", "0003")) == []
