"""Every way in which someone may change an office behind the program's back, tried with plain SQL."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from app.commands.conduct import record_entry, verify_entry
from app.commands.evidence import CHUNK, NewEvidence, add_evidence
from app.commands.seals import seal_heads
from app.errors import NotFound
from app.exchange.heads import heads_text, read_heads
from app.queries.files import file_head
from app.queries.heads import office_heads
from app.queries.verification import Breach, verify
from models.ledger import Head, canonical, command_header, content_hash, event_hash
from models.types import Moment, Uid
from tests.offices import TODAY, TestOffice, entry

EVENT = """
SELECT e.id, e.chain_id, e.seq, e.command_id, e.kind, e.subject, e.format, e.prev, e.content_hash, e.hash,
       c.uid AS chain, m.uid AS command, m.kind AS command_kind, m.actor_uid, m.actor_name, m.moment,
       t.salt, t.content
FROM events e
JOIN chains c ON c.id = e.chain_id
JOIN commands m ON m.id = e.command_id
JOIN event_contents t ON t.event_id = e.id
WHERE e.chain_id = :chain AND e.seq = :seq
"""
STORED = ("id", "chain_id", "seq", "command_id", "kind", "subject", "format", "prev", "content_hash", "hash")


@dataclass
class Told:
    """An office where the file of 0003 has four events: opened, first entry submitted and verified,
    second entry submitted."""

    office: TestOffice
    first: Uid
    second: Uid
    chain: int = 0

    def run(self, statement: str, **given: object) -> list[dict[str, Any]]:
        """Run a statement as someone does who has the key of the database."""
        known = {"first": self.first, "second": self.second, "chain": self.chain, **given}
        used = {name: value for name, value in known.items() if f":{name}" in statement}
        with self.office.database.engine.begin() as connection:
            result = connection.execute(text(statement), used)
            return [dict(row) for row in result.mappings()] if result.returns_rows else []

    def event(self, seq: int) -> dict[str, Any]:
        (row,) = self.run(EVENT, seq=seq)
        return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}

    def found(self, **given: Any) -> set[tuple[Breach, str, int, str]]:
        names = {self.first: "first", self.second: "second"}
        findings = self.office.as_("officer").ask(verify, **given).findings
        assert len(set(findings)) == len(findings)
        return {(one.breach, one.staff_no, one.seq, names.get(one.subject, one.subject)) for one in findings}


@pytest.fixture
def told(office: TestOffice) -> Told:
    officer = office.as_("officer")
    first = officer.do(record_entry, entry()).uids[0]
    office.as_("verifier").do(verify_entry, first)
    second = officer.do(record_entry, entry()).uids[0]
    officer.do(record_entry, entry("0004"))
    made = Told(office, first, second)
    (row,) = made.run(
        "SELECT f.chain_id FROM integrity_files f JOIN entries e ON e.file_id = f.id WHERE e.uid = :first"
    )
    made.chain = row["chain_id"]
    assert made.found() == set()
    return made


def one(breach: Breach, seq: int = 0, subject: str = "", staff_no: str = "0003") -> set[tuple[Any, ...]]:
    return {(breach, staff_no, seq, subject)}


IN_CHAIN = "chain_id = :chain AND seq"
OF_THIRD = "(SELECT command_id FROM events WHERE chain_id = :chain AND seq = 3)"
CONTENT_OF = "event_id = (SELECT id FROM events WHERE chain_id = :chain AND seq = {})"

STATEMENTS = {
    "facts": ("UPDATE entries SET facts = '无' WHERE uid = :first", one(Breach.RECORD_CHANGED, 0, "first")),
    "recorder": (
        "UPDATE entries SET recorded_by = verified_by WHERE uid = :first",
        one(Breach.RECORD_CHANGED, 0, "first"),
    ),
    "put into effect": (
        "UPDATE entries SET status = 'effective' WHERE uid = :second",
        one(Breach.RECORD_CHANGED, 0, "second"),
    ),
    "moved to another file": (
        "UPDATE entries SET file_id = (SELECT max(file_id) FROM entries) WHERE uid = :first",
        one(Breach.RECORD_MISSING, 3, "first") | one(Breach.RECORD_WITHOUT_EVENT, 0, "first", "0004"),
    ),
    "record removed": ("DELETE FROM entries WHERE uid = :first", one(Breach.RECORD_MISSING, 3, "first")),
    "kind of an event": (
        f"UPDATE events SET kind = 'entry_returned' WHERE {IN_CHAIN} = 3",
        one(Breach.EVENT_CHANGED, 3, "first"),
    ),
    "hash of an event": (
        f"UPDATE events SET hash = prev WHERE {IN_CHAIN} = 2",
        one(Breach.EVENT_CHANGED, 2, "first"),
    ),
    "link of an event": (
        f"UPDATE events SET prev = hash WHERE {IN_CHAIN} = 2",
        one(Breach.EVENT_CHANGED, 2, "first"),
    ),
    "content of an event": (
        f"UPDATE event_contents SET content = salt WHERE {CONTENT_OF.format(3)}",
        one(Breach.CONTENT_CHANGED, 3, "first"),
    ),
    "moment": (
        f"UPDATE commands SET moment = moment - 1 WHERE id = {OF_THIRD}",
        one(Breach.EVENT_CHANGED, 3, "first"),
    ),
    "actor": (
        f"UPDATE commands SET actor_name = '张三' WHERE id = {OF_THIRD}",
        one(Breach.EVENT_CHANGED, 3, "first"),
    ),
    "account": (
        f"UPDATE commands SET actor_uid = uid WHERE id = {OF_THIRD}",
        one(Breach.EVENT_CHANGED, 3, "first"),
    ),
    "kind of a command": (
        f"UPDATE commands SET kind = 'return_entry' WHERE id = {OF_THIRD}",
        one(Breach.EVENT_CHANGED, 3, "first"),
    ),
    "head of a chain": ("UPDATE chains SET hash = :hash WHERE id = :chain", one(Breach.HEAD_CHANGED, 4)),
    "length of a chain": (
        "UPDATE chains SET seq = 5 WHERE id = :chain",
        one(Breach.TAIL_CUT, 5),
    ),
    "a role": (
        "INSERT INTO account_roles (id, uid, account_id, role) VALUES (99, 'r', 1, 'verifier')",
        one(Breach.RECORD_WITHOUT_EVENT, 0, "r", ""),
    ),
}


@pytest.mark.parametrize("change", STATEMENTS)
def test_a_change_is_found_where_it_was_made_and_nowhere_else(told: Told, change: str) -> None:
    statement, expected = STATEMENTS[change]
    told.run(statement, hash=bytes(32))
    assert told.found() == expected


def test_an_entry_put_in_is_found(told: Told) -> None:
    (row,) = told.run("SELECT * FROM entries WHERE uid = :first")
    row |= {"id": 99, "uid": "smuggled"}
    told.run(
        f"INSERT INTO entries ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", **row
    )
    assert told.found() == one(Breach.RECORD_WITHOUT_EVENT, 0, "smuggled")


def remove(told: Told, *numbers: int) -> None:
    """Take events out, with their contents."""
    for seq in numbers:
        told.run(f"DELETE FROM event_contents WHERE {CONTENT_OF.format(seq)}")
        told.run(f"DELETE FROM events WHERE {IN_CHAIN} = {seq}")


def test_an_event_taken_from_the_middle_is_found(told: Told) -> None:
    remove(told, 2)
    assert told.found() == one(Breach.EVENT_MISSING, 2)


def test_a_verification_taken_back_by_removing_its_event_is_found_twice(told: Told) -> None:
    remove(told, 3)
    assert told.found() == one(Breach.EVENT_MISSING, 3) | one(Breach.RECORD_CHANGED, 0, "first")


def test_a_tail_cut_off_with_its_record_is_found_by_the_head(told: Told) -> None:
    remove(told, 4)
    told.run("DELETE FROM entries WHERE uid = :second")
    assert told.found() == one(Breach.TAIL_CUT, 4)


def cut(told: Told) -> None:
    """Take the last event off with its record, and set the head to what is left."""
    third = told.event(3)["hash"]
    remove(told, 4)
    told.run("DELETE FROM entries WHERE uid = :second")
    told.run("UPDATE chains SET seq = 3, hash = :hash WHERE id = :chain", hash=third)


def write_anew(told: Told) -> None:
    """Change an entry and make every hash from there on anew, as someone can who holds the key."""
    forge(told, 3)
    fourth = told.event(4) | {"prev": told.event(3)["hash"]}
    last = {"prev": fourth["prev"], "hash": own_hash(fourth), "id": fourth["id"]}
    told.run("UPDATE events SET prev = :prev, hash = :hash WHERE id = :id", **last)
    told.run("UPDATE chains SET hash = :hash WHERE id = :chain", hash=last["hash"])


def remove_chain(told: Told) -> None:
    """Take a person out of the office as if there had never been one."""
    for table, of in (
        ("event_contents", "event_id IN (SELECT id FROM events WHERE chain_id = :chain)"),
        ("events", "chain_id = :chain"),
        ("entries", "file_id IN (SELECT id FROM integrity_files WHERE chain_id = :chain)"),
        ("integrity_files", "chain_id = :chain"),
        ("chains", "id = :chain"),
        ("people", "staff_no = '0003'"),
    ):
        told.run(f"DELETE FROM {table} WHERE {of}")


BEHIND_THE_HEADS = {
    "cut": (cut, one(Breach.CUT_SINCE, 4)),
    "written anew": (write_anew, one(Breach.WRITTEN_ANEW, 4)),
    "removed": (remove_chain, {(Breach.CHAIN_GONE, "", 0, "chain")}),
}


@pytest.mark.parametrize("attack", BEHIND_THE_HEADS)
def test_a_whole_chain_made_fit_is_found_against_exported_heads(told: Told, attack: str) -> None:
    exported = read_heads(heads_text(told.office.as_("officer").ask(office_heads), TODAY)).heads
    (row,) = told.run("SELECT uid FROM chains WHERE id = :chain")
    act, expected = BEHIND_THE_HEADS[attack]
    act(told)
    assert told.found() == set()
    found = {(*one[:3], "chain" if one[3] == row["uid"] else one[3]) for one in told.found(against=exported)}
    assert found == expected


@pytest.mark.parametrize("attack", BEHIND_THE_HEADS)
def test_a_whole_chain_made_fit_breaks_the_seal(told: Told, attack: str) -> None:
    told.office.as_("officer").do(seal_heads)
    assert told.found() == set()
    BEHIND_THE_HEADS[attack][0](told)
    assert [one[0] for one in told.found()] == [Breach.SEAL_BROKEN]


def test_a_seal_renewed_with_the_chain_is_found_by_the_root_on_paper(told: Told) -> None:
    root = told.office.as_("officer").do(seal_heads).root
    assert told.found(root=root) == told.found(root=root[:8]) == set()
    write_anew(told)
    told.run("UPDATE seals SET root = :root", root=bytes(32))  # whatever they are now: not what was printed
    with pytest.raises(NotFound, match="Nothing here was sealed under the root"):
        told.found(root=root)


@pytest.mark.parametrize("attack", [cut, write_anew])
def test_the_head_on_a_summary_proves_the_file_of_a_person(told: Told, attack: Any) -> None:
    head = told.office.as_("officer").ask(file_head, "0003")
    paper = Head(head.chain_uid, head.chain_seq, head.chain_hash[:8])
    assert told.found(staff_no="0003", against=[paper]) == set()
    attack(told)
    assert told.found(staff_no="0003") == set()
    (found,) = told.found(staff_no="0003", against=[paper])
    assert found[:3] == (Breach.CUT_SINCE if attack is cut else Breach.WRITTEN_ANEW, "0003", 4)


def test_one_person_is_proved_alone(told: Told) -> None:
    told.run("UPDATE entries SET facts = '无'")
    both = one(Breach.RECORD_CHANGED, 0, "first") | one(Breach.RECORD_CHANGED, 0, "second")
    assert told.found(staff_no="0003") == both and len(told.found()) == 3
    assert told.office.as_("officer").ask(verify, staff_no="0004").events == 2
    with pytest.raises(NotFound, match="9999"):
        told.found(staff_no="9999")


@pytest.mark.parametrize(
    ("statement", "breach"),
    [
        ("UPDATE evidence_chunks SET content = :other WHERE number = 1", Breach.EVIDENCE_CHANGED),
        ("DELETE FROM evidence_chunks WHERE number = 1", Breach.EVIDENCE_CHANGED),
        ("DELETE FROM evidence_chunks", Breach.EVIDENCE_MISSING),
    ],
)
def test_a_file_of_evidence_is_proved_by_its_bytes(told: Told, statement: str, breach: Breach) -> None:
    content = b"scan" * (CHUNK // 3)
    told.office.as_("officer").do(add_evidence, told.first, NewEvidence("决定.pdf", content))
    assert told.found() == told.found(staff_no="0003") == set()
    told.run(statement, other=b"other")
    (found,) = told.found()
    assert found[:3] == (breach, "0003", 0)
    assert told.found(staff_no="0003") == {found} and told.found(staff_no="0004") == set()


def own_hash(event: dict[str, Any]) -> bytes:
    """The hash that an event needs to be one of ours; there is no secret in it."""
    header = command_header(
        event["command"],
        event["command_kind"],
        event["actor_uid"],
        Moment(event["moment"]),
        event["actor_name"],
    )
    linked = event["prev"], event["content_hash"], event["chain"], event["seq"]
    return event_hash(*linked, event["kind"], event["subject"], event["format"], header)


def forge(told: Told, seq: int) -> None:
    """Change an entry, the content of its event, and every hash of that event."""
    event = told.event(seq)
    content = event["content"].replace("优秀".encode(), "良好".encode())
    told.run("UPDATE entries SET facts = '2024年度考核良好。' WHERE uid = :uid", uid=event["subject"])
    told.run(
        "UPDATE event_contents SET content = :content WHERE event_id = :id", content=content, id=event["id"]
    )
    event["content_hash"] = content_hash(event["salt"], content)
    hashes = {name: event[name] for name in ("content_hash", "id")} | {"hash": own_hash(event)}
    told.run("UPDATE events SET content_hash = :content_hash, hash = :hash WHERE id = :id", **hashes)


def test_a_forged_event_does_not_fit_the_next_one(told: Told) -> None:
    forge(told, 3)
    assert told.found() == one(Breach.EVENT_CHANGED, 4, "second")


def test_a_forged_last_event_does_not_fit_the_head(told: Told) -> None:
    forge(told, 4)
    assert told.found() == one(Breach.HEAD_CHANGED, 4)


def put_in(told: Told, seq: int, image: dict[str, object]) -> None:
    """Add an event as the program would make it, saying that the second entry is in effect."""
    before, content = told.event(seq - 1), canonical(image)
    event = before | {"id": 999, "seq": seq, "kind": "entry_verified", "subject": told.second}
    event |= {"prev": before["hash"], "content_hash": content_hash(before["salt"], content)}
    event["hash"] = own_hash(event)
    marks = ", ".join(f":{name}" for name in STORED)
    told.run(f"INSERT INTO events ({', '.join(STORED)}) VALUES ({marks})", **{n: event[n] for n in STORED})
    told.run("INSERT INTO event_contents VALUES (999, :salt, :content)", salt=event["salt"], content=content)


def in_effect(told: Told) -> dict[str, object]:
    told.run("UPDATE entries SET status = 'effective' WHERE uid = :second")
    return {**json.loads(told.event(4)["content"]), "status": "effective"}


def test_an_event_added_at_the_end_does_not_fit_the_head(told: Told) -> None:
    put_in(told, 5, in_effect(told))
    assert told.found() == one(Breach.EVENT_ADDED, 5)


def test_an_event_put_in_between_does_not_fit_what_follows(told: Told) -> None:
    image = in_effect(told)
    told.run(f"UPDATE events SET seq = 5 WHERE {IN_CHAIN} = 4")
    put_in(told, 4, image)
    told.run("UPDATE entries SET status = 'submitted' WHERE uid = :second")
    assert told.found() == one(Breach.EVENT_CHANGED, 5, "second") | one(Breach.EVENT_ADDED, 5)


def test_a_chain_without_a_head_does_not_hide_the_others(embedded: TestOffice) -> None:
    uid = embedded.as_("officer").do(record_entry, entry()).uids[0]
    told = Told(embedded, uid, Uid("none"))
    connection = embedded.database.engine.raw_connection()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM chains WHERE id = 2")
    connection.close()
    told.run("UPDATE entries SET facts = '无'")
    assert told.found() == one(Breach.CHAIN_MISSING, 0, "", "0001") | one(Breach.RECORD_CHANGED, 0, "first")


def test_contents_that_no_erasure_removed_are_missed(told: Told) -> None:
    for seq in (2, 3):
        told.run(f"DELETE FROM event_contents WHERE {CONTENT_OF.format(seq)}")
    assert told.found() == one(Breach.CONTENT_MISSING, 2, "first") | one(Breach.CONTENT_MISSING, 3, "first")
