"""What a command says it changed, so that each screen can decide whether it cares."""

from dataclasses import dataclass
from enum import StrEnum

from models.types import Uid


class Kind(StrEnum):
    """Kinds of records that screens show."""

    DEPARTMENTS = "departments"
    PEOPLE = "people"
    ENTRIES = "entries"
    LEADS = "leads"
    SCHEMES = "schemes"
    EVALUATIONS = "evaluations"
    ACCOUNTS = "accounts"
    BATCHES = "batches"
    DRAFTS = "drafts"
    ENTRY_DRAFTS = "entry_drafts"
    ERASURES = "erasures"
    READINGS = "readings"
    OBJECTIONS = "objections"
    CALENDARS = "calendars"


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of what changed, the uids of the records themselves where they are few, and a word on it."""

    kinds: frozenset[Kind] = frozenset()
    uids: tuple[Uid, ...] = ()

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(self.kinds | other.kinds, self.uids + other.uids)


def changed(kind: Kind, *uids: Uid) -> Changes:
    """One kind changed, in these records."""
    return Changes(frozenset({kind}), uids)
