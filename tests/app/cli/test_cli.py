"""The command line from end to end, as a person or a script calls it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import parse, run
from tests.offices import BASELINE

PASSPHRASE, PASSWORD = "a passphrase", "Integrity-2025"

PEOPLE_MAP = """
format = 1
kind = "people"
source = "花名册"
key = ["工号"]
[columns]
staff_no = "工号"
name = "姓名"
department = "科室"
"""
ENTRIES_MAP = """
format = 1
kind = "entries"
source = "台账"
key = ["工号", "文号"]
[columns]
staff_no = "工号"
item = "事项"
occurred_on = "日期"
document_no = "文号"
"""
PEOPLE = "工号,姓名,科室\n0001,王丽,办公室\n0002,张 三,审批一科\n0003,阿依古丽•买买提,审批一科\n"
ENTRIES = (
    "工号,事项,日期,文号\n"
    "0001,嘉奖,2025.3.10,泽政服人〔2025〕9号\n"
    "0002,超时办结,20250512,泽效能〔2025〕3号\n"
    "0009,嘉奖,2025-03-10,泽政服人〔2025〕9号\n"
)


class Desk:
    """A folder with an office, lists, and a way to call the program."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.office = str(folder / "office")

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def __call__(self, *words: str, login: str = "officer") -> tuple[int, str]:
        given = parse(["--office", self.office, "--language", "en", "--as", login, *words])
        status = run(given)
        said = self.capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out + said.err

    def json(self, *words: str, login: str = "officer") -> Any:
        status, said = self("--json", *words, login=login)
        assert status != 2, said
        return json.loads(said)


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, desk: Path
) -> Desk:
    """An office with a standard, made on the command line."""
    monkeypatch.setenv("INTEGRITY_FILES_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("INTEGRITY_FILES_PASSWORD", PASSWORD)
    monkeypatch.setenv("INTEGRITY_FILES_NEW_PASSWORD", PASSWORD)
    made = Desk(tmp_path, capsys)
    assert made("office", "create", "--name", "泽临市政务服务局")[0] == 0
    scheme = made.file("scheme.toml", BASELINE)
    adopted = ("--adopted-by", "泽政服发〔2024〕36号", "--valid-from", "2024-01-01")
    assert made("scheme", "publish", scheme, *adopted)[0] == 0
    return made


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """The same with people and a verified list of entries."""
    people, people_map = desk.file("people.csv", PEOPLE), desk.file("people.toml", PEOPLE_MAP)
    assert desk("import", "people", people, "--map", people_map)[0] == 0
    entries, entries_map = desk.file("entries.csv", ENTRIES), desk.file("entries.toml", ENTRIES_MAP)
    batch = desk.json("import", "entries", entries, "--map", entries_map)["batch"]
    assert desk("import", "verify", batch, login="verifier")[0] == 0
    return desk


def test_the_whole_job_on_the_command_line(filled: Desk) -> None:
    found = {one["staff_no"]: one for one in filled.json("grade", "--period", "2025", "--explain")["people"]}
    assert (found["0001"]["grade"], found["0001"]["score"]) == ("B", 105)
    assert found["0002"]["lines"][0]["points"] == -3
    for login, staff_no, role in (("head", "0003", "department_head"), ("boss", "", "leader_in_charge")):
        more = ("--department", "审批一科") if staff_no else ()
        assert filled("account", "add", login, "--name", login, "--role", role, *more)[0] == 0
    rows = filled.json("propose", "--period", "2025")["evaluations"]
    assert filled("approve", rows["0002"], "--reason", "同意", login="head")[0] == 0
    assert filled("return", rows["0003"], "--reason", "补充材料", login="head")[0] == 0
    (path,) = filled.json(
        "print", "summary", "--person", "0002", "--period", "2025", "--out", str(filled.folder / "out")
    )["files"]
    assert Path(path).read_bytes().startswith(b"%PDF")
    assert filled.json("verify")["findings"] == []


def test_rejected_rows_are_told_and_the_rest_goes_in(desk: Desk) -> None:
    people, people_map = desk.file("people.csv", PEOPLE), desk.file("people.toml", PEOPLE_MAP)
    desk("import", "people", people, "--map", people_map)
    entries, entries_map = desk.file("entries.csv", ENTRIES), desk.file("entries.toml", ENTRIES_MAP)
    report = desk.folder / "report.xlsx"
    dry = ("import", "entries", entries, "--map", entries_map, "--dry-run")
    assert desk(*dry)[0] == 1
    status, said = desk("import", "entries", entries, "--map", entries_map, "--report", str(report))
    assert (status, "row 4" in said, "0009" in said) == (1, True, True)
    assert report.is_file()


def test_importing_again_changes_nothing(filled: Desk) -> None:
    before = filled.json("verify")["events"]
    entries, entries_map = str(filled.folder / "entries.csv"), str(filled.folder / "entries.toml")
    counts = filled.json("import", "entries", entries, "--map", entries_map)["counts"]
    assert counts == {"person": 0, "entry": 0, "lead": 0, "left_out": 2, "rejected": 1}
    people, people_map = str(filled.folder / "people.csv"), str(filled.folder / "people.toml")
    counts = filled.json("import", "people", people, "--map", people_map)["counts"]
    assert counts["left_out"] == 3
    after = filled.json("verify")
    assert (after["events"], after["findings"]) == (before + 2, [])


def test_a_packed_list_in_the_old_chinese_encoding_is_read(desk: Desk) -> None:
    path = desk.folder / "people.csv.gz"
    path.write_bytes(gzip.compress(PEOPLE.encode("gb18030")))
    counts = desk.json("import", "people", str(path), "--map", desk.file("map.toml", PEOPLE_MAP))["counts"]
    assert counts["person"] == 3


def test_the_officer_who_imported_does_not_verify(desk: Desk) -> None:
    people, people_map = desk.file("people.csv", PEOPLE), desk.file("people.toml", PEOPLE_MAP)
    desk("import", "people", people, "--map", people_map)
    entries, entries_map = desk.file("entries.csv", ENTRIES), desk.file("entries.toml", ENTRIES_MAP)
    batch = desk.json("import", "entries", entries, "--map", entries_map)["batch"]
    assert desk("import", "verify", batch)[0] == 2
    assert desk.json("grade", "--period", "2025", "--person", "0001")["people"][0]["score"] == 100


@pytest.mark.parametrize(
    "words",
    [
        ("approve", "12345678", "--reason", "x"),
        ("grade", "--period", "1999"),
        ("grade", "--period", "2025", "--department", "没有"),
        ("print", "summary", "--person", "9999", "--out", "out"),
        ("print", "summary", "--out", "out"),
        ("import", "people", "nothing.csv", "--map", "nothing.toml"),
        ("import", "verify", "12345678"),
        ("scheme", "check", "nothing.toml"),
        ("account", "add", "x", "--name", "x", "--role", "emperor"),
        ("import", "template", "nonsense", "out.xlsx"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(desk: Desk, words: tuple[str, ...]) -> None:
    status, said = desk(*words)
    assert status == 2
    assert len(said.strip().splitlines()) == 1


def test_a_wrong_password_or_passphrase_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEGRITY_FILES_PASSWORD", "wrong")
    assert desk("verify")[0] == 2
    monkeypatch.setenv("INTEGRITY_FILES_PASSPHRASE", "also wrong")
    assert desk("verify")[0] == 2


def test_the_installation_tests_itself(desk: Desk) -> None:
    status, said = desk("self-test")
    assert status == 0, said


def test_the_diagnosis_names_nobody(filled: Desk) -> None:
    path = filled.folder / "diagnosis.txt"
    assert filled("diagnosis", "--out", str(path))[0] == 0
    text = path.read_text(encoding="utf-8")
    assert not any(word in text for word in ("王丽", "0002", "officer", str(filled.folder)))


def test_templates_can_be_saved(desk: Desk) -> None:
    for kind in ("people", "rewards", "handlings"):
        assert desk("import", "template", kind, str(desk.folder / f"{kind}.xlsx"))[0] == 0
