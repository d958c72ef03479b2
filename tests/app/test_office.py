"""Making and opening an office, and every way in which that is refused: in a sentence, with nothing left."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import psycopg
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from sqlalchemy import inspect, text

from app import keys
from app.context import enter
from app.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from app.founding import Founder, NewOffice, create_office
from app.office import DATABASE, KEYS, PAGE, open_office
from app.queries.verification import verify
from models.database import moment, open_postgres, open_sqlite
from models.types import Day, Moment, Role, moment_of, new_uid
from tests.offices import PASSPHRASE, PASSWORD, Clock, TestOffice
from tests.refusals import limited_disk, read_only_copy, refused, without_rights

FOUNDED = NewOffice("泽临市政务服务局", (Founder("officer", "张三", PASSWORD, tuple(Role)),))
CARELESS = NewOffice("泽临市政务服务局", (Founder("officer", "张三", "secret", tuple(Role)),))


def kept_secrets() -> dict[Any, str]:
    return keyring.get_keyring().kept  # type: ignore[attr-defined]  # KeyringInMemory


def test_an_office_opens_by_passphrase_recovery_code_and_keyring(tmp_path: Path) -> None:
    place = str(tmp_path / "new" / "office")
    database, code = create_office(place, PASSPHRASE, FOUNDED)
    database.close()
    assert sorted(path.name for path in Path(place).iterdir()) == [DATABASE, KEYS]
    for secret in (PASSPHRASE, code, None):
        database = open_office(place, secret)
        officer = enter(database, "officer", PASSWORD)
        proof = officer.ask(verify)
        assert proof.events == 3 + len(Role) + 1 and not proof.findings  # one more: the seal of today
        database.close()


def test_a_shared_office_is_made_and_opened(empty_database: str) -> None:
    database, code = create_office(empty_database, "", FOUNDED)
    database.close()
    assert code == ""
    database = open_office(empty_database)
    assert not enter(database, "officer", PASSWORD).ask(verify).findings
    database.close()


def test_the_file_of_an_office_is_encrypted_throughout(embedded: TestOffice) -> None:
    embedded.database.close()
    content = Path(embedded.place, DATABASE).read_bytes()
    assert not any(word in content for word in (b"SQLite", b"CREATE TABLE", "王丽".encode(), b"officer"))


# What makes a creation fail, and that nothing is left of it.


def test_an_office_is_not_made_over_another(office: TestOffice) -> None:
    with refused(Conflict, match="already"):
        create_office(office.place, PASSPHRASE, FOUNDED)
    assert not office.as_("officer").ask(verify).findings


def test_a_passphrase_must_not_be_short(tmp_path: Path) -> None:
    with refused(Invalid, match="8 characters") as refusal:
        create_office(str(tmp_path / "office"), "short", FOUNDED)
    assert refusal.value.field == "passphrase"
    assert not (tmp_path / "office").exists()


def test_a_weak_password_of_a_founder_leaves_no_office(tmp_path: Path) -> None:
    with refused(Invalid, match="password"):
        create_office(str(tmp_path / "office"), PASSPHRASE, CARELESS)
    assert not (tmp_path / "office").exists()
    assert kept_secrets() == {}
    create_office(str(tmp_path / "office"), PASSPHRASE, FOUNDED)[0].close()


def test_a_weak_password_of_a_founder_leaves_no_tables(empty_database: str) -> None:
    with refused(Invalid, match="password"):
        create_office(empty_database, "", CARELESS)
    assert tables(empty_database) == []
    create_office(empty_database, "", FOUNDED)[0].close()


def test_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("kept")
    with refused(Invalid, match="password"):
        create_office(str(tmp_path), PASSPHRASE, CARELESS)
    assert {path.name for path in tmp_path.iterdir()} == {"letter.txt", "desk"}


def test_no_office_is_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for place in (tmp_path / "file", tmp_path / "file" / "office"):
        with refused(Unavailable, match="can be written"):
            create_office(str(place), PASSPHRASE, FOUNDED)
    assert (tmp_path / "file").read_text() == "not a folder"


def test_no_office_is_made_where_one_may_not_write(public: Path) -> None:
    with without_rights(), refused(Unavailable, match="you have no right"):
        create_office(str(public / "office"), PASSPHRASE, FOUNDED)
    assert list(public.iterdir()) == []


def test_no_office_is_made_on_a_full_disk(tmp_path: Path) -> None:
    with limited_disk(100_000), refused(Unavailable, match="can be written"):
        create_office(str(tmp_path / "office"), PASSPHRASE, FOUNDED)
    assert not (tmp_path / "office").exists()
    assert kept_secrets() == {}


def tables(url: str) -> list[str]:
    engine = open_postgres(url)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
    engine.dispose()
    return names


def test_the_tables_of_another_program_are_left_alone(empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE wp_posts (id integer)")
    with refused(Conflict, match="another program"):
        create_office(empty_database, "", FOUNDED)
    with refused(Conflict, match="another program"):
        open_office(empty_database)
    assert tables(empty_database) == ["wp_posts"]


def test_no_shared_office_is_made_without_the_right_to(empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE ROLE guest LOGIN")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    guest = empty_database.replace("postgres:", "guest:", 1).replace("//postgres", "//guest", 1)
    assert "guest" in guest
    with refused(Unavailable, match="permission denied"):
        create_office(guest, "", FOUNDED)
    assert tables(empty_database) == []


@pytest.mark.parametrize("verb", [lambda url: create_office(url, "", FOUNDED), open_office])
@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql://", Unavailable),
        ("postgresql://clerk:geheim@127.0.0.1:1/office", Unavailable),
        ("postgresql://clerk:geheim@127.0.0.1:port/office", Invalid),
        ("postgres://clerk:geheim@127.0.0.1:1/office", Unavailable),
    ],
)
def test_a_server_that_does_not_answer_is_told(verb: Callable[[str], object], url: str, kind: type) -> None:
    with refused(kind, match=".") as refusal:
        verb(url)
    assert "geheim" not in refusal.value.sentence


# What makes opening fail, and that the office stays as it is.


@pytest.mark.parametrize("place", ["", "nothing", "desk"])
def test_where_there_is_no_office_none_is_opened(tmp_path: Path, place: str) -> None:
    with refused(NotFound, match="no office"):
        open_office(str(tmp_path / place), PASSPHRASE)


def test_an_empty_shared_database_is_no_office(empty_database: str) -> None:
    with refused(NotFound, match="empty"):
        open_office(empty_database)


@pytest.mark.parametrize("typed", ["wrong", PASSPHRASE.upper(), "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"])
def test_a_wrong_passphrase_is_refused(embedded: TestOffice, typed: str) -> None:
    with refused(NotAllowed, match="passphrase") as refusal:
        open_office(embedded.place, typed)
    assert refusal.value.field == "passphrase"


@pytest.mark.parametrize("backend", [NoKeyring(), None], ids=["no keyring", "of another computer"])
def test_without_the_keyring_the_passphrase_is_asked_for(
    embedded: TestOffice, backend: keyring.backend.KeyringBackend | None
) -> None:
    if backend:
        keyring.set_keyring(backend)
    with refused(NotAllowed, match="passphrase") as refusal:
        open_office(embedded.place)
    assert refusal.value.field == "passphrase"


def without_keys(folder: Path) -> None:
    (folder / KEYS).unlink()


def damaged_keys(folder: Path) -> None:
    (folder / KEYS).write_bytes((folder / KEYS).read_bytes()[:100])


def keys_of_another_office(folder: Path) -> None:
    keys.create(folder / KEYS, new_uid(), PASSPHRASE)


def plain_sqlite(folder: Path) -> None:
    (folder / DATABASE).unlink()
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("CREATE TABLE wp_posts (id integer)")
    connection.close()


def encrypted_by_another_program(folder: Path) -> None:
    key = keys.from_passphrase(folder / KEYS, PASSPHRASE)
    (folder / DATABASE).unlink()
    engine = open_sqlite(folder / DATABASE, key)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE wp_posts (id integer)"))
    engine.dispose()


def junk(folder: Path) -> None:
    (folder / DATABASE).write_bytes(os.urandom(100_000))


def junk_in_whole_pages(folder: Path) -> None:
    (folder / DATABASE).write_bytes(os.urandom(25 * PAGE))


def empty(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"")


def within_the_first_page(folder: Path) -> None:
    os.truncate(folder / DATABASE, 1000)


def after_five_pages(folder: Path) -> None:
    os.truncate(folder / DATABASE, 5 * PAGE)


def without_the_last_page(folder: Path) -> None:
    os.truncate(folder / DATABASE, (folder / DATABASE).stat().st_size - PAGE)


def without_the_last_byte(folder: Path) -> None:
    os.truncate(folder / DATABASE, (folder / DATABASE).stat().st_size - 1)


SPOILT: dict[Callable[[Path], None], tuple[type[Exception], str]] = {
    without_keys: (Unavailable, "missing or damaged"),
    damaged_keys: (Unavailable, "missing or damaged"),
    keys_of_another_office: (Unavailable, "does not belong"),
    plain_sqlite: (Unavailable, "unencrypted SQLite"),
    encrypted_by_another_program: (Conflict, "another program"),
    junk: (Unavailable, "cut off or damaged"),
    junk_in_whole_pages: (Unavailable, "does not belong"),
    empty: (Unavailable, "cut off or damaged"),
    within_the_first_page: (Unavailable, "cut off or damaged"),
    after_five_pages: (Unavailable, "cut off or damaged"),
    without_the_last_page: (Unavailable, "cut off or damaged"),
    without_the_last_byte: (Unavailable, "cut off or damaged"),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_office_is_told_in_one_sentence_and_not_written(
    embedded: TestOffice, spoil: Callable[[Path], None]
) -> None:
    embedded.database.close()
    folder = Path(embedded.place)
    spoil(folder)
    before = (folder / DATABASE).read_bytes()
    kind, said = SPOILT[spoil]
    with refused(kind, match=said):
        open_office(embedded.place, PASSPHRASE)
    assert (folder / DATABASE).read_bytes() == before


def test_an_office_in_a_folder_that_can_only_be_read_is_not_opened(
    embedded: TestOffice, public: Path
) -> None:
    place = read_only_copy(embedded, public)
    with without_rights(), refused(Unavailable, match="can only be read"):
        open_office(str(place), PASSPHRASE)


def test_an_office_in_a_folder_that_cannot_be_read_is_not_opened(embedded: TestOffice, public: Path) -> None:
    place = read_only_copy(embedded, public)
    place.chmod(0o000)
    with without_rights(), refused(Unavailable, match="you have no right"):
        open_office(str(place), PASSPHRASE)
    place.chmod(0o700)


@pytest.mark.parametrize("hour", [8, 16])
def test_the_clock_of_a_sample_office_stays_on_its_day_and_never_runs_back(tmp_path: Path, hour: int) -> None:
    place = str(tmp_path / "office")
    stopped = NewOffice(
        FOUNDED.name, FOUNDED.founders, stopped_on=Day(20251218), clock=Clock(Day(20251218), hour)
    )
    create_office(place, PASSPHRASE, stopped)[0].close()
    database = open_office(place, PASSPHRASE)
    with database.read() as session:
        now = moment(session)
    minute = Moment(60_000_000)
    assert moment_of(Day(20251218), max(9, hour)) <= now < moment_of(Day(20251218), max(9, hour)) + minute
    assert hour < 9 or now > moment_of(Day(20251218), hour)
    database.close()
