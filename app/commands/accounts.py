"""Accounts: added, given roles, signed in."""

from collections import defaultdict

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.permissions import GRANTS, KEEPING, Actor, Permission, Scope, require
from app.rules.validation import CODE, LINE
from app.words import mark, tr
from models.accounts import Account, AccountRole
from models.database import moment
from models.images import OFFICE_CHAIN
from models.people import Department, IntegrityFile, Person
from models.recusal import Relative, SecondKeeper
from models.types import Moment, Role, Uid, new_uid

FAILURES_ALLOWED = 5
LOCKED_FOR = Moment(15 * 60 * 1_000_000)
SHORTEST_PASSWORD = 8  # GB/T 22239-2019 asks for complexity; eight characters of three classes is usual
PASSWORD_RULES = mark(
    "A password needs eight characters of three kinds: small and capital letters, digits, signs."
)

_hasher = PasswordHasher()


def add_account(
    session: Session, actor: Actor, login: str, name: str, password: str, staff_no: str = ""
) -> Changes:
    """Add an account. ``staff_no``: of the person behind it, where that person has a file here."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    with writing(session, actor, "add_account") as ledger:
        account = new_account(session, login, name, password, staff_no)
        ledger.add_row(OFFICE_CHAIN, "account_added", "account", Uid(account.uid))
        return changed(Kind.ACCOUNTS, Uid(account.uid))


def grant_role(
    session: Session, actor: Actor, login: str, role: Role, department_id: int | None = None
) -> Changes:
    """Give an account a role in a department and all below it, or without one in the whole office."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    account = _account(session, login)
    if department_id is not None and session.get(Department, department_id) is None:
        raise NotFound(tr("There is no such department here any more."), field="department")
    held = select(AccountRole.id).where(
        AccountRole.account_id == account.id,
        AccountRole.role == role,
        AccountRole.department_id.is_not_distinct_from(department_id),
    )
    if session.execute(held).first():
        raise Conflict(tr("{login} has this role there already.").format(login=login), field="role")
    with writing(session, actor, "grant_role") as ledger:
        add_role(session, ledger, account, role, department_id)
        return changed(Kind.ACCOUNTS, Uid(account.uid))


