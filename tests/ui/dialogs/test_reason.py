from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.commands.changes import Changes, Kind, changed
from app.errors import Conflict, Invalid
from models.types import Day
from tests.ui.conftest import unnamed
from tests.ui.typing import type_text
from ui.dialogs.reason import REASON, Field, Question, ask_reason

NUMBER = Field("document_no", "Number", "line", "Enter the number.")
NOTE = Field("note", "Note", "line")
DAY = Field("on", "Date of the document", "day", "Enter the date.")


class Desk:
    """Notes what was asked to be written."""

    def __init__(self, qtbot):
        self.qtbot, self.window, self.written, self.done = qtbot, QWidget(), [], []
        qtbot.addWidget(self.window)
        self.window.show()

    def ask(self, *fields, refusal=None, **more):
        question = Question("Return", "It goes back.", "Return it", fields, today=Day(20251218), **more)
        self.dialog = ask_reason(self.window, question, partial(self._command, refusal), self.done.append)
        self.qtbot.waitExposed(self.dialog)
        self.dialog.activateWindow()
        self.qtbot.waitUntil(self.dialog.isActiveWindow)
        return self.dialog

    def _command(self, refusal, answers):
        def write() -> Changes:
            if refusal:
                raise refusal
            self.written.append(answers)
            return changed(Kind.ENTRIES)

        return write

    def type(self, name, text):
        type_text(self.dialog.row(name).field, text)

    def said(self, name):
        return self.dialog.row(name).field.accessibleDescription()


@pytest.fixture
def desk(qtbot, desk):
    return Desk(qtbot)


def test_ctrl_enter_does_it_and_the_dialog_goes(qtbot, desk, idle):
    dialog = desk.ask(NUMBER, DAY, NOTE, REASON)
    assert unnamed(dialog) == []
    for name, text in (("document_no", "泽纪〔2025〕31号"), ("on", "12-1"), ("reason", " 文号不符 ")):
        desk.type(name, text)
    qtbot.keyClick(dialog.row("reason").field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle()
    (answers,) = desk.written
    assert answers.text("document_no") == "泽纪〔2025〕31号" and answers.day("on") == 20251201
    assert answers.text("reason") == "文号不符" and answers.text("note") == ""
    assert desk.done == [changed(Kind.ENTRIES)]


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_written(desk):
    dialog = desk.ask(NUMBER, REASON)
    desk.type("document_no", "1")
    dialog.act.click()
    assert desk.said("reason") == "Give the reason in a sentence." and desk.said("document_no") == ""
    assert dialog.row("reason").field.hasFocus() and desk.written == []


def test_what_is_no_date_is_said_in_the_words_of_the_field(desk):
    dialog = desk.ask(DAY)
    desk.type("on", "2025-13-1")
    dialog.act.click()
    assert desk.said("on").startswith("Date of the document “2025-13-1” is not in the calendar.")


def test_a_refusal_keeps_what_was_typed(desk, idle):
    dialog = desk.ask(REASON, refusal=Invalid("Say more.", field="reason"))
    desk.type("reason", "no")
    dialog.act.click()
    idle()
    assert dialog.isVisible() and dialog.act.isEnabled()
    assert desk.said("reason") == "Say more." and dialog.row("reason").field.text() == "no"


def test_a_refusal_about_no_field_stands_beneath_them(desk, idle):
    dialog = desk.ask(REASON, refusal=Conflict("Someone else was faster."))
    desk.type("reason", "no")
    dialog.act.click()
    idle()
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Someone else was faster." in words


def test_enter_never_does_what_cannot_be_taken_back(qtbot, desk, idle):
    dialog = desk.ask(NUMBER, dangerous=True)
    desk.type("document_no", "1")
    assert not any(button.isDefault() for button in dialog.findChildren(QPushButton))
    qtbot.keyClick(dialog.row("document_no").field, Qt.Key.Key_Return)
    idle()
    assert desk.written == [] and dialog.isVisible()


def test_esc_leaves_without_doing_anything(qtbot, desk, idle):
    dialog = desk.ask(REASON)
    desk.type("reason", "no")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    idle()
    assert desk.written == []
