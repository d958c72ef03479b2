"""Opens the two kinds of databases and hands out transactions.

Nothing here knows what the tables mean, and nothing here words an error: ``app.office`` does both.
SQLAlchemy, which takes a quarter of a second to import, is imported where it is used: a desk opens its
office before anyone has signed in, and the window should stand there by then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.types import Moment

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

SCHEMA = "0014"
"""The newest migration; a test compares it with ``migrations/versions``."""

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 10
CACHE_KIB = 64 * 1024


@dataclass(frozen=True)
class Database:
    """An opened office. One user's action is one ``write()``; leaving it by an error undoes it all."""

    make_engine: Callable[[], Engine]
    clock: Callable[[], Moment] | None = None
    """What tells the time instead of the server (PostgreSQL) or this computer (SQLite)."""

    @cached_property
    def engine(self) -> Engine:
        """The engine, made at its first use."""
        return self.make_engine()

    @cached_property
    def _readers(self) -> Engine:
        return self.engine.execution_options(**_reading(self.engine))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        from sqlalchemy.orm import Session

        with Session(self._readers) as session:
            session.info["clock"] = self.clock
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction, committed at the end of the block. Commands flush; they never commit."""
        from sqlalchemy.orm import Session

        with Session(self.engine.execution_options(writing=True)) as session, session.begin():
            session.info["clock"] = self.clock
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        if "engine" in self.__dict__:
            self.engine.dispose()


def _reading(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {}


def moment(session: Session) -> Moment:
    """Now, by the clock of the office: on PostgreSQL that of the server."""
    clock: Callable[[], Moment] | None = session.info.get("clock")
    if clock:
        return clock()
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy import text

        micros = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
        return Moment(session.execute(micros).scalar_one())
    return Moment(time.time_ns() // 1000)


def connect_sqlite(path: Path, key: bytes) -> Any:
    """A connection of the driver to a SQLCipher file, made if missing. ``key``: 32 bytes.

    A wrong key shows at the first statement that reads, as ``DatabaseError: file is not a database``.
    """
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
    )
    try:
        for pragma in _pragmas(key):
            connection.execute(f"PRAGMA {pragma}")
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def open_sqlite(path: Path, key: bytes) -> Engine:
    """The engine of a SQLCipher file, as ``connect_sqlite`` opens it."""
    import sqlcipher3.dbapi2 as sqlcipher
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    engine = create_engine(
        "sqlite://", creator=lambda: connect_sqlite(path, key), module=sqlcipher, poolclass=QueuePool
    )
    event.listen(engine, "begin", _begin)
    return engine


def _pragmas(key: bytes) -> tuple[str, ...]:
    return (
        "cipher_log_level = NONE",  # a wrong key is told in words, and not on the terminal too
        f"key = \"x'{key.hex()}'\"",
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"cache_size = -{CACHE_KIB}",
        "temp_store = MEMORY",
    )


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that reads first and writes later loses to any other writer at once,
    # without waiting for the busy timeout; IMMEDIATE queues.
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def open_postgres(url: str) -> Engine:
    """The engine of a shared database. ``url``: ``postgresql://…``, without a password in it if possible.

    Raises ArgumentError or ValueError where it is none.
    """
    from sqlalchemy import create_engine, make_url

    place = make_url(url).set(drivername="postgresql+psycopg")
    waiting = {"connect_timeout": BUSY_SECONDS}
    return create_engine(place, pool_size=2, max_overflow=4, connect_args=waiting)


class ForeignTables(Exception):
    """The tables are those of another program."""


TABLES = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


def schema_of(ask: Callable[[str], Any], dialect: str) -> str | None:
    """The migration the database stands at; None where it is empty. Raises ForeignTables.

    ``ask``: ``execute`` of a driver's connection, or ``exec_driver_sql`` of SQLAlchemy's.
    """
    tables = {name for (name,) in ask(TABLES[dialect]).fetchall()}
    if not tables:
        return None
    if not {"alembic_version", "office", "chains"} <= tables:
        raise ForeignTables
    (version,) = ask("SELECT version_num FROM alembic_version").fetchone()
    return str(version)


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest migration, within the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
