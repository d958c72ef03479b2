"""Entries that wait for verification, and items to choose from."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.permissions import Actor, Permission, require
from models.conduct import Item
from models.types import Category, Polarity


class ItemRow(NamedTuple):
    """An item to choose."""

    code: str
    polarity: Polarity
    category: Category
    name_zh: str
    name_en: str
    keys: str
    """Full pinyin and initials."""

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_zh if language.startswith("zh") else self.name_en

    def found_by(self, typed: str) -> bool:
        """Whether the item is meant by Chinese, English, pinyin, initials or code."""
        small = typed.strip().lower()
        return (
            small in self.name_zh
            or small in self.name_en.lower()
            or any(key.startswith(small) for key in self.keys.split())
            or self.code.startswith(small)
        )


def items(session: Session, actor: Actor) -> list[ItemRow]:
    """The catalogue, in the order in which standards brought it."""
    require(actor, Permission.READ_FILES)
    rows = session.execute(
        select(Item.code, Item.polarity, Item.category, Item.name_zh, Item.name_en, Item.keys).order_by(
            Item.id
        )
    )
    return [ItemRow(row[0], Polarity(row[1]), Category(row[2]), *row[3:]) for row in rows]
