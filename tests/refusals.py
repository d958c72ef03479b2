"""Refusals as people meet them, and a world that refuses: full disks, missing rights."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.errors import Unavailable, UserError
from tests.offices import TestOffice

NOBODY = 65534


@contextmanager
def refused(*kinds: type[Exception], match: str) -> Iterator[pytest.ExceptionInfo[Any]]:
    """Refused in one sentence that a person can read."""
    with pytest.raises(kinds, match=match) as refusal:
        yield refusal
    assert isinstance(refusal.value, UserError | Unavailable)
    said = refusal.value.sentence
    assert said.endswith(".") and len(said.splitlines()) == 1 and "sqlite3" not in said and "{" not in said


@contextmanager
def limited_disk(most: int) -> Iterator[None]:
    """No file grows beyond ``most`` bytes, as where a quota or a disk is used up."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def without_rights() -> Iterator[None]:
    """As an ordinary user: no permission stops root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions of this kind are those of Unix")
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def read_only_copy(embedded: TestOffice, public: Path) -> Path:
    """The office in a folder of a user without rights, who may read it and no more."""
    embedded.database.close()
    shutil.copytree(embedded.place, public / "office")
    for path in (public / "office").iterdir():
        path.chmod(0o444)
    (public / "office").chmod(0o555)
    return public / "office"
