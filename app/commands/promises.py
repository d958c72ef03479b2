"""The office's own published promises (承诺事项): a small list to hold leads against."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import needed, passed_day
from app.commands.ledger import writing
from app.errors import Conflict, Invalid, NotFound
from app.permissions import Actor, Permission, require
from app.rules.inputs import NewPromise
from app.words import tr
from models.database import moment
from models.images import OFFICE_CHAIN
from models.leads import Promise
from models.types import Day, Uid, day, day_at, new_uid

_LONG_AGO = day(1990, 1, 1)


def add_promises(session: Session, actor: Actor, new: Sequence[NewPromise]) -> Changes:
    """Add promises as they were published; one that stands already with the same post is refused."""
    require(actor, Permission.KEEP_FILES)
    checked = [_checked(session, one) for one in new]
    if not checked:
        raise Invalid(tr("There is no promise in it. Write a matter, a limit and a post in each line."))
    with writing(session, actor, "add_promises") as ledger:
        uids = []
        for one in checked:
            row = Promise(uid=new_uid(), **one._asdict())
            session.add(row)
            ledger.add_row(OFFICE_CHAIN, "promise_added", "promise", Uid(row.uid))
            uids.append(Uid(row.uid))
        return changed(Kind.LEADS, *uids)


def end_promise(session: Session, actor: Actor, uid: Uid, ended_on: Day) -> Changes:
    """The promise is not given any more. Leads that touch it go on naming it."""
    require(actor, Permission.KEEP_FILES)
    row = session.execute(select(Promise).where(Promise.uid == uid)).scalar_one_or_none()
    if row is None or row.ended_on:
        raise NotFound(tr("This promise is not given any more. Look at the list again."))
    on = passed_day("ended_on", ended_on, Day(row.published_on), day_at(moment(session)))
    with writing(session, actor, "end_promise") as ledger:
        row.ended_on = on
        ledger.add_row(OFFICE_CHAIN, "promise_ended", "promise", uid)
        return changed(Kind.LEADS, uid)


def _checked(session: Session, new: NewPromise) -> NewPromise:
    matter = needed("matter", new.matter, tr("Enter what is promised."))
    term = needed("term", new.term, tr("Enter the limit, such as “3 working days”."))
    post = needed("post", new.post, tr("Enter the post that keeps it."))
    on = passed_day("published_on", new.published_on, _LONG_AGO, day_at(moment(session)))
    same = select(Promise.id).where(
        Promise.matter == matter, Promise.post == post, Promise.ended_on.is_(None)
    )
    if session.execute(same.limit(1)).first():
        sentence = tr("“{matter}” of {post} stands in the list already. End the older one first.")
        raise Conflict(sentence.format(matter=matter, post=post), field="matter")
    return NewPromise(matter, term, post, on)
