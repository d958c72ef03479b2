"""The text of a standard that is being written: one value changed, and all else as it was.

A programmer's file and an officer's draft are the same text: comments and order stay.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from app.rules.grading.parsing import exact
from app.rules.grading.reading import slots_of
from app.rules.grading.scheme import Scheme
from app.standards import toml_text
from app.standards.toml_text import Path, Section, find, sections

ORDER = tuple(slot.key for slot in slots_of(Scheme))
"""The keys of a standard, in the order in which a new one is put in."""
UNTITLED = "—"


class Draft(NamedTuple):
    """A text without faults of syntax, and what it says."""

    text: str
    content: Mapping[str, Any]
    """Numbers with a point are Decimal."""


def read_draft(text: str) -> Draft:
    """Raises tomllib.TOMLDecodeError, RecursionError."""
    return Draft(text, tomllib.loads(text, parse_float=exact))


def put(draft: Draft, path: Path, value: object | None) -> Draft:
    """With a value at a path; None takes away what is there. A row behind the last one is a new row."""
    *listed, last = path
    if isinstance(last, int) and value is not None and at(draft.content, path) is None:
        rows = at(draft.content, tuple(listed))
        return insert(draft, tuple(listed), last, [value]) if rows else put(draft, tuple(listed), [value])  # type: ignore[list-item]
    new = toml_text.take(draft.text, path) if value is None else toml_text.put(draft.text, path, value)
    return _read_again(draft, new, path)


def put_all(draft: Draft, path: Path, values: Mapping[str, object | None]) -> Draft:
    """With these values in the table at a path."""
    for key, value in values.items():
        if value != at(draft.content, (*path, key)):
            draft = put(draft, (*path, key), value)
    return draft


def insert(draft: Draft, path: Path, place: int, rows: Sequence[Mapping[str, Any]]) -> Draft:
    """With more rows in the list at a path, before the row of that place."""
    text = draft.text
    after = ORDER[ORDER.index(str(path[0])) + 1 :] if path[0] in ORDER else ()
    for number, row in enumerate(rows):
        text = toml_text.insert(text, path, place + number, dict(row), after)
    return read_draft(text)


def remove(draft: Draft, path: Path, rows: Iterable[int]) -> Draft:
    """Without these rows of the list at a path."""
    text = draft.text
    for row in sorted(rows, reverse=True):
        text = toml_text.take(text, (*path, row))
    return read_draft(text)


def move(draft: Draft, path: Path, by: int) -> Draft:
    """With a row of a list, whose place ends the path, so many rows up or down."""
    *rest, row = path
    rows = at(draft.content, tuple(rest)) or []
    if not 0 <= int(row) + by < len(rows):
        return draft
    text, step = draft.text, 1 if by > 0 else -1
    for one in range(int(row), int(row) + by, step):
        text = toml_text.swap(text, (*rest, one), one + step)
    return read_draft(text)


def _read_again(draft: Draft, text: str, path: Path) -> Draft:
    """Where the change lies within a row that has a heading, no more than that row is read."""
    rows = draft.content.get(str(path[0]))
    if len(path) > 2 and isinstance(rows, list) and isinstance(path[1], int):
        section = find(sections(text), path[:2])
        if isinstance(section, Section):
            row = tomllib.loads(
                "".join(text[one.start : one.end] for one in section.spans), parse_float=exact
            )
            rows = [*rows[: path[1]], row[str(path[0])][0], *rows[path[1] + 1 :]]
            return Draft(text, {**draft.content, str(path[0]): rows})
    return read_draft(text)


def at(content: Any, path: Path) -> Any:
    """What the content says at a path; None for nothing."""
    for step in path:
        if isinstance(step, int):
            content = content[step] if isinstance(content, list) and 0 <= step < len(content) else None
        else:
            content = content.get(step) if isinstance(content, Mapping) else None
        if content is None:
            return None
    return content


_STEP = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


def path_of(place: str, content: Any) -> Path:
    """The path of a problem's place (``items[3].points.county``), as far as it can be told."""
    found: list[str | int] = []
    while place:
        place = place.removeprefix(".")
        keys = content if isinstance(content, Mapping) else {}
        whole = max((key for key in keys if _begins(place, key)), key=len, default="")
        step = _STEP.match(place)
        if whole:  # also a code with points in it
            found.append(whole)
            place = place[len(whole) :]
        elif step:
            found.append(int(step[1]) - 1 if step[1] else step[2])
            place = place[step.end() :]
        else:
            break
        content = at(content, (found[-1],))
    return tuple(found)


def _begins(place: str, key: str) -> bool:
    return place.startswith(key) and place[len(key) : len(key) + 1] in ("", ".", "[")


def typed_number(text: str) -> Decimal | None:
    """A number as it is typed, with any minus; None where it is none."""
    plain = text.strip().replace("−", "-").replace("－", "-").replace("–", "-").replace("＋", "+")
    plain = plain.replace("．", ".").removesuffix("分")
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def number_text(value: object) -> str:
    """A number as it is shown in a field, with a true minus."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return toml_text.written(Decimal(value)).replace("-", "−")
    return "" if value is None else str(value)


def named(content: Mapping[str, Any], kind: str, language: str) -> dict[str, str]:
    """The names by code of the rows of a kind (``items``, ``bands`` …), also of those not wholly written."""
    rows = content.get(kind)
    found = {}
    for row in rows if isinstance(rows, list) else ():
        code = row.get("code") if isinstance(row, Mapping) else None
        if isinstance(code, str):
            found[code] = text_in(row.get("name"), language) or code
    return found


def text_in(value: object, language: str) -> str:
    """A name that is written as one text or in both languages."""
    if isinstance(value, Mapping):
        one, other = ("zh", "en") if language.startswith("zh") else ("en", "zh")
        return str(value.get(one) or value.get(other) or "")
    return value if isinstance(value, str) else ""


def title_of(content: Mapping[str, Any], language: str = "zh") -> str:
    """What a draft is called."""
    return text_in(content.get("title"), language) or UNTITLED


def next_edition(text: str, editions: Iterable[int]) -> str:
    """A new draft from a text: its edition after all of these, and no document that adopts it yet."""
    draft = read_draft(text)
    own = draft.content.get("edition")
    last = max((*editions, own if isinstance(own, int) else 0))
    draft = put(draft, ("edition",), last + 1)
    return put(draft, ("adopted_by",), None).text


def free_code(begin: str, taken: Iterable[str]) -> str:
    """A code that none of these is."""
    known, number = set(taken), 1
    while f"{begin}{number}" in known:
        number += 1
    return f"{begin}{number}"


def with_value(content: object, path: Path, value: object) -> object:
    """Tables and lists with a value at a path, which None takes away; a table on the way may be missing."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        rows = list(content) if isinstance(content, list) else []
        rows[step : step + 1] = (
            [] if value is None and not rest else [with_value(at(rows, (step,)), rest, value)]
        )
        return rows
    made = dict(content) if isinstance(content, Mapping) else {}
    made[step] = with_value(made.get(step), rest, value)
    return {key: one for key, one in made.items() if one is not None}
