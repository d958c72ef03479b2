import threading

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind, changed
from app.errors import Invalid
from app.words import mark
from tests.ui.conftest import unnamed
from tests.ui.typing import type_text
from ui import bus, tasks
from ui.main_window import MainWindow
from ui.memory import recall
from ui.messages import Action
from ui.page import History, Page, Place
from ui.rail import NARROW, RailItem
from ui.search_box import _ABOVE, Hit, marked

RAIL = (
    RailItem("home", mark("Home"), "house"),
    RailItem("people", mark("People"), "users", also=("file",)),
    RailItem("office", mark("Administration"), "settings", at_end=True),
)
HOME, PEOPLE, FILE = Place("home"), Place("people"), Place("file", (7,))


class Sheet(Page):
    """A page that notes what happens to it."""

    def __init__(self, title):
        super().__init__()
        self.setWindowTitle(title)
        self.log = []
        self.field = QLineEdit()
        self.field.setAccessibleName("Filter")
        QVBoxLayout(self).addWidget(self.field)
        self.first = self.field

    def show_place(self, place):
        self.log.append(place)

    def refresh(self, changes):
        self.log.append(changes)


class Broken(Page):
    def __init__(self):
        raise ZeroDivisionError


@pytest.fixture
def built():
    return []


@pytest.fixture
def window(qtbot, built):
    def build(name):
        built.append(name)
        return Sheet(name.title())

    names = ("home", "people", "file", "office")
    pages = {name: lambda name=name: build(name) for name in names}
    made = MainWindow(RAIL, {**pages, "broken": Broken})
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_pages_are_built_when_first_gone_to_and_then_kept(window, built):
    window.go(HOME)
    window.go(PEOPLE)
    window.go(HOME)
    assert built == ["home", "people"]
    assert window.page("home").log == [HOME, HOME]
    assert window.page("office") is None


def test_back_and_forward_work_as_in_a_browser(qtbot, window):
    for place in (HOME, PEOPLE, FILE):
        window.go(place)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.here() == PEOPLE
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.here() == HOME
    assert not window.back.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.here() == PEOPLE
    window.go(Place("office"))
    assert not window.forward.isEnabled()


def test_going_where_one_is_adds_nothing_to_the_history():
    history = History()
    for place in (HOME, HOME, PEOPLE):
        history.go(place)
    assert history.places == [HOME, PEOPLE]


def test_a_page_that_cannot_be_built_leaves_the_window_where_it_was(window):
    window.go(HOME)
    with pytest.raises(ZeroDivisionError):
        window.go(Place("broken"))
    assert window.here() == HOME


def test_a_page_asks_to_go_elsewhere(window):
    window.go(PEOPLE)
    window.page("people").place_wanted.emit(FILE)
    assert window.here() == FILE
    assert window.page("file").log == [FILE]


def test_the_rail_shows_where_one_is_also_for_pages_below(window):
    window.go(FILE)
    assert window._rail.buttons["people"].isChecked()


def test_every_line_of_the_rail_has_a_shortcut(qtbot, window):
    window.go(HOME)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.here() == Place("office")


def test_the_page_gets_the_keyboard_and_keeps_it_for_the_next_time(window):
    window.go(HOME)
    assert window.focusWidget() is window.page("home").field


@pytest.mark.parametrize(("lose", "args"), [("hide", ()), ("setEnabled", (False,))])
def test_where_what_had_the_keyboard_is_gone_the_first_control_gets_it(qtbot, window, lose, args):
    window.go(FILE)
    page = window.page("file")
    other = QLineEdit(page)
    other.show()
    other.setFocus()
    qtbot.mouseClick(window._rail.buttons["home"], Qt.MouseButton.LeftButton)
    assert window.focusWidget() is window.page("home").field
    getattr(other, lose)(*args)
    window._rail.buttons["home"].setFocus()
    window.go(FILE)
    assert window.focusWidget() is page.field


def test_a_place_may_give_the_keyboard_to_what_it_shows(window):
    window.go(HOME)
    other = QLineEdit(window.page("home"))
    other.show()
    window.page("home").show_place = lambda place: other.setFocus()
    window.go(PEOPLE)
    window.go(HOME)
    assert window.focusWidget() is other


def test_badges_are_seen_and_heard(window):
    window.set_badge("people", 12)
    window.go(HOME)
    window.page("home").badge.emit(1)
    buttons = window._rail.buttons
    assert buttons["people"].accessibleName() == "People, 12 waiting"
    assert buttons["home"].accessibleName() == "Home, 1 waiting"
    window.set_badge("people", 0)
    assert buttons["people"].accessibleName() == "People"


