"""A person's own copy: all that is held, who read it, and nothing of who complained or of open leads."""

from pathlib import Path

from pypdf import PdfReader

from app.cli.printing import print_own_copy
from app.commands.conduct import record_entry, verify_entry
from app.commands.hearing import issue_notice, rebut_entry
from app.commands.leads import close_lead, register_lead
from app.commands.objections import file_objection
from app.commands.own_copy import give_own_copy
from app.commands.reading import open_file
from app.errors import Invalid
from app.queries.reading import readings
from app.rules.inputs import NewLead
from models.types import Access, Day, LeadStatus, Target, day_after
from tests.offices import TODAY, TestOffice, entry
from tests.refusals import refused

REQUEST = "书面申请"


def text_of(office: TestOffice, folder: Path, language: str = "zh_CN") -> str:
    path = folder / "own.pdf"
    print_own_copy(office.as_("officer"), "0003", REQUEST, TODAY, language, path)
    return "".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", "")


def test_all_that_is_held_is_told_and_who_read_it(office: TestOffice, tmp_path: Path) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    verifier.do(verify_entry, officer.do(record_entry, entry(facts="为群众代办三十件")).uids[0])
    officer.do(record_entry, entry(item="service.overdue", facts="尚未复核的事实"))
    closed = officer.do(register_lead, NewLead("0003", TODAY, "窗口排队过长")).uids[0]
    officer.do(close_lead, closed, LeadStatus.UNSUBSTANTIATED, TODAY, "经查不属实")
    officer.do(register_lead, NewLead("0003", TODAY, "正在核查的投诉"))
    overdue = officer.do(record_entry, entry(item="service.overdue", document_no="2号")).uids[0]
    verifier.do(verify_entry, overdue)
    officer.do(issue_notice, overdue, "告1号", TODAY)
    officer.do(rebut_entry, overdue, "当日系统停机", TODAY)
    officer.do(file_objection, Target.ENTRY, overdue, "责任不在本人", TODAY)
    office.as_("head").do(open_file, "0003")
    text = text_of(office, tmp_path)
    held = (
        "为群众代办三十件",
        "尚未复核的事实",
        "窗口排队过长",
        "经查不属实",
        "解伟",
        "告1号",
        "当日系统停机",
        "责任不在本人",
    )
    for told in (*held, f"{REQUEST} 2025-12-18"):
        assert told in text, told
    assert "正在核查的投诉" not in text
    assert "Leads that were closed (1)" in text_of(office, tmp_path, "en")


def test_each_copy_stands_in_the_register(office: TestOffice, tmp_path: Path) -> None:
    text_of(office, tmp_path)
    (row,) = office.as_("officer").ask(readings, TODAY, TODAY)
    assert (row.how, row.purpose) == (Access.OWN_COPY, "Request of the person")
    assert row.document_no == f"{REQUEST} 2025-12-18"


def test_no_copy_without_a_request(office: TestOffice) -> None:
    officer = office.as_("officer")
    for request, on, field in ((" ", TODAY, "request"), (REQUEST, Day(day_after(TODAY)), "on")):
        with refused(Invalid, match=r"\.$") as refusal:
            officer.do(give_own_copy, "0003", request, on)
        assert refusal.value.field == field
