"""What units add of their own: within what the standard leaves to them, and for their people alone."""

import pytest

from app.commands.conduct import record_entry, verify_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.schemes import publish_scheme
from app.commands.supplements import publish_supplement
from app.errors import Conflict, Invalid, NotAllowed, UserError
from app.queries.files import file_view
from app.queries.verification import verify
from app.rules.grading.case import NotCounted, year
from models.types import Day
from tests.offices import BASELINE, TestOffice, entry

PERIOD = year(2025)
OWN = """
format = 1
kind = "local"
id = "national-baseline"
edition = 1
title = { zh = "审批一科自设事项", en = "Items of the window" }

[[items]]
code = "window.smile"
name = { zh = "微笑服务标兵", en = "Smile of the month" }
polarity = "positive"
category = "example"
points = 3
validity = 12

[[items]]
code = "window.late"
name = { zh = "窗口迟到", en = "Late at the window" }
polarity = "negative"
category = "lax_discipline"
points = -1
validity = 6
"""


@pytest.fixture
def generous(office: TestOffice) -> TestOffice:
    room = "local = { items = 2, points = 5 }\n\n[score]"
    text = BASELINE.replace("edition = 1", "edition = 2", 1).replace("[score]", room, 1)
    office.as_("officer").do(publish_scheme, text, "泽政服发〔2025〕1号", Day(20240101))
    return office


def publish(office: TestOffice, text: str = OWN, department: str = "审批一科", since: int = 20250101) -> None:
    office.as_("officer").do(publish_supplement, text, department, "泽政服窗〔2025〕2号", Day(since))


def smile(office: TestOffice, staff_no: str) -> None:
    (uid,) = (
        office.as_("officer").do(record_entry, entry(staff_no, "window.smile", document_no=staff_no)).uids
    )
    office.as_("verifier").do(verify_entry, uid)


def score(office: TestOffice, staff_no: str) -> int | None:
    grade = office.as_("officer").ask(file_view, staff_no, PERIOD).grade
    return grade and grade.score


def test_a_unit_s_own_item_counts_for_its_people_and_for_nobody_else(generous: TestOffice) -> None:
    publish(generous)
    for staff_no in ("0003", "0004"):
        smile(generous, staff_no)
    assert (score(generous, "0003"), score(generous, "0004")) == (103_000, 100_000)
    (line,) = generous.as_("officer").ask(file_view, "0004", PERIOD).lines.values()
    assert line.reason is NotCounted.NOT_IN_SCHEME
    rows = generous.as_("officer").do(propose_evaluations, PERIOD).evaluations
    generous.as_("head").do(approve_evaluation, rows["0003"])
    assert generous.as_("officer").ask(verify).findings == ()


def test_the_units_below_have_it_too_and_a_nearer_one_comes_first(generous: TestOffice) -> None:
    publish(generous, department="")
    smile(generous, "0003")
    smile(generous, "0004")
    assert (score(generous, "0003"), score(generous, "0004")) == (103_000, 103_000)
    publish(generous, OWN.replace("points = 3", "points = 5"))
    assert (score(generous, "0003"), score(generous, "0004")) == (105_000, 103_000)


def test_a_unit_s_own_item_holds_on_the_days_that_it_says(generous: TestOffice) -> None:
    """The act is of 2025-03-10."""
    dated = "points = [{ value = 3, until = 2025-06-30 }, { value = 5, since = 2025-07-01 }]"
    publish(generous, OWN.replace("points = 3", dated, 1))
    smile(generous, "0003")
    assert score(generous, "0003") == 103_000
    later = OWN.replace("edition = 1", "edition = 2").replace("points = 3", "points = 3\nsince = 2025-07-01")
    publish(generous, later)
    assert score(generous, "0003") == 100_000


def test_a_later_edition_of_a_unit_begins_no_earlier_either(generous: TestOffice) -> None:
    publish(generous, since=20250601)
    publish(generous, department="", since=20250101)  # of another unit
    with pytest.raises(Invalid, match="valid from 2025-06-01"):
        publish(generous, OWN.replace("edition = 1", "edition = 2"), since=20250531)


def test_an_edition_published_after_the_approval_makes_it_go_back(generous: TestOffice) -> None:
    publish(generous)
    smile(generous, "0003")
    generous.as_("officer").do(propose_evaluations, PERIOD)
    publish(generous, OWN.replace("edition = 1", "edition = 2").replace("points = 3", "points = 4"))
    assert score(generous, "0003") == 104_000
    assert generous.as_("officer").do(propose_evaluations, PERIOD).counts["computed_again"] >= 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points = 3", "points = 6", "items[1].points"),
        ("points = 3", 'points = 3\ndirect = "D"', "items[1].direct"),
        ("window.smile", "reward.commendation", "items[1].code"),
        ("points = 3", "unit_points = { per = 1, points = 3 }", "items[1].cap"),
        ("points = 3", "unit_points = { per = 1, points = 3 }\ncap = { ceiling = 6 }", "items[1].points"),
        ("points = 3", "unit_points = { per = 1, points = 3 }\ncap = { floor = 0 }", "items[1].points"),
        ("points = 3", "points = 3\nhead_share = 2", "items[1].head_share"),
        ("points = 3", "points = 3\ncap = { floor = 50 }", "items[1].cap.floor"),
        ("points = 3", "points = [{ value = 3 }, { value = 9, since = 2030-01-01 }]", "items[1].points"),
        ('id = "national-baseline"', 'id = "another"', "another"),
        ('kind = "local"', 'kind = "standard"', "kind"),
        ("validity = 12", "validity = 0", "items[1].validity"),
        (
            '[[items]]\ncode = "window.late"',
            OWN[OWN.index("[[items]]") : OWN.index("[[items]]", 200)].replace("smile", "grin")
            + '\n[[items]]\ncode = "window.late"',
            "at most 2",
        ),
    ],
)
def test_what_the_standard_does_not_leave_to_units_is_refused(
    generous: TestOffice, old: str, new: str, said: str
) -> None:
    assert old in OWN
    with pytest.raises(Invalid) as refusal:
        publish(generous, OWN.replace(old, new, 1))
    assert said in refusal.value.sentence


def test_it_needs_room_a_document_and_the_right(office: TestOffice) -> None:
    with pytest.raises(Invalid) as refusal:
        publish(office)
    assert "leaves nothing to units" in refusal.value.sentence
    with pytest.raises(UserError):
        office.as_("officer").do(publish_supplement, OWN, "审批一科", " ", Day(20250101))
    with pytest.raises(NotAllowed):
        office.as_("verifier").do(publish_supplement, OWN, "审批一科", "号", Day(20250101))


def test_the_same_edition_is_published_once(generous: TestOffice) -> None:
    publish(generous)
    with pytest.raises(Conflict):
        publish(generous)
