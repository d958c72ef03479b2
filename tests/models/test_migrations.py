"""The schema that the migrations make, and the way of an older office to it."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

import app.office
import models.database
from app import keys
from app.commands.conduct import Basis, correct_conduct, record_entry, verify_entry
from app.context import AppContext, enter
from app.errors import Unavailable
from app.office import BACKUPS, DATABASE, KEYS, open_office
from app.queries.verification import verify
from models.base import Base
from models.database import MIGRATIONS, SCHEMA, Database, open_sqlite, schema_of, upgrade
from models.types import Day
from tests.offices import PASSPHRASE, PASSWORD, TestOffice, entry

NEXT = "9999"
NEXT_MIGRATION = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{NEXT}", "{SCHEMA}"


def upgrade():
    op.add_column("departments", sa.Column("phone", sa.String(40), nullable=False, server_default=""))
"""
SPOILED = NEXT_MIGRATION + '    op.add_column("no_such_table", sa.Column("x", sa.Integer))\n'


def verified(context: AppContext) -> None:
    proof = context.ask(verify)
    assert proof.events > 10 and proof.findings == ()


def put_schema(engine: Engine, schema: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :schema"), {"schema": schema})


def test_there_is_one_newest_migration_and_the_program_knows_it() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_the_migrated_schema_is_that_of_the_models(office: TestOffice) -> None:
    with office.database.engine.connect() as connection:
        ours = {"compare_type": True, "include_name": _of_the_models}
        context = MigrationContext.configure(connection, opts=ours)
        assert compare_metadata(context, Base.metadata) == []


def _of_the_models(name: str | None, kind: str, _: object) -> bool:
    """The index of words is another kind of table in each database, and no model."""
    return kind != "table" or not (name or "").startswith("entry_words")


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program as it will be one version later, to which the offices of today are old."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    migration = folder / "versions" / f"{NEXT}_phones.py"
    migration.write_text(NEXT_MIGRATION, encoding="utf-8")
    monkeypatch.setattr(models.database, "MIGRATIONS", folder)
    monkeypatch.setattr(app.office, "SCHEMA", NEXT)
    yield migration


def names_by_table(connection: Connection) -> dict[str, set[str]]:
    """Columns and indexes by table."""
    inspector = inspect(connection)
    return {
        table: {one["name"] for one in (*inspector.get_columns(table), *inspector.get_indexes(table))}
        for table in inspector.get_table_names()
    }


def first_schema() -> dict[str, set[str]]:
    """Columns and indexes by table as migration 0001 makes them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        return names_by_table(connection)


def put_back(engine: Engine) -> None:
    """What came after 0001 is taken away again, as if this office had never seen it."""
    first = first_schema()
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE entry_words"))
        now = names_by_table(connection)
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in first:
                connection.execute(text(f"DROP TABLE {table.name}"))
                continue
            added = now[table.name] - first[table.name]
            for name in sorted(added & {str(index.name) for index in table.indexes}):
                connection.execute(text(f"DROP INDEX {name}"))
            for name in sorted(added & set(table.columns.keys())):
                connection.execute(text(f"ALTER TABLE {table.name} DROP COLUMN {name}"))
    put_schema(engine, "0001")


def test_entries_of_the_first_schema_prove_themselves_and_go_on(office: TestOffice) -> None:
    uid = office.as_("officer").do(record_entry, entry(item="duty.absent")).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    put_back(office.database.engine)
    if office.place.startswith("postgresql"):
        with office.database.write() as session:
            upgrade(session.connection())
    else:
        office.database.close()
        open_office(office.place, PASSPHRASE).close()
        assert (Path(office.place) / BACKUPS / "before-upgrade-from-0001").is_dir()
    verified(office.as_("officer"))
    basis = Basis("泽财收〔2025〕9号", Day(20251110), "已全部退回")
    office.as_("officer").do(correct_conduct, uid, basis)
    verified(office.as_("officer"))


def columns_of(database: Database, table: str) -> set[str]:
    with database.engine.connect() as connection:
        return {column["name"] for column in inspect(connection).get_columns(table)}


def test_an_older_office_is_copied_upgraded_and_still_proves_itself(
    embedded: TestOffice, tmp_path: Path, next_version: Path
) -> None:
    folder = tmp_path / "office"
    database = open_office(str(folder), PASSPHRASE)
    assert "phone" in columns_of(database, "departments")
    verified(enter(database, "officer", PASSWORD))
    database.close()
    backup = folder / BACKUPS / f"before-upgrade-from-{SCHEMA}"
    assert sorted(path.name for path in backup.iterdir()) == [DATABASE, KEYS]
    key = keys.from_passphrase(backup / KEYS, PASSPHRASE)
    kept = Database(partial(open_sqlite, backup / DATABASE, key))
    with kept.engine.connect() as connection:
        assert schema_of(connection.exec_driver_sql, connection.dialect.name) == SCHEMA
    verified(TestOffice(kept, embedded.clock).as_("officer"))
    kept.close()


def test_an_upgraded_office_is_upgraded_once(
    embedded: TestOffice, tmp_path: Path, next_version: Path
) -> None:
    folder = tmp_path / "office"
    open_office(str(folder), PASSPHRASE).close()
    shutil.rmtree(folder / BACKUPS)
    open_office(str(folder), PASSPHRASE).close()
    assert not (folder / BACKUPS).exists()


def test_a_migration_that_fails_leaves_the_office_as_it_was(
    embedded: TestOffice, tmp_path: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_version.write_text(SPOILED, encoding="utf-8")
    with pytest.raises(Unavailable):
        open_office(str(tmp_path / "office"), PASSPHRASE)
    monkeypatch.undo()
    assert "phone" not in columns_of(embedded.database, "departments")
    verified(embedded.as_("officer"))


def test_no_upgrade_without_a_backup(embedded: TestOffice, tmp_path: Path, next_version: Path) -> None:
    (tmp_path / "office" / BACKUPS).write_text("no folder can be made here")
    with pytest.raises(Unavailable, match="not upgraded"):
        open_office(str(tmp_path / "office"), PASSPHRASE)
    with embedded.database.engine.connect() as connection:
        assert schema_of(connection.exec_driver_sql, connection.dialect.name) == SCHEMA


def test_no_upgrade_while_someone_is_at_work(
    embedded: TestOffice, tmp_path: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models.database, "BUSY_SECONDS", 0)
    with embedded.database.write() as session:
        session.execute(text("UPDATE people SET post = '科长'"))
        with pytest.raises(Unavailable, match="someone is using it"):
            open_office(str(tmp_path / "office"), PASSPHRASE)


def test_a_shared_office_is_upgraded_by_its_administrator(shared: TestOffice, next_version: Path) -> None:
    with pytest.raises(Unavailable, match="administrator"):
        open_office(shared.place)
    with shared.database.write() as session:
        upgrade(session.connection())
    database = open_office(shared.place)
    assert "phone" in columns_of(database, "departments")
    verified(enter(database, "officer", PASSWORD))
    database.close()


def test_an_office_of_a_newer_program_is_refused_in_words(office: TestOffice) -> None:
    put_schema(office.database.engine, NEXT)
    with pytest.raises(Unavailable, match="newer program") as refusal:
        open_office(office.place, PASSPHRASE)
    assert NEXT in refusal.value.sentence and SCHEMA in refusal.value.sentence
    assert len(refusal.value.sentence.splitlines()) == 1
