import threading
import time
from array import array
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget

from app.errors import NotAllowed
from tests.ui.conftest import wait_until_idle
from ui import theme
from ui.messages import Banner
from ui.tables.columns import columns_menu, sorting
from ui.tables.row_model import BLOCK, KEPT, Column, RowModel
from ui.tables.table import MOST_COPIED, Table

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    name: str
    points: int


COLUMNS = (
    Column("no", "Staff no.", lambda row: f"{row.number:04}", width=5),
    Column("name", "Name", lambda row: row.name, tooltip=lambda row: f"{row.name}!"),
    Column(
        "points",
        "Points",
        lambda row: f"{row.points:+}",
        alignment="right",
        colour=lambda row: "negative" if row.points < 0 else None,
        icon=lambda row: ("triangle-alert", "dispute") if row.points == 0 else None,
        spoken=lambda row: f"{row.points} points",
        sortable=False,
    ),
)


class People:
    """Rows of an office that is not asked on the GUI thread."""

    def __init__(self):
        self.asked = []
        self.gate = threading.Event()
        self.gate.set()
        self.refusal = None
        self.word = "王丽"

    def fetch(self, ids):
        assert threading.current_thread() is not threading.main_thread()
        self.asked.append(list(ids))
        assert self.gate.wait(10)
        if self.refusal:
            raise self.refusal
        return {number: Person(number, f"{self.word}{number}", number % 7 - 3) for number in ids}


@pytest.fixture
def people():
    return People()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(700, 400)
    QVBoxLayout(made).addWidget(Banner(made))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def table(window, people):
    made = Table(RowModel(COLUMNS, people.fetch, window), "people", window)
    window.layout().addWidget(made)
    window.show()
    made.setFocus()
    return made


def numbers(count, first=0):
    return array("q", range(first, first + count))


def text(table, row, column=1):
    return table.rows.index(row, column).data()


def fill(table, count):
    table.rows.reset(numbers(count))
    table.grab()
    wait_until_idle()


def test_rows_on_their_way_are_placeholders_and_then_arrive(table, people):
    people.gate.clear()
    table.rows.reset(numbers(30))
    table.grab()
    assert text(table, 0) == "…"
    people.gate.set()
    wait_until_idle()
    assert text(table, 0) == "王丽0"
    assert people.asked == [list(range(30))]


def test_a_cell_says_all_that_its_column_says(table):
    fill(table, 10)
    negative, nought = table.rows.index(0, 2), table.rows.index(3, 2)
    assert negative.data() == "-3"
    assert negative.data(Qt.ItemDataRole.ForegroundRole) == QColor(theme.LIGHT.negative)
    assert negative.data(Qt.ItemDataRole.AccessibleTextRole) == "-3 points"
    assert negative.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight.value
    assert negative.data(Qt.ItemDataRole.DecorationRole) is None
    assert not nought.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert table.rows.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "王丽0!"
    assert table.rows.headerData(1, Qt.Orientation.Horizontal) == "Name"


def test_the_first_rows_show_at_once_and_the_others_come_without_a_jump(table, people):
    people.gate.clear()
    first = {number: Person(number, "first", 1) for number in range(BLOCK)}
    table.rows.reset(numbers(BLOCK), first)
    table.selectRow(3)
    assert text(table, 0) == "first"
    table.rows.complete(numbers(MILLION))
    table.grab()
    assert len(table.rows.ids) == MILLION
    assert text(table, 0) == "first"
    assert table.current_id() == 3
    assert people.asked == []
    people.gate.set()


def test_other_ids_than_the_first_promised_replace_them(table):
    table.rows.reset(numbers(10))
    table.rows.complete(numbers(20, first=5))
    assert table.rows.ids == numbers(20, first=5)


def test_a_half_known_block_is_fetched_after_all(table, people):
    known = {number: Person(number, "first", 1) for number in range(10)}
    table.rows.reset(numbers(10), known)
    table.rows.complete(numbers(300))
    table.grab()
    wait_until_idle()
    assert text(table, 15) == "王丽15"


def test_a_late_answer_to_an_older_question_is_dropped(table, people):
    people.gate.clear()
    table.rows.reset(numbers(30))
    table.grab()
    QTest.qWait(1)
    table.rows.reset(numbers(30, first=1000))
    people.gate.set()
    table.grab()
    wait_until_idle()
    table.grab()
    wait_until_idle()
    assert text(table, 0) == "王丽1000"
    assert set(table.rows._rows) == set(range(1000, 1030))


def test_rows_that_come_again_are_shown_while_they_are_fetched_anew(table, people):
    fill(table, 30)
    people.word = "李明"
    people.gate.clear()
    table.rows.reset(numbers(20, first=5))
    table.grab()
    assert text(table, 0) == "王丽5"
    people.gate.set()
    wait_until_idle()
    assert text(table, 0) == "李明5"


def test_refetching_changes_the_rows_in_place(table, people):
    fill(table, 30)
    table.selectRow(4)
    people.word = "李明"
    table.rows.refetch()
    table.grab()
    wait_until_idle()
    assert text(table, 4) == "李明4"
    assert list(table.chosen_ids()) == [4]


def test_only_so_many_rows_are_kept(table, people):
    table.rows.reset(numbers(MILLION))
    for block in range(3 * KEPT):
        table.rows.row_at(block * BLOCK)
        wait_until_idle()
    assert len(table.rows._rows) <= KEPT * BLOCK
    assert table.rows.row_at((3 * KEPT - 1) * BLOCK) is not None


