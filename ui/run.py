"""Opens the window: the entrance first, then the pages of whoever signed in."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.errors import NotAllowed, Unavailable, UserError
from app.logs import start_log
from app.office import open_office
from app.settings import PASSPHRASE, PASSWORD, PROGRAM, load_settings, save_settings
from app.words import in_use, tr
from ui import errors, tasks, theme
from ui.dialogs.entrance import Entrance
from ui.widgets import EnterPresses

if TYPE_CHECKING:
    from app.context import AppContext


def run_window(given: Namespace) -> int:
    """Show the window until it is closed; the exit status."""
    application = start_application()
    start_log()
    errors.install()
    tasks.prepare()
    try:
        while context := _entered(given):
            status = _work(application, context)
            if status is not None:
                return status
        return 0
    finally:
        tasks.finish()


def _work(application: QApplication, context: AppContext) -> int | None:
    """One session: the exit status once the window is closed, None where the next may sign in."""
    from ui.window import SIGNED_OUT, build_window

    window = build_window(context)
    window.show()
    status = application.exec()
    tasks.finish()
    context.database.close()
    return None if status == SIGNED_OUT else status


def start_application() -> QApplication:
    """The Qt application, dressed, speaking the language in use."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(PROGRAM)
    application.setApplicationDisplayName(tr("Integrity files"))
    locale = QLocale(in_use())
    QLocale.setDefault(locale)
    words = QTranslator(application)
    if words.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
    schemes: dict[str, theme.Scheme] = {"light": "light", "dark": "dark"}
    theme.apply(application, schemes.get(load_settings().theme, "system"))
    EnterPresses(application)
    return application


def sample_place() -> str:
    """Where this desk keeps its sample office."""
    home = os.environ.get("INTEGRITY_FILES_HOME")
    folder = Path(home) if home else platformdirs.user_data_path(PROGRAM, appauthor=False)
    return str(folder / "sample-office")


def _entered(given: Namespace) -> AppContext | None:
    """Through the entrance; past it where the environment holds what it would ask for."""
    settings = load_settings()
    place = given.office or (sample_place() if given.sample else settings.office)
    login = given.login or settings.login
    if place and login and PASSWORD in os.environ and not given.sample:
        from app.context import enter

        try:
            database = open_office(place, os.environ.get(PASSPHRASE))
            return enter(database, login, os.environ[PASSWORD])
        except (NotAllowed, UserError, Unavailable):
            pass  # the entrance says why, and asks
    entrance = Entrance(place, login, sample_place())
    if given.sample:
        entrance.open_sample()
    if not entrance.exec() or entrance.context is None:
        return None
    if not entrance.is_sample:
        save_settings(replace(load_settings(), office=entrance.place, login=entrance.login))
    return entrance.context
