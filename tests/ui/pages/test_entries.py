"""Entries: filter, find by words, sort, keep a filter, export, open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.commands.conduct import record_entry, verify_entry
from app.queries.reading import readings
from models.types import Access, Day, EntryStatus, Polarity
from tests.offices import OFFICE, TODAY, TestOffice, entry
from tests.ui.conftest import unnamed
from tests.ui.pages.windows import open_page, said
from tests.ui.typing import type_text
from ui.dialogs.reason import ReasonDialog
from ui.main_window import MainWindow
from ui.page import Place
from ui.pages.entries.page import EntriesPage
from ui.tables import export

Idle = Callable[[], None]
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def told(embedded: TestOffice) -> TestOffice:
    """Three entries, the newest a negative one in force."""
    officer = embedded.as_("officer")
    for no, item, on, facts in (
        ("0003", "reward.commendation", 20250310, "发表论文一篇"),
        ("0002", "reward.commendation", 20241105, FORMULA),
        ("0004", "service.overdue", 20250512, "超出承诺时限"),
    ):
        uid = officer.do(record_entry, entry(no, item, occurred_on=Day(on), decided_on=Day(on), facts=facts))
    embedded.as_("verifier").do(verify_entry, uid.uids[0])
    return embedded


def opened(qtbot: QtBot, office: TestOffice, *args: object) -> tuple[MainWindow, EntriesPage]:
    window, page = open_page(qtbot, "entries", lambda: EntriesPage(office.as_("officer")), *args)
    assert isinstance(page, EntriesPage)
    return window, page


def column(page: EntriesPage, number: int = 1) -> list[str]:
    return [page.model.index(row, number).data() for row in range(page.model.rowCount())]


def texts(page: EntriesPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def test_the_newest_is_at_the_top_and_enter_goes_to_it_in_its_file(qtbot: QtBot, told: TestOffice) -> None:
    window, page = opened(qtbot, told)
    assert column(page) == ["0004", "0003", "0002"] and "3 entries" in texts(page)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.here() != Place("entries"))
    here = window.here()
    assert here and here.page == "file" and here.args[:2] == ("0004", "entries")


def test_words_of_the_facts_narrow_and_escape_takes_it_away(
    qtbot: QtBot, told: TestOffice, idle: Idle
) -> None:
    _, page = opened(qtbot, told)
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_text(page.bar.search, "论文")
    qtbot.waitUntil(lambda: column(page) == ["0003"])
    idle()
    assert "Filtered: “论文”" in texts(page) and page.clear.isVisible()
    qtbot.keyClick(page.bar.search, Qt.Key.Key_Escape)
    idle()
    assert len(column(page)) == 3 and "Filtered" not in texts(page)


def test_the_filters_go_together(qtbot: QtBot, told: TestOffice, idle: Idle) -> None:
    _, page = opened(qtbot, told)
    page.filter.polarity.setCurrentIndex(page.filter.polarity.findData(Polarity.POSITIVE))
    idle()
    assert column(page) == ["0003", "0002"]
    page.filter.since.setText("2025-01")
    page.filter.since.editingFinished.emit()
    idle()
    assert column(page) == ["0003"]
    assert page.filter.words() == ["Positive", "since 2025-01"]
    page.filter.status.setCurrentIndex(page.filter.status.findData(EntryStatus.EFFECTIVE))
    idle()
    assert column(page) == [] and "No entry is found by this filter." in texts(page)
    page.clear.trigger()
    page.filter.item.put("service.overdue")
    idle()
    assert column(page) == ["0004"]
    page.clear.trigger()
    page.filter.tree.choose(OFFICE)
    idle()
    assert column(page) == ["0004"]


def test_a_day_that_is_none_is_said_beneath_it_and_changes_nothing(
    qtbot: QtBot, told: TestOffice, idle: Idle
) -> None:
    _, page = opened(qtbot, told)
    page.filter.until.setText("soon")
    page.filter.until.editingFinished.emit()
    idle()
    assert len(column(page)) == 3 and page.filter.until.text() == "soon"
    assert any("soon" in one.text() for one in page.filter.findChildren(QLabel))


def test_until_a_month_means_its_end(qtbot: QtBot, told: TestOffice, idle: Idle) -> None:
    _, page = opened(qtbot, told)
    page.filter.until.setText("2024-11")
    page.filter.until.editingFinished.emit()
    idle()
    assert column(page) == ["0002"]


def test_a_place_brings_its_words_once(qtbot: QtBot, told: TestOffice, idle: Idle) -> None:
    window, page = opened(qtbot, told, "text", "承诺")
    assert column(page) == ["0004"] and page.bar.search.text() == "承诺"
    page.clear.trigger()
    idle()
    window.go(Place("file"))
    window.go(Place("entries"))
    idle()
    assert len(column(page)) == 3


def test_a_filter_is_kept_with_order_and_columns_and_forgotten(
    qtbot: QtBot, told: TestOffice, idle: Idle
) -> None:
    window, page = opened(qtbot, told)
    page.bar.search.setText("论文")
    page._search()
    page.table.setColumnHidden(3, True)
    page.table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    idle()
    chosen(page, "Keep this filter…")
    dialog = window.findChild(ReasonDialog)
    assert dialog is not None
    dialog.findChildren(QLineEdit)[0].setText("论文")
    dialog.act.click()
    idle()
    page.clear.trigger()
    page.table.setColumnHidden(3, False)
    page.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    idle()
    assert len(column(page)) == 3
    chosen(page, "论文")
    idle()
    assert column(page) == ["0003"] and page.table.isColumnHidden(3)
    assert page.table.horizontalHeader().sortIndicatorSection() == 1
    forget = next(one for one in page.views.actions() if one.text() == "Forget").menu()
    assert forget is not None
    forget.actions()[0].trigger()  # type: ignore[attr-defined]  # of QObject, say the stubs
    idle()
    assert [one.text() for one in page.views.actions() if one.text()] == ["Keep this filter…", "Forget"]
    assert said(window) == "“论文” is kept no longer."


def chosen(page: EntriesPage, name: str) -> None:
    next(one for one in page.views.actions() if one.text() == name).trigger()


def test_the_columns_seen_leave_as_a_workbook_whose_cells_do_no_harm(
    qtbot: QtBot, told: TestOffice, idle: Idle, tmp_path: Path
) -> None:
    window, page = opened(qtbot, told)
    page.filter.polarity.setCurrentIndex(page.filter.polarity.findData(Polarity.POSITIVE))
    idle()
    path = tmp_path / "out.xlsx"
    write(page, path)
    idle()
    rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("Occurred on", "Staff no.", "Name") and "Authority" not in rows[0]
    assert rows[2][-1] == f"'{FORMULA}" and len(rows) == 3
    assert said(window) == f"Written to {path}."


def test_negative_entries_leave_for_a_purpose_and_stand_in_the_register(
    qtbot: QtBot, told: TestOffice, idle: Idle, tmp_path: Path
) -> None:
    window, page = opened(qtbot, told)
    path = tmp_path / "out.xlsx"
    write(page, path)
    dialog = window.findChild(ReasonDialog)
    assert dialog is not None and not path.exists()
    purpose, approver = dialog.findChildren(QLineEdit)
    purpose.setText("季度通报")
    approver.setText("局长 批〔2025〕3号")
    dialog.act.click()
    idle()
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows(values_only=True) for cell in row]
    assert any("季度通报" in str(cell) for cell in cells)
    (line,) = told.as_("officer").ask(readings, Day(20250101), TODAY)
    assert (line.how, line.staff_no, line.purpose) == (Access.EXPORTED, "0004", "季度通报")


def write(page: EntriesPage, path: Path) -> None:
    """As the dialog of files would."""
    exported, table = page._kind.exported, page.table
    found = export._listing(
        page._context, exported, table.rows.fetch, table.rows.ids, table.shown_columns(), ()
    )
    export.save_rows(page, page._context, found, path)


def test_every_control_is_named(qtbot: QtBot, told: TestOffice) -> None:
    _, page = opened(qtbot, told)
    assert unnamed(page) == []
