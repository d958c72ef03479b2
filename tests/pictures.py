"""Pictures of the window, to be looked at: both sizes, light and dark, both languages.

    python -m tests.pictures MODULE:FUNCTION [--out DIR] [--schemes light,dark] [--languages zh_CN,en]

FUNCTION takes nothing and yields (name, widget): a picture is taken at each yield, as soon as nothing
is on its way any more. It is called anew for each scheme and language, since widgets are translated
when they are made. Every scale needs a process of its own.
"""

import argparse
import importlib
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

SIZES = {"1366x768": (1366, 768, 1.0), "1920x1080": (1280, 720, 1.5)}
"""Width and height in logical pixels, and the scale."""

Scenes = Callable[[], Iterator[tuple[str, object]]]


def main() -> None:
    """Take all pictures, or those of one size where ``--size`` names it."""
    asked = _arguments()
    if asked.size:
        _take(asked)
        return
    for size, (_, _, scale) in SIZES.items():
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
        command = [sys.executable, "-m", "tests.pictures", *sys.argv[1:], "--size", size]
        subprocess.run(command, env=environment, check=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("scenes", metavar="MODULE:FUNCTION")
    parser.add_argument("--out", type=Path, default=Path("demo/pictures"))
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--languages", default="zh_CN,en")
    parser.add_argument("--size", choices=SIZES)
    return parser.parse_args()


def _take(asked: argparse.Namespace) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    from app import words
    from ui import tasks, theme

    application = QApplication([])
    module, _, function = asked.scenes.partition(":")
    scenes: Scenes = getattr(importlib.import_module(module), function)
    width, height, _ = SIZES[asked.size]
    asked.out.mkdir(parents=True, exist_ok=True)
    for scheme, language in itertools.product(asked.schemes.split(","), asked.languages.split(",")):
        theme.apply(application, scheme)
        words.use(language)
        for name, widget in scenes():
            assert isinstance(widget, QWidget)
            if isinstance(widget, QMainWindow):
                widget.resize(width, height)
            widget.show()
            for _ in range(1000):
                QTest.qWait(20)  # also for layouts, and what is painted after the last answer
                if not tasks.busy():
                    break
            else:
                raise TimeoutError(f"{name} is still waiting for something")
            widget.grab().save(str(asked.out / f"{name}-{asked.size}-{scheme}-{language}.png"))


if __name__ == "__main__":
    main()
