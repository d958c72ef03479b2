"""Told, heard, in force: entries that no competent body decided."""

import pytest

from app.commands.accounts import grant_role, link_account
from app.commands.conduct import record_entry, return_entry, verify_entry, withdraw_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.hearing import Delivered, conclude_hearing, deliver_notice, issue_notice, rebut_entry
from app.commands.undoing import undo
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.as_of import file_as_of
from app.queries.files import EntryRow, FileView, file_view
from app.queries.home import Waiting, WaitingFor, home
from app.queries.verification import verify
from app.rules.grading.case import NotCounted, year
from models.ledger import Command
from models.types import Day, Delivery, EntryStatus, Role, Uid
from tests.offices import TODAY, TestOffice, entry
from tests.refusals import refused

FOUND_OUT = {"item": "service.overdue", "decided_on": None, "document_no": "", "occurred_on": Day(20251201)}
SIGNED = Delivered(TODAY, Delivery.SIGNED)  # a Thursday: five working days later is the 25th
AFTER = Day(20251226)


def view(office: TestOffice) -> FileView:
    return office.as_("officer").ask(file_view, "0003", year(2025))


def the(office: TestOffice, uid: Uid) -> EntryRow:
    return next(row for row in view(office).entries if row.uid == uid)


def verified(office: TestOffice, **more: object) -> Uid:
    uid = office.as_("officer").do(record_entry, entry(**more)).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def told(office: TestOffice, **more: object) -> Uid:
    """An undecided entry whose notice was signed for today."""
    uid = verified(office, **{**FOUND_OUT, **more})
    office.as_("officer").do(issue_notice, uid, "泽政服诚告〔2025〕1号", TODAY)
    office.as_("officer").do(deliver_notice, uid, SIGNED)
    return uid


def waiting(office: TestOffice, login: str, kind: WaitingFor) -> list[Uid]:
    rows: tuple[Waiting, ...] = office.as_(login).ask(home).waiting
    return [one.uid for one in rows if one.kind is kind]


def test_what_no_competent_body_decided_waits_for_the_statement_and_never_counts(
    office: TestOffice,
) -> None:
    uid = verified(office, **FOUND_OUT)
    assert the(office, uid).status is EntryStatus.HEARING and the(office, uid).verified_by == "李四"
    line = view(office).lines[uid]
    assert (line.points, line.reason) == (0, NotCounted.NOT_HEARD)
    assert waiting(office, "officer", WaitingFor.TELL) == [uid]
    assert not office.as_("officer").ask(verify).findings


@pytest.mark.parametrize(
    "decided",
    [
        {"item": "service.overdue"},
        {"item": "service.overdue", "document_no": "", "level": "city"},
        {"decided_on": None, "document_no": ""},  # a reward
    ],
)
def test_a_decision_of_a_competent_body_and_a_reward_take_effect_at_once(
    embedded: TestOffice, decided: dict[str, object]
) -> None:
    assert the(embedded, verified(embedded, **decided)).status is EntryStatus.EFFECTIVE


def test_it_takes_effect_after_the_term_and_not_a_day_before(office: TestOffice) -> None:
    uid = verified(office, **FOUND_OUT)
    verifier, officer = office.as_("verifier"), office.as_("officer")
    with refused(NotAllowed, match="has not been told"):
        verifier.do(conclude_hearing, uid, "未提出陈述")
    officer.do(issue_notice, uid, " 泽政服诚告〔2025〕1号 ", TODAY)
    with refused(NotAllowed, match="delivery of the notice"):
        verifier.do(conclude_hearing, uid, "未提出陈述")
    officer.do(deliver_notice, uid, SIGNED)
    notice = view(office).around.notice(uid)
    assert notice and (notice.number, notice.last_day) == ("泽政服诚告〔2025〕1号", 20251225)
    office.clock.day = Day(20251225)
    with refused(NotAllowed, match="until 2025-12-25"):
        verifier.do(conclude_hearing, uid, "未提出陈述")
    assert waiting(office, "verifier", WaitingFor.HEAR) == []
    office.clock.day = AFTER
    assert waiting(office, "verifier", WaitingFor.HEAR) == [uid]
    assert waiting(office, "officer", WaitingFor.TELL) == []
    with refused(Invalid, match="reason"):
        verifier.do(conclude_hearing, uid, " ")
    verifier.do(conclude_hearing, uid, "期内未提出陈述、申辩")
    assert the(office, uid).status is EntryStatus.EFFECTIVE
    assert view(office).lines[uid].points < 0
    found = view(office).around.notice(uid)
    assert found and found.finding == "期内未提出陈述、申辩"
    with pytest.raises(Conflict):
        verifier.do(conclude_hearing, uid, "再次")
    assert not officer.ask(verify).findings


