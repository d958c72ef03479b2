"""What a clearing (澄清) says: plain data for ``reports.clearing``. Who complained is not in it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.labels import label
from app.permissions import Actor, Permission, require
from app.queries.files import file_head
from app.queries.heads import newest_seal
from app.queries.leads import lead_view
from app.reports.content import ClearingPaper
from app.words import tr, translator
from models.database import moment
from models.people import Office
from models.types import Uid, day_at


def clearing_paper(session: Session, actor: Actor, uid: Uid, language: str) -> ClearingPaper:
    """The clearing of the person of a lead, in a language. Raises Conflict where none was issued.

    Without the number of the work order, by which somebody could find out who complained.
    """
    require(actor, Permission.PRINT)
    view = lead_view(session, actor, uid)
    lead = view.row
    if not (lead.cleared_on and lead.cleared_by and lead.clearing_scope and lead.agreed_on):
        raise Conflict(tr("No clearing is issued in this lead yet. Issue it first."))
    head = file_head(session, actor, view.staff_no)
    require(actor, Permission.PRINT, head.department_id)
    seal = newest_seal(session, actor)
    office = session.execute(select(Office.name, Office.name_en)).one()
    return ClearingPaper(
        office=office.name if language.startswith("zh") or not office.name_en else office.name_en,
        printed_on=day_at(moment(session)),
        name=head.name,
        staff_no=head.staff_no,
        file_no=head.number,
        post=" ".join(filter(None, (head.department, head.post))),
        received_on=lead.received_on,
        channel=label(lead.channel, translator(language)),
        matter=lead.matter,
        outcome=lead.outcome,
        cleared_by=lead.cleared_by,
        cleared_on=lead.cleared_on,
        scope=lead.clearing_scope,
        agreed_on=lead.agreed_on,
        chain_seq=head.chain_seq,
        chain_hash=head.chain_hash.hex(),
        seal_root=seal.root.hex() if seal else "",
        sealed_on=day_at(seal.moment) if seal else None,
    )


def clearing_file_name(paper: ClearingPaper) -> str:
    """What its file is called, without the ending."""
    return f"{paper.staff_no}-{paper.name}-{paper.cleared_on}"
