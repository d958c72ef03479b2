"""What entries rest on: attached together with the entry, kept by its digest, told to the ledger."""

import pytest

from app.commands.conduct import record_entry
from app.commands.evidence import CHUNK, LARGEST, NewEvidence, add_evidence, record_with_evidence
from app.errors import Invalid, NotAllowed, NotFound
from app.queries.evidence import evidence_content
from app.queries.files import FileView, file_view
from app.queries.verification import verify
from app.rules.grading.case import year
from models.types import Uid, new_uid
from tests.offices import TestOffice, entry

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
