"""The paper that goes with a file to another office, with its receipt."""

import io

import pytest
from pypdf import PdfReader

from app.queries.bundles import Slip
from app.reports.transfer_slip import MATERIALS, transfer_slip_pdf

SLIP = Slip(
    "泽临市政务服务局",
    "临江市财政局",
    "泽组调〔2025〕18号",
    20251218,
    "阿依古丽·买买提",
    "0026",
    "CX-0026",
    "审批一科",
    "",
    20240401,
    tuple((name, number) for number, name in enumerate(MATERIALS, start=1)),
    "8C50 3CB8 A168 269A 2F03",
    "4977" * 16,
    28,
    "1eff" * 16,
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_one_page_says_what_goes_and_what_proves_it(language: str) -> None:
    pages = PdfReader(io.BytesIO(transfer_slip_pdf(SLIP, language))).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    for said in ("阿依古丽·买买提", "临江市财政局", "泽组调〔2025〕18号", "CX-0026", SLIP.fingerprint):
        assert said in text
    assert "49774977" in text and "1eff1eff" in text and "28" in text
    assert ("Receipt" in text) if language == "en" else ("公务员诚信档案转递单" in text)


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert transfer_slip_pdf(SLIP) == transfer_slip_pdf(SLIP)
