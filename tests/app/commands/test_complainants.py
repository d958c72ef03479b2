"""Who complained is known to registrar and handler alone, and stands nowhere else."""

import pytest
from sqlalchemy import Connection, inspect, text

from app.commands.accounts import add_account, grant_role
from app.commands.complainants import destroy_complainant
from app.commands.lead_follow_up import record_reply
from app.commands.leads import close_lead, give_lead, name_person, register_lead
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.as_of import file_as_of
from app.queries.files import file_view
from app.queries.finding import find
from app.queries.lead_list import LeadFilter, Which, lead_ids, lead_lines
from app.queries.leads import complainant, lead_view
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import Circumstances, NewComplainant
from models.types import Day, LeadStatus, ReplyWay, Role, Uid
from tests.app.commands.lead_cases import LEAD, WHO, registered
from tests.offices import PASSWORD, WINDOW, TestOffice


def second_officer(office: TestOffice) -> None:
    """A personnel officer who neither registers nor handles."""
    office.as_("officer").do(add_account, "colleague", "赵六", PASSWORD)
    office.as_("officer").do(grant_role, "colleague", Role.PERSONNEL_OFFICER)


def told_tables(connection: Connection) -> list[str]:
    """All tables but the face of the index of words, which cannot be scanned on SQLite; what it holds can."""
    return [name for name in inspect(connection).get_table_names() if name != "entry_words"]


def everywhere(office: TestOffice) -> dict[str, str]:
    """All that every table says."""
    found = {}
    with office.database.engine.connect() as connection:
        for table in told_tables(connection):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()
            values = (value for row in rows for value in row)
            found[table] = "\n".join(
                bytes(value).decode("utf-8", "replace")
                if isinstance(value, bytes | memoryview)
                else str(value)
                for value in values
            )
    return found


def test_registrar_and_handler_are_told_and_nobody_else(office: TestOffice) -> None:
    second_officer(office)
    uid = registered(office, "other_head", who=WHO)
    for login in ("officer", "other_head"):
        found = office.as_(login).ask(complainant, uid)
        assert (found.name, found.contact, found.intact) == (*WHO, True)
        assert office.as_(login).ask(lead_view, uid).tells_complainant
    for login in ("colleague", "head", "verifier"):
        with pytest.raises(NotAllowed):
            office.as_(login).ask(complainant, uid)
    assert not office.as_("colleague").ask(lead_view, uid).tells_complainant
    office.as_("officer").do(give_lead, uid, "head", "调整分工")
    with pytest.raises(NotAllowed):
        office.as_("other_head").ask(complainant, uid)
    assert office.as_("head").ask(complainant, uid).name == WHO.name


def test_no_list_file_history_search_or_proof_shows_who_complained(office: TestOffice) -> None:
    second_officer(office)
    uid = registered(office, who=WHO)
    for login in ("officer", "colleague"):
        one = office.as_(login)
        ids = one.ask(lead_ids, LeadFilter(Which.EVERY))
        said = [
            one.ask(lead_lines, ids),
            one.ask(lead_view, uid),
            one.ask(file_view, "0003", year(2025)),
            one.ask(file_as_of, "0003", year(2025), Day(20251218)),
            one.ask(verify),
            one.ask(find, WHO.name),
            one.ask(find, WHO.contact),
            one.ask(lead_ids, LeadFilter(Which.EVERY, text=WHO.name)),
            one.ask(lead_ids, LeadFilter(Which.EVERY, text=WHO.contact)),
        ]
        assert len(ids) == 1 and not any((*said[5], *said[6], said[7], said[8]))
        assert WHO.name not in repr(said) and WHO.contact not in repr(said)


def test_it_stands_in_its_own_table_and_in_none_other(office: TestOffice) -> None:
    registered(office, who=WHO)
    told = {table for table, said in everywhere(office).items() if WHO.name in said or WHO.contact in said}
    assert told == {"complainants"}
    assert office.as_("officer").ask(verify).findings == ()


def test_what_somebody_changed_behind_the_program_is_told(embedded: TestOffice) -> None:
    uid = registered(embedded, who=WHO)
    with embedded.database.write() as session:
        session.execute(text("UPDATE complainants SET name = '别人'"))
    assert not embedded.as_("officer").ask(complainant, uid).intact


def test_it_is_destroyed_once_answered_and_the_chain_says_so(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), registered(office, who=WHO)
    for _ in range(2):  # open, then closed and not answered
        with pytest.raises(Conflict):
            officer.do(destroy_complainant, uid)
        if officer.ask(lead_view, uid).row.status is LeadStatus.OPEN:
            officer.do(close_lead, uid, LeadStatus.UNSUBSTANTIATED, Day(20251210), "不属实")
    officer.do(record_reply, uid, Day(20251218), ReplyWay.PHONE)
    officer.do(destroy_complainant, uid)
    assert not [table for table, said in everywhere(office).items() if WHO.name in said]
    with pytest.raises(NotFound):
        officer.ask(complainant, uid)
    with pytest.raises(NotFound):
        officer.do(destroy_complainant, uid)
    assert officer.ask(verify).findings == ()


def test_it_goes_along_when_the_person_becomes_known(office: TestOffice) -> None:
    officer = office.as_("officer")
    more = Circumstances(department_id=WINDOW, complainant=WHO)
    uid = officer.do(register_lead, LEAD._replace(staff_no=""), "", more).uids[0]
    further = officer.do(name_person, uid, "0003").uids[0]
    assert officer.ask(complainant, Uid(further)).name == WHO.name
    with pytest.raises(NotFound):
        officer.ask(complainant, uid)
    assert officer.ask(verify).findings == ()


def test_a_contact_without_a_name_is_refused(embedded: TestOffice) -> None:
    with pytest.raises(Invalid) as refusal:
        registered(embedded, who=NewComplainant(" ", "139"))
    assert refusal.value.field == "complainant"
