"""Every test of the window: offscreen, dressed as the program is, and nothing left running."""

import gc
import os
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui import tasks, theme
from ui.widgets import EnterPresses


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:  # every other warning of Qt fails the test
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication]) -> QApplication:
    application = QApplication.instance() or qapp_cls(qapp_args)
    theme.apply(application, "light")
    EnterPresses(application)
    return application


@pytest.fixture(autouse=True)
def _nothing_left_running(qapp: QApplication) -> Iterator[None]:
    """Garbage is collected on this thread, as ``tasks.prepare`` has it; no task outlives its test."""
    gc.disable()
    yield
    for job in tasks.jobs():
        job.cancelled = True
    wait_until_idle()
    gc.collect(1)


def wait_until_idle() -> None:
    """Until every task was handed over and nothing follows from it: tables ask for rows a turn later."""
    deadline = time.monotonic() + 20
    quiet = 0
    while quiet < 3:
        assert time.monotonic() < deadline, "a task does not end"
        QTest.qWait(1)
        quiet = 0 if tasks.busy() else quiet + 1


@pytest.fixture
def idle(qapp: QApplication) -> Callable[[], None]:
    """Wait until every task has been handed over."""
    return wait_until_idle


def unnamed(window: QWidget) -> list[str]:
    """The controls that a screen reader could not name: none may be left in any page."""
    shown = (widget for widget in window.findChildren(QWidget) if widget.isVisibleTo(window))
    controls = (widget for widget in shown if widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return [describe(widget) for widget in controls if not _name(widget)]


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text
