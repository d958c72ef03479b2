"""Proofs on the command line: heads that leave the office, and what is held against them later."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.words import use
from tests.app.cli.desks import Desk

EIGHTS = r"(?:\s*[0-9a-f]{8}){8}"


def exported(desk: Desk) -> Path:
    path = desk.folder / "heads.txt"
    status, said = desk("heads", "--out", str(path))
    assert status == 0 and str(path) in said
    return path


def test_exported_heads_are_held_against_the_office_later(filled: Desk) -> None:
    path = exported(filled)
    root = filled.json("heads", "--out", str(path))["root"]
    assert f"root {root}" in path.read_text(encoding="utf-8").splitlines()
    assert filled("account", "add", "one", "--name", "一", "--role", "verifier")[0] == 0
    assert filled.json("verify", "--against", str(path))["findings"] == []
    status, said = filled("verify", "--person", "0001", "--against", str(path))
    assert status == 0 and "1 chains" in said and "unbroken" in said


def test_what_stands_on_a_paper_is_held_against_the_office(filled: Desk) -> None:
    (path,) = filled.json(
        "print", "summary", "--person", "0001", "--period", "2025", "--out", str(filled.folder)
    )["files"]
    text = PdfReader(path).pages[0].extract_text()
    number, head = re.search(rf"Head of the chain, no. (\d+)({EIGHTS})", text).groups()
    (root,) = re.search(rf"All chains on [-\d]{{10}}({EIGHTS})", text).groups()
    assert filled.json("verify", "--against", root)["findings"] == []
    for given in (f"{number}:{head}", f"{number}:{''.join(head.split())[:16]}"):
        assert filled.json("verify", "--person", "0001", "--against", given)["findings"] == []
    wrong = f"{number}:{'0' * 64}"
    (found,) = filled.json("verify", "--person", "0001", "--against", wrong)["findings"]
    assert (found["breach"], found["staff_no"]) == ("written_anew", "0001")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("--against", "no such file"), "is no file of heads"),
        (("--against", "12:0123456789abcdef"), "is no file of heads"),
        (("--person", "0001", "--against", "00112233445566778899"), "is no file of heads"),
        (("--against", "00112233445566778899"), "Nothing here was sealed under the root"),
        (("--person", "9999"), "Nobody here has the staff number 9999"),
    ],
)
def test_what_is_neither_heads_nor_a_person_is_refused(
    filled: Desk, given: tuple[str, ...], sentence: str
) -> None:
    status, said = filled("verify", *given)
    assert status == 2 and sentence in said and len(said.splitlines()) == 1


def spoiled(text: str) -> dict[str, str]:
    lines = text.splitlines()
    head = lines[-1].split()
    return {
        "is no file of exported heads": text.replace("integrity-files heads", "heads"),
        "newer version": text.replace("heads 1", "heads 2", 1),
        "was altered": text.replace(lines[-1], f"{head[0]} {int(head[1]) + 1} {head[2]}"),
        "was altered: they": "\n".join(lines[:4]),
        "another office": text.replace(lines[1], f"office {'0' * 32} 另一单位"),
    }


def test_a_file_of_heads_that_cannot_be_believed_is_refused(filled: Desk) -> None:
    path = exported(filled)
    for sentence, text in spoiled(path.read_text(encoding="utf-8")).items():
        path.write_text(text, encoding="utf-8")
        status, said = filled("verify", "--against", str(path))
        assert status == 2 and sentence in said, said
    path.write_bytes(b"\xff\xfe")
    assert "cannot be read" in filled("verify", "--against", str(path))[1]
    use("en")
