"""The lists that an office works through: shown, printed, filled in and imported back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.exchange.fields import Kind
from app.exchange.guess import guess_mapping
from app.exchange.mapping import dump_mapping
from app.exchange.tables import read_table
from tests.app.cli.desks import ENTRIES_MAP, Desk

MISSING = ["0001", "王丽", "办公室", "Post, Joined on"]


def test_what_is_missing_is_told_by_department(filled: Desk) -> None:
    found = filled.json("list", "incomplete")
    assert found["title"] == "What is missing in the files"
    assert found["rows"][0] == MISSING and len(found["rows"]) == 3
    assert filled.json("list", "incomplete", "--department", "办公室")["rows"] == [MISSING]


def test_what_is_filled_in_is_imported_back(filled: Desk) -> None:
    path = filled.folder / "missing.xlsx"
    assert filled("list", "incomplete", "--out", str(path))[0] == 0
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "0001")
    for head, value in {"Rank": "一级主任科员", "Joined on": "2015-03-01"}.items():
        row[heads.index(head)].value = value
    book.save(path)
    mapping = filled.file("missing.toml", dump_mapping(guess_mapping(read_table(path).columns, Kind.PEOPLE)))
    assert filled("import", "people", str(path), "--map", mapping)[0] == 0
    assert [row[0] for row in filled.json("list", "incomplete")["rows"]] == ["0002", "0003"]


def test_a_list_is_printed_with_the_root_of_all_chains(filled: Desk) -> None:
    path = filled.folder / "list.pdf"
    assert filled("list", "retention", "--until", "2025-12-31", "--out", str(path))[0] == 0
    text = PdfReader(path).pages[0].extract_text()
    assert "Past their retention period" in text and "60 months" in text and "All chains on" in text


NEGATIVE = (
    "工号,事项,日期,文号\n"
    "0001,超时办结,2019-03-10,泽效能〔2019〕3号\n"
    "0002,超时办结,2019-03-11,泽效能〔2019〕4号\n"
)


def test_negative_entries_leave_with_purpose_and_approval_marked_and_registered(filled: Desk) -> None:
    entries, mapping = filled.file("bad.csv", NEGATIVE), filled.file("bad.toml", ENTRIES_MAP)
    batch = filled.json("import", "entries", entries, "--map", mapping)["batch"]
    assert filled("import", "verify", batch, login="verifier")[0] == 0
    for name in ("bad.pdf", "bad.xlsx"):
        path = filled.folder / name
        out = ("list", "retention", "--out", str(path))
        status, said = filled(*out)
        assert (status, said) == (2, "Say for what purpose the negative entries leave the office.\n")
        assert filled(*out, "--purpose", "备案")[0] == 2 and not path.exists()
        assert filled(*out, "--purpose", "备案", "--approver", "周局长批示")[0] == 0
    mark = "For 备案 only · approved by 周局长批示"
    assert mark in PdfReader(filled.folder / "bad.pdf").pages[0].extract_text()
    sheet = load_workbook(filled.folder / "bad.xlsx").worksheets[0]
    assert mark in sheet.oddHeader.center.text and mark in sheet.cell(sheet.max_row, 1).value
    register = filled.json("list", "readings")["rows"]
    assert [row[1:] for row in register] == [
        ["人事干部", f"{whose}", "办公室" if "0001" in whose else "审批一科", "Exported", "备案 · 周局长批示"]
        for whose in ("王丽 0001", "张三 0002") * 2
    ]


SANCTION = "工号,事项,日期,文号\n0001,警告,2025-08-10,泽监〔2025〕7号\n0002,警告,2025-08-12,泽监〔2025〕8号\n"
AGAIN = "工号,事项,日期,文号\n0002,超时办结,2025-09-01,泽效能〔2025〕6号\n"


def test_whose_influence_period_ends_is_told_by_a_notice_unless_another_wrong_came(filled: Desk) -> None:
    for name, text in (("sanctions.csv", SANCTION), ("again.csv", AGAIN)):
        mapping = filled.file("bad.toml", ENTRIES_MAP)
        batch = filled.json("import", "entries", filled.file(name, text), "--map", mapping)["batch"]
        assert filled("import", "verify", batch, login="verifier")[0] == 0
    path = filled.folder / "notices.pdf"
    found = filled.json("list", "due", "--until", "2026-02-01", "--notices", str(path))
    assert [(row[0], row[2]) for row in found["rows"]] == [("2026-02-09", "0001"), ("2026-02-11", "0002")]
    assert found["rows"][1][-1].endswith("another wrong came within it")
    assert found["notices"] == {"written": 1, "to_come": 0, "again": 1}
    assert filled.json("list", "readings")["rows"][-1][2:] == [
        *("王丽 0001", "办公室", "Printed", "Notices of the end")
    ]
    (page,) = PdfReader(path).pages
    text = page.extract_text().replace("\n", " ")
    assert "王丽" in text and "泽监〔2025〕7号" in text and "ended with 9 February 2026." in text
    asked = ("list", "due", "--until", "2026-02-12", "--notices", str(path))
    assert "gets none; look at the file first" in filled(*asked)[1]
    assert filled.json("list", "due", "--until", "2026-03-01")["rows"] == []
    assert filled("list", "incomplete", "--notices", "x.pdf")[0] == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("list", "everything"),
            "There is no list everything. There are: incomplete, due, retention, readings.",
        ),
        (("list", "retention", "--until", "soon"), "soon is not a date."),
        (("list", "retention", "--out", "list.doc"), "list.doc is neither .pdf nor .xlsx."),
        (("list", "retention", "--department", "无此科"), "There is no department 无此科."),
    ],
)
def test_what_is_asked_wrongly_is_refused(filled: Desk, words: tuple[str, ...], sentence: str) -> None:
    status, said = filled(*words)
    assert status == 2 and said.startswith(sentence)
    assert not Path("list.doc").exists()
