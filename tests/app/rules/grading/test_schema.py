"""The JSON Schema says what the reader reads."""

import datetime as dt
import json
import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.rules.grading.schema import json_schema
from app.standards.schemes import SHIPPED
from tests.app.rules.grading.schemes import TEXT

FILE = SHIPPED / "format-1.schema.json"


def plain(value: Any) -> Any:
    """As JSON would have it: days as texts."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def faults(text: str) -> list[str]:
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(plain(tomllib.loads(text)))]


def test_the_file_is_what_the_classes_say() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(FILE.read_text(encoding="utf-8")) == json_schema()


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_standards_fit(path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("edition = 1", "edition = 0"),
        ("base = 100\n", ""),
        ('category = "poor_work"', 'category = "lazy"'),
        ("points = 5", 'points = "five"'),
        ("points = 5", "points = 5.0001"),
        ("points = 5", "points = { village = 2 }"),
        ("points = 5", "points = 5\nbonus = 1"),
        ('direct = "C"', 'direct = "C D"'),
    ],
)
def test_what_the_reader_refuses_does_not_fit(old: str, new: str) -> None:
    assert old in TEXT and faults(TEXT) == []
    assert faults(TEXT.replace(old, new, 1))


def test_a_value_may_carry_its_days() -> None:
    dated = "points = [{ value = 5, until = 2025-06-30 }, { value = 6, since = 2025-07-01, reference = 'x' }]"
    assert faults(TEXT.replace("points = 5", dated, 1)) == []
    assert faults(TEXT.replace("points = 5", "points = [{ value = 5, from = 2025-06-30 }]", 1))
