"""What the notice that an influence period ends says (期满告知): plain data for ``reports.period_end``."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from app.queries.due import due
from app.queries.files import file_head
from app.queries.heads import newest_seal
from app.queries.influence import EndingInfluence, influence_today
from app.queries.lists import Asked, asked_departments
from app.reports.content import PeriodEnd
from app.words import translator
from models.database import moment
from models.people import Office
from models.types import day_after, day_at

_NOT_RESTORED = ("sanction.demotion", "sanction.removal")
"""解除降级、撤职的，不恢复原职务、职级 (公职人员政务处分法 第二十六条)."""


class PeriodEnds(NamedTuple):
    """The notices that belong to the list of what ends, and how many there are not."""

    papers: Sequence[PeriodEnd]
    to_come: int
    """Periods that still run today: nobody is told of an end that may not come."""
    again: int
    """Periods within which the person did another wrong: they are not lifted by themselves
    (公职人员政务处分法 第二十六条), and somebody has to look first."""


def period_ends(session: Session, actor: Actor, asked: Asked, language: str) -> PeriodEnds:
    """The notices for the influence periods that ended in the month that is asked for."""
    require(actor, Permission.PRINT)
    tr, today = translator(language), day_at(moment(session))
    office = session.execute(select(Office.name, Office.name_en)).one()
    name = office.name if language.startswith("zh") or not office.name_en else office.name_en
    wanted = asked_departments(session, actor, asked)
    found = due(session, actor, asked.until or today, wanted, tr)
    ending = [one.end.ending for one in found if one.end.ending]
    over = [one for one in ending if one.period.until < today]
    told = [one for one in over if not one.new_act]
    seal = newest_seal(session, actor)
    alike = {
        "office": name,
        "printed_on": today,
        "seal_root": seal.root.hex() if seal else "",
        "sealed_on": day_at(seal.moment) if seal else None,
    }
    papers = [_paper(session, actor, one, language, alike) for one in told]
    return PeriodEnds(papers, len(ending) - len(over), len(over) - len(told))


def _paper(
    session: Session, actor: Actor, one: EndingInfluence, language: str, alike: Mapping[str, Any]
) -> PeriodEnd:
    head = file_head(session, actor, one.staff_no)
    after = influence_today(session, actor, [head.person_id], day_after(one.period.until))
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
        others_until=max((other.until for other in after.get(head.person_id, ())), default=None),
        by_law=one.period.sanction.by_law,
        restores_nothing=one.item in _NOT_RESTORED,
        chain_seq=head.chain_seq,
        chain_hash=head.chain_hash.hex(),
        **alike,
    )
