"""What stands in the fields of a standard, as people write it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from app.explanation import rule_name
from app.labels import label
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import NotCounted
from app.rules.grading.compare import At
from app.rules.grading.reading import Amount, Code, Share, Text, slots_of
from app.rules.grading.scheme import Scheme
from app.standards.field_titles import title
from app.standards.sentences import Words, sentence
from app.words import in_use, listed, tr
from models.types import Day, Points, iso


class Names:
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


def named(row: Any, names: Names) -> str:
    """A row by its own name, or by that of what it is about; empty for a row without."""
    name = getattr(row, "name", None)
    code = getattr(row, "band", "") or getattr(row, "item", "")
    said = name.in_language(names.language) if isinstance(name, Text) else names.of(code) if code else ""
    return tr("“{name}”").format(name=said) if said else ""


def key_words(at: At, names: Names) -> str:
    """The key of a mapping."""
    keys = get_args(_plain(at.slot.kind))[0]
    return label(keys(at.key)) if _is_enum(keys) else names.of(at.key)


def _plain(kind: Any) -> Any:
    """X for X | None."""
    if get_origin(kind) in (Union, UnionType):
        return next(one for one in get_args(kind) if one is not NoneType)
    return kind


def kind_of(at: At) -> Any:
    """What stands there: the field, or one of what it holds."""
    kind = _plain(at.slot.kind)
    if at.row is not None:
        return type(at.row)
    return get_args(kind)[1] if at.key else kind


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


NOTHING = "—"


def value_words(kind: Any, value: Any, at: At, names: Names) -> str:
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
        return listed(value_words(_element(kind, one), one, at, names) for one in value)
    if isinstance(value, Mapping):
        return _mapping(kind, value, at, names)
    if isinstance(value, StrEnum):
        return label(value)
    if at.slot.key == "why" and value in tuple(NotCounted):
        return label(NotCounted(value))
    if kind is Code:
        return names.of(value)
    return str(value) if isinstance(value, str | int) else row_words(value, names)


def _element(kind: Any, value: Any) -> Any:
    arguments = get_args(kind)
    return arguments[0] if arguments else type(value)


def _mapping(kind: Any, value: Mapping[Any, Any], at: At, names: Names) -> str:
    values = get_args(kind)[1]
    if _is_enum(get_args(kind)[0]) and len(set(value.values())) == 1:
        return value_words(values, next(iter(value.values())), at, names)
    pairs = (
        f"{key_words(at._replace(key=str(key)), names)} {value_words(values, one, at, names)}"
        for key, one in value.items()
    )
    return tr("; ").join(pairs)


def row_words(row: Any, names: Names) -> str:
    """A row in a sentence, else what it says that is not usual."""
    said = sentence(row, names.new, names.language)
    return said or tr("; ").join([*_fields(row, names)] or _fields(row, names, usual=True))


def _fields(row: Any, names: Names, usual: bool = False) -> Iterator[str]:
    table: Any = type(row)
    for slot in slots_of(table):
        value = getattr(row, slot.field)
        if (usual or value != slot.default) and slot.key not in ("code", "name"):
            said = value_words(slot.kind, value, At(table, slot), names)
            yield tr("{field} {value}").format(field=title(table, slot), value=said)


def in_full(value: Any) -> str:
    """With all that words in one language leave out."""
    if isinstance(value, Text):
        return f"{value.zh} / {value.en}"
    if isinstance(value, tuple):
        return tr("; ").join(in_full(one) for one in value)
    return "" if value is None else str(getattr(value, "code", value))
