"""An imported list that goes back: with its reason in every file, and free to come again corrected."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.commands.batches import return_batch, verify_batch
from app.commands.imports import try_list
from app.errors import Conflict, Invalid, NotAllowed
from app.exchange.fields import Placement
from app.queries.entries import Barred, batch_entries, batches_to_verify, returned_batches
from app.queries.files import file_view
from app.queries.home import home
from app.queries.verification import verify
from app.rules.grading.case import year
from models.conduct import Entry
from models.ledger import Event
from models.types import EntryStatus, LeadStatus
from tests.app.cli.desks import ENTRIES_MAP as PLAIN_MAP
from tests.app.commands.test_imports import HEAD, ROWS, source, taken_in
from tests.app.queries.test_to_verify import verifier_with_file
from tests.offices import TestOffice

REASON = "第二行与文书不符"


def office_events(office: TestOffice) -> list[str]:
    with office.database.read() as session:
        kinds = select(Event.kind).where(Event.chain_id == 1).order_by(Event.seq)
        return list(session.execute(kinds).scalars())


def test_a_list_goes_back_with_its_reason_and_comes_again_corrected(
    office: TestOffice, tmp_path: Path
) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    batch = taken_in(office, tmp_path, HEAD + ROWS).batch or ""
    verifier.do(return_batch, batch[:8], f" {REASON} ")
    view = officer.ask(file_view, "0003", year(2025))
    assert [(one.status, one.status_reason) for one in view.entries] == [(EntryStatus.RETURNED, REASON)] * 2
    assert [one.status for one in view.leads] == [LeadStatus.UNSUBSTANTIATED]
    assert office_events(office)[-1] == "batch_returned"
    assert verifier.ask(batches_to_verify) == []
    assert verifier.ask(home).waiting == ()
    (back,) = officer.ask(returned_batches)
    assert (back.uid, back.file_name, back.reason, back.entries) == (batch, "list.csv", REASON, 2)

    again = taken_in(office, tmp_path, HEAD + ROWS.replace("2025-05-12", "2025-05-11"))
    assert again.counts == {Placement.ENTRY: 2, Placement.LEFT_OUT: 2, Placement.REJECTED: 1}
    assert officer.ask(returned_batches) == []
    verifier.do(verify_batch, again.batch or "")
    statuses = [one.status for one in officer.ask(file_view, "0003", year(2025)).entries]
    assert sorted(statuses) == sorted([EntryStatus.RETURNED, EntryStatus.EFFECTIVE] * 2)
    assert not officer.ask(verify).findings


def test_a_list_is_settled_once(office: TestOffice, tmp_path: Path) -> None:
    returned = taken_in(office, tmp_path, HEAD + ROWS).batch or ""
    office.as_("verifier").do(return_batch, returned, REASON)
    verified = taken_in(office, tmp_path, HEAD + ROWS).batch or ""
    office.as_("verifier").do(verify_batch, verified)
    for batch in (returned, verified):
        with pytest.raises(Conflict):
            office.as_("verifier").do(verify_batch, batch)
        with pytest.raises(Conflict):
            office.as_("verifier").do(return_batch, batch, REASON)


def test_a_list_goes_back_only_with_a_reason_and_by_someone_else(office: TestOffice, tmp_path: Path) -> None:
    batch = taken_in(office, tmp_path, HEAD + ROWS).batch or ""
    before = office_events(office)
    with pytest.raises(Invalid) as refused:
        office.as_("verifier").do(return_batch, batch, "  ")
    assert refused.value.field == "reason"
    for login in ("officer", "head"):
        with pytest.raises(NotAllowed):
            office.as_(login).do(return_batch, batch, REASON)
    assert office_events(office) == before
    with office.database.read() as session:
        assert set(session.execute(select(Entry.status)).scalars()) == {EntryStatus.SUBMITTED}


def test_a_list_of_leads_only_has_nothing_to_return(office: TestOffice, tmp_path: Path) -> None:
    batch = taken_in(office, tmp_path, HEAD + ROWS.splitlines(keepends=True)[1]).batch or ""
    with pytest.raises(Conflict):
        office.as_("verifier").do(return_batch, batch, REASON)


def test_what_is_about_who_returns_it_waits_for_a_colleague(office: TestOffice, tmp_path: Path) -> None:
    verifier_with_file(office)
    others = ROWS + "T9,0005,超时办结,2025-05-12,2025-05-13,2025-05-20,属实,超时\n"
    batch = taken_in(office, tmp_path, HEAD + others).batch or ""
    office.as_("second").do(return_batch, batch, REASON)
    (own,) = office.as_("second").ask(batches_to_verify)
    assert (own.waiting, own.barred) == (0, Barred.OWN_FILE)
    (left,) = office.as_("verifier").ask(batches_to_verify)
    assert (left.waiting, left.barred) == (2, None)
    office.as_("verifier").do(return_batch, batch, REASON)
    assert office.as_("verifier").ask(batches_to_verify) == []
    assert not office.as_("officer").ask(verify).findings


def test_who_verifies_is_told_of_facts_that_are_there_twice(office: TestOffice, tmp_path: Path) -> None:
    first = ROWS.splitlines(keepends=True)[0].replace("T1", "T0").replace("05-12", "05-10")
    done = taken_in(office, tmp_path, HEAD + first + ROWS)
    assert (done.doubts, done.counts[Placement.ENTRY]) == (1, 3)
    (batch,) = office.as_("verifier").ask(batches_to_verify)
    assert (batch.waiting, batch.alike) == (3, 2)
    shown = office.as_("verifier").ask(batch_entries, batch.uid)
    assert [one.alike for one in shown] == [True, True, False]  # those to be looked at first
    office.as_("verifier").do(return_batch, batch.uid, REASON)
    assert taken_in(office, tmp_path, HEAD + first).doubts == 0  # what went back says nothing any more
    other = source(tmp_path, HEAD + first, source(tmp_path, "").mapping_text.replace("投诉台账", "另一台账"))
    assert office.as_("officer").ask(try_list, other).doubts == 1


def test_what_a_list_brings_without_a_decision_is_heard_first(office: TestOffice, tmp_path: Path) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    rows = (
        "工号,事项,日期,文号\n"
        "0003,超时办结,2025-05-12,泽效能〔2025〕3号\n"
        "0003,超时办结,2025-06-12,\n"
        "0005,嘉奖,2025-03-10,\n"
    )
    verifier.do(verify_batch, taken_in(office, tmp_path, rows, PLAIN_MAP).batch or "")
    stands = {
        (staff_no, row.occurred_on): row.status
        for staff_no in ("0003", "0005")
        for row in officer.ask(file_view, staff_no, year(2025)).entries
    }
    assert stands == {
        ("0003", 20250512): EntryStatus.EFFECTIVE,
        ("0003", 20250612): EntryStatus.HEARING,
        ("0005", 20250310): EntryStatus.EFFECTIVE,
    }
    assert not officer.ask(verify).findings
