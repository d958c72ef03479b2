import gc
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind, changed
from app.errors import Invalid, Unavailable
from ui import bus, tasks
from ui.messages import Banner

PEOPLE = changed(Kind.PEOPLE)


@pytest.fixture
def owner(qtbot):
    widget = QWidget()
    QVBoxLayout(widget).addWidget(Banner(widget))
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def heard():
    """What the bus broadcasts during the test."""
    received = []
    bus.changed.connect(received.append)
    yield received
    bus.changed.disconnect(received.append)


def raising(error):
    def work(*_):
        raise error

    return work


def banner_of(owner):
    return owner.findChild(Banner)


def open_box():
    boxes = [box for box in tasks.messages.QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]
    return next((box for box in boxes if box.isVisible()), None)


def press(box, text):
    next(button for button in box.buttons() if button.text() == text).click()


def test_a_query_runs_elsewhere_and_its_answer_arrives_here(owner, idle):
    threads = []
    tasks.read(owner, threading.get_ident, lambda there: threads.append((there, threading.get_ident())))
    idle()
    [(there, here)] = threads
    assert here == threading.get_ident() != there


def test_an_answer_is_dropped_when_its_owner_is_gone(qtbot, owner, idle):
    child = QWidget(owner)
    gate, answers = threading.Event(), []
    tasks.read(child, gate.wait, answers.append, ended=lambda: answers.append("ended"))
    with qtbot.waitSignal(child.destroyed):
        child.deleteLater()
    gate.set()
    idle()
    assert answers == []


def test_only_the_newest_read_of_an_owner_and_key_is_answered(owner, idle):
    gate, answers = threading.Event(), []
    for word in ("李", "李明", "李明华"):
        tasks.read(owner, lambda word=word: gate.wait() and word, answers.append, key="search")
    tasks.read(owner, lambda: gate.wait() and "other", answers.append, key="count")
    gate.set()
    idle()
    assert sorted(answers) == ["other", "李明华"]


def test_reads_without_a_key_are_all_answered(owner, idle):
    answers = []
    for number in range(50):
        tasks.read(owner, lambda number=number: number, answers.append)
    idle()
    assert sorted(answers) == list(range(50))


def test_writes_happen_one_at_a_time_in_the_order_asked_for(owner, idle):
    log, running = [], threading.Lock()

    def command(number):
        assert running.acquire(blocking=False)
        log.append(number)
        running.release()
        return PEOPLE

    for number in range(100):
        tasks.write(owner, lambda number=number: command(number))
    idle()
    assert log == list(range(100))


def test_a_write_is_done_before_its_changes_are_broadcast(owner, idle, heard):
    tasks.write(
        owner, lambda: PEOPLE, lambda changes: heard.append("done"), ended=lambda: heard.append("ended")
    )
    idle()
    assert heard == ["done", "ended", PEOPLE]


def test_changes_are_broadcast_even_when_the_owner_is_gone(qtbot, owner, idle, heard):
    child, gate = QWidget(owner), threading.Event()
    tasks.write(child, lambda: gate.wait() and PEOPLE, heard.append)
    with qtbot.waitSignal(child.destroyed):
        child.deleteLater()
    gate.set()
    idle()
    assert heard == [PEOPLE]


def test_a_refusal_goes_to_the_caller_who_asks_for_it(owner, idle):
    refused = Invalid("Give a date.", field="occurred_on")
    routes = []
    tasks.write(owner, raising(refused), routes.append, routes.append, ended=lambda: routes.append("ended"))
    idle()
    assert routes == [refused, "ended"]
    assert not banner_of(owner).isVisible()


def test_a_refusal_that_nobody_asks_for_is_shown_in_the_banner(owner, idle):
    tasks.read(owner, raising(Invalid("Give a date.")), print)
    idle()
    assert banner_of(owner).isVisible()
    assert banner_of(owner).accessibleName() == "Give a date."


