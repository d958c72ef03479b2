"""Writes files so that each is there whole or not at all, and says in words why one cannot be."""

import errno
from collections.abc import Iterable
from pathlib import Path

from app.errors import Invalid
from app.words import mark, tr
from models.types import new_uid

_REASONS = {
    errno.EACCES: mark("you have no right to do that"),
    errno.EPERM: mark("you have no right to do that"),
    errno.ENOENT: mark("there is no such file or folder"),
    errno.EISDIR: mark("it is a folder"),
    errno.ENOTDIR: mark("part of its path is no folder"),
    errno.EROFS: mark("the disk can only be read"),
    errno.ENOSPC: mark("the disk is full"),
    errno.EFBIG: mark("the disk is full"),
    errno.ENAMETOOLONG: mark("its name is too long"),
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in the language in use where the reason is a common one."""
    known = _REASONS.get(error.errno or 0)
    return tr(known) if known else error.strerror or str(error)


def not_written(path: Path, error: OSError) -> Invalid:
    """The refusal where a file cannot be written."""
    sentence = tr("{path} cannot be written ({reason}). Close it where it is open, or choose another place.")
    return Invalid(sentence.format(path=path, reason=reason_of(error)))


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write under another name beside it, then take the place of ``path``. Raises Invalid."""
    unfinished = path.with_name(f"{new_uid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
        unfinished.replace(path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)