def test_blocks_passed_in_scrolling_are_not_all_fetched(table, people):
    table.rows.reset(numbers(MILLION))
    for block in range(1000):
        table.rows.row_at(block * BLOCK)
    wait_until_idle()
    assert len(people.asked) < 10
    assert 999 * BLOCK in [ids[0] for ids in people.asked]


def test_a_refused_block_is_said_once_and_not_asked_for_again(table, window, people):
    people.refusal = NotAllowed("These files belong to another department.")
    fill(table, 30)
    wait_until_idle()
    table.grab()
    wait_until_idle()
    assert len(people.asked) == 1
    assert window.findChild(Banner).accessibleName() == "These files belong to another department."


def test_enter_and_double_click_open_the_row(qtbot, table):
    fill(table, 30)
    table.selectRow(2)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [2]
    with qtbot.waitSignal(table.opened) as opened:
        table.doubleClicked.emit(table.rows.index(5, 0))
    assert opened.args == [5]


def test_home_and_end_go_to_the_ends_of_the_list(qtbot, table):
    fill(table, 3000)
    table.selectRow(2)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current_id() == 2999
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.current_id() == 0


def test_tab_leaves_the_table(table):
    assert not table.tabKeyNavigation()


def test_typing_does_not_search_through_a_million_rows(qtbot, table, people):
    table.rows.reset(numbers(MILLION))
    began = time.perf_counter()
    qtbot.keyClicks(table, "zhang")
    assert time.perf_counter() - began < 0.5
    assert people.asked == []


def test_copied_rows_are_lines_with_tabs_without_hidden_columns(qtbot, table):
    fill(table, 1000)
    table.setColumnHidden(0, True)
    chosen = table.selectionModel()
    for row in (1, 700):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        chosen.select(table.rows.index(row, 0), flags)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle()
    assert sorted(QApplication.clipboard().text().splitlines()) == ["王丽1\t-2", "王丽700\t-3"]


def test_too_many_rows_are_not_copied(table, window, people):
    table.rows.reset(numbers(MOST_COPIED + 1))
    table.selectAll()
    table.copy()
    assert "Export" in window.findChild(Banner).accessibleName()


def test_what_is_chosen_stays_chosen_in_another_order(table):
    fill(table, 30)
    table.choose([3, 4, 5, 20], 20)
    table.replace(array("q", reversed(range(30))))
    assert sorted(table.chosen_ids()) == [3, 4, 5, 20]
    assert table.current_id() == 20
    assert table.currentIndex().row() == 9


def test_everything_chosen_stays_everything(table):
    fill(table, 30)
    table.selectAll()
    table.replace(numbers(40))
    assert len(table.chosen_ids()) == 40


def test_what_is_gone_is_no_longer_chosen(qtbot, table):
    fill(table, 30)
    table.choose([3, 4], 3)
    with qtbot.waitSignal(table.chosen):
        table.replace(numbers(10, first=4))
    assert list(table.chosen_ids()) == [4]


def test_a_click_on_the_header_asks_the_page_to_sort(qtbot, table):
    header = table.horizontalHeader()
    with qtbot.waitSignal(table.sort_wanted) as wanted:
        header.setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert wanted.args == ["name", True]
    assert sorting(table, COLUMNS) == ("name", True)


def test_the_menu_hides_shows_and_sorts(qtbot, table):
    menu = columns_menu(table, COLUMNS)
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Staff no."].isEnabled()
    actions["Points"].trigger()
    assert table.isColumnHidden(2)
    order = {action.text(): action for action in actions["Sort by"].menu().actions()}
    assert set(order) == {"Staff no.", "Name"}
    with qtbot.waitSignal(table.sort_wanted) as wanted:
        order["Name"].trigger()
    assert wanted.args == ["name", False]
    actions["Standard columns"].trigger()
    assert not table.isColumnHidden(2)


def test_columns_are_remembered_by_name(qtbot, table, window, people):
    table.setColumnWidth(1, 333)
    table.setColumnHidden(2, True)
    window.hide()
    again = Table(RowModel(COLUMNS, people.fetch, window), "people", window)
    assert again.columnWidth(1) == 333
    assert again.isColumnHidden(2)
    changed = Table(RowModel(COLUMNS[:2], people.fetch, window), "people", window)
    assert changed.columnWidth(1) != 333


def test_a_million_rows_open_and_scroll_to_the_end_without_a_stall(table):
    stalls, last = [], [time.perf_counter()]

    def look():
        now = time.perf_counter()
        stalls.append(now - last[0])
        last[0] = now

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(0)
    bar = table.verticalScrollBar()
    table.rows.reset(numbers(MILLION))
    QTest.qWait(1)
    for step in range(200):
        bar.setValue(bar.maximum() * step // 199)
        wait_until_idle()
    watch.stop()
    assert text(table, MILLION - 1) == f"王丽{MILLION - 1}"
    assert max(stalls) < 0.5  # some 15 ms on a quiet machine


def test_a_million_chosen_rows_do_not_stall_the_painting(table):
    table.rows.reset(numbers(MILLION))
    table.selectAll()
    began = time.perf_counter()
    table.grab()
    assert len(table.chosen_ids()) == MILLION
    assert time.perf_counter() - began < 1


def test_what_is_cut_off_is_a_tooltip(qtbot, table, people):
    people.word = "买买提吐尔逊"
    table.setColumnWidth(0, 20)
    fill(table, 3)
    for column, said in ((2, ""), (0, "0000")):
        place = table.visualRect(table.rows.index(0, column)).center()
        asked = QHelpEvent(QEvent.Type.ToolTip, place, table.viewport().mapToGlobal(place))
        QApplication.sendEvent(table.viewport(), asked)
        assert QToolTip.text() == said
