"""Relatives and second keepers on the command line."""

import pytest

from tests.app.cli.desks import PASSWORD, Desk


@pytest.fixture
def admin(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk with somebody who manages accounts."""
    monkeypatch.setenv("INTEGRITY_FILES_NEW_PASSWORD", PASSWORD)
    added = filled("account", "add", "admin", "--name", "赵六", "--role", "system_administrator")
    assert added[0] == 0, added
    return filled


def test_a_relative_is_declared_told_and_withdrawn(admin: Desk) -> None:
    kin = ("account", "relative", "verifier")
    assert admin(*kin, login="admin") == (0, "No relative is declared.\n")
    assert "--relation: spouse, lineal" in admin(*kin, "--declare", "0001", login="admin")[1]
    declared = admin(*kin, "--declare", "0001", "--relation", "spouse", login="admin")
    assert declared == (0, "0001 王丽 · Spouse\n")
    assert "not declared as a relative" in admin(*kin, "--withdraw", "0002", login="admin")[1]
    assert admin.json(*kin, "--withdraw", "0001", login="admin") == []
    assert admin(*kin, login="verifier")[0] == 2


def test_a_second_keeper_is_named(admin: Desk) -> None:
    assert admin("account", "keeper", "0001", "verifier", login="admin")[0] == 2
    named = admin("account", "keeper", "0001", "officer", login="admin")
    assert named == (0, "officer keeps the file 0001 from the next sign-in on.\n")