def test_a_collapsed_rail_keeps_its_words_as_tooltips_and_is_remembered(qtbot, window):
    window.narrow.trigger()
    assert window._rail.width() == NARROW
    assert window._rail.buttons["people"].toolTip() == "People"
    again = MainWindow(RAIL, {})
    qtbot.addWidget(again)
    assert again._rail.width() == NARROW


def test_the_page_in_view_hears_of_changes_at_once_the_others_when_they_are_shown(window):
    window.go(HOME)
    window.go(PEOPLE)
    people, leads = changed(Kind.PEOPLE), changed(Kind.LEADS)
    bus.changed.emit(people)
    bus.changed.emit(leads)
    assert window.page("people").log == [PEOPLE, people, leads]
    window.go(HOME)
    assert window.page("home").log == [HOME, Changes(frozenset({Kind.PEOPLE, Kind.LEADS})), HOME]
    window.go(PEOPLE)
    assert window.page("people").log[-1] == PEOPLE


def test_the_title_names_the_page(window):
    window.go(PEOPLE)
    assert window.windowTitle() == "People – Integrity files"


def test_who_works_where_is_shown_and_named(window):
    window.show_identity("泽临市政务服务局", "王丽", "人事干部")
    window.show_connection("The server does not answer", reachable=False)
    assert window._account.accessibleName() == "Account: 王丽, 人事干部"
    assert window._link.accessibleName() == "The server does not answer"


def test_every_control_of_the_frame_has_a_name(window):
    window.go(HOME)
    window.show_identity("泽临市政务服务局", "王丽", "人事干部")
    assert unnamed(window) == []


def test_tab_goes_through_the_frame_in_reading_order(window):
    window.go(HOME)
    window.show_identity("泽临市政务服务局", "王丽", "人事干部")
    chain, widget = [], window._rail.buttons["home"]
    while widget not in chain:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [window._rail.buttons["home"], window.search, window._account, window.page("home").field]
    assert [widget for widget in chain if widget in wanted] == wanted


def test_f1_lists_the_shortcuts_of_here(qtbot, window):
    window.go(HOME)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    [dialog] = [child for child in window.children() if child.objectName() == "shortcuts"]
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Back", "Alt+Left", "People", "Ctrl+2", "Everywhere", "In tables"} <= texts
    dialog.close()


def place_of(widget, window):
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def test_a_message_covers_nothing_and_of_one_line_moves_nothing(window):
    window.go(HOME)
    before = window._stack.geometry()
    window.banner.say("refusal", "Give a date.", Action("Undo", print))
    QTest.qWait(1)
    assert window._stack.geometry() == before
    assert window.banner.isVisible()
    window.banner.say("refusal", "\n".join(["Give a date."] * 5))
    QTest.qWait(1)
    assert window._stack.height() < before.height()  # and no line of it is cut off
    assert window.banner._text.height() >= 5 * window.fontMetrics().lineSpacing()
    assert not place_of(window._stack, window).intersects(place_of(window.banner, window))
    window.banner.hide()
    assert window._last.text() == " ".join(["Give a date."] * 5)


def test_a_message_goes_with_its_page_but_for_failures_and_what_may_be_undone(window):
    window.go(HOME)
    window.banner.say("ok", "Recorded.")
    window.go(PEOPLE)
    assert not window.banner.isVisible()
    assert window._last.text() == ""
    for kind, action in (("refusal", None), ("ok", Action("Undo", print))):
        window.banner.say(kind, "Returned.", action)
        window.go(HOME)
        window.go(PEOPLE)
        assert window.banner.isVisible()
    window.banner.say("ok", "Recorded.")
    window.go(PEOPLE)
    assert window.banner.isVisible()


def test_the_search_box_finds_people_and_commands_and_opens_the_first(qtbot, window, idle):
    opened = []
    asked = []

    def find(text):
        asked.append(text)
        return [Hit("王丽", "0012", "user", lambda: opened.append("王丽"))] if text == "wl" else []

    window.search.finder = find
    window.go(HOME)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    qtbot.keyClicks(window.search, "wl")
    qtbot.waitUntil(lambda: window.search._list.isVisible())
    assert asked == ["wl"]
    qtbot.keyClick(window.search._list, Qt.Key.Key_Return)
    assert opened == ["王丽"]
    assert window.search.text() == ""
    assert window.page("home").field.hasFocus()  # what was opened has not taken the keyboard
    window.search.begin()
    qtbot.keyClicks(window.search, "admin")
    qtbot.waitUntil(lambda: window.search._list.isVisible())
    qtbot.keyClick(window.search._list, Qt.Key.Key_Return)
    assert window.here() == Place("office")


