"""The lists in a window: chosen with the arrows, saved on the desk, each row leads to its file."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from app.commands.erasures import set_retention
from app.commands.people import add_person
from app.queries.reading import readings
from app.rules.inputs import NewPerson
from models.types import Access, Day
from tests.offices import TODAY
from tests.ui.conftest import unnamed
from tests.ui.pages.files import verified
from tests.ui.pages.windows import open_page, said
from ui.dialogs.paper import PaperDialog
from ui.dialogs.reason import ReasonDialog
from ui.page import Place
from ui.pages.lists.page import ListsPage
from ui.tables.table import Table


@pytest.fixture
def lists(qtbot, embedded):
    embedded.as_("officer").do(add_person, NewPerson("0009", "孔祥", "办公室"))
    window, page = open_page(qtbot, "lists", lambda: ListsPage(embedded.as_("officer")))
    return window, page


def test_the_arrows_go_through_the_lists_and_enter_opens_a_file(lists, embedded, qtbot, idle):
    window, page = lists
    assert unnamed(page) == []
    assert page.title.text() == "What is missing in the files" and page.said.text() == "1 row"
    table = page.findChild(Table)
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.here().args == ("0009",)


def test_a_list_of_a_day_asks_until_when(lists, embedded, qtbot, idle):
    _, page = lists
    verified(embedded, item="service.overdue", occurred_on=Day(20240310), decided_on=Day(20240310))
    embedded.as_("officer").do(set_retention, 12, "泽政服发〔2025〕40号")
    assert not page.until.isVisible()
    page.show_place(Place("lists", ("retention",)))
    idle()
    assert page.until.isVisible() and page.chosen() == "retention"
    assert page.said.text().endswith("By 泽政服发〔2025〕40号 · 1 row")
    page.until.setText("2025-3-1")
    page.until.editingFinished.emit()
    idle()
    assert page.said.text().startswith("As of 1 March 2025") and page.said.text().endswith("0 rows")


def test_a_list_is_saved_as_paper_and_as_workbook(lists, tmp_path, idle):
    window, page = lists
    for name in ("list.pdf", "list.xlsx"):
        page.save_to(tmp_path / name)
        idle()
        assert said(window) == f"Written to {tmp_path / name}."
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    assert load_workbook(tmp_path / "list.xlsx").worksheets[0].cell(2, 1).value == "0009"


def test_a_list_of_negative_entries_is_saved_once_it_is_said_for_what(lists, embedded, tmp_path, idle, qtbot):
    window, page = lists
    verified(embedded, item="service.overdue", occurred_on=Day(20190310), decided_on=Day(20190310))
    page.show_place(Place("lists", ("retention",)))
    idle()
    page.save_to(tmp_path / "list.xlsx")
    (dialog,) = page.findChildren(ReasonDialog)
    dialog.act.click()
    assert dialog.row("purpose").refusal and not (tmp_path / "list.xlsx").exists()
    dialog.row("purpose").field.setText("备案")
    dialog.row("approver").field.setText("周局长批示")
    dialog.act.click()
    idle()
    assert said(window) == f"Written to {tmp_path / 'list.xlsx'}."
    (row,) = embedded.as_("officer").ask(readings, TODAY, TODAY)
    assert (row.how, row.purpose, row.document_no) == (Access.EXPORTED, "备案", "周局长批示")


def test_whose_influence_period_ends_is_told_on_paper(lists, embedded, qtbot, idle):
    window, page = lists
    for item, decided in (("sanction.warning", 20250610), ("handling.admonition", 20250625)):
        given = {"occurred_on": Day(20250601), "decided_on": Day(decided), "document_no": f"{decided}号"}
        verified(embedded, item=item, **given)
    assert page.letters.isEnabled() and not page._letters_button.isVisible()
    qtbot.keyClick(page.names, Qt.Key.Key_Down)
    idle()
    assert page.chosen() == "due" and page.said.text().endswith("2 rows") and unnamed(page) == []
    page.letters.trigger()
    idle()
    (paper,) = page.findChildren(PaperDialog)
    assert paper.preview.pages == 1 and said(window) == "1 notice. 1 period ends later."
    paper.reject()
    page.until.setText("2025-11-1")
    page.until.editingFinished.emit()
    idle()
    page.letters.trigger()
    idle()
    assert said(window) == "No influence period ends in this month."
