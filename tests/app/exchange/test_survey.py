import pytest
from openpyxl import Workbook

from app.errors import Invalid
from app.exchange.fields import Kind
from app.exchange.guess import guess_columns, guess_kind, guess_source
from app.exchange.survey import MOST, survey


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_looked_through_once(tmp_path):
    text = "工号,结论\n1,属实\n2,\n3,属实\n4,不属实\n"
    found = survey(write(tmp_path / "a.csv", text))
    assert (found.columns, found.rows, found.sheets) == (("工号", "结论"), 4, ())
    assert found.samples["结论"] == ("属实", "不属实")
    assert list(found.values["结论"].items()) == [("属实", 2), ("", 1), ("不属实", 1)]


def test_values_that_are_compared_as_equal_count_as_one(tmp_path):
    found = survey(write(tmp_path / "a.csv", "code,x\n600,1\n600.0,1\n６００,1\n"))
    assert found.values["code"] == {"600": 3}


def test_a_column_with_too_many_values_is_text(tmp_path):
    rows = "".join(f"{n},x\n" for n in range(MOST + 1))
    found = survey(write(tmp_path / "a.csv", "no,kind\n" + rows))
    assert "no" not in found.values
    assert found.values["kind"] == {"x": MOST + 1}
    assert found.samples["no"] == ("0", "1", "2", "3")


def test_a_short_row_is_no_obstacle(tmp_path):
    found = survey(write(tmp_path / "a.csv", "a,b\n1\n"))
    assert found.values["b"] == {"": 1}


def test_the_sheets_of_a_workbook_are_named(tmp_path):
    book = Workbook()
    book.active.title = "2024"
    book.create_sheet("2025").append(["工号", "姓名"])
    book.active.append(["工号", "事项"])
    book.save(tmp_path / "a.xlsx")
    assert survey(tmp_path / "a.xlsx").sheets == ("2024", "2025")
    assert survey(tmp_path / "a.xlsx", "2025").columns == ("工号", "姓名")


def test_the_total_of_a_list_is_none_of_its_values(tmp_path):
    found = survey(write(tmp_path / "a.csv", "工号,事项\n0003,嘉奖\n合计,1\n"))
    assert (found.rows, found.values["事项"], found.samples["工号"]) == (2, {"嘉奖": 1}, ("0003",))


def test_what_watches_may_break_off(tmp_path):
    def stop(rows):
        next(rows)
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        survey(write(tmp_path / "a.csv", "a,b\n1,2\n3,4\n"), watch=stop)


def test_what_is_no_list_is_refused_in_words(tmp_path):
    with pytest.raises(Invalid, match="not what its name says"):
        survey(write(tmp_path / "a.xlsx", "a,b\n"))


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (["工号", "姓名", "部门"], Kind.PEOPLE),
        (["工号", "处理方式"], Kind.ENTRIES),
        (["工号", "受理日期"], Kind.ENTRIES),
    ],
)
def test_what_a_list_holds_is_guessed_by_its_headings(columns, kind):
    assert guess_kind(columns) is kind


@pytest.mark.parametrize(
    "heading", ["决定机关", "发文机关", "处理机关", "批准机关", "表彰机关", "发文单位名称"]
)
def test_the_body_that_decided_is_known_by_its_usual_names(heading):
    assert guess_columns(["工号", heading, "备注"], Kind.ENTRIES)["authority"] == heading


@pytest.mark.parametrize("heading", ["文号", "文件号", "发文字号", "决定书文号", "文件编号（如有）"])
def test_the_document_number_is_known_by_its_usual_names(heading):
    assert guess_columns(["工号", heading, "备注"], Kind.ENTRIES)["document_no"] == heading


def test_the_level_of_a_body_is_not_the_body():
    found = guess_columns(["发文机关", "发文机关级别"], Kind.ENTRIES)
    assert (found["authority"], found["level"]) == ("发文机关", "发文机关级别")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("2025年投诉台账(改).xlsx", "投诉台账"),
        ("投诉台账 2024.csv.gz", "投诉台账"),
        ("complaints_2016 copy.csv", "complaints"),
        ("2025.3.xlsx", "entries"),
    ],
)
def test_a_source_is_named_after_the_file_without_dates(name, source):
    assert guess_source(name, Kind.ENTRIES) == source
