"""The log names kinds and places, and nobody."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logs import _short, log_error, outline, start_log
from app.settings import PROGRAM


def broken(person: str) -> str:
    known: dict[str, str] = {}
    return known[person]


@pytest.fixture
def bug() -> ValueError:
    try:
        try:
            broken("张三")
        except KeyError as cause:
            raise ValueError("身份证 230102199001011234") from cause
    except ValueError as error:
        return error


def test_an_outline_names_kinds_and_lines_and_nobody(bug: ValueError) -> None:
    text = outline(bug)
    assert text.startswith("builtins.ValueError")
    assert "builtins.KeyError" in text
    assert "  tests/app/test_logs.py:" in text
    assert "张三" not in text and "230102" not in text
    assert str(Path.cwd()) not in text


def test_a_file_outside_the_program_is_named_without_its_folders() -> None:
    file = "/home/wangli/lib/python3.11/site-packages/sqlalchemy/orm/session.py"
    assert _short(file) == "orm/session.py"


@pytest.fixture
def log(desk: Path) -> Iterator[Path]:
    start_log()
    yield desk / f"{PROGRAM}.log"
    logger = logging.getLogger(PROGRAM)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def test_a_bug_is_in_the_log_of_the_desk(log: Path, bug: ValueError) -> None:
    log_error(bug)
    written = log.read_text(encoding="utf-8")
    assert "builtins.KeyError" in written and "张三" not in written
