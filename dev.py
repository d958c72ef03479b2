#!/usr/bin/env python3
"""Sets the project up and runs it. Standard library only, the same on Windows, macOS and Linux.

python3 dev.py start          the window on the sample office; without a screen, the same job into demo/
python3 dev.py test           lint, types and the whole suite
python3 dev.py setup          only make .venv
python3 dev.py lint           only lint and types
python3 dev.py bench NAME     one of tests/benchmarks
python3 dev.py lock           write resources/locks again after pyproject.toml changed
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import itertools
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
LOCKS = ROOT / "resources" / "locks"
I18N = ROOT / "resources" / "i18n"
DEMO = ROOT / "demo"

WINDOW = ("-m", "app", "window", "--sample")
NO_WINDOW = ("-m", "app", "demo", "--out", str(DEMO))


class Qt(NamedTuple):
    """One PySide6, and the desks its wheels fit."""

    name: str
    newest_python: tuple[int, ...]
    desks: dict[tuple[str, str], tuple[int, ...]]
    """System and machine, with the least version of glibc or macOS."""

    @property
    def extra(self) -> str:
        """Its extra in pyproject.toml, and its locks."""
        return f"qt-{self.name}"


OLDEST_PYTHON = (3, 11)
NEWEST = Qt(
    "newest",
    (3, 14),
    {
        ("Linux", "x86_64"): (2, 34),
        ("Linux", "aarch64"): (2, 39),
        ("Darwin", "arm64"): (14, 0),
        ("Windows", "AMD64"): (),
    },
)
QT_6_8 = Qt(  # for Kylin V10 and UOS 20
    "6.8",
    (3, 13),
    {
        ("Linux", "x86_64"): (2, 28),
        ("Linux", "aarch64"): (2, 31),
        ("Darwin", "arm64"): (13, 0),
        ("Windows", "AMD64"): (),
    },
)

# What the wheels load from the system and do not hold, and the Debian packages that do (objdump -p on the
# modules and plugins we use, of both versions). Newer releases provide libglib2.0-0 as libglib2.0-0t64.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libatomic.so.1": "libatomic1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
LIBRARIES_OF_A_WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",  # brings libxcb-util, whose name changed between releases
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

BENCHMARKS = ("import", "grade", "grade-office", "explain", "people-table", "search", "start", "verify")
LINT = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
)


def say(line: str) -> None:
    """A line on what happens now, in order with what the programs print that are run."""
    print(line, flush=True)  # noqa: T201  # this is where dev.py speaks


def run(name: str, *command: str | Path, **environment: str) -> None:
    """Run a program in the project's folder; where it fails, say which and end with its exit status."""
    status = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}).returncode
    if status:
        say(f"dev.py: {name} failed (exit status {status})")
        sys.exit(status if 0 < status < 256 else 1)


# What fits this machine


def desk() -> tuple[tuple[str, str], tuple[int, ...]]:
    """This machine as in Qt.desks, and its version of glibc or macOS (empty elsewhere)."""
    version = platform.libc_ver()[1] or platform.mac_ver()[0]
    return (platform.system(), platform.machine()), tuple(map(int, re.findall(r"\d+", version)))


def fits(qt: Qt, python: tuple[int, ...], machine: tuple[str, str], version: tuple[int, ...]) -> bool:
    """Whether the wheels of this Qt can be installed there."""
    least = qt.desks.get(machine)
    return OLDEST_PYTHON <= python <= qt.newest_python and least is not None and version >= least


def choose(wanted: str | None = None) -> Qt:
    """The newest Qt that fits this machine, or the wanted one; else end with what would fit."""
    offered = [qt for qt in (NEWEST, QT_6_8) if wanted in (None, qt.name)]
    machine, version = desk()
    for qt in offered:
        if fits(qt, sys.version_info[:2], machine, version):
            return qt
    here = f"Python {platform.python_version()} on {' '.join(machine)} {dotted(version)}"
    sys.exit("\n".join([f"dev.py: {here} does not fit. Run dev.py with one of these:", *map(needs, offered)]))


