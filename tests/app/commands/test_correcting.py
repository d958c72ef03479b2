"""A record that is wrong: corrected by another one, or revoked by two; and the grades that rested on it."""

from dataclasses import replace

import pytest

from app.commands.accounts import grant_role
from app.commands.conduct import (
    Basis,
    correct_entry,
    record_entry,
    return_entry,
    verify_entry,
    withdraw_entry,
)
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.hearing import Delivered, conclude_hearing, deliver_notice, issue_notice
from app.commands.revoking import (
    confirm_revocation,
    lift_sanction,
    propose_revocation,
    refuse_revocation,
)
from app.commands.undoing import undo
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.as_of import file_as_of
from app.queries.entries import to_verify
from app.queries.files import EntryRow, FileView, file_view
from app.queries.home import WaitingFor, home
from app.queries.verification import verify
from app.rules.grading.case import year
from models.ledger import Command
from models.types import Day, Delivery, EntryStatus, Role, Uid
from tests.offices import TODAY, TestOffice, entry, object_to
from tests.refusals import refused

WRONG = {"item": "service.overdue", "document_no": "督〔2025〕3号", "facts": "超时三日"}
RIGHT = entry(**{**WRONG, "facts": "超时一日", "item": "service.not_told_once"})
WHY = "超时天数登记有误"
BASIS = Basis("泽政服人〔2025〕60号", Day(20251201), "原决定被撤销")


def verified(office: TestOffice, **more: object) -> Uid:
    uid = office.as_("officer").do(record_entry, entry(**{**WRONG, **more})).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def corrected(office: TestOffice, uid: Uid) -> Uid:
    return office.as_("officer").do(correct_entry, uid, RIGHT, WHY).uids[0]


def view(office: TestOffice) -> FileView:
    return office.as_("officer").ask(file_view, "0003", year(2025))


def the(office: TestOffice, uid: Uid) -> EntryRow:
    return next(row for row in view(office).entries if row.uid == uid)


def approved(office: TestOffice) -> None:
    office.as_("officer").do(propose_evaluations, year(2025))
    (evaluation,) = view(office).evaluations
    office.as_("head").do(approve_evaluation, evaluation.uid)


def to_do(office: TestOffice, login: str = "officer") -> list[WaitingFor]:
    return [one.kind for one in office.as_(login).ask(home).waiting]


def last(office: TestOffice) -> Uid:
    with office.database.read() as session:
        return Uid(session.query(Command.uid).order_by(Command.id.desc()).limit(1).scalar() or "")


def test_the_wrong_entry_counts_until_the_correction_is_verified_and_both_point_at_each_other(
    office: TestOffice,
) -> None:
    old = verified(office)
    new = corrected(office, old)
    assert (the(office, old).status, the(office, new).status) == (
        EntryStatus.EFFECTIVE,
        EntryStatus.SUBMITTED,
    )
    assert view(office).lines[old].points < 0
    office.as_("verifier").do(verify_entry, new)
    before, after = the(office, old), the(office, new)
    assert (before.status, after.status) == (EntryStatus.SUPERSEDED, EntryStatus.EFFECTIVE)
    assert (before.again, after.instead_of, after.supersedes_reason) == (new, old, WHY)
    assert (before.status_reason, before.status_on, before.status_document) == (WHY, TODAY, "督〔2025〕3号")
    assert view(office).lines[old].points == 0 and view(office).lines[new].points < 0
    kinds = [row.kind for row in view(office).history[:2]]
    assert kinds == ["entry_superseded", "entry_verified"]
    assert view(office).history[0].command == view(office).history[1].command
    assert not office.as_("officer").ask(verify).findings


def test_a_correction_is_verified_by_someone_else_and_one_at_a_time(office: TestOffice) -> None:
    old = verified(office)
    new = corrected(office, old)
    with refused(Conflict, match="under way"):
        corrected(office, old)
    office.as_("officer").do(grant_role, "officer", Role.VERIFIER)
    with refused(NotAllowed, match="Someone else"):
        office.as_("officer").do(verify_entry, new)
    with refused(Invalid, match="reason"):
        office.as_("officer").do(correct_entry, old, RIGHT, "  ")


