"""What is another in one standard than in another, in words."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

from app.explanation import rule_name
from app.labels import label
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import NotCounted
from app.rules.grading.compare import At, Change, Turn, compare
from app.rules.grading.parsing import ALWAYS, BadScheme, content_of, parse
from app.rules.grading.reading import Amount, Code, Share, Text, slots_of, turning_days
from app.rules.grading.scheme import Scheme
from app.standards.field_titles import title
from app.standards.schemes import read_scheme
from app.standards.sentences import Words, sentence
from app.words import in_use, listed, mark, tr
from models.types import Day, Points, day_before, iso


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
    stood: dict[object, _Stood] = {}
    for number, day in enumerate(days):
        before, after = _standing(old, day), _standing(new, day)
        if before is None or after is None:
            continue
        for change in compare(before, after):
            key = (change.turn, change.place, repr(change.before), repr(change.after))
            first = stood[key].first if key in stood else number
            stood[key] = _Stood(change, _Names(before, after), first, number)
    found = [_told(one, days) for one in stood.values()]
    return sorted(found, key=lambda one: list(Part).index(one.part))


class _Stood(NamedTuple):
    """A change, and the first and the last stretch of time in which it is so."""

    change: Change
    names: "_Names"
    first: int
    last: int


def _days(old: str, new: str) -> list[Day]:
    """The first day of each stretch of time in which both stand the same."""
    turns = sorted(turning_days(content_of(old)) | turning_days(content_of(new)))
    return [day_before(turns[0]), *turns] if turns else [ALWAYS]


def _standing(text: str, on: Day) -> Scheme | None:
    """The standard on a day; None where it says too little then, as before it holds at all."""
    try:
        return parse(text, on)
    except BadScheme:
        return None


def _told(one: _Stood, days: list[Day]) -> Told:
    change, names = one.change, one.names
    last = change.path[-1]
    part = _PART_OF.get(change.path[0].slot.key, Part.FRAME)
    before, after = (
        ""
        if value is None and change.turn is not Turn.CHANGED
        else _words(_kind_of(last), value, last, names)
        for value in (change.before, change.after)
    )
    if before == after:  # a name in the other language, or a row that differs in what is not said of it
        before, after = (_in_full(value) for value in (change.before, change.after))
    where = _where(change.path, part, names)
    return Told(part, change.turn, where, before, after, _when(one, days), ".".join(change.place))


def _when(one: _Stood, days: list[Day]) -> str:
    since = iso(days[one.first]) if one.first else ""
    until = iso(day_before(days[one.last + 1])) if one.last + 1 < len(days) else ""
    if since and until:
        return tr("({since} to {until})").format(since=since, until=until)
    if since:
        return tr("(from {since} on)").format(since=since)
    return tr("(until {until})").format(until=until) if until else ""


# Where


class _Names:
    """What the two standards call things; the later one comes first."""

    def __init__(self, old: Scheme, new: Scheme) -> None:
        self.language = in_use()
        self._both = [(scheme, Words(scheme, self.language)) for scheme in (new, old)]
        self.new = new

    def of(self, code: str) -> str:
        """The name of what has a code; the code itself where there is no such thing."""
        found = (
            name
            for scheme, words in self._both
            for name in (words.name(code), rule_name(code, scheme, self.language))
            if name != code
        )
        return next(found, code)


def _where(path: tuple[At, ...], part: Part, names: _Names) -> str:
    """The place as people call it: “Warning · Points · County”."""
    said: list[str] = []
    for at in path:
        kind = title(at.table, at.slot)
        if at.row is None:
            said += [kind, _key(at, names)] if at.key else [kind]
        elif kind == tr(PARTS[part]) and not at.key.isdigit():
            said.append(_row(at, names))
        else:
            said.append(tr("{kind} {name}").format(kind=kind, name=_row(at, names)))
    return " · ".join(said)


def _row(at: At, names: _Names) -> str:
    name = getattr(at.row, "name", None)
    quoted = tr("“{name}”")
    if isinstance(name, Text):
        return quoted.format(name=name.in_language(names.language) or at.key)
    code = getattr(at.row, "band", "") or getattr(at.row, "item", "")
    return quoted.format(name=names.of(code)) if code else at.key


def _key(at: At, names: _Names) -> str:
    keys = get_args(_plain(at.slot.kind))[0]
    return label(keys(at.key)) if _is_enum(keys) else names.of(at.key)


# Values


def _plain(kind: Any) -> Any:
    """X for X | None."""
    if get_origin(kind) in (Union, UnionType):
        return next(one for one in get_args(kind) if one is not NoneType)
    return kind


def _kind_of(at: At) -> Any:
    """What stands there: the field, or one of what it holds."""
    kind = _plain(at.slot.kind)
    if at.row is not None:
        return type(at.row)
    return get_args(kind)[1] if at.key else kind


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


NOTHING = "—"


def _words(kind: Any, value: Any, at: At, names: _Names) -> str:
    """A value as people write it."""
    kind = _plain(kind)
    if value is None or value == "" or value == ():
        return NOTHING
    if kind in (Points, Share, Amount):
        number = Points(value)
        return signed_points(number) if at.slot.key == "points" else plain_points(number)
    if kind is Day:
        return iso(value)
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Text):
        return value.in_language(names.language) or NOTHING
    if isinstance(value, tuple):
        return listed(_words(_element(kind, one), one, at, names) for one in value)
    if isinstance(value, Mapping):
        return _mapping(kind, value, at, names)
    if isinstance(value, StrEnum):
        return label(value)
    if at.slot.key == "why" and value in tuple(NotCounted):
        return label(NotCounted(value))
    if kind is Code:
        return names.of(value)
    return str(value) if isinstance(value, str | int) else _table(value, names)


def _element(kind: Any, value: Any) -> Any:
    arguments = get_args(kind)
    return arguments[0] if arguments else type(value)


def _mapping(kind: Any, value: Mapping[Any, Any], at: At, names: _Names) -> str:
    values = get_args(kind)[1]
    if _is_enum(get_args(kind)[0]) and len(set(value.values())) == 1:
        return _words(values, next(iter(value.values())), at, names)
    pairs = (
        f"{_key(at._replace(key=str(key)), names)} {_words(values, one, at, names)}"
        for key, one in value.items()
    )
    return tr("; ").join(pairs)


def _table(row: Any, names: _Names) -> str:
    """A row in a sentence, else what it says that is not usual."""
    said = sentence(row, names.new, names.language)
    return said or tr("; ").join([*_fields(row, names)] or _fields(row, names, usual=True))


def _fields(row: Any, names: _Names, usual: bool = False) -> Iterator[str]:
    kind: type = type(row)
    for slot in slots_of(kind):
        value = getattr(row, slot.field)
        if (usual or value != slot.default) and slot.key not in ("code", "name"):
            said = _words(slot.kind, value, At(kind, slot), names)
            yield tr("{field} {value}").format(field=title(kind, slot), value=said)


def _in_full(value: Any) -> str:
    """With all that words in one language leave out."""
    if isinstance(value, Text):
        return f"{value.zh} / {value.en}"
    if isinstance(value, tuple):
        return tr("; ").join(_in_full(one) for one in value)
    return "" if value is None else str(getattr(value, "code", value))
