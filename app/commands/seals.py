"""Seals the heads of all chains, once a day: their root leaves the building on every paper."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.ledger import writing
from app.permissions import Actor, Permission, require
from app.queries.heads import SealRow, newest_seal
from models.database import moment
from models.images import OFFICE_CHAIN
from models.ledger import Chain, Head, Seal, packed, root_of
from models.types import Uid, day_at, new_uid


def seal_heads(session: Session, actor: Actor) -> SealRow:
    """The seal of today: made now where there is none yet."""
    require(actor, Permission.READ_FILES)
    newest = newest_seal(session, actor)
    if newest and day_at(newest.moment) == day_at(moment(session)):
        return newest
    chains = session.execute(select(Chain.id, Chain.uid, Chain.seq, Chain.hash)).all()
    with writing(session, actor, "seal_heads") as ledger:
        row = Seal(
            uid=new_uid(),
            moment=ledger.moment,
            chains=len(chains),
            root=root_of(Head(Uid(uid), seq, last) for _, uid, seq, last in chains),
            lengths=packed({key: seq for key, _, seq, _ in chains}),
        )
        session.add(row)
        ledger.add_row(OFFICE_CHAIN, "heads_sealed", "seal", Uid(row.uid))
    return SealRow(ledger.moment, row.chains, row.root)
