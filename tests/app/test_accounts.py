"""Accounts: signing in, locking out, passwords, and what cannot be added."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from app.commands.accounts import (
    FAILURES_ALLOWED,
    add_account,
    check_password,
    grant_role,
    link_account,
    sign_in,
)
from app.context import AppContext, enter
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.heads import newest_seal
from app.queries.verification import verify
from models.accounts import Account
from models.types import Day, Role
from tests.offices import OFFICE, PASSWORD, TODAY, TestOffice
from tests.refusals import refused


def wrong(office: TestOffice, times: int = 1, login: str = "officer") -> None:
    for _ in range(times):
        with refused(NotAllowed, match="wrong"):
            enter(office.database, login, "Wrong-2025")


def failures(office: TestOffice, login: str = "officer") -> int:
    with office.database.read() as session:
        return session.execute(select(Account.failures).where(Account.login == login)).scalar_one()


def test_signing_in_makes_the_actor_of_the_account(office: TestOffice) -> None:
    context = enter(office.database, "head", PASSWORD)
    assert context == office.as_("head")
    assert (context.actor.name, context.actor.roles) == ("解伟", {Role.DEPARTMENT_HEAD})
    assert not office.as_("officer").ask(verify).findings


@pytest.mark.parametrize("login", ["nobody", "", "OFFICER", "officer' OR 1=1 --"])
def test_an_unknown_account_is_refused_as_a_wrong_password_is(office: TestOffice, login: str) -> None:
    with refused(NotAllowed, match="account or the password is wrong") as refusal:
        enter(office.database, login, PASSWORD)
    assert refusal.value.field == "password"


def test_spaces_around_a_login_do_not_matter(office: TestOffice) -> None:
    assert enter(office.database, " officer ", PASSWORD).actor == office.as_("officer").actor


def test_a_refused_sign_in_is_counted_and_a_right_one_forgets_it(office: TestOffice) -> None:
    wrong(office, 3)
    assert failures(office) == 3
    enter(office.database, "officer", PASSWORD)
    assert failures(office) == 0


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(office: TestOffice) -> None:
    wrong(office, FAILURES_ALLOWED)
    for minute in (0, 14):
        office.clock.minute = minute
        with refused(NotAllowed, match=f"locked after {FAILURES_ALLOWED}"):
            enter(office.database, "officer", PASSWORD)
    enter(office.database, "verifier", PASSWORD)
    office.clock.minute = 15
    enter(office.database, "officer", PASSWORD)
    assert failures(office) == 0


def test_after_a_lock_out_there_are_five_more_attempts(office: TestOffice) -> None:
    wrong(office, FAILURES_ALLOWED)
    office.clock.minute = 15
    wrong(office, FAILURES_ALLOWED - 1)
    enter(office.database, "officer", PASSWORD)
    wrong(office, FAILURES_ALLOWED)
    with refused(NotAllowed, match="locked"):
        enter(office.database, "officer", PASSWORD)


def test_an_inactive_account_does_not_sign_in(office: TestOffice) -> None:
    with office.database.write() as session:
        session.execute(update(Account).where(Account.login == "head").values(active=False))
    with refused(NotAllowed, match="wrong"):
        enter(office.database, "head", PASSWORD)


def test_the_first_who_comes_in_on_a_day_seals_the_chains(office: TestOffice) -> None:
    officer, seals = office.as_("officer"), []
    before = officer.ask(verify).events
    for day, login in ((TODAY, "head"), (TODAY, "officer"), (Day(20251219), "verifier")):
        office.clock.day = day
        seals.append(enter(office.database, login, PASSWORD).ask(newest_seal))
    assert seals[0] == seals[1] and (seals[0].chains, seals[2].chains) == (6, 6)
    assert seals[0].root != seals[2].root  # of which the first seal's own event is part
    proof = officer.ask(verify)
    assert (proof.events, proof.findings) == (before + 2, ())


def test_no_password_lies_in_the_database(office: TestOffice) -> None:
    with office.database.read() as session:
        hashes = session.execute(select(Account.password_hash)).scalars().all()
    assert len(set(hashes)) == len(hashes) > 1  # each with a salt of its own
    assert all(one.startswith("$argon2id$") and PASSWORD not in one for one in hashes)


def test_the_right_password_is_found_out_in_the_transaction_that_counts(office: TestOffice) -> None:
    with office.database.write() as session:
        assert sign_in(session, "officer", "Wrong-2025") is None
        session.rollback()
    assert failures(office) == 0
    with office.database.write() as session:
        assert sign_in(session, "officer", "Wrong-2025") is None
    assert failures(office) == 1


NEW = "Another-2025"


def test_a_password_is_changed_by_who_knows_it(office: TestOffice) -> None:
    head = enter(office.database, "head", PASSWORD)
    before = head.ask(verify).events
    head.change_password(PASSWORD, NEW)
    assert enter(office.database, "head", NEW).actor == head.actor
    with refused(NotAllowed, match="wrong"):
        enter(office.database, "head", PASSWORD)
    proof = head.ask(verify)
    assert (proof.events, proof.findings) == (before + 1, ())


def test_a_wrong_old_password_is_counted_and_locks(office: TestOffice) -> None:
    for _ in range(FAILURES_ALLOWED):
        with refused(NotAllowed, match="not your password") as refusal:
            office.as_("head").change_password("Wrong-2025", NEW)
        assert refusal.value.field == "password"
    for typed in (PASSWORD, "Wrong-2025"):
        with refused(NotAllowed, match="locked"):
            office.as_("head").change_password(typed, NEW)


@pytest.mark.parametrize(("new", "said"), [("easy", "eight characters"), (PASSWORD, "already")])
def test_a_new_password_keeps_the_rules_and_is_new(office: TestOffice, new: str, said: str) -> None:
    with refused(Invalid, match=said) as refusal:
        office.as_("head").change_password(PASSWORD, new)
    assert refusal.value.field == "new"
    enter(office.database, "head", PASSWORD)


@pytest.mark.parametrize("password", ["Abcdef-1", "abcdefg-1", "ABCDEFG1-", "诚信Abcde1", "        Aa1"])
def test_eight_characters_of_three_kinds_are_a_password(password: str) -> None:
    check_password(password)


@pytest.mark.parametrize(
    "password", ["", "Abc-1", "Abcdef1", "abcdefgh", "abcdefg1", "ABCDEFG-", "诚信档案管理系统1"]
)
def test_an_easy_password_is_refused(password: str) -> None:
    with refused(Invalid, match="eight characters") as refusal:
        check_password(password)
    assert refusal.value.field == "password"


def add(
    officer: AppContext, login: str = "new", name: str = "赵五", password: str = PASSWORD, staff_no: str = ""
):
    return officer.do(add_account, login, name, password, staff_no)


Act = Callable[[AppContext], object]
REFUSED: dict[str, tuple[Act, type[Exception], str]] = {
    "login taken": (lambda officer: add(officer, "head"), Conflict, "login"),
    "login taken but for spaces": (lambda officer: add(officer, " head "), Conflict, "login"),
    "no login": (lambda officer: add(officer, "  "), Invalid, "login"),
    "no name": (lambda officer: add(officer, name=" "), Invalid, "login"),
    "login too long": (lambda officer: add(officer, "x" * 41), Invalid, "login"),
    "name too long": (lambda officer: add(officer, name="长" * 201), Invalid, "login"),
    "easy password": (lambda officer: add(officer, password="12345678"), Invalid, "password"),
    "nobody's number": (lambda officer: add(officer, staff_no="9999"), Invalid, "staff_no"),
    "number of another account": (lambda officer: add(officer, staff_no="0002"), Conflict, "staff_no"),
    "linked to nobody": (lambda officer: officer.do(link_account, "leader", "9999"), Invalid, "staff_no"),
    "linked to another": (lambda officer: officer.do(link_account, "leader", "0002"), Conflict, "staff_no"),
    "unknown account": (lambda officer: officer.do(grant_role, "nobody", Role.VERIFIER), Invalid, "login"),
    "no such department": (
        lambda officer: officer.do(grant_role, "head", Role.VERIFIER, 99),
        NotFound,
        "department",
    ),
    "role held already": (
        lambda officer: officer.do(grant_role, "leader", Role.LEADER_IN_CHARGE),
        Conflict,
        "role",
    ),
    "role held there already": (
        lambda officer: officer.do(grant_role, "other_head", Role.DEPARTMENT_HEAD, OFFICE),
        Conflict,
        "role",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_is_refused_by_its_field(office: TestOffice, why: str) -> None:
    act, kind, field = REFUSED[why]
    before = office.as_("officer").ask(verify)
    with refused(kind, match=".") as refusal:
        act(office.as_("officer"))
    assert refusal.value.field == field
    assert office.as_("officer").ask(verify) == before


def test_a_linked_account_is_kept_from_the_own_file(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(link_account, "officer", "0004")
    officer.do(link_account, "officer", "0004")
    assert office.as_("officer").actor.person_id == 4
    assert not officer.ask(verify).findings


def test_only_the_administrator_adds_accounts(office: TestOffice) -> None:
    for login in ("verifier", "head", "leader"):
        with refused(NotAllowed, match="system administrator"):
            add(office.as_(login))