def test_a_correction_that_came_back_is_recorded_again_or_given_up(office: TestOffice) -> None:
    old = verified(office)
    first = corrected(office, old)
    office.as_("verifier").do(return_entry, first, "日期不符")
    with refused(Conflict, match="under way"):
        corrected(office, old)
    second = office.as_("officer").do(record_entry, RIGHT, instead_of=first).uids[0]
    assert the(office, old).again == second and the(office, second).supersedes_reason == WHY
    office.as_("verifier").do(verify_entry, second)
    assert the(office, old).status is EntryStatus.SUPERSEDED


def test_a_correction_that_was_given_up_leaves_the_entry_as_it_was(office: TestOffice) -> None:
    old = verified(office)
    first = corrected(office, old)
    office.as_("verifier").do(return_entry, first, "无须更正")
    office.as_("officer").do(withdraw_entry, first, "无须更正")
    assert the(office, old).status is EntryStatus.EFFECTIVE and the(office, old).again is None
    assert corrected(office, old)


def test_what_is_not_in_force_is_not_corrected(office: TestOffice) -> None:
    waits = office.as_("officer").do(record_entry, entry(**WRONG)).uids[0]
    with refused(Conflict, match="in force"):
        corrected(office, waits)
    office.as_("verifier").do(verify_entry, waits)
    with refused(Conflict, match="in force"):
        office.as_("officer").do(correct_entry, waits, RIGHT._replace(staff_no="0004"), WHY)


def test_an_entry_revoked_meanwhile_is_corrected_no_more(office: TestOffice) -> None:
    old = verified(office)
    new = corrected(office, old)
    office.as_("officer").do(propose_revocation, old, BASIS)
    office.as_("verifier").do(confirm_revocation, old)
    with refused(Conflict, match="not in force any more"):
        office.as_("verifier").do(verify_entry, new)
    assert the(office, new).status is EntryStatus.SUBMITTED
    office.as_("verifier").do(return_entry, new, "原记录已撤销")


def test_a_correction_that_nobody_decided_is_heard_first_and_the_old_one_counts_until_then(
    office: TestOffice,
) -> None:
    old = verified(office)
    undecided = RIGHT._replace(decided_on=None, document_no="")
    new = office.as_("officer").do(correct_entry, old, undecided, WHY).uids[0]
    office.as_("verifier").do(verify_entry, new)
    assert (the(office, old).status, the(office, new).status) == (
        EntryStatus.EFFECTIVE,
        EntryStatus.HEARING,
    )
    office.as_("officer").do(issue_notice, new, "告1", TODAY)
    office.as_("officer").do(deliver_notice, new, Delivered(TODAY, Delivery.SIGNED))
    office.clock.day = Day(20251226)
    office.as_("verifier").do(conclude_hearing, new, "无陈述")
    assert (the(office, old).status, the(office, new).status) == (
        EntryStatus.SUPERSEDED,
        EntryStatus.EFFECTIVE,
    )


def test_evidence_stays_with_its_entry_and_is_shown_with_the_correction_too(office: TestOffice) -> None:
    old = verified(office)
    office.as_("officer").do(add_evidence, old, NewEvidence("核查表", place="柜3"))
    new = corrected(office, old)
    office.as_("officer").do(add_evidence, new, NewEvidence("系统日志", b"log"))
    found = view(office).evidence_of(the(office, new))
    assert [(one.title, one.entry == new) for one in found] == [("系统日志", True), ("核查表", False)]
    (waits,) = office.as_("verifier").ask(to_verify)
    assert [one.title for one in waits.evidence] == ["系统日志", "核查表"]


