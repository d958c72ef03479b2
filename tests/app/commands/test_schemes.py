"""Publishing a standard: once, under its document, and only when its own examples come out."""

import pytest

from app.commands.schemes import publish_scheme
from app.errors import Conflict, Invalid
from app.queries.schemes import schemes
from app.queries.verification import verify
from models.types import Day
from tests.offices import BASELINE, TestOffice
from tests.refusals import refused

SECOND = BASELINE.replace("edition = 1", "edition = 2", 1)
DOCUMENT = "泽政服发〔2025〕1号"


def publish(office: TestOffice, text: str, document: str = DOCUMENT) -> None:
    office.as_("officer").do(publish_scheme, text, document, Day(20250101))


def test_a_later_edition_supersedes_and_the_earlier_one_stays(office: TestOffice) -> None:
    publish(office, SECOND)
    found = office.as_("officer").ask(schemes)
    assert [(one.edition, one.adopted_by) for one in found] == [(2, DOCUMENT), (1, "泽政服发〔2024〕36号")]
    assert office.as_("officer").ask(verify).findings == ()


def test_a_standard_by_which_its_own_example_comes_out_otherwise_is_refused(office: TestOffice) -> None:
    example = (
        '\n[[examples]]\nname = { zh = "空白档案", en = "Nothing on file" }\nends = 2025-12-31\ngrade = "A"\n'
    )
    with pytest.raises(Invalid) as refusal:
        publish(office, SECOND + example)
    assert refusal.value.sentence.startswith("1 example comes out otherwise: Nothing on file.")
    publish(office, SECOND + example.replace('"A"', '"B"'))


def test_what_contradicts_itself_from_a_later_day_on_is_refused(office: TestOffice) -> None:
    later = SECOND.replace("base = 100", "base = [{ value = 100, until = 2026-12-31 }]", 1)
    with pytest.raises(Invalid) as refusal:
        publish(office, later)
    assert "score.base" in refusal.value.sentence
    publish(office, SECOND.replace("base = 100", "base = [{ value = 100 }]", 1))


@pytest.mark.parametrize("document", ["", "  "])
def test_it_needs_the_document_that_adopts_it(office: TestOffice, document: str) -> None:
    with pytest.raises(Invalid) as refusal:
        publish(office, SECOND, document)
    assert refusal.value.field == "adopted_by"


def test_a_later_edition_begins_no_earlier_than_the_one_before_it(office: TestOffice) -> None:
    later = BASELINE.replace("edition = 1", "edition = 2", 1)
    officer = office.as_("officer")
    with refused(Invalid, match="valid from 2024-01-01") as refusal:
        officer.do(publish_scheme, later, "泽政服发〔2025〕1号", Day(20231231))
    assert refusal.value.field == "valid_from"
    officer.do(publish_scheme, later, "泽政服发〔2025〕1号", Day(20240101))


def test_an_edition_is_published_once(office: TestOffice) -> None:
    with pytest.raises(Conflict):
        publish(office, BASELINE)
