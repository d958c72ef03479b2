"""A standard whose items ask more of an entry than the usual ones."""

import re

from app.commands.schemes import publish_scheme
from models.types import Day
from tests.offices import BASELINE, TestOffice

ITEMS = """
[[items]]
code = "service.volunteer"
name = { zh = "志愿服务", en = "Voluntary service" }
polarity = "positive"
category = "example"
steps = [{ from = 10, points = 1 }, { from = 20, points = 2 }]
unit = { zh = "小时", en = "hours" }
validity = 12

[[items]]
code = "work.outstanding"
name = { zh = "突出成绩", en = "Outstanding work" }
polarity = "positive"
category = "performance"
range = { from = 1, to = 5 }
shared = true
validity = 12

[[items]]
code = "work.careless"
name = { zh = "工作失误", en = "Careless work" }
polarity = "negative"
category = "poor_work"
range = { from = -2.5, to = -10 }
validity = 12

[[items]]
code = "unit.criticised"
name = { zh = "单位被通报", en = "Unit criticised" }
polarity = "negative"
category = "poor_work"
points = -4
head_share = 0.5
validity = 12

[[items]]
code = "unit.responsible"
name = { zh = "领导责任", en = "Responsible as its leader" }
polarity = "negative"
category = "poor_work"
range = { from = -1, to = -5 }
head_share = 1
shared = true
validity = 12
"""
ASKING = re.sub("^edition = .*", "edition = 99", BASELINE, flags=re.MULTILINE) + ITEMS


def ask_more(office: TestOffice) -> None:
    """Let it be in force."""
    office.as_("officer").do(publish_scheme, ASKING, "泽政服发〔2025〕1号", Day(20250101))
