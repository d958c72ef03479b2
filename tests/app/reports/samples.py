"""People with everything that a summary may have to show; none of them is real."""

import io
import re
from dataclasses import replace
from hashlib import sha256

import pypdfium2
from pypdf import PdfReader

from app.reports.content import CountedLine, Decision, Summary, UncountedLine
from models.types import Day, Points, moment_of

FACTS = "2025年6月12日，在3号窗口受理变更登记时，未“一次告知”须补正的全部材料（章程修正案、股东会决议）。"

COMMENDED = CountedLine(
    Day(20250312),
    "嘉奖",
    Points(3000),
    authority="泽临市政务服务局",
    document_no="泽政服人〔2025〕45号",
    until=Day(20270311),
    reference="《公务员法》第五十三条",
)
NOT_TOLD = CountedLine(
    Day(20250612),
    "违反一次告知制",
    Points(-1500),
    facts=FACTS,
    authority="泽临市效能督查办公室",
    document_no="ZL12345-20250612-0087",
    reference="《标准》第九条第三项",
    marks=("有异议",),
)
EXPIRED = UncountedLine(
    Day(20231100), "通报批评", "有效期届满，转为档案保存", document_no="泽政服发〔2023〕61号"
)
RETURNED = Decision(
    "部门负责人审核", "李建国", moment_of(Day(20251216), 15, 5), "退回", "须补充督查记录后再报。"
)

SUMMARY = Summary(
    office="泽临市政务服务局",
    printed_on=Day(20251218),
    name="阿依古丽·买买提",
    staff_no="0012",
    file_no="泽诚档〔2025〕0012",
    department="审批一科",
    post="副科长",
    rank="二级主任科员",
    period_label="2025年度",
    period_start=Day(20250101),
    period_end=Day(20251231),
    scheme="泽临市政务服务局诚信等级评定标准",
    adopted_by="泽政服发〔2024〕36号",
    grade="良好",
    score=Points(101500),
    base=Points(100000),
    status="待审核",
    is_proposal=True,
    content_digest=sha256(b"content").hexdigest(),
    chain_seq=128,
    chain_hash=sha256(b"chain").hexdigest(),
    counted=(COMMENDED, NOT_TOLD),
    not_counted=(EXPIRED,),
    counts=(("正面", 1), ("负面", 2)),
    decisions=(RETURNED,),
    marks=("有异议",),
    note="本人系借调人员。",
)
EMPTY = replace(SUMMARY, counted=(), not_counted=(), counts=(), decisions=(), marks=(), note="")


def long_file(n: int) -> Summary:
    """A summary of ``n`` entries that count and as many that do not."""
    counted = tuple(
        replace(NOT_TOLD if k % 3 else COMMENDED, document_no=f"泽政服发〔2025〕{k}号") for k in range(n)
    )
    return replace(SUMMARY, counted=counted, not_counted=(EXPIRED,) * n)


def squeezed(text: str) -> str:
    """The text without white space: where lines were broken is not part of it."""
    return re.sub(r"\s", "", text)


def pages_by_pypdf(pdf: bytes) -> list[str]:
    """The text of each page as pypdf copies it."""
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def pages_by_pdfium(pdf: bytes) -> list[str]:
    """The text of each page as the reader of browsers copies it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]
