import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from models.types import AuthorityLevel, Day
from ui.fields import ChoiceField, DayField, EnterMovesOn, LinesField

TODAY = Day(20250610)


@pytest.fixture
def form(qtbot):
    """A form whose fields Enter goes through."""
    made = QWidget()
    column = QVBoxLayout(made)
    qtbot.addWidget(made)

    def show(*fields):
        mover = EnterMovesOn(made)
        for field in fields:
            column.addWidget(field)
            field.installEventFilter(mover)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        fields[0].setFocus()
        qtbot.waitUntil(fields[0].hasFocus)

    return show


def test_a_date_is_shown_in_full_when_its_field_is_left(qtbot, form):
    field, other = DayField(TODAY), QLineEdit()
    form(field, other)
    qtbot.keyClicks(field, "3.15")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(other.hasFocus)
    assert field.text() == "2025-03-15" and field.value() == 20250315


def test_what_is_no_date_stays_as_typed_and_says_why(qtbot, form):
    field, other = DayField(TODAY), QLineEdit()
    form(field, other)
    qtbot.keyClicks(field, "2025-13-40")
    other.setFocus()
    assert field.text() == "2025-13-40"
    assert field.refusal("decided_on").startswith("Decided on “2025-13-40” is not in the calendar.")
    assert DayField(TODAY).value() is None and DayField(TODAY).refusal("decided_on") == ""


def test_a_choice_keeps_what_was_chosen_when_others_are_offered(qtbot):
    field = ChoiceField(AuthorityLevel, "none")
    qtbot.addWidget(field)
    assert field.chosen() == ""
    field.choose(AuthorityLevel.CITY)
    assert (field.chosen(), field.currentText()) == ("city", "City")
    field.offer({"city": "Stadt", "nation": "Land"})
    assert field.currentText() == "Stadt"
    field.choose("gone")
    assert field.chosen() == "city"


def test_the_wheel_does_not_change_a_choice(qtbot):
    field = ChoiceField(AuthorityLevel)
    qtbot.addWidget(field)
    field.show()
    at, down = QPointF(5, 5), QPoint(0, -120)
    nothing = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(at, at, QPoint(), down, Qt.MouseButton.NoButton, *nothing, False)
    QApplication.sendEvent(field, wheel)
    assert field.currentIndex() == 0


def test_enter_moves_on_and_shift_enter_begins_a_line(qtbot, form):
    lines, other = LinesField(), QLineEdit()
    form(lines, other)
    qtbot.keyClicks(lines, "a")
    qtbot.keyClick(lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(lines, "b")
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    qtbot.waitUntil(other.hasFocus)
    assert lines.text().splitlines() == ["a", "b"]
