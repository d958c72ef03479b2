"""The items of a standard as cells of a table: how a value is shown, and what is meant by what is typed.

Rows are as the text of a standard has them, so that a row that is not whole yet can be shown too.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from app.exchange.values import plain, read_day
from app.labels import label
from app.rules.grading.scheme import Result, RunsFrom
from app.standards.drafts import free_code, number_text, text_in, typed_number
from app.words import LANGUAGES, mark, tr, translator
from models.types import AuthorityLevel, Category, Polarity, first_date

Row = Mapping[str, Any]
Changes = dict[str, Any]
"""New values by key; None takes one away."""


class Names(NamedTuple):
    """What the standard names, by code, and the language of the names."""

    groups: Mapping[str, str]
    parts: Mapping[str, str]
    bands: Mapping[str, str]
    language: str


class Cell(NamedTuple):
    """One column."""

    key: str
    title: str
    """Marked for translation."""
    show: Callable[[Row, Names], str]
    read: Callable[[str, Row, Names], Changes | None]
    """What a typed text changes; None where it is not understood."""
    choices: Callable[[Names], Mapping[str, str]] | None = None
    """Code to words, where only these can be meant."""


# Points

_LEVELS = {
    "县级": AuthorityLevel.COUNTY,
    "区级": AuthorityLevel.COUNTY,
    "区县级": AuthorityLevel.COUNTY,
    "县区级": AuthorityLevel.COUNTY,
    "县级部门": AuthorityLevel.COUNTY_DEPARTMENT,
    "区级部门": AuthorityLevel.COUNTY_DEPARTMENT,
    "县区级部门": AuthorityLevel.COUNTY_DEPARTMENT,
    "省级": AuthorityLevel.PROVINCE,
    "省级部门": AuthorityLevel.PROVINCE_DEPARTMENT,
    "全国": AuthorityLevel.NATION,
}
_NUMBER = r"[-−－–+＋]?\d+(?:[.．]\d+)?"
_AT_LEVEL = re.compile(rf"(\D+?)\s*[:：]?\s*({_NUMBER})分?")
_RANGE = re.compile(rf"({_NUMBER})分?\s*(?:…|\.\.\.?|~|～|至|到|—+|to)\s*({_NUMBER})分?")
_STEP = re.compile(rf"(?:≥|>=|满|达)\s*({_NUMBER})\D*?\s+({_NUMBER})分?")
_UNIT = re.compile(rf"(?:每|per)\s*({_NUMBER})[^\d+\-−]*({_NUMBER})分?", re.IGNORECASE)
WORTHS = ("points", "range", "steps", "unit_points")


def points_shown(row: Row) -> str:
    """The points as one writes them: “−10”, “区级 −20；市级 −30”, “−5…−50”, “≥20 +5；≥50 +10”, “每100 +1”."""
    worth = next((row[key] for key in WORTHS if row.get(key) not in (None, [], {})), None)
    if worth is None:
        return ""
    if is_dated(worth):
        return tr("by date")
    if row.get("points") is not None:
        return _levels_shown(worth)
    if row.get("range"):
        return f"{_signed(worth.get('from'))}…{_signed(worth.get('to'))}" if _is_row(worth) else str(worth)
    if row.get("unit_points"):
        shown = tr("per {n} {points}")
        return shown.format(n=number_text(worth.get("per")), points=_signed(worth.get("points")))
    rows = [one for one in worth if _is_row(one)] if isinstance(worth, list) else []
    return tr("; ").join(f"≥{number_text(one.get('from'))} {_signed(one.get('points'))}" for one in rows)


def _levels_shown(points: object) -> str:
    if not isinstance(points, Mapping):
        return _signed(points)
    pairs = [(_level_words(level), _signed(one)) for level, one in points.items()]
    return tr("; ").join(f"{level} {one}" for level, one in pairs)


def _level_words(level: str) -> str:
    return label(AuthorityLevel(level)) if level in tuple(AuthorityLevel) else level


def _signed(value: object) -> str:
    shown = number_text(value)
    return f"+{shown}" if isinstance(value, int | Decimal) and value > 0 else shown


def points_read(text: str, row: Row) -> Changes | None:
    """Points, a range, steps or points for each unit, as one writes them; None where that is none of these.

    A number without a sign has that of the item.
    """
    sign = -1 if row.get("polarity") == Polarity.NEGATIVE else 1
    typed = text.strip()
    nothing: Changes = dict.fromkeys(WORTHS)
    if not typed:
        return nothing
    if (number := _number(typed, sign)) is not None:
        return {**nothing, "points": number}
    if found := _RANGE.fullmatch(typed):
        return {**nothing, "range": {"from": _number(found[1], sign), "to": _number(found[2], sign)}}
    if found := _UNIT.fullmatch(typed):
        worth = {"per": _number(found[1], 1), "points": _number(found[2], sign)}
        return {**nothing, "unit_points": worth}
    parts = [part.strip() for part in re.split(r"[;；,，、\n]", typed) if part.strip()]
    steps = [_STEP.fullmatch(part) for part in parts]
    if all(steps):
        pairs = [(_number(step[1], 1), _number(step[2], sign)) for step in steps if step]
        return {**nothing, "steps": [{"from": low, "points": points} for low, points in pairs]}
    levels = _levels_read(parts, sign)
    return {**nothing, "points": levels} if levels else None


def _levels_read(parts: Sequence[str], sign: int) -> dict[str, Decimal | int] | None:
    words = _words_of(AuthorityLevel)
    found: dict[str, Decimal | int] = {}
    for part in parts:
        pair = _AT_LEVEL.fullmatch(part)
        level = pair and (words.get(_same(pair[1])) or _LEVELS.get(_same(pair[1])))
        number = _number(pair[2], sign) if pair else None
        if not level or number is None or level in found:
            return None
        found[str(level)] = number
    return found


def _number(text: str, sign: int) -> Decimal | int | None:
    number = typed_number(text)
    if number is None:
        return None
    number = number if text.strip()[0] in "+-−－–＋" else number * sign
    return int(number) if number % 1 == 0 else number


# Other values


def is_dated(value: object) -> bool:
    """Whether a value stands with the dates between which it holds."""
    one = value[0] if isinstance(value, list) and value else value
    return isinstance(one, Mapping) and "value" in one


def _is_row(value: object) -> bool:
    return isinstance(value, Mapping)


def _same(text: str) -> str:
    """As words are compared: without blanks, brackets, or capitals."""
    return re.sub(r"[\s（）()]", "", text).lower()


def _words_of(kind: type[StrEnum]) -> dict[str, str]:
    """What the values of an enumeration may be called."""
    found: dict[str, str] = {}
    for one in kind:
        found[_same(one)] = str(one)
        for language in LANGUAGES:
            found[_same(label(one, translator(language)))] = str(one)
    return found


def _enum(key: str, title: str, kind: type[StrEnum], short: Mapping[str, str] | None = None) -> Cell:
    extra = {_same(word): value for word, value in (short or {}).items()}

    def show(row: Row, names: Names) -> str:
        value = row.get(key)
        return label(kind(value)) if value in tuple(kind) else "" if value is None else str(value)

    def read(text: str, row: Row, names: Names) -> Changes | None:
        if not text.strip():
            return {key: None}
        value = (_words_of(kind) | extra).get(_same(text))
        return {key: value} if value else None

    return Cell(key, title, show, read, lambda names: {str(one): label(one) for one in kind})


def _code(key: str, title: str, known: Callable[[Names], Mapping[str, str]]) -> Cell:
    def show(row: Row, names: Names) -> str:
        value = row.get(key)
        return "" if value is None else known(names).get(str(value), str(value))

    def read(text: str, row: Row, names: Names) -> Changes | None:
        if not text.strip():
            return {key: None}
        words = {_same(name): code for code, name in known(names).items()}
        words |= {_same(code): code for code in known(names)}
        found = words.get(_same(text))
        return {key: found} if found else None

    return Cell(key, title, show, read, known)


def _line(key: str, title: str) -> Cell:
    return Cell(
        key,
        title,
        lambda row, names: str(row.get(key) or ""),
        lambda text, row, names: {key: text.strip() or None},
    )


def _months(key: str, title: str) -> Cell:
    def read(text: str, row: Row, names: Names) -> Changes | None:
        number = typed_number(text.removesuffix("个月").removesuffix("月")) if text.strip() else None
        if text.strip() and (number is None or number % 1 or number < 0):
            return None
        return {key: int(number) if number else None}

    return Cell(key, title, lambda row, names: number_text(row.get(key)), read)


def _day(key: str, title: str) -> Cell:
    def show(row: Row, names: Names) -> str:
        value = row.get(key)
        return value.isoformat() if isinstance(value, dt.date) else str(value or "")

    def read(text: str, row: Row, names: Names) -> Changes | None:
        if not text.strip():
            return {key: None}
        value = read_day(plain(text))
        return {key: first_date(value)} if isinstance(value, int) else None

    return Cell(key, title, show, read)


def _name(language: str, title: str) -> Cell:
    other = "en" if language == "zh" else "zh"

    def show(row: Row, names: Names) -> str:
        value = row.get("name")
        return str(value.get(language, "")) if isinstance(value, Mapping) else str(value or "")

    def read(text: str, row: Row, names: Names) -> Changes | None:
        typed, value = text.strip(), row.get("name")
        if not isinstance(value, Mapping) and (value == typed or not value):
            return {"name": typed or None}
        kept = str(value.get(other, "")) if isinstance(value, Mapping) else str(value)
        return {"name": name_of({language: typed, other: kept})}

    return Cell(f"name_{language}", title, show, read)


_SHOWN_SIGNS = {"positive": "+", "negative": "−"}
_SIGNS = {"+": "positive", "−": "negative", "-": "negative", "加分": "positive", "扣分": "negative"}


def name_of(both: Mapping[str, str]) -> object:
    """A name as it is written: in both languages, or once where they are the same or one is missing."""
    zh, en = both.get("zh", ""), both.get("en", "")
    return {"zh": zh, "en": en} if zh and en and zh != en else (zh or en or None)


CELLS: tuple[Cell, ...] = (
    _enum("polarity", mark("Sign"), Polarity, _SIGNS)._replace(
        show=lambda row, _: _SHOWN_SIGNS.get(said := str(row.get("polarity") or ""), said)
    ),
    _name("zh", mark("Name in Chinese")),
    _name("en", mark("Name in English")),
    Cell(
        "points",
        mark("Points"),
        lambda row, names: points_shown(row),
        lambda text, row, names: points_read(text, row),
    ),
    _enum("category", mark("Category"), Category),
    _code("group", mark("Group"), lambda names: names.groups),
    _code("direct", mark("Direct grade"), lambda names: names.bands),
    _months("validity", mark("Validity, months")),
    _enum("runs_from", mark("Runs from"), RunsFrom),
    _months("influence", mark("Influence, months")),
    _line("appraisal", mark("Annual appraisal")),
    _line("reference", mark("Reference")),
    _line("code", mark("Code")),
    _code("part", mark("Part"), lambda names: names.parts),
    _months("direct_validity", mark("Direct grade, months")),
    _enum("result", mark("Appraisal result"), Result),
    _day("since", mark("Since")),
    _day("until", mark("Until")),
)  # fmt: skip
BY_KEY = {cell.key: cell for cell in CELLS}


# The clipboard


class Unclear(NamedTuple):
    """A cell that is not understood."""

    line: int
    """Of what was pasted, from 1."""
    column: str
    """Its title in the language in use."""
    text: str
    """As it was pasted; empty where there is no such column."""
    cell: Cell | None = None
    """What is written in the column, where there is one."""


class Pasted(NamedTuple):
    """What a pasted table means: changes of rows that there are, and new rows; or what is unclear."""

    changed: list[tuple[int, Changes]]
    added: list[dict[str, Any]]
    unclear: list[Unclear]


def copied(rows: Sequence[Row], cells: Sequence[Cell], names: Names) -> str:
    """Rows as a spreadsheet takes them, with the titles; the code is always among them."""
    wanted = [*cells, *([] if BY_KEY["code"] in cells else [BY_KEY["code"]])]
    lines = [[tr(cell.title) for cell in wanted]]
    lines += [[cell.show(row, names) for cell in wanted] for row in rows]
    return "".join("\t".join(" ".join(text.split()) for text in line) + "\n" for line in lines)


LOOKED_AT = 5
"""Lines among which headings are looked for: a title may stand above them."""


def pasted(text: str, rows: Sequence[Row], cells: Sequence[Cell], names: Names) -> Pasted:
    """What a table from the clipboard says.

    Columns are told by their titles where the first line has them, else they are ``cells`` in their order.
    A row whose code there is changes that item; every other row is a new one.
    """
    read = enumerate(csv.reader(text.splitlines(keepends=True), delimiter="\t"), 1)
    lines = [(number, line) for number, line in read if any(line)]
    titled = next((place for place, (_, line) in enumerate(lines[:LOOKED_AT]) if _heads(line)), None)
    heads: list[Cell | None] = list(cells) if titled is None else _heads(lines[titled][1])
    first = 0 if titled is None else titled + 1
    places = {row.get("code"): number for number, row in enumerate(rows)}
    found = Pasted([], [], [])
    for head, said in zip(heads, lines[first - 1][1] if first else (), strict=False):
        if head is None and said.strip():
            found.unclear.append(Unclear(lines[first - 1][0], said.strip(), ""))
    for number, line in lines[first:]:
        row, values = _line_read(number, line, heads, rows, places, names, found.unclear)
        if row is not None:
            found.changed.append((row, values))
        else:
            taken = [*map(str, places), *(str(one["code"]) for one in found.added)]
            code = values.pop("code", None) or free_code("item.", taken)
            kept = {key: value for key, value in values.items() if value is not None}
            found.added.append({"code": code, **kept})
    return found


def _line_read(
    number: int,
    line: Sequence[str],
    heads: Sequence[Cell | None],
    rows: Sequence[Row],
    places: Mapping[Any, int],
    names: Names,
    unclear: list[Unclear],
) -> tuple[int | None, Changes]:
    typed = {cell.key: text.strip() for cell, text in zip(heads, line, strict=False) if cell}
    place = places.get(typed.get("code"))
    row: dict[str, Any] = dict(rows[place]) if place is not None else {}
    values: Changes = {}
    for key in (key for key in BY_KEY if key in typed):  # the sign before the points
        text = typed[key]
        if place is None and not text:
            continue
        cell = BY_KEY[key]
        if place is not None and text == " ".join(cell.show(row, names).split()):
            continue
        read = cell.read(text, row, names)
        if read is None:
            unclear.append(Unclear(number, tr(cell.title), text, cell))
            continue
        row |= read
        values |= read
    if len(line) > len(heads) and any(text.strip() for text in line[len(heads) :]):
        unclear.append(Unclear(number, tr("beyond the last column"), line[len(heads)]))
    return place, values


def _heads(line: Sequence[str]) -> list[Cell | None]:
    """The columns that the titles name; empty where they are none."""
    said = [
        (one, cell)
        for cell in CELLS
        for one in (cell.key, *(translator(language)(cell.title) for language in LANGUAGES))
    ]
    words = {
        _same(re.split("[,，（(]", one)[0]): cell for one, cell in reversed(said)
    }  # 有效期 for 有效期（月）
    words |= {_same(one): cell for one, cell in said}
    words |= dict.fromkeys(("name", "名称", "事项"), BY_KEY["name_zh"])
    heads = [words.get(_same(text)) for text in line]
    named = [head for head in heads if head]
    return heads if len(named) >= max(1, len([text for text in line if text.strip()]) // 2) else []


def names_in(content: Mapping[str, Any], named: Callable[[str], Mapping[str, str]], language: str) -> Names:
    """The names that cells need."""
    return Names(named("groups"), named("parts"), named("bands"), language)


def title_of_item(row: Row, language: str) -> str:
    """What an item is called."""
    return text_in(row.get("name"), language) or str(row.get("code") or "")
