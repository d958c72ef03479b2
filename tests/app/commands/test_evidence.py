"""What entries rest on: attached together with the entry, kept by its digest, told to the ledger."""

import tracemalloc
from pathlib import Path

import pytest

from app.commands.accounts import add_account, grant_role
from app.commands.conduct import record_entries, record_entry, return_entry
from app.commands.evidence import (
    CHUNK,
    LARGEST,
    NewEvidence,
    add_evidence,
    copy_evidence,
    record_with_evidence,
)
from app.errors import Invalid, NotAllowed, NotFound
from app.queries.evidence import evidence_content
from app.queries.files import FileView, file_view
from app.queries.reading import readings
from app.queries.verification import verify
from app.rules.grading.case import year
from models.types import Access, Role, Uid, new_uid
from tests.offices import PASSWORD, TODAY, TestOffice, entry

SCAN = bytes(range(256)) * 5000  # more than one chunk
PAPER = NewEvidence("效能督查记录", place="机关纪委柜3", seen=True)


def view_of(office: TestOffice) -> FileView:
    return office.as_("officer").ask(file_view, "0003", year(2025))


def test_an_entry_comes_with_its_file_and_its_paper(office: TestOffice) -> None:
    assert len(SCAN) > CHUNK
    given = [NewEvidence("通报.pdf", SCAN), PAPER]
    changes = office.as_("officer").do(record_with_evidence, entry(), given, new_uid())
    file, paper = view_of(office).evidence
    assert {file.entry, paper.entry} == set(changes.uids)
    assert (file.title, file.size, file.seen_by) == ("通报.pdf", len(SCAN), None)
    assert (paper.title, paper.place, paper.seen_by) == ("效能督查记录", "机关纪委柜3", "张三")
    assert office.as_("verifier").ask(evidence_content, file.uid) == SCAN
    assert not office.as_("officer").ask(verify).findings


def test_nobody_is_said_to_have_seen_a_paper_who_has_not_said_so(embedded: TestOffice) -> None:
    given = [PAPER._replace(seen=False), NewEvidence("通报.pdf", SCAN, seen=True)]
    embedded.as_("officer").do(record_with_evidence, entry(), given, new_uid())
    assert [one.seen_by for one in view_of(embedded).evidence] == [None, None]


def test_all_is_written_or_nothing(office: TestOffice) -> None:
    with pytest.raises(Invalid):
        given = [PAPER, NewEvidence("leer.pdf", b"")]
        office.as_("officer").do(record_with_evidence, entry(), given, new_uid())
    assert view_of(office).entries == ()


def test_tried_again_it_is_done_once(office: TestOffice) -> None:
    uid = new_uid()
    for _ in range(2):
        office.as_("officer").do(record_with_evidence, entry(), [PAPER], uid)
    assert len(view_of(office).entries) == len(view_of(office).evidence) == 1


@pytest.mark.parametrize(
    "new",
    [
        NewEvidence("", place="柜3"),
        NewEvidence("x" * 201, place="柜3"),
        NewEvidence("record"),
        NewEvidence("large.pdf", bytes(LARGEST + 1)),
        NewEvidence("empty.pdf", b""),
        NewEvidence("机密★10年 通知.pdf", b"a"),
        NewEvidence("【秘密】名单", place="柜3"),
        NewEvidence("通知-绝密.pdf", b"a"),
    ],
)
def test_what_could_not_be_found_or_kept_is_refused(embedded: TestOffice, new: NewEvidence) -> None:
    uid = embedded.as_("officer").do(record_entry, entry()).uids[0]
    with pytest.raises(Invalid) as refused:
        embedded.as_("officer").do(add_evidence, uid, new)
    assert refused.value.field == "evidence"


def test_only_who_keeps_files_attaches(embedded: TestOffice) -> None:
    uid = embedded.as_("officer").do(record_entry, entry()).uids[0]
    with pytest.raises(NotAllowed):
        embedded.as_("head").do(add_evidence, uid, PAPER)


def test_only_who_may_read_the_file_gets_a_copy(embedded: TestOffice) -> None:
    embedded.as_("officer").do(record_with_evidence, entry(), [NewEvidence("a.pdf", b"a")], new_uid())
    uid = view_of(embedded).evidence[0].uid
    assert embedded.as_("head").ask(evidence_content, uid) == b"a"
    for login, wanted in (("other_head", uid), ("officer", Uid("0" * 32))):
        with pytest.raises(NotFound):
            embedded.as_(login).ask(evidence_content, wanted)


