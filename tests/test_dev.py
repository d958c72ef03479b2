"""What the two commands on a fresh machine stand on: the choice of Qt, the locks, and .venv's stamp."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

import dev
from app import __version__

LOCKS = sorted(dev.LOCKS.glob("*.txt"))


def name_of(requirement: str) -> str:
    """Its name as locks write it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


@pytest.mark.parametrize(
    ("machine", "version", "python", "names"),
    [
        (("Linux", "x86_64"), (2, 36), (3, 11), ["newest", "6.8"]),
        (("Linux", "x86_64"), (2, 28), (3, 11), ["6.8"]),  # UOS 20
        (("Linux", "x86_64"), (2, 27), (3, 11), []),
        (("Linux", "aarch64"), (2, 36), (3, 13), ["6.8"]),
        (("Linux", "aarch64"), (2, 39), (3, 14), ["newest"]),
        (("Linux", "x86_64"), (), (3, 12), []),  # no glibc
        (("Linux", "loongarch64"), (2, 39), (3, 12), []),
        (("Darwin", "arm64"), (15, 1), (3, 14), ["newest"]),
        (("Windows", "AMD64"), (), (3, 12), ["newest", "6.8"]),
        (("Windows", "AMD64"), (), (3, 10), []),
        (("Windows", "AMD64"), (), (3, 15), []),
    ],
)
def test_a_desk_gets_the_newest_qt_whose_wheels_fit(
    machine: tuple[str, str], version: tuple[int, ...], python: tuple[int, ...], names: list[str]
) -> None:
    assert [qt.name for qt in (dev.NEWEST, dev.QT_6_8) if dev.fits(qt, python, machine, version)] == names


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_requirement_has_hashes_and_no_address(lock: Path) -> None:
    assert "://" not in lock.read_text(encoding="utf-8")
    assert all("==" in one and "--hash=sha256:" in one for one in dev.requirements(lock))


@pytest.mark.parametrize("qt", [dev.NEWEST, dev.QT_6_8], ids=lambda qt: qt.name)
def test_the_locks_hold_what_the_project_asks_for(qt: dev.Qt) -> None:
    project = tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    running = {name_of(one) for one in dev.requirements(dev.LOCKS / f"{qt.extra}.txt")}
    testing = {name_of(one) for one in dev.requirements(dev.LOCKS / f"{qt.extra}-test.txt")}
    assert {name_of(one) for one in project["dependencies"] + extras[qt.extra]} <= running
    assert {name_of(one) for one in extras["test"]} <= testing
    assert not running & testing


def test_an_environment_is_made_again_only_when_what_it_was_made_from_changed(tmp_path: Path) -> None:
    running, testing = tmp_path / "running.txt", tmp_path / "testing.txt"
    running.write_text("# nothing to run\n", encoding="utf-8")
    testing.write_text("# nothing to test\n", encoding="utf-8")
    venv = tmp_path / "venv"
    assert dev.fill(venv, [running]).exists()
    mark = venv / "mark"

    mark.touch()
    dev.fill(venv, [running, testing])
    dev.fill(venv, [running])
    assert mark.exists(), "the locks of testing come on top and stay"

    running.write_text("# something else to run\n", encoding="utf-8")
    dev.fill(venv, [running])
    assert not mark.exists()


def test_the_program_starts_by_its_name_in_any_folder(tmp_path: Path) -> None:
    venv, elsewhere = tmp_path / "a 新 venv", tmp_path / "elsewhere"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (elsewhere / "app").mkdir(parents=True)  # is not taken for ours
    (elsewhere / "app" / "__main__.py").write_text("1 / 0", encoding="utf-8")
    launcher = dev.write_launcher(venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    # The libraries are those of the running environment: the new one is empty.
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [launcher, "--language", "en", *words]
        return subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True)

    assert call("--version").stdout == f"integrity-files {__version__}\n"
    refused = call("scheme", "check", "no such file.toml")
    assert (refused.returncode, "no such file.toml" in refused.stderr) == (2, True)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt's wheels hold all they need")
def test_a_missing_library_is_noticed() -> None:
    assert dev.loads("libc.so.6")
    assert not dev.loads("libintegrity-of-nobody.so.1")


def test_an_offscreen_desk_has_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert dev.has_screen()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not dev.has_screen()


class Bell(QObject):
    """Something that emits."""

    rung = Signal()


def test_this_qt_returns_the_references_it_takes() -> None:
    """PySide6 6.12.0 did not: where None and True are counted (Python 3.11), the program aborted."""
    bell = Bell()
    bell.setObjectName("before")
    nones, trues = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(100):
        bell.setObjectName("again")
        bell.rung.emit()
    assert abs(sys.getrefcount(None) - nones) < 50
    assert abs(sys.getrefcount(True) - trues) < 50
