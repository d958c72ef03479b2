"""Who is worth a look, for praise as well as for concern."""

from app.commands.conduct import Basis, record_entry, verify_entry
from app.commands.schemes import publish_scheme
from app.queries.attention import noticed
from models.types import AuthorityLevel, Day, Uid
from tests.offices import BASELINE, TestOffice, entry, revoked

ON = Day(20251218)
RULES = """
[[attention]]
code = "praised"
name = { zh = "一年内两次以上奖励", en = "Rewarded twice or more in a year" }
when = { polarity = "positive", count_from = 2, within = 12 }

[[attention]]
code = "slow"
name = { zh = "三个月内超时", en = "Overdue within three months" }
when = { items = ["service.overdue"], count_from = 1, within = 3 }

[[attention]]
code = "city"
name = { zh = "市级表彰", en = "Commended by the city" }
when = { categories = ["performance"], levels = ["city"], count_from = 1, within = 24 }
"""


def in_effect(office: TestOffice, **given: object) -> Uid:
    (uid,) = office.as_("officer").do(record_entry, entry(**given)).uids  # type: ignore[arg-type]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def watched(office: TestOffice) -> None:
    text = BASELINE.replace("edition = 1", "edition = 2", 1) + RULES
    office.as_("officer").do(publish_scheme, text, "泽政服发〔2025〕1号", Day(20250101))


def told(office: TestOffice, on: Day = ON, login: str = "officer") -> list[tuple[str, str, int, bool]]:
    found = office.as_(login).ask(noticed, on)
    return [(one.rule, one.staff_no, one.acts, one.concern) for one in found]


def test_acts_within_the_time_are_counted_for_praise_and_for_concern(office: TestOffice) -> None:
    watched(office)
    for day in (20250310, 20250610):
        in_effect(office, staff_no="0003", occurred_on=Day(day), decided_on=Day(day), document_no=str(day))
    in_effect(office, staff_no="0005", occurred_on=Day(20240310), decided_on=Day(20240310))
    in_effect(office, staff_no="0005", occurred_on=Day(20250910), decided_on=None, document_no="二")
    in_effect(
        office,
        staff_no="0005",
        item="service.overdue",
        occurred_on=Day(20251001),
        decided_on=Day(20251001),
        document_no="三",
    )
    assert told(office) == [("praised", "0003", 2, False), ("slow", "0005", 1, True)]
    assert told(office, Day(20251231)) == [("praised", "0003", 2, False), ("slow", "0005", 1, True)]
    assert told(office, Day(20260101)) == [("praised", "0003", 2, False)]


def test_one_act_counts_once_and_what_was_revoked_or_waits_not_at_all(office: TestOffice) -> None:
    watched(office)
    first = in_effect(office, act=Uid("a" * 32))
    in_effect(office, act=Uid("a" * 32), item="honour.unit_level", document_no="二")
    office.as_("officer").do(record_entry, entry(document_no="三"))
    assert told(office) == []
    in_effect(office, document_no="四")
    assert told(office) == [("praised", "0003", 2, False)]
    other = in_effect(office, document_no="五", level=AuthorityLevel.CITY)
    assert told(office)[-1] == ("city", "0003", 1, False)
    basis = Basis("泽政服人〔2025〕60号", Day(20251201), "原决定被撤销")
    for uid in (first, other):
        revoked(office, uid, basis)
    assert told(office) == [("praised", "0003", 2, False)]  # the second entry of the first act still stands


def test_a_head_is_told_of_the_own_people_only(office: TestOffice) -> None:
    watched(office)
    in_effect(office, staff_no="0004", item="service.overdue", occurred_on=Day(20251201), decided_on=ON)
    assert told(office, login="head") == []
    assert told(office, login="other_head") == [("slow", "0004", 1, True)]
