"""Every test of the window: offscreen, dressed as the program is, and nothing left running."""

import gc
import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui import tasks, theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:  # every other warning of Qt fails the test
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication]) -> QApplication:
    application = QApplication.instance() or qapp_cls(qapp_args)
    theme.apply(application, "light")
    return application


@pytest.fixture(autouse=True)
def _garbage_on_this_thread() -> Iterator[None]:
    """As ``tasks.prepare`` does: a worker must not delete a forgotten widget."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture
def idle(qtbot: QtBot) -> Callable[[], None]:
    """Wait until every task has been handed over."""
    return lambda: qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)


def unnamed(window: QWidget) -> list[str]:
    """The controls that a screen reader could not name: none may be left in any page."""
    controls = (
        widget for widget in window.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    return [describe(widget) for widget in controls if not _name(widget)]


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text
