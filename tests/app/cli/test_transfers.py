"""A file goes out of one office and into another on the command line."""

from pathlib import Path

import pytest

from tests.app.cli.desks import Desk


@pytest.fixture
def other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Another office with nobody in it."""
    folder = tmp_path / "other"
    folder.mkdir()
    desk = Desk(folder, capsys)
    assert desk("office", "create", "--name", "临江市财政局")[0] == 0
    return desk


def test_a_file_goes_out_and_in(filled: Desk, other: Desk) -> None:
    bundle, slip = filled.folder / "0001.bundle", filled.folder / "slip.pdf"
    out = ("transfer-out", "0001", str(bundle))
    status, said = filled(*out)
    assert status == 2 and "--to" in said
    sent = filled.json(*out, "--to", "临江市财政局", "--document", "泽组调1号", "--slip", str(slip))
    assert slip.read_bytes().startswith(b"%PDF") and sent["name"] == "王丽"
    whole = bundle.read_bytes()
    status, said = filled(*out)
    assert status == 0 and bundle.read_bytes() == whole and sent["fingerprint"] in said
    into = ("transfer-in", str(bundle), "--department", "", "--document", "临组调1号")
    status, said = other(*into)
    assert status == 2 and "--fingerprint" in said
    status, said = other(*into, "--fingerprint", "0000 0000 0000 0000 0000")
    assert status == 2 and "fingerprint" in said
    come = other.json(*into, "--fingerprint", sent["fingerprint"], "--staff-no", "0007")
    assert (come["staff_no"], come["name"], come["root"]) == ("0007", "王丽", sent["root"])
    assert other.json("verify")["findings"] == [] == filled.json("verify")["findings"]
    status, said = other(*into, "--fingerprint", sent["fingerprint"])
    assert status == 2 and "came before" in said


def test_a_day_that_is_none_is_refused(filled: Desk) -> None:
    given = ("--to", "临江市财政局", "--document", "1号", "--on", "2025-13-45")
    status, said = filled("transfer-out", "0001", str(filled.folder / "x"), *given)
    assert status == 2 and "2025-13-45" in said
