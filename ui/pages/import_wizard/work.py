"""What the import wizard knows so far. Every step reads it, and says what it wants otherwise."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from app.commands.imports import Imported, ListSource
from app.exchange.binding import Lookups
from app.exchange.content import suffix_of
from app.exchange.fields import RECORDS, Kind, Placement
from app.exchange.guess import guess_mapping, guess_source
from app.exchange.judge import Judged
from app.exchange.mapping import ListMapping, dump_mapping
from app.exchange.matching import fitting, refusal
from app.exchange.remembered import recall
from app.exchange.survey import Survey
from app.problems import field_label
from app.queries.entries import ItemRow
from app.words import listed, mark, tr
from models.types import Day

FILE, COLUMNS, VALUES, TRIAL, IMPORT = range(5)
STEPS = (mark("File"), mark("Columns"), mark("Values"), mark("Trial run"), mark("Import"))

WHO: Mapping[Kind, tuple[str, ...]] = {Kind.PEOPLE: ("staff_no", "name"), Kind.ENTRIES: ("staff_no",)}
"""The fields without which no row can be read, whatever else the mapping says."""


class Known(NamedTuple):
    """What matching needs to know of the office."""

    items: tuple[ItemRow, ...] = ()
    departments: tuple[str, ...] = ()
    """Their paths."""
    today: Day = Day(0)

    @property
    def item_codes(self) -> dict[str, str]:
        """The code of an item by each of its names."""
        return {name: item.code for item in self.items for name in (item.code, item.name_zh, item.name_en)}


class Tried(NamedTuple):
    """What the dry run said."""

    counts: Counter[Placement]
    rejected: tuple[Judged, ...]
    """The first of them."""
    doubtful: tuple[Judged, ...] = ()
    """The first entries that perhaps say a fact twice."""
    doubts: int = 0
    """How many there are."""
    repeated: str = ""
    """How much of the list was imported before, in a sentence."""


class Work(NamedTuple):
    """A list on its way in."""

    survey: Survey | None = None
    mapping: ListMapping = ListMapping(Kind.ENTRIES)
    known: Known = Known()
    brought: str = ""
    """Where the mapping came from, in a sentence."""
    refused: str = ""
    """Why the list could not be read, tried or imported, in a sentence."""
    tried: Tried | None = None
    imported: Imported | None = None

    @property
    def source(self) -> ListSource:
        """What the commands take."""
        assert self.survey
        return ListSource(self.survey.path, dump_mapping(self.mapping))

    def mapped(self, mapping: ListMapping) -> "Work":
        """With another mapping; what was tried with the former says nothing any more."""
        return self._replace(mapping=mapping, tried=None, imported=None, refused="")


def begun(work: Work, survey: Survey, kind: Kind) -> Work:
    """A list was read: matched as this desk remembers it, or as its headings suggest."""
    remembered = recall(kind, survey.columns)
    if remembered:
        mapping, _ = fitting(remembered, survey.columns)
        brought = tr("Matched as the last list with these headings.")
    else:
        mapping = guess_mapping(survey.columns, kind, guess_source(survey.path.name, kind))
        brought = tr("Matched by the headings. Look through it, and complete what is open.")
    mapping = replace(mapping, sheet=survey.sheet if survey.sheets[:1] != (survey.sheet,) else "")
    return Work(survey, mapping, work.known, brought)


def with_loaded(work: Work, mapping: ListMapping, name: str) -> Work:
    """A mapping from a file, as far as this list has columns for it."""
    assert work.survey
    fitted, lacking = fitting(mapping, work.survey.columns)
    brought = tr("Matched by {name}.").format(name=name)
    if lacking:
        sentence = tr("Matched by {name}; the list has no column {columns}, which it names.")
        brought = sentence.format(name=name, columns=listed(lacking))
    return work.mapped(replace(fitted, sheet=work.mapping.sheet))._replace(brought=brought)


def hindrance(work: Work, step: int) -> str:
    """Why one cannot go on from a step, in a sentence; empty where one can."""
    if step == FILE or work.survey is None:
        return "" if work.survey else tr("Choose the file of a list.")
    if step == COLUMNS:
        missing = [name for name in WHO[work.mapping.kind] if name not in work.mapping.columns]
        fields = listed(map(field_label, missing))
        return tr("Say which column holds: {fields}.").format(fields=fields) if missing else ""
    if step == VALUES:
        lookups = Lookups({}, work.known.item_codes, work.known.today)
        return refusal(work.mapping, work.survey.columns, lookups)
    if work.tried is None:
        return tr("Nothing is imported before the list was tried.")
    if taken(work.tried.counts):
        return ""
    return work.tried.repeated or tr("No row of this list would be imported.")


def furthest(work: Work) -> int:
    """The last step that one can go to."""
    return next((step for step in range(IMPORT) if hindrance(work, step)), IMPORT)


def taken(counts: Counter[Placement]) -> int:
    """The rows that become something."""
    return sum(counts[placement] for placement in RECORDS)


def report_name(path: Path) -> str:
    """What a report on the import of a file is called."""
    name = path.name[: -len(suffix_of(path))]
    return tr("{name}, import report").format(name=name) + ".xlsx"
