"""The command line from end to end, as a person or a script calls it."""

import gzip
import json

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app import __version__, sample
from app.cli.main import parse
from app.exchange.fields import column_words
from app.exchange.guess import guess_mapping
from app.exchange.mapping import dump_mapping
from app.exchange.tables import read_table
from app.exchange.templates import TEMPLATES
from tests.app.cli.desks import ENTRIES, ENTRIES_MAP, PEOPLE, PEOPLE_MAP, Desk
from tests.offices import BASELINE


def test_the_whole_job_on_the_command_line(filled: Desk) -> None:
    found = {one["staff_no"]: one for one in filled.json("grade", "--period", "2025", "--explain")["people"]}
    assert (found["0001"]["grade"], found["0001"]["score"]) == ("B", 105)
    assert found["0002"]["moves"][1]["points"] == -3
    for login, staff_no, role in (("head", "0003", "department_head"), ("boss", "", "leader_in_charge")):
        more = ("--department", "审批一科") if staff_no else ()
        assert filled("account", "add", login, "--name", login, "--role", role, *more)[0] == 0
    rows = filled.json("propose", "--period", "2025")["evaluations"]
    assert filled("approve", rows["0002"], "--reason", "同意", login="head")[0] == 0
    assert filled("return", rows["0003"], "--reason", "补充材料", login="head")[0] == 0
    (path,) = filled.json(
        "print", "summary", "--person", "0002", "--period", "2025", "--out", str(filled.folder / "out")
    )["files"]
    assert PdfReader(path).metadata["/Creator"] == f"Integrity Files {__version__}"
    assert filled.json("verify")["findings"] == []


def test_json_may_stand_last_and_one_person_has_no_quota(filled: Desk) -> None:
    status, said = filled("grade", "--period", "2025", "--explain", "--person", "0001", "--json")
    found = json.loads(said)
    assert status == 0 and found["quotas"] == [] and found["people"][0]["moves"]


ARTICLE = ("公职人员政务处分法", "第八条")


def until(day: str) -> list[str]:
    return ["有效期至", day]


def test_a_grade_is_explained_line_by_line(filled: Desk) -> None:
    sanctioned = (
        ENTRIES.replace("超时办结", "记过")
        .replace("20250512", "20250612")
        .replace("〔2025〕3号", "〔2025〕4号")
    )
    batch = filled.json(
        "import", "entries", filled.file("more.csv", sanctioned), "--map", filled.file("m.toml", ENTRIES_MAP)
    )["batch"]
    filled("import", "verify", batch, login="verifier")
    status, said = filled("grade", "--period", "2025", "--explain", "--person", "0002", language="zh_CN")
    assert (status, [line.split() for line in said.splitlines()]) == (
        0,
        [
            ["0002", "张三", "D", "诚信较差", "79"],
            ["+100", "=", "100", "基础分"],
            ["-3", "=", "97", "超时办结", "2025-05-12", *until("2026-05-11"), "哈政综〔2007〕37号", "六"],
            ["-18", "=", "79", "记过", "2025-06-12", "直接判为C", *until("2026-12-11"), *ARTICLE],
            ["得分79，为最低等次诚信较差。"],
            ["诚信一般尚需：再高1分。"],
            ["1", "人：A", "0、B", "0、C", "0、D", "1，不评定", "0"],
            ["公务员诚信等级评定标准（全国基线），第", "1", "版", "示例值，须经本单位发文确定"],
        ],
    )


def test_quotas_are_set_against_the_grades(filled: Desk) -> None:
    quota = '\n[[quotas]]\nband = "A"\npercent = 50\n[[quotas]]\nband = "C"\npercent = 50\n'
    text = filled.file("own.toml", BASELINE.replace("edition = 1", "edition = 2") + quota)
    filled("scheme", "publish", text, "--adopted-by", "泽政服发〔2025〕40号", "--valid-from", "2025-01-01")
    found = filled.json("grade", "--period", "2025")
    best, better = found["quotas"]
    assert best["held"] == 0 and best["tied"] == []
    held = [one["staff_no"] for one in found["people"] if one["grade"] in ("A", "B", "C")]
    assert (better["grade"], better["held"]) == ("C", len(held))
    status, said = filled("grade", "--period", "2025")
    assert status == 0 and "of {n} at most".format(n=better["rated"]) in said


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


