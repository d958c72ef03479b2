"""The notice to the person on paper, and what the summary says of statements and influence periods."""

import io

import pytest
from pypdf import PdfReader

from app.commands.conduct import record_entry, verify_entry
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.hearing import Delivered, deliver_notice, issue_notice, rebut_entry
from app.errors import Conflict, NotAllowed
from app.queries.notices import notice_paper
from app.queries.summaries import summary
from app.reports.notice import notice_pdf
from app.reports.summary import summary_pdf
from app.rules.grading.case import year
from models.types import Day, Delivery, Uid
from tests.app.commands.test_hearing import FOUND_OUT
from tests.offices import TODAY, TestOffice, entry


def text_of(content: bytes) -> tuple[str, int]:
    """All text without breaks, and how many pages."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", ""), len(pages)


def verified(office: TestOffice, **more: object) -> Uid:
    uid = office.as_("officer").do(record_entry, entry(**more)).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def test_the_notice_says_what_is_on_file_and_how_long_the_person_has(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    uid = verified(embedded, **{**FOUND_OUT, "facts": "超时两日"})
    officer.do(add_evidence, uid, NewEvidence("工单截图", place="柜3"))
    officer.do(issue_notice, uid, "泽政服诚告〔2025〕1号", TODAY, 7)
    paper = officer.ask(notice_paper, uid, "zh_CN")
    text, pages = text_of(notice_pdf(paper))
    assert pages == 1
    for said in (
        "诚信记录告知书",
        "泽政服诚告〔2025〕1号",
        "王丽（工号0003",
        "超时两日",
        "工单截图",
        "尚未生效",
        "7个工作日内",
        "本告知书不是处分决定",
        "□ 签收",
        "第1页 共1页",
    ):
        assert said in text, said
    assert "截止日2025" not in text and paper.chain_hash[:8] in text
    officer.do(deliver_notice, uid, Delivered(TODAY, Delivery.REFUSED, "赵六"))
    text, _ = text_of(notice_pdf(officer.ask(notice_paper, uid, "zh_CN")))
    assert "■ 拒签" in text and "赵六" in text and "2025年12月29日" in text


def test_the_notice_of_a_decided_entry_says_that_it_is_in_force(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    uid = verified(embedded, item="service.overdue", facts="超时" * 900)
    with pytest.raises(Conflict):
        officer.ask(notice_paper, uid, "en")
    officer.do(issue_notice, uid, "告1", TODAY)
    text, pages = text_of(notice_pdf(officer.ask(notice_paper, uid, "en"), "en"))
    assert "is in force" in text and pages > 1 and f"Page {pages} of {pages}" in text
    with pytest.raises(NotAllowed):
        embedded.as_("verifier").ask(notice_paper, uid, "en")


def test_the_summary_has_the_statements_and_the_influence_periods(embedded: TestOffice) -> None:
    uid = verified(embedded, item="sanction.demerit", document_no="监1号")
    second = {"occurred_on": Day(20251001), "decided_on": Day(20251110), "document_no": "监2号"}
    verified(embedded, item="sanction.warning", **second)
    embedded.as_("officer").do(rebut_entry, uid, "对事实无异议。", TODAY)
    made = embedded.as_("officer").ask(summary, "0003", year(2025), "zh_CN")
    assert made.influences == ("警告：前一处分剩余4个月 + 6个月，至2026-09-09",)
    text, _ = text_of(summary_pdf([made]))
    assert "本人陈述、申辩（2025-12-18）：对事实无异议。" in text
    assert "影响期" in text and "至2026-09-09" in text
