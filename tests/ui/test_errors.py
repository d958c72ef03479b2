import logging
import threading

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from ui import errors


def broken(person):
    return {}[person]


@pytest.fixture
def bug():
    try:
        broken("张三")
    except KeyError as cause:
        try:
            raise ValueError("身份证 230102199001011234") from cause
        except ValueError as error:
            return error


@pytest.fixture
def hooks(monkeypatch):
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    errors.install()
    import sys

    return sys.excepthook, threading.excepthook


def boxes():
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def test_bugs_are_logged_and_share_one_dialog(qtbot, hooks, bug, caplog):
    show, _ = hooks
    for _ in range(3):
        show(type(bug), bug, bug.__traceback__)
    [box] = boxes()
    assert box.detailedText().count("builtins.ValueError") == 3
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL] * 3
    assert "张三" not in caplog.text and "230102" not in box.detailedText()
    copy = next(button for button in box.buttons() if button.text() == "Copy details")
    copy.click()
    assert QApplication.clipboard().text() == box.detailedText()
    assert box.isVisible()
    box.close()


def test_a_bug_on_another_thread_is_logged_without_a_dialog(qapp, hooks, caplog):
    worker = threading.Thread(target=broken, args=["张三"])
    worker.start()
    worker.join()
    assert "builtins.KeyError" in caplog.text
    assert boxes() == []
