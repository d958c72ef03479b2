"""The window as it is put together: what the menu of the account does, and Ctrl+K with it."""

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox
from sqlalchemy import update

from app.commands.conduct import Basis, correct_conduct
from app.queries.files import file_view
from app.rules.grading.case import year
from app.settings import load_settings
from models.people import Person
from tests.offices import TODAY
from tests.ui.pages.files import verified
from tests.ui.pages.windows import press, said
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


def entries(office):
    return office.as_("officer").ask(file_view, "0003", year(2025)).entries


def do(window, title):
    """As Ctrl+K does it."""
    {hit.title: hit for hit in window._commands()}[title].open()


def test_the_history_is_proved_in_the_background(window, idle):
    do(window, "Proof: Prove the history")
    idle()
    assert said(window).endswith("events: unbroken")


def test_what_was_changed_behind_the_programs_back_is_listed(window, embedded, idle):
    with embedded.database.write() as session:
        session.execute(update(Person).where(Person.staff_no == "0003").values(name="王莉"))
    do(window, "Proof: Prove the history")
    idle()
    (box,) = window.findChildren(QMessageBox)
    assert "something was changed" in box.text()
    assert box.detailedText().startswith("0003, ")
    box.close()


def test_the_heads_are_saved_and_proved_against_later(window, embedded, tmp_path, monkeypatch, idle):
    path = tmp_path / "heads.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    do(window, "Proof: Save the heads…")
    idle()
    assert said(window).startswith(f"Written to {path}.")
    do(window, "Proof: Prove against a paper…")
    (dialog,) = window.findChildren(ReasonDialog)
    dialog.row("root").field.setText("no such root")
    dialog.act.click()
    assert "no file of heads" in dialog.row("root").findChildren(QLabel)[-1].text()
    dialog.row("root").field.setText(str(path))
    dialog.act.click()
    idle()
    assert said(window).endswith("events: unbroken")


def test_what_was_done_last_is_taken_back_after_a_look(window, embedded, idle):
    basis = Basis("泽政服人〔2025〕99号", TODAY, "查无依据")
    embedded.as_("officer").do(correct_conduct, verified(embedded, item="duty.absent"), basis)
    do(window, "Take back what you did last…")
    idle()
    (box,) = window.findChildren(QMessageBox)
    assert box.informativeText().startswith("Correction of the wrong recorded · ")
    press(box, "Take back")
    idle()
    assert said(window).startswith("Taken back: Correction of the wrong recorded · ")
    assert entries(embedded)[0].corrected_on is None


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
