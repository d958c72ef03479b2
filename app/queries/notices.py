"""What the notice to a person says: plain data for ``reports.notice``."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.labels import label
from app.particulars import particulars
from app.permissions import Actor, Permission, require
from app.queries.files import EntryRow, FileView, file_view
from app.queries.heads import newest_seal
from app.reports.content import NoticePaper
from app.reports.wording import Translate, document_day
from app.rules.grading.case import year
from app.rules.hearing import is_decided, is_heard_first
from app.words import translator
from models.conduct import Entry
from models.database import moment
from models.people import IntegrityFile, Office, Person
from models.types import Uid, day_at


def notice_paper(session: Session, actor: Actor, uid: Uid, language: str) -> NoticePaper:
    """The notice of the entry ``uid``, in a language. Raises Conflict where none was issued."""
    require(actor, Permission.PRINT)
    staff_no = session.execute(
        select(Person.staff_no)
        .join(IntegrityFile, IntegrityFile.person_id == Person.id)
        .join(Entry, Entry.file_id == IntegrityFile.id)
        .where(Entry.uid == uid)
    ).scalar_one()
    view = file_view(session, actor, staff_no, year(day_at(moment(session)) // 10000))
    require(actor, Permission.PRINT, view.head.department_id)
    tr, head = translator(language), view.head
    notice = view.around.notice(uid)
    if notice is None:
        raise Conflict(tr("There is no notice of this entry yet. Issue it first."))
    entry = next(one for one in view.entries if one.uid == uid)
    seal = newest_seal(session, actor)
    decided = is_decided(entry.decided_on, entry.document_no, entry.authority, entry.level)
    return NoticePaper(
        office=_office(session, language),
        number=notice.number,
        name=head.name,
        staff_no=head.staff_no,
        file_no=head.number,
        post=" ".join(filter(None, (head.department, head.post))),
        issued_on=notice.issued_on,
        term=notice.term,
        facts=tuple((title, text) for title, text in _facts(view, entry, decided, language, tr) if text),
        heard_first=is_heard_first(entry.polarity, decided),
        chain_seq=head.chain_seq,
        chain_hash=head.chain_hash.hex(),
        delivered_on=notice.delivered_on,
        delivery=label(notice.delivery, tr) if notice.delivery else "",
        witness=notice.witness or "",
        last_day=notice.last_day,
        seal_root=seal.root.hex() if seal else "",
        sealed_on=day_at(seal.moment) if seal else None,
    )


def notice_file_name(paper: NoticePaper) -> str:
    """What its file is called, without the ending."""
    return f"{paper.staff_no}-{paper.name}-{paper.number}".replace("/", "-")


def _office(session: Session, language: str) -> str:
    office = session.execute(select(Office.name, Office.name_en)).one()
    return str(office.name if language.startswith("zh") or not office.name_en else office.name_en)


def _facts(
    view: FileView, entry: EntryRow, decided: bool, language: str, tr: Translate
) -> Iterator[tuple[str, str]]:
    rule = view.published.scheme.items.get(entry.item) if view.published else None
    yield tr("Item"), entry.item_name(language)
    days = [document_day(one, tr) for one in (entry.occurred_on, entry.ended_on) if one]
    yield tr("Occurred on"), " – ".join(days)
    yield tr("Facts"), entry.facts
    yield from particulars(entry, rule.unit.in_language(language) if rule else "", tr)
    yield tr("Deciding authority") if decided else tr("Found out by"), entry.authority
    yield tr("Document number"), entry.document_no
    yield tr("Decided on"), document_day(entry.decided_on, tr) if entry.decided_on else ""
    yield tr("Channel"), label(entry.channel, tr)
    yield tr("Legal basis"), rule.reference if rule else ""
    yield tr("Evidence"), tr("; ").join(one.title for one in view.evidence_of(entry))
