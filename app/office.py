"""Creates, opens and upgrades an office: a folder with an encrypted database, or a PostgreSQL URL.

Every way in which that can fail is told apart here, in words.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from app import keys, secrets
from app.commands.accounts import actor_of, add_role, new_account, sign_in
from app.commands.ledger import writing
from app.context import AppContext, wording_errors
from app.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from app.permissions import Actor
from app.words import tr
from models.accounts import Account
from models.database import (
    SCHEMA,
    Database,
    ForeignTables,
    moment,
    open_postgres,
    open_sqlite,
    schema_of,
    upgrade,
)
from models.images import OFFICE_CHAIN
from models.ledger import ORIGIN, Chain
from models.people import Department, Office
from models.types import Day, Moment, Role, Uid, moment_of, new_uid

DATABASE, KEYS, BACKUPS = "office.db", "office.keys", "backups"
SHORTEST_PASSPHRASE = 8
SQLITE_HEADER = b"SQLite format 3\0"
PAGE = 4096


@dataclass(frozen=True, slots=True)
class Founder:
    """One of the named people that an office starts with."""

    login: str
    name: str
    password: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What an office is made of."""

    name: str
    founders: tuple[Founder, ...]
    name_en: str = ""
    stopped_on: Day | None = None
    clock: Callable[[], Moment] | None = None


def is_url(place: str) -> bool:
    """Whether a place is a shared database rather than a folder."""
    return place.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def create_office(place: str, passphrase: str, new: NewOffice) -> tuple[Database, str]:
    """Make an office, and its recovery code ("" for a shared one).

    Raises Invalid, Conflict, Unavailable; then nothing is left behind.
    """
    if is_url(place):
        return _create_shared(place, new), ""
    return _create_embedded(Path(place), passphrase, new)


def _create_shared(url: str, new: NewOffice) -> Database:
    database = Database(_shared_engine(url), new.clock)
    with ExitStack() as undo, _wording_opening(None):
        undo.callback(database.close)
        with database.engine.connect() as connection:
            if schema_of(connection) is not None:
                raise Conflict(
                    tr("This database already holds an office. Open it, or name another database.")
                )
        _fill(database, Uid(new_uid()), new)
        undo.pop_all()
    return database


def _create_embedded(folder: Path, passphrase: str, new: NewOffice) -> tuple[Database, str]:
    uid = new_uid()
    try:
        _refuse_unfit(folder, passphrase)
        with ExitStack() as undo:
            if not folder.exists():
                folder.mkdir(parents=True)
                undo.callback(folder.rmdir)
            undo.callback(_remove, folder)
            undo.callback(secrets.forget, uid)
            made = keys.create(folder / KEYS, uid, passphrase)
            database = Database(open_sqlite(folder / DATABASE, made.key), new.clock)
            undo.callback(database.close)
            _fill(database, uid, new)
            undo.pop_all()
    except (OSError, DBAPIError) as error:
        sentence = tr("The office cannot be made in {folder}: {reason}. Choose a folder that can be written.")
        reason = getattr(error, "strerror", None) or getattr(error, "orig", error)
        raise Unavailable(sentence.format(folder=folder, reason=reason)) from error
    return database, made.recovery_code


def open_office(place: str, passphrase: str | None = None) -> Database:
    """Open an office, upgrading an older one after a backup.

    Without a passphrase the keyring is asked. Raises NotFound, NotAllowed (``field="passphrase"``:
    one is needed, or was wrong), Invalid, Conflict, Unavailable.
    """
    if is_url(place):
        return _opened(_shared_engine(place), None)
    folder = Path(place)
    try:
        if not (folder / DATABASE).is_file():
            sentence = tr("There is no office in {folder}. Choose its folder, or create one.")
            raise NotFound(sentence.format(folder=folder))
        _look_at(folder / DATABASE)
        key = _key(folder / KEYS, passphrase)
    except OSError as error:
        sentence = tr("{folder} cannot be read: {reason}. Ask for the right to read and write it.")
        raise Unavailable(sentence.format(folder=folder, reason=error.strerror)) from error
    return _opened(open_sqlite(folder / DATABASE, key), folder)


def enter(database: Database, login: str, password: str) -> AppContext:
    """Sign in. Raises NotAllowed."""
    with wording_errors(), database.write() as session:
        actor = sign_in(session, login, password)
    if actor is None:
        raise NotAllowed(
            tr("The account or the password is wrong. Check both, then try again."), field="password"
        )
    return AppContext(database, actor)


def _refuse_unfit(folder: Path, passphrase: str) -> None:
    if (folder / DATABASE).exists() or (folder / KEYS).exists():
        raise Conflict(
            tr("There is already an office in {folder}. Open it, or choose another folder.").format(
                folder=folder
            )
        )
    if len(passphrase) < SHORTEST_PASSPHRASE:
        sentence = tr("The passphrase needs at least {n} characters.")
        raise Invalid(sentence.format(n=SHORTEST_PASSPHRASE), field="passphrase")