def test_a_statement_that_was_heard_ends_the_waiting(office: TestOffice) -> None:
    uid = told(office)
    office.as_("officer").do(rebut_entry, uid, "当日系统故障，有报修单。", TODAY)
    assert waiting(office, "verifier", WaitingFor.HEAR) == [uid]
    office.as_("verifier").do(conclude_hearing, uid, "报修单所记为次日，不予采纳")
    assert the(office, uid).status is EntryStatus.EFFECTIVE


def test_a_statement_from_before_the_delivery_is_not_the_hearing(office: TestOffice) -> None:
    uid = verified(office, **FOUND_OUT)
    office.as_("officer").do(rebut_entry, uid, "核查时已说明。", Day(20251205))
    office.as_("officer").do(issue_notice, uid, "泽政服诚告〔2025〕1号", TODAY)
    office.as_("officer").do(deliver_notice, uid, SIGNED)
    with refused(NotAllowed, match="until 2025-12-25"):
        office.as_("verifier").do(conclude_hearing, uid, "已听取")


def test_where_the_statement_is_right_the_entry_is_withdrawn(office: TestOffice) -> None:
    uid = told(office)
    office.as_("officer").do(rebut_entry, uid, "当日已请假。", TODAY)
    office.as_("officer").do(withdraw_entry, uid, "申辩成立")
    assert the(office, uid).status is EntryStatus.WITHDRAWN
    assert waiting(office, "verifier", WaitingFor.HEAR) == []
    assert view(office).around.stated(uid)[0].text == "当日已请假。"


def test_whoever_recorded_does_not_conclude_and_nobody_in_the_own_file(office: TestOffice) -> None:
    uid = told(office)
    office.clock.day = AFTER
    officer = office.as_("officer")
    officer.do(grant_role, "officer", Role.VERIFIER)
    with refused(NotAllowed, match="Someone else"):
        office.as_("officer").do(conclude_hearing, uid, "无陈述")
    assert waiting(office, "officer", WaitingFor.HEAR) == []
    with pytest.raises(NotAllowed):
        office.as_("head").do(conclude_hearing, uid, "无陈述")
    officer.do(link_account, "verifier", "0003")
    with refused(NotAllowed, match="own file"):
        office.as_("verifier").do(conclude_hearing, uid, "无陈述")


def test_a_refused_or_left_notice_needs_a_witness(office: TestOffice) -> None:
    uid = verified(office, **FOUND_OUT)
    officer = office.as_("officer")
    with refused(Conflict, match="no notice"):
        officer.do(deliver_notice, uid, SIGNED)
    officer.do(issue_notice, uid, "告〔2025〕1号", TODAY, 10)
    for way in (Delivery.REFUSED, Delivery.LEFT):
        with refused(Invalid, match="witness") as refusal:
            officer.do(deliver_notice, uid, Delivered(TODAY, way, " "))
        assert refusal.value.field == "witness"
    officer.do(deliver_notice, uid, Delivered(TODAY, Delivery.REFUSED, "赵六"))
    notice = view(office).around.notice(uid)
    assert notice and (notice.delivery, notice.witness) == (Delivery.REFUSED, "赵六")
    assert notice.last_day == 20260104  # 元旦 moves a Sunday in
    with refused(Conflict, match="already"):
        officer.do(deliver_notice, uid, SIGNED)
    with refused(Conflict, match="not written anew"):
        officer.do(issue_notice, uid, "告〔2025〕2号", TODAY)


