"""Reading standards: every fault with its place, and the one that comes with the program against the law."""

import pytest

from app.errors import Invalid
from app.rules.grading.parsing import BadScheme, parse
from app.rules.grading.reading import Fault, Problem
from app.rules.grading.scheme import RunsFrom, Scheme
from app.standards.schemes import SHIPPED, fault_sentence, read_scheme
from models.types import AuthorityLevel, Category, Day, Polarity, ServiceState
from tests.app.rules.grading.schemes import SMALL, TEXT
from tests.offices import BASELINE


def problems(old: str, new: str, times: int = 1) -> list[Problem]:
    """What is wrong with the small standard once a piece of it reads otherwise."""
    assert old in TEXT
    with pytest.raises(BadScheme) as refusal:
        parse(TEXT.replace(old, new, times))
    return list(refusal.value.problems)


def test_a_standard_says_what_its_text_says() -> None:
    assert (SMALL.code, SMALL.edition, SMALL.title.zh, SMALL.title.in_language("en")) == (
        "small",
        1,
        "小标准",
        "Small",
    )
    assert (SMALL.score.base, SMALL.score.floor, SMALL.score.ceiling) == (100_000, 0, 130_000)
    assert [(band.code, band.lowest) for band in SMALL.bands] == [
        ("A", 110_000),
        ("B", 95_500),
        ("C", 80_000),
        ("D", None),
    ]
    assert SMALL.not_rated == (ServiceState.PROBATION, ServiceState.CASE_OPEN)
    reward, honour, overdue = (SMALL.items[code] for code in ("reward", "honour", "overdue"))
    assert dict(reward.points) == dict.fromkeys(AuthorityLevel, 5_000)
    assert dict(honour.points) == {AuthorityLevel.UNIT: 2_000, AuthorityLevel.CITY: 12_500}
    assert (reward.runs_from, overdue.runs_from) == (RunsFrom.DECISION, RunsFrom.CONDUCT)
    assert (overdue.polarity, overdue.category) == (Polarity.NEGATIVE, Category.POOR_WORK)


def test_floor_and_ceiling_may_be_left_out() -> None:
    scheme = parse(TEXT.replace("floor = 0\nceiling = 130\n", ""))
    assert (scheme.score.floor, scheme.score.ceiling) == (None, None)


