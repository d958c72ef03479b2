"""Drafts of standards: kept as they are written, published once they are good."""

import pytest

from app.commands.drafts import begin_draft, discard_draft, publish_draft, save_draft
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.queries.drafts import draft, drafts
from app.queries.schemes import schemes
from app.queries.verification import verify
from app.standards.drafts import next_edition, put, read_draft
from models.types import Day, Uid
from tests.offices import BASELINE, TestOffice

SECOND = next_edition(BASELINE, [1])
DOCUMENT = "泽政服发〔2025〕40号"


def begun(office: TestOffice, text: str = SECOND) -> Uid:
    return office.as_("officer").do(begin_draft, text).uids[0]


def save(office: TestOffice, uid: Uid, text: str, version: int) -> None:
    office.as_("officer").do(save_draft, uid, text, version)


def publish(office: TestOffice, uid: Uid, version: int = 1, document: str = DOCUMENT) -> None:
    office.as_("officer").do(publish_draft, uid, version, document, Day(20260101))


def test_a_draft_is_kept_as_it_is_written_outside_the_history(office):
    before = office.as_("officer").ask(verify)
    uid = begun(office)
    save(office, uid, SECOND + "# more\n", 1)
    found = office.as_("officer").ask(draft, uid)
    assert (found.text, found.version) == (SECOND + "# more\n", 2)
    (row,) = office.as_("officer").ask(drafts)
    assert row.title == read_draft(SECOND).content["title"]["zh"]
    assert office.as_("officer").ask(verify) == before


def test_a_text_that_cannot_be_read_is_kept_too(office):
    uid = begun(office)
    save(office, uid, "[[", 1)
    (row,) = office.as_("officer").ask(drafts)
    assert row.title == read_draft(SECOND).content["title"]["zh"]
    assert office.as_("officer").ask(draft, uid).text == "[["


def test_a_second_desk_does_not_write_over_the_first(office):
    uid = begun(office)
    save(office, uid, SECOND + "# first\n", 1)
    with pytest.raises(Conflict):
        save(office, uid, SECOND + "# second\n", 1)
    with pytest.raises(Conflict):
        office.as_("officer").do(discard_draft, uid, 1)
    assert office.as_("officer").ask(draft, uid).text.endswith("# first\n")


def test_what_is_discarded_is_gone(office):
    uid = begun(office)
    office.as_("officer").do(discard_draft, uid, 1)
    assert office.as_("officer").ask(drafts) == []
    for act in (lambda: save(office, uid, SECOND, 1), lambda: office.as_("officer").ask(draft, uid)):
        with pytest.raises(NotFound):
            act()


def test_a_published_draft_names_its_document_and_is_no_draft_any_more(office):
    uid = begun(office)
    publish(office, uid)
    one = office.as_("officer").ask(schemes)[0]
    assert (one.edition, one.adopted_by, one.scheme.adopted_by) == (2, DOCUMENT, DOCUMENT)
    assert one.text == put(read_draft(SECOND), ("adopted_by",), DOCUMENT).text
    assert office.as_("officer").ask(drafts) == []
    assert office.as_("officer").ask(verify).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        SECOND.replace("from = 95", "from = 195"),
        SECOND.replace("from = 95", "from = 95 95"),
        SECOND + '\n[[examples]]\nname = "x"\nends = 2025-12-31\ngrade = "A"\n',
    ],
)
def test_what_is_wrong_is_not_published_and_stays_a_draft(office, text):
    uid = begun(office, text)
    with pytest.raises(Invalid):
        publish(office, uid)
    assert len(office.as_("officer").ask(schemes)) == 1
    assert office.as_("officer").ask(draft, uid).text == text


def test_without_a_document_nothing_is_published(office):
    uid = begun(office)
    with pytest.raises(Invalid) as refusal:
        publish(office, uid, document=" ")
    assert refusal.value.field == "adopted_by"


def test_a_text_that_is_too_long_is_refused(office):
    with pytest.raises(Invalid):
        begun(office, "# " + "x" * 1_000_000)


@pytest.mark.parametrize("login", ["head", "verifier"])
def test_who_may_not_publish_has_no_drafts(office, login):
    uid = begun(office)
    other = office.as_(login)
    for act in (
        lambda: other.ask(drafts),
        lambda: other.ask(draft, uid),
        lambda: other.do(begin_draft, SECOND),
        lambda: other.do(save_draft, uid, SECOND, 1),
        lambda: other.do(discard_draft, uid, 1),
        lambda: other.do(publish_draft, uid, 1, DOCUMENT, Day(20260101)),
    ):
        with pytest.raises(NotAllowed):
            act()
