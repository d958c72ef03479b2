"""Publishes standards."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.adoption import adopting, published_columns, refuse_edition
from app.commands.changes import Changes, Kind, changed
from app.commands.ledger import Ledger, writing
from app.errors import Conflict, Invalid
from app.permissions import Actor, Permission, require
from app.pinyin import search_keys
from app.rules.grading.examples import run_examples
from app.rules.grading.scheme import ItemRule, Scheme
from app.standards.schemes import published_scheme, read_scheme
from app.words import in_use, listed, ntr, tr
from models.conduct import Item
from models.images import OFFICE_CHAIN
from models.schemes import SchemeRow
from models.types import Day, Uid, new_uid


def publish_scheme(session: Session, actor: Actor, text: str, adopted_by: str, valid_from: Day) -> Changes:
    """Publish a standard under the number of the document that adopts it. It never changes again."""
    require(actor, Permission.PUBLISH_SCHEMES)
    scheme = read_scheme(text, valid_from)
    document = adopting(adopted_by)
    _refuse_failed_examples(scheme, text)
    same = SchemeRow.code == scheme.code
    refuse_edition(session, SchemeRow, same, (scheme.code, scheme.edition), valid_from)
    with writing(session, actor, "publish_scheme") as ledger:
        for rule in scheme.items.values():
            register_item(session, ledger, rule)
        row = SchemeRow(
            code=scheme.code,
            edition=scheme.edition,
            title_zh=scheme.title.zh,
            title_en=scheme.title.en,
            **published_columns(ledger, actor, text, document, valid_from),
        )
        session.add(row)
        ledger.add_row(OFFICE_CHAIN, "scheme_published", "scheme", Uid(row.uid))
        return changed(Kind.SCHEMES, Uid(row.uid))


def _refuse_failed_examples(scheme: Scheme, text: str) -> None:
    """A standard by which its own examples come out otherwise says something else than was meant."""
    failed = [ran for ran in run_examples(scheme, partial(published_scheme, text)) if ran.misses]
    if failed:
        sentence = ntr(
            "{n} example comes out otherwise: {names}. Correct it or the standard, then publish it.",
            "{n} examples come out otherwise: {names}. Correct them or the standard, then publish it.",
            len(failed),
        )
        names = listed(ran.example.name.in_language(in_use()) for ran in failed[:NAMED])
        raise Invalid(sentence.format(n=len(failed), names=names))


NAMED = 5
"""Failed examples that are named."""


def register_item(session: Session, ledger: Ledger, rule: ItemRule) -> None:
    """Add an item to the catalogue; one that is there must agree in what it is."""
    known = session.execute(select(Item).where(Item.code == rule.code)).scalar_one_or_none()
    if known is None:
        known = Item(uid=new_uid(), code=rule.code, polarity=rule.polarity)
        session.add(known)
    elif known.polarity != rule.polarity:
        sentence = tr("The item {code} counts the other way in an earlier standard. Give it another code.")
        raise Conflict(sentence.format(code=rule.code))
    elif (known.category, known.name_zh, known.name_en) == (rule.category, rule.name.zh, rule.name.en):
        return
    known.category, known.name_zh, known.name_en = rule.category, rule.name.zh, rule.name.en
    known.keys = " ".join(search_keys(rule.name.zh, is_name=False))
    ledger.add_row(OFFICE_CHAIN, "item_registered", "item", Uid(known.uid))
