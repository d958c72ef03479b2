"""Items as cells: what is shown, what is meant by what is typed, and tables from a spreadsheet."""

from decimal import Decimal

import pytest

from app import words
from app.standards.drafts import named, read_draft
from app.standards.item_cells import BY_KEY, CELLS, Names, copied, is_dated, pasted, points_read, points_shown
from app.standards.schemes import SHIPPED

CONTENT = read_draft((SHIPPED / "wendeng-2020.toml").read_text(encoding="utf-8")).content
ITEMS = CONTENT["items"]


def names(language: str = "zh_CN") -> Names:
    return Names(named(CONTENT, "groups", language), {}, named(CONTENT, "bands", language), language)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_cell_is_understood_as_it_is_shown(language):
    words.use(language)
    for row in ITEMS:
        for cell in CELLS:
            read = cell.read(cell.show(row, names(language)), row, names(language))
            assert read is not None, (cell.key, row["code"])
            assert {key: row.get(key) for key in read} == read


@pytest.mark.parametrize("odd", [["a"], {"a": 1}, 1, True, None, [], [{"value": 1}]], ids=repr)
def test_whatever_a_text_says_can_be_shown(odd):
    for cell in CELLS:
        assert isinstance(cell.show({one.key: odd for one in CELLS} | {"name": odd}, names()), str)


@pytest.mark.parametrize(
    "typed, key, worth",
    [
        ("−10", "points", -10),
        ("10", "points", -10),
        ("+2.5分", "points", Decimal("2.5")),
        ("区级 −20；市级 −30", "points", {"county": -20, "city": -30}),
        ("County −20; City −30", "points", {"county": -20, "city": -30}),
        ("−5…−50", "range", {"from": -5, "to": -50}),
        ("5至50分", "range", {"from": -5, "to": -50}),
        ("每100 +1", "unit_points", {"per": 100, "points": 1}),
        ("≥20 −5；满50 −10", "steps", [{"from": 20, "points": -5}, {"from": 50, "points": -10}]),
    ],
)
def test_points_as_one_writes_them(typed, key, worth):
    read = points_read(typed, {"polarity": "negative"})
    assert read is not None
    assert {name: value for name, value in read.items() if value is not None} == {key: worth}


@pytest.mark.parametrize("typed", ["abc", "区级 −20；区级 −30", "乡级 −20", "10 20", "−5…"])
def test_what_is_no_points(typed):
    assert points_read(typed, {}) is None


def test_a_number_of_a_bonus_adds():
    assert (points_read("10", {"polarity": "positive"}) or {})["points"] == 10


def test_points_with_dates_are_not_typed_here():
    assert points_shown({"points": [{"value": -10}, {"value": -20, "since": 1}]}) == "by date"
    assert is_dated({"value": 1}) and not is_dated({"county": 1})


def test_a_table_with_titles_adds_and_changes():
    text = (
        "Code\tName in Chinese\tSign\tPoints\tCategory\n"
        "\t新事项\t扣分\t7\t纪律不严\n"
        "duty.absent\t擅自脱岗\t-\t9\t\n"
    )
    found = pasted(text, ITEMS, [], names())
    assert found.unclear == []
    (added,) = found.added
    assert added == {
        "code": "item.1",
        "name": "新事项",
        "polarity": "negative",
        "points": -7,
        "category": "lax_discipline",
    }
    ((place, changes),) = found.changed
    assert ITEMS[place]["code"] == "duty.absent" and changes["points"] == -9 and changes["category"] is None


def test_a_title_above_the_headings_and_blank_lines_do_not_confuse():
    text = "2025年自设事项\t\t\n\nCode\tSign\tCategory\n\n\t扣分\t工作优秀\n"
    (unclear,) = pasted(text, ITEMS, [], names()).unclear
    assert (unclear.line, unclear.text, unclear.cell) == (5, "工作优秀", BY_KEY["category"])


def test_a_table_without_titles_goes_by_the_columns_in_view():
    cells = [BY_KEY["name_zh"], BY_KEY["points"]]
    found = pasted("甲\t-1\n乙\t-2\n", ITEMS, cells, names())
    assert [(row["name"], row["points"], row["code"]) for row in found.added] == [
        ("甲", -1, "item.1"),
        ("乙", -2, "item.2"),
    ]


def test_what_is_not_understood_is_told_by_row_and_column():
    found = pasted("Name\tPoints\tUnheard of\n甲\tmany\tx\n乙\t-2\ty\tz\n", ITEMS, [], names())
    assert [(one.line, one.column, one.text) for one in found.unclear] == [
        (1, "Unheard of", ""),
        (2, "Points", "many"),
        (3, "beyond the last column", "z"),
    ]


def test_what_is_copied_changes_nothing_when_it_is_pasted():
    cells = [BY_KEY[key] for key in ("polarity", "name_zh", "points", "category", "group")]
    found = pasted(copied(ITEMS, cells, names()), ITEMS, cells, names())
    assert not found.unclear and not found.added
    assert not any(changes for _, changes in found.changed)


def test_a_column_is_known_without_its_unit():
    words.use("zh_CN")
    found = pasted("代码\t有效期\t直接判级\nx\t18\t\n", [{"code": "x"}], [], names())
    assert found.unclear == [] and found.changed == [(0, {"validity": 18})]