def needs(qt: Qt) -> str:
    """The desks of a Qt in words."""
    words = {"Linux": "Linux with glibc", "Darwin": "macOS", "Windows": "Windows"}
    desks = (
        " ".join(filter(None, (words[system], dotted(least), f"({machine})")))
        for (system, machine), least in qt.desks.items()
    )
    return f"  Python {dotted(OLDEST_PYTHON)} to {dotted(qt.newest_python)} on {', '.join(desks)}, or newer"


def dotted(version: tuple[int, ...]) -> str:
    """A version as people write it."""
    return ".".join(map(str, version))


def has_screen() -> bool:
    """Whether a window can be shown."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal"):
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# Set-up


def missing_packages(window: bool) -> list[str]:
    """The Debian packages without which venv, Qt or its windows do not start here, in order."""
    wanted = {**LIBRARIES, **LIBRARIES_OF_A_WINDOW} if window else LIBRARIES
    missing = {package for library, package in wanted.items() if not loads(library)}
    if importlib.util.find_spec("ensurepip") is None:
        missing.add(f"python3.{sys.version_info[1]}-venv")
    return sorted(missing)


def loads(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def set_up_system() -> None:
    """Install what is missing on Debian-like systems when root; otherwise end with the line to run."""
    missing = missing_packages(has_screen()) if sys.platform == "linux" else []
    if not missing:
        return
    if not shutil.which("apt-get"):
        sys.exit(f"dev.py: install what this system calls these Debian packages: {' '.join(missing)}")
    update = ("apt-get", "update")
    install = ("apt-get", "install", "--yes", "--no-install-recommends", *missing)
    if os.geteuid() != 0:
        lines = f"sudo {shlex.join(update)} && sudo {shlex.join(install)}"
        sys.exit(f"dev.py: system libraries are missing. Run this line, then dev.py again:\n{lines}")
    say(f"Installing system libraries: {' '.join(missing)}")
    run("apt-get update", *update)
    run("apt-get install", *install, DEBIAN_FRONTEND="noninteractive")


def set_up(test: bool = False, qt: str | None = None) -> Path:
    """Make everything that running needs, or with ``test`` testing, and return the Python of its .venv."""
    chosen = choose(qt)
    set_up_system()
    locks = [LOCKS / f"{chosen.extra}.txt", LOCKS / f"{chosen.extra}-test.txt"]
    venv = ROOT / (f".venv-qt{qt}" if qt else ".venv")
    python = fill(venv, locks if test else locks[:1])
    compile_translations(python)
    write_launcher(python)
    return python


def fill(venv: Path, locks: list[Path]) -> Path:
    """Bring ``venv`` to what the locks say, one on top of the other, and return its Python.

    Its stamp lists what was installed, a line a lock. The environment of a lock that has changed is made
    anew: Qt's distributions share files, so that replacing one in place can break another.
    """
    python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = venv / "locks.stamp"
    wanted = [stamp_line(lock) for lock in locks]
    have = stamp.read_text(encoding="utf-8").splitlines() if stamp.exists() else []
    if not have or have[: len(wanted)] != wanted[: len(have)]:
        make_venv(venv)
        have = []
    for lock, line in list(zip(locks, wanted, strict=True))[len(have) :]:
        say(f"Installing {lock.name} into {venv.name}")
        options = ("--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--require-hashes")
        run("pip install", python, "-m", "pip", "install", *options, "-r", lock)
        with stamp.open("a", encoding="utf-8") as lines:
            lines.write(line + "\n")
    return python


def stamp_line(lock: Path) -> str:
    """What an environment depends on: the lock's text (whatever its line ends) and this Python."""
    digest = hashlib.sha256(lock.read_text(encoding="utf-8").encode()).hexdigest()
    return f"{lock.name} {digest} {dotted(sys.version_info[:2])} {sys.base_prefix}"


