"""A person's service: moved inside, closed, come back, with what is open told and the file going along."""

import time

import pytest
from sqlalchemy import select

from app.commands.conduct import (
    Basis,
    record_entry,
    return_entry,
    verify_entry,
)
from app.commands.erasures import Order, order_erasure
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.leads import register_lead
from app.commands.moving import OWNED
from app.commands.people import add_person
from app.commands.service import Posting, begin_state, close_file, end_state, reopen_file, transfer_person
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.cases import Whose
from app.queries.evaluations import inbox
from app.queries.files import file_head, file_view
from app.queries.matters import Open, open_matters
from app.queries.people import PeopleFilter, people_ids
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import NewLead, NewPerson
from models.types import Day, EntryStatus, Leaving, ServiceState, Uid
from tests.offices import OFFICE, TODAY, WINDOW, TestOffice, entry, object_to, revoked
from tests.refusals import refused

ORDER = Basis("泽政服人〔2025〕60号", Day(20251201), "")
PERIOD = year(2025)


def proven(office: TestOffice) -> bool:
    return office.as_("officer").ask(verify).findings == ()


@pytest.fixture
def full(office: TestOffice) -> Uid:
    """A file with an entry in force, one to verify, a lead and a grade to be decided."""
    officer = office.as_("officer")
    first = officer.do(record_entry, entry()).uids[0]
    office.as_("verifier").do(verify_entry, first)
    officer.do(record_entry, entry(document_no="泽政服人〔2025〕46号"))
    officer.do(register_lead, NewLead("0003", TODAY, "窗口无人"))
    officer.do(propose_evaluations, PERIOD, whose=Whose(staff_no="0003"))
    return first


def test_a_person_moves_and_the_file_is_seen_by_the_new_head_only(office: TestOffice, full: Uid) -> None:
    officer = office.as_("officer")
    assert office.as_("head").ask(file_head, "0003").department_id == WINDOW
    object_to(office, full)
    officer.do(order_erasure, full, Order("哈政复〔2025〕8号", TODAY, "市政府", "事实不清"))
    officer.do(transfer_person, "0003", Posting("办公室", "副主任", "四级主任科员"), ORDER)
    head = office.as_("other_head").ask(file_head, "0003")
    assert (head.department, head.post, head.rank) == ("办公室", "副主任", "四级主任科员")
    with pytest.raises(NotFound):
        office.as_("head").ask(file_head, "0003")
    with office.database.read() as session:
        for table in OWNED:
            owners = set(session.execute(select(table.department_id)).scalars())
            assert owners == {OFFICE}
    assert [row.staff_no for row in office.as_("other_head").ask(inbox)] == ["0003"]
    assert office.as_("head").ask(inbox) == []
    newest = officer.ask(file_view, "0003", PERIOD).history[0]
    told = {one.field: one.after for one in newest.changes}
    assert newest.kind == "person_moved" and told["changed_document"] == ORDER.document_no
    assert told["changed_on"] == ORDER.on and proven(office)


def test_what_is_open_is_told_before(office: TestOffice, full: Uid) -> None:
    officer = office.as_("officer")
    found = officer.ask(open_matters, "0003")
    assert [(one.kind, one.number) for one in found] == [
        (Open.TO_VERIFY, 1),
        (Open.LEADS, 1),
        (Open.TO_DECIDE, 1),
    ]
    assert found[0].words == "1 entry waits for verification"
    assert Open.LEADS not in [one.kind for one in office.as_("head").ask(open_matters, "0003")]
    assert [one.kind for one in officer.ask(open_matters, "0002")] == [Open.ROLES]
    assert officer.ask(open_matters, "0004") == ()


