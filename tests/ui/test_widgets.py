import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.types import Polarity
from ui import theme
from ui.widgets import Chip, Elided, EmptyState, FormRow, button, draw_focus, paragraph, sign


def test_a_refused_field_says_so_beneath_and_to_screen_readers_and_nothing_moves(qtbot):
    field = QLineEdit("2025-13-40")
    row = FormRow("&Happened on", field, hint="2025-06-12")
    qtbot.addWidget(row)
    row.show()
    height = row.sizeHint().height()
    row.refuse("There is no such day.")
    assert field.accessibleName() == "Happened on"
    assert field.accessibleDescription() == "There is no such day."
    assert field.property("refused") == "true"
    assert row.sizeHint().height() == height
    row.refuse("")
    assert field.accessibleDescription() == "2025-06-12"


def test_an_empty_state_offers_how_to_begin(qtbot):
    begun = []
    state = EmptyState("inbox", "Nothing waits for you.", "Record…", lambda: begun.append(1))
    qtbot.addWidget(state)
    state.findChild(QPushButton).click()
    assert begun == [1]


def test_a_paragraph_is_as_high_as_its_lines(qtbot):
    made = paragraph("很长的一句话。" * 20, 200)
    qtbot.addWidget(made)
    assert made.height() >= 5 * made.fontMetrics().height()


def test_a_chip_says_its_word(qtbot):
    chip = Chip("异议处理中", "dispute", "triangle-alert")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "异议处理中"
    assert "异议处理中" in [label.text() for label in chip.findChildren(QLabel)]


def test_a_line_that_is_cut_off_can_be_read_as_a_tooltip(qtbot):
    line = Elided("泽临市政务服务局机关党委办公室")
    qtbot.addWidget(line)
    line.resize(60, 20)
    line.grab()
    assert line.toolTip() == line.text()
    line.resize(600, 20)
    line.grab()
    assert line.toolTip() == ""


def test_a_sign_is_never_colour_alone():
    assert sign(Polarity.POSITIVE) == ("+", "positive")
    assert sign(Polarity.NEGATIVE) == ("−", "negative")
    assert {role for _, role in map(sign, Polarity)} <= set(theme.Role.__args__)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("top", [0, 27])
def test_the_mark_of_the_keyboard_has_all_four_lines_within_its_row(qapp, scale, top):
    picture = QImage(round(200 * scale), round(90 * scale), QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(scale)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setClipRect(0, top, 200, 27)
    draw_focus(painter, QRect(0, top, 200, 27))
    painter.end()
    marked = QColor(theme.colours().accent)
    first, last = round(top * scale) + 1, round((top + 27) * scale) - 2
    middle = (first + last) // 2
    for x, y in ((0, middle), (picture.width() - 1, middle), (50, first), (50, last)):
        assert picture.pixelColor(x, y) == marked


@pytest.fixture
def shown(qtbot):
    """Widgets in a window, or in what is given; the first has the keyboard."""

    def show(*widgets, window=None):
        window = window or QWidget()
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        widgets[0].setFocus()
        qtbot.waitUntil(widgets[0].hasFocus)
        return window

    return show


@pytest.mark.parametrize("code", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("make", [lambda: button("Close"), QToolButton])
def test_enter_presses_the_button_that_has_the_keyboard(qtbot, shown, make, code):
    pressed, page = [], []
    one, other = make(), make()
    one.clicked.connect(lambda: pressed.append("one"))
    other.clicked.connect(lambda: pressed.append("other"))
    window = shown(one, other)
    opens = QAction("Open", window, shortcut="Return")
    opens.triggered.connect(lambda: page.append(1))
    window.addAction(opens)
    qtbot.keyClick(one, code)
    assert pressed == ["one"]
    other.setFocus()
    qtbot.keyClick(other, code)
    assert pressed == ["one", "other"] and page == []
    other.setEnabled(False)
    qtbot.keyClick(other, code)
    assert pressed == ["one", "other"]


def test_enter_presses_in_a_dialog_what_has_the_keyboard_and_else_the_default(qtbot, shown):
    pressed = []
    field, act, cancel = QLineEdit(), QPushButton("Do it"), button("Cancel")
    act.clicked.connect(lambda: pressed.append("act"))
    cancel.clicked.connect(lambda: pressed.append("cancel"))
    dialog = shown(field, act, cancel, window=QDialog())
    act.setDefault(True)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert pressed == ["act", "cancel"] and dialog.isVisible()


def test_enter_opens_a_menu_and_leaves_a_check_box_alone(qtbot, shown):
    account, box = QToolButton(), QCheckBox("seen")
    menu = QMenu(account)
    menu.addAction("Sign out")
    account.setMenu(menu)
    account.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    opened = []
    menu.aboutToShow.connect(lambda: opened.append(1))
    menu.aboutToShow.connect(menu.close, Qt.ConnectionType.QueuedConnection)
    window = shown(account, box)
    qtbot.keyClick(account, Qt.Key.Key_Return)
    assert opened == [1]
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not box.isChecked() and window.isVisible()
