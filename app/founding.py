"""Creates an office: the tables, its keys, the first accounts, and the ledger they sign."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app import keys, secrets
from app.commands.accounts import actor_of, add_role, new_account
from app.commands.ledger import writing
from app.errors import Conflict, Unavailable
from app.files import reason_of
from app.office import DATABASE, KEYS, check_passphrase, is_url, shared_database, wording_shared
from app.words import tr
from models.database import Database, moment, open_sqlite, schema_of, upgrade
from models.images import OFFICE_CHAIN
from models.ledger import ORIGIN, Chain
from models.people import Department, Office
from models.types import Day, Moment, Role, Uid, new_uid


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


def create_office(place: str, passphrase: str, new: NewOffice) -> tuple[Database, str]:
    """Make an office, and its recovery code ("" for a shared one).

    Raises Invalid, Conflict, Unavailable; then nothing is left behind.
    """
    if is_url(place):
        return _create_shared(place, new), ""
    return _create_embedded(Path(place), passphrase, new)


def _create_shared(url: str, new: NewOffice) -> Database:
    database = shared_database(url, new.clock)
    with ExitStack() as undo, wording_shared():
        undo.callback(database.close)
        with database.engine.connect() as connection:
            if schema_of(connection.exec_driver_sql, "postgresql") is not None:
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
            database = Database(partial(open_sqlite, folder / DATABASE, made.key), new.clock)
            undo.callback(database.close)
            _fill(database, uid, new)
            undo.pop_all()
    except (OSError, DBAPIError) as error:
        sentence = tr("The office cannot be made in {folder}: {reason}. Choose a folder that can be written.")
        reason = reason_of(error) if isinstance(error, OSError) else error.orig
        raise Unavailable(sentence.format(folder=folder, reason=reason)) from error
    return database, made.recovery_code


def _refuse_unfit(folder: Path, passphrase: str) -> None:
    if (folder / DATABASE).exists() or (folder / KEYS).exists():
        raise Conflict(
            tr("There is already an office in {folder}. Open it, or choose another folder.").format(
                folder=folder
            )
        )
    check_passphrase(passphrase)


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
