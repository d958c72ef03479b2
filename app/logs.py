"""The log of this desk: rotating, and without personal data.

What an exception says may hold a name or a number (a database quotes the row it refuses), so only
its kind and the places in the code are written, never its message.
"""

import logging
import platform
import sys
import traceback
from logging.handlers import RotatingFileHandler
from types import TracebackType

from app.settings import PROGRAM, log_folder

BYTES, FILES = 1_000_000, 5

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


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
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def _short(path: str) -> str:
    """A path without the folders above the packages, which may hold the name of a user."""
    parts = path.replace("\\", "/").split("/")
    for name in ("app", "models", "ui", "site-packages"):
        if name in parts:
            return "/".join(parts[parts.index(name) :])
    return parts[-1]


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
    logging.getLogger(PROGRAM).error("unexpected", exc_info=(type(error), error, error.__traceback__))
