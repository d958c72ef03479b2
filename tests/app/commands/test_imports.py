"""Lists on both databases: what goes in, what is verified, and that the images written are those read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.commands.accounts import grant_role, link_account
from app.commands.batches import verify_batch
from app.commands.imports import Imported, ListSource, import_list, try_list
from app.errors import Conflict, Invalid, NotAllowed
from app.exchange.fields import Placement
from app.exchange.judge import Judged
from app.queries.files import file_view
from app.queries.verification import verify
from app.rules.grading.case import year
from models.people import Person
from models.types import Capacity, EntryStatus, LeadStatus, Role, iso
from tests.offices import OFFICE, WINDOW, TestOffice

ENTRIES_MAP = """
format = 1
kind = "entries"
source = "投诉台账"
key = ["编号"]
[columns]
staff_no = "工号"
item = "事项"
occurred_on = "发生"
decided_on = "办结"
document_no = "编号"
received_on = "受理"
closed_on = "办结"
matter = "内容"
facts = "内容"
[[place]]
when = { "结论" = ["属实"] }
to = "entry"
[[place]]
when = { "结论" = ["不属实"] }
to = "lead"
status = "unsubstantiated"
reason = "不属实"
[[place]]
when = { "结论" = [""] }
to = "lead"
without = ["closed_on"]
"""
HEAD = "编号,工号,事项,发生,受理,办结,结论,内容\n"
ROWS = (
    "T1,0003,超时办结,2025-05-12,2025-05-13,2025-05-20,属实,超出承诺时限两日\n"
    "T2,0003,超时办结,2025-06-12,2025-06-13,2025-06-20,不属实,反映超时\n"
    "T3,0005,超时办结,2025-07-12,2025-07-13,,,反映超时\n"
    "T4,0003,超时办结,2025-13-12,2025-06-13,2025-06-20,属实,反映超时\n"
    "T1,0003,超时办结,2025-05-12,2025-05-13,2025-05-20,属实,超出承诺时限两日\n"
)
PEOPLE_MAP = """
format = 1
kind = "people"
source = "花名册"
key = ["工号"]
[columns]
staff_no = "工号"
name = "姓名"
department = "科室"
post = "职务"
left_on = "离开"
"""


def source(folder: Path, text: str, mapping: str = ENTRIES_MAP) -> ListSource:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return ListSource(path, mapping)


def taken_in(office: TestOffice, folder: Path, text: str, mapping: str = ENTRIES_MAP) -> Imported:
    return office.as_("officer").do(import_list, source(folder, text, mapping))


def entries_of(office: TestOffice, staff_no: str) -> list[EntryStatus]:
    return [one.status for one in office.as_("officer").ask(file_view, staff_no, year(2025)).entries]


def test_rows_become_entries_and_leads_and_the_history_holds(office: TestOffice, tmp_path: Path) -> None:
    done = taken_in(office, tmp_path, HEAD + ROWS)
    assert done.counts == {Placement.ENTRY: 2, Placement.LEAD: 2, Placement.REJECTED: 1}
    view = office.as_("officer").ask(file_view, "0003", year(2025))
    assert [one.status for one in view.entries] == [EntryStatus.SUBMITTED] * 2
    assert [one.status for one in view.leads] == [LeadStatus.UNSUBSTANTIATED]
    assert view.grade and view.grade.score == 100_000  # nothing counts before it is verified
    office.as_("verifier").do(verify_batch, done.batch or "")
    assert entries_of(office, "0003") == [EntryStatus.EFFECTIVE] * 2
    assert not office.as_("officer").ask(verify).findings


def test_a_complaint_that_was_not_sustained_never_reaches_a_score(office: TestOffice, tmp_path: Path) -> None:
    done = taken_in(office, tmp_path, HEAD + "".join(ROWS.splitlines(keepends=True)[1:3]))
    with pytest.raises(NotAllowed):
        office.as_("officer").do(verify_batch, done.batch or "")
    office.as_("verifier").do(verify_batch, done.batch or "")
    view = office.as_("officer").ask(file_view, "0003", year(2025))
    assert view.entries == () and view.grade and view.grade.score == 100_000


def test_the_trial_run_says_what_the_import_will_do_and_writes_nothing(
    office: TestOffice, tmp_path: Path
) -> None:
    before = office.as_("officer").ask(verify).events
    tried = office.as_("officer").ask(try_list, source(tmp_path, HEAD + ROWS))
    assert office.as_("officer").ask(verify).events == before
    assert taken_in(office, tmp_path, HEAD + ROWS).counts == tried.counts


def test_importing_again_changes_nothing(office: TestOffice, tmp_path: Path) -> None:
    first = taken_in(office, tmp_path, HEAD + ROWS)
    again = taken_in(office, tmp_path, HEAD + ROWS)
    assert again.counts == {Placement.LEFT_OUT: 4, Placement.REJECTED: 1}
    assert len(entries_of(office, "0003")) == 2
    assert first.repeated() == ""
    when = f"{iso(office.as_('officer').today())} (list no. {(first.batch or '')[:8]})"
    assert again.repeated() == f"4 rows were imported before and are left out: {when}."
    rows: list[Judged] = []
    good = source(tmp_path, HEAD + "".join(ROWS.splitlines(keepends=True)[:3]))
    tried = office.as_("officer").ask(try_list, good, lambda judged: map(kept_in(rows), judged))
    assert tried.repeated() == f"All 3 rows were imported before: {when}. Nothing is changed."
    assert {row.reason for row in rows} == {f"already here from the import of {when}"}


def kept_in(rows: list[Judged]) -> Callable[[Judged], Judged]:
    return lambda row: rows.append(row) or row


def test_the_same_people_imported_again_are_said_to_be_here(office: TestOffice, tmp_path: Path) -> None:
    roster = "工号,姓名,科室,职务,离开\n0050,孙宁,办公室,科员,\n"
    first = taken_in(office, tmp_path, roster, PEOPLE_MAP)
    again = taken_in(office, tmp_path, roster, PEOPLE_MAP)
    assert first.repeated() == ""
    assert again.repeated().startswith("The one row was imported before: ")
    assert (first.batch or "")[:8] in again.repeated()
    other = taken_in(office, tmp_path, roster + " ,,,,\n", PEOPLE_MAP)
    assert other.counts[Placement.LEFT_OUT] == 1
    assert other.repeated() == ""


def test_a_lead_that_a_later_list_calls_sustained_is_for_people_to_settle(
    office: TestOffice, tmp_path: Path
) -> None:
    taken_in(office, tmp_path, HEAD + ROWS.splitlines(keepends=True)[2])
    sustained = ROWS.splitlines(keepends=True)[2].replace("2025-07-13,,,", "2025-07-13,2025-07-20,属实,")
    assert taken_in(office, tmp_path, HEAD + sustained).counts == {Placement.REJECTED: 1}


def test_a_report_that_cannot_be_written_undoes_the_import(office: TestOffice, tmp_path: Path) -> None:
    def fail(rows: Iterator[Judged]) -> Iterator[Judged]:
        yield from rows
        raise Invalid("the disk of the report is full")

    with pytest.raises(Invalid):
        office.as_("officer").do(import_list, source(tmp_path, HEAD + ROWS), fail)
    assert entries_of(office, "0003") == []
    assert not office.as_("officer").ask(verify).findings


def test_a_batch_is_verified_once(office: TestOffice, tmp_path: Path) -> None:
    batch = taken_in(office, tmp_path, HEAD + ROWS).batch or ""
    office.as_("verifier").do(verify_batch, batch)
    with pytest.raises(Conflict):
        office.as_("verifier").do(verify_batch, batch)


def test_people_are_added_and_brought_up_to_date_and_blanks_never_overwrite(
    office: TestOffice, tmp_path: Path
) -> None:
    text = (
        "工号,姓名,科室,职务,离开\n"
        "0003,王丽,,副科长,\n"
        "0004,王丽,办公室,,\n"
        "0050,单于明,政策法规科,科长,2025-10-31\n"
    )
    done = taken_in(office, tmp_path, text, PEOPLE_MAP)
    assert done.counts == {Placement.PERSON: 2, Placement.LEFT_OUT: 1}
    officer = office.as_("officer")
    changed = officer.ask(file_view, "0003", year(2025)).head
    assert (changed.department, changed.post) == ("审批一科", "副科长")
    assert officer.ask(file_view, "0004", year(2025)).head.post == "一级科员"
    new = officer.ask(file_view, "0050", year(2025)).head
    assert (new.department, new.left_on) == ("政策法规科", 20251031)
    assert not officer.ask(verify).findings


def test_nobody_imports_into_the_own_file(office: TestOffice, tmp_path: Path) -> None:
    office.as_("officer").do(link_account, "officer", "0003")
    for run in (office.as_("officer").ask, office.as_("officer").do):
        done = run(try_list if run.__name__ == "ask" else import_list, source(tmp_path, HEAD + ROWS))
        assert done.counts == {Placement.LEAD: 1, Placement.REJECTED: 4}
    assert office.as_("leader").ask(file_view, "0003", year(2025)).entries == ()
    roster = "工号,姓名,科室,职务,离开\n0003,王丽,审批一科,科长,\n0005,阿依古丽·买买提,审批一科,科长,\n"
    done = taken_in(office, tmp_path, roster, PEOPLE_MAP)
    assert done.counts == {Placement.PERSON: 1, Placement.LEFT_OUT: 1}
    with office.database.read() as session:
        posts = select(Person.post).where(Person.staff_no.in_(["0003", "0005"])).order_by(Person.staff_no)
        assert list(session.execute(posts).scalars()) == ["一级科员", "科长"]


def test_an_officer_of_one_department_imports_into_its_files_only(office: TestOffice, tmp_path: Path) -> None:
    office.as_("officer").do(grant_role, "leader", Role.PERSONNEL_OFFICER, OFFICE)
    rows = HEAD + ROWS + "T9,0004,超时办结,2025-05-12,2025-05-13,2025-05-20,属实,超时\n"
    done = office.as_("leader").do(import_list, source(tmp_path, rows))
    assert done.counts == {Placement.ENTRY: 1, Placement.REJECTED: 5}
    assert entries_of(office, "0004") == [EntryStatus.SUBMITTED]


def test_an_officer_of_one_department_puts_people_into_it_only(office: TestOffice, tmp_path: Path) -> None:
    office.as_("officer").do(grant_role, "leader", Role.PERSONNEL_OFFICER, OFFICE)
    roster = (
        "工号,姓名,科室,职务,离开\n"
        "0050,孙宁,办公室/文秘组,科员,\n"  # below its own
        "0051,钱进,审批一科,科员,\n"
        "0052,赵安,,科员,\n"  # the office itself
        "0004,王丽,,科长,\n"  # a blank moves nobody
        "0004,王丽,审批一科,科长,\n"
    )
    wanted = {Placement.PERSON: 2, Placement.REJECTED: 3}
    assert office.as_("leader").ask(try_list, source(tmp_path, roster, PEOPLE_MAP)).counts == wanted
    done = office.as_("leader").do(import_list, source(tmp_path, roster, PEOPLE_MAP))
    assert done.counts == wanted
    assert office.as_("officer").ask(file_view, "0004", year(2025)).head.department == "办公室"


def test_a_verifier_of_one_department_verifies_no_list_about_others(
    office: TestOffice, tmp_path: Path
) -> None:
    officer = office.as_("officer")
    officer.do(grant_role, "other_head", Role.VERIFIER, OFFICE)
    batch = taken_in(office, tmp_path, HEAD + ROWS).batch
    assert batch
    with pytest.raises(NotAllowed):
        office.as_("other_head").do(verify_batch, batch)
    assert entries_of(office, "0003") == [EntryStatus.SUBMITTED] * 2
    officer.do(grant_role, "head", Role.VERIFIER, WINDOW)
    office.as_("head").do(verify_batch, batch)
    assert entries_of(office, "0003") == [EntryStatus.EFFECTIVE] * 2


SCORED_MAP = """
format = 1
kind = "entries"
source = "加扣分台账"
key = ["编号"]
[columns]
staff_no = "工号"
item = "事项"
occurred_on = "发生"
document_no = "文号"
quantity = "数量"
given_points = "加扣分"
given_reason = "理由"
capacity = "身份"
authors = "人数"
corrected_on = "改正"
corrected_document = "改正文号"
"""


def test_what_a_standard_asks_of_entries_comes_with_a_list_and_is_proved(
    office: TestOffice, tmp_path: Path
) -> None:
    text = (
        "编号,工号,事项,发生,文号,数量,加扣分,理由,身份,人数,改正,改正文号\n"
        "1,0003,超时办结,2025-05-12,效1,12.5,-3,经研究,主要负责人,,2025-06-30,效9\n"
        "2,0003,嘉奖,2025-05-13,人1,,,,,3,,\n"
        "3,0003,嘉奖,2025-05-14,人2,,,,,,2025-06-30,效9\n"
    )
    done = taken_in(office, tmp_path, text, SCORED_MAP)
    assert (done.counts[Placement.ENTRY], done.counts[Placement.REJECTED]) == (2, 1)
    assert done.batch
    office.as_("verifier").do(verify_batch, done.batch)
    shared, slow = office.as_("officer").ask(file_view, "0003", year(2025)).entries
    assert (slow.quantity, slow.given_points, slow.given_reason) == (12_500, -3000, "经研究")
    assert (slow.capacity, slow.corrected_on, slow.corrected_document) == (Capacity.HEAD, 20250630, "效9")
    assert (shared.authors, shared.given_reason, shared.corrected_document) == (3, None, None)
    assert not office.as_("officer").ask(verify).findings
