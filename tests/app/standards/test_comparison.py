"""Two texts of standards compared, in words."""

import pytest

from app import words
from app.errors import Invalid
from app.standards.comparison import Part, compared
from app.standards.schemes import SHIPPED
from tests.app.rules.grading.schemes import TEXT

RULE = """
[[limits]]
code = "twice"
name = { zh = "两次超时", en = "Overdue twice" }
at_most = "B"
when = { items = ["overdue"], count_from = 2, within = 12 }
"""


def said(new: str, old: str = TEXT) -> list[str]:
    return [one.sentence() for one in compared(old, new)]


def test_changes_are_told_by_names_in_both_languages() -> None:
    new = TEXT.replace("from = 110", "from = 112", 1).replace("points = 5", "points = 6", 1) + RULE
    assert said(new) == [
        "“Excellent” · From: 110 → 112",
        "“Commendation” · Points: +5 → +6",
        "Limits “Overdue twice”: added: When entries of “Overdue” within 12 months count at least 2 times: "
        "at most Good.",
    ]
    words.use("zh_CN")
    assert said(new) == [
        "“优秀” · 达到：110 → 112",
        "“嘉奖” · 分值：+5 → +6",
        "等次限制“两次超时”：新增：近12个月内“超时办结”记录达到2次的，最高为良好。",
    ]


def test_parts_come_in_the_order_of_the_editor() -> None:
    new = TEXT.replace("edition = 1", "edition = 2", 1).replace("points = 5", "points = 6", 1) + RULE
    assert [one.part for one in compared(TEXT, new)] == [Part.FRAME, Part.ITEMS, Part.RULES]


def test_what_holds_for_a_time_is_told_with_its_days() -> None:
    dated = "points = [{ value = 5, until = 2025-12-31 }, { value = 7, since = 2026-01-01 }]"
    assert said(TEXT.replace("points = 5", dated, 1)) == [
        "“Commendation” · Points: +5 → +7 (from 2026-01-01 on)"
    ]


def test_a_change_that_stops_and_comes_again_is_said_for_each_time() -> None:
    step = (
        "points = [{ value = -3, until = 2023-12-31 }, { value = -5, since = 2024-01-01, until = 2024-12-31 }"
    )
    text = TEXT.replace("points = -3\n", step + ", { value = -3, since = 2025-01-01 }]\n", 1)
    found = said(TEXT.replace("points = -3\n", "points = -5\n", 1), text)
    assert [one.rpartition("(")[2] for one in found] == ["until 2023-12-31)", "from 2025-01-01 on)"]


def test_another_order_names_what_moved() -> None:
    start, end = TEXT.index('[[items]]\ncode = "overdue"'), TEXT.index('[[items]]\ncode = "demerit"')
    overdue, warning = TEXT[start:end].split("[[items]]")[1:]
    turned = TEXT[:start] + f"[[items]]{warning}[[items]]{overdue}" + TEXT[end:]
    assert said(turned) == ["Items: another order: “Overdue”, “Warning” → “Warning”, “Overdue”"]


def test_a_row_that_goes_is_told_as_it_was() -> None:
    (sentence,) = said(TEXT, TEXT + RULE)
    assert sentence.startswith("Limits “Overdue twice”: removed: When entries of “Overdue”")


def test_a_name_in_the_other_language_is_told_in_both() -> None:
    (sentence,) = said(TEXT.replace('zh = "嘉奖"', 'zh = "嘉奖令"', 1))
    assert sentence.endswith("嘉奖 / Commendation → 嘉奖令 / Commendation")


def test_nothing_is_told_of_a_text_and_itself() -> None:
    for path in SHIPPED.glob("*.toml"):
        if "accountability" not in path.name:
            text = path.read_text(encoding="utf-8")
            assert compared(text, text) == []


def test_every_item_of_a_shipped_standard_can_be_told() -> None:
    text = (SHIPPED / "wendeng-2020.toml").read_text(encoding="utf-8")
    for language in ("en", "zh_CN"):
        words.use(language)
        assert len(compared(TEXT, text)) > 100


def test_what_is_no_standard_is_refused() -> None:
    with pytest.raises(Invalid, match="edition"):
        compared(TEXT, TEXT.replace("edition = 1", "edition = 0", 1))
