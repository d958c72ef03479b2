from pathlib import Path

from models.types import AuthorityLevel, Channel, Commitment, Day, EntryStatus, Polarity
from tests.offices import entry
from ui.pages.entry.draft import Draft, alike, draft_of, judge, twins

TODAY = Day(20251218)
FULL = Draft(
    item="duty.absent",
    occurred_on="2025-03",
    decided_on="3-28",
    ended_on="",
    authority="泽临市 效能办",
    level=AuthorityLevel.CITY_DEPARTMENT,
    document_no="泽效督〔２０２５〕14号",
    facts="脱岗。",
    channel=Channel.EFFICIENCY_CHECK,
    commitment=Commitment.AB_POST,
)


def test_what_was_typed_becomes_an_entry():
    judged = judge(FULL, "0003", TODAY)
    assert judged.refusals == {}
    assert judged.entry == entry(
        "0003",
        "duty.absent",
        occurred_on=Day(20250300),
        decided_on=Day(20250328),
        authority="泽临市效能办",
        level=AuthorityLevel.CITY_DEPARTMENT,
        document_no="泽效督〔2025〕14号",
        facts="脱岗。",
        channel=Channel.EFFICIENCY_CHECK,
        commitment=Commitment.AB_POST,
    )


def test_everything_wrong_is_said_at_once_by_field():
    wrong = FULL._replace(
        item="",
        item_typed="什么",
        occurred_on="2025-13-01",
        decided_on="2027-1-1",
        paper="记录",
        authority="x" * 201,
    )
    refusals = judge(wrong, "0003", TODAY).refusals
    assert set(refusals) == {"item", "occurred_on", "decided_on", "authority", "place"}
    assert refusals["item"].startswith("Choose an item from the list")
    assert "not in the calendar" in refusals["occurred_on"]


def test_what_is_missing_is_said():
    refusals = judge(Draft(), "0003", TODAY).refusals
    assert refusals == {
        "item": "Fill this in.",
        "occurred_on": "Fill this in.",
        "authority": "Fill this in.",
        "document_no": "Neither document nor evidence is given. Give one of them.",
    }


def test_a_document_or_evidence_or_a_lead_is_a_basis():
    bare = FULL._replace(document_no="")
    assert set(judge(bare, "0003", TODAY).refusals) == {"document_no"}
    for more in ({"paper": "记录", "place": "柜3"}, {"files": (Path("a.pdf"),)}, {"lead": "0" * 32}):
        assert judge(bare._replace(**more), "0003", TODAY).refusals == {}
    assert set(judge(FULL._replace(authority=" "), "0003", TODAY).refusals) == {"authority"}


def test_the_next_under_the_same_document_keeps_what_the_document_says():
    assert FULL.same_document() == Draft(
        decided_on=FULL.decided_on, authority=FULL.authority, level=FULL.level, document_no=FULL.document_no
    )


def test_choices_alone_are_no_draft():
    assert Draft(level=AuthorityLevel.CITY, channel=Channel.AUDIT).is_empty()
    assert not Draft(facts="a").is_empty()


def row(**more):
    """An entry on file."""
    from app.queries.files import EntryRow

    given = dict.fromkeys(EntryRow._fields)
    given |= {"item": "reward.commendation", "polarity": Polarity.POSITIVE, "occurred_on": Day(20250310)}
    given |= {
        "status": EntryStatus.EFFECTIVE,
        "document_no": "泽政服人〔2025〕45号",
        "authority": "局",
        "facts": "",
    }
    given |= {"level": AuthorityLevel.UNIT, "channel": Channel.OWN_UNIT}
    return EntryRow(**{**given, **more})


def test_the_same_document_or_item_and_date_is_noticed():
    new = entry(occurred_on=Day(20250311))
    assert alike([row()], new) == [row()]
    assert alike([row(document_no="")], new) == []
    assert alike([row(document_no="")], entry(document_no="")) == [row(document_no="")]
    assert alike([row(status=EntryStatus.RETURNED), row(status=EntryStatus.REVOKED)], new) == []
    assert alike([row(document_no="")], entry("0003", "honour.named", document_no="")) == []


def test_item_and_date_agree_and_no_number_tells_them_apart():
    new = entry()
    assert twins([row()], new) == [row()]
    assert twins([row(document_no="")], new) == [row(document_no="")]
    assert twins([row()], new._replace(document_no="")) == [row()]
    assert twins([row(document_no="别的")], new) == []
    assert twins([row(occurred_on=Day(20250311)), row(item="honour.named")], new) == []
    assert twins([row(status=EntryStatus.RETURNED)], new) == []


def test_a_returned_entry_can_be_recorded_again():
    draft = draft_of(row(status=EntryStatus.RETURNED, decided_on=Day(20250312)))
    assert judge(draft, "0003", TODAY).entry == entry(
        decided_on=Day(20250312), authority="局", facts="", document_no="泽政服人〔2025〕45号"
    )