def link_account(session: Session, actor: Actor, login: str, staff_no: str) -> Changes:
    """Say whose file here is the account holder's own, so that nobody acts on the own file."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    account = _account(session, login)
    with writing(session, actor, "link_account") as ledger:
        account.person_id = _holder(session, staff_no, account)
        ledger.add_row(OFFICE_CHAIN, "account_linked", "account", Uid(account.uid))
        return changed(Kind.ACCOUNTS, Uid(account.uid))


def _account(session: Session, login: str) -> Account:
    account = session.execute(select(Account).where(Account.login == login)).scalar_one_or_none()
    if account is None:
        raise Invalid(tr("There is no account {login}.").format(login=login), field="login")
    return account


def _holder(session: Session, staff_no: str, account: Account | None = None) -> int:
    """The person of a staff number, who may hold one account only."""
    found = session.execute(
        select(Person.id, Account.login)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.staff_no == staff_no)
    ).one_or_none()
    if found is None:
        sentence = tr("Nobody has the staff number {staff_no}. Check the number.")
        raise Invalid(sentence.format(staff_no=staff_no), field="staff_no")
    if found.login not in (None, account and account.login):
        sentence = tr("The staff number {staff_no} already has the account {login}.")
        raise Conflict(sentence.format(staff_no=staff_no, login=found.login), field="staff_no")
    return int(found.id)


def new_account(session: Session, login: str, name: str, password: str, staff_no: str = "") -> Account:
    """The row of a new account, flushed. Raises Invalid, Conflict."""
    login, name = login.strip(), name.strip()
    if not (0 < len(login) <= CODE and 0 < len(name) <= LINE):
        sentence = tr("An account needs a login of at most {most} characters and the name of its holder.")
        raise Invalid(sentence.format(most=CODE), field="login")
    if session.execute(select(Account.id).where(Account.login == login)).scalar_one_or_none():
        raise Conflict(tr("There is already an account {login}.").format(login=login), field="login")
    check_password(password)
    account = Account(
        uid=new_uid(),
        login=login,
        name=name,
        person_id=_holder(session, staff_no) if staff_no else None,
        password_hash=_hasher.hash(password),
    )
    session.add(account)
    session.flush()
    return account


def add_role(
    session: Session, ledger: Ledger, account: Account, role: Role, department_id: int | None = None
) -> None:
    """Write a role of an account, with its event."""
    row = AccountRole(uid=new_uid(), account_id=account.id, role=role, department_id=department_id)
    session.add(row)
    ledger.add_row(OFFICE_CHAIN, "role_granted", "role", Uid(row.uid))


def check_password(password: str, field: str = "password") -> None:
    """Refuse a password that is too easy: eight characters of three classes. Raises Invalid."""
    classes = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
    present = sum(any(test(letter) for letter in password) for test in classes)
    if len(password) < SHORTEST_PASSWORD or present < 3:
        raise Invalid(tr(PASSWORD_RULES), field=field)


def sign_in(session: Session, login: str, password: str) -> Actor | None:
    """The actor of a login; None for a wrong password, which is counted (so commit all the same).

    Raises NotAllowed while the account is locked.
    """
    wanted = select(Account).where(Account.login == login.strip())
    # Held until the end, so that guesses made at once are counted one by one.
    account = session.execute(wanted.with_for_update()).scalar_one_or_none()
    if account is None or not account.active or not _knows(session, account, password):
        return None
    return actor_of(session, account)


def change_password(session: Session, account_id: int, password: str, new: str) -> Changes | None:
    """Give an account a new password; None where ``password`` is not the old one, as in ``sign_in``.

    Whoever knows the old one may, so that no permission is asked for. Raises NotAllowed while the account
    is locked, Invalid (``field="new"``) for an easy password or the same again.
    """
    account = session.get_one(Account, account_id, with_for_update=True)
    if not _knows(session, account, password):
        return None
    if new == password:
        raise Invalid(tr("This is the password there is already. Think of another one."), field="new")
    check_password(new, field="new")
    with writing(session, actor_of(session, account), "change_password") as ledger:
        account.password_hash = _hasher.hash(new)
        # The image of an account has no hash of the password: the event says that it was changed, and when.
        ledger.add_row(OFFICE_CHAIN, "password_changed", "account", Uid(account.uid))
    return changed(Kind.ACCOUNTS, Uid(account.uid))


def _knows(session: Session, account: Account, password: str) -> bool:
    """Whether the password is right. Counts the wrong ones; raises NotAllowed while the account is locked."""
    now = moment(session)
    if account.locked_until and now < account.locked_until:
        raise NotAllowed(
            tr("This account is locked after {n} wrong passwords. Try again in a quarter of an hour.").format(
                n=FAILURES_ALLOWED
            )
        )
    try:
        _hasher.verify(account.password_hash, password)
    except VerifyMismatchError:
        account.failures += 1
        if account.failures >= FAILURES_ALLOWED:
            account.failures, account.locked_until = 0, now + LOCKED_FOR
        return False
    account.failures, account.locked_until = 0, None
    return True


def actor_of(session: Session, account: Account) -> Actor:
    """Who the account is, with the departments in which each of its permissions holds."""
    below = _departments_below(session)
    scopes: dict[Permission, Scope] = {}
    roles = set()
    rows = select(AccountRole.role, AccountRole.department_id).where(AccountRole.account_id == account.id)
    for name, department_id in session.execute(rows):
        role = Role(name)
        roles.add(role)
        scope = None if department_id is None else below[department_id]
        for permission in GRANTS[role]:
            held = scopes.get(permission, frozenset())
            scopes[permission] = None if scope is None or held is None else held | scope
    relatives = select(Relative.person_id).where(Relative.account_id == account.id, Relative.ended.is_(False))
    kin = session.execute(relatives).scalars()
    return Actor(
        account.id,
        Uid(account.uid),
        account.name,
        account.person_id,
        frozenset(roles),
        scopes,
        frozenset(kin),
        _kept_by_another(session, account),
    )


def _kept_by_another(session: Session, account: Account) -> frozenset[int]:
    """The personnel staff with a file here, without those whose second keeper the account is."""
    staff = (
        select(Account.person_id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .join(IntegrityFile, IntegrityFile.person_id == Account.person_id)
        .outerjoin(SecondKeeper, SecondKeeper.file_id == IntegrityFile.id)
        .where(
            Account.active,
            AccountRole.role.in_(KEEPING),
            SecondKeeper.account_id.is_distinct_from(account.id),
        )
    )
    return frozenset(key for key in session.execute(staff).scalars() if key)


def _departments_below(session: Session) -> dict[int, frozenset[int]]:
    """Each department with all under it, itself included."""
    children = defaultdict(list)
    for key, parent in session.execute(select(Department.id, Department.parent_id)):
        children[parent].append(key)

    def below(key: int) -> frozenset[int]:
        return frozenset({key}).union(*map(below, children[key]))

    return {key: below(key) for keys in list(children.values()) for key in keys}