def make_venv(venv: Path) -> None:
    """An empty environment, in place of what was there."""
    if Path(sys.prefix).resolve() == venv.resolve():
        sys.exit(f"dev.py: {venv.name} must be made anew: run dev.py with the Python outside of it")
    say(f"Making {venv.name}")
    run("python -m venv", sys.executable, "-m", "venv", "--clear", venv)


def compile_translations(python: Path) -> None:
    """Write the .mo files that the program reads, where a .po is newer."""
    texts = [(po, po.with_suffix(".mo")) for po in I18N.rglob("*.po")]
    if any(not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime for po, mo in texts):
        babel = ("-m", "babel.messages.frontend", "compile", "-d", I18N, "-D", "integrity_files")
        run("pybabel compile", python, *babel)


LAUNCH = "import sys; sys.path.insert(0, sys.argv.pop(1)); from app.__main__ import main; sys.exit(main())"
LAUNCHERS = {
    "posix": ("integrity-files", f'#!/bin/sh\nexec {{python}} -P -c "{LAUNCH}" {{root}} "$@"\n'),
    "nt": ("integrity-files.cmd", f'@"%~dp0python.exe" -P -c "{LAUNCH}" "%~dp0..\\.." %*\r\n'),
}
"""Name and text of ``integrity-files`` by ``os.name``. A .cmd is read in the code page of the console, so
that it must not name folders, which may be Chinese: it finds them from where it lies (``%~dp0``)."""


def write_launcher(python: Path) -> Path:
    """Write ``integrity-files`` beside the Python of .venv; it works in any folder, whatever lies there."""
    name, text = LAUNCHERS[os.name]
    written = python.with_name(name)
    text = text.format(python=shlex.quote(str(python)), root=shlex.quote(str(ROOT)))
    if not written.exists() or written.read_bytes() != text.encode():
        written.write_bytes(text.encode())
        written.chmod(0o755)
    return written


# Verbs


def setup(given: argparse.Namespace) -> None:
    """Make .venv from the lock, and the translations."""
    python = set_up(qt=given.qt)
    say(f"The program: {python.with_name('integrity-files').relative_to(ROOT)}")


def start(given: argparse.Namespace) -> None:
    """Show the window on the sample office, or do its job without one."""
    python = set_up(qt=given.qt)
    if has_screen():
        run("the program", python, *WINDOW)
    else:
        say(f"There is no screen here: the same job is done through the command line, into {DEMO}")
        run("the program", python, *NO_WINDOW, QT_QPA_PLATFORM="offscreen")
        for made in sorted(DEMO.rglob("*")):
            if made.suffix in (".pdf", ".png"):
                say(f"  {made.relative_to(ROOT)}")


def lint(given: argparse.Namespace) -> None:
    """Style, format and types."""
    lint_with(set_up(test=True, qt=given.qt), types=given.qt is None)


def lint_with(python: Path, types: bool) -> None:
    """The steps of lint, up to the first that fails. Types are those of the newest Qt."""
    for name, step in LINT:
        if name == "mypy" and not types:
            say("== mypy is left out: the stubs of 6.8 lack attributes that its classes have")
        else:
            say(f"== {name}")
            run(name, python, *step)


def test(given: argparse.Namespace) -> None:
    """Lint, types and the whole suite, up to the first that fails."""
    python = set_up(test=True, qt=given.qt)
    lint_with(python, types=given.qt is None)
    say("== pytest")
    workers = str(min(os.cpu_count() or 1, 4))  # each starts a PostgreSQL of its own
    run("pytest", python, "-m", "pytest", "-n", workers, *given.pytest, QT_QPA_PLATFORM="offscreen")


def bench(given: argparse.Namespace) -> None:
    """Measure one thing, as README.md tells: a script of tests/benchmarks."""
    scale = ("--scale", str(given.scale)) if given.scale else ()
    script = f"tests.benchmarks.{given.name.replace('-', '_')}"
    python = set_up(test=True, qt=given.qt)
    run(given.name, python, "-m", script, *scale, QT_QPA_PLATFORM="offscreen")


