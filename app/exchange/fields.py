"""What a list can bring: our fields, how their cells are read, and the words that lists use for them."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from app.exchange.values import plain
from app.rules.inputs import NewEntry, NewLead, NewPerson
from models.types import AuthorityLevel, Capacity, Channel, Commitment, Leaving, ServiceState

_VOCABULARY = Path(__file__).parent.parent.parent / "resources" / "exchange" / "vocabulary.toml"

LANGUAGES = ("zh", "en")
"""Of the words in the vocabulary."""


class Kind(StrEnum):
    """What the rows of a list are."""

    PEOPLE = "people"
    ENTRIES = "entries"


class Placement(StrEnum):
    """Where a row goes."""

    PERSON = "person"
    ENTRY = "entry"
    LEAD = "lead"
    LEFT_OUT = "left_out"
    REJECTED = "rejected"


RECORDS: Mapping[Placement, type[NewPerson] | type[NewEntry] | type[NewLead]] = {
    Placement.PERSON: NewPerson,
    Placement.ENTRY: NewEntry,
    Placement.LEAD: NewLead,
}

PLACES: Mapping[Kind, tuple[Placement, ...]] = {
    Kind.PEOPLE: (Placement.PERSON, Placement.LEFT_OUT),
    Kind.ENTRIES: (Placement.ENTRY, Placement.LEAD, Placement.LEFT_OUT),
}
"""What the rules of a mapping may choose, the usual one first."""


class Form(StrEnum):
    """How the cells of a field are read."""

    STAFF_NO = "staff_no"
    NAME = "name"
    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    """Of a document."""
    AMOUNT = "amount"
    """A figure with at most three digits after the point."""
    COUNT = "count"
    DAY = "day"
    ID_NUMBER = "id_number"
    DEPARTMENT = "department"
    ITEM = "item"
    ACT = "act"
    CHOICE = "choice"


_PEOPLE = {
    "staff_no": Form.STAFF_NO,
    "name": Form.NAME,
    "department": Form.DEPARTMENT,
    "post": Form.LINE,
    "rank": Form.LINE,
    "joined_on": Form.DAY,
    "left_on": Form.DAY,
    "leaving": Form.CHOICE,
    "id_number": Form.ID_NUMBER,
    "state": Form.CHOICE,
    "state_since": Form.DAY,
    "state_until": Form.DAY,
}
_ENTRIES = {
    "staff_no": Form.STAFF_NO,
    "name": Form.NAME,
    "item": Form.ITEM,
    "occurred_on": Form.DAY,
    "decided_on": Form.DAY,
    "ended_on": Form.DAY,
    "authority": Form.LINE,
    "level": Form.CHOICE,
    "document_no": Form.NUMBER,
    "facts": Form.TEXT,
    "channel": Form.CHOICE,
    "commitment": Form.CHOICE,
    "act": Form.ACT,
    "quantity": Form.AMOUNT,
    "given_points": Form.AMOUNT,
    "given_reason": Form.TEXT,
    "capacity": Form.CHOICE,
    "authors": Form.COUNT,
    "corrected_on": Form.DAY,
    "corrected_document": Form.NUMBER,
    "received_on": Form.DAY,
    "matter": Form.TEXT,
    "due_on": Form.DAY,
    "closed_on": Form.DAY,
    "order_no": Form.NUMBER,
    "outcome": Form.TEXT,
}

FIELDS: Mapping[Kind, Mapping[str, Form]] = {Kind.PEOPLE: _PEOPLE, Kind.ENTRIES: _ENTRIES}
"""The fields that a mapping of each kind can fill. In a list of entries the name is only compared."""

CHOICES: Mapping[str, type[StrEnum]] = {
    "level": AuthorityLevel,
    "channel": Channel,
    "commitment": Commitment,
    "capacity": Capacity,
    "leaving": Leaving,
    "state": ServiceState,
}


class Words(NamedTuple):
    """The words for a column or a choice, the usual one first."""

    zh: tuple[str, ...]
    en: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        """The words of all languages."""
        return self.zh + self.en

    def usual(self, language: str) -> str:
        """The word that our templates use."""
        return (self.zh if language == "zh" else self.en)[0]


@cache
def column_words() -> Mapping[str, Words]:
    """By field: what lists call it."""
    return {field: _words(entry) for field, entry in _vocabulary()["columns"].items()}


@cache
def choice_words(field: str) -> Mapping[str, Words]:
    """By value of the field: what lists write for it."""
    return {value: _words(entry) for value, entry in _vocabulary()["choices"][field].items()}


@cache
def choices_by_word(field: str) -> Mapping[str, StrEnum]:
    """By word as ``values.read_choice`` wants it: the value of the field that it stands for."""
    kind = CHOICES[field]
    words = {word: kind(value) for value, entry in choice_words(field).items() for word in entry.all()}
    return {plain(word).lower(): value for word, value in {**words, **{v.value: v for v in kind}}.items()}


@cache
def examples() -> Mapping[str, str]:
    """By field: what a cell may hold, for the notes on filling in."""
    return dict(_vocabulary()["examples"])


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(_VOCABULARY.read_text(encoding="utf-8"))


def _words(entry: Mapping[str, list[str]]) -> Words:
    return Words(tuple(entry["zh"]), tuple(entry["en"]))
