"""The window as it is put together: what the menu of the account does, and Ctrl+K with it."""

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from sqlalchemy import update

from app.settings import load_settings
from models.people import Person
from tests.ui.pages.windows import said
from ui import theme
from ui.dialogs.reason import ReasonDialog
from ui.window import SIGNED_OUT, build_window


@pytest.fixture
def window(qtbot, embedded, idle, qapp):
    made = build_window(embedded.as_("officer"))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    idle()
    yield made
    theme.apply(qapp, "light")


def do(window, title):
    """As Ctrl+K does it."""
    {hit.title: hit for hit in window._commands()}[title].open()


def test_the_history_is_proved_in_the_background(window, idle):
    do(window, "Prove the history")
    idle()
    assert said(window).endswith("events: unbroken")


def test_what_was_changed_behind_the_programs_back_is_listed(window, embedded, idle):
    with embedded.database.write() as session:
        session.execute(update(Person).where(Person.staff_no == "0003").values(name="王莉"))
    do(window, "Prove the history")
    idle()
    (box,) = window.findChildren(QMessageBox)
    assert "something was changed" in box.text()
    assert box.detailedText().startswith("0003, ")
    box.close()


def test_the_password_is_changed_from_there(window):
    do(window, "Change password…")
    (dialog,) = window.findChildren(ReasonDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_the_report_is_written(window, tmp_path, monkeypatch, idle):
    path = tmp_path / "diagnosis.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    do(window, "Report on this installation…")
    idle()
    assert said(window) == f"Written to {path}."
    assert path.read_text(encoding="utf-8").startswith("integrity-files ")


def test_language_and_colours_are_chosen_by_their_names(window):
    do(window, "Colours: Dark")
    assert load_settings().theme == "dark"
    do(window, "Language: English")
    assert load_settings().language == "en"


def test_signing_out_closes_the_window(window, monkeypatch):
    ended = []  # Qt itself, once told to end, would end the event loops of all tests that follow
    monkeypatch.setattr(QApplication, "exit", ended.append)
    do(window, "Sign out")
    assert not window.isVisible()
    assert ended == [SIGNED_OUT]
