"""The standards that come with the program: against what was published, and each rule with its example."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from app.rules.grading.case import CaseEntry, How, Line, NotCounted
from app.rules.grading.examples import Ran, case_of, run_examples
from app.rules.grading.parsing import parse, stretches
from app.rules.grading.reading import Share
from app.rules.grading.scheme import ItemRule, KindOf, Repeat, Result, RunsFrom, SameAct, Scheme
from app.rules.grading.validity import months_for, start_of
from app.standards.schemes import SHIPPED
from models.types import POINT, AuthorityLevel, Capacity, Day, Points, Polarity, day_of, first_date, last_day
from tests.app.rules.grading.schemes import graded, record

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))}
SCHEMES = {name: parse(text) for name, text in TEXTS.items()}
WENDENG, BASELINE = SCHEMES["wendeng-2020"], SCHEMES["national-baseline"]
ON = parse(re.sub(r"^off = .*\n", "", TEXTS["wendeng-2020"], flags=re.MULTILINE))
"""Wendeng with everything switched on."""

every_standard = pytest.mark.parametrize("name", TEXTS)


@pytest.fixture(scope="module")
def ran() -> Mapping[str, list[Ran]]:
    """The examples of every standard with what came out."""
    return {
        name: run_examples(scheme, lambda day, text=TEXTS[name]: parse(text, day))
        for name, scheme in SCHEMES.items()
    }


# Every standard


@every_standard
def test_it_can_be_read_in_every_stretch_of_time(name: str) -> None:
    assert {parse(TEXTS[name], day).code for day in stretches(TEXTS[name], Day(20200101))} == {name}


@every_standard
def test_every_example_comes_out_as_it_says(name: str, ran: Mapping[str, list[Ran]]) -> None:
    assert {one.example.name.en: one.misses for one in ran[name] if one.misses} == {}


@every_standard
def test_it_speaks_both_languages_and_says_that_it_is_an_example(name: str) -> None:
    scheme = SCHEMES[name]
    rows = (*scheme.item_rows, *scheme.bands, *scheme.groups, *scheme.examples)
    said = [scheme.title, scheme.notice, *(row.name for row in rows)]
    assert [text for text in said if not re.search("[\u4e00-\u9fff]", text.zh)] == []
    assert [text for text in said if not text.en or re.search("[\u4e00-\u9fff]", text.en)] == []
    assert "示例" in scheme.notice.zh and "xample" in scheme.notice.en
    assert len({one.name for one in scheme.examples}) == len(scheme.examples)


@every_standard
def test_every_end_of_a_band_has_an_example_on_both_sides(name: str, ran: Mapping[str, list[Ran]]) -> None:
    found = {(one.grade.band, one.grade.score) for one in ran[name] if one.grade.direct is None}
    bands = SCHEMES[name].bands
    for band, below in pairwise(bands):
        assert band.lowest is not None
        assert {(band.code, band.lowest), (below.code, band.lowest - POINT)} <= found


@every_standard
def test_every_direct_grade_has_an_example_that_it_decides(name: str) -> None:
    scheme = SCHEMES[name]
    direct = {item.code for item in scheme.item_rows if item.direct and not item.off.zh}
    assert direct and direct <= {example.by for example in scheme.examples}
    if any(band.remembers for band in scheme.bands):
        assert {"DA", "DB", "DC"} <= {example.grade for example in scheme.examples}


@every_standard
def test_every_range_has_examples_at_both_ends_and_beyond(name: str, ran: Mapping[str, list[Ran]]) -> None:
    scheme = SCHEMES[name]
    ends = {(item.code, end) for item in scheme.item_rows if item.range for end in _ends(item)}
    lines = [line for one in ran[name] for line in one.grade.lines]
    brought = {(line.item, line.points) for line in lines}
    assert ends <= brought
    for reason in (NotCounted.OUT_OF_RANGE, NotCounted.NO_POINTS_GIVEN) if ends else ():
        assert reason in {line.reason for line in lines}


def _ends(item: ItemRule) -> tuple[Points, Points]:
    assert item.range
    return item.range.least, item.range.most


@every_standard
def test_every_length_of_validity_has_an_example_on_its_last_day_and_on_the_next(
    name: str, ran: Mapping[str, list[Ran]]
) -> None:
    wanted = {length for item in SCHEMES[name].item_rows for length in _lengths(SCHEMES[name], item)}
    assert {row for row, _ in wanted} >= set(range(len(SCHEMES[name].validity)))
    edges = [edge for one in ran[name] for edge in _edges(one, SCHEMES[name])]
    assert wanted == {length for length, counts in edges if counts}
    assert wanted == {length for length, counts in edges if not counts}


Length = tuple[int, str]
"""Row of the table of validity, -1 for the item's own; and for how long what counts."""


