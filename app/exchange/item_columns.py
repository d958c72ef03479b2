"""The columns of the item table in a workbook: those of the editor, and what else a cell can say.

What no cell can say (a ceiling, a repair, values with dates) stays with the item in the text.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.exchange.values import plain
from app.standards.drafts import named, number_text, typed_number
from app.standards.item_cells import BY_KEY, CELLS, WORTHS, Cell, Changes, Names, Row, is_dated, name_of
from app.words import LANGUAGES, listed, mark, tr, translator

BY_DATE = mark("by date")
"""Stands in a cell for values that change with the day."""


def _like(model: str, key: str, title: str, own: str = "") -> Cell:
    """A column for another value of the item, which is shown and read as that of a column there is."""
    cell = BY_KEY[model]
    field = model.rpartition("_")[0] if own else model
    into = own or key

    def show(row: Row, names: Names) -> str:
        return cell.show({field: row.get(into)}, names)

    def read(text: str, row: Row, names: Names) -> Changes | None:
        read = cell.read(text, {field: row.get(into)}, names)
        return None if read is None else {into: read[field]}

    return Cell(key, title, show, read)


_YES = {"yes", "y", "true", "1", "是", "√", "✓"}
_NO = {"no", "n", "false", "0", "否", "×", "✗"}


def _yes(key: str, title: str) -> Cell:
    def read(text: str, row: Row, names: Names) -> Changes | None:
        said = plain(text).lower()
        return {key: True} if said in _YES else {key: None} if not said or said in _NO else None

    return Cell(key, title, lambda row, names: tr("yes") if row.get(key) is True else "", read)


def _share(key: str, title: str) -> Cell:
    """A fraction, also in percent."""

    def read(text: str, row: Row, names: Names) -> Changes | None:
        typed = plain(text)
        number = typed_number(typed.removesuffix("%"))
        if number is None or number < 0:
            return None if typed else {key: None}
        return {key: number / 100 if typed.endswith("%") else number}

    return Cell(key, title, lambda row, names: number_text(row.get(key)), read)


def _codes(key: str, title: str) -> Cell:
    """Codes of items, one after the other."""

    def show(row: Row, names: Names) -> str:
        value = row.get(key)
        return tr("; ").join(map(str, value)) if isinstance(value, list) else str(value or "")

    def read(text: str, row: Row, names: Names) -> Changes | None:
        return {key: re.findall(r"[^\s;；,，、]+", text) or None}

    return Cell(key, title, show, read)


COLUMNS: tuple[Cell, ...] = (
    *CELLS,
    _like("name_zh", "unit_zh", mark("Unit in Chinese"), "unit"),
    _like("name_en", "unit_en", mark("Unit in English"), "unit"),
    _yes("each_step", mark("Every step counts")),
    _share("head_share", mark("Share of the head")),
    _yes("shared", mark("Shared by the authors")),
    _like("validity", "from_nth", mark("From the n-th time")),
    _like("validity", "nth_within", mark("n-th within months")),
    _codes("over", mark("Before the items")),
    _like("since", "reviewed_until", mark("Reviewed until")),
    _like("name_zh", "evidence_zh", mark("Required evidence in Chinese"), "evidence"),
    _like("name_en", "evidence_en", mark("Required evidence in English"), "evidence"),
    _like("name_zh", "off_zh", mark("Off because, in Chinese"), "off"),
    _like("name_en", "off_en", mark("Off because, in English"), "off"),
)
"""In the order in which they stand; the sign comes before the points, which go by it."""


def shown(cell: Cell, row: Row, names: Names) -> str:
    """What stands in the column for an item."""
    if _dated(cell, row):
        return tr(BY_DATE)
    value = row.get(cell.key)
    return cell.show(row, names) if not cell.choices or isinstance(value, str | None) else str(value)


def read(cell: Cell, text: str, row: Row, names: Names) -> Changes | None:
    """What a text in the column changes in an item; None where it is not understood."""
    said = text.strip()
    if said == shown(cell, row, names).strip() or (_dated(cell, row) and said in _by_date()):
        return {}
    return cell.read(text, row, names)


TEXTS = ("name", "unit", "evidence", "off")
"""What has a column for each language."""


def read_both(key: str, typed: Mapping[str, str], row: Row, names: Names) -> Changes:
    """What the columns of both languages change together, where there are both."""
    texts = {language: typed.get(f"{key}_{language}") for language in ("zh", "en")}
    both = {language: text for language, text in texts.items() if text is not None}
    cells = [cell for cell in COLUMNS if cell.key in (f"{key}_zh", f"{key}_en")]
    changed = len(both) == 2 and any(read(cell, typed[cell.key], row, names) for cell in cells)
    return {key: name_of(both)} if changed else {}


def _dated(cell: Cell, row: Row) -> bool:
    own = cell.key.removesuffix("_zh").removesuffix("_en")
    return any(is_dated(row.get(key)) for key in (WORTHS if own == "points" else (own,)))


def _by_date() -> set[str]:
    return {translator(language)(BY_DATE) for language in LANGUAGES}


def names_of(content: Mapping[str, Any], language: str) -> Names:
    """What a standard names, in a language; where a name says not which one is meant, its code does."""
    kinds = [_clear(named(content, kind, language)) for kind in ("groups", "parts", "bands")]
    return Names(kinds[0], kinds[1], kinds[2], language)


def _clear(names: Mapping[str, str]) -> dict[str, str]:
    times = Counter([*names.values(), *names])
    return {code: name if times[name] == 1 or name == code else code for code, name in names.items()}


def column_called(head: str) -> Cell | None:
    """The column of a heading, in either language or by its key."""
    return _words().get(plain(head).lower())


def _words() -> dict[str, Cell]:
    said: dict[str, Cell] = dict.fromkeys(("name", "名称", "事项"), BY_KEY["name_zh"])
    for cell in COLUMNS:
        for word in (cell.key, *(translator(language)(cell.title) for language in LANGUAGES)):
            said[plain(word).lower()] = cell
    return said


def advice(cell: Cell, names: Names) -> str:
    """What may stand in the column."""
    if cell.choices:
        return tr("Choose one of these: {choices}.").format(choices=listed(cell.choices(names).values()))
    wanted = _ADVICE.get(cell.key, _WHOLE)
    return tr(wanted)


_WHOLE = mark("Write a whole number, or leave the cell empty.")
_A_DAY = mark("Write a day like 2025-03-01, or leave the cell empty.")
_YES_OR_NO = mark("Write yes, or leave the cell empty.")
_ADVICE: Mapping[str, str] = {
    "points": mark("Write points like −10, −5…−50, county −20; city −30, ≥20 +5; ≥50 +10, or per 100 +1."),
    "since": _A_DAY,
    "until": _A_DAY,
    "reviewed_until": _A_DAY,
    "each_step": _YES_OR_NO,
    "shared": _YES_OR_NO,
    "head_share": mark("Write a share like 0.5 or 50 %, or leave the cell empty."),
}
