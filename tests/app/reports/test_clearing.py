"""The clearing on paper: to whom the person agreed, and nothing that leads to who complained."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.commands.lead_follow_up import Clearing, clear_lead
from app.errors import Conflict, NotFound
from app.queries.clearing import clearing_file_name, clearing_paper
from app.reports.clearing import clearing_pdf
from models.types import ClearingScope, Day, LeadStatus, Uid
from tests.app.commands.lead_cases import LEAD, WHO, closed
from tests.offices import TestOffice


def cleared(office: TestOffice, scope: ClearingScope) -> Uid:
    uid = closed(office, LeadStatus.UNSUBSTANTIATED, who=WHO)
    clearing = Clearing(Day(20251212), "泽临市政务服务局", scope, Day(20251211))
    office.as_("officer").do(clear_lead, uid, clearing)
    return uid


def text_of(office: TestOffice, uid: Uid, language: str = "zh_CN") -> str:
    paper = office.as_("officer").ask(clearing_paper, uid, language)
    assert clearing_file_name(paper) == "0003-王丽-20251212"
    content = clearing_pdf(paper, language)
    assert content == clearing_pdf(paper, language)
    pages = PdfReader(BytesIO(content)).pages
    assert len(pages) == 1
    return pages[0].extract_text().replace("\n", "")


@pytest.mark.parametrize(
    ("scope", "to"),
    [
        (ClearingScope.PERSON, "王丽（工号0003"),
        (ClearingScope.DEPARTMENT, "王丽所在科室全体同志"),
        (ClearingScope.OFFICE, "全局同志"),
    ],
)
def test_it_is_addressed_to_whom_the_person_agreed(office: TestOffice, scope: ClearingScope, to: str) -> None:
    text = text_of(office, cleared(office, scope))
    assert to in text
    for told in ("澄清说明", LEAD.matter, "经查", "不属实", "2025年12月11日", "2025年12月12日", "档案链末"):
        assert told in text, told


def test_nothing_leads_to_who_complained(embedded: TestOffice) -> None:
    text = text_of(embedded, cleared(embedded, ClearingScope.OFFICE), "en")
    for hidden in (WHO.name, WHO.contact, LEAD.order_no):
        assert hidden not in text


def test_there_is_none_before_it_is_issued_nor_for_others(embedded: TestOffice) -> None:
    uid = closed(embedded, LeadStatus.UNSUBSTANTIATED)
    with pytest.raises(Conflict):
        embedded.as_("officer").ask(clearing_paper, uid, "en")
    with pytest.raises(NotFound):
        embedded.as_("head").ask(clearing_paper, uid, "en")
