import threading

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QProgressBar, QToolButton, QVBoxLayout, QWidget

from tests.ui.conftest import unnamed
from ui import messages, tasks
from ui.jobs import JobsStrip, time_left
from ui.messages import Action, Banner


@pytest.fixture
def window(qtbot):
    made = QWidget()
    column = QVBoxLayout(made)
    made.banner, made.inner = Banner(made), QWidget(made)
    column.addWidget(made.banner)
    column.addWidget(made.inner)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_message_appears_in_the_window_of_its_owner(window):
    messages.say(window.inner, "ok", "Recorded.")
    assert window.banner.isVisible()
    assert window.banner.accessibleName() == "Recorded."


def test_a_message_goes_by_itself_and_is_handed_to_the_strip(qtbot, window, monkeypatch):
    monkeypatch.setattr(messages, "_milliseconds", lambda kind, sentence: 10)
    with qtbot.waitSignal(window.banner.said) as said:
        messages.say(window, "info", "Recorded.")
    assert said.args == ["Recorded."]
    assert window.banner.isHidden()


def test_what_was_refused_stays_longer_than_what_was_done():
    assert messages._milliseconds("refusal", "x" * 30) > 2 * messages._milliseconds("ok", "x" * 30)


def test_a_message_can_offer_an_undo(window):
    undone = []
    messages.say(window, "ok", "Returned.", Action("Undo", lambda: undone.append(1)))
    window.banner._act.click()
    assert undone == [1]
    assert window.banner.isHidden()


def test_a_message_without_any_banner_becomes_a_box(qtbot):
    bare = QWidget()
    qtbot.addWidget(bare)
    messages.say(bare, "refusal", "Give a date.")
    [box] = bare.findChildren(QMessageBox)
    assert box.text() == "Give a date."
    box.close()


def test_everything_in_the_banner_has_a_name(window):
    messages.say(window, "ok", "Returned.", Action("Undo", print))
    assert unnamed(window) == []


@pytest.mark.parametrize(
    ("done", "spent", "words"),
    [
        (0, 60, ""),
        (10, 1, ""),
        (50, 10, "10 seconds left"),
        (10, 60, "9 minutes left"),
        (99, 99, "1 second left"),
    ],
)
def test_the_time_left_is_told_when_it_is_known(done, spent, words):
    assert time_left(tasks.Job("Import", 0.0, done, 100), spent) == words


def test_the_strip_shows_a_job_and_can_cancel_it(qtbot, window, idle):
    strip = JobsStrip(window)
    window.layout().addWidget(strip)

    cancelled = threading.Event()

    def job(report):
        report(3, 10)
        assert cancelled.wait(10)
        report(4, 10)

    shown = tasks.run(window, "Import", job)
    bar = strip.findChild(QProgressBar)
    qtbot.waitUntil(lambda: bar.isVisible() and bar.value() == 3)
    assert bar.maximum() == 10
    assert any(label.text() == "Import" for label in strip.findChildren(QLabel))
    assert unnamed(strip) == []
    cancel = next(button for button in strip.findChildren(QToolButton) if button.isVisible())
    cancel.click()
    assert shown.cancelled
    cancelled.set()
    idle()
    assert not bar.isVisible()


def test_more_jobs_than_the_strip_holds_are_counted(window, idle):
    strip = JobsStrip(window)
    window.layout().addWidget(strip)

    def job(report):
        while True:
            report(0, 10)

    shown = [tasks.run(window, f"Job {number}", job) for number in range(5)]
    assert "and 3 more" in [label.text() for label in strip.findChildren(QLabel)]
    for each in shown:
        each.cancelled = True
    idle()