def _lengths(scheme: Scheme, item: ItemRule) -> Iterable[Length]:
    if item.off.zh:
        return
    for level, points in (item.points or {}).items():
        if points:
            yield _length(scheme, item, level, points)
    for end in _ends(item) if item.range else ():
        yield _length(scheme, item, AuthorityLevel.UNIT, end)
    if item.direct:
        yield _length(scheme, item, AuthorityLevel.UNIT, None)


def _length(scheme: Scheme, item: ItemRule, level: str, points: int | None) -> Length:
    tables = [replace(scheme, validity=scheme.validity[:n]) for n in range(len(scheme.validity) + 1)]
    row = [months_for(one, item, level, points) is not None for one in tables].index(True) - 1
    return row, f"{'grade' if points is None else 'points'} {months_for(scheme, item, level, points)}"


def _edges(one: Ran, scheme: Scheme) -> Iterable[tuple[Length, bool]]:
    """The lengths of which an example shows the last day (True) or the day after."""
    for entry, line in _lines(one):
        item, ends = scheme.items[line.item], one.example.ends
        points = (item.points or {}).get(AuthorityLevel(entry.level), entry.given)
        for worth, counts in ((points, line.points != 0), (None, line.direct != "")):
            if (worth is None and not item.direct) or (worth is not None and not worth) or item.off.zh:
                continue
            months = months_for(scheme, item, entry.level, worth)
            if months and line.reason in (None, NotCounted.EXPIRED):
                first = first_date(start_of(entry, item)) + dt.timedelta(days=not counts)
                if last_day(day_of(first), int(months)) == ends:
                    yield _length(scheme, item, entry.level, worth), counts


def _lines(one: Ran) -> Iterable[tuple[CaseEntry, Line]]:
    entries = {entry.uid: entry for entry in case_of(one.example).entries}
    return ((entries[line.entry], line) for line in one.grade.lines)


@every_standard
def test_everybody_who_is_not_rated_has_an_example(name: str) -> None:
    states = {state for example in SCHEMES[name].examples if not example.grade for state in example.states}
    assert states == set(SCHEMES[name].not_rated)


