"""One value of a TOML text is changed, and every other character stays."""

import copy
import datetime as dt
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standards.schemes import SHIPPED
from app.standards.toml_text import Value, find, insert, line_at, put, sections, swap, take, written

TEXT = '''# head
format = 1
a.b = 1 # dotted
a.c.d = "x"
arr = [ 1, 2, # two
  3,
]
rows = [ { x = 1, y = [1,2] }, { x = 2 } ]
empty = []

[score] # the score
base = 100

[score.rounding]
to = 1

# rows
[[items]]
code = "a" # c
points = { county = -10, city = -20 } # notice
steps = [
    { from = 1, points = 2 }, # first
    { from = 3, points = 4 }
]

[items.cap]
ceiling = 3

# second
[[items]]
code = """multi
[[no]]
"""
[[items.entries]]
q = 1
[[items.entries]]
q = 2

[part.x]
k = 'lit]'

[[last]]
z = 1'''
SHIPPED_TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))]


def load(text: str) -> Any:
    return tomllib.loads(text, parse_float=Decimal)


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path but the empty one."""
    below: list[tuple[Any, Any]] = []
    if isinstance(content, dict):
        below = list(content.items())
    elif isinstance(content, list):
        below = list(enumerate(content))
    return [one for key, value in below for one in ((*path, key), *places(value, (*path, key)))]


def at(content: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        content = content[step]
    return content


def bare(content: Any) -> Any:
    """Without what is empty: a list without rows is no list in a text."""
    if isinstance(content, dict):
        found = {key: bare(value) for key, value in content.items()}
        return {key: value for key, value in found.items() if value not in ({}, [])}
    return [bare(value) for value in content] if isinstance(content, list) else content


VALUES = st.sampled_from(
    [
        True,
        5,
        Decimal("-1.25"),
        'te"xt\n中',
        "",
        dt.date(2025, 1, 1),
        [1, 2],
        {"zh": "中", "en": "e"},
        [{"a": 1}],
    ]
)
ROWS = st.sampled_from([{"code": "n", "points": Decimal(-2)}, {"a": {"b": 1}}, {"k": [{"x": 1}, {"y": 2}]}])


@given(st.data())
def test_any_changes_come_to_the_same_as_on_what_the_text_says(data):
    text = data.draw(st.sampled_from([TEXT, TEXT + "\n"]))
    for _ in range(5):
        content = load(text)
        wanted = copy.deepcopy(content)
        path = data.draw(st.sampled_from(places(content)))
        change = data.draw(st.sampled_from(["put", "new", "take", "insert", "swap"]))
        here = at(content, path)
        if change == "put" and not isinstance(path[-1], int):
            value = data.draw(VALUES)
            at(wanted, path[:-1])[path[-1]] = value
            text = put(text, path, value)
        elif change == "new" and isinstance(here, dict):
            value, key = data.draw(VALUES), data.draw(st.sampled_from(["neu", "with space", "b.c"]))
            at(wanted, path)[key] = value
            text = put(text, (*path, key), value)
        elif change == "take":
            del at(wanted, path[:-1])[path[-1]]
            text = take(text, path)
        elif change == "insert" and isinstance(here, list):
            row, place = data.draw(ROWS), data.draw(st.integers(0, len(here)))
            at(wanted, path).insert(place, row)
            text = insert(text, path, place, row)
        elif change == "swap" and isinstance(here, list) and len(here) > 1:
            one, other = 0, data.draw(st.integers(1, len(here) - 1))
            rows = at(wanted, path)
            rows[one], rows[other] = rows[other], rows[one]
            text = swap(text, (*path, one), other)
        assert bare(load(text)) == bare(wanted), (change, path)


@pytest.mark.parametrize("text", [*SHIPPED_TEXTS, TEXT])
def test_every_value_is_found_where_it_stands(text):
    root, content = sections(text), load(text)
    for path in places(content):
        found = find(root, path)
        assert found is not None, path
        if isinstance(found, Value):
            said = load("x = " + text[found.span.start : found.span.end])["x"]
            assert said == at(content, path)


@pytest.mark.parametrize("text", SHIPPED_TEXTS)
def test_a_changed_value_leaves_every_other_line(text):
    new = put(text, ("items", 3, "reference"), "另一依据")
    before, after = text.splitlines(), new.splitlines()
    assert [line for line in after if line not in before] in (['reference = "另一依据"'], [])
    assert len([line for line in before if line not in after]) <= 1


def test_comments_beside_and_between_stay():
    text = put(TEXT, ("items", 0, "points", "county"), Decimal("-12.50"))
    assert "points = { county = -12.5, city = -20 } # notice" in text
    text = put(text, ("items", 0, "steps", 1, "points"), 7)
    assert "{ from = 1, points = 2 }, # first\n    { from = 3, points = 7 }" in text
    text = take(text, ("items", 0))
    assert "# rows\n# second\n[[items]]" in text and text.count("[[items]]") == 1


def test_a_new_list_comes_before_the_tables_that_follow_it():
    text = insert(
        "format = 1\n\n# the items\n[[items]]\ncode = 1\n", ("groups",), 0, {"code": "g"}, ["items"]
    )
    assert text == 'format = 1\n\n[[groups]]\ncode = "g"\n\n# the items\n[[items]]\ncode = 1\n'


def test_the_line_of_a_place():
    assert (
        TEXT.splitlines()[line_at(TEXT, ("items", 0, "steps", 1, "points")) - 1]
        .strip()
        .startswith("{ from = 3")
    )
    assert line_at(TEXT, ("items", 1, "nothing")) == line_at(TEXT, ("items", 1))
    assert line_at(TEXT, ("nowhere",)) == 0


def test_numbers_are_written_exactly():
    assert written(Decimal("0.1")) == "0.1" and written(Decimal("-10.000")) == "-10"
    assert written(Decimal("1E+2")) == "100"
