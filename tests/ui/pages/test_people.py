"""People: find, filter, sort, look and open."""

import json
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.commands.conduct import record_entry, verify_entry
from app.commands.people import add_person, change_person
from app.commands.views import save_view
from app.rules.inputs import NewPerson
from models.types import Day, Leaving
from tests.offices import OFFICE, TestOffice, entry, object_to
from tests.ui.conftest import unnamed
from ui.desk.queue import QueueList
from ui.page import Place
from ui.pages.people.page import PeoplePage
from ui.tables.export import _listing

Idle = Callable[[], None]
Open = Callable[..., PeoplePage]


@pytest.fixture
def people(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> Open:
    """Opens the page for someone."""

    def open_for(login: str = "officer") -> PeoplePage:
        page = PeoplePage(embedded.as_(login))
        qtbot.addWidget(page)
        page.resize(1200, 690)
        page.show()
        page.activateWindow()
        page.setFocus()
        idle()
        return page

    return open_for


def column(page: PeoplePage, number: int = 0) -> list[str]:
    return [page.model.index(row, number).data() for row in range(page.model.rowCount())]


def texts(page: PeoplePage) -> str:
    """All that is said, outside the table."""
    said = [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]
    entries = page.peek.findChild(QueueList)
    assert entries is not None
    if entries.isVisibleTo(page):
        rows = (entries.rows.index(row) for row in range(entries.rows.rowCount()))
        said += [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in rows]
    return "\n".join(said)


def placed(qtbot: QtBot, page: PeoplePage, do: Callable[[], object]) -> Place:
    with qtbot.waitSignal(page.place_wanted) as signal:
        do()
    place: Place = signal.args[0]
    return place


def test_the_first_person_is_chosen_and_enter_opens_the_file(people: Open, qtbot: QtBot) -> None:
    page = people()
    assert column(page) == ["0001", "0002", "0003", "0004", "0005"]
    assert "5 people" in texts(page)
    assert "欧阳敏" in texts(page) and "No entries yet" in texts(page)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    place = placed(qtbot, page, lambda: qtbot.keyClick(page.table, Qt.Key.Key_Return))
    assert place == Place("file", ("0002",))


def test_the_pane_follows_the_keyboard_and_shows_the_newest_entries(
    people: Open, embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    embedded.as_("officer").do(record_entry, entry())
    page = people()
    for _ in range(2):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    idle()
    assert "王丽" in texts(page) and "Commendation" in texts(page) and "To be verified" in texts(page)
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    idle()
    assert "解伟" in texts(page) and "Commendation" not in texts(page)


def test_an_entry_in_the_pane_opens_the_entries_of_the_file(
    people: Open, embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    embedded.as_("officer").do(record_entry, entry("0001"))
    page = people()
    entries = page.peek.findChild(QueueList)
    assert entries is not None and entries.current() == ""
    entries.setFocus()
    qtbot.keyClick(entries, Qt.Key.Key_Down)
    place = placed(qtbot, page, lambda: qtbot.keyClick(entries, Qt.Key.Key_Return))
    assert place == Place("file", ("0001", "entries"))


def test_the_own_file_is_refused_in_the_pane(people: Open, qtbot: QtBot) -> None:
    page = people("head")
    assert column(page) == ["0002", "0003", "0005"]
    assert "This is your own file." in texts(page)


def test_typing_narrows_and_enter_opens_the_best_before_it_is_shown(people: Open, qtbot: QtBot) -> None:
    page = people()
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.search.hasFocus()
    qtbot.keyClicks(page.bar.search, "wl")
    place = placed(qtbot, page, lambda: qtbot.keyClick(page.bar.search, Qt.Key.Key_Return))
    assert place == Place("file", ("0003",))
    assert column(page) == ["0003", "0004"]


def test_a_filter_in_force_is_seen_and_escape_takes_it_away(people: Open, qtbot: QtBot, idle: Idle) -> None:
    page = people()
    assert not page.clear.isVisible() and "Filtered" not in texts(page)
    qtbot.keyClicks(page.bar.search, "oy")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    idle()
    assert "1 person" in texts(page) and "Filtered: “oy”" in texts(page)
    qtbot.keyClick(page.bar.search, Qt.Key.Key_Escape)
    idle()
    assert page.model.rowCount() == 5 and "Filtered" not in texts(page)
    assert page.bar.search.text() == "" and page.table.hasFocus()


def test_down_goes_from_the_search_to_the_table(people: Open, qtbot: QtBot) -> None:
    page = people()
    page.bar.search.setFocus()
    qtbot.keyClick(page.bar.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_units_service_and_marks_filter_together(
    people: Open, embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    officer = embedded.as_("officer")
    (uid,) = officer.do(record_entry, entry()).uids
    embedded.as_("verifier").do(verify_entry, uid)
    object_to(embedded, uid)
    officer.do(
        change_person, NewPerson("0005", "阿依古丽·买买提", left_on=Day(20251031), leaving=Leaving.RETIRED)
    )
    page = people()
    tree = page.filter.tree
    shown = [(item.text(0), item.text(1)) for item in map(tree.topLevelItem, range(3)) if item]
    assert shown == [("All departments", "4"), ("办公室", "2"), ("审批一科", "2")]
    tree.setFocus()
    for _ in range(2):
        qtbot.keyClick(tree, Qt.Key.Key_Down)
    idle()
    assert column(page) == ["0002", "0003"]
    left = next(
        one
        for one in page.filter.findChildren(type(page.filter.disputed).__base__)
        if one.text() == "No longer serving"
    )
    left.click()
    idle()
    assert column(page) == ["0005"] and "Filtered: 审批一科 · No longer serving" in texts(page)
    page.clear.trigger()
    page.filter.disputed.click()
    idle()
    assert column(page) == ["0003"]
    assert page.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "王丽, an objection runs"


def test_where_nobody_is_found_it_says_so_and_offers_the_way_out(
    people: Open, qtbot: QtBot, idle: Idle
) -> None:
    page = people()
    qtbot.keyClicks(page.bar.search, "zz")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    idle()
    assert "Nobody is found by this filter." in texts(page)
    assert "Choose a person in the list" in texts(page)
    clear = [
        one for one in page.findChildren(QPushButton) if one.text() == "Clear the filter" and one.isVisible()
    ]
    clear[-1].click()
    idle()
    assert page.model.rowCount() == 5 and page.table.isVisible()


def test_sorting_is_done_by_the_office_and_keeps_who_is_chosen(
    people: Open, embedded: TestOffice, idle: Idle
) -> None:
    (uid,) = embedded.as_("officer").do(record_entry, entry("0003")).uids
    embedded.as_("verifier").do(verify_entry, uid)
    page = people()
    page.table.selectRow(2)
    header = page.table.horizontalHeader()
    header.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    idle()
    assert column(page) == ["0005", "0001", "0003", "0004", "0002"]
    assert page.table.currentIndex().row() == 2
    header.setSortIndicator(5, Qt.SortOrder.DescendingOrder)
    idle()
    assert column(page) == ["0003", "0005", "0004", "0002", "0001"]
    assert page.table.currentIndex().row() == 0


def test_columns_and_order_are_remembered(people: Open) -> None:
    page = people()
    page.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    page.hide()
    assert column(people())[0] == "0005"


def test_what_changed_elsewhere_is_shown_and_the_chosen_one_stays(
    people: Open, embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    officer = embedded.as_("officer")
    page = people()
    page.table.selectRow(2)
    page.refresh(officer.do(add_person, NewPerson("00005", "安一", "办公室")))
    idle()
    assert column(page)[0] == "00005" and page.table.currentIndex().row() == 3
    uid = officer.do(record_entry, entry()).uids[0]
    page.refresh(embedded.as_("verifier").do(verify_entry, uid))
    idle()
    assert column(page, 5)[3] == "+1" and "Commendation" in texts(page)


def test_who_keeps_files_records_for_the_chosen_one(people: Open, qtbot: QtBot) -> None:
    page = people()
    new = Qt.KeyboardModifier.ControlModifier
    place = placed(qtbot, page, lambda: qtbot.keyClick(page.table, Qt.Key.Key_N, new))
    assert place == Place("file", ("0001", "new"))


def test_who_does_not_is_told_why(people: Open) -> None:
    page = people("head")
    for act in (page.take_in, page.add, page.record):
        assert not act.isEnabled() and act.toolTip().startswith("Only who keeps files")
    shown = [one for one in page.bar.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in shown if one.isEnabled()] == ["Kept filters", "Export…"]
    assert all(one.accessibleDescription() for one in shown if not one.isEnabled())


def test_every_control_is_named_and_the_keyboard_gets_round(people: Open, qtbot: QtBot) -> None:
    page = people()
    assert unnamed(page) == []
    assert page.focusWidget() is page.table
    met: list[QWidget] = []
    while (widget := QApplication.focusWidget()) and widget not in met:
        met.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert {page.table, page.bar.search, page.filter.tree, page.filter.disputed} <= set(met)


def test_a_place_brings_a_department_or_words(people: Open, idle: Idle) -> None:
    page = people()
    page.show_place(Place("people", ("department", OFFICE)))
    idle()
    assert column(page) == ["0001", "0004"] and "Filtered: 办公室" in texts(page)
    page.show_place(Place("people", ("text", "王")))
    idle()
    assert column(page) == ["0003", "0004"] and page.bar.search.text() == "王"
    page.show_place(Place("people"))
    idle()
    assert column(page) == ["0003", "0004"]


def test_a_kept_filter_shows_the_same_people_again(people: Open, embedded: TestOffice, idle: Idle) -> None:
    page = people()
    page.filter.tree.choose(OFFICE)
    page.table.setColumnHidden(2, True)
    idle()
    embedded.as_("officer").do(save_view, "people", "办公室", json.dumps(page._view()))
    again = people()
    again.table.setColumnHidden(2, False)
    next(one for one in again.views.actions() if one.text() == "办公室").trigger()
    idle()
    assert column(again) == ["0001", "0004"] and again.table.isColumnHidden(2)


def test_who_exports_people_with_negative_entries_says_what_for_and_leaves_out_the_own_file(
    people: Open, embedded: TestOffice, idle: Idle
) -> None:
    officer = embedded.as_("officer")
    for no in ("0002", "0003"):
        uid = officer.do(record_entry, entry(no, "service.overdue")).uids[0]
        embedded.as_("verifier").do(verify_entry, uid)
    page = people("head")
    made = partial(_listing, page._context, page._kind.exported, page.table.rows.fetch, page.table.rows.ids)
    found = made(page.table.shown_columns(), ())
    assert found.negative and found.whose == ("0003",)
    assert [row[0] for row in found.rows] == ["0003", "0005"]
    page.table.setColumnHidden(6, True)
    assert not made(page.table.shown_columns(), ()).negative


def test_too_long_a_list_is_not_exported(people: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.tables.export.MOST", 4)
    said: list[str] = []
    monkeypatch.setattr("ui.messages.say", lambda _, kind, sentence: said.append(sentence))
    people().export.trigger()
    assert said == ["A workbook takes 1 to 4 rows. Filter the list first."]
