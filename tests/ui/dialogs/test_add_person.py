"""Adding one person: refused beside the fields, kept when left, added once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.queries.departments import departments
from app.queries.files import file_head
from tests.offices import OFFICE, TODAY, WINDOW, TestOffice
from tests.ui.conftest import unnamed
from ui.dialogs.add_person import AddPersonDialog

Idle = Callable[[], None]


@pytest.fixture
def dialog(embedded: TestOffice, qtbot: QtBot) -> AddPersonDialog:
    officer = embedded.as_("officer")
    made = AddPersonDialog(officer, TODAY)
    qtbot.addWidget(made)
    made.begin(TODAY, officer.ask(departments), frozenset({WINDOW}))
    return made


def fill(dialog: AddPersonDialog, **texts: str) -> None:
    """As an input method does: keys of a test have no Chinese."""
    for name, text in texts.items():
        dialog.rows[name].field.setText(text)


def refusals(dialog: AddPersonDialog) -> dict[str, str]:
    shown = {name: row.field.accessibleDescription() for name, row in dialog.rows.items()}
    return {name: said for name, said in shown.items() if said}


def test_a_person_is_added_with_the_keyboard_alone(
    dialog: AddPersonDialog, embedded: TestOffice, qtbot: QtBot
) -> None:
    first = dialog.lines["staff_no"]
    qtbot.keyClicks(first, "0006")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.focusWidget() is dialog.lines["name"]
    fill(dialog, staff_no="０００６", name="张 三", post="科员", joined_on="2025.7.1")
    with qtbot.waitSignal(dialog.added) as added:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert added.args == ["0006", "张三"]
    head = embedded.as_("officer").ask(file_head, "0006")
    assert (head.department_id, head.post, head.joined_on) == (WINDOW, "科员", 20250701)
    assert not dialog.isVisible() and first.text() == ""


def test_what_is_wrong_is_said_beside_its_field(dialog: AddPersonDialog, qtbot: QtBot, idle: Idle) -> None:
    fill(dialog, staff_no="0006", joined_on="2025.2.30", id_number="2.30E+17")
    dialog.submit.click()
    assert set(refusals(dialog)) == {"name", "joined_on", "id_number"}
    assert dialog.isVisible()
    fill(dialog, name="赵一")
    for name in ("joined_on", "id_number"):
        dialog.rows[name].field.clear()
    dialog.lines["staff_no"].setText("0003")
    dialog.submit.click()
    idle()
    assert set(refusals(dialog)) == {"staff_no"}
    assert "0003" in refusals(dialog)["staff_no"] and dialog.isVisible()


def test_what_was_typed_is_there_again(dialog: AddPersonDialog, embedded: TestOffice, qtbot: QtBot) -> None:
    fill(dialog, staff_no="0006", name="赵一")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    rows = embedded.as_("officer").ask(departments)
    dialog.begin(TODAY, rows, frozenset({OFFICE}))
    assert dialog.lines["name"].text() == "赵一"
    assert dialog.department.currentText() == "审批一科"


def test_the_department_is_never_guessed(embedded: TestOffice, qtbot: QtBot) -> None:
    officer = embedded.as_("officer")
    dialog = AddPersonDialog(officer, TODAY)
    qtbot.addWidget(dialog)
    dialog.begin(TODAY, officer.ask(departments), None)
    fill(dialog, staff_no="0006", name="赵一")
    dialog.submit.click()
    assert refusals(dialog) == {"department": "Department is missing. Fill it in."}


def test_fields_are_named_and_ranks_are_offered(dialog: AddPersonDialog, qtbot: QtBot) -> None:
    assert unnamed(dialog) == []
    assert [one.text() for one in dialog.findChildren(QLabel)][:1]
    completer = dialog.lines["rank"].completer()
    completer.setCompletionPrefix("主任")
    assert completer.completionCount() == 4
