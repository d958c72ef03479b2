"""Reading is recorded, outside the daily work with its purpose; relatives and own staff are left alone."""

import pytest

from app.commands.accounts import add_account, grant_role, link_account
from app.commands.conduct import record_entry, verify_entry
from app.commands.reading import open_file, register_prints
from app.commands.recusal import declare_relative, name_keeper, withdraw_relative
from app.context import AppContext
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.files import file_view
from app.queries.people import PeopleFilter, people_ids
from app.queries.reading import ReadingRow, readings
from app.queries.verification import verify
from app.rules.grading.case import year
from models.types import Access, Day, Kinship, Role, Uid, day_after
from tests.offices import PASSWORD, TODAY, TestOffice, entry
from tests.refusals import refused

PERIOD = year(2025)


def register(office: TestOffice) -> list[tuple[str, str, Access, str]]:
    rows: tuple[ReadingRow, ...] = office.as_("officer").ask(readings, Day(20250101), Day(20261231))
    return [(row.reader, row.staff_no, row.how, row.purpose) for row in rows]


@pytest.fixture
def reader(office: TestOffice) -> AppContext:
    """Somebody who reads for a promotion review."""
    officer = office.as_("officer")
    officer.do(add_account, "reader", "干部科", PASSWORD)
    officer.do(grant_role, "reader", Role.READER)
    return office.as_("reader")


def test_a_reading_is_registered_once_a_day(office: TestOffice) -> None:
    for _ in range(3):
        office.as_("head").do(open_file, "0003")
    office.as_("officer").do(open_file, "0003")
    once = [("解伟", "0003", Access.OPENED, ""), ("张三", "0003", Access.OPENED, "")]
    assert register(office) == once
    office.clock.day = day_after(TODAY)
    office.as_("head").do(open_file, "0003")
    assert register(office) == [*once, once[0]]
    assert not office.as_("officer").ask(verify).findings


def test_outside_the_daily_work_it_is_said_for_what(office: TestOffice, reader: AppContext) -> None:
    for attempt in (
        lambda: reader.ask(file_view, "0003", PERIOD),
        lambda: reader.do(open_file, "0003", "  "),
    ):
        with refused(Invalid, match="for what purpose") as refusal:
            attempt()
        assert refusal.value.field == "purpose"
    reader.do(open_file, "0003", "任用审核2025-3")
    assert reader.ask(file_view, "0003", PERIOD).head.name == "王丽"
    assert register(office) == [("干部科", "0003", Access.OPENED, "任用审核2025-3")]
    with refused(Invalid, match="for what purpose"):
        reader.ask(file_view, "0004", PERIOD)
    office.clock.day = day_after(TODAY)
    with refused(Invalid, match="for what purpose"):
        reader.ask(file_view, "0003", PERIOD)


def test_prints_are_registered_in_one_go(office: TestOffice) -> None:
    office.as_("officer").do(register_prints, ["0003", "0004"], "年度考核摘要")
    assert register(office) == [
        ("张三", number, Access.PRINTED, "年度考核摘要") for number in ("0003", "0004")
    ]
    assert not office.as_("officer").ask(verify).findings


def test_nobody_acts_on_the_file_of_a_relative(office: TestOffice) -> None:
    uid = office.as_("officer").do(record_entry, entry()).uids[0]
    office.as_("verifier").do(declare_relative, "0003", Kinship.SPOUSE)
    verifier = office.as_("verifier")
    for attempt in (
        lambda: verifier.do(verify_entry, uid),
        lambda: verifier.do(open_file, "0003"),
        lambda: verifier.ask(file_view, "0003", PERIOD),
    ):
        with refused(NotAllowed, match="a relative you declared"):
            attempt()
    assert len(verifier.ask(people_ids, PeopleFilter())) == 5
    assert not office.as_("officer").ask(verify).findings


def test_only_who_manages_accounts_takes_a_declaration_back(office: TestOffice) -> None:
    uid = office.as_("verifier").do(declare_relative, "0003", Kinship.SPOUSE).uids[0]
    with refused(NotAllowed, match="may not manage accounts"):
        office.as_("verifier").do(withdraw_relative, uid)
    office.as_("officer").do(withdraw_relative, uid)
    with refused(Conflict, match="withdrawn meanwhile"):
        office.as_("officer").do(withdraw_relative, uid)
    office.as_("verifier").do(open_file, "0003")
    office.as_("officer").do(declare_relative, "0003", Kinship.LINEAL, "verifier")
    with refused(NotAllowed, match="a relative you declared"):
        office.as_("verifier").do(open_file, "0003")


def test_the_own_number_is_no_relative(office: TestOffice) -> None:
    with refused(Invalid, match="own staff number"):
        office.as_("head").do(declare_relative, "0002", Kinship.SPOUSE)


def staff(office: TestOffice) -> None:
    """The officer has a file here, and there is another officer."""
    officer = office.as_("officer")
    officer.do(link_account, "officer", "0004")
    officer.do(add_account, "second", "赵六", PASSWORD)
    officer.do(grant_role, "second", Role.PERSONNEL_OFFICER)


def test_the_file_of_the_personnel_staff_is_kept_by_the_second_keeper_alone(office: TestOffice) -> None:
    staff(office)
    about_staff = entry("0004")
    with refused(NotAllowed, match="kept by its second keeper"):
        office.as_("second").do(record_entry, about_staff)
    office.as_("officer").do(name_keeper, "0004", "second")
    uid: Uid = office.as_("second").do(record_entry, about_staff).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    with refused(NotAllowed, match="your own file"):
        office.as_("officer").do(record_entry, about_staff)
    assert not office.as_("second").ask(verify).findings


@pytest.mark.parametrize("login", ["officer", "head"])
def test_only_another_officer_is_a_second_keeper(office: TestOffice, login: str) -> None:
    staff(office)
    with refused(Invalid, match="Name another personnel officer"):
        office.as_("officer").do(name_keeper, "0004", login)
