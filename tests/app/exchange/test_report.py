"""The report of an import can be read, counts every row, and runs no formula."""

from collections import Counter

import pytest
from openpyxl import load_workbook

from app.errors import Invalid
from app.exchange.fields import Placement
from app.exchange.judge import Judged
from app.exchange.report import reported, write_report
from app.exchange.saving import harmless
from app.exchange.tables import read_table
from app.rules.inputs import NewPerson
from app.rules.validation import Fault, Problem

PERSON = NewPerson("0001", "王丽")
WRONG = (
    Problem("staff_no", Fault.SPACES, "=HYPERLINK(1)", column="工号"),
    Problem("joined_on", Fault.DATE_NO_DAY, "2015.3", column="入职"),
)
ROWS = [
    Judged(2, Placement.PERSON, PERSON, b"1" * 16),
    Judged(3, Placement.LEFT_OUT, None, b"2" * 16, (), "+retired"),
    Judged(4, Placement.REJECTED, None, b"3" * 16, WRONG),
    Judged(5, Placement.REJECTED, None, b"4" * 16, (WRONG[1]._replace(value="2016.3"),)),
]


def cells(path):
    book = load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_report_says_how_every_row_was_placed(tmp_path):
    path = tmp_path / "report.xlsx"
    counts = write_report(path, iter(ROWS), ["The column “备注” was not read."])
    assert counts == Counter({Placement.PERSON: 1, Placement.LEFT_OUT: 1, Placement.REJECTED: 2})
    sheets = cells(path)
    summary = [row for row in sheets["Summary"] if any(row)]
    assert summary[1:5] == [
        ["person", None, 1],
        ["left out", None, 1],
        ["rejected", None, 2],
        ["together", None, 4],
    ]
    assert ["rejected", "Joined on “…” has no day.", 2] in summary
    assert ["left out", "'+retired", 1] in summary
    assert summary[-1] == [None, "The column “备注” was not read.", None]
    assert sheets["Rejected rows"][1] == [
        4,
        "工号",
        "'=HYPERLINK(1)",
        "Staff number “=HYPERLINK(1)” has a space inside.",
        "Write it without spaces.",
    ]
    assert [row[0] for row in sheets["Rejected rows"][1:]] == [4, 4, 5]
    assert [row[:2] for row in sheets["All rows"][1:]] == [
        [2, "person"],
        [3, "left out"],
        [4, "rejected"],
        [5, "rejected"],
    ]
    assert "To correct" not in sheets


def test_a_doubt_is_remarked_and_counted(tmp_path):
    doubt = Problem("", Fault.SAME_AS_ROW, "0003", {"row": "2"})
    write_report(tmp_path / "report.xlsx", [ROWS[0], ROWS[0]._replace(row=3, doubt=doubt)])
    sheets = cells(tmp_path / "report.xlsx")
    said = "Perhaps the same fact twice: row {} has the same person, item, date and document number."
    assert sheets["All rows"][0][3] == "Remark"
    assert [row[3] for row in sheets["All rows"][1:]] == [None, said.format(2)]
    assert ["person", said.format("…"), 1] in sheets["Summary"]


COLUMNS = ("工号", "姓名", "入职", "=备注")


def test_rejected_rows_are_corrected_in_the_report_and_imported_from_it(tmp_path):
    path = tmp_path / "report.xlsx"
    rows = [
        ROWS[0],
        ROWS[2]._replace(cells=["=HYPERLINK(1)", "王丽", "2015.3", ""]),
        ROWS[3]._replace(cells=["0007", "张三", "2016.3", "-1"]),
        Judged(
            6, Placement.REJECTED, None, b"5" * 16, (Problem("", Fault.TOTAL, "合计"),), "", ["合计", "2"]
        ),
    ]
    write_report(path, rows, columns=COLUMNS)
    book = load_workbook(path)
    assert book.active.title == "Summary"
    sheet = book["To correct"]
    assert [cell.value for cell in sheet[1]] == [
        "Why it was not imported (this column is not read)",
        *COLUMNS,
    ]
    assert sheet["A2"].value.startswith("row 4: Staff number “=HYPERLINK(1)” has a space inside.")
    assert (sheet["B2"].data_type, sheet["B3"].number_format) == ("s", "@")
    assert [sheet.cell(3, place).fill.fill_type for place in (2, 3, 4)] == [None, None, "solid"]
    sheet["D3"] = "2016.3.1"
    book.save(path)
    again = read_table(path)
    assert (again.sheet, again.columns) == ("To correct", COLUMNS)
    assert list(again.rows) == [
        (2, ["=HYPERLINK(1)", "王丽", "2015.3", ""]),
        (3, ["0007", "张三", "2016.3.1", "-1"]),
    ]


def test_the_rows_pass_through_unchanged(tmp_path):
    assert list(reported(ROWS, tmp_path / "report.xlsx")) == ROWS


def test_an_import_that_stops_leaves_no_report(tmp_path):
    rows = reported(ROWS, tmp_path / "report.xlsx")
    next(rows)
    rows.close()
    assert not (tmp_path / "report.xlsx").exists()


def test_a_report_that_cannot_be_written_is_refused_and_leaves_nothing(tmp_path):
    (tmp_path / "report.xlsx").mkdir()
    with pytest.raises(Invalid, match="cannot be written"):
        write_report(tmp_path / "report.xlsx", ROWS)
    with pytest.raises(Invalid, match="cannot be written"):
        write_report(tmp_path / "none" / "report.xlsx", ROWS)
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == ["report.xlsx"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t@"])
def test_formulas_are_made_harmless(start):
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless("a=1\0") == "a=1"
