"""The summary says all that went in, in fonts of its own, and the same each time."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pytest
from pypdf import PdfReader

from app.reports.content import texts_of
from app.reports.fonts import missing_characters
from app.reports.pages import LEFT, RIGHT
from app.reports.summary import summary_pdf
from app.words import LANGUAGES, translator
from models.types import Points
from tests.app.reports.samples import (
    EMPTY,
    EXPIRED,
    FACTS,
    NOT_TOLD,
    RETURNED,
    SUMMARY,
    long_file,
    pages_by_pdfium,
    pages_by_pypdf,
    squeezed,
)

COPIED = pytest.mark.parametrize("copied", [pages_by_pypdf, pages_by_pdfium])
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


@COPIED
@IN_BOTH
def test_every_text_that_went_in_is_copied_back(copied, language):
    text = "".join(copied(summary_pdf([SUMMARY], language)))
    assert [part for part in texts_of(SUMMARY) if squeezed(part) not in text] == []
    for figure in ("2025-03-12", "2027-03-11", "2023-11", "+3.0", "−1.5", "101.5", "2025-12-1615:05"):
        assert figure in text


@COPIED
def test_names_with_rare_characters_are_copied_back(copied):
    assert "王𬭎䶮㛃𠅤" in copied(summary_pdf([replace(SUMMARY, name="王𬭎䶮㛃𠅤")]))[0]


@COPIED
def test_each_page_says_whose_it_is_and_carries_both_digests(copied):
    pages = copied(summary_pdf([long_file(60)]))
    assert len(pages) > 4
    for page in pages:
        assert SUMMARY.name in page
        assert SUMMARY.content_digest in page
        assert SUMMARY.chain_hash in page
        assert "128" in page


@IN_BOTH
@pytest.mark.parametrize("n", [0, 1, 3, 30, 300])
def test_pages_are_counted_and_the_signatures_are_never_alone(n, language):
    tr = translator(language)
    pages = pages_by_pdfium(summary_pdf([long_file(n)], language))
    for number, page in enumerate(pages, start=1):
        assert squeezed(tr("Page {page} of {pages}").format(page=number, pages=len(pages))) in page
    seal = squeezed(tr("Office (seal)"))
    assert [seal in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert squeezed(RETURNED.reason) in pages[-1]


@IN_BOTH
@pytest.mark.parametrize("n", range(1, 15))
def test_the_signatures_stand_under_an_entry_where_nothing_is_decided_yet(n, language):
    undecided = replace(long_file(n), decisions=())
    for summary, last in (
        (undecided, EXPIRED.document_no),
        (replace(undecided, not_counted=()), undecided.counted[-1].document_no),
    ):
        assert squeezed(last) in pages_by_pdfium(summary_pdf([summary], language))[-1]


def test_each_person_begins_on_a_page_counted_from_one():
    reader = PdfReader(io.BytesIO(summary_pdf([EMPTY, replace(EMPTY, name="王丽"), EMPTY], "en")))
    assert [squeezed("Page 1 of 1") in squeezed(page.extract_text()) for page in reader.pages] == [True] * 3
    assert [entry.title for entry in reader.outline] == [
        "阿依古丽·买买提 0012",
        "王丽 0012",
        "阿依古丽·买买提 0012",
    ]


@pytest.mark.parametrize("summary", [EMPTY, SUMMARY, long_file(30)], ids=["empty", "usual", "long"])
def test_all_fonts_are_embedded_as_subsets(summary):
    for page in PdfReader(io.BytesIO(summary_pdf([summary]))).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/FontDescriptor"]
            assert re.match(r"/[A-Z]{6}\+Noto", descriptor["/FontName"])
            assert len(descriptor["/FontFile2"].get_data()) < 300_000
            assert "/ToUnicode" in font.get_object()


def test_the_document_says_what_it_is():
    reader = PdfReader(io.BytesIO(summary_pdf([SUMMARY], "zh_CN")))
    assert reader.metadata.title.endswith("阿依古丽·买买提 2025年度")
    assert reader.metadata.author == "泽临市政务服务局"
    assert reader.metadata.creation_date.strftime("%Y%m%d") == "20251218"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == pytest.approx([595.28, 841.89], abs=0.01)


def test_the_same_summaries_give_the_same_bytes_on_several_threads_too():
    people = [SUMMARY, EMPTY]
    expected = summary_pdf(people)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: summary_pdf(people), range(8))) == {expected}


@IN_BOTH
def test_a_proposal_is_called_one_and_a_decided_grade_is_not(language):
    label = squeezed(translator(language)("Proposed grade"))
    decided = replace(SUMMARY, is_proposal=False)
    assert label in pages_by_pdfium(summary_pdf([SUMMARY], language))[0]
    assert label not in pages_by_pdfium(summary_pdf([decided], language))[0]


def test_a_character_that_no_font_has_is_named_on_the_page():
    summary = replace(SUMMARY, name="王𪚥")
    assert missing_characters(texts_of(summary)) == ["𪚥"]
    assert missing_characters(texts_of(SUMMARY)) == []
    first = pages_by_pdfium(summary_pdf([summary]))[0]
    assert "王〓" in first
    assert "U+2A6A5" in first


def test_a_person_who_is_not_rated_has_no_score():
    assert "101.5" not in pages_by_pdfium(summary_pdf([replace(SUMMARY, grade="不参加评定", score=None)]))[0]


UGLY = replace(
    SUMMARY,
    office="泽临市" * 20 + "政务服务局",
    name="阿卜杜勒艾则孜·麦麦提" * 3,
    department="行政审批制度改革与政务服务标准化建设推进科" * 4,
    post="a-very-long-post-that-has-no-place-to-break-anywhere" * 3,
    scheme=FACTS * 3,
    score=Points(-123456789),
    counted=(
        replace(NOT_TOLD, facts=FACTS * 40, item=FACTS, document_no="x" * 300, points=Points(-1234567)),
    ),
    decisions=(replace(RETURNED, reason=FACTS * 60),),
    marks=tuple("有异议" for _ in range(60)),
    chain_seq=123456789,
)


@IN_BOTH
@pytest.mark.parametrize(
    "summary", [EMPTY, SUMMARY, UGLY, long_file(12)], ids=["empty", "usual", "ugly", "long"]
)
def test_no_text_stands_outside_the_margins_or_in_the_foot(summary, language):
    with pypdfium2.PdfDocument(summary_pdf([summary], language)) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(n) for n in range(text.count_chars())]
            drawn = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
            assert min(box[0] for box in drawn) >= LEFT
            assert max(box[2] for box in drawn) <= page.get_width() - RIGHT
            assert min(box[1] for box in drawn) >= 20
            assert max(box[3] for box in drawn) <= page.get_height() - 40


def test_what_was_not_submitted_has_no_digest_and_where_there_is_no_grade_none_is_proposed():
    page = pages_by_pdfium(summary_pdf([replace(EMPTY, content_digest="", grade="", score=None)], "en"))[0]
    assert "Digestofthecontent—" in page
    assert "proposalcomputed" not in page