def _shared_engine(url: str) -> Engine:
    try:
        return open_postgres(url)
    except (ArgumentError, ValueError) as error:
        sentence = tr("This is no address of a shared office. Write postgresql://account@server/database.")
        raise Invalid(sentence, field="place") from error


def _remove(folder: Path) -> None:
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS):
        (folder / name).unlink(missing_ok=True)


def _fill(database: Database, uid: Uid, new: NewOffice) -> None:
    """Tables, the office's chain, its root department, and the first accounts, who sign for it all."""
    with database.write() as session:
        upgrade(session.connection())
        session.add(Chain(uid=new_uid(), seq=0, hash=ORIGIN))
        root = Department(uid=new_uid(), name=new.name)
        office = Office(
            uid=uid, name=new.name, name_en=new.name_en, created_at=moment(session), stopped_on=new.stopped_on
        )
        session.add_all((root, office))
        accounts = [new_account(session, one.login, one.name, one.password) for one in new.founders]
        with writing(session, actor_of(session, accounts[0]), "create_office") as ledger:
            ledger.add_row(OFFICE_CHAIN, "office_created", "office", uid)
            ledger.add_row(OFFICE_CHAIN, "department_added", "department", Uid(root.uid))
            for account, founder in zip(accounts, new.founders, strict=True):
                ledger.add_row(OFFICE_CHAIN, "account_added", "account", Uid(account.uid))
                for role in founder.roles:
                    add_role(session, ledger, account, role)


def _key(path: Path, passphrase: str | None) -> bytes:
    try:
        key = keys.from_passphrase(path, passphrase) if passphrase else keys.from_keyring(path)
    except keys.NoSlots as error:
        sentence = tr(
            "{file} is missing or damaged; without it the office cannot be opened. Restore it from a backup."
        )
        raise Unavailable(sentence.format(file=path.name)) from error
    except keys.WrongPassphrase as error:
        sentence = tr("This passphrase does not open the office. Try again, or enter the recovery code.")
        raise NotAllowed(sentence, field="passphrase") from error
    if key is None:
        sentence = tr(
            "The keyring of this computer does not hold the key of this office. Enter its passphrase."
        )
        raise NotAllowed(sentence, field="passphrase")
    return key


def _opened(engine: Engine, folder: Path | None) -> Database:
    database = Database(engine)
    with ExitStack() as undo, _wording_opening(folder):
        undo.callback(database.close)
        with engine.connect() as connection:
            found = schema_of(connection)
        _bring_up_to_date(database, folder, found)
        with database.read() as session:
            stopped = session.execute(select(Office.stopped_on)).scalar_one()
        undo.pop_all()
    return Database(engine, _stopped_clock(Day(stopped))) if stopped else database


def _bring_up_to_date(database: Database, folder: Path | None, found: str | None) -> None:
    if found is None:
        empty = tr("This database is empty. Create an office in it first.")
        raise _damaged(folder / DATABASE) if folder else NotFound(empty)
    if found > SCHEMA:
        sentence = tr(
            "This office was written by a newer program (schema {found}, here {known}). Update this program."
        )
        raise Unavailable(sentence.format(found=found, known=SCHEMA))
    if found == SCHEMA:
        return
    if folder is None:
        raise Unavailable(tr("This shared office must be upgraded by its database administrator first."))
    _back_up(folder, database.engine, found)
    with database.write() as session:
        upgrade(session.connection())


def _stopped_clock(day: Day) -> Callable[[], Moment]:
    """The clock of a sample office: the day stands still, the seconds of this session pass."""
    start, began = moment_of(day, 9), time.monotonic_ns()
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
def _wording_opening(folder: Path | None) -> Iterator[None]:
    """Turn what a database says when it does not open into words."""
    try:
        yield
    except ForeignTables as error:
        raise Conflict(tr("This database belongs to another program. Choose that of an office.")) from error
    except DBAPIError as error:
        raise (_why_not_here(folder, error) if folder else _why_not_there(error)) from error


def _why_not_there(error: DBAPIError) -> Unavailable:
    sentence = tr("The shared office does not open: {reason} Check address, network and your rights.")
    return Unavailable(sentence.format(reason=str(error.orig).partition("\n")[0]))


def _why_not_here(folder: Path, error: DBAPIError) -> Unavailable:
    path, said = folder / DATABASE, str(error.orig)
    if "malformed" in said:
        return _damaged(path)
    if "not a database" in said:
        sentence = tr(
            "{file} does not belong to {keys} beside it, or is damaged. Restore both from one backup."
        )
    else:
        sentence = tr("{file} cannot be opened: {reason}. Check that its folder can be read and written.")
    return Unavailable(sentence.format(file=path, keys=KEYS, reason=said))


def login_of(session: Session, actor: Actor) -> str:
    """The login of an actor, to be remembered by the desk."""
    return session.execute(select(Account.login).where(Account.id == actor.account_id)).scalar_one()
