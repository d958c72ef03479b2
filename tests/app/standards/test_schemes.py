"""Where in the text of a standard a problem stands."""

import pytest

from app.standards.schemes import line_of

TEXT = """format = 1
title = { zh = "标准", en = "Standard" }

[score]
base = 100

[[bands]]
code = "A"
from = 110

[[bands]]
code = "B"

[[items]]
code = "x"
points = { unit = 1 }
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("format", 1),
        ("title.zh", 2),
        ("score.base", 5),
        ("bands[1].from", 9),
        ("bands[2]", 11),
        ("items[1].points.unit", 16),
        ("items[1].validity", 14),  # missing: where the part begins
        ("items[9].points", 0),
        ("", 0),
    ],
)
def test_a_place_is_found_in_the_text(place: str, line: int) -> None:
    assert line_of(TEXT, place) == line
