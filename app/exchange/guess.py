"""Proposes a mapping for a list by the words in its headings; the wizard shows it for correction."""

import re
from collections.abc import Sequence

from app.exchange.fields import FIELDS, Kind, Placement, column_words
from app.exchange.mapping import ListMapping, PlaceRule
from app.exchange.values import plain

_NOTES = re.compile(r"[(\[【〔].*?[)\]】〕]|\W|_")

_SUFFIX = re.compile(r"\.(csv|csv\.gz|xlsx?)$", re.IGNORECASE)
_DATED = re.compile(r"[0-9]+[年月日度]*|副本|\bcopy\b", re.IGNORECASE)

_NAMING = ("staff_no", "item", "occurred_on", "received_on", "document_no", "order_no", "act")
"""The fields whose columns together name a row of a list of entries."""


def guess_mapping(columns: Sequence[str], kind: Kind, source: str = "") -> ListMapping:
    """The mapping that the headings suggest. What no heading fits is left open.

    A list that tells when complaints were received, but of no item, is taken for leads.
    """
    found = guess_columns(columns, kind)
    if kind is Kind.PEOPLE:
        key = [found[name] for name in ("staff_no",) if name in found]
    else:
        key = [found[name] for name in _NAMING if name in found]
    leads = kind is Kind.ENTRIES and "received_on" in found and "item" not in found
    return ListMapping(
        kind=kind,
        source=source or kind.value,
        key=tuple(key),
        columns=found,
        place=(PlaceRule({}, Placement.LEAD),) if leads else (),
    )


def guess_columns(columns: Sequence[str], kind: Kind) -> dict[str, str]:
    """By field: the column whose heading fits it best. No column serves two fields."""
    fits = [
        (fit, -place, field, column)
        for field in FIELDS[kind]
        for place, column in enumerate(columns)
        if (fit := _fit(column, field))
    ]
    found: dict[str, str] = {}
    for _, _, field, column in sorted(fits, reverse=True):
        if field not in found and column not in found.values():
            found[field] = column
    return {field: found[field] for field in FIELDS[kind] if field in found}


def _fit(column: str, field: str) -> int:
    """How well a heading fits a field: 0 not at all, 1000 exactly, else by the letters they share."""
    heading = _bare(column)
    best = 0
    for word in (field, *column_words()[field].all()):
        bare = _bare(word)
        if bare == heading:
            return 1000
        if len(bare) > 1 and not bare.isascii() and bare in heading:
            best = max(best, len(bare))
    return best


def _bare(text: str) -> str:
    """A heading without notes in brackets, marks and spaces, in small letters."""
    return _NOTES.sub("", plain(text)).lower()


def guess_kind(columns: Sequence[str]) -> Kind:
    """Entries where a heading names what was done or when; else people."""
    found = guess_columns(columns, Kind.ENTRIES)
    return Kind.ENTRIES if found.keys() & {"item", "occurred_on", "received_on"} else Kind.PEOPLE


def guess_source(name: str, kind: Kind) -> str:
    """A name for this kind of list from that of its file, without dates, numbers and notes."""
    words = _DATED.sub("", _NOTES.sub(" ", _SUFFIX.sub("", name))).split()
    return " ".join(words) or kind.value