STEPS_LATER = """
points = [{ value = -3, until = 2024-12-31 }]
steps = [{ value = [{ from = 1, points = -3 }], since = 2025-01-01 }]
"""
FAULTS: dict[tuple[str, str], list[tuple[str, Fault, str]]] = {
    ("format = 1", "format = 2"): [("format", Fault.FORMAT, "2")],
    ("format = 1\n", ""): [("format", Fault.NO_FORMAT, "")],
    ('id = "small"\n', ""): [("id", Fault.MISSING, "")],
    ('id = "small"', 'id = ""'): [("id", Fault.BAD_CODE, "")],
    ('id = "small"', "id = 7"): [("id", Fault.NOT_A_TEXT, "7")],
    ('id = "small"', f'id = "{"x" * 41}"'): [("id", Fault.BAD_CODE, "x" * 41)],
    ("edition = 1", "edition = 0"): [("edition", Fault.OUT_OF_RANGE, "0")],
    ("edition = 1", "edition = true"): [("edition", Fault.NOT_A_NUMBER, "True")],
    ("edition = 1", "edition = 1\nquota = 20"): [("quota", Fault.UNKNOWN, "")],
    ("base = 100", "base = 100\nstart = 1"): [("score.start", Fault.UNKNOWN, "")],
    ("base = 100", "base = 100.0001"): [("score.base", Fault.NOT_A_NUMBER, "100.0001")],
    ("base = 100", "base = inf"): [("score.base", Fault.NOT_A_NUMBER, "Infinity")],
    ("base = 100", "base = nan"): [("score.base", Fault.NOT_A_NUMBER, "NaN")],
    ("base = 100", 'base = "100"'): [("score.base", Fault.NOT_A_NUMBER, "100")],
    ("base = 100", "base = 1000000"): [("score.base", Fault.OUT_OF_RANGE, "1000000")],
    ("base = 100\n", ""): [("score.base", Fault.MISSING, "")],
    ('"probation", "case_open"', '"holiday"'): [("not_rated[1]", Fault.NOT_A_CODE, "holiday")],
    ('"probation", "case_open"', "[]"): [("not_rated[1]", Fault.NOT_A_CODE, "[]")],
    ("from = 80", "from = 96"): [("bands[3].from", Fault.NOT_DESCENDING, "")],
    ("from = 80", "from = 95.5"): [("bands[3].from", Fault.NOT_DESCENDING, "")],
    ("from = 80\n", ""): [("bands[3].from", Fault.MISSING, "")],
    ("from = 110\n", ""): [("bands[1].from", Fault.MISSING, "")],
    ('code = "D"', 'code = "D"\nfrom = 10'): [("bands", Fault.NO_LOWEST_BAND, "")],
    ('code = "B"', 'code = "A"'): [("bands[2].code", Fault.DOUBLE, "A")],
    ('en = "Fair"', 'en = "Fair", ru = "x"'): [("bands[3].name.ru", Fault.UNKNOWN, "")],
    ('code = "overdue"', 'code = "reward"'): [("items[3].code", Fault.DOUBLE, "reward")],
    ('code = "overdue"', "code = [1]"): [("items[3].code", Fault.NOT_A_TEXT, "[1]")],
    ('code = "overdue"', 'code = "overdue"\nbonus = 1'): [("items[3].bonus", Fault.UNKNOWN, "")],
    ('polarity = "positive"\n', ""): [("items[1].polarity", Fault.MISSING, "")],
    ('polarity = "negative"\ncategory = "poor_work"', 'category = "poor_work"'): [
        ("items[3].polarity", Fault.MISSING, "")
    ],
    ('polarity = "negative"\ncategory = "poor_work"', 'polarity = ["negative"]\ncategory = "poor_work"'): [
        ("items[3].polarity", Fault.NOT_A_CODE, "['negative']")
    ],
    ('"poor_work"', '"example"'): [("items[3].category", Fault.WRONG_CATEGORY, "example")],
    ('"poor_work"', '"lazy"'): [("items[3].category", Fault.NOT_A_CODE, "lazy")],
    ('category = "poor_work"\n', ""): [("items[3].category", Fault.MISSING, "")],
    ('runs_from = "decision"', 'runs_from = "birth"'): [("items[1].runs_from", Fault.NOT_A_CODE, "birth")],
    ("points = -3", "points = 3"): [("items[3].points", Fault.WRONG_SIGN, "overdue")],
    ("points = 5", "points = -5"): [("items[1].points", Fault.WRONG_SIGN, "reward")],
    ("points = -3\n", ""): [("items[3].points", Fault.ONE_WORTH, "overdue")],
    ("unit = 2, city = 12.5", "village = 2"): [("items[2].points.village", Fault.NOT_A_CODE, "village")],
    ("unit = 2,", 'unit = "two",'): [("items[2].points.unit", Fault.NOT_A_NUMBER, "two")],
    ("validity = 12\n", ""): [("items[1].validity", Fault.NO_VALIDITY, "reward")],
    ("validity = 12", "validity = 0"): [("items[1].validity", Fault.NO_VALIDITY, "reward")],
    ("validity = 12", "validity = 0.5"): [("items[1].validity", Fault.NOT_A_NUMBER, "0.5")],
    ("validity = 12", "validity = 99999999"): [("items[1].validity", Fault.OUT_OF_RANGE, "99999999")],
    ("_validity = 18", "_validity = -1"): [("items[5].direct_validity", Fault.OUT_OF_RANGE, "-1")],
    ('direct = "C"', 'direct = "E"'): [("items[5].direct", Fault.NOT_A_CODE, "E")],
    ("points = 5", 'points = 5\ndirect = "A"'): [("items[1].direct", Fault.RAISES, "A")],
    ('zh = "嘉奖", ', ""): [("items[1].name.zh", Fault.MISSING, "")],
    ('code = "D"', 'code = "D"\nneeds = { deductions_below = 5 }'): [("bands", Fault.NO_LOWEST_BAND, "")],
    ("ceiling = 130", "ceiling = -1"): [("score.ceiling", Fault.CEILING_BELOW, "-1")],
    ("points = -3", "points = -3\ncap = { ceiling = -10 }"): [
        ("items[3].cap.ceiling", Fault.WRONG_SIGN, "overdue")
    ],
    ("points = -3", "points = -3\ncap = { floor = 5 }"): [
        ("items[3].cap.floor", Fault.WRONG_SIGN, "overdue")
    ],
    ('direct = "C"', 'direct = "C"\nrepair = { points = 5, months = 12 }'): [
        ("items[5].repair.points", Fault.WRONG_SIGN, "demerit")
    ],
    ("points = -3", "points = [{ value = -3 }, { value = -4 }]"): [
        ("items[3].points[2].since", Fault.MISSING, "")
    ],
    ("points = -3", 'points = [{ value = -3, until = "2024-12-31" }]'): [
        ("items[3].points[1].until", Fault.NOT_A_DATE, "2024-12-31")
    ],
    ("base = 100", "base = { value = 100, reference = 5 }"): [
        ("score.base.reference", Fault.NOT_A_TEXT, "5")
    ],
    ("points = -3", "points = [{ value = -3, untill = 2024-12-31 }]"): [
        ("items[3].points[1].untill", Fault.UNKNOWN, "")
    ],
    ("points = -3", "points = -3\nresult = [{ value = 'incompetent', since = 2025-01-01 }]"): [
        ("items[3].result", Fault.NOT_DATED, "")
    ],
    ("points = -3", STEPS_LATER): [("items[3].steps", Fault.NOT_DATED, "")],
    ('{ zh = "嘉奖", en = "Commendation" }', "5"): [("items[1].name", Fault.NOT_A_TABLE, "5")],
}