def test_an_imported_list_is_sent_back_and_imported_again(desk: Desk) -> None:
    desk("import", "people", desk.file("people.csv", PEOPLE), "--map", desk.file("people.toml", PEOPLE_MAP))
    twice = ENTRIES + ENTRIES.splitlines(keepends=True)[-2]
    words = ("import", "entries", desk.file("e.csv", twice), "--map", desk.file("e.toml", ENTRIES_MAP))
    first = desk.json(*words)
    assert (first["doubts"], first["doubtful"]) == (1, [5])
    back = ("import", "return", first["batch"][:8], "--reason", "与文书不符")
    assert desk(*back)[0] == 2
    assert desk.json(*back, login="verifier") == {"batch": first["batch"][:8]}
    status, said = desk(*words)
    assert (status, "1 entry perhaps says a fact twice: row 5." in said) == (1, True)
    status, said = desk(*words)
    assert "3 rows were imported before and are left out" in said


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
        ("grade", "--period", "20255"),
        ("propose", "--period", "1989"),
        ("print", "summary", "--person", "0001", "--period", "二〇二五", "--out", "out"),
        ("office", "recovery-code", "--now"),
        ("grade", "--period", "2025", "--department", "没有"),
        ("print", "summary", "--person", "9999", "--out", "out"),
        ("print", "summary", "--out", "out"),
        ("import", "people", "nothing.csv", "--map", "nothing.toml"),
        ("import", "verify", "12345678"),
        ("import", "return", "12345678", "--reason", "x"),
        ("scheme", "check", "nothing.toml"),
        ("account", "add", "x", "--name", "x", "--role", "emperor"),
        ("import", "template", "nonsense", "out.xlsx"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(desk: Desk, words: tuple[str, ...]) -> None:
    status, said = desk(*words)
    assert status == 2
    assert len(said.strip().splitlines()) == 1
    status, out, err = desk.apart("--json", *words)
    assert (status, json.loads(out)) == (2, {"error": err.strip()})


def test_what_is_missing_is_named(desk: Desk) -> None:
    assert "--as ACCOUNT" in desk("verify", login="")[1]
    desk.office = ""
    assert "--office FOLDER" in desk("verify")[1]


def test_each_founder_has_a_password_of_the_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("office", "create", "--name", "泽临市政务服务局")
    desk.office = str(desk.folder / "same")
    assert "Both accounts have the same password" in desk(*words)[1]
    monkeypatch.setenv("INTEGRITY_FILES_SECOND_PASSWORD", "Another-2025")
    desk.office = str(desk.folder / "apart")
    assert "same password" not in desk(*words)[1]
    assert desk("verify")[0] == 0
    assert desk("verify", login="verifier")[0] == 2
    monkeypatch.setenv("INTEGRITY_FILES_PASSWORD", "Another-2025")
    assert desk("verify", login="verifier")[0] == 0


def test_an_account_changes_its_own_password(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "already" in desk("account", "password")[1]  # the new one is the old one
    monkeypatch.setenv("INTEGRITY_FILES_NEW_PASSWORD", "easy")
    assert "eight characters" in desk("account", "password")[1]
    monkeypatch.setenv("INTEGRITY_FILES_NEW_PASSWORD", "Another-2025")
    assert desk("account", "password")[0] == 0
    assert desk("verify")[0] == 2
    monkeypatch.setenv("INTEGRITY_FILES_PASSWORD", "Another-2025")
    assert desk.json("verify")["findings"] == []


def test_the_keys_of_an_office_are_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEGRITY_FILES_NEW_PASSPHRASE", "short")
    assert "at least 8 characters" in desk("office", "passphrase")[1]
    monkeypatch.setenv("INTEGRITY_FILES_NEW_PASSPHRASE", "another passphrase")
    assert desk("office", "passphrase")[0] == 0
    assert desk("verify")[0] == desk("office", "passphrase")[0] == 2
    monkeypatch.setenv("INTEGRITY_FILES_PASSPHRASE", "another passphrase")
    assert desk("verify")[0] == 0
    code = desk.json("office", "recovery-code")["recovery_code"]
    monkeypatch.setenv("INTEGRITY_FILES_PASSPHRASE", code)
    assert desk("verify")[0] == 0
    desk.office = "postgresql://server/office"
    assert "no passphrase" in desk("office", "passphrase")[1]


def test_the_accounts_of_the_sample_office_are_told(desk: Desk) -> None:
    desk.office = str(desk.folder / "sample")
    told = desk.json("office", "create", "--sample")
    assert (told["passphrase"], told["password"]) == (sample.passphrase(), sample.password())
    assert "personnel officer" in told["accounts"]["shenliqun"].lower()


def test_a_wrong_password_or_passphrase_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEGRITY_FILES_PASSWORD", "wrong")
    assert desk("verify")[0] == 2
    monkeypatch.setenv("INTEGRITY_FILES_PASSPHRASE", "also wrong")
    assert desk("verify")[0] == 2


CONTRACT = """
office create
office create --sample
office passphrase
office recovery-code
account password
import people FILE --map MAP --dry-run --report OUT.xlsx
import entries FILE --map MAP
import verify BATCH
import return BATCH --reason TEXT
scheme list
scheme check FILE
scheme publish FILE --adopted-by DOCUMENT --valid-from 2025-01-01
grade --period 2025
grade --period 2025 --scheme ID --department D --person NO --explain
propose --period 2025 --scheme ID --department D --person NO
approve EVALUATION --reason TEXT
return EVALUATION --reason TEXT
print summary --person NO --out DIR
print summary --person NO --period 2025 --out DIR
verify
self-test
"""


@pytest.mark.parametrize("line", CONTRACT.strip().splitlines())
def test_the_contract_is_kept(line: str) -> None:
    given = parse(["--office", "PATH", "--as", "ACCOUNT", "--json", *line.split()])
    assert line.startswith(given.verb.replace("import list", "import"))
    assert (given.office, given.login, given.json) == ("PATH", "ACCOUNT", True)
    assert parse([]).verb == "window"


def test_every_verb_answers_in_json(filled: Desk) -> None:
    # ``Desk.json`` reads each answer; those of the other verbs are read throughout this file.
    evaluations = filled.json("propose", "--period", "2025")["evaluations"]
    filled("account", "add", "boss", "--name", "局长", "--role", "leader_in_charge")
    filled(
        "account", "add", "head", "--name", "科长", "--role", "department_head", "--department", "审批一科"
    )
    for verb, status in (("approve", "approved"), ("return", "returned")):
        number = {"approve": "0002", "return": "0003"}[verb]
        words = (verb, evaluations[number], "--reason", "理由")
        assert filled.json(*words, login="head")["status"] == status
    scheme = filled.file("other.toml", BASELINE.replace("edition = 1", "edition = 2"))
    assert filled.json("scheme", "check", scheme)["edition"] == 2
    adopted = ("--adopted-by", "泽政服发〔2025〕1号", "--valid-from", "2026-01-01")
    assert filled.json("scheme", "publish", scheme, *adopted)["edition"] == 2
    assert [one["edition"] for one in filled.json("scheme", "list")] == [2, 1]
    assert filled.json("import", "template", "people", str(filled.folder / "t.xlsx"))["file"]
    assert filled.json("diagnosis", "--out", str(filled.folder / "d.txt"))["file"]
    role = ("--role", "verifier", "--role", "verifier")
    assert filled.json("account", "add", "second", "--name", "赵", *role)["login"] == "second"


def test_an_account_is_added_with_all_its_roles_or_not_at_all(desk: Desk) -> None:
    before = desk.json("verify")["events"]
    words = ("account", "add", "x", "--name", "x", "--role", "verifier")
    assert desk(*words, "--role", "emperor")[0] == 2
    assert desk(*words, "--department", "没有")[0] == 2
    assert desk(*words, "--staff-no", "0009")[0] == 2
    assert desk.json("verify")["events"] == before


def test_the_installation_tests_itself(desk: Desk) -> None:
    status, said = desk("self-test")
    assert status == 0, said
    assert said.startswith(f"integrity-files {__version__}\n")
    answer = desk.json("self-test")
    assert (answer["version"], {*answer["checks"].values()}) == (__version__, {""})


def test_the_diagnosis_names_nobody(filled: Desk) -> None:
    path = filled.folder / "diagnosis.txt"
    assert filled("diagnosis", "--out", str(path))[0] == 0
    text = path.read_text(encoding="utf-8")
    rest = text.partition("\n")[2]  # the schema has a number like that of a person
    assert not any(word in rest for word in ("王丽", "0002", "officer", str(filled.folder)))
    assert text.startswith(f"integrity-files {__version__}, schema ")
    assert " ?" not in text  # the version of every library is known


FILLED = {
    "people": {"staff_no": "0007", "name": "古丽．阿不都", "department": "审批二科", "joined_on": 45383},
    "rewards": {"staff_no": "0001", "name": "王 丽", "item": "嘉奖", "occurred_on": "2025.3.1"},
    "appraisals": {
        "staff_no": "0002",
        "name": "张三",
        "item": "年度考核优秀",
        "occurred_on": "20241231",
        "decided_on": "2025年3月3日",
    },
    "handlings": {
        "staff_no": "0003",
        "name": "",
        "item": "诫勉",
        "occurred_on": "２０２５－３－１",
        "document_no": "泽纪〔2025〕3号",
    },
}
"""What an officer enters under the headings of each template, some in the ways officers have."""


def test_templates_are_saved_filled_in_and_imported(filled: Desk) -> None:
    for kind, cells in FILLED.items():
        path = filled.folder / f"{kind}.xlsx"
        assert filled("import", "template", kind, str(path), language="zh_CN")[0] == 0
        book = load_workbook(path)
        sheet = book.worksheets[0]
        heads = {cell.value: cell.column for cell in sheet[1]}
        for field, value in cells.items():
            sheet.cell(2, heads[column_words()[field].usual("zh")], value)
        book.save(path)
        mapping = guess_mapping(read_table(path).columns, TEMPLATES[kind].kind, kind)
        words = (mapping.kind, str(path), "--map", filled.file("map.toml", dump_mapping(mapping)))
        done = filled.json("import", *words)
        assert (sum(done["counts"].values()), done["rejected"], done["notes"]) == (1, [], [])
        assert filled.json("import", *words)["counts"]["left_out"] == 1
        if mapping.kind == "entries":
            assert filled("import", "verify", done["batch"], login="verifier")[0] == 0
    people = {one["staff_no"]: one for one in filled.json("grade", "--period", "2025", "--explain")["people"]}
    assert (people["0007"]["name"], people["0007"]["score"]) == ("古丽·阿不都", 100)
    assert {no: people[no]["moves"][-1]["points"] for no in ("0001", "0003")} == {"0001": 5, "0003": -10}
    # A result of the appraisal is kept, and scores neither in its own year nor in another.
    told = [*people["0002"]["moves"], *people["0002"]["not_counted"]]
    excellent = next(line for line in told if line.get("item") == "appraisal.excellent")
    assert (excellent.get("points", 0), filled.json("verify")["findings"]) == (0, [])


SURVEY = '[[inputs]]\ncode = "survey"\nname = { zh = "群众评议", en = "Survey" }\nweight = 0.1\n\n'


def test_results_measured_elsewhere_are_taken_in_one_by_one_or_as_a_list(filled: Desk) -> None:
    text = BASELINE.replace("edition = 1", "edition = 2", 1).replace("[score]", f"{SURVEY}[score]", 1)
    adopted = ("--adopted-by", "泽政服发〔2025〕1号", "--valid-from", "2025-01-01")
    assert filled("scheme", "publish", filled.file("second.toml", text), *adopted)[0] == 0
    words = ("measure", "survey", "--period", "2025", "--document", "泽政评〔2025〕3号")
    assert filled.json(*words, "--person", "0001", "--value", "90.5")["results"] == 1
    listed = filled.file("survey.csv", "工号,得分\n0001,80\n0003,70\n")
    assert filled.json(*words, "--list", listed)["results"] == 2
    people = {one["staff_no"]: one for one in filled.json("grade", "--period", "2025", "--explain")["people"]}
    assert {no: one["moves"][1]["points"] for no, one in people.items()} == {"0001": 8, "0002": -3, "0003": 7}
    twice = filled.file("twice.csv", "工号,得分\n0001,80\n0001,70\n")
    for more, said in (
        (("--person", "0001"), "--value"),
        (("--list", twice), "row 3"),
        (("--person", "0001", "--value", "九十"), "--value"),
        (("--person", "0009", "--value", "90"), "0009"),
    ):
        status, refusal = filled(*words, *more)
        assert status == 2 and said in refusal


def test_a_month_ends_the_period(filled: Desk) -> None:
    (one,) = filled.json("grade", "--period", "2025-04", "--person", "0002")["people"]
    assert one["score"] == 100  # what came in May has no bearing on it
    (one,) = filled.json("grade", "--period", "2025-05", "--person", "0002")["people"]
    assert one["score"] == 97
    for wrong in ("2025-13", "2025-5", "05-2025"):
        assert filled("grade", "--period", wrong)[0] == 2
