"""Notices and influence periods on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.commands.conduct import record_entry, verify_entry
from app.commands.hearing import issue_notice
from models.types import Day
from tests.app.cli.desks import Desk
from tests.offices import PASSPHRASE, PASSWORD, TODAY, TestOffice, entry


@pytest.fixture
def at(copy_sqlite: Callable[[Path], TestOffice], bare: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk at an office with a sanction and its notice."""
    embedded = copy_sqlite(bare.folder / "apart")
    officer = embedded.as_("officer")
    given = {"item": "sanction.demerit", "occurred_on": Day(20250301), "decided_on": Day(20250310)}
    uid = officer.do(record_entry, entry(**given)).uids[0]
    embedded.as_("verifier").do(verify_entry, uid)
    officer.do(issue_notice, uid, "告/1", TODAY)
    embedded.database.close()
    bare.office = embedded.place
    monkeypatch.setenv("INTEGRITY_FILES_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("INTEGRITY_FILES_PASSWORD", PASSWORD)
    return bare


def test_the_notices_of_a_person_are_printed(at: Desk) -> None:
    folder = at.folder / "out"
    said = at.json("print", "notice", "--person", "0003", "--out", str(folder))
    assert said == {"files": [str(folder / "0003-王丽-告-1.pdf")]}
    assert (folder / "0003-王丽-告-1.pdf").read_bytes().startswith(b"%PDF")
    assert at.json("list", "readings")["rows"][-1][-2:] == ["Printed", "Notice of the entry"]
    status, words = at("print", "notice", "--person", "0004", "--out", str(folder))
    assert status == 2 and "No notice was issued" in words


def test_influence_periods_that_end_are_listed(at: Desk) -> None:
    (one,) = at.json("influence", "--from", "2026-03-01", "--to", "2026-03-31")
    assert (one["staff_no"], one["until"], one["new_act"]) == ("0003", "2026-03-09", False)
    status, words = at("influence", "--from", "2026-03-01", "--to", "2026-03-31")
    assert status == 0 and words.startswith(
        "2026-03-09 · 0003 · 王丽 · Demerit · 12 months, until 2026-03-09"
    )
    assert "No influence period" in at("influence", "--from", "2026-04-01", "--to", "2026-04-30")[1]
    status, words = at("influence", "--to", "soon")
    assert status == 2 and "--to must be a date" in words
