"""Who may do what, in which departments, and never in the own file."""

import pytest

from app.commands.accounts import actor_of, grant_role
from app.commands.conduct import record_entry, verify_entry
from app.commands.departments import add_department
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.people import add_person, change_person
from app.commands.schemes import publish_scheme
from app.context import AppContext
from app.errors import NotAllowed, NotFound
from app.permissions import GRANTS, Actor, Permission, require, require_other, visible_to
from app.queries.evaluations import evaluations_of
from app.queries.files import file_view
from app.queries.people import PeopleFilter, people_ids
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from models.types import Day, Role, Uid
from tests.offices import BASELINE, OFFICE, WINDOW, TestOffice, entry

YEAR = year(2025)


def actor(**scopes: frozenset[int] | None) -> Actor:
    held = {Permission(name): scope for name, scope in scopes.items()}
    return Actor(1, Uid("a"), "王丽", 7, frozenset(), held)


def test_a_permission_holds_in_its_departments_and_an_office_wide_one_everywhere() -> None:
    somewhere, everywhere = actor(read_files=frozenset({2, 3})), actor(read_files=None)
    assert somewhere.may(Permission.READ_FILES, 2) and not somewhere.may(Permission.READ_FILES, 4)
    assert somewhere.may(Permission.READ_FILES) and everywhere.may(Permission.READ_FILES, 4)
    assert not everywhere.may(Permission.KEEP_FILES) and not everywhere.may(Permission.KEEP_FILES, 2)


def test_a_refusal_names_the_person_and_who_can_help() -> None:
    for permission in Permission:
        with pytest.raises(NotAllowed) as refusal:
            require(actor(), permission)
        assert refusal.value.sentence.startswith("王丽 ") and refusal.value.sentence.count(".") == 2


def test_nobody_acts_on_the_own_file() -> None:
    with pytest.raises(NotAllowed):
        require_other(actor(), 7)
    require_other(actor(), 8)
    require_other(Actor(1, Uid("a"), "外人", None, frozenset(), {}), 8)


def test_every_role_grants_something_and_only_the_administrator_manages_accounts() -> None:
    assert set(GRANTS) == set(Role) and all(GRANTS.values())
    managing = {role for role, permissions in GRANTS.items() if Permission.MANAGE_ACCOUNTS in permissions}
    assert managing == {Role.SYSTEM_ADMINISTRATOR}
    assert GRANTS[Role.SYSTEM_ADMINISTRATOR] == {Permission.MANAGE_ACCOUNTS}


def test_nobody_both_keeps_and_verifies_or_decides_by_one_role() -> None:
    deciding = {Permission.DECIDE_GRADES, Permission.DECIDE_HEADS_GRADES}
    for permissions in GRANTS.values():
        assert not {Permission.KEEP_FILES, Permission.VERIFY_ENTRIES} <= permissions
        hands = {Permission.KEEP_FILES, Permission.VERIFY_ENTRIES, *deciding}
        assert Permission.DECIDE_OBJECTIONS not in permissions or not hands & permissions
        assert Permission.KEEP_FILES not in permissions or not permissions & deciding


def numbers(context: AppContext) -> set[str]:
    with context.database.read() as session:
        from sqlalchemy import select

        from models.people import Person

        rows = select(Person.staff_no).where(visible_to(context.actor, Person.department_id))
        return set(session.execute(rows).scalars())


def test_a_head_sees_the_own_department_only(office: TestOffice) -> None:
    assert numbers(office.as_("head")) == {"0002", "0003", "0005"}
    assert numbers(office.as_("officer")) == {"0001", "0002", "0003", "0004", "0005"}
    assert len(office.as_("head").ask(people_ids, PeopleFilter())) == 3
    with pytest.raises(NotFound):
        office.as_("head").ask(file_view, "0004", YEAR)
    with pytest.raises(NotAllowed):
        office.as_("head").ask(evaluations_of, 4)