def test_a_post_may_be_taken_away_and_nothing_new_is_refused(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(transfer_person, "0003", Posting(post=""), ORDER)
    head = officer.ask(file_head, "0003")
    assert (head.post, head.department) == ("", "审批一科")
    assert officer.ask(file_view, "0003", PERIOD).history[0].kind == "person_posted"
    with refused(Invalid, match="Nothing would change"):
        officer.do(transfer_person, "0003", Posting("审批一科", ""), ORDER)
    with refused(Invalid, match="not come yet") as refusal:
        officer.do(transfer_person, "0003", Posting("办公室"), Basis("1号", Day(20251219), ""))
    assert refusal.value.field == "on"
    with refused(Invalid, match="before 2015-03-01"):
        officer.do(transfer_person, "0003", Posting("办公室"), Basis("1号", Day(20140101), ""))
    with pytest.raises(NotAllowed):
        office.as_("head").do(transfer_person, "0003", Posting("办公室"), ORDER)


def test_three_hundred_entries_move_in_a_moment(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    for number in range(300):
        officer.do(record_entry, entry(document_no=f"{number}号"))
    begun = time.perf_counter()
    officer.do(transfer_person, "0003", Posting("办公室"), ORDER)
    assert time.perf_counter() - begun < 0.5


def test_a_closed_file_takes_nothing_new_but_objections_and_corrections(
    office: TestOffice, full: Uid
) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    waiting = next(
        one.uid for one in officer.ask(file_view, "0003", PERIOD).entries if one.status == "submitted"
    )
    officer.do(close_file, "0003", Leaving.RETIRED, ORDER)
    head = officer.ask(file_head, "0003")
    assert (head.left_on, head.leaving) == (ORDER.on, Leaving.RETIRED)
    assert len(officer.ask(people_ids, PeopleFilter())) == 4
    for refusing in (
        lambda: officer.do(record_entry, entry(document_no="9号")),
        lambda: officer.do(register_lead, NewLead("0003", TODAY, "窗口无人")),
    ):
        with refused(Conflict, match="closed on 2025-12-01"):
            refusing()
    verifier.do(return_entry, waiting, "日期不符")
    officer.do(record_entry, entry(document_no="泽政服人〔2025〕46号"), instead_of=waiting)
    officer.do(add_evidence, full, NewEvidence("决定", b"x"))
    object_to(office, full)
    revoked(office, full, Basis("撤〔2025〕1号", TODAY, "撤销"))
    with refused(Conflict, match="closed on"):
        officer.do(close_file, "0003", Leaving.DIED, ORDER)
    with refused(Conflict, match="Reopen it first"):
        officer.do(transfer_person, "0003", Posting("办公室"), ORDER)
    assert proven(office)


def test_a_person_who_comes_back_has_the_same_file(office: TestOffice, full: Uid) -> None:
    officer = office.as_("officer")
    number = officer.ask(file_head, "0003").number
    back = Basis("泽政服人〔2025〕70号", Day(20251210), "调回")
    with refused(Conflict, match="is open"):
        officer.do(reopen_file, "0003", Posting(), back)
    officer.do(close_file, "0003", Leaving.RESIGNED, ORDER)
    with refused(Invalid, match="before 2025-12-01"):
        officer.do(reopen_file, "0003", Posting(), Basis("1号", Day(20251130), "调回"))
    with refused(Invalid, match="reason"):
        officer.do(reopen_file, "0003", Posting(), Basis("1号", Day(20251210), " "))
    officer.do(reopen_file, "0003", Posting("办公室", "科员"), back)
    head = officer.ask(file_head, "0003")
    assert (head.number, head.left_on, head.leaving, head.department) == (number, None, None, "办公室")
    assert head.joined_on == back.on
    officer.do(record_entry, entry(document_no="9号"))
    assert len(officer.ask(file_view, "0003", PERIOD).entries) == 3 and proven(office)


def test_a_file_closed_in_error_is_opened_again_as_if_nothing_had_been(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    before = officer.ask(file_head, "0003")
    officer.do(close_file, "0003", Leaving.DIED, ORDER)
    officer.do(reopen_file, "0003", Posting(), Basis("1号", ORDER.on, "误登"))
    after = officer.ask(file_head, "0003")
    assert (after.joined_on, after.left_on, after.post) == (before.joined_on, None, before.post)


def test_states_begin_and_end_with_their_documents(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(begin_state, "0003", ServiceState.SECONDED, None, ORDER)
    with refused(Conflict, match="runs already") as refusal:
        officer.do(begin_state, "0003", ServiceState.SECONDED, None, Basis("2号", TODAY, ""))
    assert refusal.value.field == "state"
    with refused(Invalid, match="before it begins") as wrong:
        officer.do(begin_state, "0003", ServiceState.AID, Day(20251101), ORDER)
    assert wrong.value.field == "until"
    with refused(Invalid, match="before 2025-12-01"):
        officer.do(end_state, "0003", ServiceState.SECONDED, Basis("3号", Day(20251130), ""))
    officer.do(end_state, "0003", ServiceState.SECONDED, Basis("3号", Day(20251215), ""))
    with refused(NotFound, match="Nothing of the kind"):
        officer.do(end_state, "0003", ServiceState.SECONDED, Basis("3号", TODAY, ""))
    view = officer.ask(file_view, "0003", PERIOD)
    assert view.states == ((ServiceState.SECONDED, Day(20251201), Day(20251215)),)
    assert [row.kind for row in view.history[:2]] == ["state_ended", "state_set"] and proven(office)


def test_nobody_moves_or_closes_the_own_file(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(add_person, NewPerson("0015", "张三", "办公室"))
    from app.commands.accounts import link_account

    officer.do(link_account, "officer", "0015")
    officer = office.as_("officer")
    for refusing in (
        lambda: officer.do(transfer_person, "0015", Posting("审批一科"), ORDER),
        lambda: officer.do(close_file, "0015", Leaving.RETIRED, ORDER),
    ):
        with pytest.raises(NotAllowed, match="own file"):
            refusing()


def test_an_entry_of_a_moved_person_is_decided_where_the_person_serves_now(
    office: TestOffice, full: Uid
) -> None:
    officer = office.as_("officer")
    officer.do(transfer_person, "0003", Posting("办公室"), ORDER)
    (row,) = office.as_("other_head").ask(inbox)
    with pytest.raises(NotAllowed):
        office.as_("head").do(approve_evaluation, row.uid)
    office.as_("other_head").do(approve_evaluation, row.uid)
    assert officer.ask(file_view, "0003", PERIOD).entries[0].status is not EntryStatus.REVOKED