# Locks


def lock(given: argparse.Namespace) -> None:
    """Write the locks again: what pyproject.toml newly asks for, or with --upgrade the newest of all."""
    places = [ROOT / ".venv" / "bin", ROOT / ".venv" / "Scripts", os.environ.get("PATH", "")]
    uv = shutil.which("uv", path=os.pathsep.join(map(str, places)))
    if uv is None:
        sys.exit("dev.py: uv is needed to write locks. Run: python3 -m pip install uv")
    options = ("--upgrade",) if given.upgrade else ()
    for qt in (NEWEST, QT_6_8):
        ours, tests = LOCKS / f"{qt.extra}.txt", LOCKS / f"{qt.extra}-test.txt"
        write_lock(uv, ours, *options, "--extra", qt.extra)
        write_lock(uv, tests, *options, "--extra", qt.extra, "--extra", "test", "--constraint", ours)
        finish_lock(tests, "What testing needs beyond running.", requirements(ours))
        finish_lock(ours, "What running needs.")
        check_wheels(uv, qt, ours, tests)


def write_lock(uv: str, target: Path, *options: str | Path) -> None:
    """One lock for all systems and Pythons. uv keeps the versions that ``target`` has."""
    plain = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet")
    wide = ("--universal", "--python-version", dotted(OLDEST_PYTHON), "--generate-hashes")
    say(f"Writing {target.relative_to(ROOT)}")
    run("uv", uv, "pip", "compile", "pyproject.toml", *plain, *wide, *options, "-o", target)


def requirements(path: Path) -> list[str]:
    """The requirements of a lock, each with its hashes."""
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return re.split(r"\n(?=\S)", text.strip())


def finish_lock(path: Path, purpose: str, elsewhere: list[str] | None = None) -> None:
    """Head the lock with how it is renewed, and leave out what another lock installs before it."""
    kept = [one for one in requirements(path) if one not in (elsewhere or [])]
    header = f"# {purpose} Written by: python3 dev.py lock [--upgrade]\n"
    path.write_text(header + "\n".join(kept) + "\n", encoding="utf-8", newline="\n")


def check_wheels(uv: str, qt: Qt, *locks: Path) -> None:
    """Refuse a lock that holds something without a wheel for one of its desks."""
    pythons = [f"3.{minor}" for minor in range(OLDEST_PYTHON[1], qt.newest_python[1] + 1)]
    for (machine, least), python in itertools.product(qt.desks.items(), pythons):
        say(f"Looking for wheels: {qt.extra}, {' '.join(machine)}, Python {python}")
        name = {
            "Linux": f"{machine[1]}-manylinux_{'_'.join(map(str, least))}",
            "Darwin": "aarch64-apple-darwin",
            "Windows": "x86_64-pc-windows-msvc",
        }[machine[0]]
        options = ("--only-binary", ":all:", "--no-deps", "--quiet", "--output-file", os.devnull)
        target = ("--python-platform", name, "--python-version", python)
        least_macos = dotted(least) if machine[0] == "Darwin" else ""
        run("uv", uv, "pip", "compile", *locks, *options, *target, MACOSX_DEPLOYMENT_TARGET=least_macos)


def main() -> None:
    """Do the verb of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for verb in (start, test, setup, lint, bench, lock):
        one = verbs.add_parser(verb.__name__, help=verb.__doc__, description=verb.__doc__)
        one.set_defaults(verb=verb)
        if verb is not lock:
            one.add_argument(
                "--qt", choices=(QT_6_8.name,), help="with this Qt, in an environment of its own"
            )
        if verb is test:
            one.add_argument("pytest", nargs="*", help="arguments of pytest, after --")
        if verb is bench:
            one.add_argument("name", choices=BENCHMARKS)
            one.add_argument("--scale", type=float, help="part of the full size, as 0.1")
        if verb is lock:
            one.add_argument("--upgrade", action="store_true", help="to the newest versions")
    given = parser.parse_args()
    try:
        given.verb(given)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
