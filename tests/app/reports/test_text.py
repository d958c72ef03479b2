"""Lines are broken as Chinese and English are broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.fonts import SERIF
from app.reports.text import Style, break_lines, fitting, width_of
from tests.app.reports.samples import squeezed

STYLE = Style(SERIF, 10, 14)

_pieces = st.one_of(
    st.sampled_from(["王", "丽", "告", "知", "，", "。", "（材料）", "“一次”", "《标准》", "〔2025〕45号"]),
    st.sampled_from(
        ["file ", "integrity ", "2025年", "1,000.5", " (art. 8)", "ZL12345-20250612-0087", "…", "\n"]
    ),
    st.text(max_size=4),
)
_texts = st.lists(_pieces, max_size=60).map("".join)


@given(_texts, st.floats(min_value=24, max_value=480))
def test_nothing_is_lost_and_no_line_is_too_wide(text, width):
    lines = break_lines(text, STYLE, width)
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(width_of(line, STYLE) <= width + 1e-6 for line in lines)


@given(st.lists(st.sampled_from(["王", "告知，", "（丽）", "《标准》", "“一次”"]), max_size=60).map("".join))
def test_no_closing_mark_begins_a_line_and_no_opening_mark_ends_one(text):
    lines = break_lines(text, STYLE, 60)
    assert not any(line[:1] and line[0] in "，）》”" for line in lines)
    assert not any(line[-1:] and line[-1] in "（《“" for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("一\n\n二", ["一", "", "二"]),
        ("keeps its words whole", ["keeps its", "words", "whole"]),
        ("王丽，王丽，王丽。", ["王丽，王丽，", "王丽。"]),
        ("王丽王丽王丽，王", ["王丽王丽王", "丽，王"]),
        ("泽政服〔2024〕36号", ["泽政服", "〔2024〕", "36号"]),
        ("共计1,000.5分。", ["共计", "1,000.5分。"]),
        ("incomprehensibilities", ["incomprehe", "nsibilities"]),
    ],
)
def test_examples(text, lines):
    assert break_lines(text, STYLE, 60) == lines


def test_a_figure_that_would_not_fit_is_made_smaller_and_another_is_left_alone():
    assert width_of("−1000.125", fitting("−1000.125", STYLE, 30)) <= 30
    assert fitting("−1", STYLE, 30) == STYLE
