"""What waits for whom, and the year in numbers."""

from pathlib import Path

from sqlalchemy import select, update

from app.commands.batches import return_batch
from app.commands.conduct import Basis, record_entry, return_entry, verify_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations, return_evaluation
from app.commands.leads import register_lead
from app.queries.home import BandCount, WaitingFor, home, year_picture
from app.rules.grading.case import year
from app.rules.inputs import NewLead
from models.conduct import Entry
from models.types import Day, EvaluationStatus
from tests.app.commands.test_imports import HEAD, ROWS, taken_in
from tests.offices import TODAY, TestOffice, entry, revoked


def test_who_recorded_has_nothing_to_verify_and_gets_back_what_is_returned(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    (uid,) = officer.do(record_entry, entry()).uids
    assert officer.ask(home).waiting == ()
    (waiting,) = verifier.ask(home).waiting
    assert (waiting.kind, waiting.uid, waiting.words("zh_CN")) == (WaitingFor.VERIFY, uid, "嘉奖")
    assert waiting.words("en") == "Commendation"
    verifier.do(return_entry, uid, "文号不符")
    (back,) = officer.ask(home).waiting
    assert (back.kind, back.staff_no, back.reason) == (WaitingFor.CORRECT, "0003", "文号不符")


def test_what_was_returned_is_done_once_another_entry_takes_its_place(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    (uid,) = officer.do(record_entry, entry()).uids
    verifier.do(return_entry, uid, "文号不符")
    (again,) = officer.do(record_entry, entry(document_no="泽政服人〔2025〕46号")).uids
    assert [one.uid for one in officer.ask(home).waiting] == [uid]
    with office.database.write() as session:
        old = session.execute(select(Entry.id).where(Entry.uid == uid)).scalar_one()
        session.execute(update(Entry).where(Entry.uid == again).values(supersedes_id=old))
    assert officer.ask(home).waiting == ()


def test_approved_grades_that_changed_since_are_one_line_for_who_submits(office: TestOffice) -> None:
    officer, head = office.as_("officer"), office.as_("head")
    (uid,) = officer.do(record_entry, entry()).uids
    office.as_("verifier").do(verify_entry, uid)
    for period in (year(2025), year(2026)):
        rows = officer.do(propose_evaluations, period).evaluations
        head.do(approve_evaluation, rows["0003"])
        head.do(approve_evaluation, rows["0005"])
    officer.do(record_entry, entry("0005"))  # raises the version of the file, and bears on nothing yet
    revoked(office, uid, Basis("泽政服人〔2025〕60号", Day(20251201), "原决定被撤销"))
    found = [one for one in officer.ask(home).waiting if one.kind is WaitingFor.CHANGED]
    assert [(one.uid, one.number) for one in found] == [("2026", 1), ("2025", 1)]
    assert head.ask(home).waiting == ()
    officer.do(propose_evaluations, year(2025))
    assert [one.uid for one in officer.ask(home).waiting] == ["2026"]


def test_a_furnished_office_lacks_nothing(office: TestOffice) -> None:
    assert office.as_("officer").ask(home).missing == ()


def test_what_is_overdue_comes_first_then_kind_by_kind(office: TestOffice) -> None:
    officer = office.as_("officer")
    office.clock.day = Day(20251201)
    for due_on in (Day(20251230), Day(20251217)):
        officer.do(register_lead, NewLead("0003", Day(20251201), "无人接听", due_on=due_on), "officer")
    office.clock.day = TODAY
    rows = dict(officer.do(propose_evaluations, year(2025)).evaluations)
    head = office.as_("head")
    head.do(return_evaluation, rows["0003"], "请补充佐证")
    found = officer.ask(home)
    assert [(one.kind, one.overdue) for one in found.waiting] == [
        (WaitingFor.LEAD, True),
        (WaitingFor.LEAD, False),
        (WaitingFor.RETURNED, False),
    ]
    assert found.waiting[-1].reason == "请补充佐证"
    (mine,) = head.ask(home).waiting
    assert (mine.kind, mine.staff_no, mine.words("en")) == (WaitingFor.DECIDE, "0005", "2025 Good")


def test_the_year_counts_entries_in_force_by_month_and_evaluations_by_band(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    assert officer.ask(year_picture).bands == ()
    for item in ("reward.commendation", "reward.commendation", "sanction.warning"):
        verifier.do(verify_entry, officer.do(record_entry, entry(item=item)).uids[0])
    officer.do(record_entry, entry())  # not verified, so not in force
    officer.do(propose_evaluations, year(2025))
    seen = officer.ask(year_picture)
    assert (seen.positive[2], sum(seen.positive)) == (2, 2)
    assert (seen.negative[2], sum(seen.negative)) == (1, 1)
    assert [band.zh for band in seen.bands] == ["诚信优秀", "诚信良好", "诚信一般", "诚信较差"]
    assert sum(band.number for band in seen.bands) == 5
    assert seen.statuses == {EvaluationStatus.SUBMITTED: 5}
    assert sum(office.as_("head").ask(year_picture).statuses.values()) == 3
    assert BandCount("甲", "A", 1).name("zh_CN") == "甲"


def test_a_list_that_came_back_is_one_line_until_it_is_imported_again(
    office: TestOffice, tmp_path: Path
) -> None:
    batch = taken_in(office, tmp_path, HEAD + ROWS).batch or ""
    office.as_("verifier").do(return_batch, batch, "第二行与文书不符")
    officer = office.as_("officer")
    waiting = officer.ask(home).waiting
    assert [(one.kind, one.text, one.reason) for one in waiting] == [
        (WaitingFor.LIST_BACK, "list.csv", "第二行与文书不符")
    ]
    taken_in(office, tmp_path, HEAD + ROWS)
    assert officer.ask(home).waiting == ()
