import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from app.context import enter
from app.office import open_office
from tests.offices import PASSPHRASE, PASSWORD
from tests.ui.conftest import unnamed
from ui.dialogs.new_office import NewOfficeDialog, refused

GIVEN = {
    "name": "泽临市政务服务局",
    "passphrase": PASSPHRASE,
    "again": PASSPHRASE,
    "officer": "张三",
    "login": "officer",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "verifier": "李四",
    "verifier_login": "verifier",
    "verifier_password": "Another-2025",
    "verifier_again": "Another-2025",
}


@pytest.fixture
def dialog(qtbot):
    made = NewOfficeDialog()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def fill(dialog, **given):
    for name, text in given.items():
        dialog._fields[name].setText(text)
    dialog._make.click()


def said(dialog):
    rows = dialog._rows.items()
    return {name: row._below.text() for name, row in rows if row.field.property("refused") == "true"}


def test_the_rules_stand_there_before_anything_is_typed(dialog):
    assert said(dialog) == {}
    for name in ("password", "verifier_password"):
        assert "eight characters of three kinds" in dialog._rows[name]._below.text()
    assert "at least 8" in dialog._rows["passphrase"]._below.text()
    assert not unnamed(dialog)


def test_all_mistakes_are_told_at_once_each_at_its_field(dialog, tmp_path):
    wrong = {"passphrase": "short", "password": "easy", "verifier_again": "Other-2025", "officer": " "}
    fill(dialog, **{**GIVEN, **wrong, "place": str(tmp_path / "office"), "verifier_login": "officer"})
    assert {name: sentence.split()[0] for name, sentence in said(dialog).items()} == {
        "passphrase": "The",
        "again": "The",
        "officer": "Fill",
        "password": "A",
        "password_again": "The",
        "verifier_login": "Each",
        "verifier_again": "The",
    }
    assert dialog._fields["passphrase"].hasFocus()
    assert not (tmp_path / "office").exists()


def test_an_office_is_made_and_its_code_is_not_lost(qtbot, dialog, tmp_path, idle):
    place = str(tmp_path / "office")
    fill(dialog, **GIVEN, place=place)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    idle()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # would throw the code away
    assert dialog.isVisible()
    code = dialog._code.text()
    dialog.findChild(QCheckBox).click()
    with qtbot.waitSignal(dialog.made) as made:
        dialog._done.click()
    assert (made.args[0], made.args[2]) == (place, "officer")
    made.args[1].close()
    database = open_office(place, code)
    assert enter(database, "verifier", "Another-2025").actor.name == "李四"
    database.close()


def test_a_place_that_is_taken_is_told_at_the_place(dialog, tmp_path, idle):
    (tmp_path / "office.db").touch()
    fill(dialog, **GIVEN, place=str(tmp_path))
    idle()
    assert "already an office" in said(dialog)["place"]
    assert dialog._cancel.isEnabled()


def test_a_shared_office_needs_no_passphrase():
    given = {**GIVEN, "passphrase": "", "again": "", "place": "postgresql://server/office"}
    assert refused(given) == {}
    assert refused({**given, "place": "office"}).keys() == {"passphrase", "again"}


def test_it_can_be_left(dialog):
    dialog._cancel.click()
    assert not dialog.isVisible()
