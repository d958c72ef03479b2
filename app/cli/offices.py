"""Verbs on offices and accounts, and how every verb gets into its office."""

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.commands.accounts import PASSWORD_RULES, grant_role
from app.commands.accounts import add_account as add
from app.commands.finding import department_at
from app.context import AppContext, enter
from app.errors import Invalid, NotAllowed
from app.files import reason_of
from app.founding import Founder, NewOffice, create_office
from app.office import change_passphrase, change_recovery_code, is_url, open_office, passphrase_rules
from app.permissions import Actor
from app.settings import PASSPHRASE, PASSWORD, load_settings
from app.words import tr
from models.database import Database
from models.types import Role

NEW_PASSWORD, SECOND_PASSWORD = "INTEGRITY_FILES_NEW_PASSWORD", "INTEGRITY_FILES_SECOND_PASSWORD"
NEW_PASSPHRASE = "INTEGRITY_FILES_NEW_PASSPHRASE"
FOUNDING = (Role.PERSONNEL_OFFICER, Role.SYSTEM_ADMINISTRATOR)


def opened(given: Namespace) -> Database:
    """The office that the arguments name, with the key from the keyring, the environment or the keyboard."""
    place = _place(given)
    passphrase = os.environ.get(PASSPHRASE)
    try:
        return open_office(place, passphrase)
    except NotAllowed:
        if passphrase or not sys.stdin.isatty():
            raise
        return open_office(place, getpass.getpass(tr("Passphrase of the office: ")))


def _place(given: Namespace) -> str:
    if place := given.office or load_settings().office:
        return str(place)
    raise Invalid(tr("Name the office: --office FOLDER or --office postgresql://…"))


def entered(given: Namespace) -> AppContext:
    """Signed in to the office that the arguments name."""
    return _entered(given)[0]


def _entered(given: Namespace) -> tuple[AppContext, str]:
    """Signed in, and the password that did it."""
    login = given.login or load_settings().login
    if not login:
        raise Invalid(tr("Name the account: --as ACCOUNT"))
    database = opened(given)
    password = secret(PASSWORD, tr("Password of {login}: ").format(login=login))
    return enter(database, login, password), password


def secret(variable: str, prompt: str) -> str:
    """A secret from the environment, or asked for at the keyboard."""
    if variable in os.environ:
        return os.environ[variable]
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    raise Invalid(tr("Set {variable}, or run this at a keyboard.").format(variable=variable))


def new_secret(variable: str, prompt: str, rules: str) -> str:
    """A secret to be, from the environment, or asked for twice, after the rules it has to keep."""
    if variable in os.environ or not sys.stdin.isatty():
        return secret(variable, prompt)
    typed = getpass.getpass(f"{rules}\n{prompt}")
    if getpass.getpass(tr("The same again: ")) != typed:
        raise Invalid(tr("The two differ. Begin again, and type the same twice."))
    return typed


def create(given: Namespace) -> tuple[int, object, str]:
    """``office create``"""
    place = given.office
    if not place:
        raise Invalid(tr("Name the office: --office FOLDER or --office postgresql://…"))
    if given.sample:
        return _create_sample(place)
    if not given.name:
        raise Invalid(tr("Give the name of the organ: --name NAME"))
    passphrase = "" if is_url(place) else _new_passphrase(PASSPHRASE)
    founders = _founders(given)
    _, code = create_office(place, passphrase, NewOffice(given.name, founders))
    made = tr("The office is made in {place}.").format(place=place)
    if code:
        made += "\n" + _told(code)
    if founders[0].password == founders[1].password:
        made += "\n" + tr("Both accounts have the same password: let each change it, with account password.")
    return 0, {"office": place, "recovery_code": code}, made


def _create_sample(place: str) -> tuple[int, object, str]:
    from app import sample

    sample.create_sample(place)
    secrets = {"passphrase": sample.passphrase(), "password": sample.password()}
    data = {"office": place, **secrets, "accounts": dict(sample.account_choices())}
    return 0, data, sample.sample_words(place)


def _told(code: str) -> str:
    sentence = tr("Recovery code, shown this once; print it and lock it away: {code}")
    return sentence.format(code=code)


def _new_passphrase(variable: str) -> str:
    return new_secret(variable, tr("New passphrase of the office: "), passphrase_rules())


def _new_password(variable: str, login: str) -> str:
    prompt = tr("New password of {login}: ").format(login=login)
    return new_secret(variable, prompt, tr(PASSWORD_RULES))


def _founders(given: Namespace) -> tuple[Founder, Founder]:
    """The two people that an office starts with, each with a password of the own where they can be asked."""
    officer, verifier = (text.partition("=") for text in (given.officer, given.verifier))
    first = _new_password(PASSWORD, officer[0])
    second = SECOND_PASSWORD in os.environ or sys.stdin.isatty()
    return (
        Founder(officer[0], officer[2] or officer[0], first, FOUNDING),
        Founder(
            verifier[0],
            verifier[2] or verifier[0],
            _new_password(SECOND_PASSWORD, verifier[0]) if second else first,
            (Role.VERIFIER,),
        ),
    )


def passphrase(given: Namespace) -> tuple[int, object, str]:
    """``office passphrase``"""
    place = _place(given)
    change_passphrase(place, _old_passphrase(), _new_passphrase(NEW_PASSPHRASE))
    said = tr("The new passphrase opens the office from now on; the old one only older backups.")
    return 0, {"office": place}, said


def recovery_code(given: Namespace) -> tuple[int, object, str]:
    """``office recovery-code``"""
    place = _place(given)
    code = change_recovery_code(place, _old_passphrase())
    return 0, {"office": place, "recovery_code": code}, _told(code)


def _old_passphrase() -> str:
    return secret(PASSPHRASE, tr("Passphrase or recovery code of now: "))


def password(given: Namespace) -> tuple[int, object, str]:
    """``account password``"""
    context, old = _entered(given)
    context.change_password(old, _new_password(NEW_PASSWORD, context.actor.name))
    said = tr("The password of {name} is changed.").format(name=context.actor.name)
    return 0, {"account": given.login or load_settings().login}, said


def add_account(given: Namespace) -> tuple[int, object, str]:
    """``account add``"""
    context = entered(given)
    unknown = [name for name in given.role if name not in set(Role)]
    if unknown:
        sentence = tr("There is no role {role}. Roles are: {known}.")
        raise Invalid(sentence.format(role=unknown[0], known=", ".join(Role)))
    password = _new_password(NEW_PASSWORD, given.new_login)
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


def folder_of(given: Namespace) -> Path:
    """The folder given by ``--out``, made if missing."""
    folder = Path(given.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = tr("{folder} cannot be made: {reason}. Choose another folder.")
        raise Invalid(sentence.format(folder=folder, reason=reason_of(error))) from error
    return folder
