"""Rules in words."""

import dataclasses

import pytest

from app.rules.grading import scheme as constructs
from app.rules.grading.parsing import parse
from app.rules.grading.reading import Text, slots_of
from app.standards.field_titles import title
from app.standards.schemes import SHIPPED
from app.standards.sentences import _SENTENCES, sentence

TEXT = """
format = 1
id = "x"
edition = 1
title = "T"
limits = [
    { code = "l", name = "l", at_most = "B", when = { deductions_from = 100 } },
    { code = "m", name = "m", at_least = "A", when = { results = ["excellent"] } },
    { code = "n", down = 1, name = "", when = { items = ["i"], count_from=2, within=9, levels=["city"] } },
]
direct = [{ code = "d", name = "", grade = "B", since = 2025-01-01, when = { input = "s", input_below = 9 } }]
quotas = [{ band = "A", percent = 20, at_most = 5, left_out = ["probation"] }]
attention = [{ code = "a", name = "a", when = { polarity = "negative", count_from = 3, within = 12 } }]
inputs = [{ code = "s", name = "民主测评", bands = [{ from = 90, points = 5 }, { points = 0 }] }]
parts = [{ code = "p", name = "德", base = 20, ceiling = 30, weight = 0.5, zero_on = ["i"] }]
groups = [{ code = "g", name = "组", part = "p", cap = { ceiling = 10, per = "year" } }]
local = { items = 3, points = 5 }
carry_over = { fraction = 0.5, by_grade = { A = 5 } }
validity = [{ polarity = "negative", up_to = 40, months = 12 }, { ends = "year" }]

[score]
base = 100
floor = 0
rounding = { to = 1 }

[combination]
repeat = { of = "group", factor = 2 }
suspended = true

[[bands]]
code = "A"
name = "优"
from = 90
needs = { score_from = 95, groups = ["g"], count_below = 1 }

[[bands]]
code = "B"
name = "良"
remembers = true

[[items]]
code = "i"
name = "迟到"
polarity = "negative"
category = "lax_discipline"
points = -5
"""
SCHEME = parse(TEXT)


@pytest.mark.parametrize(
    "row, chinese, english",
    [
        (
            SCHEME.limits[0],
            "扣分合计达到100分的，最高为良。",
            "When deductions come to 100 points or more: at most 良.",
        ),
        (
            SCHEME.limits[1],
            "评为优及以上等次，须上年度考核结果为优秀。",
            "优 and better only when the last annual appraisal is Excellent.",
        ),
        (
            SCHEME.limits[2],
            "近9个月内市级决定的“迟到”记录达到2次的，降低1个等次。",
            "When entries of “迟到” decided at City within 9 months count at least 2 times: 1 grades lower.",
        ),
        (
            SCHEME.direct[0],
            "“民主测评”低于9的，直接判为良。 （自2025-01-01起）",
            "When “民主测评” is below 9: 良 directly. (from 2025-01-01 on)",
        ),
        (
            SCHEME.validity[0],
            "扣分（不超过40分）：有效12个月。",
            "Deductions, up to 40 points: counts 12 months.",
        ),
        (
            SCHEME.validity[1],
            "其他：有效至当年年底。",
            "Everything else: counts to the end of its calendar year.",
        ),
        (
            SCHEME.attention[0],
            "近12个月内扣分记录达到3次的，在首页提示。",
            "A line on the home page when entries of deductions within 12 months count at least 3 times.",
        ),
    ],
)
def test_a_rule_in_words(row, chinese, english):
    assert sentence(row, SCHEME, "zh_CN") == chinese
    assert sentence(row, SCHEME, "en") == english


def test_without_the_standard_codes_stand_for_names():
    assert sentence(SCHEME.limits[0], None, "en").endswith("at most B.")


@pytest.mark.parametrize("row", [SCHEME.limits[0], SCHEME.direct[0]], ids=["limit", "direct"])
def test_a_rule_without_conditions_says_nothing_yet(row):
    assert sentence(dataclasses.replace(row, when=constructs.When()), SCHEME, "zh_CN") == ""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_rule_of_the_shipped_standards_has_a_sentence(language):
    shipped = [parse(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*.toml")]
    for scheme in (SCHEME, *shipped):
        rows = [scheme.score, scheme.period, scheme.combination, scheme.carry_over, scheme.local]
        for row in (*rows, *scheme.bands, *scheme.validity, *scheme.direct, *scheme.limits, *scheme.quotas,
                    *scheme.groups, *scheme.attention, *scheme.parts, *scheme.inputs):  # fmt: skip
            assert row is None or sentence(row, scheme, language)


def test_every_construct_that_is_a_rule_has_a_sentence():
    """Items, examples and what stands within a row are shown otherwise."""
    rules = {
        slot_class
        for slot in slots_of(constructs.Scheme)
        for slot_class in _classes(slot.kind)
        if slot.key not in ("items", "examples")
    }
    assert rules <= set(_SENTENCES)


def _classes(kind: object) -> list[type]:
    from typing import get_args

    found = [kind, *get_args(kind)]
    return [
        one for one in found if isinstance(one, type) and dataclasses.is_dataclass(one) and one is not Text
    ]


def test_every_field_has_a_title():
    for cls in vars(constructs).values():
        if isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls is not Text:
            assert all(title(cls, slot) for slot in slots_of(cls))
