"""A file comes from another office as a bundle: checked whole, then the same chain goes on here.

A file that this office sent away itself may come back: its archive has to be how the chain begins.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from app.commands.basis import checked
from app.commands.changes import Changes, Kind, changed
from app.commands.conduct import Basis
from app.commands.evidence import CHUNK
from app.commands.finding import department_at, refuse
from app.commands.ledger import Ledger, writing
from app.commands.people import NUMBER_PREFIX
from app.errors import Conflict, Invalid
from app.exchange.bundle import Bundle, altered, read_bundle, same_fingerprint
from app.permissions import Actor, Permission, require
from app.pinyin import search_keys
from app.queries.bundles import LEFT_OUT, NAMED, PLACED, TRAVELS, is_bytes, references
from app.queries.verification import verify
from app.rules.validation import check_value
from app.words import tr
from models.accounts import Account
from models.base import Base
from models.bulk import insert_rows, reserve
from models.conduct import Entry, Evidence, EvidenceChunk, Item
from models.images import IMAGES, OFFICE_CHAIN
from models.ledger import KEPT_BACK, ORIGIN, Chain, Command, Event, EventContent, Head
from models.people import IntegrityFile, Person
from models.schemes import SchemeRow
from models.types import Uid, new_uid
from models.words import index_words

Row = Mapping[str, Any]
T = TypeVar("T", bound=Base)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the receiving officer says about a bundle."""

    fingerprint: str
    """As it stands on the paper: compared with the key that signed the bundle."""
    department: str
    """Path of names from the top."""
    staff_no: str = ""
    """Here; empty: as in the other office."""
    post: str = ""


def receive_file(session: Session, actor: Actor, path: Path, arrival: Arrival, basis: Basis) -> Changes:
    """Take in the file of a bundle and go on with its chain.

    ``basis``: by which document, and from which day, the person serves here. Entries stay as they were, with
    those who recorded them as accounts that nobody can sign in to. Raises Invalid for a bundle that was
    altered, is of a newer version or bears another fingerprint than the paper; Conflict where it comes twice
    or the staff number is taken.
    """
    require(actor, Permission.KEEP_FILES)
    department = department_at(session, arrival.department)
    require(actor, Permission.KEEP_FILES, department.id)
    basis, bundle = checked(session, basis), read_bundle(path)
    if not same_fingerprint(arrival.fingerprint, bundle.fingerprint):
        sentence = tr(
            "The fingerprint is not that of the key which signed this bundle. Compare it with the paper "
            "again; if it differs there, send both back."
        )
        raise Invalid(sentence, field="fingerprint")
    archive = _archive(session, bundle)
    staff_no = (
        arrival.staff_no.strip() or _number_of(session, archive) or str(bundle.about["file"]["staff_no"])
    )
    _refuse_taken(session, staff_no, archive)
    try:
        with writing(session, actor, "receive_file") as ledger:
            loading = _Loading(session, actor, ledger, bundle, bundle.records(), archive)
            person = loading.load(staff_no, department.id, arrival.post.strip(), basis)
        session.flush()
    except (KeyError, TypeError, ValueError, AttributeError, DataError, IntegrityError) as error:
        raise altered() from error
    _prove(session, actor, bundle, staff_no)
    done = changed(Kind.PEOPLE, Uid(person.uid))
    return done | changed(Kind.ENTRIES) | changed(Kind.EVALUATIONS) | changed(Kind.SCHEMES)


def _archive(session: Session, bundle: Bundle) -> IntegrityFile | None:
    """What this office kept when it sent the file away itself. Raises Conflict where the file is here."""
    rows = select(IntegrityFile).join(Chain, IntegrityFile.chain_id == Chain.id)
    found = session.execute(rows.where(Chain.uid == bundle.about["chain"]["uid"])).scalar_one_or_none()
    if found is not None and not found.sent_to:
        raise Conflict(tr("This file is here already: the bundle came before."))
    return found


def _number_of(session: Session, archive: IntegrityFile | None) -> str:
    return session.get_one(Person, archive.person_id).staff_no if archive else ""


def _refuse_taken(session: Session, staff_no: str, archive: IntegrityFile | None) -> None:
    problem = check_value("staff_no", staff_no)
    refuse([problem] if problem else [])
    own = archive.person_id if archive else 0
    holder = select(Person.name).where(Person.staff_no == staff_no, Person.id != own)
    if name := session.execute(holder).scalar_one_or_none():
        sentence = tr("The staff number {staff_no} belongs to {name} here. Give the person another one.")
        raise Conflict(sentence.format(staff_no=staff_no, name=name), field="staff_no")


