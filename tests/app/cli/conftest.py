"""Offices made on the command line."""

from pathlib import Path

import pytest

from tests.app.cli.desks import ENTRIES, ENTRIES_MAP, PASSPHRASE, PASSWORD, PEOPLE, PEOPLE_MAP, Desk
from tests.offices import BASELINE


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, desk: Path
) -> Desk:
    """An office with a standard, made on the command line."""
    monkeypatch.setenv("INTEGRITY_FILES_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("INTEGRITY_FILES_PASSWORD", PASSWORD)
    monkeypatch.setenv("INTEGRITY_FILES_NEW_PASSWORD", PASSWORD)
    made = Desk(tmp_path, capsys)
    assert made("office", "create", "--name", "泽临市政务服务局")[0] == 0
    scheme = made.file("scheme.toml", BASELINE)
    adopted = ("--adopted-by", "泽政服发〔2024〕36号", "--valid-from", "2024-01-01")
    assert made("scheme", "publish", scheme, *adopted)[0] == 0
    return made


@pytest.fixture
def bare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """For what needs no office."""
    return Desk(tmp_path, capsys)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """The same with people and a verified list of entries."""
    people, people_map = desk.file("people.csv", PEOPLE), desk.file("people.toml", PEOPLE_MAP)
    assert desk("import", "people", people, "--map", people_map)[0] == 0
    entries, entries_map = desk.file("entries.csv", ENTRIES), desk.file("entries.toml", ENTRIES_MAP)
    batch = desk.json("import", "entries", entries, "--map", entries_map)["batch"]
    assert desk("import", "verify", batch, login="verifier")[0] == 0
    return desk
