"""A small standard to grade by, and entries for it."""

from collections.abc import Iterable

from app.rules.grading.case import Case, CaseEntry, Grade, Period, year
from app.rules.grading.engine import grade
from app.rules.grading.parsing import parse
from app.rules.grading.scheme import Scheme
from models.types import AuthorityLevel, Day, EntryStatus, ServiceState, Uid

PERIOD = year(2025)

TEXT = """
format = 1
id = "small"
edition = 1
title = { zh = "小标准", en = "Small" }
not_rated = ["probation", "case_open"]

[score]
base = 100
floor = 0
ceiling = 130

[[bands]]
code = "A"
name = { zh = "优秀", en = "Excellent" }
from = 110
[[bands]]
code = "B"
name = { zh = "良好", en = "Good" }
from = 95.5
[[bands]]
code = "C"
name = { zh = "一般", en = "Fair" }
from = 80
[[bands]]
code = "D"
name = { zh = "较差", en = "Poor" }

[[items]]
code = "reward"
name = { zh = "嘉奖", en = "Commendation" }
polarity = "positive"
category = "performance"
points = 5
validity = 12
runs_from = "decision"

[[items]]
code = "honour"
name = { zh = "表彰", en = "Honour" }
polarity = "positive"
category = "example"
points = { unit = 2, city = 12.5 }
validity = 24
runs_from = "decision"

[[items]]
code = "overdue"
name = { zh = "超时办结", en = "Overdue" }
polarity = "negative"
category = "poor_work"
points = -3
validity = 12

[[items]]
code = "warning"
name = { zh = "警告", en = "Warning" }
polarity = "negative"
category = "lax_discipline"
points = -12
validity = 12
runs_from = "decision"

[[items]]
code = "demerit"
name = { zh = "记过", en = "Demerit" }
polarity = "negative"
category = "lax_discipline"
points = -1
validity = 6
runs_from = "decision"
direct = "C"
direct_validity = 18

[[items]]
code = "dismissal"
name = { zh = "开除", en = "Dismissal" }
polarity = "negative"
category = "lax_discipline"
points = { province = -60 }
validity = 60
runs_from = "decision"
direct = "D"
"""
SMALL = parse(TEXT)


def record(
    item: str = "reward",
    on: int = 20250310,
    uid: str = "",
    act: str = "",
    status: EntryStatus = EntryStatus.EFFECTIVE,
    level: AuthorityLevel = AuthorityLevel.UNIT,
    decided: int | None = None,
    ended: int | None = None,
) -> CaseEntry:
    """An entry as grading sees it, in effect unless said otherwise; an act of its own."""
    name = uid or f"{item}-{on}"
    days = Day(on), decided and Day(decided), ended and Day(ended)
    return CaseEntry(Uid(name), Uid(act or name), item, status, *days, level)


def graded(
    *entries: CaseEntry,
    states: Iterable[ServiceState] = (),
    joined: int | None = None,
    left: int | None = None,
    period: Period = PERIOD,
    scheme: Scheme = SMALL,
) -> Grade:
    """The grade of these entries."""
    days = joined and Day(joined), left and Day(left)
    return grade(Case(entries, frozenset(states), *days), scheme, period)