@pytest.mark.parametrize(
    ("number", "on", "term", "field"),
    [
        ("", TODAY, 5, "number"),
        ("长" * 201, TODAY, 5, "number"),
        ("告1", Day(20251219), 5, "on"),
        ("告1", Day(20251130), 5, "on"),
        ("告1", Day(20251200), 5, "on"),
        ("告1", TODAY, 2, "term"),
        ("告1", TODAY, 21, "term"),
    ],
)
def test_a_notice_that_is_wrong_is_refused_beside_its_field(
    embedded: TestOffice, number: str, on: Day, term: int, field: str
) -> None:
    uid = verified(embedded, **FOUND_OUT)
    with pytest.raises(Invalid) as refusal:
        embedded.as_("officer").do(issue_notice, uid, number, on, term)
    assert refusal.value.field == field


def test_a_notice_is_of_a_wrong_that_was_verified_and_written_anew_until_delivered(
    embedded: TestOffice,
) -> None:
    officer = embedded.as_("officer")
    waits = officer.do(record_entry, entry(**FOUND_OUT)).uids[0]
    reward = verified(embedded)
    for uid in (waits, reward):
        with refused(Conflict, match="negative entry"):
            officer.do(issue_notice, uid, "告1", TODAY)
    decided = verified(embedded, item="service.overdue", document_no="督1号")
    officer.do(issue_notice, decided, "告1", TODAY)
    officer.do(issue_notice, decided, "告2", TODAY, 7)
    (notice,) = view(embedded).around.notices
    assert (notice.number, notice.term) == ("告2", 7)
    assert the(embedded, decided).status is EntryStatus.EFFECTIVE


def test_a_statement_stands_beside_the_entry_and_changes_nothing(office: TestOffice) -> None:
    uid = verified(office, item="service.overdue")
    officer = office.as_("officer")
    officer.do(propose_evaluations, year(2025))
    (evaluation,) = view(office).evaluations
    office.as_("head").do(approve_evaluation, evaluation.uid)
    before = view(office).head.content_version
    officer.do(rebut_entry, uid, "  系统停机所致。\n", TODAY)
    officer.do(rebut_entry, uid, "补充：有停机公告。", TODAY)
    first, _ = view(office).around.stated(uid)
    assert (first.text, first.received_on, first.received_by) == ("系统停机所致。", TODAY, "张三")
    assert view(office).head.content_version == before and not view(office).evaluations[0].stale
    for text, on, field in (("", TODAY, "text"), ("x", Day(20251219), "received_on")):
        with pytest.raises(Invalid) as refusal:
            officer.do(rebut_entry, uid, text, on)
        assert refusal.value.field == field
    back = officer.do(record_entry, entry(**FOUND_OUT)).uids[0]
    office.as_("verifier").do(return_entry, back, "缺佐证")
    with pytest.raises(Conflict):
        officer.do(rebut_entry, back, "x", TODAY)
    assert not officer.ask(verify).findings


def test_the_file_of_an_earlier_day_has_its_notices_and_statements(office: TestOffice) -> None:
    uid = told(office)
    office.clock.day = AFTER
    office.as_("officer").do(rebut_entry, uid, "系统停机所致。", AFTER)
    office.as_("verifier").do(conclude_hearing, uid, "不予采纳")
    officer = office.as_("officer")
    then = officer.ask(file_as_of, "0003", year(2025), TODAY)
    assert then.entries[0].status is EntryStatus.HEARING and then.around.statements == ()
    notice = then.around.notice(uid)
    assert notice and notice.last_day == 20251225 and notice.finding is None
    assert officer.ask(file_as_of, "0003", year(2025), AFTER).around == view(office).around


def last(office: TestOffice) -> Uid:
    with office.database.read() as session:
        return Uid(session.query(Command.uid).order_by(Command.id.desc()).limit(1).scalar() or "")


def test_a_conclusion_is_taken_back_and_a_verification_not_once_the_person_was_told(
    office: TestOffice,
) -> None:
    uid = verified(office, **FOUND_OUT)
    verification = last(office)
    office.as_("officer").do(issue_notice, uid, "告1", TODAY)
    with refused(Conflict, match="was told"):
        office.as_("verifier").do(undo, verification)
    office.as_("officer").do(deliver_notice, uid, SIGNED)
    office.clock.day = AFTER
    before = view(office)
    office.as_("verifier").do(conclude_hearing, uid, "无陈述")
    office.as_("verifier").do(undo, last(office))
    assert (view(office).entries, view(office).around) == (before.entries, before.around)
    assert not office.as_("officer").ask(verify).findings
