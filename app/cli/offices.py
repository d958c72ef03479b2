"""Verbs on offices and accounts, and how every verb gets into its office."""

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.commands.accounts import add_account as add
from app.commands.accounts import grant_role
from app.commands.finding import department_at
from app.context import AppContext, enter
from app.errors import Invalid, NotAllowed
from app.files import reason_of
from app.founding import Founder, NewOffice, create_office
from app.office import is_url, open_office
from app.permissions import Actor
from app.settings import PASSPHRASE, PASSWORD, load_settings
from app.words import tr
from models.database import Database
from models.types import Role

NEW_PASSWORD = "INTEGRITY_FILES_NEW_PASSWORD"
FOUNDING = (Role.PERSONNEL_OFFICER, Role.SYSTEM_ADMINISTRATOR)


def opened(given: Namespace) -> Database:
    """The office that the arguments name, with the key from the keyring, the environment or the keyboard."""
    place = given.office or load_settings().office
    if not place:
        raise Invalid(tr("Name the office: --office FOLDER or --office postgresql://…"))
    passphrase = os.environ.get(PASSPHRASE)
    try:
        return open_office(place, passphrase)
    except NotAllowed:
        if passphrase or not sys.stdin.isatty():
            raise
        return open_office(place, getpass.getpass(tr("Passphrase of the office: ")))


def entered(given: Namespace) -> AppContext:
    """Signed in to the office that the arguments name."""
    login = given.login or load_settings().login
    if not login:
        raise Invalid(tr("Name the account: --as ACCOUNT"))
    return enter(opened(given), login, secret(PASSWORD, tr("Password of {login}: ").format(login=login)))


def secret(variable: str, prompt: str) -> str:
    """A secret from the environment, or asked for at the keyboard."""
    if variable in os.environ:
        return os.environ[variable]
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    raise Invalid(tr("Set {variable}, or run this at a keyboard.").format(variable=variable))


def create(given: Namespace) -> tuple[int, object, str]:
    """``office create``"""
    place = given.office
    if not place:
        raise Invalid(tr("Name the office: --office FOLDER or --office postgresql://…"))
    if given.sample:
        from app.sample import create_sample, sample_words

        create_sample(place)
        return 0, {"office": place}, sample_words(place)
    if not given.name:
        raise Invalid(tr("Give the name of the organ: --name NAME"))
    passphrase = "" if is_url(place) else secret(PASSPHRASE, tr("Passphrase of the new office: "))
    password = secret(PASSWORD, tr("First password of both accounts: "))
    founders = (
        _founder(given.officer, password, FOUNDING),
        _founder(given.verifier, password, (Role.VERIFIER,)),
    )
    _, code = create_office(place, passphrase, NewOffice(given.name, founders))
    made = tr("The office is made in {place}.").format(place=place)
    if code:
        told = tr("Recovery code, shown this once; print it and lock it away: {code}")
        made += "\n" + told.format(code=code)
    return 0, {"office": place, "recovery_code": code}, made


def add_account(given: Namespace) -> tuple[int, object, str]:
    """``account add``"""
    context = entered(given)
    unknown = [name for name in given.role if name not in set(Role)]
    if unknown:
        sentence = tr("There is no role {role}. Roles are: {known}.")
        raise Invalid(sentence.format(role=unknown[0], known=", ".join(Role)))
    password = secret(NEW_PASSWORD, tr("Password of {login}: ").format(login=given.new_login))
    with context.database.read() as session:
        department = department_at(session, given.department).id if given.department else None
    roles = [Role(name) for name in dict.fromkeys(given.role)]
    context.do(_add, given, password, roles, department)
    return 0, {"login": given.new_login}, tr("The account {login} is added.").format(login=given.new_login)


def _add(
    session: Session, actor: Actor, given: Namespace, password: str, roles: Sequence[Role], place: int | None
) -> None:
    """The account and its roles, or nothing."""
    add(session, actor, given.new_login, given.name, password, given.staff_no)
    for role in roles:
        grant_role(session, actor, given.new_login, role, place)


def _founder(text: str, password: str, roles: tuple[Role, ...]) -> Founder:
    login, _, name = text.partition("=")
    return Founder(login, name or login, password, roles)


def folder_of(given: Namespace) -> Path:
    """The folder given by ``--out``, made if missing."""
    folder = Path(given.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = tr("{folder} cannot be made: {reason}. Choose another folder.")
        raise Invalid(sentence.format(folder=folder, reason=reason_of(error))) from error
    return folder
