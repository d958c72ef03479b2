"""The real window with some of its pages, for tests."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import wait_until_idle
from ui import tasks
from ui.main_window import MainWindow
from ui.page import Page, Place


class Elsewhere(Page):
    """Where a page sends to: remembers the places it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Place] = []

    def show_place(self, place: Place) -> None:
        self.shown.append(place)


def open_page(qtbot: QtBot, name: str, build: Callable[[], Page], *args: Any) -> tuple[MainWindow, Any]:
    """The window at a page, and the page; it can go to files."""
    window = MainWindow([], {name: build, "file": Elsewhere})
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    window.go(Place(name, args))
    wait_until_idle()
    return window, window.page(name)


def said(window: MainWindow) -> str:
    """What the banner says; empty where there is none."""
    return window.banner.accessibleName() if window.banner.isVisible() else ""


def box_of(window: MainWindow) -> QMessageBox:
    """The question over the window."""
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    return box


def press(box: QMessageBox, words: str) -> None:
    """Press the button that begins so."""
    next(one for one in box.findChildren(QPushButton) if one.text().startswith(words)).click()
    wait_until_idle()


def hold_workers(owner: QObject) -> threading.Event:
    """Nothing long begins before what is given back is set: what is to be cancelled is not done sooner."""
    gate = threading.Event()
    for _ in range(2):  # as many as there are
        tasks.run(owner, "Something long", lambda report: gate.wait())
    return gate