def test_new_evidence_makes_a_grade_stale(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    uid = officer.do(record_entry, entry()).uids[0]
    before = view_of(embedded).head.content_version
    officer.do(add_evidence, uid, PAPER)
    assert view_of(embedded).head.content_version == before + 1


def test_what_only_speaks_of_secrets_bears_no_mark(embedded: TestOffice) -> None:
    uid = embedded.as_("officer").do(record_entry, entry()).uids[0]
    for title in ("关于泄露国家秘密的处分决定.pdf", "侵犯商业秘密案.pdf", "机密文件管理检查记录.pdf"):
        embedded.as_("officer").do(add_evidence, uid, NewEvidence(title, b"a"))
    assert len(view_of(embedded).evidence) == 3


@pytest.mark.parametrize("field", ["facts", "document_no"])
def test_facts_with_a_mark_of_secrecy_are_refused(embedded: TestOffice, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        embedded.as_("officer").do(record_entry, entry(**{field: "〔2025〕3号 机密★5年"}))
    assert refused.value.field == field and "must not be entered here" in refused.value.sentence


def test_a_large_file_is_never_whole_in_memory(office: TestOffice, tmp_path: Path) -> None:
    path, copy = tmp_path / "scan.bin", tmp_path / "copy.bin"
    path.write_bytes(bytes(LARGEST - 3) + b"end")
    tracemalloc.start()
    try:
        given = [NewEvidence(path.name, path)]
        office.as_("officer").do(record_with_evidence, entry(), given, new_uid())
        (one,) = view_of(office).evidence
        office.as_("verifier").do(copy_evidence, one.uid, copy)
        assert not office.as_("officer").ask(verify).findings
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert one.size == LARGEST and copy.read_bytes() == path.read_bytes()
    assert peak < 16 * CHUNK, peak / CHUNK


def test_one_byte_too_many_is_refused_and_nothing_is_kept(office: TestOffice, tmp_path: Path) -> None:
    path = tmp_path / "scan.bin"
    path.write_bytes(bytes(LARGEST + 1))
    with pytest.raises(Invalid) as refused:
        given = [NewEvidence(path.name, path)]
        office.as_("officer").do(record_with_evidence, entry(), given, new_uid())
    assert refused.value.field == "evidence" and "larger than 50 MB" in refused.value.sentence
    assert view_of(office).entries == ()


def test_no_copy_is_left_of_what_was_altered(embedded: TestOffice, tmp_path: Path) -> None:
    embedded.as_("officer").do(record_with_evidence, entry(), [NewEvidence("a.pdf", b"a")], new_uid())
    with embedded.database.write() as session:
        session.connection().exec_driver_sql("UPDATE evidence_chunks SET content = x'62'")
    with pytest.raises(NotFound):
        embedded.as_("officer").do(copy_evidence, view_of(embedded).evidence[0].uid, tmp_path / "copy")
    assert not [one for one in tmp_path.iterdir() if one.is_file()]
    assert not embedded.as_("officer").ask(readings, TODAY, TODAY)


def test_a_copy_of_evidence_stands_in_the_register(office: TestOffice, tmp_path: Path) -> None:
    office.as_("officer").do(record_with_evidence, entry(), [NewEvidence("a.pdf", b"a")], new_uid())
    office.as_("verifier").do(copy_evidence, view_of(office).evidence[0].uid, tmp_path / "copy")
    (row,) = office.as_("officer").ask(readings, TODAY, TODAY)
    assert (row.staff_no, row.how, row.purpose) == ("0003", Access.EXPORTED, "Copy of evidence")
    assert not office.as_("officer").ask(verify).findings


def test_a_sanction_needs_its_decision(office: TestOffice) -> None:
    officer, warning = office.as_("officer"), entry(item="sanction.warning")
    for new, evidence, field in (
        (warning, [], "evidence"),
        (warning._replace(document_no=""), [PAPER], "document_no"),
    ):
        with pytest.raises(Invalid) as refused:
            officer.do(record_with_evidence, new, evidence, new_uid())
        assert refused.value.field == field
    officer.do(record_with_evidence, warning, [PAPER], new_uid())
    assert len(view_of(office).entries) == 1


def test_recorded_again_an_entry_keeps_its_evidence(office: TestOffice) -> None:
    officer, warning = office.as_("officer"), entry(item="sanction.warning")
    first = officer.do(record_with_evidence, warning, [PAPER], new_uid()).uids[0]
    office.as_("verifier").do(return_entry, first, "日期不符")
    officer.do(record_with_evidence, warning, [], new_uid(), instead_of=first)
    view = view_of(office)
    assert [[one.title for one in view.evidence_of(row)] for row in view.entries] == [[PAPER.title]] * 2
    assert len(view.evidence) == 1


def test_one_act_of_several_people_is_recorded_at_once(office: TestOffice) -> None:
    given = [NewEvidence("通报.pdf", SCAN), PAPER]
    others = [entry("0004"), entry("0005")]
    changes = office.as_("officer").do(record_with_evidence, entry(), given, new_uid(), others=others)
    views = [office.as_("officer").ask(file_view, one, year(2025)) for one in ("0003", "0004", "0005")]
    entries = [one for view in views for one in view.entries]
    assert tuple(one.uid for one in entries) == changes.uids
    assert len({one.act for one in entries}) == 1
    assert [len(view.evidence) for view in views] == [2, 2, 2]
    assert not office.as_("officer").ask(verify).findings


def test_of_several_people_everybody_who_is_refused_is_named(office: TestOffice) -> None:
    others = [entry("9999"), entry("0004"), entry("9998")]
    with pytest.raises(Invalid) as refused:
        office.as_("officer").do(record_with_evidence, entry(), [PAPER], new_uid(), others=others)
    assert refused.value.field == "people"
    assert "9999:" in refused.value.sentence and "9998:" in refused.value.sentence
    assert "0004:" not in refused.value.sentence
    assert view_of(office).entries == ()


def test_the_refused_are_named_by_name_and_number(embedded: TestOffice) -> None:
    embedded.as_("officer").do(add_account, "second", "王丽", PASSWORD, "0004")
    embedded.as_("officer").do(grant_role, "second", Role.PERSONNEL_OFFICER)
    with pytest.raises(Invalid) as refused:
        embedded.as_("second").do(record_entries, [entry(), entry("0004")])
    assert "王丽 0004: This is your own file." in refused.value.sentence


def test_what_is_recorded_again_concerns_one_person(embedded: TestOffice) -> None:
    first = embedded.as_("officer").do(record_entry, entry()).uids[0]
    embedded.as_("verifier").do(return_entry, first, "日期不符")
    with pytest.raises(Invalid) as refused:
        more = {"instead_of": first, "others": [entry("0004")]}
        embedded.as_("officer").do(record_with_evidence, entry(), [], new_uid(), **more)
    assert refused.value.field == "people"
