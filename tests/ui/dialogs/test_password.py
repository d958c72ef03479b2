import pytest

from app.context import enter
from tests.offices import PASSWORD
from tests.ui.conftest import unnamed
from ui.dialogs.password import change_password
from ui.dialogs.reason import ReasonDialog
from ui.main_window import MainWindow

NEW = "Another-2025"


NAMES = ("password", "new", "again")


@pytest.fixture
def window(qtbot, embedded):
    made = MainWindow([], {})
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(window, embedded):
    return change_password(window, embedded.as_("head"))


@pytest.fixture
def fill(dialog, idle):
    def type_in(*texts):
        for name, text in zip(NAMES, texts, strict=True):
            dialog.row(name).field.setText(text)
        dialog.act.click()
        idle()

    return type_in


def said(dialog):
    return [dialog.row(name).field.accessibleDescription() for name in NAMES]


def test_the_password_is_changed(window, fill, embedded):
    fill(PASSWORD, NEW, NEW)
    assert window.banner.accessibleName() == "The password is changed."
    assert not window.findChildren(ReasonDialog)
    assert enter(embedded.database, "head", NEW).actor.name == "解伟"


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(dialog, fill):
    assert not unnamed(dialog)
    assert "eight characters of three kinds" in said(dialog)[1]
    fill("", NEW, NEW)
    assert said(dialog)[0] == "Fill this in."
    fill(PASSWORD, NEW, "Other-2025")
    assert "differ" in said(dialog)[2]
    fill("Wrong-2025", NEW, NEW)
    assert "not your password" in said(dialog)[0]
    fill(PASSWORD, PASSWORD, PASSWORD)
    assert "already" in said(dialog)[1]
    assert dialog.row("new").field.text() == PASSWORD


def test_blanks_belong_to_a_password(fill, embedded):
    fill(PASSWORD, "   Aa1   ", "   Aa1   ")
    assert enter(embedded.database, "head", "   Aa1   ")
