"""Opens and upgrades an office: a folder with an encrypted database, or a PostgreSQL URL.

Every way in which that can fail is told apart here, in words. Nor is SQLAlchemy imported here
at once: see ``models.database``.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import keys
from app.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from app.files import reason_of
from app.outages import outage
from app.words import tr
from models.database import (
    SCHEMA,
    ForeignTables,
    connect_sqlite,
    open_postgres,
    open_sqlite,
    schema_of,
    upgrade,
)
from models.database import Database as Database  # the window names it, and knows no models
from models.types import Day, Moment, moment_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

DATABASE, KEYS, BACKUPS = "office.db", "office.keys", "backups"
SQLITE_HEADER = b"SQLite format 3\0"
PAGE = 4096
SECOND = 1_000_000
"""In the microseconds of a Moment."""
SHORTEST_PASSPHRASE = 8


def is_url(place: str) -> bool:
    """Whether a place is a shared database rather than a folder."""
    return place.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def open_office(place: str, passphrase: str | None = None) -> Database:
    """Open an office, upgrading an older one after a backup.

    Without a passphrase the keyring is asked. Raises NotFound, NotAllowed (``field="passphrase"``:
    one is needed, or was wrong), Invalid, Conflict, Unavailable.
    """
    if is_url(place):
        return _open_shared(place)
    folder = Path(place)
    try:
        _look_for(folder)
        _look_at(folder / DATABASE)
        key = _key(folder / KEYS, passphrase)
    except OSError as error:
        sentence = tr("{folder} cannot be read: {reason}. Ask for the right to read and write it.")
        raise Unavailable(sentence.format(folder=folder, reason=reason_of(error))) from error
    return _open_embedded(folder, key)


def change_passphrase(place: str, typed: str, passphrase: str) -> None:
    """Let another passphrase open an embedded office; ``typed`` opens it now: passphrase or recovery code.

    Raises Invalid, NotFound, NotAllowed (``field="passphrase"``), Unavailable.
    """
    check_passphrase(passphrase)
    path = _keys_of(place)
    with _wording_keys(path):
        keys.change_passphrase(path, typed, passphrase)


def change_recovery_code(place: str, typed: str) -> str:
    """A new recovery code in place of the old one. Raises as ``change_passphrase`` does."""
    path = _keys_of(place)
    with _wording_keys(path):
        return keys.change_recovery_code(path, typed)


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short. Raises Invalid."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Invalid(passphrase_rules(), field="passphrase")


def passphrase_rules() -> str:
    """What a passphrase has to be, in words."""
    return tr("The passphrase needs at least {n} characters.").format(n=SHORTEST_PASSPHRASE)


def _keys_of(place: str) -> Path:
    if is_url(place):
        raise Invalid(tr("A shared office has no passphrase: its database server asks for the rights."))
    _look_for(Path(place))
    return Path(place) / KEYS


def _look_for(folder: Path) -> None:
    if not (folder / DATABASE).is_file():
        sentence = tr("There is no office in {folder}. Choose its folder, or create one.")
        raise NotFound(sentence.format(folder=folder))


def shared_database(url: str, clock: Callable[[], Moment] | None = None) -> Database:
    """A shared database, whatever is in it. Raises Invalid where the address is none."""
    from sqlalchemy.exc import ArgumentError

    try:
        engine = open_postgres(url)
    except (ArgumentError, ValueError) as error:
        sentence = tr("This is no address of a shared office. Write postgresql://account@server/database.")
        raise Invalid(sentence, field="place") from error
    return Database(lambda: engine, clock)


def _key(path: Path, passphrase: str | None) -> bytes:
    with _wording_keys(path):
        key = keys.from_passphrase(path, passphrase) if passphrase else keys.from_keyring(path)
    if key is None:
        sentence = tr(
            "The keyring of this computer does not hold the key of this office. Enter its passphrase."
        )
        raise NotAllowed(sentence, field="passphrase")
    return key


@contextmanager
def _wording_keys(path: Path) -> Iterator[None]:
    try:
        yield
    except keys.NoSlots as error:
        sentence = tr(
            "{file} is missing or damaged; without it the office cannot be opened. Restore it from a backup."
        )
        raise Unavailable(sentence.format(file=path.name)) from error
    except keys.WrongPassphrase as error:
        sentence = tr("This passphrase does not open the office. Try again, or enter the recovery code.")
        raise NotAllowed(sentence, field="passphrase") from error


def _open_shared(url: str) -> Database:
    database = shared_database(url)
    with ExitStack() as undo, wording_shared():
        undo.callback(database.close)
        with database.engine.connect() as connection:
            _refuse_unfit(schema_of(connection.exec_driver_sql, "postgresql"), None)
            clock = _stopped_clock(connection.exec_driver_sql)
        undo.pop_all()
    return Database(database.make_engine, clock) if clock else database


def _open_embedded(folder: Path, key: bytes) -> Database:
    path = folder / DATABASE
    database = Database(partial(open_sqlite, path, key))
    with _wording_embedded(folder), closing(connect_sqlite(path, key)) as connection:
        found = schema_of(connection.execute, "sqlite")
        _refuse_unfit(found, folder)
        if found != SCHEMA:
            with closing(database):
                _upgrade(database, folder, str(found))
        clock = _stopped_clock(connection.execute)
    return Database(database.make_engine, clock) if clock else database


def _refuse_unfit(found: str | None, folder: Path | None) -> None:
    """Refuse what is not an office, and what this program cannot bring up to date."""
    if found is None:
        empty = tr("This database is empty. Create an office in it first.")
        raise _damaged(folder / DATABASE) if folder else NotFound(empty)
    if found > SCHEMA:
        sentence = tr(
            "This office was written by a newer program (schema {found}, here {known}). Update this program."
        )
        raise Unavailable(sentence.format(found=found, known=SCHEMA))
    if found != SCHEMA and folder is None:
        raise Unavailable(tr("This shared office must be upgraded by its database administrator first."))


def _upgrade(database: Database, folder: Path, found: str) -> None:
    from app.context import wording_errors

    with wording_errors():
        _back_up(folder, database.engine, found)
        with database.write() as session:
            upgrade(session.connection())


def _stopped_clock(ask: Callable[[str], Any]) -> Callable[[], Moment] | None:
    """The clock of a sample office: the day stands still, the seconds of this session pass after
    everything that was written before. None for an office that lives in our own time."""
    (day,) = ask("SELECT stopped_on FROM office").fetchone()
    if day is None:
        return None
    (newest,) = ask("SELECT max(moment) FROM commands").fetchone()
    start, began = max(moment_of(Day(day), 9), newest + SECOND), time.monotonic_ns()
    return lambda: Moment(start + (time.monotonic_ns() - began) // 1000)


def _back_up(folder: Path, engine: Engine, schema: str) -> None:
    """Copy the database before an upgrade; encrypted as it is, with its slots."""
    backup = folder / BACKUPS / f"before-upgrade-from-{schema}"
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]:
            raise Unavailable(
                tr("This office must be upgraded, and someone is using it. Close it there, then try again.")
            )
        try:
            backup.mkdir(parents=True, exist_ok=True)
            for name in (DATABASE, KEYS):
                part = backup / f"{name}.part"
                shutil.copy2(folder / name, part)
                part.replace(backup / name)
        except OSError as error:
            sentence = tr(
                "No backup fits into {folder}, so the office was not upgraded. Make room, then try again."
            )
            raise Unavailable(sentence.format(folder=backup)) from error


def _look_at(path: Path) -> None:
    """Refuse a file that no key opens; SQLCipher answers plain files, short ones and wrong keys alike."""
    with path.open("rb") as file:
        head = file.read(len(SQLITE_HEADER))
    if head == SQLITE_HEADER:
        sentence = tr("{file} is an unencrypted SQLite file, not an office. Choose the folder of an office.")
        raise Unavailable(sentence.format(file=path))
    # A crash may leave part of a page behind, and what belongs there in the write-ahead log.
    log = path.with_name(f"{DATABASE}-wal")
    if (not head or path.stat().st_size % PAGE) and not (log.exists() and log.stat().st_size):
        raise _damaged(path)


def _damaged(path: Path) -> Unavailable:
    sentence = tr("{file} is cut off or damaged. Restore it from the newest backup.")
    return Unavailable(sentence.format(file=path))


@contextmanager
def wording_shared() -> Iterator[None]:
    """Turn what a server says when its database does not open into words."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except ForeignTables as error:
        raise _foreign() from error
    except DBAPIError as error:
        sentence = tr("The shared office does not open: {reason} Check address, network and your rights.")
        raise Unavailable(sentence.format(reason=str(error.orig).partition("\n")[0])) from error


@contextmanager
def _wording_embedded(folder: Path) -> Iterator[None]:
    from sqlcipher3.dbapi2 import Error

    try:
        yield
    except ForeignTables as error:
        raise _foreign() from error
    except Error as error:
        raise _why_not_here(folder, str(error)) from error


def _foreign() -> Conflict:
    return Conflict(tr("This database belongs to another program. Choose that of an office."))


def _why_not_here(folder: Path, said: str) -> Unavailable:
    path = folder / DATABASE
    if "malformed" in said:
        return _damaged(path)
    if "not a database" in said:
        sentence = tr(
            "{file} does not belong to {keys} beside it, or is damaged. Restore both from one backup."
        )
    elif known := outage(said):
        return Unavailable(known)
    else:
        sentence = tr("{file} cannot be opened: {reason}. Check that its folder can be read and written.")
    return Unavailable(sentence.format(file=path, keys=KEYS, reason=said))
