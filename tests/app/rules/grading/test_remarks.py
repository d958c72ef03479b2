"""What is worth knowing before a standard is published."""

import pytest

from app.rules.grading.examples import run_examples
from app.rules.grading.parsing import parse, read_placed
from app.rules.grading.remarks import Noted, Remark, remarks
from app.standards.schemes import SHIPPED, remark_sentence
from models.types import Day
from tests.app.rules.grading.schemes import TEXT

TODAY = Day(20251218)
REWARD, OVERDUE = 'code = "reward"', 'code = "overdue"'
OFTEN = """
[[direct]]
code = "five"
name = "x"
grade = "C"
when = { count_from = 5, items = ["overdue"] }

[[direct]]
code = "three"
name = "x"
grade = "D"
when = { count_from = 3, items = ["overdue"] }
"""
VALIDITY = """
[[validity]]
polarity = "negative"
months = 24
reference = "x"

[[validity]]
polarity = "negative"
up_to = 40
months = 12
reference = "x"
"""


def noted(text: str) -> set[tuple[str, Remark, str]]:
    ran = run_examples(parse(text), lambda day: parse(text, day))
    return {tuple(one) for one in remarks(read_placed(text), ran, TODAY)}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ("items[1].reference", Remark.NO_REFERENCE, "")),
        ("", "", ("bands[1].reference", Remark.NO_REFERENCE, "")),
        ("", "", ("examples", Remark.NO_EXAMPLE_OF_DIRECT, "D")),
        ("", "", ("examples", Remark.NO_EXAMPLE_OF_BAND, "B")),
        (
            "points = -12\n",
            'points = -12\nappraisal = "不得确定为优秀"\n',
            ("items[4].appraisal", Remark.BOTH, "warning"),
        ),
        (
            REWARD,
            f"{REWARD}\nreviewed_until = 2025-06-30",
            ("items[1].reviewed_until", Remark.REVIEW_DUE, "2025-06-30"),
        ),
        (
            "base = 100",
            "base = { value = 100, reviewed_until = 2025-12-17 }",
            ("score.base.reviewed_until", Remark.REVIEW_DUE, "2025-12-17"),
        ),
        (OVERDUE, f"{OVERDUE}\nuntil = 2024-12-18", ("items[3].until", Remark.OUT_OF_TIME, "overdue")),
        ("from = 110", "above = 130", ("bands[1]", Remark.NO_ROOM, "A")),
        (REWARD, f"{REWARD}\ncap = {{ ceiling = 0 }}", ("items[1].cap", Remark.NO_EFFECT, "reward")),
        ("[score]", f"{OFTEN}\n[score]", ("direct[1]", Remark.SWALLOWED, "")),
        (
            "[score]",
            "[carry_over]\nfraction = 0.1\n[score]",
            ("carry_over.reference", Remark.NO_REFERENCE, ""),
        ),
        ("ceiling = 130", "ceiling = 109", ("bands[1]", Remark.NO_ROOM, "A")),
        ("floor = 0", "floor = 110", ("bands[2]", Remark.NO_ROOM, "B")),
        ('direct = "D"', 'direct = "A"', ("items[6].direct", Remark.NO_EFFECT, "dismissal")),
        (
            'zh = "警告", en = "Warning"',
            'zh = "超时办结", en = "Overdue"',
            ("items[4].name", Remark.SAME_NAME, "overdue"),
        ),
        (
            'code = "overdue"',
            'code = "overdue"\nover = ["reward"]',
            ("items[3].over", Remark.NEVER_ONE_ACT, "reward"),
        ),
        ("[score]", f"{VALIDITY}\n[score]", ("validity[2]", Remark.SWALLOWED, "")),
    ],
)
def test_what_is_worth_knowing_is_said_with_its_place(
    old: str, new: str, expected: tuple[str, Remark, str]
) -> None:
    text = TEXT.replace(old, new, 1) if old else TEXT
    assert (text != TEXT) is bool(old)
    assert expected in noted(text)
    if old:
        assert expected not in noted(TEXT)
    assert remark_sentence(Noted(*expected)).startswith(expected[0])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OVERDUE, f"{OVERDUE}\nuntil = 2024-12-19"),  # valid for twelve months more
        (REWARD, f"{REWARD}\nuntil = 2023-12-31"),  # what was decided later counts from then on
        ("ceiling = 130", "ceiling = 130\nrounding = { to = 10 }"),
        (REWARD, f"{REWARD}\nreviewed_until = 2025-12-18"),
        ("ceiling = 130", "ceiling = 110"),
        ("floor = 0", "floor = 79.999"),
    ],
)
def test_up_to_its_last_day_or_point_nothing_is_said(old: str, new: str) -> None:
    about_it = {Remark.OUT_OF_TIME, Remark.REVIEW_DUE, Remark.NO_ROOM}
    assert not {remark for _, remark, _ in noted(TEXT.replace(old, new, 1))} & about_it


def test_a_grade_between_two_scores_that_rounding_leaves_has_no_room() -> None:
    text = TEXT.replace("ceiling = 130", "ceiling = 130\nrounding = { to = 10 }")
    narrow = text.replace("from = 95.5", "from = 107")
    no_room = ("bands[2]", Remark.NO_ROOM, "B")
    assert no_room in noted(narrow) and no_room not in noted(text)


def test_a_rule_that_another_always_overtakes_is_told_and_the_other_is_not() -> None:
    swallowed = {place for place, remark, _ in noted(TEXT + OFTEN) if remark is Remark.SWALLOWED}
    assert swallowed == {"direct[1]"}
    apart = OFTEN.replace('"overdue"', '"warning"', 1)
    assert Remark.SWALLOWED not in {remark for _, remark, _ in noted(TEXT + apart)}


def test_a_row_that_some_entries_reach_is_not_swallowed() -> None:
    first, second = VALIDITY.strip().split("\n\n")
    turned = TEXT.replace("[score]", f"{second}\n\n{first}\n\n[score]", 1)
    assert Remark.SWALLOWED not in {remark for _, remark, _ in noted(turned)}


def test_a_row_for_an_item_behind_one_for_all_of_its_kind_is_swallowed() -> None:
    rows = """
[[validity]]
polarity = "negative"
months = 24

[[validity]]
items = ["overdue"]
months = 12

[[validity]]
items = ["reward"]
months = 12
"""
    found = [place for place, remark, _ in noted(TEXT.replace("[score]", f"{rows}\n[score]", 1))
             if remark is Remark.SWALLOWED]  # fmt: skip
    assert found == ["validity[2]"]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_standards_show_every_grade_and_every_edge(path) -> None:
    found = {remark for _, remark, _ in noted(path.read_text(encoding="utf-8"))}
    assert found <= {Remark.BOTH, Remark.NO_REFERENCE}
