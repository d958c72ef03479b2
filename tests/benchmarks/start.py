"""Process start to a usable window, the key from the keyring, against a bare window with the same libraries.

Each side is a process of its own, timed from outside; the sides take turns, the quickest of each counts.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import keyring

from app.office import create_office
from tests.benchmarks.keyring_in_file import KeyringInFile
from tests.benchmarks.measure import report, scale_given, seconds
from tests.offices import PASSPHRASE, PASSWORD, Clock, furnish, new_office

ROUNDS = 12

BARE = """
import sqlalchemy, sqlcipher3
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""

OURS = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.cli.main import parse
from ui import run, tasks
def look():
    if not tasks.busy() and any(window.isVisible() for window in QApplication.topLevelWidgets()):
        timer.stop()
        QApplication.closeAllWindows()
application = run.start_application()
timer = QTimer()
timer.timeout.connect(look)
timer.start(1)
raise SystemExit(run.run_window(parse()))
"""


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
        ours = [sys.executable, "-c", OURS, "--office", str(folder / "office"), "--as", "officer"]
        bare = [sys.executable, "-c", BARE]
        rounds = [
            (_run(ours, environment), _run(bare, environment))
            for _ in range(max(3, round(ROUNDS * scale_given())))
        ]
        quickest = min(one for one, _ in rounds)
        bound = min(one for _, one in rounds)
        report("start", quickest / bound, f"{quickest * 1000:.0f} ms against {bound * 1000:.0f} ms")


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "INTEGRITY_FILES_HOME": str(folder),
        "INTEGRITY_FILES_PASSWORD": PASSWORD,
        "PYTHON_KEYRING_BACKEND": "tests.benchmarks.keyring_in_file.KeyringInFile",
        "KEYRING_FILE": str(folder / "keyring"),
    }


def _run(command: list[str], environment: dict[str, str]) -> float:
    return seconds(lambda: subprocess.run(command, env=environment, check=True, timeout=120))[0]


if __name__ == "__main__":
    main()