@every_standard
def test_one_act_and_a_late_entry_have_examples(name: str, ran: Mapping[str, list[Ran]]) -> None:
    lines = [found for one in ran[name] for found in _lines(one)]
    same = {line.item.split(".")[0] for _, line in lines if line.reason is NotCounted.SAME_ACT}
    assert "sanction" in same and same & {"work", "honour"}
    late = [entry for entry, line in lines if line.reason is NotCounted.EXPIRED and entry.decided_on]
    assert any(entry.decided_on // 10000 == 2025 > entry.occurred_on // 10000 for entry in late)


@every_standard
def test_an_appraisal_records_its_result_and_runs_from_its_decision(name: str) -> None:
    appraisals = [item for item in SCHEMES[name].item_rows if item.code.startswith("appraisal.")]
    assert appraisals
    for item in appraisals:
        assert item.result == Result(item.code.removeprefix("appraisal."))
        assert item.runs_from is RunsFrom.DECISION
    assert "own_year" in {entry.why for example in SCHEMES[name].examples for entry in example.entries}


def test_one_act_has_one_code_name_and_category_in_both() -> None:
    """So that the entries of an office can be graded by either."""
    shared = BASELINE.items.keys() & WENDENG.items.keys()
    assert len(shared) >= 28
    for code in shared:
        one, other = BASELINE.items[code], WENDENG.items[code]
        assert (one.name, one.polarity, one.category) == (other.name, other.polarity, other.category)
        assert (one.appraisal, one.influence) == (other.appraisal, other.influence)
    names = {item.name.zh for item in BASELINE.item_rows if item.code not in shared}
    assert not names & {item.name.zh for item in WENDENG.item_rows}


# Wendeng 2020, as it was published

COUNTY_DEPARTMENT, COUNTY = AuthorityLevel.COUNTY_DEPARTMENT, AuthorityLevel.COUNTY
CITY_DEPARTMENT, CITY = AuthorityLevel.CITY_DEPARTMENT, AuthorityLevel.CITY
PROVINCE_DEPARTMENT, PROVINCE = AuthorityLevel.PROVINCE_DEPARTMENT, AuthorityLevel.PROVINCE
NATION = AuthorityLevel.NATION

FIXED: dict[str, dict[str, tuple[str, int]]] = {
    "问责处理": {
        "谈话提醒": ("handling.reminder", -3),
        "效能告诫、待岗学习": ("handling.efficiency", -3),
        "批评教育": ("handling.criticism", -3),
        "责令书面检查": ("handling.inspection", -5),
        "诫勉谈话": ("handling.admonition", -30),
        "停职检查、调整职务": ("handling.adjusted", -30),
        "责令辞职、免职": ("handling.post_lost", -40),
        "降职": ("handling.post_lowered", -40),
        "取消当选或任职资格": ("handling.disqualified", -40),
    },
    "党纪处分": {
        "情节轻微免予处分": ("sanction.party_exempted", -10),
        "警告": ("sanction.party_warning", -50),
        "严重警告": ("sanction.party_serious_warning", -70),
        "撤销党内职务": ("sanction.party_removal", -100),
        "留党察看": ("sanction.party_probation", -150),
    },
    "政务处分": {
        "警告": ("sanction.warning", -50),
        "记过": ("sanction.demerit", -60),
        "记大过": ("sanction.serious_demerit", -70),
        "降级": ("sanction.demotion", -100),
    },
    "岗位管理": {
        "拒绝执行决定和命令": ("duty.not_followed", -20),
        "故意不完成任务造成损失": ("duty.left_undone", -20),
        "不依法行使权力(吃拿卡要、执法不力、只罚不管)": ("duty.power_misused", -20),
        "违反法定程序实施处罚、许可": ("duty.procedure", -20),
        "违反禁酒令、公车私用及车辆管理规定": ("duty.alcohol_and_cars", -20),
        "压制批评、打击报复、诬告陷害": ("duty.retaliation", -10),
        "弄虚作假、误导欺骗": ("duty.deception", -10),
        "侮辱、殴打服务对象": ("service.abuse", -10),
        "截留、克扣、挪用收费和罚款": ("duty.fees_diverted", -10),
        "私分、侵占、损毁扣押财物": ("duty.seized_goods", -10),
        "无正当理由不服从工作安排": ("duty.disobedient", -10),
        "对合理诉求推诿扯皮、门难进脸难看": ("service.buck_passing", -10),
        "虚报、瞒报、伪造数据": ("duty.false_report", -10),
        "罚款不出具收据或不如实填写": ("duty.no_receipt", -10),
        "乱检查、乱收费、乱罚款、乱摊派": ("duty.arbitrary_levies", -10),
        "违反操作规范造成责任事故": ("duty.accident", -40),
        "从事或参与经营性活动": ("duty.business", -40),
        "年度考核基本称职": ("appraisal.basically_competent", -40),
        "违反机关管理、服务承诺": ("service.promise_broken", -5),
        "旷工、逾期不归": ("duty.truant", -5),
        "擅自脱岗、离岗、串岗": ("duty.absent", -5),
        "一个月内迟到早退超过 5 次": ("duty.late", -5),
        "上班时间做与工作无关的事": ("duty.discipline", -5),
        "未按规定报送信息": ("duty.not_reported", -5),
        "未按规定报送信息造成不良影响": ("duty.not_reported_harm", -20),
    },
    "职业管理": {
        "取得资格、职务、荣誉过程中失信": ("profession.dishonest_claim", -20),
        "违反执业规范造成责任事故": ("profession.accident", -50),
        "违反自律承诺、职业道德": ("profession.ethics", -10),
        "严重违反自律承诺、职业道德": ("profession.ethics_grave", -50),
        "玩忽职守、滥用职权、违反财经纪律": ("profession.dereliction", -50),
    },
    "公职考核": {
        "嘉奖": ("reward.commendation", 20),
        "记三等功": ("reward.third_class", 20),
        "记二等功": ("reward.second_class", 40),
        "记一等功": ("reward.first_class", 60),
    },
    "中心工作": {
        "作出贡献": ("work.central", 5),
        "突出贡献": ("work.central_outstanding", 10),
    },
}
MODELS = {
    COUNTY_DEPARTMENT: 5,
    CITY_DEPARTMENT: 10,
    COUNTY: 20,
    PROVINCE_DEPARTMENT: 30,
    CITY: 40,
    PROVINCE: 60,
    NATION: 100,
}
BY_LEVEL: dict[str, dict[AuthorityLevel, int]] = {
    # 区级部门 / 区级 / 市级 / 省部级, and the departments of the last two one level below (rule 5)
    "handling.circulated": {
        COUNTY_DEPARTMENT: -10,
        COUNTY: -20,
        CITY_DEPARTMENT: -20,
        CITY: -30,
        PROVINCE_DEPARTMENT: -30,
        PROVINCE: -50,
    },
    # 区县级部门 +10: a department that is of the level 区县, that is one of the city (rule 5)
    "honour.commended": {**MODELS, PROVINCE_DEPARTMENT: 25, CITY: 30},
    "work.promoted": MODELS,
    "work.demonstration": MODELS,
}
RANGES = {"handling.other": (-5, -50), "duty.other": (-10, -50)}
DIRECT = {
    "sanction.removal": "B",
    "handling.discharge": "B",
    "duty.secrets": "B",
    "duty.case_concealed": "B",
    "duty.torture": "B",
    "duty.unlawful_detention": "B",
    "duty.bribes": "B",
    "appraisal.incompetent": "B",
    "sanction.party_expulsion": "C",
    "sanction.dismissal": "C",
    "crime.negligent_up_to_3": "C",
    "court.defaulter": "D",
    "crime.intentional": "D",
    "crime.political_rights": "D",
    "crime.negligent_from_3": "D",
}
HOURS = {10: 2, 20: 5, 50: 10, 80: 15, 100: 20, 150: 25, 200: 30, 250: 40, 300: 50}
SWITCHED_OFF = {"court.defaulter", "volunteering.hours", "charity.donation"}


@pytest.mark.parametrize("group", FIXED)
def test_every_row_of_the_published_table_brings_its_points(group: str) -> None:
    codes = {row.code for row in WENDENG.groups if row.name.zh == group}
    for row, (code, points) in FIXED[group].items():
        item = WENDENG.items[code]
        assert set((item.points or {}).values()) == {points * POINT}, row
        assert len(item.points or {}) == len(AuthorityLevel) and item.group in codes, row


def test_rows_by_level_and_ranges_are_as_published() -> None:
    for code, points in BY_LEVEL.items():
        assert WENDENG.items[code].points == {level: one * POINT for level, one in points.items()}
    for code, (least, most) in RANGES.items():
        assert _ends(WENDENG.items[code]) == (least * POINT, most * POINT)


def test_direct_grades_are_as_published() -> None:
    assert {item.code: item.direct for item in WENDENG.item_rows if item.direct} == DIRECT
    assert not any(WENDENG.items[code].points for code in DIRECT)


def test_nothing_stands_there_that_was_not_published() -> None:
    fixed = {code for rows in FIXED.values() for code, _ in rows.values()}
    published = {*fixed, *BY_LEVEL, *RANGES, *DIRECT, *SWITCHED_OFF}
    assert set(WENDENG.items) == published


def test_score_bands_and_combination_are_as_published() -> None:
    assert (WENDENG.score.base, WENDENG.score.floor, WENDENG.score.ceiling) == (1000 * POINT, None, None)
    bands = [("AAA", 1050), ("AA", 1030), ("A", 960), ("B", 850), ("C", 600), ("D", None)]
    assert [(band.code, band.lowest and band.lowest // POINT) for band in WENDENG.bands] == bands
    assert [band.code for band in WENDENG.bands if band.remembers] == ["D"]
    rule = WENDENG.combination
    assert (rule.same_act, rule.frozen_bonuses, rule.suspended) == (SameAct.DIRECT, True, False)
    assert rule.repeat == Repeat(of=KindOf.ITEM, factor=Share(2 * POINT), polarity=Polarity.NEGATIVE)


ARTICLE_20 = [
    *(("sanction.removal", None, level, 24) for level in AuthorityLevel),
    ("sanction.dismissal", None, COUNTY, 36),
    ("crime.intentional", None, COUNTY, 60),
    ("handling.other", -5, COUNTY, 12),
    ("handling.other", -40, PROVINCE, 12),
    ("handling.other", -40.001, COUNTY_DEPARTMENT, 24),
    ("sanction.party_probation", -150, COUNTY, 24),
    *(("honour.commended", 20, level, 12) for level in (COUNTY_DEPARTMENT, COUNTY, CITY_DEPARTMENT)),
    *(("reward.first_class", 60, level, 24) for level in (CITY, PROVINCE_DEPARTMENT)),
    ("work.promoted", 60, PROVINCE, 36),
    ("work.promoted", 100, NATION, 60),
    ("work.central", 5, AuthorityLevel.UNIT, 12),
    ("volunteering.hours", 50, NATION, 12),
    ("charity.donation", 10, PROVINCE, 12),
]


@pytest.mark.parametrize(("code", "points", "level", "months"), ARTICLE_20)
def test_validity_is_that_of_article_20(
    code: str, points: float | None, level: AuthorityLevel, months: int
) -> None:
    size = None if points is None else round(points * POINT)
    assert months_for(WENDENG, WENDENG.items[code], level, size) == months


def test_sanctions_and_rewards_run_from_the_decision_and_conduct_from_its_end() -> None:
    decided = ("sanction", "handling", "reward", "honour", "crime", "court", "appraisal")
    for item in WENDENG.item_rows:
        kind = item.code.split(".")[0]
        assert kind in ("work",) or (item.runs_from is RunsFrom.DECISION) is (kind in decided), item.code


def test_heads_share_what_their_unit_is_honoured_or_punished_for() -> None:
    heads = {item.code for item in WENDENG.item_rows if item.head_share}
    assert heads == {
        *BY_LEVEL,
        "handling.inspection",
        "handling.other",
        "work.central",
        "work.central_outstanding",
    }
    assert {item.head_share for item in WENDENG.item_rows if item.head_share} == {POINT}
    entry = record("handling.reminder")._replace(capacity=Capacity.HEAD)
    assert graded(entry, scheme=WENDENG).lines[0].reason is NotCounted.NO_HEADS_SHARE


def test_every_item_says_where_it_comes_from() -> None:
    referenced = {group.code for group in WENDENG.groups if group.reference}
    assert all("信用积分" in group.reference for group in WENDENG.groups)
    assert [
        item.code for item in WENDENG.item_rows if not item.reference and item.group not in referenced
    ] == []
    rows = (*WENDENG.validity, *WENDENG.bands, WENDENG.combination)
    assert all(row.reference for row in rows)
    assert all("影响期" in item.reference for item in WENDENG.item_rows if item.influence and item.reference)


def test_influence_and_appraisal_are_those_of_the_national_rules() -> None:
    months = {item.code.split(".")[1]: item.influence for item in WENDENG.item_rows if item.influence}
    assert months == {
        "warning": 6,
        "demerit": 12,
        "serious_demerit": 18,
        "demotion": 24,
        "removal": 24,
        "party_warning": 12,
        "party_serious_warning": 18,
        "party_removal": 24,
        "admonition": 6,
        "adjusted": 12,
        "post_lost": 12,
        "post_lowered": 24,
    }
    for code, effect in (
        ("sanction.party_removal", "不称职"),
        ("sanction.party_probation", "不称职"),
        ("sanction.party_expulsion", "不称职"),
        ("handling.post_lost", "只写评语"),
        ("handling.post_lowered", "只写评语"),
    ):
        assert effect in WENDENG.items[code].appraisal


# What is switched off works once it is switched on


def test_what_is_no_official_conduct_is_switched_off_with_the_reason() -> None:
    off = {item.code: item.off for item in WENDENG.item_rows if item.off.zh}
    assert set(off) == SWITCHED_OFF
    assert {(reason.zh, reason.en) for reason in off.values()} == {("不属于公务行为", "Not official conduct")}
    assert not any(item.off.zh for item in ON.item_rows)


def given(code: str, quantity: int, on: int = 20250310) -> CaseEntry:
    return record(code, on, uid=f"{quantity}-{on}")._replace(quantity=quantity * POINT)


def score(*entries: CaseEntry) -> float:
    grade = graded(*entries, scheme=ON)
    assert grade.score is not None
    assert grade.score == sum(x.points for x in grade.lines) + sum(x.points for x in grade.adjustments)
    return grade.score / POINT - 1000


@pytest.mark.parametrize("hours", HOURS)
def test_hours_bring_the_step_that_they_reach(hours: int) -> None:
    before = max((points for other, points in HOURS.items() if other < hours), default=0)
    assert score(given("volunteering.hours", hours)) == HOURS[hours]
    assert score(given("volunteering.hours", hours - 1)) == before


def test_hours_add_up_to_the_highest_step_and_end_after_a_year() -> None:
    spring, autumn = given("volunteering.hours", 15), given("volunteering.hours", 40, 20250901)
    assert score(spring, autumn) == 10
    assert [line.how for line in graded(spring, autumn, scheme=ON).lines] == [How.CUMULATED] * 2
    assert score(given("volunteering.hours", 300, 20250101)) == 50
    assert score(given("volunteering.hours", 300, 20241231)) == 0


def test_donations_bring_a_point_for_each_hundred_and_forty_a_year() -> None:
    assert score(given("charity.donation", 99)) == 0
    assert score(given("charity.donation", 199)) == 1
    four = [given("charity.donation", 1000, 20250300 + day) for day in range(1, 5)]
    assert score(*four) == 40
    assert score(*four, given("charity.donation", 1000, 20250401)) == 40


DEFAULTER = record("court.defaulter", 20240301)


def test_a_judgment_debtor_has_d_until_the_debt_is_paid_and_then_fifty_points_less() -> None:
    grade = graded(DEFAULTER, record("reward.first_class"), scheme=ON)
    assert (grade.band, grade.fallen_from, grade.score) == ("D", "A", 1000 * POINT)
    paid = DEFAULTER._replace(corrected_on=Day(20250601))
    repaired = graded(paid, record("reward.first_class"), scheme=ON)
    assert (repaired.band, repaired.fallen_from, repaired.score) == ("A", "", 1010 * POINT)
    assert repaired.lines[0].how is How.REPAIRED


def test_what_was_repaired_counts_two_years_from_the_correction() -> None:
    on_the_last_day = DEFAULTER._replace(corrected_on=Day(20240101), occurred_on=Day(20230301))
    assert score(on_the_last_day) == -50
    assert score(on_the_last_day._replace(corrected_on=Day(20231231))) == 0
