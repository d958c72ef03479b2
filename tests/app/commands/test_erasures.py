"""A lawful erasure: ordered by one, carried out by another, shown for ever, and nothing left to read."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from app.commands.accounts import grant_role
from app.commands.conduct import Basis, record_entry, return_entry, verify_entry
from app.commands.erasures import Order, carry_out_erasure, decline_erasure, order_erasure, set_retention
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.hearing import issue_notice, rebut_entry
from app.commands.objections import file_objection
from app.commands.revoking import propose_revocation
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.files import FileView, file_view
from app.queries.hearings import AroundEntries
from app.queries.retention import ErasureRow, erasures, past_retention, retention
from app.queries.verification import verify
from app.rules.grading.case import year
from models.base import Base
from models.types import Day, ErasureStatus, Role, Target, Uid
from tests.offices import TODAY, TestOffice, entry
from tests.refusals import refused

PERIOD = year(2025)
ORDER = Order("泽信办〔2025〕3号", TODAY, "泽临市信用办", "法定保存期满，本人申请")
SECRET = "绝无仅有的事实"


def view(office: TestOffice) -> FileView:
    return office.as_("officer").ask(file_view, "0003", PERIOD)


def orders(office: TestOffice) -> tuple[ErasureRow, ...]:
    return office.as_("officer").ask(erasures)


def bad(office: TestOffice, **more: object) -> Uid:
    """A negative entry with evidence, in force."""
    officer = office.as_("officer")
    uid = officer.do(record_entry, entry(item="service.overdue", facts=SECRET, **more)).uids[0]
    officer.do(add_evidence, uid, NewEvidence("通报.txt", f"通报：{SECRET}".encode()))
    office.as_("verifier").do(verify_entry, uid)
    return uid


def talked_about(office: TestOffice) -> Uid:
    """The same with everything that can stand beside an entry, each saying it again."""
    uid, officer = bad(office), office.as_("officer")
    officer.do(issue_notice, uid, f"告1号 {SECRET}", TODAY)
    officer.do(rebut_entry, uid, f"没有{SECRET}", TODAY)
    officer.do(file_objection, Target.ENTRY, uid, f"不服{SECRET}", TODAY)
    officer.do(propose_revocation, uid, Basis("撤1号", TODAY, f"查无{SECRET}"))
    return uid


def ordered(office: TestOffice, uid: Uid) -> Uid:
    return office.as_("officer").do(order_erasure, uid, ORDER).uids[0]


def readable(office: TestOffice) -> Iterator[bytes]:
    """Everything in the office that could tell of it."""
    with office.database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                yield from (one.encode() if isinstance(one, str) else one for one in row if is_text(one))


def is_text(value: object) -> bool:
    return isinstance(value, str | bytes)


def test_nothing_that_it_said_is_left_and_the_chain_is_whole(office: TestOffice) -> None:
    uid = talked_about(office)
    assert any(SECRET.encode() in one for one in readable(office))
    office.as_("verifier").do(carry_out_erasure, ordered(office, uid))
    assert not any(SECRET.encode() in one for one in readable(office))
    assert not office.as_("officer").ask(verify).findings
    found = view(office)
    assert found.entries == () and found.evidence == () and found.objections == ()
    assert found.around == AroundEntries() and [row.kind for row in found.history].count("entry_erased") == 1


def test_the_file_says_that_it_was_done_and_on_whose_order(office: TestOffice) -> None:
    uid = bad(office)
    order = ordered(office, uid)
    assert not office.as_("officer").ask(verify).findings
    office.as_("verifier").do(carry_out_erasure, order)
    (row,) = orders(office)
    assert (row.status, row.entry, row.document_no, row.authority, row.registered_by, row.decided_by) == (
        ErasureStatus.CARRIED_OUT,
        uid,
        ORDER.document_no,
        ORDER.authority,
        "张三",
        "李四",
    )
    told = [(one.kind, one.changes != ()) for one in view(office).history]
    assert told == [
        ("entry_erased", True),
        ("evidence_erased", True),
        ("erasure_carried_out", True),
        ("erasure_ordered", True),
        ("entry_verified", False),
        ("evidence_added", False),
        ("entry_submitted", False),
        ("file_opened", True),
    ]


def test_who_registered_the_order_does_not_carry_it_out(office: TestOffice) -> None:
    order = ordered(office, bad(office))
    office.as_("officer").do(grant_role, "officer", Role.VERIFIER, None)
    with refused(NotAllowed, match="Someone else has to compare it"):
        office.as_("officer").do(carry_out_erasure, order)
    assert orders(office)[0].status is ErasureStatus.ORDERED


def test_an_order_that_is_not_in_order_is_declined_and_nothing_is_erased(office: TestOffice) -> None:
    uid = bad(office)
    order = ordered(office, uid)
    with refused(Conflict, match="waits already"):
        ordered(office, uid)
    office.as_("verifier").do(decline_erasure, order)
    assert [one.uid for one in view(office).entries] == [uid]
    with refused(Conflict, match="declined meanwhile"):
        office.as_("verifier").do(carry_out_erasure, order)
    ordered(office, uid)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"document_no": " "}, "document_no"),
        ({"authority": ""}, "authority"),
        ({"on": Day(20251219)}, "on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_an_order_without_its_basis_is_refused(office: TestOffice, wrong: dict[str, Any], field: str) -> None:
    uid, order = bad(office), replace(ORDER, **wrong)
    with refused(Invalid, match=r"\.$") as refusal:
        office.as_("officer").do(order_erasure, uid, order)
    assert refusal.value.field == field


def test_every_version_of_the_entry_goes(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    first = officer.do(record_entry, entry(facts=SECRET)).uids[0]
    verifier.do(return_entry, first, "文号不全")
    second = officer.do(record_entry, entry(facts=SECRET + "。"), instead_of=first).uids[0]
    verifier.do(verify_entry, second)
    verifier.do(carry_out_erasure, ordered(office, second))
    assert view(office).entries == ()
    assert not any(SECRET.encode() in one for one in readable(office))
    assert not officer.ask(verify).findings


def test_a_grade_that_was_decided_on_it_stands_and_says_so(office: TestOffice) -> None:
    uid = bad(office)
    office.as_("officer").do(propose_evaluations, PERIOD)
    head = office.as_("head")
    (mine,) = view(office).evaluations
    head.do(approve_evaluation, mine.uid)
    office.as_("verifier").do(carry_out_erasure, ordered(office, uid))
    bad(office, document_no="泽效能〔2026〕1号", decided_on=TODAY, occurred_on=TODAY)
    (after,) = view(office).evaluations
    assert (after.stale, after.erased, after.grade) == (False, True, mine.grade)
    assert not office.as_("officer").ask(verify).findings


def test_the_office_keeps_negative_information_shorter_by_its_own_rule(office: TestOffice) -> None:
    officer = office.as_("officer")
    assert officer.ask(retention) == (60, "")
    bad(office, occurred_on=Day(20220310), decided_on=Day(20220310))
    assert officer.ask(past_retention, TODAY) == ()
    officer.do(set_retention, 36, "泽政服发〔2025〕40号")
    assert officer.ask(retention) == (36, "泽政服发〔2025〕40号")
    (row,) = officer.ask(past_retention, TODAY)
    assert (row.staff_no, row.kept_until) == ("0003", 20250309)
    assert not officer.ask(verify).findings
    for months in (0, 61):
        with refused(Invalid, match="five years at most"):
            officer.do(set_retention, months, "x")
