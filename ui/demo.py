"""The main job without a screen: a sample office, its proof, printed summaries, a picture of each page."""

import os
import shutil
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from app.cli.offices import folder_of
from app.cli.printing import print_summary
from app.cli.proofs import proof_words
from app.context import enter
from app.office import Database, open_office
from app.queries.verification import verify
from app.rules.grading.case import year
from app.sample import create_sample, passphrase, password, sample_words
from ui import tasks
from ui.page import Place
from ui.run import start_application
from ui.window import build_window

OFFICER, HEAD, VERIFIER = "shenliqun", "duanhaifeng", "limeiying"
SHOWN = "0044"
"""Someone with a disputed entry and an evaluation that waits."""
PRINTED = ("0017", "0032", "0044", "0057")
WIDTH, HEIGHT = 1366, 768
LOOK_MS, QUIET = 50, 5


SCENES = (
    ("home", OFFICER, Place("home")),
    ("people", OFFICER, Place("people")),
    ("entries", OFFICER, Place("entries")),
    ("file", OFFICER, Place("file", (SHOWN,))),
    ("entry-form", OFFICER, Place("file", (SHOWN, "new"))),
    ("verification", VERIFIER, Place("verify")),
    ("grading-head", HEAD, Place("inbox")),
    ("grading-office", OFFICER, Place("inbox")),
    ("standards", OFFICER, Place("standards")),
    ("documents", OFFICER, Place("documents", (SHOWN,))),
    ("import", OFFICER, Place("import")),
)


def run_demo(given: Namespace) -> int:
    """``demo --out DIR``: what ``dev.py start`` does where there is no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = folder_of(given)
    place = folder / "office"
    shutil.rmtree(place, ignore_errors=True)
    create_sample(str(place)).close()
    database = open_office(str(place), passphrase())  # where its clock stands at its day
    _say(sample_words(str(place)))
    officer = enter(database, OFFICER, password())
    for number in PRINTED:
        _say(str(print_summary(officer, number, year(2025), given.language, folder)))
    for path in _pictures(database, folder):
        _say(str(path))
    proof = officer.ask(verify)
    _say(proof_words(proof))
    database.close()
    return 1 if proof.findings else 0


def _pictures(database: Database, folder: Path) -> Iterator[Path]:
    """Each page as those see it who work on it."""
    application = start_application()
    tasks.prepare()
    for name, login, where in SCENES:
        window = build_window(enter(database, login, password()))
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.go(where)
        _settle()
        path = folder / f"{name}.png"
        window.grab().save(str(path))
        window.close()
        yield path
    application.quit()


def _settle() -> None:
    """Let the event loop run until nothing is on its way any more, and a little longer."""
    loop, timer = QEventLoop(), QTimer()
    quiet = 0

    def look() -> None:
        nonlocal quiet
        quiet = 0 if tasks.busy() else quiet + 1
        if quiet >= QUIET:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    loop.exec()


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # the command line of this verb