def called(change: tuple[str, str]) -> str:
    return change[1].strip()[:40] or f"no {change[0].strip()}"


@pytest.mark.parametrize("change", FAULTS, ids=called)
def test_every_fault_is_told_with_its_place(change: tuple[str, str]) -> None:
    assert problems(*change) == [Problem(*fault) for fault in FAULTS[change]]


def test_a_row_that_is_not_in_force_is_told_as_such() -> None:
    found = problems("points = -3", "points = [{ val = -3, since = 2020-01-01 }]")
    assert {one.place for one in found} == {"items[3].points"}
    assert not any(" object at " in one.value for one in found)


def test_a_text_without_a_format_says_what_to_write() -> None:
    with pytest.raises(Invalid, match="begin the text with format = 1"):
        read_scheme(TEXT.replace("format = 1\n", ""))


def test_a_gap_in_time_is_told_with_its_day() -> None:
    base = "base = [{ value = 100, until = 2024-12-31 }, { value = 100, since = 2026-01-01 }]"
    gap = TEXT.replace("base = 100", base)
    assert read_scheme(gap).score.base == 100_000  # from today on there is none
    for text, since in ((gap, Day(20250601)), (gap + CASE, Day(20260101))):
        with pytest.raises(Invalid, match=r"score\.base is missing on 2025-"):
            read_scheme(text, since)


def test_every_fault_is_told_at_once() -> None:
    """First what cannot be read, then what contradicts itself: what is missing contradicts nothing."""
    contradictory = TEXT.replace("from = 80", "from = 96").replace("points = 5", "points = -5")
    unreadable = contradictory.replace("base = 100", "").replace("edition = 1", "edition = true")
    for text, places in (
        (unreadable, {"score.base", "edition"}),
        (contradictory, {"bands[3].from", "items[1].points"}),
    ):
        with pytest.raises(BadScheme) as refusal:
            parse(text)
        assert {problem.place for problem in refusal.value.problems} == places


