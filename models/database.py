"""Opens the two kinds of databases and hands out transactions.

Nothing here knows what the tables mean, and nothing here words an error: ``app.office`` does both.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    any_,
    create_engine,
    event,
    func,
    inspect,
    literal,
    make_url,
    select,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.pool import QueuePool

from models.base import Base
from models.types import Moment

SCHEMA = "0001"
"""The newest migration; a test compares it with ``migrations/versions``."""

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 10
CACHE_KIB = 64 * 1024
STREAMED = 1_000
"""Rows fetched at a time by large reads."""


@dataclass(frozen=True, slots=True)
class Database:
    """An opened office. One user's action is one ``write()``; leaving it by an error undoes it all."""

    engine: Engine
    clock: Callable[[], Moment] | None = None
    """What tells the time instead of the server (PostgreSQL) or this computer (SQLite)."""

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        with Session(self.engine.execution_options(**_reading(self.engine))) as session:
            session.info["clock"] = self.clock
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction, committed at the end of the block. Commands flush; they never commit."""
        with Session(self.engine.execution_options(writing=True)) as session, session.begin():
            session.info["clock"] = self.clock
            yield session

    def close(self) -> None:
        """Let go of all connections."""
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
        micros = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
        return Moment(session.execute(micros).scalar_one())
    return Moment(time.time_ns() // 1000)


def open_sqlite(path: Path, key: bytes) -> Engine:
    """The engine of a SQLCipher file, made if missing. ``key``: 32 bytes.

    A wrong key shows at the first statement, as ``DatabaseError: file is not a database``.
    """
    import sqlcipher3.dbapi2 as sqlcipher

    def connect() -> Any:
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

    engine = create_engine("sqlite://", creator=connect, module=sqlcipher, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _pragmas(key: bytes) -> tuple[str, ...]:
    return (
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
    place = make_url(url).set(drivername="postgresql+psycopg")
    waiting = {"connect_timeout": BUSY_SECONDS}
    return create_engine(place, pool_size=2, max_overflow=4, connect_args=waiting)


class ForeignTables(Exception):
    """The tables are those of another program."""


def schema_of(connection: Connection) -> str | None:
    """The migration the database stands at; None where it is empty. Raises ForeignTables."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"alembic_version", "office", "chains"} <= tables:
        raise ForeignTables
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest migration, within the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def stream(session: Session, rows: Select[*tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Plain rows straight from the driver's cursor, for large reads of columns that need no conversion."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # which hands out all rows at once unless asked not to
        result = connection.execute(rows.execution_options(yield_per=STREAMED))
        for part in result.partitions():
            yield from map(tuple, part)
        return
    cursor: Any = connection.execute(rows).cursor
    while part := cursor.fetchmany(STREAMED):
        yield from part


def insert_rows(session: Session, table: type[Base], rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows that hold every column of ``table`` in order, straight through the driver.

    Thrice as fast as a Core insert of dictionaries; no event of the ORM sees it.
    """
    columns = [column.name for column in table.__table__.columns]
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.__tablename__} ({', '.join(columns)}) VALUES ({marks})"
    execute_many(session, statement, rows)


def execute_many(session: Session, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Run one statement, with ``?`` for each value, for many rows, straight through the driver."""
    if not rows:
        return
    if session.get_bind().dialect.name == "postgresql":
        statement = statement.replace("?", "%s")
    session.connection().exec_driver_sql(statement, list(rows))


def among(session: Session, column: InstrumentedAttribute[int], keys: Sequence[int]) -> ColumnElement[bool]:
    """``column IN keys`` as one parameter, however many there are."""
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(literal(list(keys), ARRAY(Integer)))
    return column.in_(select(func.json_each(json.dumps(list(keys))).table_valued("value").c.value))


def reserve(session: Session, table: str, count: int) -> range | list[int]:
    """``count`` fresh primary keys of ``table``, ascending, for rows that name each other in bulk."""
    if session.get_bind().dialect.name == "postgresql":
        keys = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return list(session.execute(keys, {"table": table, "count": count}).scalars())
    # Safe because a writer holds the only write lock (BEGIN IMMEDIATE).
    last = session.execute(select(text(f"coalesce(max(id), 0) FROM {table}"))).scalar_one()
    return range(last + 1, last + 1 + count)
