import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.queries.entries import items
from tests.ui.typing import type_text
from ui.pages.entry.item_picker import ItemPicker, found


@pytest.fixture
def catalogue(embedded):
    return embedded.as_("officer").ask(items)


@pytest.fixture
def after():
    """The field after the picker."""
    return QLineEdit()


@pytest.fixture
def picker(qtbot, catalogue, after):
    window = QWidget()
    column = QVBoxLayout(window)
    made = ItemPicker()
    for widget in (made, after):
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    made.offer(catalogue)
    yield made
    window.close()


@pytest.mark.parametrize("typed", ["嘉奖", "jiajiang", "jj", "reward.commendation", "Commendation"])
def test_an_item_is_found_by_every_way_of_typing(catalogue, typed):
    assert found(catalogue, typed)[0].code == "reward.commendation"


def test_enter_takes_the_highlighted_item_and_moves_on(qtbot, picker, after):
    qtbot.keyClicks(picker, "jiag")
    assert picker.code() == ""
    picker.clear()
    qtbot.keyClicks(picker, "jj")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert (picker.code(), picker.text()) == ("reward.commendation", "Commendation")
    qtbot.waitUntil(after.hasFocus)


def test_the_arrow_shows_them_all_and_chooses(qtbot, picker, catalogue):
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    shown = picker._list
    assert shown.model().rowCount() == len(catalogue)
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert picker.code() == catalogue[1].code


def test_typing_on_takes_the_choice_back(qtbot, picker):
    picker.put("reward.commendation")
    with qtbot.waitSignal(picker.picked):
        qtbot.keyClicks(picker, "x")
    assert picker.code() == ""


def test_a_whole_name_needs_no_list(picker, after):
    picker.setText("嘉奖")
    after.setFocus()
    assert picker.code() == "reward.commendation"


def test_what_is_no_item_stays_and_says_so(qtbot, picker):
    type_text(picker, "什么")
    assert picker._list.model().index(0, 0).data() == "No item for “什么”"
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert (picker.code(), picker.text()) == ("", "什么")
