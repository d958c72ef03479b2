"""What changes from one standard to another, found in the fields of the format."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import pytest

from app.rules.grading.compare import Change, Turn, compare
from app.rules.grading.parsing import parse
from app.rules.grading.reading import Text, slots_of
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


def other_values(kind: Any, value: Any) -> Iterator[Any]:
    """Something else of the same kind; for a table or a row, one for each of its fields."""
    if get_origin(kind) in (Union, UnionType):
        if value is not None:
            yield None
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if value is None:
        return
    if isinstance(value, Text):
        yield from (replace(value, zh=value.zh + "甲"), replace(value, en=value.en + "x"))
    elif is_dataclass(value):
        yield from (other for _, other in variants(value))
    elif isinstance(value, tuple):
        yield value[:-1] if value else None
        if len(value) > 1 and value[0] != value[1]:
            yield (value[1], value[0], *value[2:])
        for number, row in enumerate(value[:3]):
            yield from ((*value[:number], other, *value[number + 1 :]) for other in other_rows(row))
    elif isinstance(value, Mapping):
        yield {key: one + 1000 for key, one in value.items()}
        yield from ({**value, key: one + 7000} for key, one in list(value.items())[:2])
    elif isinstance(value, StrEnum):
        yield next(one for one in type(value) if one is not value)
    elif isinstance(value, bool):
        yield not value
    else:
        yield value + ("x" if isinstance(value, str) else 1)


def other_rows(row: Any) -> Iterator[Any]:
    return (other for _, other in variants(row)) if is_dataclass(row) else other_values(type(row), row)


def variants(row: Any) -> Iterator[tuple[str, Any]]:
    """The same with one single field, at any depth, as it was not."""
    for slot in slots_of(type(row)):
        for other in other_values(slot.kind, getattr(row, slot.field)):
            if other is not None or slot.default is None:
                yield slot.key, replace(row, **{slot.field: other})


def rich() -> Scheme:
    """The longest standard there is, with only some of its rows, that everything is looked at."""
    scheme = parse((SHIPPED / "wendeng-2020.toml").read_text(encoding="utf-8"))
    return replace(scheme, item_rows=scheme.item_rows[::9], examples=scheme.examples[::9])


@pytest.mark.parametrize("scheme", [SMALL, rich()], ids=lambda scheme: scheme.code)
def test_every_change_of_a_single_field_is_found_and_undone(scheme: Scheme) -> None:
    seen = 0
    for key, other in variants(scheme):
        there, back = compare(scheme, other), compare(other, scheme)
        assert there and {one.path[0].slot.key for one in there} == {key}
        assert _undone(there) == _as_they_are(back), key
        seen += 1
    assert seen > 80


def _as_they_are(found: list[Change]) -> list[str]:
    return sorted(repr((one.turn, one.before, one.after)) for one in found)


def _undone(found: list[Change]) -> list[str]:
    other_way = {Turn.ADDED: Turn.REMOVED, Turn.REMOVED: Turn.ADDED}
    return sorted(repr((other_way.get(one.turn, one.turn), one.after, one.before)) for one in found)
