"""Every table keeps its columns over sessions, in the one place where the desk remembers things."""

import pytest
from pytestqt.qtbot import QtBot

from app.settings import load_settings, save_settings
from tests.offices import TestOffice
from tests.ui.conftest import wait_until_idle
from ui.main_window import MainWindow
from ui.memory import recall, remember
from ui.page import Place
from ui.tables.table import Table
from ui.window import build_window


def opened(qtbot: QtBot, office: TestOffice, page: str) -> tuple[MainWindow, Table]:
    """The window at a page, and the table that is seen there."""
    window = build_window(office.as_("officer"))
    qtbot.addWidget(window)
    window.show()
    window.go(Place(page))
    wait_until_idle()
    shown = window.page(page)
    assert shown
    return window, next(table for table in shown.findChildren(Table) if table.isVisible())


@pytest.mark.parametrize("page", ["people", "inbox", "standards", "documents"])
def test_columns_are_as_they_were_when_the_window_opens_again(
    embedded: TestOffice, qtbot: QtBot, page: str
) -> None:
    window, table = opened(qtbot, embedded, page)
    header = table.horizontalHeader()
    header.resizeSection(0, 177)
    header.moveSection(2, 1)
    table.setColumnHidden(2, True)
    window.close()
    _, again = opened(qtbot, embedded, page)
    assert again.columnWidth(0) == 177
    assert again.horizontalHeader().visualIndex(2) == 1
    assert again.isColumnHidden(2)


def test_columns_that_nobody_touched_are_not_remembered(embedded: TestOffice, qtbot: QtBot) -> None:
    window, _ = opened(qtbot, embedded, "people")
    window.resize(1600, 900)
    wait_until_idle()
    window.close()
    assert recall("table/people") == ""


def test_what_is_remembered_is_kept_beside_the_other_settings() -> None:
    save_settings(load_settings().__class__(login="officer"))
    remember("a", "1")
    remember("b", "2")
    assert (recall("a"), recall("b"), recall("c")) == ("1", "2", "")
    assert load_settings().login == "officer"


@pytest.mark.parametrize("layout", ["{", "[]", "1"])
def test_what_cannot_be_read_is_as_if_never_remembered(layout: str) -> None:
    save_settings(load_settings().__class__(layout=layout))
    assert recall("a") == ""
    remember("a", "1")
    assert recall("a") == "1"
