"""The accountability table: what its text may say, what is wrong with it, and which rows an act calls up."""

import tomllib

import pytest

from app.accountability import NATIONAL
from app.rules.accountability import (
    AccountabilityTable,
    Handling,
    is_table,
    parse_table,
    rows_for,
)
from app.rules.grading.parsing import BadScheme, content_of
from app.rules.grading.reading import Fault
from app.standards.schemes import SHIPPED
from models.types import Category, Day

TABLE = """
format = 1
kind = "accountability"
id = "own"
edition = 1
title = { zh = "责任追究表", en = "Accountability" }
notice = { zh = "仅供参考", en = "For reference only" }

[[bodies]]
code = "organ"
name = { zh = "所在机关", en = "The organ" }
reference = "公务员法 第五十七条"

[[rows]]
code = "late"
conduct = { zh = "超时办结", en = "Late" }
items = ["service.overdue"]
competent = ["organ"]
range = [{ handling = ["reminder", "admonition"] }, { when = "情节严重的", handling = ["warning"] }]
reference = "公务员法 第五十七条"
since = 2019-06-01

[[rows]]
code = "poor"
conduct = "工作不力"
categories = ["poor_work"]
except = ["appraisal.incompetent"]
competent = ["organ"]
range = [{ handling = ["criticism"] }]
reference = "公务员法 第五十七条"
until = 2020-06-30
reviewed_until = 2024-12-31
"""


def faults(text: str) -> set[tuple[str, Fault]]:
    with pytest.raises(BadScheme) as found:
        parse_table(text)
    return {(problem.place, problem.fault) for problem in found.value.problems}


def called_up(table: AccountabilityTable, item: str, *days: int) -> list[str]:
    return [row.code for row in rows_for(table, item, Category.POOR_WORK, *map(Day, days))]


@pytest.fixture(scope="module")
def national() -> AccountabilityTable:
    return parse_table(NATIONAL.read_text(encoding="utf-8"))


def test_a_table_says_who_may_handle_what_and_how_far() -> None:
    late, poor = parse_table(TABLE).rows
    assert late.range[1].handling == (Handling.WARNING,) and late.range[1].when.zh == "情节严重的"
    assert parse_table(TABLE).body("organ").name.en == "The organ"
    assert poor.conduct.zh == poor.conduct.en == "工作不力"


def test_rows_go_by_item_and_category_but_for_what_is_excepted() -> None:
    table = parse_table(TABLE)
    assert called_up(table, "service.overdue", 20200101) == ["late", "poor"]
    assert called_up(table, "duty.other", 20200101) == ["poor"]
    assert called_up(table, "appraisal.incompetent", 20200101) == []
    assert rows_for(table, "duty.absent", Category.LAX_DISCIPLINE, Day(20200101)) == ()


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        ((20190531,), ["poor"]),
        ((20190601,), ["late", "poor"]),
        ((20200630,), ["late", "poor"]),
        ((20200701,), ["late"]),
        ((20200600,), ["late", "poor"]),  # only the month is known
        ((20190500,), ["poor"]),
        ((20190000,), ["late", "poor"]),
        ((20190101, 20191231), ["late", "poor"]),  # went on until the law was there
        ((20200601, 20210101), ["late", "poor"]),
    ],
)
def test_rows_go_by_the_days_of_the_act(days: tuple[int, ...], codes: list[str]) -> None:
    assert called_up(parse_table(TABLE), "service.overdue", *days) == codes


def test_a_row_is_to_be_looked_at_again_after_its_day() -> None:
    table = parse_table(TABLE)
    assert [row.code for row in table.to_review(Day(20250101))] == ["poor"]
    assert table.to_review(Day(20241231)) == ()
    whole = parse_table(TABLE.replace("edition = 1", "edition = 1\nreviewed_until = 2023-12-31"))
    assert [row.code for row in whole.to_review(Day(20240601))] == ["late"]


