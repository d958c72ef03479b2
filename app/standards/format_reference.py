"""The tables of the reference of the format (``docs/standard.*.md``), from the classes by which a standard is
read, with the words of the editor.

``python3 -m app.standards.format_reference`` writes them anew where the documents have a mark for them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from app import words
from app.labels import label
from app.reports.wording import plain_points
from app.rules.grading.case import NotCounted
from app.rules.grading.local import Supplement
from app.rules.grading.reading import Amount, Code, Share, Slot, Text, slots_of
from app.rules.grading.scheme import Row, Scheme
from app.standards.field_titles import about_words, title
from app.words import listed, mark, tr
from models.types import AuthorityLevel, Category, Day, EntryStatus, Points, ServiceState

DOCUMENTS = {
    language: Path(__file__).parent.parent.parent / "docs" / f"standard.{language[:2]}.md"
    for language in words.LANGUAGES
}
"""By language."""

_LISTS: Mapping[type[StrEnum], str] = {
    AuthorityLevel: mark("Levels"),
    Category: mark("Category"),
    ServiceState: mark("State of service"),
    EntryStatus: mark("Standing"),
    NotCounted: mark("Not counted because"),
}


def filled(document: str) -> str:
    """A document whose tables are made anew, in the language in use."""
    made = {cls.__name__: keys_table(cls) for cls in tables()}
    made |= {kind.__name__: values_table(kind) for kind in enumerations()}

    def table(found: re.Match[str]) -> str:
        return f"{found[1]}\n{made[found[2]]}\n{found[3]}"

    return re.sub(r"(<!-- table (\w+) -->)\n.*?(<!-- end -->)", table, document, flags=re.DOTALL)


def keys_table(cls: type) -> str:
    """What a table of the text may hold, a row a key."""
    common = {one.name for one in fields(Row)} if issubclass(cls, Row) and cls is not Row else set()
    heads = (tr("Key"), tr("In the editor"), tr("Value"), tr("Otherwise"), tr("What it means"))
    rows = [
        (f"`{slot.key}`", title(cls, slot), _value(slot, slot.kind), _otherwise(slot), about_words(slot))
        for slot in slots_of(cls)
        if slot.field not in common
    ]
    further = tr("Further, as in every row: {keys}.").format(
        keys=listed(f"[`{slot.key}`](#Row)" for slot in slots_of(Row))
    )
    return _table(cls.__name__, heads, rows) + (f"\n{further}\n" if common else "")


def values_table(kind: type[StrEnum]) -> str:
    """The values of an enumeration with their words."""
    return _table(kind.__name__, (tr("Value"), tr("What it means")), [(f"`{v}`", label(v)) for v in kind])


def _table(name: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return f'<a id="{name}"></a>\n\n' + "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def tables() -> list[type]:
    """Every class that a standard or a unit's items are read into, in the order in which they come."""
    found = [Row, Scheme, Supplement]
    for cls in found:  # which grows meanwhile
        inner = [one for slot in slots_of(cls) for one in _kinds(slot.kind) if isinstance(one, type)]
        found += [
            one for one in dict.fromkeys(inner) if is_dataclass(one) and one is not Text and one not in found
        ]
    return found


def enumerations() -> list[type[StrEnum]]:
    """Those that have a table of their own."""
    return list(_LISTS)


def _kinds(kind: Any) -> Iterator[Any]:
    """A type and those that it is made of."""
    yield kind
    for one in get_args(kind):
        yield from _kinds(one)


_WORDS: Mapping[Any, str] = {
    str: mark("text"),
    Text: mark("text, in one or both languages"),
    Code: mark("code"),
    bool: mark("`true` or `false`"),
    Points: mark("points"),
    Share: mark("number"),
    Amount: mark("number"),
    Day: mark("day"),
}


def _value(slot: Slot, kind: Any) -> str:
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if kind in _WORDS:
        word = _WORDS[kind]
        return tr(word)
    if kind is int:
        return tr("whole number, {least} to {most}").format(least=slot.least, most=slot.most)
    if get_origin(kind) is tuple:
        return tr("list: {kind}").format(kind=_value(slot, get_args(kind)[0]))
    if get_origin(kind) is Mapping:
        keys, values = get_args(kind)
        by = _value(slot, keys) if keys is not str else tr("code")
        said = tr("{value} by {keys}") if keys is str else tr("{value}, or a table by {keys}")
        return said.format(value=_value(slot, values), keys=by)
    if issubclass(kind, StrEnum):
        listed = _LISTS.get(kind)
        return (
            f"[{tr(listed)}](#{kind.__name__})"
            if listed
            else tr("; ").join(f"`{one}` {label(one)}" for one in kind)
        )
    return tr("table {link}").format(link=f"[`{slot.key}`](#{kind.__name__})")


def _choices(kind: type[StrEnum]) -> str:
    """The values themselves, or where they are listed."""
    if title_of_list := _LISTS.get(kind):
        return f"[{tr(title_of_list)}](#{kind.__name__})"
    return tr("; ").join(f"`{one}` {label(one)}" for one in kind)


def _otherwise(slot: Slot) -> str:
    """What holds where the key is not given."""
    if slot.default is MISSING:
        return tr("**required**")
    if isinstance(slot.default, bool):
        return f"`{str(slot.default).lower()}`"
    if isinstance(slot.default, StrEnum):
        return f"`{slot.default}`"
    if isinstance(slot.default, int):
        return str(slot.default) if slot.kind is int else plain_points(Points(slot.default))
    return "—"


def main() -> None:
    """Write the tables of both documents anew."""
    for language, path in DOCUMENTS.items():
        words.use(language)
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
