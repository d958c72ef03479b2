"""What changes from one standard to another, found in the fields of the format."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

import pytest

from app.rules.grading.compare import Turn, compare
from app.rules.grading.parsing import parse
from app.rules.grading.reading import Text
from app.rules.grading.scheme import Scheme
from app.standards.schemes import SHIPPED
from tests.app.rules.grading.schemes import SMALL, TEXT

STANDARDS = [SMALL, *(parse(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*-20*.toml")))]


def places(new: str, old: str = TEXT) -> list[tuple[Turn, str]]:
    return [(one.turn, ".".join(one.place)) for one in compare(parse(old), parse(new))]


@pytest.mark.parametrize("scheme", STANDARDS, ids=lambda scheme: scheme.code)
def test_a_standard_and_itself_say_the_same(scheme: Scheme) -> None:
    assert compare(scheme, replace(scheme)) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("edition = 1", "edition = 2", (Turn.CHANGED, "edition")),
        ("base = 100", "base = 99", (Turn.CHANGED, "score.base")),
        ("from = 110", "from = 112", (Turn.CHANGED, "bands[A].from")),
        ("city = 12.5", "city = 13", (Turn.CHANGED, "items[honour].points[city]")),
        ("validity = 6\n", "validity = 9\n", (Turn.CHANGED, "items[demerit].validity")),
        ('"case_open"]', '"long_leave"]', (Turn.CHANGED, "not_rated")),
    ],
)
def test_a_value_is_named_by_its_place(old: str, new: str, found: tuple[Turn, str]) -> None:
    assert places(TEXT.replace(old, new, 1)) == [found]


def test_rows_are_the_same_by_their_code_wherever_they_stand() -> None:
    rule = '\n[[limits]]\ncode = "{code}"\nname = "x"\ndown = 1\nwhen = {{ deductions_from = 10 }}\n'
    one, two = rule.format(code="one"), rule.format(code="two")
    assert places(TEXT + one) == [(Turn.ADDED, "limits[one]")]
    assert places(TEXT, TEXT + one) == [(Turn.REMOVED, "limits[one]")]
    assert places(TEXT + two + one, TEXT + one + two) == [(Turn.REORDERED, "limits")]


def test_rows_without_a_code_are_the_same_by_what_they_are_for() -> None:
    quota = '\n[[quotas]]\nband = "{band}"\npercent = {n}\n'
    first, second = quota.format(band="A", n=10), quota.format(band="B", n=60)
    changed = quota.format(band="B", n=50)
    assert places(TEXT + first + changed, TEXT + first + second) == [(Turn.CHANGED, "quotas[2].percent")]
    assert places(TEXT + second, TEXT + first + second) == [(Turn.REMOVED, "quotas[1]")]


def another(value: Any) -> Any:
    """Another value of the same kind, or None where there is none to be made up."""
    if isinstance(value, Text):
        return Text(value.zh + "甲", value.en)
    if isinstance(value, StrEnum):
        return next((one for one in type(value) if one is not value), None)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return type(value)(value + 1)
    if isinstance(value, str):
        return value + "x"
    return None


def altered(row: Any) -> Iterator[Any]:
    """The row with one value below it changed, in every way there is."""
    for field in fields(row):
        value = getattr(row, field.name)
        if is_dataclass(value) and not isinstance(value, Text):
            news = altered(value)
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            rows = ((at, new) for at, one in enumerate(value) for new in altered(one))
            news = ((*value[:at], new, *value[at + 1 :]) for at, new in rows)
        elif isinstance(value, tuple) and value:
            news = iter([value[1:]])
        elif isinstance(value, dict) and value:
            news = ({**value, key: value[key] + 1} for key in value)
        else:
            news = (one for one in [another(value)] if one is not None)
        for new in news:
            yield replace(row, **{field.name: new})


def test_every_single_value_that_changes_is_found() -> None:
    scheme = parse((SHIPPED / "national-baseline.toml").read_text(encoding="utf-8"))
    few = replace(scheme, item_rows=scheme.item_rows[::9], examples=scheme.examples[:3])
    seen = 0
    for changed in altered(few):
        assert compare(few, changed), changed
        seen += 1
    assert seen > 200
