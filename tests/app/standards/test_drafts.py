"""The text of a standard that is being written."""

from decimal import Decimal

import pytest

from app.rules.grading.parsing import parse
from app.standards.drafts import (
    free_code,
    insert,
    move,
    next_edition,
    number_text,
    path_of,
    put,
    put_all,
    read_draft,
    remove,
    text_in,
    title_of,
    typed_number,
    with_value,
)
from app.standards.schemes import SHIPPED

WENDENG = (SHIPPED / "wendeng-2020.toml").read_text(encoding="utf-8")


def codes(draft) -> list[str]:
    return [row["code"] for row in draft.content["items"]]


def test_what_is_changed_is_read_as_it_stands_in_the_text():
    draft = read_draft(WENDENG)
    draft = put(draft, ("items", 15, "points"), Decimal("-4.5"))
    draft = put_all(draft, ("items", 15), {"validity": 6, "reference": "另一依据", "runs_from": None})
    draft = put(draft, ("items", 15, "cap", "floor"), -20)
    assert draft.content == read_draft(draft.text).content
    item = parse(draft.text).items["handling.reminder"]
    assert (item.points and set(item.points.values())) == {-4500}
    assert (item.validity, item.reference, item.cap and item.cap.floor) == (6, "另一依据", -20_000)


def test_rows_come_go_and_move_and_the_rest_stays():
    draft = read_draft(WENDENG)
    before = codes(draft)
    draft = insert(draft, ("items",), 2, [{"code": "new.1"}, {"code": "new.2"}])
    assert codes(draft) == [*before[:2], "new.1", "new.2", *before[2:]]
    draft = move(draft, ("items", 2), 3)
    assert codes(draft)[2:6] == ["new.2", *before[2:4], "new.1"]
    draft = remove(draft, ("items",), [2, 5])
    assert codes(draft) == before
    assert [line for line in draft.text.splitlines() if line] == [
        line for line in WENDENG.splitlines() if line
    ]


def test_a_row_at_the_end_does_not_move_further():
    draft = read_draft(WENDENG)
    assert move(draft, ("items", 0), -1) is draft


def test_the_first_row_of_a_kind_stands_in_the_order_of_the_format():
    draft = insert(read_draft(WENDENG), ("limits",), 0, [{"code": "l"}])
    assert draft.text.index("[[limits]]") < draft.text.index("[combination]")
    assert draft.text.index("[[limits]]") > draft.text.index("[[bands]]")


def test_a_new_draft_has_the_next_edition_and_no_document():
    published = put(read_draft(WENDENG), ("adopted_by",), "泽政服发〔2024〕36号").text
    draft = read_draft(next_edition(published, [3, 2]))
    assert draft.content["edition"] == 4 and "adopted_by" not in draft.content
    assert read_draft(next_edition(WENDENG, [])).content["edition"] == 2


@pytest.mark.parametrize(
    "place, path",
    [
        ("items[3].points.county", ("items", 2, "points", "county")),
        ("combination.repeat.of", ("combination", "repeat", "of")),
        ("bands", ("bands",)),
        ("examples[1].inputs.survey.public", ("examples", 0, "inputs", "survey.public")),
        ("", ()),
    ],
)
def test_the_place_of_a_problem_is_a_path(place, path):
    assert path_of(place, {"examples": [{"inputs": {"survey.public": 1}}]}) == path


@pytest.mark.parametrize(
    "typed, number",
    [
        ("−10", "-10"),
        ("-2.5分", "-2.5"),
        ("＋３", "3"),
        ("+3", "3"),
        ("10x", None),
        ("", None),
        ("1e3", None),
    ],
)
def test_numbers_as_they_are_typed(typed, number):
    assert typed_number(typed) == (None if number is None else Decimal(number))


def test_numbers_are_shown_with_a_true_minus():
    assert number_text(Decimal("-2.50")) == "−2.5" and number_text("abc") == "abc" and number_text(None) == ""


def test_names_are_those_of_the_language_and_else_of_the_other():
    assert text_in({"zh": "甲", "en": "A"}, "en") == "A" and text_in({"zh": "甲"}, "en") == "甲"
    assert title_of({}) == "—"


def test_codes_that_are_free():
    assert free_code("item.", ["item.1", "item.3"]) == "item.2"


def test_a_value_within_plain_tables():
    assert with_value({"a": [1, 2]}, ("a", 1), None) == {"a": [1]}
    assert with_value(None, ("a", "b"), 3) == {"a": {"b": 3}}
    assert with_value({"a": 1}, ("a",), None) == {}
