"""A file goes from one real office to another, in each direction of databases, and proves itself there."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select, text

from app import keys
from app.commands.accounts import add_account
from app.commands.conduct import Basis, record_entry, return_entry, verify_entry
from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.hearing import issue_notice, rebut_entry
from app.commands.identity import enter_id_number
from app.commands.leads import close_lead, register_lead
from app.commands.own_copy import give_own_copy
from app.commands.people import add_person
from app.commands.reading import open_file, register_prints
from app.commands.receiving import Arrival, receive_file
from app.commands.revoking import propose_revocation
from app.commands.sending import send_file
from app.commands.service import Posting, begin_state, reopen_file
from app.context import enter
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.exchange import bundle as container
from app.exchange.bundle import read_bundle
from app.founding import create_office
from app.office import DATABASE
from app.queries.as_of import file_as_of
from app.queries.bundles import Slip, transfer_slip, write_bundle
from app.queries.cases import Whose
from app.queries.evidence import evidence_content
from app.queries.files import file_head, file_view
from app.queries.finding import find_entries
from app.queries.reading import readings
from app.queries.schemes import own_schemes
from app.queries.verification import verify
from app.rules.grading.case import year
from app.rules.inputs import NewLead, NewPerson
from models.accounts import Account
from models.types import Access, Day, EntryStatus, EvaluationStatus, LeadStatus, Leaving, ServiceState, Uid
from tests.app.commands.lead_cases import settle
from tests.offices import (
    PASSPHRASE,
    PASSWORD,
    TODAY,
    Clock,
    TestOffice,
    entry,
    new_office,
    object_to,
    revoked,
)
from tests.refusals import refused

PERIOD = year(2025)
ORDER = Basis("泽组调〔2025〕8号", Day(20251217), "")
ARRIVED = Basis("临组调〔2025〕9号", TODAY, "")
LETTER = "表彰决定".encode() * 400_000  # more than four chunks of 1 MiB


class Sent(NamedTuple):
    """A file on its way."""

    home: TestOffice
    path: Path
    slip: Slip
    entry: Uid


@pytest.fixture
def there(
    request: pytest.FixtureRequest, office: TestOffice, tmp_path: Path, postgres_url: str
) -> Iterator[TestOffice]:
    """Another office, with people, departments and a standard of its own, in the other kind of database."""
    from functools import partial

    from models.database import Database, open_postgres, open_sqlite
    from tests.offices import furnish, new_database

    clock = Clock()
    shared = not office.place.startswith("postgresql")
    place = new_database(postgres_url) if shared else str(tmp_path / "there")
    database, _ = create_office(place, "" if shared else PASSPHRASE, new_office(clock))
    furnish(database, clock)
    database.close()
    key = None if shared else keys.from_passphrase(Path(place) / "office.keys", PASSPHRASE)
    opener = partial(open_postgres, place) if shared else partial(open_sqlite, Path(place) / DATABASE, key)
    made = TestOffice(Database(opener, clock), clock, place)
    officer = made.as_("officer")
    officer.do(add_person, NewPerson("0100", "单于明", "办公室"))
    yield made
    made.database.close()


@pytest.fixture
def sent(office: TestOffice, tmp_path: Path) -> Sent:
    """A file with something of everything, sent away."""
    officer, verifier = office.as_("officer"), office.as_("verifier")
    proved = officer.do(register_lead, NewLead("0003", Day(20251110), "窗口无人")).uids[0]
    officer.do(close_lead, proved, LeadStatus.SUBSTANTIATED, Day(20251120), "属实")
    settle(office, proved)
    unproved = officer.do(register_lead, NewLead("0003", Day(20251110), "态度差")).uids[0]
    officer.do(close_lead, unproved, LeadStatus.UNSUBSTANTIATED, Day(20251120), "查无实据")
    settle(office, unproved)
    still_open = officer.do(register_lead, NewLead("0003", Day(20251201), "在办事项")).uids[0]
    first = officer.do(record_entry, entry()).uids[0]
    officer.do(add_evidence, first, NewEvidence("决定.pdf", LETTER))
    officer.do(add_evidence, first, NewEvidence("原件", place="三楼档案柜", seen=True))
    verifier.do(verify_entry, first)
    second = officer.do(record_entry, entry(item="duty.absent", document_no="2号"), proved).uids[0]
    verifier.do(return_entry, second, "日期不符")
    third = officer.do(record_entry, entry(item="duty.absent", document_no="3号"), instead_of=second).uids[0]
    verifier.do(verify_entry, third)
    officer.do(issue_notice, third, "告1号", TODAY)
    officer.do(rebut_entry, third, "当日系统停机。", TODAY)
    object_to(office, first)
    revoked(office, third, Basis("撤1号", TODAY, "撤销"))
    officer.do(record_entry, entry(document_no="4号"))
    officer.do(begin_state, "0003", ServiceState.AID, Day(20260630), Basis("5号", Day(20250801), ""))
    officer.do(propose_evaluations, year(2024), whose=Whose(staff_no="0003"))
    (graded,) = officer.ask(file_view, "0003", PERIOD).evaluations
    office.as_("head").do(approve_evaluation, graded.uid)
    officer.do(propose_evaluations, PERIOD, whose=Whose(staff_no="0003"))
    with refused(Conflict, match="1 lead about this person is in hand"):
        officer.do(send_file, "0003", "临江市财政局", ORDER)
    officer.do(close_lead, still_open, LeadStatus.HANDED_OVER, TODAY, "转交新单位办理", "临江市财政局", "9号")
    officer.do(send_file, "0003", "临江市财政局", ORDER)
    path = tmp_path / "王丽.bundle"
    return Sent(office, path, officer.ask(write_bundle, "0003", path), first)


def arrival(sent: Sent, **more: str) -> Arrival:
    given = {"fingerprint": sent.slip.fingerprint.lower(), "department": "办公室", "staff_no": "0200"}
    return Arrival(**{**given, **more})


def receive(sent: Sent, there: TestOffice, path: Path | None = None, **more: str) -> None:
    there.as_("officer").do(receive_file, path or sent.path, arrival(sent, **more), ARRIVED)


def proven(office: TestOffice) -> bool:
    return office.as_("officer").ask(verify).findings == ()


def test_a_file_goes_on_in_the_other_office_as_it_was(sent: Sent, there: TestOffice) -> None:
    receive(sent, there)
    officer = there.as_("officer")
    view = officer.ask(file_view, "0200", PERIOD)
    before = sent.home.as_("officer").ask(file_view, "0003", PERIOD)
    head = view.head
    assert (head.name, head.department, head.left_on, head.leaving) == ("王丽", "办公室", None, None)
    assert (head.received_from, head.joined_on, head.uid) == ("泽临市政务服务局", TODAY, before.head.uid)
    alike = {"recorded_by": "", "verified_by": None, "lead": None}
    assert [one._replace(**alike) for one in view.entries] == [
        one._replace(**alike) for one in before.entries
    ]
    assert {one.status for one in view.entries} == {
        EntryStatus.DISPUTED,
        EntryStatus.RETURNED,
        EntryStatus.REVOKED,
        EntryStatus.SUBMITTED,
    }
    assert view.entries[0].recorded_by == "张三 (泽临市政务服务局)"
    assert {one.uid for one in officer.ask(find_entries, "考核优秀")} == {one.uid for one in view.entries}
    assert view.evidence == before.evidence
    kept = next(one for one in view.evidence if one.size)
    assert officer.ask(evidence_content, kept.uid) == LETTER
    assert [(one.status, one.grade.band) for one in view.evaluations] == [
        (EvaluationStatus.SUPERSEDED, view.evaluations[0].grade.band),
        (EvaluationStatus.APPROVED, view.evaluations[1].grade.band),
    ]
    assert view.evaluations[1].approvals == before.evaluations[1].approvals
    assert view.evaluations[1].published.text == before.evaluations[1].published.text
    assert view.states == before.states
    assert [one.seq for one in view.history][::-1] == list(range(1, head.chain_seq + 1))
    assert head.chain_uid == before.head.chain_uid and head.chain_seq > before.head.chain_seq
    assert proven(there) and proven(sent.home)


def test_leads_that_were_not_proved_stay_and_their_words_too(sent: Sent, there: TestOffice) -> None:
    with zipfile.ZipFile(sent.path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
    assert "窗口无人" in everything
    assert "态度差" not in everything and "在办事项" not in everything and "查无实据" not in everything
    receive(sent, there)
    view = there.as_("officer").ask(file_view, "0200", PERIOD)
    assert [lead.matter for lead in view.leads] == ["窗口无人"]
    assert [row.kind for row in view.history].count("lead_kept_back") == 2


def test_life_goes_on_there(sent: Sent, there: TestOffice) -> None:
    receive(sent, there)
    officer, verifier = there.as_("officer"), there.as_("verifier")
    fresh = officer.do(record_entry, entry("0200", document_no="临1号")).uids[0]
    verifier.do(verify_entry, fresh)
    (waiting,) = (one for one in officer.ask(file_view, "0200", PERIOD).entries if one.status == "submitted")
    verifier.do(verify_entry, waiting.uid)
    revoked(there, sent.entry, Basis("临撤1号", TODAY, "撤销"))
    officer.do(propose_evaluations, PERIOD, whose=Whose(staff_no="0200"))
    newest = officer.ask(file_view, "0200", PERIOD).evaluations[0]
    assert newest.status is EvaluationStatus.SUBMITTED and newest.published.of_office is None
    assert len(officer.ask(own_schemes)) == 1
    assert officer.ask(file_as_of, "0200", PERIOD, TODAY).head.department == "办公室"
    assert proven(there)


def test_the_sending_office_keeps_an_archive(sent: Sent) -> None:
    officer = sent.home.as_("officer")
    head = officer.ask(file_head, "0003")
    assert (head.sent_to, head.leaving, head.left_on) == ("临江市财政局", Leaving.TRANSFERRED, ORDER.on)
    assert officer.ask(file_view, "0003", PERIOD).history[0].kind == "file_sent"
    with refused(Conflict, match="an archive"):
        officer.do(record_entry, entry(document_no="9号"))
    with refused(Conflict, match="an archive"):
        officer.do(send_file, "0003", "另一个局", ORDER)
    assert proven(sent.home)


def test_nothing_is_added_to_an_archive(sent: Sent) -> None:
    officer, verifier = sent.home.as_("officer"), sent.home.as_("verifier")
    before = officer.ask(file_head, "0003").chain_seq
    waiting = next(
        one.uid for one in officer.ask(file_view, "0003", PERIOD).entries if one.status == "submitted"
    )
    for refusing in (
        lambda: verifier.do(verify_entry, waiting),
        lambda: officer.do(propose_revocation, sent.entry, Basis("撤1号", TODAY, "撤销")),
        lambda: officer.do(add_evidence, sent.entry, NewEvidence("x", b"x")),
        lambda: officer.do(reopen_file, "0003", Posting(), Basis("1号", TODAY, "回")),
        lambda: officer.do(enter_id_number, "0003", "230103199001011237"),
    ):
        with refused(Conflict, match="That office goes on"):
            refusing()
    officer.do(propose_evaluations, PERIOD)
    assert officer.ask(file_head, "0003").chain_seq == before


def test_who_reads_an_archive_stands_in_the_chain_of_the_office(
    sent: Sent, there: TestOffice, tmp_path: Path
) -> None:
    sent.home.clock.day = Day(20260105)
    officer = sent.home.as_("officer")
    officer.do(open_file, "0003")
    officer.do(register_prints, ["0003"], "摘要")
    officer.do(give_own_copy, "0003", "书面申请", Day(20260105))
    assert [row.how for row in officer.ask(readings, Day(20260105), Day(20260105))] == [
        *(Access.OPENED, Access.PRINTED, Access.OWN_COPY)
    ]
    assert proven(sent.home) and not officer.ask(verify, staff_no="0003").findings
    assert officer.ask(write_bundle, "0003", tmp_path / "again") == sent.slip


def test_a_file_comes_back_and_goes_on_where_it_began(sent: Sent, there: TestOffice, tmp_path: Path) -> None:
    receive(sent, there)
    away, home = there.as_("officer"), sent.home.as_("officer")
    fresh = away.do(record_entry, entry("0200", document_no="临1号")).uids[0]
    away.do(add_evidence, fresh, NewEvidence("临江决定", LETTER[:99]))
    there.as_("verifier").do(verify_entry, fresh)
    revoked(there, sent.entry, Basis("临撤1号", TODAY, "撤销"))
    their_own = away.do(register_lead, NewLead("0200", TODAY, "临江线索")).uids[0]
    away.do(close_lead, their_own, LeadStatus.UNSUBSTANTIATED, TODAY, "不属实")
    settle(there, their_own)
    away.do(send_file, "0200", "泽临市政务服务局", Basis("临组调2号", TODAY, ""))
    path = tmp_path / "back.bundle"
    slip = away.ask(write_bundle, "0200", path)
    given = Arrival(slip.fingerprint, "审批一科", post="科员")
    home.do(receive_file, path, given, Basis("泽组调9号", TODAY, ""))
    view, theirs = home.ask(file_view, "0003", PERIOD), away.ask(file_view, "0200", PERIOD)
    assert {one.uid: one.status for one in view.entries} == {one.uid: one.status for one in theirs.entries}
    assert (view.head.sent_to, view.head.received_from) == (None, "泽临市政务服务局")
    assert len(home.ask(find_entries, "考核优秀")) == len(view.entries)
    assert {lead.matter for lead in view.leads} == {"窗口无人", "态度差", "在办事项"}
    assert len(view.evidence) == 3 and view.head.number == "CX-0003"
    kinds = [row.kind for row in view.history]
    assert kinds.count("file_sent") == 2 and kinds.count("lead_found_again") == 2
    home.do(record_entry, entry(document_no="回1号"))
    assert proven(sent.home) and proven(there)
    with refused(Conflict, match="came before"):
        home.do(receive_file, path, given, Basis("泽组调9号", TODAY, ""))


def test_a_lost_bundle_is_made_again_to_the_byte(sent: Sent, tmp_path: Path) -> None:
    again = tmp_path / "again"
    sent.home.clock.day = Day(20260105)
    officer = sent.home.as_("officer")
    assert officer.ask(write_bundle, "0003", again) == sent.slip == officer.ask(transfer_slip, "0003")
    assert again.read_bytes() == sent.path.read_bytes()


def test_the_paper_says_what_the_bundle_is(sent: Sent) -> None:
    bundle, slip = read_bundle(sent.path), sent.slip
    assert (bundle.fingerprint, bundle.root.hex()) == (slip.fingerprint, slip.root)
    assert (slip.office, slip.to, slip.name) == ("泽临市政务服务局", "临江市财政局", "王丽")
    assert dict(slip.counts) == {
        "person_states": 1,
        "leads": 1,
        "entries": 4,
        "evidence": 2,
        "notices": 1,
        "statements": 1,
        "revocations": 1,
        "erasures": 0,
        "measurements": 0,
        "evaluations": 2,
        "approvals": 1,
        "objections": 1,
        "files": 1,
    }
    assert len(slip.fingerprint) == 24


def test_the_key_is_made_once(sent: Sent) -> None:
    officer = sent.home.as_("officer")
    officer.do(send_file, "0005", "临江市财政局", ORDER)
    assert officer.ask(transfer_slip, "0005").fingerprint == sent.slip.fingerprint


def test_those_who_recorded_there_cannot_sign_in_here(sent: Sent, there: TestOffice) -> None:
    receive(sent, there)
    with there.database.read() as session:
        foreign = session.execute(select(Account.login).where(Account.active.is_(False))).scalars().all()
    assert len(foreign) == 3 and all(login.startswith("@") for login in foreign)
    with pytest.raises(NotAllowed):
        enter(there.database, foreign[0], "")


Change = Callable[[dict[str, bytes]], None]


def repacked(sent: Sent, tmp_path: Path, change: Change, sign: bool = False) -> Path:
    """The bundle with something changed; perhaps signed anew with another key."""
    with zipfile.ZipFile(sent.path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    if sign:
        key = Ed25519PrivateKey.generate()
        about = json.loads(members["bundle.json"])
        about["key"] = key.public_key().public_bytes_raw().hex()
        from hashlib import sha256

        about["members"] = {
            name: {"size": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in members.items()
            if not name.startswith("bundle.")
        }
        members["bundle.json"] = json.dumps(about).encode()
        members["bundle.sig"] = key.sign(members["bundle.json"])
    path = tmp_path / "changed.bundle"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def replaced(name: str, old: bytes, new: bytes) -> Change:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return change


def changed_evidence(members: dict[str, bytes]) -> None:
    (name,) = (one for one in members if one.startswith("evidence/"))
    members[name] = members[name][:-1] + b"!"


def added_member(members: dict[str, bytes]) -> None:
    members["more.json"] = b"{}"


ALTERED: list[Change] = [
    replaced("records.json", b'"disputed"', b'"revoked" '),
    replaced("history.json", b'"entry_verified"', b'"entry_returned"'),
    replaced("bundle.json", '"王丽"'.encode(), '"王莉"'.encode()),
    changed_evidence,
    added_member,
    lambda members: members.pop("history.json") and None,
    lambda members: members.pop("bundle.sig") and None,
]


@pytest.mark.parametrize("change", ALTERED, ids=range(len(ALTERED)))
def test_an_altered_bundle_is_refused(sent: Sent, there: TestOffice, tmp_path: Path, change: Change) -> None:
    with refused(Invalid, match="altered on its way"):
        receive(sent, there, repacked(sent, tmp_path, change))
    with pytest.raises(NotFound):
        there.as_("officer").ask(file_head, "0200")
    assert proven(there)


def test_a_bundle_signed_by_someone_else_shows_another_fingerprint(
    sent: Sent, there: TestOffice, tmp_path: Path
) -> None:
    forged = repacked(sent, tmp_path, replaced("records.json", "2号".encode(), "7号".encode()), sign=True)
    with refused(Invalid, match="fingerprint") as refusal:
        receive(sent, there, forged)
    assert refusal.value.field == "fingerprint"


def test_and_even_with_the_right_fingerprint_the_chain_has_to_prove_the_records(
    sent: Sent, there: TestOffice, tmp_path: Path
) -> None:
    changes: list[Change] = [
        replaced("records.json", "2号".encode(), "7号".encode()),
        replaced("history.json", b"entry_verified", b"entry_returned"),
    ]
    for change in changes:
        forged = repacked(sent, tmp_path, change, sign=True)
        with refused(Invalid, match="altered on its way"):
            receive(sent, there, forged, fingerprint=read_bundle(forged).fingerprint)
    assert proven(there)


@pytest.mark.parametrize("member", [{"format": 2}, {"schema": "9999"}])
def test_a_bundle_of_a_newer_version_is_refused(
    sent: Sent, there: TestOffice, tmp_path: Path, member: dict[str, Any]
) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["bundle.json"] = json.dumps({**json.loads(members["bundle.json"]), **member}).encode()

    with refused(Invalid, match="newer version"):
        receive(sent, there, repacked(sent, tmp_path, change))


def test_a_bundle_comes_once(sent: Sent, there: TestOffice) -> None:
    receive(sent, there)
    with refused(Conflict, match="came before"):
        receive(sent, there, staff_no="0201")


def test_a_staff_number_that_is_taken_is_asked_for_again(sent: Sent, there: TestOffice) -> None:
    with refused(Conflict, match="belongs to 单于明") as refusal:
        receive(sent, there, staff_no="0100")
    assert refusal.value.field == "staff_no"
    with refused(Conflict, match="belongs to 王丽"):
        receive(sent, there, staff_no="")
    with refused(NotFound, match="no department"):
        receive(sent, there, department="外星科")
    with refused(Invalid, match="space inside"):
        receive(sent, there, staff_no="02 00")
    receive(sent, there)


def test_what_is_no_bundle_is_refused(sent: Sent, there: TestOffice, tmp_path: Path) -> None:
    junk, empty, other = tmp_path / "junk", tmp_path / "empty", tmp_path / "other.zip"
    junk.write_bytes(b"no archive at all")
    empty.write_bytes(b"")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme", "x")
    cut = tmp_path / "cut"
    cut.write_bytes(sent.path.read_bytes()[:5000])
    for path, words in (
        (junk, "altered|no bundle"),
        (empty, "altered|no bundle"),
        (other, "no bundle"),
        (cut, "altered"),
        (tmp_path / "nowhere", "cannot be read"),
    ):
        with refused(Invalid, match=words):
            receive(sent, there, path)


def test_a_file_that_was_changed_behind_the_programs_back_does_not_go(
    office: TestOffice, tmp_path: Path
) -> None:
    officer = office.as_("officer")
    officer.do(record_entry, entry())
    officer.do(send_file, "0003", "临江市财政局", ORDER)
    with office.database.write() as session:
        session.execute(text("UPDATE entries SET facts = '改'"))
    with refused(Conflict, match="history of this file is broken"):
        officer.ask(write_bundle, "0003", tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_where_the_bundle_cannot_be_written_it_is_said(sent: Sent, tmp_path: Path) -> None:
    with refused(Invalid, match="cannot be written"):
        sent.home.as_("officer").ask(write_bundle, "0003", tmp_path / "no" / "folder")
    with refused(Conflict, match="not sent"):
        sent.home.as_("officer").ask(transfer_slip, "0004")


def test_who_does_not_keep_files_neither_sends_nor_receives(sent: Sent, there: TestOffice) -> None:
    there.as_("officer").do(add_account, "guest", "客人", PASSWORD)
    for login in ("head", "guest"):
        with pytest.raises(NotAllowed):
            there.as_(login).do(receive_file, sent.path, arrival(sent), ARRIVED)
        with pytest.raises(NotAllowed):
            there.as_(login).do(send_file, "0003", "临江市财政局", ORDER)


def test_nothing_but_the_bundle_is_left_beside_it(sent: Sent) -> None:
    assert [one.name for one in sent.path.parent.iterdir() if one.suffix == ".part"] == []
    assert container.FORMAT == 1