def test_a_refused_write_is_shown_even_when_its_form_is_gone(qtbot, owner, idle):
    child, gate = QWidget(owner), threading.Event()

    def command():
        gate.wait()
        raise Invalid("Someone else was faster.")

    tasks.write(child, command)
    with qtbot.waitSignal(child.destroyed):
        child.deleteLater()
    gate.set()
    idle()
    assert banner_of(owner).accessibleName() == "Someone else was faster."


def test_one_dialog_retries_everything_that_was_out_of_reach(qtbot, owner, idle):
    reachable, answers = [], []

    def query():
        if not reachable:
            raise Unavailable("The server does not answer.")
        return "rows"

    tasks.read(owner, query, answers.append)
    tasks.write(owner, lambda: query() and PEOPLE, answers.append)
    idle()
    box = open_box()
    assert box.text() == "The server does not answer."
    assert len(box.waiting) == 2
    reachable.append(True)
    press(box, "Try again")
    idle()
    assert sorted(answers, key=str) == [PEOPLE, "rows"]


def test_giving_up_ends_the_task_without_an_answer(owner, idle):
    routes = []
    tasks.write(
        owner, raising(Unavailable("No.")), routes.append, routes.append, ended=lambda: routes.append("ended")
    )
    idle()
    press(open_box(), "Not now")
    assert routes == ["ended"]


def test_a_bug_goes_to_the_excepthook_with_its_trace(owner, idle, monkeypatch):
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda *about: caught.append(about))
    tasks.read(owner, lambda: {}["张三"], print)
    idle()
    [(kind, _, trace)] = caught
    assert kind is KeyError
    assert trace is not None


def test_a_job_reports_and_its_changes_are_broadcast(owner, idle, heard):
    def job(report):
        for number in range(10):
            report(number, 10)
        return "report", PEOPLE

    shown = tasks.run(
        owner, "Import", job, lambda result: heard.append(result[0]), changes=lambda result: result[1]
    )
    assert tasks.jobs() == [shown]
    idle()
    assert (shown.done, shown.total) == (9, 10)
    assert heard == ["report", PEOPLE]
    assert tasks.jobs() == []


def test_a_cancelled_job_stops_where_it_next_reports(owner, idle):
    started, gate, routes = threading.Event(), threading.Event(), []

    def job(report):
        started.set()
        gate.wait()
        report(1, 2)
        routes.append("went on")

    shown = tasks.run(
        owner, "Import", job, routes.append, routes.append, ended=lambda: routes.append("ended")
    )
    started.wait()
    shown.cancelled = True
    gate.set()
    idle()
    assert routes == ["ended"]
    assert "Import" in banner_of(owner).accessibleName()


def test_closing_waits_for_writes_and_hands_them_over(owner, heard):
    tasks.write(owner, lambda: PEOPLE, heard.append)
    assert tasks.wait_for_writes()
    assert heard == [PEOPLE, PEOPLE]


def test_closing_waits_for_what_a_write_asks_for_too(owner):
    written = []

    def another(_: object) -> None:
        tasks.write(owner, lambda: written.append("second") or PEOPLE)

    tasks.write(owner, lambda: PEOPLE, another)
    assert tasks.wait_for_writes()
    assert written == ["second"]


def test_closing_is_held_up_by_a_refused_write(owner):
    tasks.write(owner, raising(Invalid("Give a date.")))
    assert not tasks.wait_for_writes()
    assert banner_of(owner).isVisible()


def test_closing_cancels_jobs(owner):
    def job(report):
        while True:
            report(0, 1)

    tasks.run(owner, "Endless", job)
    assert tasks.wait_for_writes()


def test_nothing_keeps_an_owner_alive_after_its_answer(qtbot, idle):
    owner = QObject()
    gone = weakref.ref(owner)
    tasks.read(owner, lambda: Changes(), lambda _: None)
    idle()
    del owner
    gc.collect()
    assert gone() is None
