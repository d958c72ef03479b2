"""The items of a standard as a workbook: out and back in is the same; what is wrong is told by cell."""

import datetime as dt
import itertools
import tomllib
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app import words
from app.errors import Invalid
from app.exchange.scheme_items import MOST_ITEMS, items_from_workbook, items_to_workbook, merge_items
from app.rules.grading.parsing import parse
from app.standards.drafts import put, read_draft
from app.standards.schemes import SHIPPED

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))}
WENDENG = TEXTS["wendeng-2020"]
DONATION, HOURS, ABSENT = "charity.donation", "volunteering.hours", "duty.absent"


def items(text: str) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in tomllib.loads(text, parse_float=Decimal)["items"]}


def back(text: str, path: Path) -> str:
    return merge_items(text, items_from_workbook(path, text))


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., str]:
    """The text after its table was saved, changed by somebody, and read again."""

    def change(text: str, change: Callable[[Any, dict[str, int], dict[str, int]], object]) -> str:
        path = tmp_path / "items.xlsx"
        items_to_workbook(text, path)
        book = load_workbook(path)
        sheet: Any = book.worksheets[0]
        columns = {cell.value: cell.column for cell in sheet[1]}
        rows = {cell.value: cell.row for cell in sheet[chr(64 + columns[words.tr("Code")])]}
        change(sheet, columns, rows)
        book.save(path)
        return back(text, path)

    return change


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("out, into", list(itertools.product(words.LANGUAGES, repeat=2)))
def test_out_and_back_in_is_the_same_text(name: str, out: str, into: str, tmp_path: Path) -> None:
    words.use(out)
    assert items_to_workbook(TEXTS[name], tmp_path / "items.xlsx") == len(items(TEXTS[name]))
    words.use(into)
    assert back(TEXTS[name], tmp_path / "items.xlsx") == TEXTS[name]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("out, into", list(itertools.product(words.LANGUAGES, repeat=2)))
def test_a_standard_without_items_gets_them_from_the_table(
    name: str, out: str, into: str, tmp_path: Path
) -> None:
    """All that a table says, without the text behind it: what is left is what no cell can say."""
    words.use(out)
    items_to_workbook(TEXTS[name], tmp_path / "items.xlsx")
    words.use(into)
    bare = read_draft(TEXTS[name])
    text = back(put(bare, ("items",), None).text, tmp_path / "items.xlsx")
    wanted = items(TEXTS[name])
    for row in wanted.values():
        row.pop("cap", None)
        row.pop("repair", None)
    assert items(text) == wanted


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_changes_with_the_day_stays(language: str, tmp_path: Path) -> None:
    dated = [
        {"value": -5, "until": dt.date(2024, 12, 31)},
        {"value": {"county": -7}, "since": dt.date(2025, 1, 1)},
    ]
    draft = put(read_draft(WENDENG), ("items", 40, "points"), dated)
    draft = put(draft, ("items", 40, "off"), {"value": "停用", "since": dt.date(2026, 1, 1)})
    draft = put(draft, ("items", 40, "validity"), [{"value": 6}])
    items_to_workbook(draft.text, tmp_path / "items.xlsx")
    words.use(language)
    assert back(draft.text, tmp_path / "items.xlsx") == draft.text


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-乙", "@x", " two  blanks", "两行\n文字", "'quoted"])
def test_no_text_is_taken_for_a_formula(name: str, tmp_path: Path) -> None:
    draft = put(read_draft(WENDENG), ("items", 40, "name"), name)
    items_to_workbook(draft.text, tmp_path / "items.xlsx")
    sheet: Any = load_workbook(tmp_path / "items.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert back(draft.text, tmp_path / "items.xlsx") == draft.text


def test_two_groups_of_one_name_are_told_apart_by_their_codes(tmp_path: Path) -> None:
    text = WENDENG.replace('name = { zh = "党纪处分", en = "Party sanctions" }', 'name = "政务处分"')
    words.use("zh_CN")
    items_to_workbook(text, tmp_path / "items.xlsx")
    words.use("en")
    assert back(text, tmp_path / "items.xlsx") == text


def test_what_is_changed_changes_and_all_else_stays(edited: Callable[..., str]) -> None:
    def change(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows[ABSENT], columns["Points"]).value = -7.5
        sheet.cell(rows[DONATION], columns["Share of the head"]).value = "50 %"
        sheet.cell(rows[HOURS], columns["Off because, in English"]).value = None
        sheet.cell(rows[HOURS], columns["Off because, in Chinese"]).value = None
        sheet.cell(rows[HOURS], columns["Every step counts"]).value = True
        sheet.cell(rows[HOURS], columns["Since"]).value = dt.datetime(2025, 7, 1)

    words.use("en")
    text = edited(WENDENG, change)
    new, old = items(text), items(WENDENG)
    assert new[ABSENT] == {**old[ABSENT], "points": Decimal("-7.5")}
    assert new[DONATION] == {**old[DONATION], "head_share": Decimal("0.5")} and "cap" in new[DONATION]
    more = {"each_step": True, "since": dt.date(2025, 7, 1)}
    assert new[HOURS] == {key: value for key, value in old[HOURS].items() if key != "off"} | more
    assert set(text.splitlines()) - set(WENDENG.splitlines()) == {
        "points = -7.5",
        "head_share = 0.5",
        "each_step = true",
        "since = 2025-07-01",
    }
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in WENDENG.splitlines() if line.startswith("#")
    ]


