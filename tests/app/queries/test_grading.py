"""What a decision about a grade is bound to."""

from app.commands.conduct import Basis, correct_conduct, record_entry, verify_entry
from app.context import AppContext
from app.queries.cases import cases
from app.queries.files import case_of, file_view
from app.queries.grading import evidence_digests, grades, inputs_digest, trace_of
from app.queries.schemes import scheme_for
from app.rules.grading.case import CaseEntry, Period, year
from models.types import Capacity, Day, Points, Uid
from tests.offices import TestOffice, entry

PUT_RIGHT = Basis("泽财收〔2025〕9号", Day(20251110), "已全部退回")


def wrong(office: TestOffice, **more: object) -> Uid:
    """A wrong on file that counts."""
    uid = office.as_("officer").do(record_entry, entry(item="duty.absent", **more)).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def digest(officer: AppContext, period: Period) -> bytes:
    published = officer.ask(scheme_for, period)
    with officer.database.read() as session:
        found = grades(session, officer.actor, period, published)
        (graded,) = (one for one in found if one.file.staff_no == "0003")
        evidence = evidence_digests(session, [graded.file.file_id])
        return inputs_digest(graded, trace_of(graded.grade), period, evidence)


def test_grading_looks_at_all_that_a_standard_asks_of_an_entry(office: TestOffice) -> None:
    more = {"quantity": 12_500, "given_points": Points(-3000), "given_reason": "经研究"}
    uid = wrong(office, capacity=Capacity.HEAD, authors=3, **more)
    officer = office.as_("officer")
    officer.do(correct_conduct, uid, PUT_RIGHT)
    with office.database.read() as session:
        (case,) = (case for file, case in cases(session, officer.actor, year(2025)) if case.entries)
    (found,) = case.entries
    given = found.quantity, found.given, found.capacity, found.authors, found.corrected_on
    assert given == (12_500, -3000, "head", 3, 20251110)
    assert list(case_of(officer.ask(file_view, "0003", year(2025)), year(2025)).entries) == [found]
    assert found._fields == CaseEntry._fields


def test_a_correction_changes_what_was_decided_about_unless_it_came_after_the_period(
    office: TestOffice,
) -> None:
    officer = office.as_("officer")
    uid = wrong(office, occurred_on=Day(20241101), decided_on=Day(20241110))
    before = digest(officer, year(2024)), digest(officer, year(2025))
    officer.do(correct_conduct, uid, PUT_RIGHT)
    after = digest(officer, year(2024)), digest(officer, year(2025))
    assert before[0] == after[0] and before[1] != after[1]
