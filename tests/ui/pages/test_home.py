"""Home: what waits, one Enter away from being done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.commands.conduct import record_entry, return_entry, verify_entry
from app.commands.evaluations import propose_evaluations
from app.commands.leads import register_lead
from app.rules.grading.engine import year
from app.rules.inputs import NewLead
from models.types import Day
from tests.offices import TestOffice, entry
from tests.ui.conftest import unnamed
from ui import bus
from ui.desk.rows import Group, QueueItem
from ui.page import Page, Place
from ui.pages.home.page import HomePage
from ui.pages.home.year_pictures import Bars, Months

Idle = Callable[[], None]


def shown(page: HomePage) -> list[str]:
    """Headings and titles, from the top."""
    model = page.list.rows
    rows = (model.shown(model.index(row)) for row in range(model.rowCount()))
    return [row.title if isinstance(row, Group | QueueItem) else "" for row in rows]


def opened(qtbot: QtBot, page: Page) -> Callable[[Qt.Key], Place]:
    def press(key: Qt.Key) -> Place:
        with qtbot.waitSignal(page.place_wanted) as signal:
            qtbot.keyClick(page.first, key)
        place: Place = signal.args[0]
        return place

    return press


def test_each_kind_of_work_is_one_enter_away(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> None:
    officer, verifier = embedded.as_("officer"), embedded.as_("verifier")
    officer.do(register_lead, NewLead("0003", Day(20251201), "无人接听", due_on=Day(20251210)), "officer")
    (uid,) = officer.do(record_entry, entry()).uids
    verifier.do(return_entry, uid, "文号不符")
    page = HomePage(officer)
    qtbot.addWidget(page)
    idle()
    assert shown(page) == ["Overdue", "王丽", "Entries returned to you", "王丽"]
    press = opened(qtbot, page)
    assert press(Qt.Key.Key_Return) == Place("file", ("0003", "leads"))
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert press(Qt.Key.Key_Enter) == Place("file", ("0003", "entries"))


def test_a_line_says_what_how_late_and_why(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> None:
    officer = embedded.as_("officer")
    officer.do(register_lead, NewLead("0003", Day(20251201), "无人接听", due_on=Day(20251210)), "officer")
    page = HomePage(officer)
    qtbot.addWidget(page)
    idle()
    spoken = page.list.rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "王丽; 0003; 无人接听; 8 days overdue; due 2025-12-10"


def test_verifying_and_deciding_lead_to_the_very_record(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    (uid,) = embedded.as_("officer").do(record_entry, entry()).uids
    rows = dict(embedded.as_("officer").do(propose_evaluations, year(2025)).evaluations)
    verifier, head = HomePage(embedded.as_("verifier")), HomePage(embedded.as_("head"))
    for page in (verifier, head):
        qtbot.addWidget(page)
    idle()
    assert opened(qtbot, verifier)(Qt.Key.Key_Return) == Place("verify", (uid,))
    place = opened(qtbot, head)(Qt.Key.Key_Return)
    assert place.page == "inbox" and place.args[0] in {rows["0003"], rows["0005"]}


def test_the_number_in_the_rail_follows_what_happens_elsewhere(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    officer, verifier = embedded.as_("officer"), embedded.as_("verifier")
    (uid,) = officer.do(record_entry, entry()).uids
    page = HomePage(verifier)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.badge) as first:
        idle()
    assert first.args == [1]
    changes = verifier.do(verify_entry, uid)
    with qtbot.waitSignal(page.badge) as second:
        bus.changed.emit(changes)
    assert second.args == [0]


def test_where_nothing_waits_it_says_what_belongs_here(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    page = HomePage(embedded.as_("officer"))
    qtbot.addWidget(page)
    page.show()
    idle()
    (button,) = (one for one in page.findChildren(QPushButton) if one.isVisible())
    with qtbot.waitSignal(page.place_wanted) as signal:
        button.click()
    assert signal.args == [Place("people")]
    assert unnamed(page) == []


def test_the_pictures_say_in_words_what_they_show(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> None:
    officer, verifier = embedded.as_("officer"), embedded.as_("verifier")
    page = HomePage(officer)
    qtbot.addWidget(page)
    idle()
    grades, statuses = page.findChildren(Bars)
    assert grades.accessibleDescription() == "Nothing submitted yet"
    verifier.do(verify_entry, officer.do(record_entry, entry()).uids[0])
    page.refresh(officer.do(propose_evaluations, year(2025)).changes)
    idle()
    assert grades.accessibleName() == "Grades 2025" and grades.isVisibleTo(page)
    assert grades.accessibleDescription() == "Excellent 0; Good 5; Fair 0; Poor 0"
    assert statuses.accessibleDescription() == "To be decided 5"
    assert page.findChildren(Months)[0].accessibleDescription() == "Month 3: 1 positive, 0 negative"
