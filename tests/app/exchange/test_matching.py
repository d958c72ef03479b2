import pytest

from app.exchange.binding import Lookups
from app.exchange.fields import Kind, Placement
from app.exchange.mapping import ListMapping, PlaceRule, dump_mapping, parse_mapping
from app.exchange.matching import (
    Meaning,
    PlaceForm,
    fields_of,
    fitting,
    place_form,
    refusal,
    set_aside,
    understanding,
    with_constant,
    with_field,
    with_meaning,
    with_places,
)
from models.types import Day, LeadStatus

COLUMNS = ("工号", "事项", "日期", "结论")
ITEMS = {"reward.commendation": "reward.commendation", "嘉奖": "reward.commendation"}
LOOKUPS = Lookups({}, ITEMS, Day(20251218))
MAPPING = ListMapping(
    Kind.ENTRIES,
    source="台账",
    key=("工号",),
    columns={"staff_no": "工号", "item": "事项", "occurred_on": "日期"},
)
CLOSED = PlaceRule({}, Placement.LEAD, "查无实据", LeadStatus.UNSUBSTANTIATED)


def test_a_column_serves_one_field_and_another_besides():
    mapping = with_field(MAPPING, "结论", "facts")
    mapping = with_field(mapping, "结论", "matter", besides=True)
    assert fields_of(mapping, "结论") == ["facts", "matter"]
    assert fields_of(with_field(mapping, "结论", "outcome"), "结论") == ["outcome"]
    assert fields_of(with_field(mapping, "结论", ""), "结论") == []


def test_a_field_moves_from_one_column_to_another():
    mapping = with_field(MAPPING, "结论", "item")
    assert fields_of(mapping, "事项") == []
    assert fields_of(mapping, "结论") == ["item"]


def test_what_is_set_aside_serves_nothing_and_comes_back_when_it_does():
    aside = set_aside(MAPPING, ["事项", "结论"])
    assert (aside.ignored, "item" in aside.columns) == (("事项", "结论"), False)
    assert with_field(aside, "事项", "item").ignored == ("结论",)


def test_values_are_understood_by_themselves_or_as_was_said():
    understood = understanding(MAPPING, "item", ITEMS)
    assert understood("嘉奖") == ("reward.commendation", Meaning.BY_ITSELF)
    assert understood("先进").meaning is Meaning.OPEN
    assert understood("").meaning is Meaning.OPEN
    said = with_meaning(MAPPING, "item", "先进", "reward.commendation")
    assert understanding(said, "item", ITEMS)("先进 ").meaning is Meaning.MATCHED
    assert with_meaning(said, "item", "先进", None) == MAPPING


def test_a_blank_item_is_all_right_where_a_constant_or_leads_take_it():
    constant = with_constant(MAPPING, "item", "reward.commendation")
    assert understanding(constant, "item", ITEMS)("") == ("reward.commendation", Meaning.FREE)
    leads = with_places(MAPPING, PlaceForm("结论", {"": CLOSED}))
    assert understanding(leads, "item", ITEMS)("").meaning is Meaning.FREE


def test_the_form_of_places_and_the_rules_mean_the_same():
    goes = {"属实": PlaceRule({}, Placement.ENTRY), "不属实": CLOSED, "查无": CLOSED, "600": CLOSED}
    form = PlaceForm("结论", goes, PlaceRule({}, Placement.LEFT_OUT, "其他"))
    mapping = with_places(MAPPING, form)
    assert [rule.when for rule in mapping.place] == [
        {"结论": ("属实",)},
        {"结论": ("不属实", "查无", "600")},
        {},
    ]
    assert place_form(parse_mapping(dump_mapping(mapping))) == form


def test_a_column_is_kept_before_anything_is_said_of_its_values():
    mapping = with_places(MAPPING, PlaceForm("结论"))
    assert place_form(parse_mapping(dump_mapping(mapping))) == PlaceForm("结论")


def test_what_is_understood_needs_no_rule():
    assert with_places(MAPPING, PlaceForm(rest=PlaceRule({}, Placement.ENTRY))).place == ()
    assert place_form(MAPPING) == PlaceForm(rest=PlaceRule({}, Placement.ENTRY))


def test_rules_that_say_more_are_no_form():
    two = PlaceRule({"结论": ("属实",), "日期": ("",)}, Placement.ENTRY)
    other = PlaceRule({"日期": ("",)}, Placement.LEFT_OUT)
    one = PlaceRule({"结论": ("属实",)}, Placement.ENTRY)
    for rules in ((two,), (one, other), (PlaceRule({}, Placement.LEFT_OUT), one)):
        assert place_form(ListMapping(Kind.ENTRIES, place=rules)) is None


def test_a_mapping_is_fitted_to_the_spelling_of_the_list():
    mapping = with_places(MAPPING, PlaceForm("结论", {"属实": CLOSED}))
    fitted, lacking = fitting(mapping, ("工号 ", "事项", "日期"))
    assert lacking == ("结论",)
    assert fitted.place == ()
    assert fitted.columns == {**MAPPING.columns, "staff_no": "工号 "}
    wide = ListMapping(Kind.PEOPLE, columns={"staff_no": "no1"}, key=("no1",), ignored=("memo",))
    assert fitting(wide, ("ｎｏ１", "ｍｅｍｏ"))[0].columns == {"staff_no": "ｎｏ１"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (MAPPING, ""),
        (ListMapping(Kind.ENTRIES, source="x"), "needs a source"),
        (with_field(MAPPING, "日期", ""), "Occurred on"),
        (with_constant(MAPPING, "decided_on", "soon"), "not a date"),
        (with_meaning(MAPPING, "item", "先进", "no.such"), "no.such"),
    ],
)
def test_why_a_list_cannot_be_judged_is_said_in_a_sentence(changed, said):
    found = refusal(changed, COLUMNS, LOOKUPS)
    assert said in found
    assert bool(found) == bool(said)
