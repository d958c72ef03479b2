"""Mapping files: read, refused with the nearest right word, and written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.exchange.fields import Kind, Placement
from app.exchange.mapping import (
    ItemRule,
    ListMapping,
    PlaceRule,
    dump_mapping,
    parse_mapping,
    unmentioned,
)
from models.types import LeadStatus

TOP = 'format = 1\nkind = "entries"\nsource = "s"\nkey = ["工号"]\n'

FULL = ListMapping(
    kind=Kind.ENTRIES,
    source="12345",
    key=("工单号", "工号"),
    columns={"staff_no": "工号", "item": "处理", "occurred_on": "日期"},
    constants={"channel": "hotline"},
    values={"item": {"通报": "handling.circulated", "": "duty.other"}},
    place=(
        PlaceRule({"属实": ("是", "")}, Placement.ENTRY),
        PlaceRule(
            {"属实": ("否",), "类": ("甲",)},
            Placement.LEAD,
            "查无实据",
            LeadStatus.UNSUBSTANTIATED,
            ("due_on",),
        ),
        PlaceRule({}, Placement.LEFT_OUT, "其余"),
    ),
    item=(ItemRule({"处分": ("警告",)}, "sanction.warning"),),
    month_is_enough=("occurred_on",),
    day_first=("decided_on",),
    ignored=("备注",),
    sheet="2025",
    staff_no_digits=4,
    department_separator="",
)


def refusal(text):
    with pytest.raises(Invalid) as refused:
        parse_mapping(text)
    return refused.value.sentence


def test_a_mapping_is_written_and_read_again():
    assert parse_mapping(dump_mapping(FULL)) == FULL
    assert "when = {" in dump_mapping(FULL)


_text = st.text(st.characters(codec="utf-8"), max_size=12)
_named = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@given(_named, st.lists(_named, min_size=1), st.dictionaries(_text, _text), st.lists(_text))
def test_whatever_columns_and_values_are_called_survives(source, key, values, wanted):
    mapping = ListMapping(
        Kind.ENTRIES,
        source,
        tuple(key),
        columns={"facts": source},
        values={"facts": values},
        place=(PlaceRule({source: tuple(wanted)}, Placement.ENTRY, reason=source),),
    )
    assert parse_mapping(dump_mapping(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind = people", "not written as TOML wants it"),
        ('kind = "people"', "does not begin with format = 1"),
        ("format = 2", "does not begin with format = 1"),
        (TOP.replace("entries", "entry"), "In kind there is no “entry”. Did you mean “entries”?"),
        (TOP + 'sheets = "a"', "Did you mean “sheet”?"),
        (TOP + '[columns]\nstaffno = "工号"', "In [columns] there is no “staffno”. Did you mean “staff_no”?"),
        (TOP + '[constants]\nlevel = "citys"', "In level there is no “citys”. Did you mean “city”?"),
        (TOP + '[constants]\nname = "张三"', "In [constants] there is no “name”."),
        (TOP + '[values.channel]\n"网" = "webb"', "In channel there is no “webb”."),
        (TOP + '[dates]\nday_first = ["item"]', "In [dates] there is no “item”."),
        (TOP + "[dates]\nday_last = []", "Did you mean “day_first”?"),
        (TOP + '[[place]]\nto = "person"', "In [[place]] to there is no “person”."),
        (TOP + '[[place]]\nto = "lead"\nstatus = "closed"', "In status there is no “closed”."),
        (TOP + '[[place]]\nto = "lead"\nwithout = ["x"]', "In [[place]] without there is no “x”."),
        (TOP + '[[place]]\nwhen = { a = "b" }\nto = "lead"', "“a” must be a list of texts"),
        (TOP + '[[item]]\nthen = "x"', "In [[item]] there is no “then”."),
        (TOP + "columns = 3", "“columns” must be a table"),
        (TOP + "place = 3", "“[[place]]” must be a table"),
        (TOP + "sheet = 3", "“sheet” must be a text"),
        (TOP + "staff_no_digits = -1", "“staff_no_digits” must be a number"),
        (TOP.replace('"s"', '""'), "needs a source"),
        (TOP.replace('["工号"]', "[]"), "and a key"),
    ],
)
def test_a_wrong_mapping_is_refused_with_what_is_wrong(text, said):
    assert said in refusal(text)


def test_columns_without_use_are_found():
    columns = ["工单号", "工 号", "备注", "处理", "日期", "属实", "类", "处分", "经办人"]
    assert unmentioned(FULL, columns) == ("工 号", "经办人")
