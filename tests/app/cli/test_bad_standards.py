"""A standard that cannot be one is told where and what, in one go, and changes nothing that is published."""

import pytest
from openpyxl import Workbook

from app.rules.grading.parsing import MOST_TEXT
from app.standards.draft_check import look_through
from models.types import Day
from tests.app.cli.desks import Desk
from tests.app.cli.test_bad_input import CHINESE
from tests.offices import BASELINE

ITEM = """
[[items]]
code = "x.{n}"
name = "{n}"
polarity = "negative"
category = "poor_work"
points = -1
validity = 12
"""
LINES = len(BASELINE.splitlines())


def with_line(line: str) -> str:
    """The baseline with a line at its end, in its last example."""
    return f"{BASELINE}\n{line}\n"


def in_front_of_each_other(*codes: str) -> str:
    """Items each of which comes before the next one, and the last before the first."""
    ring = zip(codes, (*codes[1:], codes[0]), strict=True)
    return BASELINE + "".join(ITEM.format(n=one) + f'over = ["x.{other}"]\n' for one, other in ring)


BAD = {
    "a heading that is not closed": (with_line("[[items"), f"line {LINES + 2}, column 8: a heading must end"),
    "a text that is not closed": (with_line('by = "x'), f"line {LINES + 2}, column 8: a text must end"),
    "a list that is not closed": (with_line("entries = [1,"), "at the end, this is no text"),
    "no value": (with_line("score ="), f"line {LINES + 2}, column 8: this is no text"),
    "no equals sign": (with_line("score 5"), "after a name there must be an equals sign"),
    "something behind a value": (with_line('by = "x" "y"'), "nothing may follow the value"),
    "a name twice": (with_line("name = 1"), "the same name stands there twice"),
    "lists too deep": (with_line("entries = " + "[" * 5_000), "too deep in one another"),
    "a day that there is not": (
        with_line("since = 2025-02-30"),
        "column 9: there is no such day",
    ),
    "a number of thousands of digits": (with_line("edition = " + "9" * 5_000), "thousands of digits"),
    "a number beyond all bounds": (
        BASELINE.replace("base = 100", "base = 1e9999999999999999999"),
        "must be a number with at most three decimals, not “NaN”",
    ),
    "a number of great size": (BASELINE.replace("base = 100", "base = 1e400"), "score.base: "),
    "an item before itself": (in_front_of_each_other("a"), "items[41].over: “x.a” would come before itself"),
    "items in a ring": (in_front_of_each_other("a", "b", "c"), "items[43].over: “x.c” would come before"),
    "an end before the beginning": (
        BASELINE.replace("validity = 12", "validity = 12\nsince = 2025-02-01\nuntil = 2025-01-31", 1),
        "items[1].until: it ends on 2025-01-31, before it begins",
    ),
    "ten megabytes of items": (
        BASELINE + "".join(ITEM.format(n=n) for n in range(100_000)),
        "a standard has at most a million",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_it_is_refused_with_its_place_and_nothing_published_changes(desk: Desk, kind: str) -> None:
    text, said = BAD[kind]
    file = desk.file("bad.toml", text)
    before = desk.json("scheme", "list"), desk.json("verify")["events"]
    adopted = ("--adopted-by", "泽政服发〔2025〕1号", "--valid-from", "2026-01-01")
    table = str(desk.folder / "items.xlsx")
    verbs = [("check", file), ("publish", file, *adopted), ("examples", file)]
    verbs += [("items", file, "--to", table)] if "TOML" in desk("scheme", "check", file)[1] else []
    for words in verbs:
        status, told = desk("scheme", *words)
        assert status == 2 and said in told, told
        assert all(line.endswith(".") for line in told.splitlines())
        status, told = desk("scheme", *words, language="zh_CN")
        assert status == 2 and all(CHINESE.search(line) and line.endswith("。") for line in told.splitlines())
    assert (desk.json("scheme", "list"), desk.json("verify")["events"]) == before
    assert not (desk.folder / "items.xlsx").exists()


@pytest.mark.parametrize("kind", BAD)
def test_the_same_is_found_in_a_draft(kind: str) -> None:
    text, said = BAD[kind]
    seen = look_through(text, Day(20260101))
    assert seen.scheme is None and seen.ran == ()
    assert all(one.wrong for one in seen.findings)
    assert any(said.rpartition(": ")[2] in one.sentence for one in seen.findings)


def test_a_place_in_a_text_that_is_no_toml_is_a_line() -> None:
    (found,) = look_through(BAD["a day that there is not"][0], Day(20260101)).findings
    assert found.line == LINES + 2


def test_a_text_of_the_greatest_length_is_read() -> None:
    text = BASELINE + "#" * (MOST_TEXT - len(BASELINE))
    assert look_through(text, Day(20260101)).scheme is not None
    assert look_through(text + "#", Day(20260101)).scheme is None


def test_a_bad_table_is_told_by_cell_and_nothing_is_taken_from_it(desk: Desk) -> None:
    file, path = desk.file("scheme.toml", BASELINE), desk.folder / "bad.xlsx"
    before = desk.json("scheme", "list"), desk.json("verify")["events"]
    book = Workbook()
    sheet = book.active
    for row in (
        ("代码", "事项", "分值", "有效期（月）"),
        ("service.rude", "服务态度生硬", "-4", "12"),
        ("service.overdue", "超时办结", "很多", "一年"),
        ("service.buck_passing", "推诿扯皮", "-3", "12"),
    ):
        sheet.append(row)
    sheet.merge_cells("D3:D4")
    book.save(path)
    status, told = desk("scheme", "items", file, "--from", str(path))
    assert (status, told) == (2, "D3:D4: These cells are merged. Split them, and fill in each one.\n")
    sheet.unmerge_cells("D3:D4")
    book.save(path)
    status, told = desk("scheme", "items", file, "--from", str(path), language="zh_CN")
    assert status == 2 and [line[:2] for line in told.splitlines()] == ["C3", "D3"]
    assert (desk.folder / "scheme.toml").read_text(encoding="utf-8") == BASELINE
    assert (desk.json("scheme", "list"), desk.json("verify")["events"]) == before
