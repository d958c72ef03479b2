import json
import subprocess
import sys

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.commands.accounts import add_account, grant_role
from app.founding import create_office
from models.types import Role
from tests.conftest import KeyringInMemory
from tests.offices import PASSPHRASE, PASSWORD, Clock, TestOffice, new_office
from tests.ui.conftest import unnamed
from ui.dialogs.entrance import Entrance, shown_place


@pytest.fixture
def place(tmp_path):
    """An office that was made at this desk, so that its keyring holds the key."""
    database, _ = create_office(str(tmp_path / "office"), PASSPHRASE, new_office(Clock()))
    office = TestOffice(database, Clock())
    office.as_("officer").do(add_account, "accounts", "王五", PASSWORD)
    office.as_("officer").do(grant_role, "accounts", Role.SYSTEM_ADMINISTRATOR)
    database.close()
    return str(tmp_path / "office")


@pytest.fixture
def begin(qtbot, place, idle):
    """The entrance as it stands once it has tried the place."""

    def show(place=place, login="officer"):
        entrance = Entrance(place, login, sample="")
        qtbot.addWidget(entrance)
        entrance.show()
        entrance.activateWindow()
        qtbot.waitUntil(entrance.isActiveWindow)
        idle()
        return entrance

    return show


@pytest.fixture
def enter(idle):
    """Types where the keyboard is, and presses Enter."""

    def type_in(text):
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        idle()

    return type_in


def said():
    return QApplication.focusWidget().accessibleDescription()


@pytest.fixture
def no_keyring(place):
    keyring.set_keyring(KeyringInMemory())


def test_with_the_key_in_the_keyring_only_the_password_is_asked_for(begin, enter):
    entrance = begin()
    assert not unnamed(entrance)
    enter(PASSWORD)
    assert entrance.context.actor.name == "张三"
    assert entrance.result() == Entrance.DialogCode.Accepted


def test_who_signs_in_sees_to_which_office(begin, place):
    texts = {label.text() for label in begin().findChildren(QLabel) if label.isVisible()}
    assert {"泽临市政务服务局", place} <= texts


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("postgresql://officer:secret@server/office", "postgresql://officer@server/office"),
        ("postgresql://server:5432/office", "postgresql://server:5432/office"),
        ("C:\\档案", "C:\\档案"),
    ],
)
def test_no_password_stands_in_the_place_that_is_shown(place, shown):
    assert shown_place(place) == shown


def test_a_wrong_password_is_said_where_it_is_typed_anew(begin, enter):
    entrance = begin()
    enter("wrong")
    assert "wrong" in said()
    assert entrance.context is None
    enter(PASSWORD)
    assert entrance.context


def test_without_a_keyring_the_passphrase_is_asked_for(no_keyring, begin, enter):
    entrance = begin()
    assert "keyring" in said()
    assert QApplication.focusWidget().property("refused") != "true"  # nobody has done anything wrong yet
    enter("not this one")
    assert "does not open" in said()
    assert QApplication.focusWidget().property("refused") == "true"
    enter(PASSPHRASE)
    enter(PASSWORD)
    assert entrance.context


def test_where_there_is_no_office_another_place_is_asked_for(begin, enter, place, tmp_path):
    entrance = begin(place=str(tmp_path / "nowhere"))
    assert "no office" in said()
    QApplication.focusWidget().selectAll()
    enter(place)
    enter(PASSWORD)
    assert entrance.context


def test_without_a_known_account_that_is_asked_for_first(begin, enter):
    entrance = begin(login="")
    QTest.keyClicks(QApplication.focusWidget(), "officer\t")
    enter(PASSWORD)
    assert entrance.context
    assert entrance.login == "officer"


def test_who_only_manages_accounts_is_told_where(begin, enter):
    entrance = begin(login="accounts")
    enter(PASSWORD)
    assert "command line" in said()
    assert entrance.context is None


def test_it_opens_the_office_without_what_takes_long_to_import(place):
    """The entrance should stand there, and take the password, by then."""
    program = (
        "import json, sys, ui.run, ui.dialogs.entrance as entrance\n"
        f"entrance.open_office({place!r}, {PASSPHRASE!r})\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    modules = json.loads(subprocess.run([sys.executable, "-c", program], capture_output=True).stdout)
    assert "sqlcipher3" in modules
    assert not {"sqlalchemy", "models.images", "ui.main_window"} & set(modules)