@pytest.mark.parametrize("way", ["corrected", "revoked", "lifted"])
def test_an_approved_grade_is_marked_where_its_entries_changed(office: TestOffice, way: str) -> None:
    item = "sanction.warning" if way == "lifted" else "service.overdue"
    old = verified(office, item=item)
    approved(office)
    assert WaitingFor.CHANGED not in to_do(office)
    if way == "corrected":
        new = corrected(office, old)
        assert not view(office).evaluations[0].stale  # nothing counts otherwise yet
        office.as_("verifier").do(verify_entry, new)
    elif way == "revoked":
        office.as_("officer").do(propose_revocation, old, BASIS)
        assert not view(office).evaluations[0].stale
        office.as_("verifier").do(confirm_revocation, old)
    else:
        office.as_("officer").do(lift_sanction, old, BASIS)
    changes = way != "lifted"  # a lifting bears on promotion, and not on the grade
    assert view(office).evaluations[0].stale is changes
    assert (WaitingFor.CHANGED in to_do(office)) is changes


def test_a_revocation_takes_two(office: TestOffice) -> None:
    uid = verified(office)
    officer, verifier = office.as_("officer"), office.as_("verifier")
    officer.do(propose_revocation, uid, BASIS)
    assert the(office, uid).status is EntryStatus.EFFECTIVE
    assert WaitingFor.REVOKE in to_do(office, "verifier")
    with refused(Conflict, match="already"):
        officer.do(propose_revocation, uid, BASIS)
    with pytest.raises(NotAllowed):
        officer.do(confirm_revocation, uid)
    officer.do(grant_role, "officer", Role.VERIFIER)
    with refused(NotAllowed, match="Someone else"):
        office.as_("officer").do(confirm_revocation, uid)
    assert WaitingFor.REVOKE not in to_do(office)
    verifier.do(confirm_revocation, uid)
    found = the(office, uid)
    assert (found.status, found.status_document, found.status_on, found.status_reason) == (
        EntryStatus.REVOKED,
        *(BASIS.document_no, BASIS.on, BASIS.reason),
    )
    with pytest.raises(Conflict):
        verifier.do(confirm_revocation, uid)
    assert not officer.ask(verify).findings


def test_a_refused_revocation_leaves_the_entry_and_its_reason(office: TestOffice) -> None:
    uid = verified(office)
    office.as_("officer").do(propose_revocation, uid, BASIS)
    with pytest.raises(Invalid):
        office.as_("verifier").do(refuse_revocation, uid, " ")
    office.as_("verifier").do(refuse_revocation, uid, "决定不涉及本事项")
    (proposal,) = view(office).around.revocations
    assert (proposal.refusal, proposal.proposed_by, proposal.verified_by) == (
        "决定不涉及本事项",
        "张三",
        "李四",
    )
    assert the(office, uid).status is EntryStatus.EFFECTIVE
    office.as_("officer").do(propose_revocation, uid, BASIS)
    day = office.as_("officer").ask(file_as_of, "0003", year(2025), TODAY)
    assert day.around == view(office).around


@pytest.mark.parametrize("on", [20250101, 20251219])
def test_the_decision_lies_between_the_entry_and_today(embedded: TestOffice, on: int) -> None:
    uid = verified(embedded)
    for command, basis in ((propose_revocation, BASIS), (lift_sanction, BASIS)):
        item = verified(embedded, item="sanction.warning") if command is lift_sanction else uid
        with pytest.raises(Invalid) as refusal:
            embedded.as_("officer").do(command, item, replace(basis, on=Day(on)))
        assert refusal.value.field == "on"
        with pytest.raises(Invalid) as refusal:
            embedded.as_("officer").do(command, item, replace(basis, document_no=""))
        assert refusal.value.field == "document_no"


def test_a_disputed_entry_is_corrected_too(office: TestOffice) -> None:
    old = verified(office)
    object_to(office, old)
    office.as_("verifier").do(verify_entry, corrected(office, old))
    assert the(office, old).status is EntryStatus.SUPERSEDED


def test_a_verified_correction_is_taken_back_whole(office: TestOffice) -> None:
    old = verified(office)
    new = corrected(office, old)
    before = view(office).entries
    office.as_("verifier").do(verify_entry, new)
    office.as_("verifier").do(undo, last(office))
    assert view(office).entries == before
    assert not office.as_("officer").ask(verify).findings
