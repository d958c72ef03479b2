"""Taking back one's own last action, and why not."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.commands.changes import Changes
from app.commands.conduct import (
    Basis,
    correct_conduct,
    record_entry,
    return_entry,
    verify_entry,
    withdraw_entry,
)
from app.commands.evaluations import approve_evaluation, propose_evaluations, return_evaluation
from app.commands.leads import close_lead, register_lead
from app.commands.revoking import confirm_revocation, propose_revocation, refuse_revocation
from app.commands.undoing import UNDOABLE, undo
from app.context import enter
from app.errors import Conflict, NotAllowed
from app.queries.files import FileView, file_view
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import NewLead
from models.ledger import Command
from models.types import EntryStatus, EvaluationStatus, LeadStatus, Uid
from tests.offices import PASSWORD, TODAY, TestOffice, entry, object_to
from tests.refusals import refused

PERIOD = year(2025)
BASIS = Basis("泽政服人〔2025〕99号", TODAY, "依据")
Acts = dict[str, Callable[[TestOffice, Uid], Changes]]


def last(office: TestOffice) -> Uid:
    """The last command."""
    with office.database.read() as session:
        return Uid(session.execute(select(Command.uid).order_by(Command.id.desc()).limit(1)).scalar_one())


def view(office: TestOffice) -> FileView:
    """The file as it says where everything stands."""
    found = office.as_("officer").ask(file_view, "0003", PERIOD)
    return found._replace(
        head=found.head._replace(content_version=0, chain_seq=0, chain_hash=b""), history=()
    )


def overdue(office: TestOffice, verified: bool = True) -> Uid:
    new = entry(item="service.overdue", facts="超时", channel="complaint")
    uid = office.as_("officer").do(record_entry, new).uids[0]
    if verified:
        office.as_("verifier").do(verify_entry, uid)
    return uid


VERIFIED: Acts = {
    "officer corrects": lambda office, uid: office.as_("officer").do(correct_conduct, uid, BASIS),
}
SUBMITTED: Acts = {
    "verifier verifies": lambda office, uid: office.as_("verifier").do(verify_entry, uid),
    "verifier returns": lambda office, uid: office.as_("verifier").do(return_entry, uid, "不符"),
}


PROPOSED: Acts = {
    "verifier confirms": lambda office, uid: office.as_("verifier").do(confirm_revocation, uid),
    "verifier refuses": lambda office, uid: office.as_("verifier").do(refuse_revocation, uid, "与决定不符"),
}


@pytest.mark.parametrize("act", PROPOSED)
def test_a_revocation_waits_again_as_it_waited(office: TestOffice, act: str) -> None:
    uid = overdue(office)
    office.as_("officer").do(propose_revocation, uid, BASIS)
    before = view(office)
    PROPOSED[act](office, uid)
    assert view(office) != before
    office.as_("verifier").do(undo, last(office))
    assert view(office) == before
    assert not office.as_("officer").ask(verify).findings


@pytest.mark.parametrize("act", [*VERIFIED, *SUBMITTED])
def test_an_entry_stands_again_as_it_stood(office: TestOffice, act: str) -> None:
    uid = overdue(office, verified=act in VERIFIED)
    before = view(office)
    {**VERIFIED, **SUBMITTED}[act](office, uid)
    assert view(office) != before
    office.as_(act.split()[0]).do(undo, last(office))
    assert view(office) == before
    assert not office.as_("officer").ask(verify).findings


def test_an_entry_that_was_disputed_before_is_disputed_again(office: TestOffice) -> None:
    uid = overdue(office)
    object_to(office, uid)
    office.as_("officer").do(propose_revocation, uid, BASIS)
    before = view(office)
    PROPOSED["verifier confirms"](office, uid)
    office.as_("verifier").do(undo, last(office))
    assert view(office) == before and before.entries[0].status is EntryStatus.DISPUTED


def test_a_withdrawal_and_the_outcome_of_a_lead_are_taken_back(office: TestOffice) -> None:
    officer, uid = office.as_("officer"), overdue(office, verified=False)
    office.as_("verifier").do(return_entry, uid, "不符")
    lead = officer.do(register_lead, NewLead("0003", TODAY, "无人值守")).uids[0]
    before = view(office)
    officer.do(withdraw_entry, uid, "不再登记")
    officer.do(undo, last(office))
    officer.do(close_lead, lead, LeadStatus.HANDED_OVER, TODAY, "已转办", "市住建局", "泽政服函〔2025〕9号")
    officer.do(undo, last(office))
    assert view(office) == before
    assert not officer.ask(verify).findings


@pytest.mark.parametrize("decide", [approve_evaluation, return_evaluation])
def test_a_decision_is_taken_back_and_both_stay_on_record(office: TestOffice, decide: object) -> None:
    office.as_("officer").do(propose_evaluations, PERIOD)
    (before,) = view(office).evaluations
    head = office.as_("head")
    head.do(decide, before.uid, "理由")  # type: ignore[arg-type]
    head.do(undo, last(office))
    (after,) = view(office).evaluations
    assert after._replace(approvals=()) == before
    assert [one.decision for one in after.approvals][1:] == [EvaluationStatus.SUBMITTED]
    head.do(approve_evaluation, before.uid)
    assert view(office).evaluations[0].status is EvaluationStatus.APPROVED
    assert not head.ask(verify).findings


def test_only_who_did_it_takes_it_back(office: TestOffice) -> None:
    overdue(office)
    with refused(NotAllowed, match="李四 did this"):
        office.as_("officer").do(undo, last(office))


def test_only_the_last_action_is_taken_back(office: TestOffice) -> None:
    overdue(office)
    first = last(office)
    overdue(office)
    with refused(Conflict, match="something else since"):
        office.as_("verifier").do(undo, first)
    verifier = office.as_("verifier")
    verifier.do(undo, last(office))
    for command in (first, last(office)):
        with refused(Conflict, match="taken back"):
            verifier.do(undo, command)


def test_what_somebody_went_on_from_is_not_taken_back(office: TestOffice) -> None:
    uid = overdue(office)
    verified = last(office)
    object_to(office, uid)
    with refused(Conflict, match="张三 went on from here at 2025-12-18 09:00"):
        office.as_("verifier").do(undo, verified)


def test_what_was_recorded_is_not_taken_back_but_withdrawn(office: TestOffice) -> None:
    overdue(office, verified=False)
    with refused(Conflict, match="Withdraw, correct or revoke"):
        office.as_("officer").do(undo, last(office))


def test_the_seal_of_the_day_is_nobodys_last_action(office: TestOffice) -> None:
    overdue(office)
    verified = last(office)
    enter(office.database, "verifier", PASSWORD).do(undo, verified)
    assert view(office).entries[0].status is EntryStatus.SUBMITTED


def test_what_can_be_taken_back_are_commands_there_are() -> None:
    kinds = {*EntryStatus, *EvaluationStatus}
    ours = {name for name in UNDOABLE if name.partition("_")[0] in ("entry", "evaluation")}
    assert {name.partition("_")[2] for name in ours} <= kinds
