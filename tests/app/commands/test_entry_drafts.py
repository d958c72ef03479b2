"""What is typed outlives the window, for its account alone, until it is recorded."""

import pytest

from app.commands.accounts import add_account, grant_role
from app.commands.changes import Kind
from app.commands.conduct import record_entry
from app.commands.entry_drafts import discard_entry_draft, keep_entry_draft
from app.commands.erasures import Order, carry_out_erasure, order_erasure
from app.commands.evidence import NewEvidence, record_with_evidence
from app.errors import Invalid, NotAllowed, NotFound
from app.queries.entry_drafts import entry_drafts
from app.queries.verification import verify
from models.types import Day, Role, new_uid
from tests.offices import PASSWORD, TestOffice, entry

PAPER = NewEvidence("审批表", place="柜3")


def texts(office: TestOffice, login: str = "officer") -> dict[str, str]:
    return {one.staff_no: one.text for one in office.as_(login).ask(entry_drafts)}


def test_the_last_of_what_was_typed_for_each_file_is_kept(office: TestOffice) -> None:
    officer = office.as_("officer")
    assert officer.do(keep_entry_draft, "0003", "one").kinds == {Kind.ENTRY_DRAFTS}
    assert not officer.do(keep_entry_draft, "0003", "two").kinds
    officer.do(keep_entry_draft, "0004", "three")
    assert texts(office) == {"0003": "two", "0004": "three"}
    assert [one.name for one in officer.ask(entry_drafts, "0003")] == ["王丽"]
    assert not officer.ask(verify).findings


def test_nobody_else_sees_or_discards_it(office: TestOffice) -> None:
    office.as_("officer").do(add_account, "second", "钱七", PASSWORD)
    office.as_("officer").do(grant_role, "second", Role.PERSONNEL_OFFICER)
    office.as_("officer").do(keep_entry_draft, "0003", "one")
    office.as_("second").do(keep_entry_draft, "0003", "of another")
    office.as_("second").do(discard_entry_draft, "0003")
    assert texts(office) == {"0003": "one"} and texts(office, "second") == {}


def test_only_who_keeps_the_file_types_for_it(embedded: TestOffice) -> None:
    with pytest.raises(NotAllowed):
        embedded.as_("head").do(keep_entry_draft, "0003", "one")
    with pytest.raises(NotFound):
        embedded.as_("officer").do(keep_entry_draft, "9999", "one")


def test_recording_ends_it_and_a_refusal_does_not(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(keep_entry_draft, "0003", "one")
    with pytest.raises(Invalid):
        officer.do(record_with_evidence, entry(item="sanction.warning"), [], new_uid())
    assert texts(office) == {"0003": "one"}
    officer.do(record_with_evidence, entry(), [PAPER], new_uid())
    assert texts(office) == {}


def test_what_was_typed_in_place_of_an_erased_entry_is_erased_too(office: TestOffice) -> None:
    officer, verifier = office.as_("officer"), office.as_("verifier")
    uid = officer.do(record_entry, entry()).uids[0]
    officer.do(keep_entry_draft, "0003", f'{{"instead_of": "{uid}"}}')
    officer.do(keep_entry_draft, "0004", "of somebody else")
    order = Order("泽法〔2025〕1号", Day(20251201), "泽临市人民法院", "判决撤销")
    verifier.do(carry_out_erasure, officer.do(order_erasure, uid, order).uids[0])
    assert texts(office) == {"0004": "of somebody else"}
