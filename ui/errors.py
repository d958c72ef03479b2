"""What is shown when the world or the program itself fails. What a person did wrong goes to messages."""

import platform
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, qVersion
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from shiboken6 import isValid

from app.logs import log_error, outline
from app.words import tr
from ui import icons, messages

Box = TypeVar("Box", bound=QMessageBox)
_open: dict[type[QMessageBox], QMessageBox] = {}


def install() -> None:
    """Send every bug, on every thread, to the log and to one dialog."""
    sys.excepthook = _on_bug
    threading.excepthook = lambda failed: _on_bug(
        failed.exc_type, failed.exc_value or failed.exc_type(), failed.exc_traceback
    )


def offer_retry(
    owner: QObject | None, sentence: str, retry: Callable[[], object], give_up: Callable[[], object]
) -> None:
    """Say that the office is out of reach. All that fails meanwhile joins the one dialog."""
    box = _shown(_RetryBox) or _kept(_RetryBox(messages.window_of(owner), sentence))
    box.waiting.append((retry, give_up))
    box.open()


class _RetryBox(QMessageBox):
    def __init__(self, parent: QWidget | None, sentence: str) -> None:
        super().__init__(QMessageBox.Icon.NoIcon, tr("Not available"), sentence, parent=parent)
        self.setIconPixmap(icons.pixmap("unplug", "dispute", 32, self.devicePixelRatioF()))
        self.waiting: list[tuple[Callable[[], object], Callable[[], object]]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setInformativeText(tr("Nothing was lost. What you entered is still in the window."))
        self._again = self.addButton(tr("Try again"), QMessageBox.ButtonRole.AcceptRole)
        self.setEscapeButton(self.addButton(tr("Not now"), QMessageBox.ButtonRole.RejectRole))
        self.setDefaultButton(self._again)
        self.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        again = self.clickedButton() is self._again
        for retry, give_up in self.waiting:
            (retry if again else give_up)()


class _BugBox(QMessageBox):
    def __init__(self, parent: QWidget | None) -> None:
        text = tr("The program made a mistake.")
        super().__init__(QMessageBox.Icon.NoIcon, tr("Mistake in the program"), text, parent=parent)
        self.setIconPixmap(icons.pixmap("circle-alert", "negative", 32, self.devicePixelRatioF()))
        self._details: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setInformativeText(
            tr("What you did last may not have been done: please look. The details name no people.")
        )
        self._copy = QPushButton(tr("Copy details"), self)
        self.addButton(self._copy, QMessageBox.ButtonRole.ActionRole)
        self._copy.clicked.disconnect()  # a message box would close at every button
        self._copy.clicked.connect(self._on_copy)
        close = self.addButton(tr("Close"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(close)
        self.setEscapeButton(close)  # the title bar's cross would do nothing without one

    def add(self, details: str) -> None:
        self._details.append(details)
        self.setDetailedText("\n\n".join(self._details[:20]))

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self.detailedText())
        self._copy.setText(tr("Copied"))


def _on_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    error = error.with_traceback(trace)
    log_error(error)
    if QApplication.instance() and threading.current_thread() is threading.main_thread():
        box = _shown(_BugBox) or _kept(_BugBox(messages.window_of(None)))
        box.add(f"{_versions()}\n{outline(error)}")
        box.open()


def _versions() -> str:
    return f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}"


def _shown(kind: type[Box]) -> Box | None:
    box = _open.get(kind)
    return box if isinstance(box, kind) and isValid(box) else None


def _kept(box: Box) -> Box:
    """Nothing else keeps a box that has no parent."""
    kind = type(box)
    _open[kind] = box
    box.finished.connect(lambda: _open.pop(kind, None))
    return box
