"""What is said before a summary is printed."""

import pytest

from app.commands.conduct import verify_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.people import add_person
from app.errors import NotAllowed, NotFound
from app.queries.preflight import Concern, readied
from app.queries.summaries import summary
from app.rules.grading.case import year
from app.rules.inputs import NewPerson
from tests.app.commands.test_conduct import recorded
from tests.offices import TestOffice

YEAR = year(2025)


def concerns(office: TestOffice, *staff_numbers: str, login: str = "officer") -> list[tuple[Concern, str]]:
    found = office.as_(login).ask(readied, staff_numbers or ("0003",), YEAR, "zh_CN").findings
    return [(one.concern, one.who) for one in found]


def test_what_is_not_decided_yet_is_said(office: TestOffice) -> None:
    assert concerns(office) == [(Concern.UNDECIDED, "王丽")]
    uids = office.as_("officer").do(propose_evaluations, YEAR).evaluations
    assert concerns(office) == [(Concern.UNDECIDED, "王丽")]
    office.as_("head").do(approve_evaluation, uids["0003"])
    assert concerns(office) == []


def test_what_changed_since_is_said(office: TestOffice) -> None:
    office.as_("officer").do(propose_evaluations, YEAR)
    office.as_("verifier").do(verify_entry, recorded(office))
    assert (Concern.STALE, "王丽") in concerns(office)


def test_a_character_that_no_font_has_is_said(embedded: TestOffice) -> None:
    embedded.as_("officer").do(add_person, NewPerson("0009", "王\U000323b0"))
    found = embedded.as_("officer").ask(readied, ("0009",), YEAR, "zh_CN")
    (missing,) = (one for one in found.findings if one.concern is Concern.CHARACTERS)
    assert missing.detail == "\U000323b0"
    assert len(found.summaries) == 1


def test_where_no_standard_is_in_force_nothing_is_printed(office: TestOffice) -> None:
    officer, period = office.as_("officer"), year(2023)
    found = officer.ask(readied, ("0003", "0004"), period, "zh_CN")
    assert [one.concern for one in found.findings] == [Concern.STANDARD] * 2
    assert "2023" in found.findings[0].detail
    assert found.summaries == ()
    with pytest.raises(NotFound):
        officer.ask(summary, "0003", period, "zh_CN")


def test_the_own_file_and_that_of_nobody_are_left_out_and_the_others_printed(office: TestOffice) -> None:
    found = office.as_("head").ask(readied, ("0002", "0003", "0777"), YEAR, "en")
    refused = [one.who for one in found.findings if one.concern is Concern.REFUSED]
    assert refused == ["0002", "0777"]
    assert [one.staff_no for one in found.summaries] == ["0003"]


def test_who_may_not_print_is_refused(office: TestOffice) -> None:
    with pytest.raises(NotAllowed):
        office.as_("verifier").ask(readied, ("0003",), YEAR, "zh_CN")
