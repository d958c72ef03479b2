"""Who does not act on which file: declared relatives, and the second keeper of the personnel staff."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.ledger import writing
from app.errors import Conflict, Invalid, NotFound
from app.permissions import KEEPING, Actor, Permission, require
from app.words import tr
from models.accounts import Account, AccountRole
from models.images import OFFICE_CHAIN
from models.people import IntegrityFile, Person
from models.recusal import Relative, SecondKeeper
from models.types import Kinship, Uid, new_uid


def declare_relative(
    session: Session, actor: Actor, staff_no: str, relation: Kinship, login: str = ""
) -> Changes:
    """Declare a relative with a file here, from whose file the account keeps away from its next sign-in on.

    Of the actor's own account, or of the account ``login`` by who manages accounts. The relation may be
    given anew; who is a relative can only be taken back by who manages accounts.
    """
    require(actor, Permission.MANAGE_ACCOUNTS if login else Permission.READ_FILES)
    account = _account(session, login) if login else session.get_one(Account, actor.account_id)
    person = _person(session, staff_no)
    if person.id == account.person_id:
        raise Invalid(tr("This is the own staff number. Type that of the relative."), field="staff_no")
    found = select(Relative).where(Relative.account_id == account.id, Relative.person_id == person.id)
    with writing(session, actor, "declare_relative") as ledger:
        row = session.execute(found).scalar_one_or_none()
        if row is None:
            row = Relative(uid=new_uid(), account_id=account.id, person_id=person.id)
            session.add(row)
        row.relation, row.ended = relation, False
        ledger.add_row(OFFICE_CHAIN, "relative_declared", "relative", Uid(row.uid))
        return changed(Kind.ACCOUNTS, Uid(row.uid))


def withdraw_relative(session: Session, actor: Actor, uid: Uid) -> Changes:
    """A declaration was a mistake, or the relation has ended."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    row = session.execute(select(Relative).where(Relative.uid == uid)).scalar_one_or_none()
    if row is None or row.ended:
        raise Conflict(tr("This declaration was withdrawn meanwhile."))
    with writing(session, actor, "withdraw_relative") as ledger:
        row.ended = True
        ledger.add_row(OFFICE_CHAIN, "relative_withdrawn", "relative", uid)
        return changed(Kind.ACCOUNTS, uid)


def name_keeper(session: Session, actor: Actor, staff_no: str, login: str) -> Changes:
    """Name who keeps the file of somebody of the personnel staff, instead of the staff itself."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    person, account = _person(session, staff_no), _account(session, login)
    file = session.execute(select(IntegrityFile).where(IntegrityFile.person_id == person.id)).scalar_one()
    roles = select(AccountRole.id).where(AccountRole.account_id == account.id, AccountRole.role.in_(KEEPING))
    if account.person_id == person.id or not session.execute(roles.limit(1)).first():
        sentence = tr("{login} cannot keep this file. Name another personnel officer.")
        raise Invalid(sentence.format(login=login), field="login")
    row = session.execute(select(SecondKeeper).where(SecondKeeper.file_id == file.id)).scalar_one_or_none()
    with writing(session, actor, "name_keeper") as ledger:
        if row is None:
            row = SecondKeeper(uid=new_uid(), file_id=file.id)
            session.add(row)
        row.account_id = account.id
        ledger.add_row(file.chain_id, "keeper_named", "keeper", Uid(row.uid))
        return changed(Kind.PEOPLE, Uid(file.uid))


def _account(session: Session, login: str) -> Account:
    found = session.execute(select(Account).where(Account.login == login)).scalar_one_or_none()
    if found is None:
        raise NotFound(tr("There is no account {login}.").format(login=login), field="login")
    return found


def _person(session: Session, staff_no: str) -> Person:
    found = session.execute(select(Person).where(Person.staff_no == staff_no)).scalar_one_or_none()
    if found is None:
        sentence = tr("Nobody has the staff number {staff_no}. Check the number.")
        raise NotFound(sentence.format(staff_no=staff_no), field="staff_no")
    return found
