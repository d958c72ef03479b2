"""Of a discipline matter only date, body and letter number stay, and the chain proves itself on."""

import pytest
from sqlalchemy import text

from app.commands.handovers import hand_over_lead, register_handover
from app.commands.leads import name_person, register_lead
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.as_of import file_as_of
from app.queries.files import file_view
from app.queries.lead_choices import handovers
from app.queries.leads import lead_view
from app.queries.verification import Breach, verify
from app.rules.grading.case import year
from app.rules.inputs import Circumstances, NewHandover
from models.types import Day
from tests.app.commands.lead_cases import LEAD, WHO, registered
from tests.app.commands.test_complainants import everywhere
from tests.offices import WINDOW, TestOffice

LETTER = NewHandover(Day(20251217), "市纪委监委驻局纪检监察组", "泽政服函〔2025〕57号")


def test_registering_a_discipline_matter_asks_for_nothing_else(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(register_handover, LETTER)
    (row,) = officer.ask(handovers)
    assert row[1:] == (*LETTER, "张三")
    with pytest.raises(Conflict):
        officer.do(register_handover, LETTER)
    assert officer.ask(verify).findings == ()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (LETTER._replace(body=" "), "body"),
        (LETTER._replace(letter_no=""), "letter_no"),
        (LETTER._replace(handed_on=Day(20251219)), "handed_on"),
        (LETTER._replace(handed_on=Day(20251100)), "handed_on"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(
    embedded: TestOffice, wrong: NewHandover, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        embedded.as_("officer").do(register_handover, wrong)
    assert refusal.value.field == field


def test_handing_over_erases_what_was_written(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), registered(office, who=WHO)
    officer.do(hand_over_lead, uid, LETTER)
    said = everywhere(office)
    for words in (LEAD.matter, LEAD.order_no, WHO.name, WHO.contact):
        assert not [table for table, content in said.items() if words in content]
    view = officer.ask(file_view, "0003", year(2025))
    assert view.leads == ()
    assert officer.ask(file_as_of, "0003", year(2025), Day(20251218)).leads == ()
    erased = view.history[0]
    assert (erased.kind, erased.record) == ("lead_content_erased", "lead")
    assert {one.field: one.after for one in erased.changes} == {
        "handed_on": LETTER.handed_on,
        "letter_no": LETTER.letter_no,
    }
    with pytest.raises(NotFound):
        officer.ask(lead_view, uid)
    assert officer.ask(verify).findings == ()


def test_a_head_sees_nothing_of_it_in_the_file(embedded: TestOffice) -> None:
    embedded.as_("officer").do(hand_over_lead, registered(embedded), LETTER)
    history = embedded.as_("head").ask(file_view, "0003", year(2025)).history
    assert not [row for row in history if row.record == "lead"]


def test_what_it_was_before_the_person_became_known_is_erased_too(office: TestOffice) -> None:
    officer = office.as_("officer")
    more = Circumstances(department_id=WINDOW, complainant=WHO)
    uid = officer.do(register_lead, LEAD._replace(staff_no=""), "", more).uids[0]
    further = officer.do(name_person, uid, "0003").uids[0]
    officer.do(hand_over_lead, further, LETTER)
    said = everywhere(office)
    assert not [table for table, content in said.items() if LEAD.matter in content or WHO.name in content]
    assert officer.ask(verify).findings == ()


def test_a_content_removed_without_an_erasure_is_still_found(embedded: TestOffice) -> None:
    uid = registered(embedded)
    with embedded.database.write() as session:
        events = "SELECT id FROM events WHERE subject = :uid"
        session.execute(text(f"DELETE FROM event_contents WHERE event_id IN ({events})"), {"uid": uid})
    found = embedded.as_("officer").ask(verify).findings
    assert [one.breach for one in found] == [Breach.CONTENT_MISSING]


def test_only_who_keeps_the_files_hands_over(embedded: TestOffice) -> None:
    uid = registered(embedded, "other_head")
    with pytest.raises(NotAllowed):
        embedded.as_("other_head").do(hand_over_lead, uid, LETTER)
    with pytest.raises(NotAllowed):
        embedded.as_("other_head").ask(handovers)
