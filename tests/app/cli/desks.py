"""A desk with the program: lists, mappings, and a way to call it as a person or a script does."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import parse, run

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

    def __call__(self, *words: str, login: str = "officer", language: str = "en") -> tuple[int, str]:
        status, out, err = self.apart(*words, login=login, language=language)
        return status, out + err

    def apart(self, *words: str, login: str = "officer", language: str = "en") -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        try:
            status = run(parse(["--office", self.office, "--language", language, "--as", login, *words]))
        except SystemExit as ended:  # what cannot be understood
            status = int(ended.code or 0)
        said = self.capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    def json(self, *words: str, login: str = "officer") -> Any:
        status, said = self("--json", *words, login=login)
        assert status != 2, said
        return json.loads(said)
