"""The life of an entry, and who may do what in it."""

from dataclasses import replace

import pytest

from app.commands.accounts import grant_role, link_account
from app.commands.conduct import (
    Basis,
    correct_conduct,
    record_entry,
    return_entry,
    verify_entry,
    withdraw_entry,
)
from app.commands.evaluations import propose_evaluations
from app.commands.leads import close_lead, register_lead
from app.commands.ledger import AlreadyDone
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.files import file_view
from app.queries.home import WaitingFor, home
from app.queries.verification import verify
from app.rules.grading.case import NotCounted, year
from app.rules.inputs import NewLead
from models.types import Capacity, Day, EntryStatus, LeadStatus, Points, Role, Uid, new_uid
from tests.offices import TestOffice, entry, object_to, revoked

BASIS = Basis("泽政服人〔2025〕60号", Day(20251201), "原决定被撤销")


def recorded(office: TestOffice, **more: object) -> Uid:
    return office.as_("officer").do(record_entry, entry(**more)).uids[0]


def status_of(office: TestOffice, staff_no: str = "0003") -> list[EntryStatus]:
    return [row.status for row in office.as_("officer").ask(file_view, staff_no, year(2025)).entries]


def test_an_entry_takes_effect_when_a_second_person_verifies_it(office: TestOffice) -> None:
    uid = recorded(office)
    assert status_of(office) == [EntryStatus.SUBMITTED]
    office.as_("verifier").do(verify_entry, uid)
    assert status_of(office) == [EntryStatus.EFFECTIVE]
    assert not office.as_("officer").ask(verify).findings


def test_whoever_may_not_verify_cannot(office: TestOffice) -> None:
    uid = recorded(office)
    for login in ("officer", "head"):
        with pytest.raises(NotAllowed):
            office.as_(login).do(verify_entry, uid)
    assert status_of(office) == [EntryStatus.SUBMITTED]


def test_whoever_recorded_an_entry_neither_verifies_nor_returns_it_whatever_the_roles(
    office: TestOffice,
) -> None:
    office.as_("officer").do(grant_role, "officer", Role.VERIFIER)
    uid = recorded(office)
    for refused in (
        lambda: office.as_("officer").do(verify_entry, uid),
        lambda: office.as_("officer").do(return_entry, uid, "文号与原件不符"),
    ):
        with pytest.raises(NotAllowed, match="Someone else"):
            refused()
    assert status_of(office) == [EntryStatus.SUBMITTED]


def test_nobody_verifies_in_the_own_file(office: TestOffice) -> None:
    office.as_("officer").do(link_account, "verifier", "0003")
    uid = recorded(office)
    with pytest.raises(NotAllowed, match="own file"):
        office.as_("verifier").do(verify_entry, uid)
    assert status_of(office) == [EntryStatus.SUBMITTED]


def test_an_entry_is_verified_once(office: TestOffice) -> None:
    uid = recorded(office)
    office.as_("verifier").do(verify_entry, uid)
    with pytest.raises(Conflict):
        office.as_("verifier").do(verify_entry, uid)


def test_a_returned_entry_keeps_the_reason(office: TestOffice) -> None:
    uid = recorded(office)
    with pytest.raises(Invalid):
        office.as_("verifier").do(return_entry, uid, "  ")
    office.as_("verifier").do(return_entry, uid, "文号与原件不符")
    view = office.as_("officer").ask(file_view, "0003", year(2025))
    assert view.entries[0].status is EntryStatus.RETURNED
    assert view.entries[0].status_reason == "文号与原件不符"


def test_a_disputed_entry_counts_on_and_is_marked(office: TestOffice) -> None:
    uid = recorded(office)
    office.as_("verifier").do(verify_entry, uid)
    object_to(office, uid)
    line = office.as_("officer").ask(file_view, "0003", year(2025)).lines[uid]
    assert (line.disputed, line.reason, line.points) == (True, None, 5000)


def test_a_revoked_entry_stays_but_no_longer_counts(office: TestOffice) -> None:
    uid = recorded(office)
    office.as_("verifier").do(verify_entry, uid)
    with pytest.raises(Invalid):
        revoked(office, uid, Basis("", Day(20251201), "撤销"))
    revoked(office, uid, BASIS)
    view = office.as_("officer").ask(file_view, "0003", year(2025))
    assert view.lines[uid].points == 0
    assert [row.kind for row in view.history] == [
        "entry_revoked",
        "revocation_confirmed",
        "revocation_proposed",
        "entry_verified",
        "entry_submitted",
        "file_opened",
    ]
    assert not office.as_("officer").ask(verify).findings


