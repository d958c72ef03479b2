"""The history of a file with what each event changed, and the file as it stood on an earlier day."""

import pytest

from app.commands.conduct import Basis, record_entry, return_entry, verify_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.leads import close_lead, register_lead
from app.commands.objections import Ruling, decide_objection
from app.commands.people import change_person
from app.errors import NotFound
from app.queries.as_of import file_as_of
from app.queries.cases import Whose
from app.queries.files import FileView, file_view
from app.queries.history import FieldChange
from app.rules.grading.case import year
from app.rules.inputs import NewLead, NewPerson
from models.types import Day, EntryStatus, LeadStatus, Target, Uid
from tests.offices import TODAY, TestOffice, entry, object_to, revoked
from tests.refusals import refused

PERIOD = year(2025)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (Day(20251222 + n) for n in range(4))


def now(office: TestOffice, login: str = "officer") -> FileView:
    return office.as_(login).ask(file_view, "0003", PERIOD)


def then(office: TestOffice, day: Day, login: str = "officer") -> FileView:
    return office.as_(login).ask(file_as_of, "0003", PERIOD, day)


@pytest.fixture
def lived(office: TestOffice) -> Uid:
    """A file with something of everything, over four days; the uid of its first entry."""
    officer, verifier = office.as_("officer"), office.as_("verifier")
    office.clock.day = MONDAY
    first = officer.do(record_entry, entry(facts="初稿")).uids[0]
    second = officer.do(record_entry, entry(document_no="泽政服人〔2025〕46号")).uids[0]
    third = officer.do(record_entry, entry(document_no="泽政服人〔2025〕47号")).uids[0]
    lead = officer.do(register_lead, NewLead("0003", MONDAY, "窗口无人", due_on=THURSDAY)).uids[0]
    office.clock.day = TUESDAY
    verifier.do(verify_entry, first)
    verifier.do(verify_entry, third)
    verifier.do(return_entry, second, "与原件不符")
    officer.do(close_lead, lead, LeadStatus.UNSUBSTANTIATED, TUESDAY, "不属实")
    officer.do(propose_evaluations, PERIOD, whose=Whose(staff_no="0003"))
    office.clock.day = WEDNESDAY
    (proposed,) = now(office).evaluations
    office.as_("head").do(approve_evaluation, proposed.uid)
    object_to(office, third, WEDNESDAY)
    object_to(office, proposed.uid, WEDNESDAY, Target.EVALUATION)
    officer.do(change_person, NewPerson("0003", "王丽", "办公室", rank="四级主任科员"))
    office.clock.day = THURSDAY
    revoked(office, first, Basis("泽政服人〔2025〕99号", THURSDAY, "表彰被撤销"))
    (objection,) = (one.uid for one in now(office).objections if one.target == third)
    office.as_("reviewer").do(decide_objection, objection, Ruling(True, THURSDAY, "异〔2025〕1号", "不实"))
    return first


def without_today(view: FileView) -> FileView:
    """Whether a grade is stale, and who may decide on an objection, is known of today alone."""
    return view._replace(
        as_of=None,
        evaluations=tuple(one._replace(stale=False) for one in view.evaluations),
        objections=tuple(one._replace(why_not="") for one in view.objections),
    )


@pytest.mark.parametrize("login", ["officer", "leader"])
def test_the_file_as_of_today_is_the_file(office: TestOffice, lived: Uid, login: str) -> None:
    assert without_today(then(office, THURSDAY, login)) == without_today(now(office, login))


def test_the_file_stands_as_it_did_on_each_day(office: TestOffice, lived: Uid) -> None:
    found = [then(office, day) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)]
    stood = [next(one for one in view.entries if one.uid == lived).status for view in found]
    assert stood == [
        EntryStatus.SUBMITTED,
        EntryStatus.EFFECTIVE,
        EntryStatus.EFFECTIVE,
        EntryStatus.REVOKED,
    ]
    assert [view.grade.score for view in found if view.grade] == [100_000, 110_000, 110_000, 105_000]
    assert [[one.status for one in view.evaluations] for view in found] == [
        [],
        ["submitted"],
        ["approved"],
        ["approved"],
    ]
    assert [len(one.approvals) for view in found for one in view.evaluations] == [0, 1, 1]
    assert [view.leads[0].status for view in found] == ["open", *["unsubstantiated"] * 3]
    assert [(view.head.department, view.head.rank) for view in found[1:3]] == [
        ("审批一科", ""),
        ("办公室", "四级主任科员"),
    ]
    assert [view.history[0].seq for view in found] == sorted({view.history[0].seq for view in found})
    assert [[one.status for one in view.objections] for view in found] == [
        [],
        [],
        ["open", "open"],
        ["open", "upheld"],
    ]
    assert [any(one.disputed for one in view.evaluations) for view in found] == [False, False, True, True]
    assert [one.left for one in found[2].objections] == [7, 7]
    assert [view.as_of for view in found] == [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]


def test_a_day_before_the_file_was_opened_shows_nothing(office: TestOffice, lived: Uid) -> None:
    with refused(NotFound, match="opened later") as refusal:
        then(office, Day(20251217))
    assert refusal.value.field == "as_of" and then(office, TODAY).entries == ()


def test_leads_of_earlier_days_are_for_who_keeps_files(office: TestOffice, lived: Uid) -> None:
    view = then(office, TUESDAY, "leader")
    assert view.leads == () and not any(row.record == "lead" for row in view.history)


def test_every_event_says_what_it_changed(office: TestOffice, lived: Uid) -> None:
    told = {row.kind: row for row in reversed(now(office).history) if row.subject == lived}
    assert list(told) == ["entry_submitted", "entry_verified", "entry_revoked"]
    assert FieldChange("facts", None, "初稿") in told["entry_submitted"].changes
    verified = {one.field: (one.before, one.after) for one in told["entry_verified"].changes}
    assert verified.keys() == {"status", "verified_by"} and verified["status"] == ("submitted", "effective")
    revoked = {one.field: one.after for one in told["entry_revoked"].changes}
    assert revoked == {
        "status": "revoked",
        "status_document": "泽政服人〔2025〕99号",
        "status_on": THURSDAY,
        "status_reason": "表彰被撤销",
    }


def test_every_event_says_of_which_kind_of_record_it_tells(office: TestOffice, lived: Uid) -> None:
    found = {(row.kind, row.record) for row in now(office).history}
    assert {
        ("file_opened", "file"),
        ("person_changed", "file"),
        ("lead_closed", "lead"),
        ("evaluation_approved", "evaluation"),
        ("evaluation_approved", "approval"),
    } <= found
