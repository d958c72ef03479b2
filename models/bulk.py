"""Many rows at a time: what the ORM would do one by one.

Nothing here knows what the tables mean.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Executable, Integer, Select, any_, func, literal, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.base import Base

STREAMED = 1_000
"""Rows fetched at a time by large reads."""


def stream(
    session: Session, rows: Select[*tuple[Any, ...]], at_once: int = STREAMED
) -> Iterator[tuple[Any, ...]]:
    """Plain rows straight from the driver's cursor, for large reads of columns that need no conversion.

    ``at_once``: how many are fetched together; few where a row is large.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # which hands out all rows at once unless asked not to
        with connection.execute(rows.execution_options(yield_per=at_once)) as result:
            for part in result.partitions():
                yield from map(tuple, part)
        return
    with connection.execute(rows) as result:
        cursor: Any = result.cursor
        yield from chain.from_iterable(iter(partial(cursor.fetchmany, at_once), []))


def fetch(
    session: Session, rows: Executable, given: Mapping[str, object] | None = None
) -> list[tuple[Any, ...]]:
    """Plain rows of a statement that is asked again and again with other parameters."""
    cursor: Any = session.connection().execute(rows, given).cursor
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def insert_rows(
    session: Session, table: type[Base], rows: Sequence[tuple[object, ...]], columns: Sequence[str] = ()
) -> None:
    """Insert rows straight through the driver: thrice as fast as a Core insert of dictionaries; no event of
    the ORM sees it. ``columns``: what the rows hold, in order; without, every column of the table."""
    columns = columns or [column.name for column in table.__table__.columns]
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


def among(
    session: Session,
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    keys: Sequence[int],
) -> ColumnElement[bool]:
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