def test_a_head_sees_the_departments_below_too(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(add_department, "窗口", WINDOW)
    officer.do(add_department, "一号窗口", 4)
    officer.do(add_person, NewPerson("0100", "单于明", "审批一科/窗口/一号窗口"))
    assert "0100" in numbers(office.as_("head"))
    assert office.as_("head").actor.scopes[Permission.READ_FILES] == {WINDOW, 4, 5}
    assert "0100" not in numbers(office.as_("other_head"))


def test_roles_in_several_departments_add_up(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(grant_role, "head", Role.DEPARTMENT_HEAD, OFFICE)
    assert numbers(office.as_("head")) == {"0001", "0002", "0003", "0004", "0005"}
    officer.do(grant_role, "head", Role.VERIFIER)
    scopes = office.as_("head").actor.scopes
    assert scopes[Permission.READ_FILES] is None
    assert scopes[Permission.DECIDE_GRADES] == {OFFICE, WINDOW}


def test_an_account_without_a_role_may_nothing(office: TestOffice) -> None:
    from app.commands.accounts import add_account
    from tests.offices import PASSWORD

    office.as_("officer").do(add_account, "guest", "客人", PASSWORD)
    guest = office.as_("guest")
    assert guest.actor.scopes == {} and numbers(guest) == set()
    for refused in (
        lambda: guest.ask(people_ids, PeopleFilter()),
        lambda: guest.do(record_entry, entry()),
        lambda: guest.do(propose_evaluations, YEAR),
        lambda: guest.do(publish_scheme, BASELINE, "泽政服发〔2025〕1号", Day(20250101)),
        lambda: guest.do(grant_role, "guest", Role.PERSONNEL_OFFICER),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_an_officer_of_one_department_keeps_no_files_of_another(office: TestOffice) -> None:
    office.as_("officer").do(grant_role, "leader", Role.PERSONNEL_OFFICER, WINDOW)
    leader = office.as_("leader")
    leader.do(record_entry, entry("0003"))
    for refused in (
        lambda: leader.do(record_entry, entry("0004")),
        lambda: leader.do(add_person, NewPerson("0100", "单于明", "办公室")),
        lambda: leader.do(change_person, NewPerson("0003", "王丽", "办公室")),
        lambda: leader.do(add_department, "三号窗口", OFFICE),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_whose_file_moves_is_seen_by_the_new_head_with_all_that_is_in_it(office: TestOffice) -> None:
    officer = office.as_("officer")
    uid = officer.do(record_entry, entry("0003")).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    evaluation = officer.do(propose_evaluations, YEAR).evaluations["0003"]
    officer.do(change_person, NewPerson("0003", "王丽", "办公室"))
    with pytest.raises(NotFound):
        office.as_("head").ask(file_view, "0003", YEAR)
    with pytest.raises(NotAllowed):
        office.as_("head").do(approve_evaluation, evaluation)
    assert len(office.as_("other_head").ask(file_view, "0003", YEAR).entries) == 1
    office.as_("other_head").do(approve_evaluation, evaluation)


def test_the_departments_of_entries_and_evaluations_follow_the_file(office: TestOffice) -> None:
    from sqlalchemy import select

    from models.conduct import Entry
    from models.evaluations import Evaluation

    officer = office.as_("officer")
    officer.do(record_entry, entry("0003"))
    officer.do(propose_evaluations, YEAR)
    officer.do(change_person, NewPerson("0003", "王丽", "办公室"))
    with office.database.read() as session:
        assert session.execute(select(Entry.department_id)).scalars().all() == [OFFICE]
        moved = select(Evaluation.department_id).order_by(Evaluation.id)
        assert sorted(session.execute(moved).scalars()) == [OFFICE] * 3 + [WINDOW] * 2


def test_the_scopes_of_an_actor_are_those_of_its_account(office: TestOffice) -> None:
    from models.accounts import Account

    with office.database.read() as session:
        head = session.get_one(Account, office.as_("head").actor.account_id)
        assert actor_of(session, head) == office.as_("head").actor
