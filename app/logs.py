"""The log of this desk: rotating, and without personal data.

What an exception says may hold a name or a number (a database quotes the row it refuses), so only
its kind and the places in the code are written, never its message.
"""

import logging
import platform
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.settings import PROGRAM, log_folder

BYTES, FILES = 1_000_000, 5
_PROGRAM = Path(__file__).parent.parent


class _WithoutMessages(logging.Formatter):
    def formatException(self, ei: object) -> str:
        error = ei[1] if isinstance(ei, tuple) else None
        return outline(error) if isinstance(error, BaseException) else ""


def outline(error: BaseException) -> str:
    """The kind of an error, of those that led to it, and where in the code; nothing that it says."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        for frame, number in traceback.walk_tb(seen.__traceback__):
            lines.append(f"  {_short(frame.f_code.co_filename)}:{number} {frame.f_code.co_qualname}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def _short(file: str) -> str:
    """The file without the folders of this desk, which may hold the name of a user."""
    path = Path(file)
    if path.is_relative_to(_PROGRAM) and "site-packages" not in path.parts:
        return path.relative_to(_PROGRAM).as_posix()
    return "/".join(path.parts[-2:])


def start_log() -> None:
    """Begin to write the log; where it cannot be written, the program goes on without."""
    logger = logging.getLogger(PROGRAM)
    logger.setLevel(logging.INFO)
    if logger.handlers:
        return
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / f"{PROGRAM}.log", maxBytes=BYTES, backupCount=FILES, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_WithoutMessages("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.info("start %s, Python %s, %s", platform.platform(), platform.python_version(), sys.platform)


def log_error(error: BaseException) -> None:
    """Write a bug to the log."""
    logging.getLogger(PROGRAM).critical("unexpected: %s", outline(error))