RULE = '\n[[limits]]\ncode = "x"\nname = "x"\ndown = 1\nwhen = {{ {} }}\n'
NOTICE = '\n[[attention]]\ncode = "x"\nname = "x"\nwhen = {{ {} }}\n'
CASE = '\n[[examples]]\nname = "x"\nends = 2025-12-31\ngrade = "B"\n'
MORE: dict[str, list[tuple[str, Fault]]] = {
    RULE.format("input_below = 60"): [("limits[1].when.input", Fault.MISSING)],
    NOTICE.format("count_below = 2"): [
        ("attention[1].when.count_below", Fault.UNKNOWN),
        ("attention[1].when.count_from", Fault.MISSING),
        ("attention[1].when.within", Fault.MISSING),
    ],
    NOTICE.format("count_from = 1, within = 12, score_below = 60"): [
        ("attention[1].when.score_below", Fault.UNKNOWN)
    ],
    CASE + "last_score = 90": [("examples[1].last_grade", Fault.MISSING)],
    f'{CASE}last_grade = "A"\n[carry_over]\nfraction = 0.1': [("examples[1].last_score", Fault.MISSING)],
    f'{CASE}entries = [{{ item = "overdue", on = 2025-03-01, decided = 2025-02-28 }}]': [
        ("examples[1].entries[1].decided", Fault.ENDS_BEFORE)
    ],
    f'{CASE}entries = [{{ item = "overdue", on = 2025-03-01, quantity = -1 }}]': [
        ("examples[1].entries[1].quantity", Fault.OUT_OF_RANGE)
    ],
    '\n[[parts]]\ncode = "p"\nname = "x"\n[[groups]]\ncode = "g"\nname = "x"\n[[items]]\ncode = "y"\n'
    'name = "x"\npolarity = "negative"\ncategory = "poor_work"\npoints = -1\nvalidity = 12\n'
    'group = "g"\npart = "p"': [("items[7].part", Fault.PART_OF_GROUP)],
    '\n[[inputs]]\ncode = "s"\nname = "x"\nweight = 0.1\nleast = 100\nmost = 0': [
        ("inputs[1].most", Fault.CEILING_BELOW)
    ],
    f'\n[[inputs]]\ncode = "s"\nname = "x"\nweight = 0.1\n{CASE}inputs = {{ s = 101 }}': [
        ("examples[1].inputs.s", Fault.OUT_OF_RANGE)
    ],
    '\n[[groups]]\ncode = "g"\nname = "x"\ncap = { floor = 5 }': [("groups[1].cap.floor", Fault.WRONG_SIGN)],
}


@pytest.mark.parametrize("more", MORE, ids=range(len(MORE)))
def test_what_rules_and_examples_contradict_is_told_with_its_place(more: str) -> None:
    with pytest.raises(BadScheme) as refusal:
        parse(TEXT + more)
    assert [(one.place, one.fault) for one in refusal.value.problems] == MORE[more]


@pytest.mark.parametrize(
    "text", ["", "format = ", "format = 1", "format = 1\nbands = 5\nitems = []", "[[items]]"]
)
def test_what_is_no_standard_is_refused(text: str) -> None:
    with pytest.raises(BadScheme):
        parse(text)


def test_faults_are_told_in_words() -> None:
    for fault in Fault:
        sentence = fault_sentence(Problem("items[1].points", fault, "5"))
        assert sentence.startswith("items[1].points") and sentence.endswith(".") and "{" not in sentence
    with pytest.raises(Invalid) as refusal:
        read_scheme(TEXT.replace("points = -3", "points = 3").replace("from = 80", "from = 96"))
    assert len(refusal.value.sentence.splitlines()) == 2


# The national baseline, against the law.

