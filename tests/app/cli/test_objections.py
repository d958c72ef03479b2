"""The verbs on objections."""

from pathlib import Path

import pytest

from tests.app.cli.desks import ENTRIES, ENTRIES_MAP, PASSWORD, PEOPLE, PEOPLE_MAP, Desk


@pytest.fixture
def filed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """One entry in force, and somebody who decides on objections."""
    people, entries = desk.file("people.csv", PEOPLE), desk.file("entries.csv", ENTRIES)
    desk("import", "people", people, "--map", desk.file("people.toml", PEOPLE_MAP))
    found = desk.json("import", "entries", entries, "--map", desk.file("entries.toml", ENTRIES_MAP))
    assert desk("import", "verify", found["batch"][:8], login="verifier")[0] == 0
    monkeypatch.setenv("INTEGRITY_FILES_NEW_PASSWORD", PASSWORD)
    added = desk("account", "add", "reviewer", "--name", "赵六", "--role", "objection_officer")
    assert added[0] == 0, added
    return desk


def file(desk: Desk) -> str:
    found = desk.json(
        *("objection", "file", "--person", "0001", "--entry", "泽政服人〔2025〕9号"),
        *("--claim", "与事实不符"),
    )
    assert (found["status"], found["working_days_left"]) == ("open", 7)
    return str(found["uid"])


def test_an_objection_is_filed_listed_decided_and_printed(filed: Desk, tmp_path: Path) -> None:
    assert filed("objections") == (0, "No objection runs.\n")
    uid = file(filed)
    (row,) = filed.json("objections")
    assert (row["uid"], row["staff_no"], row["against"]) == (uid, "0001", "entry")
    assert uid[:8] in filed("objections")[1] and "7 working days left" in filed("objections")[1]
    out = str(tmp_path / "receipt.pdf")
    printing = ("print", "objection", "receipt", "--person", "0001", "--objection", uid, "--out", out)
    assert filed(*printing)[0] == 0 and Path(out).read_bytes().startswith(b"%PDF")
    assert filed.json("list", "readings")["rows"][-1][-2:] == ["Printed", "Receipt for an Objection"]
    ruling = ("objection", "uphold", uid[:8], "--document", "异〔2025〕1号", "--reasons", "不实")
    assert filed(*ruling)[0] == 2  # the officer does not decide
    assert filed(*ruling, login="reviewer") == (0, "The objection is decided.\n")
    assert filed.json("objections", "--person", "0001")[0]["status"] == "upheld"
    assert filed.json("verify")["findings"] == []


def test_it_is_taken_back(filed: Desk) -> None:
    uid = file(filed)
    assert filed("objection", "withdraw", uid[:8], "--reason", "本人撤回")[0] == 0
    status, said = filed("objection", "withdraw", uid[:8], "--reason", "本人撤回")
    assert status == 2 and "There is no single objection" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("objection", "file", "--person", "0001", "--entry", "无此文号", "--claim", "x"), "Not one, but 0"),
        (("objection", "file", "--person", "0001", "--grade", "2024", "--claim", "x"), "Not one, but 0"),
        (
            (
                *("objection", "file", "--person", "0001", "--entry", "泽政服人〔2025〕9号"),
                *("--claim", "x", "--on", "昨天"),
            ),
            "--on must be a date",
        ),
        (
            ("print", "objection", "receipt", "--person", "0001", "--out", "x.pdf"),
            "Say which objection",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(filed: Desk, words: tuple[str, ...], why: str) -> None:
    status, said = filed(*words)
    assert status == 2 and why in said