def test_hits_stand_by_kind_with_what_was_typed_marked(qtbot, window, idle):
    found = [
        Hit("王丽", "0012", "user", list, "People"),
        Hit("王伟", "0013", "user", list, "People"),
        Hit("王丽  − 超时", "超出承诺时限", "file-text", list, "Entries"),
    ]
    window.search.finder = lambda text: found
    window.go(HOME)
    window.search.begin()
    type_text(window.search, "承诺")
    qtbot.waitUntil(lambda: window.search._list.isVisible())
    rows = [window.search._hits.item(row) for row in range(3)]
    assert [row.data(_ABOVE) for row in rows] == ["People", False, "Entries"]
    spoken = [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    assert spoken[2] == "Entries, 王丽  − 超时, 超出承诺时限"
    heights = [window.search._list.sizeHintForRow(row) for row in range(3)]
    assert heights[0] == heights[2] > heights[1]
    assert window.search._list.height() == sum(heights) + 2 * window.search._list.frameWidth()
    window.search._list.grab()
    window.search._list.hide()


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("超出承诺时限", ["承诺"], [(2, 4)]),
        ("Wang Wei", ["wa", "WEI"], [(0, 2), (5, 8)]),
        ("a.b", ["."], [(1, 2)]),
        ("王丽", [], []),
        ("王丽", ["wl"], []),
    ],
)
def test_what_was_typed_is_found_in_a_text(text, typed, found):
    assert marked(text, typed) == found


def test_an_answer_that_comes_late_is_dropped(qtbot, window, idle):
    gate = threading.Event()

    def find(text):
        assert text != "w" or gate.wait(5)
        return [Hit(text, "", "user", list)]

    window.search.finder = find
    window.go(HOME)
    window.search.begin()
    window.search.setText("w")
    window.search._ask()
    window.search.setText("wl")
    window.search._ask()
    gate.set()
    idle()
    assert window.search._hits.item(0).text() == "wl"
    window.search._list.hide()


def commands(window):
    return {hit.title: hit for hit in window._commands()}


def test_the_commands_of_the_menu_and_of_the_page_are_found(window):
    done = []
    window.go(HOME)
    page, menu = window.page("home"), window.account_menu
    menu.addMenu("Colours").addAction("Dark", lambda: done.append("dark"))
    menu.addAction("Sign out", lambda: done.append("out"))
    menu.addAction("Not now").setEnabled(False)
    hidden = QWidget(page)
    for owner, text in ((page, "&Record an entry…"), (hidden, "Submit")):
        action = QAction(text, owner, shortcut="Ctrl+N")
        action.triggered.connect(lambda: done.append("record"))
        owner.addAction(action)
    hidden.hide()
    found = commands(window)
    assert {"Colours: Dark", "Sign out", "Record an entry…", "Back", "People"} - found.keys() == {"Back"}
    assert not {"Not now", "Submit", "Colours"} & found.keys()
    assert found["Record an entry…"].detail == "Ctrl+N"
    for title in ("Colours: Dark", "Sign out", "Record an entry…"):
        found[title].open()
    assert done == ["dark", "out", "record"]
    window.go(PEOPLE)
    assert "Record an entry…" not in commands(window)


def test_down_shows_every_command(qtbot, window, idle):
    window.go(HOME)
    window.search.begin()
    qtbot.keyClick(window.search, Qt.Key.Key_Down)
    shown = [window.search._hits.item(row).text() for row in range(window.search._hits.rowCount())]
    assert shown == list(commands(window))
    window.search._list.hide()


def test_escape_gives_the_keyboard_back(qtbot, window):
    window.go(HOME)
    window.search.begin()
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.page("home").field.hasFocus()


def test_what_is_not_found_is_said(qtbot, window, idle):
    window.search.finder = lambda text: []
    window.go(HOME)
    window.search.begin()
    qtbot.keyClicks(window.search, "xyzzy")
    qtbot.waitUntil(lambda: window.search._list.isVisible())
    assert window.search._hits.item(0).text() == "Nothing found for “xyzzy”"
    window.search._list.hide()


def test_closing_writes_what_is_on_its_way(window):
    window.go(HOME)
    written = []
    tasks.write(window, lambda: written.append(1) or Changes())
    assert window.close()
    assert written == [1]
    assert recall("window/shape")


def test_closing_is_held_up_by_a_refusal(window):
    def command():
        raise Invalid("Give a date.")

    window.go(HOME)
    tasks.write(window, command)
    assert not window.close()
    assert window.banner.isVisible()


def test_a_running_job_is_only_stopped_when_asked(qtbot, window):
    def job(report):
        while True:
            report(0, 1)

    window.go(HOME)
    tasks.run(window, "Print", job)
    assert not window.close()
    [box] = window.findChildren(QMessageBox)
    assert box.informativeText() == "Still running: Print"
    next(button for button in box.buttons() if button.text() == "Stop it and close").click()
    assert not window.isVisible()
    assert tasks.jobs() == []
