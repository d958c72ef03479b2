"""The verb ``calendar``."""

from pathlib import Path

from tests.app.cli.desks import Desk
from tests.app.rules.test_working_days import FILE


def test_years_are_told_imported_and_printed(desk: Desk, tmp_path: Path) -> None:
    assert desk.json("calendar")[0]["year"] == 2026
    file = tmp_path / "2027.toml"
    file.write_text(FILE, encoding="utf-8")
    assert desk("calendar", "--year", "2027")[0] == 2
    assert desk("calendar", str(file), "--year", "2026")[0] == 2
    assert desk.json("calendar", str(file), "--year", "2027") == {
        "year": 2027,
        "notice": "国办发明电〔2026〕9号",
    }
    assert desk("calendar", "--year", "2027")[1].strip() == FILE.strip()
    assert "imported here" in desk("calendar")[1].splitlines()[0]
