"""The file page in a window, as an account of the small office sees it."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.commands.conduct import record_entry, verify_entry
from models.types import Uid
from tests.offices import TestOffice, entry
from ui.main_window import MainWindow
from ui.page import Page, Place
from ui.pages.file.page import FilePage


class FileDesk:
    """A window with the file page; every other place is a bare page."""

    def __init__(self, qtbot: QtBot, office: TestOffice, login: str, idle: Callable[[], None]) -> None:
        self.idle = idle
        context = office.as_(login)
        bare = dict.fromkeys(("people", "documents", "leads"), Page)
        self.window = MainWindow([], {"file": lambda: FilePage(context), **bare})
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def go(self, *args: str) -> FilePage:
        """Go to a file and wait until it is there."""
        self.window.go(Place("file", args))
        self.idle()
        page = self.window.page("file")
        assert isinstance(page, FilePage)
        return page


def verified(office: TestOffice, **more: object) -> Uid:
    """An entry on file that counts."""
    uid = office.as_("officer").do(record_entry, entry(**more)).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid
