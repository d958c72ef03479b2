"""What the notice that an influence period ends says (期满告知): plain data for ``reports.period_end``."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.influence import influence_words
from app.permissions import Actor, Permission, require
from app.queries.due import due
from app.queries.files import file_head
from app.queries.heads import newest_seal
from app.queries.influence import EndingInfluence
from app.queries.lists import Asked, asked_departments
from app.reports.content import PeriodEnd
from app.words import translator
from models.database import moment
from models.people import Office
from models.types import day_at

_NOT_RESTORED = ("sanction.demotion", "sanction.removal")
"""解除降级、撤职的，不恢复原职务、职级 (公职人员政务处分法 第二十六条)."""


def period_ends(
    session: Session, actor: Actor, asked: Asked, language: str
) -> tuple[Sequence[PeriodEnd], int]:
    """The notices for the influence periods in the list of what ends, and of how many there is none.

    There is none where the person did another wrong within the period: it is not lifted by itself then
    (公职人员政务处分法 第二十六条), and somebody has to look first.
    """
    require(actor, Permission.PRINT)
    tr, today = translator(language), day_at(moment(session))
    office = session.execute(select(Office.name, Office.name_en)).one()
    name = office.name if language.startswith("zh") or not office.name_en else office.name_en
    wanted = asked_departments(session, actor, asked)
    found = due(session, actor, asked.until or today, wanted, tr)
    ending = [one.end.ending for one in found if one.end.ending]
    told = [one for one in ending if not one.new_act]
    seal = newest_seal(session, actor)
    alike = {
        "office": name,
        "printed_on": today,
        "seal_root": seal.root.hex() if seal else "",
        "sealed_on": day_at(seal.moment) if seal else None,
    }
    papers = [_paper(session, actor, one, language, alike) for one in told]
    return papers, len(ending) - len(told)


def _paper(
    session: Session, actor: Actor, one: EndingInfluence, language: str, alike: Mapping[str, Any]
) -> PeriodEnd:
    head = file_head(session, actor, one.staff_no)
    return PeriodEnd(
        name=one.name,
        staff_no=one.staff_no,
        file_no=head.number,
        post=" ".join(filter(None, (one.department, head.post))),
        item=one.item_name(language),
        authority=one.authority,
        document_no=one.document_no,
        since=one.period.sanction.since,
        until=one.period.until,
        length=influence_words(one.period, translator(language)),
        by_law=one.period.sanction.by_law,
        restores_nothing=one.item in _NOT_RESTORED,
        chain_seq=head.chain_seq,
        chain_hash=head.chain_hash.hex(),
        **alike,
    )
