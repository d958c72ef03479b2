"""Proves the history: every chain link by link, every record against its last event, every file of evidence.

What an office alone cannot notice is a chain cut off or written anew together with its head, by someone who
holds the key. What left the building tells that: exported heads, or the head on a paper.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import reduce
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, Select, String, cast, func, literal_column, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.permissions import Actor, Permission, require
from app.words import tr
from models.bulk import stream
from models.conduct import Entry, Evidence, EvidenceChunk
from models.images import IMAGES, all_contents
from models.ledger import (
    ORIGIN,
    Chain,
    Command,
    Event,
    EventContent,
    Head,
    Seal,
    is_erasure,
    root_of,
    unpacked,
)
from models.people import IntegrityFile, Person
from models.types import Uid

_NONE = Uid("")
Rows = Select[*tuple[Any, ...]]


class Breach(StrEnum):
    """What somebody did behind the program's back."""

    EVENT_CHANGED = "event_changed"
    EVENT_MISSING = "event_missing"
    EVENT_ADDED = "event_added"
    CONTENT_CHANGED = "content_changed"
    CONTENT_MISSING = "content_missing"
    """Removed, and no lawful erasure says so."""
    TAIL_CUT = "tail_cut"
    HEAD_CHANGED = "head_changed"
    CHAIN_MISSING = "chain_missing"
    RECORD_CHANGED = "record_changed"
    RECORD_MISSING = "record_missing"
    RECORD_WITHOUT_EVENT = "record_without_event"
    EVIDENCE_CHANGED = "evidence_changed"
    EVIDENCE_MISSING = "evidence_missing"
    WRITTEN_ANEW = "written_anew"
    """The chain does not lead through the head that left the building."""
    CUT_SINCE = "cut_since"
    """The chain is shorter than it was then."""
    CHAIN_GONE = "chain_gone"
    SEAL_BROKEN = "seal_broken"
    """The chains do not come to the root any more under which they were sealed."""


class Finding(NamedTuple):
    """One breach and where."""

    breach: Breach
    staff_no: str
    """Empty for the office's own chain."""
    seq: int
    """Of the event; 0 where the record itself is meant."""
    subject: Uid
    """Uid of the record; empty where that cannot be told."""


class Verified(NamedTuple):
    """What was looked at, and what was found."""

    chains: int
    events: int
    findings: tuple[Finding, ...]


def verify(
    session: Session,
    actor: Actor,
    report: Callable[[int, int], object] = lambda done, total: None,
    staff_no: str = "",
    against: Iterable[Head] = (),
    root: bytes = b"",
    *,
    with_records: bool = True,
) -> Verified:
    """Check the chains with their records and evidence: of the whole office, or of one person.

    Holds one chain in memory. ``report(done, total)`` is called after each chain, in events. ``against``:
    heads that left the building, which the chains must still lead through. ``root``: that of a seal, as a
    paper shows it, or how it begins; else that of the newest. Without records only the chains are walked
    along. Raises NotFound where there is no such person or seal.
    """
    require(actor, Permission.READ_FILES)
    owners = _owners(session, staff_no)
    only = next(iter(owners)) if staff_no else None
    heads = [(head.id, head) for head in session.execute(_within(_heads(), only))]
    total = sum(head.seq for _, head in heads)
    known = {head.chain: head for head in against}
    seal = None if staff_no else _seal(session, root)
    lengths = unpacked(seal.lengths) if seal else {}
    sealed: list[Head] = []
    every = _together(
        heads,
        groupby(stream(session, _within(_events(session), only)), key=_chain_of),
        groupby(_records(session, only) if with_records else (), key=_chain_of),
    )
    findings: list[Finding] = []
    chains = events = 0
    for chain_id, head, rows, records in every:
        walk = _Walk(owners.get(chain_id, ""))
        if head is None:
            walk.note(Breach.CHAIN_MISSING, 0)
        else:
            earlier, length = known.pop(Uid(head.uid), None), lengths.get(chain_id, 0)
            walk.follow(rows or (), (length, earlier.seq if earlier else 0))
            walk.end(head, {uid: content for _, uid, content in records or ()} if with_records else None)
            if earlier:
                walk.compare_earlier(earlier)
            if length:
                sealed.append(Head(Uid(head.uid), length, walk.passed.get(length, b"")))
        findings += walk.findings
        chains, events = chains + bool(head), events + walk.seq
        report(events, total)
    if with_records:
        findings += _evidence(session, only)
    if not staff_no:
        findings += [Finding(Breach.CHAIN_GONE, "", 0, uid) for uid in known]
    if seal and root_of(sealed) != seal.root:
        findings.append(Finding(Breach.SEAL_BROKEN, "", 0, Uid(seal.uid)))
    return Verified(chains, events, tuple(findings))


