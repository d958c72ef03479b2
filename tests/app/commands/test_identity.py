"""ID numbers: checked, shown masked, and in full only to who may, on record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from stdnum.cn import ric

from app.commands.accounts import add_account, grant_role
from app.commands.identity import enter_id_number, show_id_number
from app.commands.people import add_person, change_person
from app.errors import Invalid, NotAllowed, NotFound
from app.id_numbers import birth_place, masked
from app.permissions import GRANTS, Permission
from app.queries.files import file_view
from app.queries.id_numbers import masked_id_number
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from app.rules.validation import id_number_fault
from models.ledger import EventContent
from models.types import Role
from tests.offices import PASSWORD, TestOffice
from tests.refusals import refused

NUMBER = "230103199001011237"
PERIOD = year(2025)


def kinds(office: TestOffice) -> list[str]:
    return [row.kind for row in office.as_("officer").ask(file_view, "0003", PERIOD).history]


def test_a_number_is_entered_masked_and_shown_on_record(office: TestOffice) -> None:
    officer = office.as_("officer")
    assert officer.ask(masked_id_number, "0003") == ""
    officer.do(enter_id_number, "0003", " 230103 19900101 1237 ")
    assert officer.ask(masked_id_number, "0003") == "2301**********1237"
    shown = officer.do(show_id_number, "0003")
    assert shown.number == NUMBER and "南岗区" in shown.place
    assert kinds(office)[:2] == ["file_id_number_shown", "file_id_number_entered"]
    with office.database.read() as session:
        contents = session.execute(select(EventContent.content)).scalars()
        assert not any(NUMBER.encode() in content for content in contents)
    assert officer.ask(verify).findings == ()


def test_who_may_not_sees_neither_and_nothing_is_on_record(office: TestOffice) -> None:
    office.as_("officer").do(enter_id_number, "0003", NUMBER)
    before = kinds(office)
    for login in ("head", "verifier", "leader"):
        with pytest.raises(NotAllowed):
            office.as_(login).do(show_id_number, "0003")
        with pytest.raises(NotAllowed):
            office.as_(login).ask(masked_id_number, "0003")
    assert kinds(office) == before
    assert {role for role, held in GRANTS.items() if Permission.READ_ID_NUMBERS in held} == {
        Role.PERSONNEL_OFFICER
    }


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "missing"),
        ("23010319900101123", "17 digits"),
        ("230103199013011237", "birth date"),
        ("230103199001011238", "last digit"),
        ("11010519491231002X", "0100"),
    ],
)
def test_a_number_that_is_none_or_somebody_elses_is_refused(
    office: TestOffice, number: str, words: str
) -> None:
    officer = office.as_("officer")
    officer.do(add_person, NewPerson("0100", "单于明", "办公室", id_number="11010519491231002X"))
    with refused(Invalid, match=words) as refusal:
        officer.do(enter_id_number, "0003", number)
    assert refusal.value.field == "id_number"


def test_a_number_is_corrected_and_its_own_again_is_no_refusal(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(enter_id_number, "0003", NUMBER)
    officer.do(enter_id_number, "0003", NUMBER)
    officer.do(enter_id_number, "0003", "11010519491231002x")
    assert officer.do(show_id_number, "0003").number == "11010519491231002X"
    with refused(NotFound, match="No ID number"):
        officer.do(show_id_number, "0004")


def test_a_keeper_of_one_department_sees_those_of_that_one(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(add_account, "keeper", "科室内勤", PASSWORD)
    officer.do(grant_role, "keeper", Role.PERSONNEL_OFFICER, 2)
    officer.do(enter_id_number, "0003", NUMBER)
    with pytest.raises(NotAllowed):
        office.as_("keeper").do(show_id_number, "0003")


@given(
    st.from_regex(
        r"[1-8][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}", fullmatch=True
    )
)
def test_the_check_agrees_with_stdnum(digits: str) -> None:
    number = digits + ric.calc_check_digit(digits + "0")
    try:
        ric.get_birth_date(number)
        expected = True
    except ric.InvalidComponent:
        expected = False
    assert (id_number_fault(number) is None) == expected
    wrong = digits + ("0" if number[-1] != "0" else "1")
    assert id_number_fault(wrong) is not None


def test_the_place_is_told_where_its_code_is_listed() -> None:
    assert birth_place(NUMBER).startswith("黑龙江") and birth_place("999999199001011237") == ""
    assert masked(NUMBER) == "2301**********1237"


def test_a_list_brings_the_number_of_who_had_none_and_changes_none(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(change_person, NewPerson("0003", "王丽", id_number=NUMBER))
    officer.do(change_person, NewPerson("0003", "王丽", id_number="11010519491231002X"))
    assert officer.ask(masked_id_number, "0003") == masked(NUMBER)
    assert officer.ask(verify).findings == ()