SANCTIONS = {  # item: influence in months, where that stands
    "sanction.warning": (6, "公职人员政务处分法 第八条"),
    "sanction.demerit": (12, "公职人员政务处分法 第八条"),
    "sanction.serious_demerit": (18, "公职人员政务处分法 第八条"),
    "sanction.demotion": (24, "公职人员政务处分法 第八条"),
    "sanction.removal": (24, "公职人员政务处分法 第八条"),
    "sanction.dismissal": (0, "公职人员政务处分法 第八条"),  # the relation ends
    "sanction.party_warning": (12, "中国共产党纪律处分条例 第十条"),
    "sanction.party_serious_warning": (18, "中国共产党纪律处分条例 第十条"),
}
HANDLINGS = {"handling.admonition": 6, "handling.adjusted": 12}
APPRAISAL = {
    "不得确定为优秀": (
        "sanction.party_warning",
        "sanction.warning",
        "handling.admonition",
        "handling.adjusted",
    ),
    "只写评语，不定等次": ("sanction.party_serious_warning", "sanction.demerit"),
    "不定等次": ("sanction.serious_demerit", "sanction.demotion", "sanction.removal"),
}
REWARDS = ("commendation", "third_class", "second_class", "first_class", "title")


@pytest.fixture(scope="module")
def baseline() -> Scheme:
    return parse(BASELINE)


def test_every_standard_that_is_shipped_can_be_read() -> None:
    assert [parse(path.read_text(encoding="utf-8")).code for path in SHIPPED.glob("*.toml")]


def test_influence_periods_are_those_of_the_law(baseline: Scheme) -> None:
    found = {code: (rule.influence, rule.reference) for code, rule in baseline.items.items()}
    assert {code: found[code] for code in found if code.startswith("sanction.")} == SANCTIONS
    assert {code: rule.influence for code, rule in baseline.items.items() if rule.influence} == {
        **{code: months for code, (months, _) in SANCTIONS.items() if months},
        **HANDLINGS,
    }


def test_a_direct_grade_lasts_as_long_as_the_influence_period(baseline: Scheme) -> None:
    for code, (months, _) in SANCTIONS.items():
        rule = baseline.items[code]
        assert not rule.direct or not months or rule.direct_validity == months, code


def test_effects_on_the_appraisal_are_those_of_the_rules(baseline: Scheme) -> None:
    said = {code: rule.appraisal for code, rule in baseline.items.items() if rule.appraisal}
    assert set(said) == {code for codes in APPRAISAL.values() for code in codes}
    for effect, codes in APPRAISAL.items():
        assert all(effect in said[code] for code in codes)


def test_a_heavier_sanction_never_costs_less(baseline: Scheme) -> None:
    """警告 记过 记大过 降级 撤职 开除: the order of 政务处分法 第七条."""
    ladder = ("warning", "demerit", "serious_demerit", "demotion", "removal", "dismissal")
    points = [baseline.items[f"sanction.{step}"].points[AuthorityLevel.UNIT] for step in ladder]
    assert points == sorted(points, reverse=True) and len(set(points)) == len(points)


def test_the_rewards_are_the_five_of_the_law(baseline: Scheme) -> None:
    rewards = [rule for code, rule in baseline.items.items() if code.startswith("reward.")]
    assert [rule.code for rule in rewards] == [f"reward.{step}" for step in REWARDS]
    assert {rule.reference for rule in rewards} == {"公务员法 第五十三条"}
    points = [rule.points[AuthorityLevel.UNIT] for rule in rewards]
    assert points == sorted(points)


def test_what_has_no_law_behind_it_says_that_it_is_an_example(baseline: Scheme) -> None:
    assert baseline.notice.zh == "示例值，须经本单位发文确定"
    assert set(baseline.not_rated) == {
        ServiceState.RATED_ELSEWHERE,
        ServiceState.PROBATION,
        ServiceState.LONG_LEAVE,
        ServiceState.CASE_OPEN,
    }


def test_negative_information_counts_five_years_at_most(baseline: Scheme) -> None:
    assert max(rule.validity for rule in baseline.items.values()) <= 60


def test_no_grade_is_worded_as_a_sanction(baseline: Scheme) -> None:
    """处分条例 第二条: an organ may not invent forms of discipline."""
    sanctions = ("警告", "记过", "降级", "撤职", "开除", "处分")
    assert not [band for band in baseline.bands if any(word in band.name.zh for word in sanctions)]
