"""Home: what waits, one Enter away from being done."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.commands.accounts import add_account, grant_role
from app.commands.conduct import Basis, record_entry, return_entry, verify_entry
from app.commands.entry_drafts import keep_entry_draft
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.people import add_person
from app.commands.schemes import publish_scheme
from app.founding import create_office
from app.queries.entry_drafts import entry_drafts
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.types import Day, Role
from tests.app.commands.lead_cases import late
from tests.offices import BASELINE, PASSPHRASE, PASSWORD, Clock, TestOffice, entry, new_office, revoked
from tests.ui.conftest import unnamed
from tests.ui.pages.files import verified
from tests.ui.pages.windows import open_page
from ui import bus
from ui.desk.rows import Group, QueueItem
from ui.main_window import MainWindow
from ui.page import Page, Place
from ui.pages.home.page import HomePage
from ui.pages.home.year_pictures import Bars, Months
from ui.window import build_window

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
    uid_of_lead = late(embedded)
    (uid,) = officer.do(record_entry, entry()).uids
    verifier.do(return_entry, uid, "文号不符")
    page = HomePage(officer)
    qtbot.addWidget(page)
    idle()
    lists = ["Lists to work through", "Overdue leads", "What ends this month"]
    assert shown(page) == ["Overdue", "王丽", *lists, "Entries returned to you", "王丽"]
    press = opened(qtbot, page)
    assert press(Qt.Key.Key_Return) == Place("leads", (uid_of_lead,))
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert press(Qt.Key.Key_Enter) == Place("leads", ("overdue",))
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert press(Qt.Key.Key_Enter) == Place("lists", ("due",))
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert press(Qt.Key.Key_Enter) == Place("file", ("0003", "entries", uid))


def test_a_line_says_what_how_late_and_why(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> None:
    officer = embedded.as_("officer")
    late(embedded)
    page = HomePage(officer)
    qtbot.addWidget(page)
    idle()
    spoken = page.list.rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "王丽; 0003; 窗口无人; 8 days overdue; due 2025-12-10"


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


def test_a_grade_that_changed_after_its_approval_leads_to_the_year(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    officer = embedded.as_("officer")
    uid = verified(embedded)
    rows = officer.do(propose_evaluations, year(2025)).evaluations
    embedded.as_("head").do(approve_evaluation, rows["0003"])
    revoked(embedded, uid, Basis("泽政服人〔2025〕60号", Day(20251201), "原决定被撤销"))
    page = HomePage(officer)
    qtbot.addWidget(page)
    idle()
    assert shown(page)[1] == "1 approved grade of 2025 rests on entries that changed since"
    assert opened(qtbot, page)(Qt.Key.Key_Return) == Place("inbox", ("year", "2025"))


@pytest.fixture
def new(tmp_path: Path) -> Iterator[TestOffice]:
    """An office that was made a moment ago."""
    clock = Clock()
    place = str(tmp_path / "new")
    database, _ = create_office(place, PASSPHRASE, new_office(clock))
    yield TestOffice(database, clock, place)
    database.close()


def test_a_new_office_is_led_from_what_it_lacks_to_where_that_is_done(
    new: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    officer = new.as_("officer")
    pages: dict[str, Callable[[], Page]] = {"standards": Page, "people": Page}
    window = MainWindow([], {"home": lambda: HomePage(officer), **pages})
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.go(Place("home"))
    idle()
    page = window.page("home")
    assert isinstance(page, HomePage) and unnamed(page) == []
    words = [one.text() for one in page.begin.buttons]
    assert words == ["Publish a standard…", "Take in people…", "Copy the command"]
    assert page.begin.buttons[0].hasFocus()
    page.begin.buttons[0].click()
    assert window.here() == Place("standards")
    page.begin.buttons[1].click()
    assert window.here() == Place("people")
    page.begin.buttons[2].click()
    assert "account add LOGIN --name NAME --role department_head" in QApplication.clipboard().text()


def test_what_is_there_by_now_leaves_the_card(new: TestOffice, qtbot: QtBot, idle: Idle) -> None:
    officer = new.as_("officer")
    _, page = open_page(qtbot, "home", lambda: HomePage(officer))
    bus.changed.emit(officer.do(publish_scheme, BASELINE, "泽政服发〔2024〕36号", Day(20240101)))
    idle()
    assert page.begin.buttons[0].text() == "Take in people…" and page.begin.buttons[0].hasFocus()
    officer.do(add_account, "head", "解伟", PASSWORD)
    officer.do(grant_role, "head", Role.DEPARTMENT_HEAD)
    bus.changed.emit(officer.do(add_person, NewPerson("0001", "欧阳敏", "")))
    idle()
    assert not page.begin.isVisible()


def test_who_does_not_keep_files_is_not_told_what_is_missing(
    new: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    _, page = open_page(qtbot, "home", lambda: HomePage(new.as_("verifier")))
    assert not page.begin.isVisible()


def test_after_signing_in_the_first_thing_that_waits_has_the_keyboard(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    (uid,) = embedded.as_("officer").do(record_entry, entry()).uids
    window = build_window(embedded.as_("verifier"))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    idle()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.here() == Place("verify", (uid,))


def test_once_all_is_done_the_keyboard_stays_on_the_page(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    (uid,) = embedded.as_("officer").do(record_entry, entry()).uids
    verifier = embedded.as_("verifier")
    _, page = open_page(qtbot, "home", lambda: HomePage(verifier))
    assert page.list.hasFocus()
    bus.changed.emit(verifier.do(verify_entry, uid))
    idle()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton) and focused.text() == "To the people"


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


def test_who_is_worth_a_look_stands_under_what_waits_and_is_not_counted(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    officer = embedded.as_("officer")
    rule = '[[attention]]\ncode = "slow"\nname = { zh = "超时", en = "Overdue" }\n'
    rule += 'when = { items = ["service.overdue"], count_from = 1, within = 12 }\n'
    text = BASELINE.replace("edition = 1", "edition = 2", 1) + rule
    officer.do(publish_scheme, text, "泽政服发〔2025〕1号", Day(20250101))
    decided = {"decided_on": Day(20251001), "document_no": "督1号"}
    verified(embedded, item="service.overdue", occurred_on=Day(20251001), **decided)
    page = HomePage(officer)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.badge) as signal:
        idle()
    assert signal.args == [0] and shown(page) == ["Worth a look: Overdue", "王丽"]
    place = opened(qtbot, page)(Qt.Key.Key_Return)
    assert place == Place("file", ("0003", "entries"))


def test_drafts_are_continued_and_discarded_with_the_keyboard(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    officer = embedded.as_("officer")
    for staff_no in ("0003", "0005"):
        officer.do(keep_entry_draft, staff_no, '{"files": [], "facts": "一"}')
    window, page = open_page(qtbot, "home", lambda: HomePage(officer))
    assert shown(page)[0] == "Drafts to continue" and set(shown(page)[1:]) == {"王丽", "阿依古丽·买买提"}
    page.list.pick("draft 0003")
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    idle()
    assert shown(page) == ["Drafts to continue", "阿依古丽·买买提"]
    assert [one.staff_no for one in officer.ask(entry_drafts)] == ["0005"]
    window.banner._act.click()
    idle()
    assert [one.text for one in officer.ask(entry_drafts, "0003")] == ['{"files": [], "facts": "一"}']
    page.list.pick("draft 0003")
    assert opened(qtbot, page)(Qt.Key.Key_Return) == Place("file", ("0003", "new"))


def test_nobody_is_shown_the_drafts_of_others(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> None:
    embedded.as_("officer").do(keep_entry_draft, "0003", '{"files": []}')
    _, page = open_page(qtbot, "home", lambda: HomePage(embedded.as_("verifier")))
    assert "Drafts to continue" not in shown(page)