def _owners(session: Session, staff_no: str) -> Mapping[int, str]:
    """The staff number by chain: of everybody, or of one person. Raises NotFound."""
    rows = select(IntegrityFile.chain_id, Person.staff_no).join(Person, IntegrityFile.person_id == Person.id)
    found = dict(session.execute(rows.where(Person.staff_no == staff_no) if staff_no else rows).all())
    if staff_no and not found:
        sentence = tr("Nobody here has the staff number {staff_no}. Check the number.")
        raise NotFound(sentence.format(staff_no=staff_no), field="staff_no")
    return found


def _seal(session: Session, root: bytes) -> Seal | None:
    """The newest seal, or the one whose root begins so. Raises NotFound where there is no such."""
    rows = select(Seal).order_by(Seal.id.desc())
    seals = (one for one in session.execute(rows).scalars() if one.root.startswith(root))
    found = next(seals, None)
    if root and found is None:
        sentence = tr("Nothing here was sealed under the root {root}. Compare it with the paper again.")
        raise NotFound(sentence.format(root=root.hex()), field="root")
    return found


_chain_of = itemgetter(0)


def _together(*streams: Iterable[tuple[int, Any]]) -> Iterator[tuple[Any, ...]]:
    """(chain, what each stream holds of it or None), for streams that are all in the order of chains."""
    ways = [iter(stream) for stream in streams]
    found = [next(way, None) for way in ways]
    while waiting := [one[0] for one in found if one]:
        chain = min(waiting)
        here = [one is not None and one[0] == chain for one in found]
        yield chain, *(one[1] if one and now else None for one, now in zip(found, here, strict=True))
        found = [next(way, None) if now else one for way, one, now in zip(ways, found, here, strict=True)]