def test_nobody_records_in_the_own_file(office: TestOffice) -> None:
    from app.commands.accounts import grant_role
    from models.types import Role

    office.as_("officer").do(grant_role, "head", Role.PERSONNEL_OFFICER)
    with pytest.raises(NotAllowed):
        office.as_("head").do(record_entry, entry("0002"))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"staff_no": "9999"}, "staff_no"),
        ({"item": "no.such"}, "item"),
        ({"decided_on": Day(20250101)}, "decided_on"),
        ({"occurred_on": Day(20261231), "decided_on": None}, "occurred_on"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(office: TestOffice, more: dict, field: str) -> None:
    with pytest.raises((Invalid, NotFound)) as refusal:
        office.as_("officer").do(record_entry, entry(**more))
    assert refusal.value.field == field
    assert status_of(office) == []


def test_a_retry_of_one_command_does_nothing(office: TestOffice) -> None:
    name = new_uid()
    office.as_("officer").do(record_entry, entry(), uid=name)
    with pytest.raises(AlreadyDone):
        office.as_("officer").do(record_entry, entry(), uid=name)
    assert len(status_of(office)) == 1


def returned(office: TestOffice, **more: object) -> Uid:
    uid = recorded(office, **more)
    office.as_("verifier").do(return_entry, uid, "文号与原件不符")
    return uid


def test_a_returned_entry_is_recorded_again_once_and_the_two_know_each_other(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), returned(office)
    again = officer.do(record_entry, entry(), instead_of=uid).uids[0]
    rows = {row.uid: row for row in officer.ask(file_view, "0003", year(2025)).entries}
    assert (rows[uid].status, rows[uid].again) == (EntryStatus.RETURNED, again)
    assert (rows[again].status, rows[again].instead_of) == (EntryStatus.SUBMITTED, uid)
    assert not [one for one in officer.ask(home).waiting if one.kind is WaitingFor.CORRECT]
    for act in (
        lambda: officer.do(record_entry, entry(), instead_of=uid),
        lambda: officer.do(withdraw_entry, uid, "不属实"),
    ):
        with pytest.raises(Conflict, match="meanwhile"):
            act()
    assert not officer.ask(verify).findings


def test_only_a_returned_entry_of_the_same_file_is_recorded_again(office: TestOffice) -> None:
    uid, waiting = returned(office), recorded(office)
    for new, instead_of in ((entry("0004"), uid), (entry(), waiting)):
        with pytest.raises(Conflict):
            office.as_("officer").do(record_entry, new, instead_of=instead_of)


def test_an_entry_recorded_again_keeps_its_lead(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    lead = officer.do(register_lead, NewLead("0003", Day(20251201), "无人接听")).uids[0]
    officer.do(close_lead, lead, LeadStatus.SUBSTANTIATED, Day(20251210), "属实")
    first = officer.do(record_entry, entry(), lead).uids[0]
    embedded.as_("verifier").do(return_entry, first, "文号与原件不符")
    officer.do(record_entry, entry(), instead_of=first)
    assert {row.lead for row in officer.ask(file_view, "0003", year(2025)).entries} == {lead}
    assert {row.lead for row in embedded.as_("head").ask(file_view, "0003", year(2025)).entries} == {None}


def test_a_returned_entry_may_be_withdrawn_with_a_reason_and_never_counts(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), returned(office)
    with pytest.raises(Invalid):
        officer.do(withdraw_entry, uid, " ")
    for login in ("verifier", "head"):
        with pytest.raises(NotAllowed):
            office.as_(login).do(withdraw_entry, uid, "不属实")
    officer.do(withdraw_entry, uid, "不属实")
    view = officer.ask(file_view, "0003", year(2025))
    assert (view.entries[0].status, view.entries[0].status_reason) == (EntryStatus.WITHDRAWN, "不属实")
    assert (view.lines[uid].points, view.lines[uid].reason) == (0, NotCounted.WITHDRAWN)
    assert view.history[0].kind == "entry_withdrawn"
    assert not [one for one in officer.ask(home).waiting if one.kind is WaitingFor.CORRECT]
    with pytest.raises(Conflict):
        officer.do(withdraw_entry, uid, "不属实")
    assert not officer.ask(verify).findings


def test_what_came_back_and_is_withdrawn_makes_no_grade_stale(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    officer.do(propose_evaluations, year(2025))
    officer.do(withdraw_entry, returned(embedded), "不属实")
    (evaluation,) = officer.ask(file_view, "0003", year(2025)).evaluations
    assert not evaluation.stale


@pytest.mark.parametrize(("on", "sentence"), [(20250309, "before the entry"), (20251219, "still to come")])
def test_a_document_about_an_entry_comes_after_it(embedded: TestOffice, on: int, sentence: str) -> None:
    uid = recorded(embedded)
    embedded.as_("verifier").do(verify_entry, uid)
    with pytest.raises(Invalid, match=sentence) as refusal:
        revoked(embedded, uid, replace(BASIS, on=Day(on)))
    assert refusal.value.field == "on"


HONOURED = {
    "quantity": 12_500,
    "given_points": Points(3500),
    "given_reason": "牵头完成，经党组会议研究",
    "capacity": Capacity.HEAD,
    "authors": 3,
}
PUT_RIGHT = Basis("泽财收〔2025〕9号", Day(20251110), "多领补贴已全部退回")


def wrong(office: TestOffice) -> Uid:
    """A wrong on file that counts."""
    uid = recorded(office, item="duty.absent")
    office.as_("verifier").do(verify_entry, uid)
    return uid


def test_what_a_standard_asks_of_an_entry_is_kept_and_proved(office: TestOffice) -> None:
    recorded(office, **HONOURED)
    (row,) = office.as_("officer").ask(file_view, "0003", year(2025)).entries
    assert {name: getattr(row, name) for name in HONOURED} == HONOURED
    assert not office.as_("officer").ask(verify).findings


def test_a_head_answers_for_the_unit_only_by_a_decision(embedded: TestOffice) -> None:
    with pytest.raises(Invalid, match="personal responsibility") as refusal:
        recorded(embedded, item="duty.absent", capacity=Capacity.HEAD, document_no="")
    assert refusal.value.field == "document_no"
    recorded(embedded, item="duty.absent", capacity=Capacity.HEAD)
    recorded(embedded, capacity=Capacity.HEAD, document_no="")  # an honour takes nothing from anyone


def test_a_wrong_that_was_put_right_is_marked_and_the_record_stays(office: TestOffice) -> None:
    uid = wrong(office)
    before = office.as_("officer").ask(file_view, "0003", year(2025)).head.content_version
    changes = office.as_("officer").do(correct_conduct, uid, PUT_RIGHT)
    view = office.as_("officer").ask(file_view, "0003", year(2025))
    (row,) = view.entries
    assert changes.uids == (uid,) and row.status is EntryStatus.EFFECTIVE
    said = (row.corrected_document, row.corrected_on, row.corrected_reason)
    assert said == (PUT_RIGHT.document_no, PUT_RIGHT.on, PUT_RIGHT.reason)
    assert view.history[0].kind == "entry_corrected_conduct" and view.history[0].subject == uid
    assert view.head.content_version == before + 1
    assert not office.as_("officer").ask(verify).findings


def test_a_wrong_is_corrected_once(office: TestOffice) -> None:
    uid = wrong(office)
    office.as_("officer").do(correct_conduct, uid, PUT_RIGHT)
    with pytest.raises(Conflict, match="on file already, of 2025-11-10"):
        office.as_("officer").do(correct_conduct, uid, PUT_RIGHT)


def test_only_a_wrong_in_force_is_corrected(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    good, waiting = recorded(embedded), recorded(embedded, item="duty.absent")
    embedded.as_("verifier").do(verify_entry, good)
    with pytest.raises(Invalid, match="something good"):
        officer.do(correct_conduct, good, PUT_RIGHT)
    with pytest.raises(Conflict):
        officer.do(correct_conduct, waiting, PUT_RIGHT)
    disputed = wrong(embedded)
    object_to(embedded, disputed)
    officer.do(correct_conduct, disputed, PUT_RIGHT)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"document_no": ""}, "document_no", "proves the correction"),
        ({"document_no": "号" * 201}, "document_no", "longer than 200"),
        ({"on": Day(20250309)}, "on", r"before it is decided about \(2025-03-10\)"),
        ({"on": Day(20251219)}, "on", "still to come"),
        ({"reason": " "}, "reason", "in a sentence"),
    ],
)
def test_a_correction_is_refused_beside_its_field(
    embedded: TestOffice, change: dict[str, object], field: str, sentence: str
) -> None:
    uid = wrong(embedded)
    with pytest.raises(Invalid, match=sentence) as refusal:
        embedded.as_("officer").do(correct_conduct, uid, replace(PUT_RIGHT, **change))  # type: ignore[arg-type]
    assert refusal.value.field == field
    (row,) = embedded.as_("officer").ask(file_view, "0003", year(2025)).entries
    assert row.corrected_on is None


def test_who_does_not_keep_files_or_keeps_the_own_corrects_nothing(embedded: TestOffice) -> None:
    uid = wrong(embedded)
    with pytest.raises(NotAllowed):
        embedded.as_("verifier").do(correct_conduct, uid, PUT_RIGHT)
    embedded.as_("officer").do(link_account, "officer", "0003")
    with pytest.raises(NotAllowed, match="own file"):
        embedded.as_("officer").do(correct_conduct, uid, PUT_RIGHT)
