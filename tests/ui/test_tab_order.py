"""Tab visits every control of a page once, as one reads it, and Shift+Tab the same way back."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.commands.conduct import record_entry, verify_entry
from app.commands.evaluations import propose_evaluations, return_evaluation
from app.commands.leads import register_lead
from app.rules.grading.case import year
from app.rules.inputs import NewLead
from models.types import Day
from tests.offices import TestOffice, entry
from tests.ui.conftest import describe, wait_until_idle
from ui.main_window import MainWindow
from ui.page import Page, Place
from ui.pages.documents.page import DocumentsPage
from ui.pages.import_wizard.page import ImportPage
from ui.pages.import_wizard.work import COLUMNS, IMPORT, TRIAL, VALUES
from ui.window import build_window


def _id(value: object) -> str:
    return "-".join((value.page, *value.args)) if isinstance(value, Place) else str(value)


PLACES = (
    ("officer", Place("home")),
    ("officer", Place("people")),
    ("officer", Place("entries")),
    *(
        ("officer", Place("file", ("0003", tab)))
        for tab in ("", "entries", "grades", "leads", "history", "new")
    ),
    ("officer", Place("leads")),
    ("verifier", Place("verify")),
    ("head", Place("inbox")),
    ("officer", Place("inbox")),
    ("officer", Place("standards")),
    ("officer", Place("documents", ("0003",))),
    ("officer", Place("import")),
)


@pytest.fixture
def busy(embedded: TestOffice) -> TestOffice:
    """An office where something waits on every page."""
    officer = embedded.as_("officer")
    first, _ = (officer.do(record_entry, entry(decided_on=Day(day))).uids[0] for day in (20250310, 20250311))
    embedded.as_("verifier").do(verify_entry, first)
    officer.do(register_lead, NewLead("0003", Day(20251201), "无人接听"), "officer")
    proposed = officer.do(propose_evaluations, year(2025))
    embedded.as_("head").do(return_evaluation, proposed.evaluations["0005"], "请核对第二条。")
    return embedded


@pytest.mark.parametrize(("login", "place"), PLACES, ids=_id)
def test_tab_reads_the_page(busy: TestOffice, qtbot: QtBot, login: str, place: Place) -> None:
    window, page = opened(qtbot, busy, login, place)
    read_through(window, page)


@pytest.mark.parametrize("step", [COLUMNS, VALUES, TRIAL, IMPORT])
def test_tab_reads_each_step_of_an_import(busy: TestOffice, qtbot: QtBot, tmp_path: Path, step: int) -> None:
    path = tmp_path / "新进人员.csv"
    path.write_text("工号,姓名,部门,备注\n1001,张三,办公室,无\n1002,李四,,无\n", encoding="utf-8")
    window, page = opened(qtbot, busy, "officer", Place("import"))
    assert isinstance(page, ImportPage)
    page.choose(path)
    wait_until_idle()
    page.go(COLUMNS)
    page.columns.aside.click()
    page.go(VALUES)
    for number in range(VALUES, step + 1):
        page.go(number)
        wait_until_idle()
    page.go(step)
    assert page.step == step
    read_through(window, page)


def opened(qtbot: QtBot, office: TestOffice, login: str, place: Place) -> tuple[MainWindow, Page]:
    """The window at a place, and its page."""
    window = build_window(office.as_(login))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    window.go(place)
    wait_until_idle()
    page = window.page(place.page)
    assert page
    if isinstance(page, DocumentsPage):  # the paper comes after a pause
        qtbot.waitUntil(page.preview.view.isVisible)
        wait_until_idle()
    return window, page


def read_through(window: MainWindow, page: Page) -> None:
    """Walk there and back."""
    there, back = list(walk(window, page, Qt.Key.Key_Tab)), list(walk(window, page, Qt.Key.Key_Backtab))
    assert {describe(one) for one in controls(page) if one not in there} == set()
    assert [describe(one) for one in there] == [describe(one) for one in reversed(back)]
    assert [f"{describe(a)}, {describe(b)}" for a, b in pairwise(there) if goes_back(a, b, page)] == []


def walk(window: MainWindow, page: Page, key: Qt.Key) -> Iterator[QWidget]:
    """What ``key`` visits within the page, from where it enters it to where it leaves it."""
    entered = False
    window.search.setFocus()
    for _ in range(200):
        QTest.keyClick(window.focusWidget(), key)
        here = window.focusWidget()
        assert here
        if not page.isAncestorOf(here):
            if entered:
                return
        else:
            entered = True
            assert seen(here, window), f"covered or out of sight: {describe(here)}"
            yield here
    raise AssertionError(f"no way out: {describe(here)}")


def controls(page: Page) -> set[QWidget]:
    """All that the keyboard has to reach."""
    found = (one for one in page.findChildren(QWidget) if one.isVisible() and one.isEnabled())
    return {one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.focusProxy()}


def seen(control: QWidget, window: MainWindow) -> bool:
    """Whether nothing lies over it."""
    above = window.childAt(control.mapTo(window, control.rect().center()))
    return above is not None and (above is control or control.isAncestorOf(above))


def goes_back(before: QWidget, after: QWidget, page: Page) -> bool:
    """Whether ``after`` should have been read first: wholly above and not at the right, or at the left
    in the same line."""
    one, other = at(before, page), at(after, page)
    above, right = other.bottom() < one.top(), other.left() >= one.right()
    beside = other.top() < one.bottom() and one.top() < other.bottom()
    return (above and not right) or (beside and other.right() <= one.left())


def at(control: QWidget, page: Page) -> QRect:
    return QRect(control.mapTo(page, QPoint(0, 0)), control.size())
