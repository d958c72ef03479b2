"""What waits to be verified, and for whom."""

from pathlib import Path

import pytest

from app.commands.accounts import add_account, grant_role
from app.commands.batches import verify_batch
from app.commands.conduct import record_entry, verify_entry
from app.commands.imports import ListSource, import_list
from app.errors import NotAllowed
from app.exchange.fields import Placement
from app.queries.entries import Barred, batch_entries, batches_to_verify, to_verify
from app.queries.home import home
from models.types import Polarity, Role
from tests.offices import PASSWORD, TestOffice, entry

MAPPING = """format = 1
kind = "entries"
source = "台账"
key = ["工号", "文号"]
[columns]
staff_no = "工号"
item = "事项"
occurred_on = "日期"
document_no = "文号"
"""
ROWS = "工号,事项,日期,文号\n0003,嘉奖,2025-3-10,甲1\n0005,超时办结,2025-5-12,甲2\n9999,嘉奖,2025-3-10,甲3\n"


def imported(office: TestOffice, folder: Path, login: str = "officer") -> str:
    """A list with two good rows and a bad one; the uid of its batch."""
    path = folder / "台账.csv"
    path.write_text(ROWS, encoding="utf-8")
    done = office.as_(login).do(import_list, ListSource(path, MAPPING))
    assert done.batch
    return done.batch


def verifier_with_file(office: TestOffice) -> None:
    """Let 王丽 0003 verify too."""
    officer = office.as_("officer")
    officer.do(add_account, "second", "王丽", PASSWORD, "0003")
    officer.do(grant_role, "second", Role.VERIFIER)


def test_an_entry_waits_with_all_that_its_paper_says(office: TestOffice) -> None:
    office.as_("officer").do(record_entry, entry())
    (row,) = office.as_("verifier").ask(to_verify)
    assert (row.name, row.staff_no, row.department, row.post) == ("王丽", "0003", "审批一科", "一级科员")
    assert (row.item_zh, row.document_no, row.facts) == ("嘉奖", "泽政服人〔2025〕45号", "2024年度考核优秀。")
    assert (row.polarity, row.recorded_by, row.barred) == (Polarity.POSITIVE, "张三", None)
    office.as_("verifier").do(verify_entry, row.uid)
    assert office.as_("verifier").ask(to_verify) == []


def test_what_one_recorded_oneself_is_left_to_a_colleague(office: TestOffice) -> None:
    office.as_("officer").do(grant_role, "verifier", Role.PERSONNEL_OFFICER)
    office.as_("verifier").do(record_entry, entry())
    (row,) = office.as_("verifier").ask(to_verify)
    assert row.barred is Barred.RECORDED
    assert row.facts


def test_an_entry_in_the_own_file_says_nothing_but_whose_it_is(office: TestOffice) -> None:
    verifier_with_file(office)
    office.as_("officer").do(record_entry, entry("0003"))
    (row,) = office.as_("second").ask(to_verify)
    assert row.barred is Barred.OWN_FILE
    assert (row.facts, row.document_no, row.item_zh, row.authority) == ("", "", "", "")


def test_an_imported_list_waits_as_one(office: TestOffice, tmp_path: Path) -> None:
    uid = imported(office, tmp_path)
    verifier = office.as_("verifier")
    assert verifier.ask(to_verify) == []
    (batch,) = verifier.ask(batches_to_verify)
    assert (batch.uid, batch.file_name, batch.source, batch.waiting) == (uid, "台账.csv", "台账", 2)
    assert batch.counts == {Placement.ENTRY: 2, Placement.REJECTED: 1}
    assert [row.staff_no for row in verifier.ask(batch_entries, batch.uid)] == ["0003", "0005"]
    verifier.do(verify_batch, uid)
    assert verifier.ask(batches_to_verify) == []


def test_the_own_file_is_not_counted_in_a_list(office: TestOffice, tmp_path: Path) -> None:
    verifier_with_file(office)
    imported(office, tmp_path)
    (batch,) = office.as_("second").ask(batches_to_verify)
    assert batch.waiting == 1


def test_what_a_verified_list_says_of_its_verifier_waits_for_a_colleague(
    office: TestOffice, tmp_path: Path
) -> None:
    verifier_with_file(office)
    uid = imported(office, tmp_path)
    office.as_("second").do(verify_batch, uid)
    assert office.as_("verifier").ask(batches_to_verify) == []
    (row,) = office.as_("verifier").ask(to_verify)
    assert (row.staff_no, row.barred) == ("0003", None)
    assert [one.uid for one in office.as_("verifier").ask(home).waiting] == [row.uid]
    assert office.as_("second").ask(home).waiting == ()
    office.as_("verifier").do(verify_entry, row.uid)
    assert office.as_("verifier").ask(to_verify) == []


def test_a_list_imported_again_waits_for_nobody(office: TestOffice, tmp_path: Path) -> None:
    first, again = imported(office, tmp_path), imported(office, tmp_path)
    assert first != again
    assert [one.uid for one in office.as_("verifier").ask(batches_to_verify)] == [first]
    assert [one.uid for one in office.as_("verifier").ask(home).waiting] == [first]


def test_whoever_imported_a_list_leaves_it_to_a_colleague(office: TestOffice, tmp_path: Path) -> None:
    office.as_("officer").do(grant_role, "verifier", Role.PERSONNEL_OFFICER)
    imported(office, tmp_path, "verifier")
    (batch,) = office.as_("verifier").ask(batches_to_verify)
    assert batch.barred is Barred.RECORDED


def test_who_does_not_verify_sees_no_queue(office: TestOffice) -> None:
    for query in (to_verify, batches_to_verify):
        with pytest.raises(NotAllowed):
            office.as_("head").ask(query)
