"""What the window says at its top: the office."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import wording_errors
from app.permissions import Actor, Permission, require
from models.database import Database
from models.people import Office


class OfficeName(NamedTuple):
    """The office in both languages."""

    zh: str
    en: str
    stopped: bool
    """Whether its clock stands still, as in the sample."""

    def in_language(self, language: str) -> str:
        """The name for ``zh…`` or another language."""
        return self.zh if language.startswith("zh") or not self.en else self.en


def office_name(session: Session, actor: Actor) -> OfficeName:
    """The name of the office."""
    require(actor, Permission.READ_FILES)
    return _name(session)


def name_at_the_door(database: Database) -> OfficeName:
    """The name of an opened office, for those who are about to sign in. Raises Unavailable."""
    with wording_errors(), database.read() as session:
        return _name(session)


def _name(session: Session) -> OfficeName:
    row = session.execute(select(Office.name, Office.name_en, Office.stopped_on)).one()
    return OfficeName(row[0], row[1], row[2] is not None)
