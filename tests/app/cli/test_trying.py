"""A standard is compared and tried on the command line."""

from pathlib import Path

from openpyxl import load_workbook

from tests.app.cli.desks import Desk
from tests.offices import BASELINE

EDGE = "the score from which “Good” begins (95 → 100.5)"
SECOND = BASELINE.replace("edition = 1", "edition = 2", 1)
HIGHER = SECOND.replace("from = 95", "from = 100.5", 1)


def test_two_files_are_compared_without_an_office(bare: Desk) -> None:
    old, new = bare.file("old.toml", BASELINE), bare.file("new.toml", HIGHER)
    status, said = bare("scheme", "compare", old, new)
    assert (status, said.splitlines()) == (0, ["Edition: 1 → 2", "“Good” · From: 95 → 100.5"])
    (_, band) = bare.json("scheme", "compare", old, new)
    assert (band["part"], band["turn"], band["place"]) == ("bands", "changed", "bands[B].from")
    assert bare("scheme", "compare", old, old) == (0, "The two say the same.\n")


def test_a_file_is_compared_with_what_is_published(filled: Desk) -> None:
    new = filled.file("new.toml", HIGHER)
    status, said = filled("scheme", "compare", "national-baseline:1", new)
    assert status == 0 and "“Good” · From: 95 → 100.5" in said
    status, said = filled("scheme", "compare", "national-baseline:7", new)
    assert status == 2 and "national-baseline:7 is not published here" in said


def test_a_standard_is_tried_on_a_year_and_nothing_is_stored(filled: Desk) -> None:
    new, out = filled.file("new.toml", HIGHER), filled.folder / "trial.xlsx"
    status, said = filled("scheme", "what-if", new, "--period", "2025", "--out", str(out))
    lines = said.splitlines()
    assert status == 0 and lines[0] == "3 people: 0 up, 2 down, 0 otherwise, 1 as before"
    assert lines[1].startswith(f"0002  张三  ↓ down  B → C  97 → 97  {EDGE}")
    assert load_workbook(out).sheetnames[0] == "Matrix"
    found = filled.json("scheme", "what-if", new, "--period", "2025", "--against", "national-baseline:1")
    assert found["matrix"]["B"] == {"A": 0, "B": 1, "C": 2, "D": 0, "not_rated": 0}
    assert [one["staff_no"] for one in found["people"]] == ["0002", "0003"]
    assert found["reasons"] == [{"reason": EDGE, "up": 0, "down": 2, "other": 0, "same": 0}]
    assert {one["department"]: one["down"] for one in found["departments"]} == {"办公室": 0, "审批一科": 2}
    assert filled.json("verify")["findings"] == []


def test_what_cannot_be_tried_is_refused(filled: Desk) -> None:
    new = filled.file("new.toml", HIGHER)
    for words in (
        ("what-if", new, "--period", "2025", "--against", "national-baseline"),
        ("what-if", new, "--period", "2025", "--against", "other:1"),
        ("what-if", new, "--period", "1999"),
        ("what-if", filled.file("broken.toml", "edition = "), "--period", "2025"),
        ("what-if", new, "--period", "2025", "--out", str(Path("/nowhere") / "x.xlsx")),
        ("compare", new, str(filled.folder / "nothing.toml")),
    ):
        status, said = filled("scheme", *words)
        assert status == 2 and said.strip().endswith("."), said
