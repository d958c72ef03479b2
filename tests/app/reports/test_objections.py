"""The papers of an objection say all that went in, in both languages, on one page."""

from dataclasses import replace

import pytest

from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.objections import Ruling, decide_objection
from app.errors import Conflict, NotFound
from app.queries.files import file_view
from app.queries.objection_papers import application, decision, receipt
from app.reports.content import texts_of
from app.reports.objection_content import ObjectionPaper, Paper
from app.reports.objections import objection_pdf
from app.rules.grading.case import year
from app.words import LANGUAGES
from models.types import Day, Target, Uid
from tests.app.reports.samples import pages_by_pypdf, squeezed
from tests.offices import TestOffice, object_to
from tests.ui.pages.files import verified

PAPER = ObjectionPaper(
    paper=Paper.DECISION,
    office="泽临市政务服务局",
    printed_on=Day(20251218),
    name="王䶮",
    staff_no="0003",
    file_no="CX-0003",
    department="审批一科",
    post="一级科员",
    target="记录“擅自脱岗 2025-11-12”",
    of_grade=False,
    chain_seq=12,
    chain_hash="ab" * 32,
    filed_on=Day(20251205),
    due_on=Day(20251216),
    term=7,
    late=True,
    claim="当日受科长安排到二楼协调工单，有协调记录。",
    received_by="张三",
    upheld=True,
    outcome="撤销该记录。",
    decided_on=Day(20251216),
    document_no="泽政服异〔2025〕1号",
    reasons="经核实，有派工单为证。",
    provisional="2027年放假安排尚未导入，暂只扣除周末。",
    seal_root="cd" * 32,
    sealed_on=Day(20251217),
)
SHOWN = {
    Paper.APPLICATION: ("name", "staff_no", "file_no", "department", "post", "target", "chain_hash"),
    Paper.RECEIPT: ("name", "staff_no", "file_no", "department", "target", "provisional", "seal_root"),
    Paper.DECISION: ("name", "department", "target", "claim", "reasons", "outcome", "document_no"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", Paper)
def test_every_text_is_on_its_one_page(paper: Paper, language: str) -> None:
    made = replace(PAPER, paper=paper, document_no=PAPER.document_no if paper is Paper.DECISION else "")
    pages = pages_by_pypdf(objection_pdf(made, language))
    assert len(pages) == 1
    text = squeezed(pages[0])
    assert [name for name in SHOWN[paper] if squeezed(getattr(made, name)) not in text] == []
    assert objection_pdf(made, language) == objection_pdf(made, language)


def test_a_long_claim_goes_on_on_the_next_page() -> None:
    pages = pages_by_pypdf(objection_pdf(replace(PAPER, claim="很长的理由。" * 600)))
    assert len(pages) > 1 and all("王䶮" in page for page in pages)


def test_the_last_day_and_the_clock_stand_on_paper(embedded: TestOffice) -> None:
    uid = verified(embedded)
    officer = embedded.as_("officer")
    grade = officer.do(propose_evaluations, year(2025)).evaluations["0003"]
    embedded.as_("head").do(approve_evaluation, grade)
    blank = officer.ask(application, "0003", grade, "zh_CN")
    assert (blank.last_day, blank.of_grade, blank.target) == (20260119, True, "“2025 诚信良好”等次")
    assert officer.ask(application, "0003", uid, "zh_CN").last_day is None
    objection = object_to(embedded, uid)
    with pytest.raises(NotFound):
        officer.ask(application, "0003", uid, "zh_CN")  # it is objected to already
    taken = officer.ask(receipt, "0003", objection, "zh_CN")
    assert (taken.filed_on, taken.due_on, taken.provisional) == (20251201, 20251210, "")
    with pytest.raises(Conflict, match="no decision"):
        officer.ask(decision, "0003", objection, "zh_CN")
    ruling = Ruling(True, Day(20251218), "异〔2025〕1号", "不实")
    embedded.as_("reviewer").do(decide_objection, objection, ruling)
    told = embedded.as_("reviewer").ask(decision, "0003", objection, "zh_CN")
    assert told.upheld and "撤销该记录" in told.outcome and "嘉奖 2025-03-10" in told.target
    with pytest.raises(NotFound):
        officer.ask(receipt, "0003", Uid("0" * 32), "zh_CN")
    assert all(isinstance(one, str) for one in texts_of(told))


def test_a_term_into_an_unknown_year_says_so(embedded: TestOffice) -> None:
    embedded.clock.day = Day(20261225)
    objection = object_to(embedded, verified(embedded), 20261225)
    taken = embedded.as_("officer").ask(receipt, "0003", objection, "zh_CN")
    assert taken.provisional == "2027年放假安排尚未导入，暂只扣除周末。"
    view = embedded.as_("officer").ask(file_view, "0003", year(2026))
    assert view.objections[0].kind is Target.ENTRY
