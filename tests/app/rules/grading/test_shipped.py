"""The standards that come with the program: against what was published, and each rule with its example."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from app.rules.grading.case import Case, CaseEntry, Grade, How, Line, NotCounted, year
from app.rules.grading.engine import grade
from app.rules.grading.examples import Ran, run_examples
from app.rules.grading.parsing import parse, stretches
from app.rules.grading.reading import Text
from app.rules.grading.scheme import ItemRule, KindOf, Result, RunsFrom, SameAct, Scheme, Span, Step
from app.rules.grading.validity import months_for
from app.schemes import SHIPPED
from models.types import POINT, AuthorityLevel, Day, Points, ServiceState, day_before
from tests.app.rules.grading.schemes import record

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))}
SCHEMES = {name: parse(text) for name, text in TEXTS.items()}
WENDENG, BASELINE = SCHEMES["wendeng-2020"], SCHEMES["national-baseline"]
SWITCHED_ON = parse(re.sub(r"^off = .*\n", "", TEXTS["wendeng-2020"], flags=re.MULTILINE))
RAN = {
    name: run_examples(scheme, lambda day, text=TEXTS[name]: parse(text, day))
    for name, scheme in SCHEMES.items()
}

every_standard = pytest.mark.parametrize("name", TEXTS)


# Every standard


@every_standard
def test_it_can_be_read_in_every_stretch_of_time(name: str) -> None:
    for day in stretches(TEXTS[name], Day(20200101)):
        assert parse(TEXTS[name], day).code == name


@every_standard
def test_every_example_comes_out_as_it_says(name: str) -> None:
    assert RAN[name]
    assert {one.example.name.en: one.misses for one in RAN[name] if one.misses} == {}


@every_standard
def test_it_speaks_both_languages_and_says_that_it_is_an_example(name: str) -> None:
    scheme = SCHEMES[name]
    said: list[Text] = [scheme.title, scheme.notice]
    said += [one.name for one in (*scheme.item_rows, *scheme.bands, *scheme.groups, *scheme.examples)]
    assert [text for text in said if not re.search(r"[一-鿿]", text.zh) or not text.en.isascii()] == [
        text for text in said if set(text.en) & set("“”")
    ]
    assert "示例" in scheme.notice.zh and "Example" in scheme.notice.en
    assert len({one.name for one in scheme.examples}) == len(scheme.examples)


@every_standard
def test_every_end_of_a_band_has_an_example_on_both_sides(name: str) -> None:
    scheme = SCHEMES[name]
    found = {(ran.grade.band, ran.grade.score) for ran in RAN[name] if not ran.grade.fallen_from}
    for band, below in zip(scheme.bands, scheme.bands[1:], strict=False):
        assert band.lowest is not None
        assert {(band.code, band.lowest), (below.code, band.lowest - POINT)} <= found


@every_standard
def test_every_direct_grade_has_an_example_that_it_decides(name: str) -> None:
    scheme = SCHEMES[name]
    direct = {item.code for item in scheme.item_rows if item.direct and not item.off.zh}
    assert direct
    assert direct <= {ran.example.by for ran in RAN[name]}
    if any(band.remembers for band in scheme.bands):
        assert {"DA", "DB", "DC"} <= {ran.example.grade for ran in RAN[name]}


@every_standard
def test_every_length_of_validity_has_an_example_on_its_last_day_and_on_the_next(name: str) -> None:
    lengths = {(row, False) for row in _rows(SCHEMES[name], direct=False)}
    lengths |= {(row, True) for row in _rows(SCHEMES[name], direct=True)}
    last_days, days_after = _edges(name)
    assert lengths == lengths & last_days == lengths & days_after


@every_standard
def test_everybody_who_is_not_rated_has_an_example(name: str) -> None:
    states = {state for ran in RAN[name] if not ran.grade.band for state in ran.example.states}
    assert states == set(SCHEMES[name].not_rated)


@every_standard
def test_the_rules_of_one_act_and_of_a_late_entry_have_examples(name: str) -> None:
    lines = [(entry, line) for ran in RAN[name] for entry, line in _lines(ran)]
    groups = {SCHEMES[name].items[line.item].code.split(".")[0] for _, line in lines if line.by}
    assert {"sanction"} <= groups
    late = [line for entry, line in lines if entry.decided_on and entry.decided_on > line.until > 0]
    assert any(line.reason is NotCounted.EXPIRED for line in late)


def _lines(ran: Ran) -> Iterable[tuple[CaseEntry, Line]]:
    from app.rules.grading.examples import case_of

    lines = {line.entry: line for line in ran.grade.lines}
    return ((entry, lines[entry.uid]) for entry in case_of(ran.example).entries if lines)
