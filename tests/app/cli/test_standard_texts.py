"""The text of a standard on the command line: its items as a table, its examples, its schema."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.rules.grading.schema import json_schema
from tests.app.cli.desks import Desk
from tests.offices import BASELINE


def changed(path: Path, code: str, head: str, value: object) -> None:
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads["Code"]).value == code)
    sheet.cell(row, heads[head]).value = value
    book.save(path)


def test_items_go_out_to_a_table_and_come_back(bare: Desk) -> None:
    file, table = bare.file("scheme.toml", BASELINE), str(bare.folder / "items.xlsx")
    assert bare.json("scheme", "items", file, "--to", table) == {"items": 40, "file": table}
    nothing = {"added": [], "changed": [], "removed": [], "failed": []}
    assert bare.json("scheme", "items", file, "--from", table) == nothing
    assert Path(file).read_text(encoding="utf-8") == BASELINE
    changed(Path(table), "service.rude", "Points", "−2.5")
    done = bare.json("scheme", "items", file, "--from", table)
    assert done == {**nothing, "changed": ["service.rude"]}
    text = Path(file).read_text(encoding="utf-8")
    assert set(text.splitlines()) - set(BASELINE.splitlines()) == {"points = -2.5"}
    status, said = bare("scheme", "items", file, "--from", table)
    assert (status, said) == (0, "The table says what the file says; nothing is changed.\n")


def test_ends_of_lines_and_the_mark_at_the_beginning_stay(bare: Desk) -> None:
    file, table = Path(bare.file("scheme.toml", "")), str(bare.folder / "items.xlsx")
    file.write_bytes(BASELINE.replace("\n", "\r\n").encode("utf-8-sig"))
    bare("scheme", "items", str(file), "--to", table)
    changed(Path(table), "service.rude", "Points", "−2.5")
    assert bare("scheme", "items", str(file), "--from", table) == (0, "Changed: service.rude.\n")
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\n") == content.count(b"\r\n")
    assert content.decode("utf-8-sig").replace("\r\n", "\n").count("points = -2.5\n") == 1


def test_an_example_that_comes_out_otherwise_is_told_and_the_items_go_in(bare: Desk) -> None:
    file, table = bare.file("scheme.toml", BASELINE), str(bare.folder / "items.xlsx")
    bare("scheme", "items", file, "--to", table)
    changed(Path(table), "reward.third_class", "Points", 9)
    status, said = bare("scheme", "items", file, "--from", table)
    assert status == 1 and "Changed: reward.third_class." in said and "come out otherwise now: 2, 3" in said
    status, said = bare("scheme", "examples", file, language="zh_CN")
    lines = said.splitlines()
    assert status == 1 and lines[0] == "✓ 1 没有记录  B 100"
    assert lines[1] == "✗ 2 诚信优秀的下限，110分  grade: A ≠ B; score: 110 ≠ 109"
    one = bare.json("scheme", "examples", file)[1]
    assert (one["passed"], one["grade"], one["score"]) == (False, "B", 109)
    wrong = {"asked": "score", "entry": 0, "expected": "110", "found": "109"}
    assert wrong in one["misses"]


@pytest.mark.parametrize(
    ("head", "value", "said"),
    [
        ("Points", "+2", "Item 15 Discourteous service · Points: “service.rude” must add"),
        ("Points", "two", "D16: “two” is not understood as “Points”."),
        ("Category", "performance", "the category “performance” is of the other polarity"),
        ("Code", "not a code", "“not a code” is no code"),
        ("Points", None, "say exactly one of the ways"),
    ],
)
def test_nothing_is_written_where_anything_is_wrong(bare: Desk, head: str, value: object, said: str) -> None:
    file, table = bare.file("scheme.toml", BASELINE), str(bare.folder / "items.xlsx")
    bare("scheme", "items", file, "--to", table)
    changed(Path(table), "service.overdue", "Points", -4)
    changed(Path(table), "service.rude", head, value)
    status, refusal = bare("scheme", "items", file, "--from", table)
    assert status == 2 and said in refusal
    assert Path(file).read_text(encoding="utf-8") == BASELINE
    assert not list(bare.folder.glob("*.part"))


def test_what_cannot_be_done_is_refused(bare: Desk) -> None:
    file = bare.file("scheme.toml", BASELINE)
    for words in (
        ("items", file),
        ("items", file, "--to", str(bare.folder / "items.csv")),
        ("items", file, "--from", str(bare.folder / "nothing.xlsx")),
        ("items", file, "--to", "x.xlsx", "--from", "x.xlsx"),
        ("items", bare.file("broken.toml", "format = 1\n[items"), "--to", str(bare.folder / "x.xlsx")),
        ("examples", bare.file("empty.toml", "")),
    ):
        status, said = bare("scheme", *words)
        assert status == 2 and said.strip().endswith((".", "--help")), said


def test_every_example_says_what_came_out(bare: Desk) -> None:
    file = bare.file("scheme.toml", BASELINE)
    status, said = bare("scheme", "examples", file)
    lines = said.splitlines()
    assert status == 0 and len(lines) > 40 and all(line.startswith("✓ ") for line in lines)
    assert any(line.endswith("  not rated") for line in lines)
    none = BASELINE[: BASELINE.index("[[examples]]")]
    assert bare("scheme", "examples", bare.file("none.toml", none)) == (0, "The standard has no examples.\n")


def test_the_schema_is_printed(bare: Desk) -> None:
    assert json.loads(bare("scheme", "schema")[1]) == json_schema() == bare.json("scheme", "schema")
