"""What is wrong with lists, mappings, places and words is told in one sentence of either language."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.cli.desks import PEOPLE, PEOPLE_MAP, Desk
from tests.offices import BASELINE
from tests.refusals import limited_disk

OLD = (Path(__file__).parents[1] / "exchange" / "old.xls").read_bytes()
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
CHINESE = re.compile("[\u4e00-\u9fff]")


def refusal(desk: Desk, *words: str) -> str:
    """The one sentence, in English, of what is refused in both languages and writes nothing."""
    before = desk.json("verify")["events"]
    said = {}
    for language in ("zh_CN", "en"):
        status, text = desk(*words, language=language)
        assert (status, len(text.splitlines())) == (2, 1), text
        said[language] = text.strip()
    assert CHINESE.search(said["zh_CN"]) and said["zh_CN"].endswith("。")
    assert said["en"].endswith(".")
    assert desk.json("verify")["events"] == before
    return said["en"]


def taking_in(desk: Desk, content: bytes, name: str = "list.csv", mapping: str = PEOPLE_MAP) -> list[str]:
    (desk.folder / name).write_bytes(content)
    return ["import", "people", str(desk.folder / name), "--map", desk.file("map.toml", mapping)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xlsx", PEOPLE.encode(), "plain text. Open it in a spreadsheet"),
        ("list.csv", OLD, "an old Excel workbook"),
        ("list.xlsx", b"PK\x03\x04" + bytes(90), "damaged"),
        (
            "list.csv",
            b"PK\x05\x06" + bytes(18),
            "a packed archive or another kind of document. Choose the list",
        ),
        ("list.xlsx", PICTURE, "neither a text nor a workbook. Choose the list"),
        ("list.csv", b"", "list.csv is empty"),
        ("list.csv.gz", gzip.compress(PEOPLE.encode() * 100)[:-20], "breaks off"),
        ("list.csv", b"\xff\xfe" + PEOPLE.encode("utf-16-le")[:-1], "breaks off"),
        ("list.pdf", b"%PDF-1.7", "not a list that can be read"),
    ],
)
def test_a_list_that_is_not_what_its_name_says(desk: Desk, name: str, content: bytes, said: str) -> None:
    assert said in refusal(desk, *taking_in(desk, content, name))


def test_a_list_in_utf_16_is_read(desk: Desk) -> None:
    assert desk.json(*taking_in(desk, PEOPLE.encode("utf-16")))["counts"]["person"] == 3


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"科室"', '"科 室 名"', "“科 室 名”, which the list does not have. Did you mean “科室”?"),
        ("staff_no", "staff_number", "Did you mean “staff_no”?"),
        ('name = "姓名"', "", "No column is chosen for: Name"),
        ("format = 1", "format = 7", "format = 1"),
        ('key = ["工号"]', "", "needs a source"),
        ("[columns]", "[columns", "not written as TOML"),
    ],
)
def test_a_mapping_that_does_not_fit(desk: Desk, before: str, after: str, said: str) -> None:
    words = taking_in(desk, PEOPLE.encode(), mapping=PEOPLE_MAP.replace(before, after))
    assert said in refusal(desk, *words)


def test_bad_rows_are_told_one_by_one_and_the_good_ones_go_in(desk: Desk) -> None:
    rows = (
        "工号,姓名,科室,身份证号\n0001,王丽,办公室,11010519491231002X\n"
        "0002,张三,办公室,110105194912310021\n"  # the check digit
        "0003,李四,办公室,2.30E+17\n0003,周五,办公室,\n0004,吴六,办公室,11010519491231002x\n"
    )
    mapping = PEOPLE_MAP + 'id_number = "身份证号"\n'
    for language, wanted in (
        ("en", ["does not fit the others", "rounded number", "belongs to the staff number 0001 already"]),
        ("zh_CN", ["校验位", "近似数", "已属于工号 0001"]),
    ):
        words = (*taking_in(desk, rows.encode(), mapping=mapping), "--dry-run")
        status, said = desk(*words, language=language)
        assert status == 1
        assert [word for word in wanted if word not in said] == []
    done = desk.json(*taking_in(desk, rows.encode(), mapping=mapping))
    assert (done["counts"]["person"], [row["row"] for row in done["rejected"]]) == (2, [3, 4, 6])
    numbers = "工号,姓名,科室\n0007,王丽,办公室\n0007,张三,办公室\n0001,赵七,办公室\n"
    done = desk.json(*taking_in(desk, numbers.encode()))
    faults = [problem["fault"] for row in done["rejected"] for problem in row["problems"]]
    assert faults == ["staff_no_twice", "staff_no_taken"]


def test_a_mapping_for_another_kind_of_list(desk: Desk) -> None:
    words = ["import", "entries", *taking_in(desk, PEOPLE.encode())[2:]]
    assert "use import people" in refusal(desk, *words)


def test_a_value_of_several_lines_is_told_in_one(desk: Desk) -> None:
    rows = '工号,姓名,科室,身份证号\n0001,王丽,办公室,"1\n2"\n'
    status, said = desk(*taking_in(desk, rows.encode(), mapping=PEOPLE_MAP + 'id_number = "身份证号"\n'))
    assert (status, len(said.splitlines())) == (1, 2)


def test_columns_that_nothing_is_taken_from_are_named(desk: Desk) -> None:
    words = taking_in(desk, "工号,姓名,科室,备注\n0001,王丽,办公室,借调\n".encode())
    assert "备注" in desk(*words, "--dry-run")[1]
    assert desk.json(*words)["notes"] == ["Nothing was taken from the column 备注."]
    ignoring = PEOPLE_MAP.replace("[columns]", 'ignored = ["备注"]\n[columns]')
    words = taking_in(desk, (desk.folder / "list.csv").read_bytes(), mapping=ignoring)
    assert desk.json(*words)["notes"] == []


# Places that cannot be written.


def written(desk: Desk, place: Path) -> list[tuple[str, ...]]:
    """Every verb that writes a file, so that it writes it there."""
    rows = taking_in(desk, PEOPLE.replace("0001", "0011").encode())
    return [
        (*rows, "--report", str(place / "report.xlsx")),
        ("import", "template", "people", str(place / "template.xlsx")),
        ("print", "summary", "--person", "0001", "--period", "2025", "--out", str(place)),
        ("scheme", "items", desk.file("items.toml", BASELINE), "--to", str(place / "items.xlsx")),
        ("diagnosis", "--out", str(place / "diagnosis.txt")),
    ]


def test_a_place_that_cannot_be_written(filled: Desk, tmp_path: Path) -> None:
    place = tmp_path / "place"
    for name in ("report.xlsx", "template.xlsx", "0001-王丽-2025.pdf", "items.xlsx", "diagnosis.txt"):
        (place / name).mkdir(parents=True)
    for words in written(filled, place):
        assert "cannot be written (it is a folder)" in refusal(filled, *words)
    assert [path for path in place.rglob("*") if path.is_file()] == []


def test_a_full_disk_leaves_no_half_of_a_file(filled: Desk, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for words in written(filled, place)[:4]:
        with limited_disk(4_000):
            status, said = filled(*words)
        # Whether signing in or the file meets the limit first hangs on how far the journal has grown.
        assert (status, "disk" in said, list(place.iterdir())) == (2, True, []), said


# Words that mean nothing, and readers that read nothing.


def call(*words: str, encoding: str = "utf-8") -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "app", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize(("language", "said"), [("en", "cannot be understood"), ("zh_CN", "命令有误")])
def test_what_is_no_command_is_refused_in_one_sentence(language: str, said: str) -> None:
    out, err = call("--language", language, "improve").communicate()
    assert (out, len(err.splitlines()), said in err.decode()) == (b"", 1, True)


def test_help_is_given_in_the_language_asked_for() -> None:
    assert not CHINESE.search(call("--language", "en", "--help").communicate()[0].decode())
    assert "公务员诚信档案" in call("--language", "zh_CN", "--help").communicate()[0].decode()


def test_names_that_the_reader_lacks_letters_for_are_still_written(filled: Desk) -> None:
    filled(*taking_in(filled, "工号,姓名,科室\n0031,刘䶮,办公室\n0032,𫖯山,办公室\n".encode()))
    words = ("--office", filled.office, "--as", "officer", "--json", "grade", "--period", "2025")
    out, err = call(*words, encoding="gbk").communicate()
    assert err == b""
    assert [one["name"] for one in json.loads(out.decode("gbk"))["people"]][-2:] == ["刘䶮", "𫖯山"]
    words = tuple(word for word in words if word != "--json")
    assert "刘\\u4dae" in call(*words, encoding="gbk").communicate()[0].decode("gbk")


def test_a_reader_that_goes_away_is_no_error() -> None:
    running = call("--help")
    assert running.stdout and running.stderr
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    running.wait()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_an_answer_that_cannot_be_written_is_told(filled: Desk) -> None:
    command = [sys.executable, "-m", "app", "--language", "en", "--office", filled.office]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*command, "--as", "officer", "verify"], stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        [b"It is done, but the answer cannot be written: the disk is full."],
    )
