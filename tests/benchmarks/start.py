"""Process start to a usable window, the key from the keyring, against a bare window with the same libraries.

Each side is a process of its own that tells when its window is ready; the sides take turns, the quickest
of each counts.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import keyring

from app.founding import create_office
from app.settings import PASSWORD as PASSWORD_VARIABLE
from tests.benchmarks.keyring_in_file import KeyringInFile
from tests.benchmarks.measure import report, scale_given
from tests.offices import PASSPHRASE, PASSWORD, Clock, furnish, new_office

ROUNDS = 12

BARE = """
import sqlalchemy, sqlcipher3, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
def ready():
    print(time.time())
    application.quit()
QTimer.singleShot(0, ready)
application.exec()
"""

OURS = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from app.__main__ import main
def signing_in():
    field = QApplication.focusWidget()
    return isinstance(field, QLineEdit) and field.echoMode() == QLineEdit.EchoMode.Password
def at_home():
    from ui import tasks
    return not tasks.busy() and any(window.isVisible() for window in QApplication.topLevelWidgets())
def look():
    if there():
        print(time.time())
        timer.stop()
        QApplication.closeAllWindows()
there = {"sign-in": signing_in, "home": at_home}[sys.argv.pop(1)]
application = QApplication([])  # which the program takes as its own
timer = QTimer()
timer.timeout.connect(look)
timer.start(1)
raise SystemExit(main())
"""
"""Usable is the window that takes the password, its office opened behind it; ``home`` is what follows
at once where the environment holds the password."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = _environment(folder)
        os.environ.update(environment)
        keyring.set_keyring(KeyringInFile())
        clock = Clock()
        database, _ = create_office(str(folder / "office"), PASSPHRASE, new_office(clock))
        furnish(database, clock)
        database.close()
        place = ["--office", str(folder / "office"), "--as", "officer"]
        ours, home = ([sys.executable, "-c", OURS, name, *place] for name in ("sign-in", "home"))
        bare = [sys.executable, "-c", BARE]
        signed_in = {**environment, PASSWORD_VARIABLE: PASSWORD}
        for command in (bare, home):  # once, to fill caches
            _run(command, signed_in)
        rounds = [
            (_run(ours, environment), _run(bare, environment), _run(home, signed_in))
            for _ in range(max(3, round(ROUNDS * scale_given())))
        ]
        quickest, bound, homely = (min(one) for one in zip(*rounds, strict=True))
        sys.stdout.write(f"to the home page, password given: {homely * 1000:.0f} ms\n")
        report("start", quickest / bound, f"{quickest * 1000:.0f} ms against {bound * 1000:.0f} ms")


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "INTEGRITY_FILES_HOME": str(folder),
        # As installed: nothing is compiled anew at each start.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PYTHON_KEYRING_BACKEND": "tests.benchmarks.keyring_in_file.KeyringInFile",
        "KEYRING_FILE": str(folder / "keyring"),
    }


def _run(command: list[str], environment: dict[str, str]) -> float:
    """Seconds until the process says that its window is ready; that it then ends is not counted."""
    began = time.time()
    done = subprocess.run(command, env=environment, check=True, timeout=60, stdout=subprocess.PIPE)
    return float(done.stdout) - began


if __name__ == "__main__":
    main()