def test_rows_are_added_behind_the_one_above_them_and_taken_away(edited: Callable[..., str]) -> None:
    def change(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.delete_rows(rows["duty.late"])
        sheet.insert_rows(rows["sanction.party_probation"] + 1)
        row = rows["sanction.party_probation"] + 1
        for title, value in (
            ("Sign", "扣分"),
            ("Name in Chinese", "新的处分"),
            ("Points", 30),
            ("Category", "纪律不严"),
            ("Group", "党纪处分"),
        ):
            sheet.cell(row, columns[words.tr(title)]).value = value

    words.use("zh_CN")
    text = edited(WENDENG, change)
    codes = list(items(text))
    assert "duty.late" not in codes and len(codes) == len(items(WENDENG))
    place = codes.index("sanction.party_probation") + 1
    assert codes[place] == "item.1"
    assert text.index('code = "item.1"') < text.index("\n# 政务处分")
    assert items(text)["item.1"] == {
        "code": "item.1",
        "name": "新的处分",
        "polarity": "negative",
        "category": "lax_discipline",
        "group": "party",
        "points": -30,
    }
    assert parse(text).items["item.1"].group == "party"


def test_sorting_the_sheet_changes_no_order(edited: Callable[..., str]) -> None:
    def change(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(cells), 2):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value

    assert edited(WENDENG, change) == WENDENG


ONE_LIST = """format = 1
items = [
    { code = "a", name = "甲", polarity = "negative", category = "poor_work", points = -1 }, # the first
    { code = "b", name = "乙", polarity = "negative", category = "poor_work", points = -2 }, # the second
]
"""


def test_items_in_one_list_and_in_pieces_are_changed_as_well(edited: Callable[..., str]) -> None:
    def change(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows["b"], columns["Points"]).value = -3
        sheet.cell(rows["a"] + 2, columns["Name in Chinese"]).value = "丙"
        sheet.delete_rows(rows["a"])

    words.use("en")
    text = edited(ONE_LIST, change)
    assert text.count("points = -3 },") == 1
    assert items(text).keys() == {"b", "item.1"}
    apart = '[[items]]\ncode = "a"\npoints = -1\n\n[score]\nbase = 1\n\n[items.cap]\nfloor = -5\n'
    text = edited(f'format = 1\n{apart}\n[[items]]\ncode = "b"\n', change)
    assert text == 'format = 1\n[score]\nbase = 1\n\n[[items]]\ncode = "b"\npoints = -3\n' + (
        '\n[[items]]\ncode = "item.1"\nname = "丙"\n'
    )


@pytest.mark.parametrize(
    "zh, en, name",
    [
        ("新名", "Donation", {"zh": "新名", "en": "Donation"}),
        ("新名", None, "新名"),
        (None, "New name", "New name"),
        ("新名", "New name", {"zh": "新名", "en": "New name"}),
        ("同", "同", "同"),
    ],
)
def test_a_name_in_either_language(zh: str, en: str, name: object, edited: Callable[..., str]) -> None:
    def change(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows[DONATION], columns["Name in Chinese"]).value = zh
        sheet.cell(rows[DONATION], columns["Name in English"]).value = en

    words.use("en")
    assert items(edited(WENDENG, change))[DONATION]["name"] == name


def table(path: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    for one in merged:
        sheet.merge_cells(one)
    book.save(path)
    return path


HEADS = ("Code", "Sign", "Name in Chinese", "Points", "Group", "Direct grade", "Validity, months", "Since")
WRONG: dict[str, tuple[list[tuple[object, ...]], list[str], list[str]]] = {
    "text in number columns": (
        [HEADS, ("x.1", "-", "甲", "many", "duty", "", "a year", "soon")],
        [],
        ["D2: “many” is not understood as “Points”", "G2: “a year”", "H2: “soon”"],
    ),
    "a day that the calendar lacks": (
        [HEADS, ("x.1", "-", "甲", "-1", "", "", "", "2025-02-30")],
        [],
        ["H2: “2025-02-30”"],
    ),
    "codes that nothing has": (
        [HEADS, ("x.1", "?", "甲", "-1", "no such group", "AAAA", "12", "")],
        [],
        ["B2: “?”", "E2: “no such group” is not understood as “Group”. Choose one of these", "F2: “AAAA”"],
    ),
    "codes twice": (
        [HEADS, ("x.1", "-", "甲", "-1"), ("x.2", "-", "乙", "-1"), ("x.1", "-", "丙", "-1")],
        [],
        ["A4: The code “x.1” stands in row 2 too."],
    ),
    "merged cells": (
        [HEADS, ("x.1", "-", "甲", "-1"), ("x.2", "-", "乙", "-1")],
        ["D2:D3", "F3:G3"],
        ["D2:D3: These cells are merged.", "F3:G3: These cells are merged."],
    ),
    "headings": (
        [(*HEADS, "Remark", "分值"), ("x.1", "-", "甲", "-1")],
        [],
        ["I: No column is called “Remark”.", "J: “分值” says the same as column D."],
    ),
    "no codes": ([HEADS[1:], ("-", "甲", "-1")], [], ["The table has no column “Code”"]),
    "something beside": (
        [HEADS, ("x.1", "-", "甲", "-1", "", "", "", "", "", "z")],
        [],
        ["J2: There is no heading above this."],
    ),
    "too many": (
        [HEADS, *((f"x.{n}", "-", "甲", "-1") for n in range(MOST_ITEMS + 1))],
        [],
        [f"A{MOST_ITEMS + 2}: A table has at most {MOST_ITEMS} items."],
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_told_by_its_cell(kind: str, tmp_path: Path) -> None:
    rows, merged, told = WRONG[kind]
    words.use("en")
    with pytest.raises(Invalid) as refusal:
        items_from_workbook(table(tmp_path / "wrong.xlsx", rows, merged), WENDENG)
    said = refusal.value.sentence.splitlines()
    assert len(said) == len(told)
    for line, beginning in zip(said, told, strict=True):
        assert line.startswith(beginning) and line.endswith("."), line


def test_many_wrong_cells_are_told_in_part(tmp_path: Path) -> None:
    rows = [HEADS, *((f"x.{n}", "-", "甲", "many") for n in range(30))]
    words.use("en")
    with pytest.raises(Invalid) as refusal:
        items_from_workbook(table(tmp_path / "wrong.xlsx", rows), WENDENG)
    assert refusal.value.sentence.splitlines()[20:] == ["And 10 more."]


def test_a_title_above_the_headings_may_be_merged(tmp_path: Path) -> None:
    rows = [("事项表",), HEADS, (ABSENT, "-", "擅自脱岗", "-9")]
    path = table(tmp_path / "title.xlsx", rows, ["A1:H1"])
    (item,) = items_from_workbook(path, WENDENG)
    assert item["points"] == -9 and item["category"] == "lax_discipline"


def test_columns_that_are_not_there_change_nothing(tmp_path: Path) -> None:
    rows = [("事项", "代码"), *((row["name"]["zh"], code) for code, row in items(WENDENG).items())]
    assert back(WENDENG, table(tmp_path / "some.xlsx", rows)) == WENDENG


@pytest.mark.parametrize(
    "text", ["", "format = 1\nitems = 5", "format = 1\nitems = [1]", "format = 1\n[items"]
)
def test_a_text_that_is_no_standard_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        items_to_workbook(text, tmp_path / "items.xlsx")
    assert not (tmp_path / "items.xlsx").exists()


def test_a_standard_with_more_items_than_a_table_holds_is_refused(tmp_path: Path) -> None:
    text = "format = 1\n" + "".join(f'[[items]]\ncode = "x.{n}"\n' for n in range(MOST_ITEMS + 1))
    with pytest.raises(Invalid, match=str(MOST_ITEMS)):
        items_to_workbook(text, tmp_path / "items.xlsx")
