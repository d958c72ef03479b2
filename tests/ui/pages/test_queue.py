"""The list that is worked through: groups that fold, keys, and where the keyboard stands afterwards."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ui import theme
from ui.desk.queue import QueueList
from ui.desk.reading import ReadingPane
from ui.desk.rows import Group, Mark, QueueItem


def item(key: str, **more: object) -> QueueItem:
    return QueueItem(key, f"title {key}", **more)


@pytest.fixture
def queue(qtbot):
    made = QueueList("Things")
    qtbot.addWidget(made)
    made.show_groups([Group("", [item("a"), item("b"), item("c")]), Group("Done", [item("d")], folds=True)])
    with qtbot.waitActive(made):
        made.show()
    made.setFocus()
    return made


def test_the_first_item_is_looked_at_and_arrows_move(qtbot, queue):
    heard = []
    queue.picked.connect(heard.append)
    assert queue.current() == "a"
    qtbot.keyClick(queue, Qt.Key.Key_Down)
    assert heard == ["b"]


def test_the_keyboard_stays_on_its_item_or_where_that_was(queue):
    queue.pick("b")
    queue.show_groups([Group("", [item("c"), item("b"), item("a")])])
    assert queue.current() == "b"
    queue.show_groups([Group("", [item("c"), item("a")])])
    assert queue.current() == "a"
    queue.show_groups([])
    assert queue.current() == ""


def test_a_folded_group_opens_with_the_keyboard_and_by_a_click(qtbot, queue):
    assert queue.shown_keys() == ["a", "b", "c"]
    queue.pick("c")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(queue, key)
    assert queue.shown_keys() == ["a", "b", "c", "d"]
    qtbot.keyClick(queue, Qt.Key.Key_Space)
    assert queue.shown_keys() == ["a", "b", "c"]
    heading = queue.visualRect(queue.rows.index(3)).center()
    qtbot.mouseClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(heading))
    assert queue.shown_keys() == ["a", "b", "c", "d"]


def test_what_was_opened_stays_open_when_other_rows_come(queue):
    queue.pick("d")
    queue.show_groups([Group("", [item("a")]), Group("Done", [item("d"), item("e")], folds=True)])
    assert queue.shown_keys() == ["a", "d", "e"]


def test_the_next_is_below_and_else_above(queue):
    queue.pick("b")
    assert queue.following(lambda key: key in "ac") == "c"
    assert queue.following(lambda key: key == "a") == "a"
    assert queue.following(lambda key: False) == "b"


def test_a_heading_without_a_fold_is_passed_over(qtbot, queue):
    queue.show_groups([Group("One", [item("a")]), Group("Two", [item("b")])])
    assert queue.current() == "a"
    qtbot.keyClick(queue, Qt.Key.Key_Down)
    assert queue.current() == "b"


def test_letters_belong_to_the_page(qtbot, queue):
    qtbot.keyClicks(queue, "title c")
    assert queue.current() == "a"


def test_enter_and_a_double_click_open(qtbot, queue):
    heard = []
    queue.opened.connect(heard.append)
    qtbot.keyClick(queue, Qt.Key.Key_Return)
    place = queue.visualRect(queue.rows.index(1)).center()
    qtbot.mouseClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == ["a", "b"]


def test_a_screen_reader_hears_all_of_a_row(queue):
    row = item("a", value="Good 97", below=(("−3 ", "negative"), ("Overdue", "text")), aside="before: Fair")
    row = row._replace(marks=(Mark("Disputed", "flag", "dispute"),), hint="why")
    assert row.spoken() == "title a; Good 97; −3 , Overdue; Disputed; before: Fair; why"
    assert row.being_written().marks[0].text == "Being written"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_row_is_painted_in_both_themes(qapp, queue, scheme):
    theme.apply(qapp, scheme)
    row = item(
        "a", value="Good", below=(("long " * 99, "text"),), marks=(Mark("Disputed", "flag", "dispute"),)
    )
    queue.show_groups([Group("", [row]), Group("Done", [item("d")], folds=True)])
    assert not queue.grab().isNull()
    theme.apply(qapp, "light")


def test_a_text_follows_the_theme_and_stays_where_it_was_read(qtbot, qapp):
    pane = ReadingPane("Text")
    qtbot.addWidget(pane)
    pane.resize(300, 100)
    pane.show()
    pane.show_text(lambda: '<p class="negative">line</p>' * 40)
    pane.verticalScrollBar().setValue(50)
    theme.apply(qapp, "dark")
    assert theme.DARK.negative in pane.toHtml()
    assert pane.verticalScrollBar().value() == 50
    theme.apply(qapp, "light")
    assert theme.LIGHT.negative in pane.toHtml()


def test_a_line_that_is_cut_off_is_a_tooltip(qtbot, queue):
    queue.show_groups([Group("", [item("a")._replace(below=(("facts " * 60, "text"),)), item("b")])])
    for key, said in (("b", ""), ("a", "facts " * 60)):
        place = queue.visualRect(queue.rows.index(queue.rows.row_of(key))).center()
        asked = QHelpEvent(QEvent.Type.ToolTip, place, queue.viewport().mapToGlobal(place))
        QApplication.sendEvent(queue.viewport(), asked)
        assert QToolTip.text() == said
