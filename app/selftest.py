"""Whether this installation is complete, and a report on it without personal data."""

import importlib.metadata
import platform
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from app import __version__, secrets, words
from app.errors import Unavailable, UserError
from app.settings import PROGRAM, log_folder
from models.database import SCHEMA

LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "sqlcipher3",
    "psycopg",
    "reportlab",
    "keyring",
    "cryptography",
)


def checks() -> Iterator[tuple[str, str]]:
    """Each check by name, with what is wrong, or an empty text."""
    every: dict[str, Callable[[], str]] = {
        "encrypted database and migrations": _database,
        "PostgreSQL driver": _postgres,
        "keyring": _keyring,
        "fonts and printing": _fonts,
        "workbooks": _workbooks,
        "standards": _standards,
        "translations": _translations,
        "window": _window,
    }
    for name, check in every.items():
        try:
            yield name, check()
        except (ImportError, OSError, RuntimeError, UserError, Unavailable) as error:
            yield name, f"{type(error).__name__}: {error}"


def _database() -> str:
    from app.founding import Founder, NewOffice, create_office
    from app.office import open_office
    from models.types import Role

    founder = Founder("self-test", "self-test", "Self-test-1", (Role.PERSONNEL_OFFICER,))
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "office")
        database, _ = create_office(place, "self-test passphrase", NewOffice("self-test", (founder,)))
        with database.engine.connect() as connection:
            cipher = connection.exec_driver_sql("PRAGMA cipher_version").scalar()
        database.close()
        open_office(place, "self-test passphrase").close()
    return "" if cipher else "SQLite without SQLCipher"


def _postgres() -> str:
    psycopg = import_module("psycopg")
    return "" if psycopg.pq.__impl__ == "binary" else f"psycopg uses {psycopg.pq.__impl__}"


def _keyring() -> str:
    keyring = import_module("keyring.backend")
    found = {type(one).__module__ for one in keyring.get_all_keyring()}
    needed = {"Windows": "Windows", "Darwin": "macOS"}.get(platform.system(), "SecretService")
    known = {one.__module__ for one in keyring.KeyringBackend.__subclasses__()}
    return "" if any(needed in name for name in found | known) else f"no {needed} back-end"


def _fonts() -> str:
    from app.reports.fonts import SANS, SERIF, missing_characters

    missing = {
        one
        for chain in (SERIF, SANS)
        for one in missing_characters(["诚信档案摘要 䶮 解 欧阳 ·〔2025〕"], chain)
    }
    return f"cannot draw {' '.join(sorted(missing))}" if missing else ""


def _workbooks() -> str:
    from openpyxl import Workbook

    from app.exchange.saving import save_workbook
    from app.exchange.tables import read_table

    with tempfile.TemporaryDirectory() as folder:
        book, path = Workbook(), Path(folder) / "list.xlsx"
        book.active.append(["工号", "姓名"])
        book.active.append(["0001", "王丽"])
        save_workbook(book, path)
        rows = list(read_table(path).rows)
    return "" if rows == [(2, ["0001", "王丽"])] else "a workbook is read wrongly"


def _standards() -> str:
    from app.standards.schemes import SHIPPED, read_scheme

    texts = [path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.toml")]
    for text in texts:
        read_scheme(text)
    return "" if texts else "no standard is shipped"


def _translations() -> str:
    return "" if words.translator("zh_CN")("Effective") != "Effective" else "no Chinese"


def _window() -> str:
    import_module("PySide6.QtWidgets")
    import_module("PySide6.QtPdfWidgets")
    import_module("PySide6.QtSvg")
    return ""


def diagnosis_text() -> str:
    """Versions, checks and the log: what helps to mend, and names nobody."""
    lines = [
        f"{PROGRAM} {__version__}, schema {SCHEMA}",
        platform.platform(),
        platform.python_version(),
    ]
    lines += [f"{name} {_version(name)}" for name in LIBRARIES]
    lines += [f"keyring: {secrets.backend()}", ""]
    lines += [f"{name}: {fault or 'ok'}" for name, fault in checks()]
    log = log_folder() / f"{PROGRAM}.log"
    if log.is_file():
        lines += ["", *log.read_text(encoding="utf-8").splitlines()[-400:]]
    return "\n".join(lines) + "\n"


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "?"