@pytest.mark.parametrize(
    ("old", "new", "place", "fault"),
    [
        ('kind = "accountability"', "", "kind", Fault.MISSING),
        ('kind = "accountability"', 'kind = "standard"', "kind", Fault.NOT_A_CODE),
        ('notice = { zh = "仅供参考", en = "For reference only" }', "", "notice", Fault.MISSING),
        ('code = "poor"', 'code = "late"', "rows[2].code", Fault.DOUBLE),
        ('competent = ["organ"]', 'competent = ["court"]', "rows[1].competent", Fault.NOT_A_CODE),
        ('competent = ["organ"]', "competent = []", "rows[1].competent", Fault.MISSING),
        ('items = ["service.overdue"]', "", "rows[1].items", Fault.MISSING),
        ('["poor_work"]', '["performance"]', "rows[2].categories", Fault.WRONG_CATEGORY),
        ('["criticism"]', '["a fine"]', "rows[2].range[1].handling[1]", Fault.NOT_A_CODE),
        ('["criticism"]', "[]", "rows[2].range[1].handling", Fault.MISSING),
        ('["reminder", "admonition"]', '["dismissal"]', "rows[1].range", Fault.NOT_ASCENDING),
        ("range = [{ handling", "points = [{ handling", "rows[1].points", Fault.UNKNOWN),
        ('range = [{ handling = ["criticism"] }]', "", "rows[2].range", Fault.MISSING),
        ("until = 2020-06-30", "until = 2020-06-30\nsince = 2021-01-01", "rows[2].until", Fault.ENDS_BEFORE),
        (
            'reference = "公务员法 第五十七条"\nuntil',
            'reference = ""\nuntil',
            "rows[2].reference",
            Fault.MISSING,
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, place: str, fault: Fault) -> None:
    assert old in TABLE
    assert (place, fault) in faults(TABLE.replace(old, new, 1))


def test_a_party_and_a_government_sanction_may_stand_side_by_side() -> None:
    both = '["party_warning", "warning"] }, { handling = ["party_removal", "removal"]'
    poor = parse_table(TABLE.replace('["criticism"]', both)).rows[1]
    assert poor.range[1].handling == (Handling.PARTY_REMOVAL, Handling.REMOVAL)
    wrong = '["party_removal"] }, { handling = ["party_warning"]'
    assert ("rows[2].range", Fault.NOT_ASCENDING) in faults(TABLE.replace('["criticism"]', wrong))


def test_a_row_without_a_range_must_say_why() -> None:
    said = TABLE.replace('range = [{ handling = ["criticism"] }]', 'note = "一事不再罚"')
    assert parse_table(said).rows[1].range == ()


def test_a_table_is_told_from_a_standard() -> None:
    assert is_table(content_of(TABLE))
    assert not is_table(content_of((SHIPPED / "national-baseline.toml").read_text(encoding="utf-8")))


def items_of(name: str) -> dict[str, Category]:
    rows = tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))["items"]
    return {row["code"]: Category(row["category"]) for row in rows if row["polarity"] == "negative"}


def test_the_national_table_names_only_items_that_the_shipped_standards_have(
    national: AccountabilityTable,
) -> None:
    known = items_of("national-baseline") | items_of("wendeng-2020")
    named = {code for row in national.rows for code in (*row.items, *row.besides)}
    assert named - known.keys() == set()


DECIDED = ("handling.", "sanction.", "appraisal.", "crime.", "court.")
"""Items that record what a body has decided already."""


@pytest.mark.parametrize("name", ["national-baseline", "wendeng-2020"])
def test_the_national_table_has_the_ladder_for_all_conduct_and_for_no_decision(
    national: AccountabilityTable, name: str
) -> None:
    """公务员法 第五十七条 is for what supervision finds, not for what is handled already."""
    for item, category in items_of(name).items():
        rows = rows_for(national, item, category, Day(20250310))
        assert ("supervised" in [row.code for row in rows]) is not item.startswith(DECIDED), item


def test_the_national_table_goes_by_the_law_of_the_day(national: AccountabilityTable) -> None:
    """公职人员政务处分法 第六十八条: in force from 1 July 2020."""
    last, first = (
        {row.reference for row in rows_for(national, "duty.business", Category.LAX_DISCIPLINE, Day(day))}
        for day in (20200630, 20200701)
    )
    assert any("处分条例 第二十七条" in law for law in last)
    assert any("政务处分法 第三十六条" in law for law in first)
    assert not any("处分条例" in law for law in first)


def test_every_row_of_the_national_table_cites_a_law_and_none_of_the_party(
    national: AccountabilityTable,
) -> None:
    laws = ("公务员法 第", "公职人员政务处分法 第", "行政机关公务员处分条例 第")
    assert all(row.reference.startswith(laws) and row.since for row in national.rows)
    handling = {one for row in national.rows for measure in row.range for one in measure.handling}
    assert not [one for one in handling if one.startswith("party_")]


def test_the_national_table_has_a_row_for_each_kind_of_bad_conduct(national: AccountabilityTable) -> None:
    """哈政综〔2007〕37号 八: 政令不畅、作风不正、工作不力、形象不佳、纪律不严."""
    known = items_of("national-baseline") | items_of("wendeng-2020")
    named = {known[code] for row in national.rows for code in row.items}
    assert named == set(known.values()) and len(named) == 5
