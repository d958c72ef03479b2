"""Accountability tables are published like standards, and nothing is graded by them."""

import pytest
from sqlalchemy import text

from app.accountability import NATIONAL
from app.commands.accountability import publish_accountability
from app.commands.conduct import record_entry, verify_entry
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.accountability import accountability_in_force, accountability_tables
from app.queries.cases import Whose
from app.queries.grading import evidence_digests, grades, inputs_digest, trace_of
from app.queries.schemes import scheme_for, schemes
from app.queries.verification import verify
from app.rules.grading.case import year
from models.types import Day
from tests.offices import TestOffice, entry

TEXT = NATIONAL.read_text(encoding="utf-8")
SECOND = TEXT.replace("edition = 1", "edition = 2")


def publish(office: TestOffice, text: str = TEXT, valid_from: int = 20250101, login: str = "officer") -> None:
    office.as_(login).do(publish_accountability, text, " 泽政服发〔2025〕7号 ", Day(valid_from))


def test_a_table_is_published_under_its_document_and_proves_itself(office: TestOffice) -> None:
    publish(office)
    (one,) = office.as_("head").ask(accountability_tables)
    assert (one.code, one.edition, one.adopted_by) == ("national", 1, "泽政服发〔2025〕7号")
    assert one.text == TEXT and one.table.rows
    proof = office.as_("officer").ask(verify)
    assert proof.findings == ()


def test_a_table_that_somebody_changed_is_found(embedded: TestOffice) -> None:
    publish(embedded)
    with embedded.database.write() as session:
        session.execute(text("UPDATE accountability_tables SET adopted_by = '泽政服发〔2025〕8号'"))
    assert embedded.as_("officer").ask(verify).findings


def test_the_standards_do_not_know_it(embedded: TestOffice) -> None:
    before = embedded.as_("officer").ask(schemes)
    publish(embedded)
    assert embedded.as_("officer").ask(schemes) == before


def test_an_edition_is_published_once(embedded: TestOffice) -> None:
    publish(embedded)
    with pytest.raises(Conflict, match="Edition 1 of national is already published"):
        publish(embedded)
    publish(embedded, SECOND)
    assert [one.edition for one in embedded.as_("officer").ask(accountability_tables)] == [2, 1]


def test_of_each_table_the_newest_edition_valid_today_is_shown(embedded: TestOffice) -> None:
    publish(embedded)
    publish(embedded, SECOND, 20260101)
    publish(embedded, TEXT.replace('id = "national"', 'id = "own"'), 20250601)
    officer = embedded.as_("officer")

    def shown() -> set[tuple[str, int]]:
        return {(one.code, one.edition) for one in officer.ask(accountability_in_force)}

    assert shown() == {("national", 1), ("own", 1)}
    embedded.clock.day = Day(20260101)
    assert shown() == {("national", 2), ("own", 1)}


@pytest.mark.parametrize("login", ["verifier", "head", "leader"])
def test_only_who_may_publish_standards_may(embedded: TestOffice, login: str) -> None:
    with pytest.raises(NotAllowed):
        publish(embedded, login=login)
    assert embedded.as_("officer").ask(accountability_tables) == []


def test_a_text_with_faults_is_refused_whole(embedded: TestOffice) -> None:
    wrong = TEXT.replace('competent = ["appointing", "supervision"]', 'competent = ["court"]', 2)
    with pytest.raises(Invalid) as refusal:
        publish(embedded, wrong)
    assert refusal.value.sentence.count("court") == 2
    with pytest.raises(Invalid, match="number of the document"):
        embedded.as_("officer").do(publish_accountability, TEXT, " ", Day(20250101))
    assert embedded.as_("officer").ask(accountability_tables) == []


def test_no_grade_and_no_digest_knows_of_it(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    uid = officer.do(record_entry, entry(item="duty.absent")).uids[0]
    embedded.as_("verifier").do(verify_entry, uid)
    period = year(2025)

    def graded() -> list[object]:
        published = officer.ask(scheme_for, period)
        with embedded.database.read() as session:
            found = list(grades(session, officer.actor, period, published, Whose()))
            evidence = evidence_digests(session, [one.file[0] for one in found])
        traces = [trace_of(one.grade) for one in found]
        digests = [inputs_digest(*each, period, evidence) for each in zip(found, traces, strict=True)]
        return [[one.grade for one in found], traces, digests]

    before = graded()
    publish(embedded)
    assert graded() == before
