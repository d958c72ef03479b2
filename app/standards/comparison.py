"""What is another in one standard than in another, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from app.rules.grading.compare import At, Change, Turn, compare
from app.rules.grading.dating import turning_days
from app.rules.grading.parsing import ALWAYS, BadScheme, content_of
from app.rules.grading.scheme import Scheme
from app.standards.field_titles import title
from app.standards.schemes import published_scheme, read_scheme
from app.standards.value_words import Names, in_full, key_words, kind_of, named, row_words, value_words
from app.words import listed, mark, tr
from models.types import Day, day_before, iso


class Part(StrEnum):
    """Where a change belongs."""

    FRAME = "frame"
    BANDS = "bands"
    ITEMS = "items"
    RULES = "rules"
    VALIDITY = "validity"
    EXAMPLES = "examples"


PARTS: Mapping[Part, str] = {
    Part.FRAME: mark("Frame"),
    Part.BANDS: mark("Grades"),
    Part.ITEMS: mark("Items"),
    Part.RULES: mark("Rules"),
    Part.VALIDITY: mark("Validity"),
    Part.EXAMPLES: mark("Examples"),
}
_PART_OF = {
    "bands": Part.BANDS,
    "items": Part.ITEMS,
    "groups": Part.ITEMS,
    "local": Part.ITEMS,
    "validity": Part.VALIDITY,
    "examples": Part.EXAMPLES,
    **dict.fromkeys(
        ("direct", "limits", "quotas", "not_rated", "comment_only", "combination", "attention"), Part.RULES
    ),
}
"""By key of the standard; all else is its frame."""


class Told(NamedTuple):
    """One change in words, in the language in use."""

    part: Part
    turn: Turn
    where: str
    before: str
    """Empty for what was added."""
    after: str
    """Empty for what was removed."""
    when: str
    """The days between which it is so; empty where it always is."""
    place: str
    """As the text of the standard names it: ``items[overdue].points``."""

    def sentence(self) -> str:
        """All of it in a line."""
        said = {
            Turn.CHANGED: tr("{where}: {before} → {after}"),
            Turn.ADDED: tr("{where}: added: {after}"),
            Turn.REMOVED: tr("{where}: removed: {before}"),
            Turn.REORDERED: tr("{where}: another order: {before} → {after}"),
        }[self.turn]
        said = said.format(where=self.where, before=self.before, after=self.after)
        return tr("{sentence} {when}").format(sentence=said, when=self.when) if self.when else said


def compared(old: str, new: str) -> list[Told]:
    """What changes from one text to another, by part; nothing for a text and itself.

    Values that hold for a time are looked at in every stretch of time. Raises Invalid where one of the
    texts is no standard.
    """
    for text in (old, new):
        read_scheme(text)
    days = _days(old, new)
    found = [_told(one, days) for one in _stood(old, new, days)]
    return sorted(found, key=lambda one: list(Part).index(one.part))


@dataclass(slots=True)
class _Stood:
    """A change, and the first and the last stretch of time in which it is so."""

    change: Change
    names: Names
    first: int
    last: int


def _stood(old: str, new: str, days: list[Day]) -> list[_Stood]:
    """Every change once for each run of stretches in which it is the same."""
    found: list[_Stood] = []
    standing: dict[object, _Stood] = {}
    for number, day in enumerate(days):
        before, after = _standing(old, day), _standing(new, day)
        if before is None or after is None:
            continue
        names = Names(before, after)
        for change in compare(before, after):
            key = change.turn, change.place, repr(change.before), repr(change.after)
            one = standing.get(key)
            if one and one.last == number - 1:
                one.last = number
            else:
                standing[key] = _Stood(change, names, number, number)
                found.append(standing[key])
    return found


def _days(old: str, new: str) -> list[Day]:
    """The first day of each stretch of time in which both stand the same."""
    turns = sorted(turning_days(content_of(old)) | turning_days(content_of(new)))
    return [day_before(turns[0]), *turns] if turns else [ALWAYS]


def _standing(text: str, on: Day) -> Scheme | None:
    """The standard on a day; None where it says too little then, as before it holds at all."""
    try:
        return published_scheme(text, on)
    except BadScheme:
        return None


def _told(one: _Stood, days: list[Day]) -> Told:
    change, names = one.change, one.names
    last = change.path[-1]
    part = _PART_OF.get(change.path[0].slot.key, Part.FRAME)
    before, after = (_value(change.turn, value, last, names) for value in (change.before, change.after))
    if before == after:  # a name in the other language, or a row that differs in what is not said of it
        before, after = (in_full(value) for value in (change.before, change.after))
    where = _where(change.path, part, names)
    return Told(part, change.turn, where, before, after, _when(one, days), ".".join(change.place))


def _value(turn: Turn, value: Any, at: At, names: Names) -> str:
    if turn is Turn.REORDERED:
        return listed(named(row, names) or row_words(row, names) for row in value)
    return "" if value is None and turn is not Turn.CHANGED else value_words(kind_of(at), value, at, names)


def _when(one: _Stood, days: list[Day]) -> str:
    since = iso(days[one.first]) if one.first else ""
    until = iso(day_before(days[one.last + 1])) if one.last + 1 < len(days) else ""
    if since and until:
        return tr("({since} to {until})").format(since=since, until=until)
    if since:
        return tr("(from {since} on)").format(since=since)
    return tr("(until {until})").format(until=until) if until else ""


def _where(path: tuple[At, ...], part: Part, names: Names) -> str:
    """The place as people call it: “Warning · Points · County”."""
    said: list[str] = []
    for at in path:
        kind = title(at.table, at.slot)
        if at.row is None:
            said += [kind, key_words(at, names)] if at.key else [kind]
        else:
            name = named(at.row, names)
            is_plain = name and kind == tr(PARTS[part])
            said.append(name if is_plain else tr("{kind} {name}").format(kind=kind, name=name or at.key))
    return " · ".join(said)