def _prove(session: Session, actor: Actor, bundle: Bundle, staff_no: str) -> None:
    """Every event, record and file of evidence as it lies here now, and the head that was signed."""
    said = bundle.about["chain"]
    head = Head(Uid(said["uid"]), int(said["seq"]), bytes.fromhex(said["hash"]))
    if verify(session, actor, staff_no=staff_no, against=[head]).findings:
        raise altered()


@dataclass(slots=True)
class _Loading:
    """A bundle on its way into the tables."""

    session: Session
    actor: Actor
    ledger: Ledger
    bundle: Bundle
    said: Mapping[str, Any]
    archive: IntegrityFile | None
    """What this office kept when it sent the file away itself: the file comes back to it."""

    def load(self, staff_no: str, department_id: int, post: str, basis: Basis) -> Person:
        """Everything, and the event that it came."""
        self.ledger.follow([OFFICE_CHAIN])
        self._accounts()
        self._items()
        self._schemes()
        chain = self._chain()
        known = set(self.session.execute(select(Evidence.uid)).scalars()) if self.archive else set()
        person = self._person(staff_no, department_id, post, basis)
        file = self._file(person, chain, staff_no, basis)
        placed = {"file_id": file.id, "person_id": person.id, "department_id": department_id}
        here = set(self.session.execute(select(Entry.id).where(Entry.file_id == file.id)).scalars())
        for table, _ in TRAVELS:
            self._rows(table, self.said["tables"].get(table.__tablename__, ()), placed)
        came = select(Entry.id, Entry.facts).where(Entry.file_id == file.id, Entry.id.not_in(here))
        index_words(self.session, [(key, facts) for key, facts in self.session.execute(came)])
        self._evidence(known)
        self._history(chain)
        self.ledger.add_row(chain.id, "file_received", "file", Uid(person.uid))
        return person

    def _accounts(self) -> None:
        """Who recorded, verified and decided there: known by name, and nobody can sign in as them."""
        known = set(self.session.execute(select(Account.uid)).scalars())
        office = self.bundle.about["office"]["name"]
        for uid, name in self.said["accounts"]:
            if uid not in known:
                title = tr("{name} ({office})").format(name=name, office=office)
                row = Account(uid=uid, login=f"@{uid}", name=title[:200], password_hash="", active=False)
                self.session.add(row)
                self.ledger.add_row(OFFICE_CHAIN, "account_foreign", "account", Uid(uid))

    def _items(self) -> None:
        known = dict(self.session.execute(select(Item.code, Item.polarity)).all())
        for code, polarity, category, zh, en in self.said["items"]:
            if known.get(code, polarity) != polarity:
                sentence = tr(
                    "The item {code} counts the other way in this office, so the file cannot be taken in."
                )
                raise Conflict(sentence.format(code=code))
            if code not in known:
                keys = " ".join(search_keys(zh, is_name=False))
                row = Item(
                    uid=new_uid(), code=code, polarity=polarity, category=category, name_zh=zh, name_en=en
                )
                row.keys = keys
                self.session.add(row)
                self.ledger.add_row(OFFICE_CHAIN, "item_registered", "item", Uid(row.uid))

    def _schemes(self) -> None:
        """The standards that explain the grades: kept as texts, in force nowhere here."""
        known = set(self.session.execute(select(SchemeRow.uid)).scalars())
        for said in self.said["schemes"]:
            if said["uid"] not in known:
                row = SchemeRow(**_values(SchemeRow, said), published_by=self.actor.account_id)
                row.code = f"{said['uid'][:8]}@{said['code']}"[:40]
                row.of_office = said["of_office"] or self.bundle.about["office"]["name"]
                self.session.add(row)
                self.ledger.add_row(OFFICE_CHAIN, "scheme_foreign", "scheme", Uid(row.uid))

    def _chain(self) -> Chain:
        """The chain as far as it is known here, so that what follows can be held against it."""
        if self.archive:
            return self.session.get_one(Chain, self.archive.chain_id)
        row = Chain(uid=self.bundle.about["chain"]["uid"], seq=0, hash=ORIGIN)
        self.session.add(row)
        self.session.flush()
        return row

    def _person(self, staff_no: str, department_id: int, post: str, basis: Basis) -> Person:
        said = _values(Person, self.said["person"])
        said["pinyin"], said["initials"] = search_keys(said["name"])
        here = {"staff_no": staff_no, "department_id": department_id, "post": post}
        served = {"joined_on": basis.on, "left_on": None, "leaving": None}
        return self._put(Person, {**said, **here, **served})

    def _file(self, person: Person, chain: Chain, staff_no: str, basis: Basis) -> IntegrityFile:
        said = _values(IntegrityFile, self.said["file"])
        taken = select(IntegrityFile.id).where(IntegrityFile.number == said["number"])
        if self.archive:
            said["number"] = self.archive.number
        elif self.session.execute(taken).first():
            said["number"] = f"{NUMBER_PREFIX}-{staff_no}"
        placed = {"chain_id": chain.id, "person_id": person.id, "department_id": person.department_id}
        came = {"received_from": self.bundle.about["office"]["name"], "sent_to": None, "closed_on": None}
        why = {"changed_on": basis.on, "changed_document": basis.document_no, "changed_reason": None}
        return self._put(IntegrityFile, {**said, **placed, **came, **why})

    def _put(self, table: type[T], values: Mapping[str, Any]) -> T:
        """A row with these values: the one of this uid where it is known here, else a new one."""
        uid = table.__table__.c["uid"]
        row = self.session.execute(select(table).where(uid == values["uid"])).scalar_one_or_none()
        if row is None:
            row = table(**values)
            self.session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        self.session.flush()  # a later row may refer to this one
        return row

    def _rows(self, table: type[Base], rows: Sequence[Row], placed: Mapping[str, int]) -> None:
        """The rows of a table, with the keys of this database in place of names."""
        columns = table.__table__.columns.keys()
        own = {column: key for column, key in placed.items() if column in columns}
        for said in rows:
            named = {column: self._key(target, said.get(column)) for column, target in references(table)}
            self._put(table, {**_values(table, said), **own, **named})

    def _key(self, table: str, name: str | None) -> int | None:
        if name is None:
            return None
        column = NAMED[table]
        return int(self.session.execute(select(column.class_.id).where(column == name)).scalar_one())

    def _evidence(self, known: Set[str]) -> None:
        for said in self.said["tables"]["evidence"]:
            if said["digest"] is None or said["uid"] in known:
                continue
            key = self.session.execute(select(Evidence.id).where(Evidence.uid == said["uid"])).scalar_one()
            with self.bundle.evidence(said["uid"]) as member:
                number = 0
                while part := member.read(CHUNK):
                    insert_rows(self.session, EvidenceChunk, [(key, number, part)])
                    number += 1

    def _history(self, chain: Chain) -> None:
        """The events that are not here yet, which have to follow those that are."""
        said = self.bundle.history()
        before, rest = said["events"][: chain.seq], said["events"][chain.seq :]
        if before and bytes.fromhex(before[-1][7]) != chain.hash:
            sentence = tr("This bundle does not continue the file that was sent away from here. Ask there.")
            raise Conflict(sentence)
        commands = {uid: self._command(uid, one) for uid, one in said["commands"].items()}
        events, contents = [], []
        for key, one in zip(reserve(self.session, "events", len(rest)), rest, strict=True):
            seq, command, kind, subject, form, prev, hashed, own, salt, content = one
            digests = map(bytes.fromhex, (prev, hashed, own))
            events.append((key, chain.id, seq, commands[command], kind, subject, form, *digests))
            if content is not None:
                contents.append((key, bytes.fromhex(salt), content.encode()))
        insert_rows(self.session, Event, events)
        insert_rows(self.session, EventContent, contents)
        chain.seq = self.bundle.about["chain"]["seq"]
        chain.hash = bytes.fromhex(self.bundle.about["chain"]["hash"])
        self.session.flush()
        for uid, record in sorted(said["kept_back"].items()):
            self.ledger.add(chain.id, f"{record}{KEPT_BACK}", Uid(uid), {})
        self._find_again(chain, [(one[2], Uid(one[3])) for one in rest])

    def _find_again(self, chain: Chain, rest: Sequence[tuple[str, Uid]]) -> None:
        """What this office had kept back itself is here beside the file again."""
        for kind, uid in rest:
            record = kind.removesuffix(KEPT_BACK)
            if kind.endswith(KEPT_BACK) and record in IMAGES and self._stands(record, uid):
                self.ledger.add_row(chain.id, f"{record}_found_again", record, uid)

    def _stands(self, record: str, uid: Uid) -> bool:
        rows = IMAGES[record]
        return self.session.execute(rows.where(rows.selected_columns["uid"] == uid)).first() is not None

    def _command(self, uid: str, said: Sequence[Any]) -> int:
        """The command as it was there; one that touched several files may have come with another."""
        kind, actor_uid, actor_name, at = said
        row = self.session.execute(select(Command).where(Command.uid == uid)).scalar_one_or_none()
        if row is None:
            row = Command(uid=uid, kind=kind, actor_uid=actor_uid, actor_name=actor_name, moment=at)
            self.session.add(row)
            self.session.flush()
        return row.id


def _values(table: type[Base], said: Row) -> dict[str, Any]:
    """The columns of a table from what a bundle says; references and places are the caller's."""
    named = {column for column, _ in references(table)}
    return {
        name: bytes.fromhex(said[name]) if is_bytes(table, name) and said[name] is not None else said[name]
        for name in [column.name for column in table.__table__.columns]
        if name in said and name not in named and name not in (*PLACED, *LEFT_OUT)
    }