class _Walk:
    """Along one chain, from its first event to its head."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self.seq = 0
        self.passed: dict[int, bytes] = {}
        """The hashes of the events that were watched for."""
        self._hash: bytes | None = ORIGIN
        """Which the next event follows; None after a breach, of which the next event is not to blame."""
        self._last: dict[Uid, tuple[int, str, bytes | None]] = {}
        """Of each record its newest event: seq, kind, and content that can be believed."""
        self._empty: list[tuple[int, Uid]] = []
        """Events without content."""
        self.findings: list[Finding] = []

    def follow(self, rows: Iterable[tuple[Any, ...]], watched: tuple[int, int]) -> None:
        """Look at every event and its content, and remember the hashes of those watched for."""
        expected, count, last = self._hash, self.seq, self._last
        for _, seq, kind, subject, prev, hashed, own, header, salt, content in rows:
            count += 1
            if seq != count:
                self.note(Breach.EVENT_MISSING, count)
                expected, count = None, seq
            fits = prev == expected or expected is None
            if fits and sha256(prev + hashed + header).digest() == own:
                expected = own
            else:
                self.note(Breach.EVENT_CHANGED, seq, subject)
                expected = None
            if content is None:
                self._empty.append((seq, subject))
            elif sha256(salt + content).digest() != hashed:
                self.note(Breach.CONTENT_CHANGED, seq, subject)
                content = None
            if seq in watched:
                self.passed[seq] = own
            last[subject] = seq, kind, content
        self.seq, self._hash = count, expected

    def end(self, head: Any, contents: Mapping[Uid, bytes] | None) -> None:
        """Hold what was walked along against the head of the chain and the records."""
        if self.seq < head.seq:
            self.note(Breach.TAIL_CUT, self.seq + 1)
        elif self.seq > head.seq:
            self.note(Breach.EVENT_ADDED, head.seq + 1)
        elif self._hash not in (None, head.hash):
            self.note(Breach.HEAD_CHANGED, self.seq)
        for seq, subject in self._empty:
            if not is_erasure(self._last[subject][1]):
                self.note(Breach.CONTENT_MISSING, seq, subject)
        if contents is not None:
            self._compare(contents)

    def compare_earlier(self, head: Head) -> None:
        """Whether the chain leads through a head that left the building."""
        if head.seq > self.seq:
            self.note(Breach.CUT_SINCE, self.seq + 1)
        elif not self.passed.get(head.seq, b"").startswith(head.hash):
            self.note(Breach.WRITTEN_ANEW, head.seq)

    def _compare(self, contents: Mapping[Uid, bytes]) -> None:
        for uid, (seq, kind, content) in self._last.items():
            stands = uid in contents
            if stands == is_erasure(kind):
                self.note(Breach.RECORD_WITHOUT_EVENT if stands else Breach.RECORD_MISSING, seq, uid)
            elif stands and content not in (None, contents[uid]):
                self.note(Breach.RECORD_CHANGED, 0, uid)
        for uid in sorted(contents.keys() - self._last.keys()):
            self.note(Breach.RECORD_WITHOUT_EVENT, 0, uid)

    def note(self, breach: Breach, seq: int, subject: Uid = _NONE) -> None:
        """Tell of a breach in this chain."""
        self.findings.append(Finding(breach, self._owner, seq, subject))


def _heads() -> Rows:
    return select(Chain.id, Chain.uid, Chain.seq, Chain.hash, Chain.id.label("chain_id")).order_by(Chain.id)


def _within(rows: Rows, only: int | None) -> Rows:
    """The rows of one chain, where only one is looked at."""
    return rows if only is None else rows.where(rows.selected_columns["chain_id"] == only)


def _events(session: Session) -> Rows:
    """Every event with its content, and the header of its hash put together by the database."""
    header = _lines(
        *(Chain.uid, Event.seq, Event.kind, Event.subject, Event.format),
        *(Command.uid, Command.kind, Command.actor_uid, Command.moment, Command.actor_name),
    )
    shared = session.get_bind().dialect.name == "postgresql"  # bytes, so that no text is made of each
    as_bytes = func.convert_to(header, "UTF8") if shared else cast(header, LargeBinary)
    return (
        select(
            Event.chain_id,
            Event.seq,
            Event.kind,
            Event.subject,
            Event.prev,
            Event.content_hash,
            Event.hash,
            as_bytes,
            EventContent.salt,
            EventContent.content,
        )
        .join(Chain, Event.chain_id == Chain.id)
        .join(Command, Event.command_id == Command.id)
        .outerjoin(EventContent, EventContent.event_id == Event.id)
        .order_by(Event.chain_id, Event.seq)
    )


def _lines(*columns: Any) -> ColumnElement[str]:
    """The texts of columns with a line break between them."""
    texts = [one if isinstance(one.type, String) else cast(one, String) for one in columns]
    line_break: Any = literal_column("'\n'")  # a parameter would be bound anew for every row
    return reduce(lambda before, text: before.concat(line_break).concat(text), texts)


def _records(session: Session, only: int | None) -> Iterator[tuple[int, Uid, bytes]]:
    kinds = []
    for kind, rows in IMAGES.items():
        which = None if only is None else rows.selected_columns["chain_id"] == only
        kinds.append(all_contents(session, kind, which))
    return heapq.merge(*kinds, key=_chain_of)


def _evidence(session: Session, only: int | None) -> Iterator[Finding]:
    """Files of evidence whose bytes are not, or not any more, those that were attached."""
    kept = (
        select(Evidence.id, Evidence.uid, Evidence.digest, Person.staff_no, IntegrityFile.chain_id)
        .join(Entry, Evidence.entry_id == Entry.id)
        .join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        .join(Person, IntegrityFile.person_id == Person.id)
        .where(Evidence.digest.is_not(None))
        .order_by(Evidence.id)
    )
    files = ((row.id, row) for row in session.execute(_within(kept, only)).all())
    chunks = select(EvidenceChunk.evidence_id, EvidenceChunk.content)
    if only is not None:
        chunks = chunks.join(Evidence, EvidenceChunk.evidence_id == Evidence.id)
        chunks = chunks.join(Entry, Evidence.entry_id == Entry.id)
        chunks = chunks.join(IntegrityFile, Entry.file_id == IntegrityFile.id)
        chunks = chunks.where(IntegrityFile.chain_id == only)
    chunks = chunks.order_by(EvidenceChunk.evidence_id, EvidenceChunk.number)
    for _, file, parts in _together(files, groupby(stream(session, chunks, 4), key=_chain_of)):
        if file is None:  # of somebody else
            continue
        found = sha256()
        for _, content in parts or ():
            found.update(content)
        if parts is None or found.digest() != file.digest:
            breach = Breach.EVIDENCE_MISSING if parts is None else Breach.EVIDENCE_CHANGED
            yield Finding(breach, file.staff_no, 0, Uid(file.uid))
