"""Lists of every kind are read alike, and what is no list is refused in one sentence."""

import datetime as dt
import gzip
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.errors import Invalid
from app.exchange.tables import read_table, sheet_names

ROWS = [["工号", "姓名"], ["0001", "张三"], ["0002", "李䶮"]]
TEXT = "\r\n".join(",".join(row) for row in ROWS) + "\r\n"
OLD = Path(__file__).parent / "old.xls"  # BIFF8, which nothing here can write


def read(path, sheet=""):
    table = read_table(path, sheet)
    return table.columns, list(table.rows)


def workbook(path, *rows, title="数据"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def refusal(path):
    with pytest.raises(Invalid) as refused:
        read(path)
    return refused.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_text_is_read_in_every_encoding(tmp_path, encoding, packed):
    path = tmp_path / ("list.csv.gz" if packed else "LIST.CSV")
    content = TEXT.encode(encoding)
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    assert read(path) == (("工号", "姓名"), [(2, ["0001", "张三"]), (3, ["0002", "李䶮"])])


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters_are_seen(tmp_path, delimiter):
    path = tmp_path / "list.csv"
    path.write_text(TEXT.replace(",", delimiter), "utf-8")
    assert read(path)[1][0] == (2, ["0001", "张三"])


def test_row_numbers_are_those_of_the_spreadsheet(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('工号,姓名\n\n1,"张\n三"\n,\n2,李四\n', "utf-8")
    assert [number for number, _ in read(path)[1]] == [3, 5]


def test_a_workbook_is_read_with_its_kinds_of_cells(tmp_path):
    cells = [1, 20150301, 2.5, dt.date(2015, 3, 1), dt.datetime(2015, 3, 1, 10, 30), True, None]
    damaged = 230102199001011234
    path = workbook(tmp_path / "list.xlsx", list("abcdefgh"), [*cells, damaged])
    texts = ["1", "20150301", "2.5", "2015-03-01", "2015-03-01 10:30:00", "TRUE", ""]
    assert read(path)[1] == [(2, [*texts, "2.30102199001011E+17"])]


def test_titles_blank_rows_and_other_sheets_do_not_matter(tmp_path):
    book = Workbook()
    book.active.title = "空表"
    sheet = book.create_sheet("名单")
    sheet["B2"], sheet["B3"], sheet["C3"] = "泽临市干部名单", "工号", " 姓　名 "
    sheet["B6"], sheet["C6"] = "0001", "张三"
    hidden = book.create_sheet("藏", 0)
    hidden["A1"], hidden.sheet_state = "x", "hidden"
    book.create_sheet("其他")["A1"] = "甲"
    book.save(path := tmp_path / "list.xlsx")
    assert sheet_names(path) == ["空表", "名单", "其他"]
    assert read(path)[1] == [(6, ["0001", "张三"])]
    assert read_table(path).columns == ("工号", "姓名")
    assert read_table(path).sheet == "名单"
    assert read(path, "其他") == (("甲",), [])
    with pytest.raises(Invalid, match="Choose one of these: 空表, 名单, 其他"):
        read(path, "没有")


def test_a_cell_that_holds_an_error_is_not_taken_for_a_blank(tmp_path):
    path = workbook(tmp_path / "list.xlsx", ["工号", "姓名"], ["0001", "#N/A"], ["0002", "李四"])
    assert read(path)[1] == [(2, ["0001", "#N/A"]), (3, ["0002", "李四"])]


def test_an_old_workbook_is_read():
    columns, rows = read(OLD)
    assert columns == ("工号", "姓名", "进入本单位日期", "身份证号")
    assert rows == [
        (2, ["0001", "张 三", "2015-03-01", "11010519491231002X"]),
        (4, ["2", "李四", "42064", "2.30102199001011E+17"]),
    ]


def test_headings_have_to_be_there_and_differ(tmp_path):
    path = workbook(tmp_path / "list.xlsx", ["工号", None, "姓名"], ["1", "2", "3"])
    assert refusal(path) == "Column B of list.xlsx has no heading. Give it one, or delete the column."
    path = workbook(tmp_path / "list.xlsx", ["工号", "日期", "日 期", None], ["1", "2", "3"])
    assert "columns B and C of list.xlsx are both called “日期”" in refusal(path)


def _xlsx(path):
    return workbook(path, *ROWS).read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xlsx", b"<html><table>", "a web page or XML"),
        ("list.xls", TEXT.encode(), "plain text"),
        ("list.xlsx", OLD.read_bytes(), "or one with a password"),
        ("list.csv", OLD.read_bytes(), "an old Excel workbook"),
        ("list.csv", b"%PDF-1.7", "a PDF document"),
        ("list.csv", b"a,b\n\0\1\2", "neither a text nor a workbook"),
        ("list.csv", gzip.compress(b"a,b", mtime=0), "packed with gzip"),
        ("list.csv.gz", b"a,b\n1,2", "plain text"),
        ("list.csv.gz", gzip.compress(b"\0\0", mtime=0), "neither a text nor a workbook"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path).startswith(f"{name} is not what its name says: its content is ")
    assert said in refusal(path)


def test_a_workbook_and_an_archive_under_other_names_are_refused(tmp_path):
    (tmp_path / "list.xls").write_bytes(_xlsx(tmp_path / "good.xlsx"))
    assert "an Excel workbook of the kind .xlsx" in refusal(tmp_path / "list.xls")
    with zipfile.ZipFile(tmp_path / "list.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "another kind of document" in refusal(tmp_path / "list.xlsx")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_that_breaks_off_is_refused(tmp_path, part):
    whole = {
        "list.xlsx": _xlsx(tmp_path / "good.xlsx"),
        "list.xls": OLD.read_bytes(),
        "list.csv.gz": gzip.compress(TEXT.encode() * 400),
    }
    for name, content in whole.items():
        path = tmp_path / name
        path.write_bytes(content[: int(len(content) * part)])
        assert refusal(path).startswith(f"{name} is damaged or breaks off.")


def test_a_quotation_mark_that_never_closes_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('a,b\n1,2\n3,"4\n5,6\n', "utf-8")
    assert "damaged or breaks off" in refusal(path)


def test_what_cannot_be_read_is_refused_in_words(tmp_path):
    assert refusal(tmp_path / "none.csv").startswith("none.csv cannot be read (there is no such file")
    assert "Save it as .xlsx or .csv first" in refusal(tmp_path / "list.et")
    (tmp_path / "list.csv").write_bytes(b"a,b\n\xff\xff,1\n")
    assert "encoding other than UTF-8 and GB18030" in refusal(tmp_path / "list.csv")
    assert "it is a folder" in refusal(folder_called(tmp_path / "folder.csv"))


def folder_called(path):
    path.mkdir()
    return path


def test_an_empty_list_is_refused_whatever_is_around_nothing(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"  \n")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b""))
    (tmp_path / "c.xlsx").write_bytes(b"")
    workbook(tmp_path / "d.xlsx")
    for path in tmp_path.iterdir():
        if path.is_file():
            assert refusal(path) == f"{path.name} is empty. Choose another file."
