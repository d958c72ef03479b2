"""Reads the cells of a list: each function gives the value, or the Problem that stands against it.

Cells arrive as text (``tables`` has seen to that) and not blank. The problems know neither field
nor column; ``reading`` fills these in.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from app.rules.validation import YEARS, Fault, Problem
from models.types import POINT, Day, Uid, day, day_of

_PRINTED = range(0xFF01, 0xFF5F)
_FOLD_ALL = {wide: wide - 0xFEE0 for wide in _PRINTED}
_FOLD_WORDS = {wide: half for wide, half in _FOLD_ALL.items() if chr(half).isalnum()}
# Middle dots between the parts of a name, as keyboards and fonts offer them.
_DOTS = str.maketrans(dict.fromkeys("•・‧．∙⋅･", "·"))

# Characters of names that are what they are: compatibility forms, which NFC replaces, are not here.
_USUAL_NAME = re.compile("[\u3400-\u9fff\U00020000-\U0002f7ff\U00030000-\U0003ffff]+")
_HAN = "[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_NOT_SHOWN = re.compile(r"([^\S\n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff])+")
_SPACES = re.compile(r"\s+")
_SPACE_IN_HAN = re.compile(rf"(?<={_HAN}|·)\s+(?={_HAN}|·)")
_POINT_IN_HAN = re.compile(rf"(?<={_HAN})\s*[.·]\s*(?={_HAN})")
_WHOLE = re.compile(r"(-?[0-9]+)\.0")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]{2}")


def clean(text: str) -> str:
    """The text in NFC, without what cannot be seen and without blanks around it."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()
    return unicodedata.normalize("NFC", _NOT_SHOWN.sub(_seen, text.replace("\r\n", "\n"))).strip()


def _seen(run: re.Match[str]) -> str:
    return " " if any(map(str.isspace, run[0])) else ""


def _single_spaces(text: str) -> str:
    # Most cells are plain, and lists are long: what is printable has no other blank than the space.
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", clean(text))


def read_text(text: str) -> str:
    """A text of several lines, as it is."""
    return clean(text)


def read_line(text: str) -> str:
    """A line: single spaces, none between Chinese characters, half-width letters and digits."""
    text = _single_spaces(text)
    return text if text.isascii() else _SPACE_IN_HAN.sub("", text).translate(_FOLD_WORDS)


def read_name(text: str) -> str:
    """A person's name: 张 三 is 张三, and the dot of 阿依古丽·买买提 is always U+00B7."""
    if _USUAL_NAME.fullmatch(text):
        return text
    text = _single_spaces(text)
    if text.isascii():
        return text
    return _SPACE_IN_HAN.sub("", _POINT_IN_HAN.sub("·", text.translate(_DOTS))).translate(_FOLD_WORDS)


def plain(text: str) -> str:
    """A value as it is compared: half-width, single spaces, and 600.0 the same as 600."""
    text = _single_spaces(text)
    return _without_fraction(text if text.isascii() else text.translate(_FOLD_ALL))


def _without_fraction(text: str) -> str:
    whole = _WHOLE.fullmatch(text) if text.endswith(".0") else None
    return whole[1] if whole else text


def read_code(text: str) -> str | Problem:
    """A staff number, or any number that is a name."""
    text = plain(text)
    return Problem("", Fault.DAMAGED_NUMBER, text) if _SCIENTIFIC.fullmatch(text) else text


def read_document_no(text: str) -> str | Problem:
    """The number of a document or order: a line that a spreadsheet may have taken for a number."""
    text = read_line(text)
    return read_code(text) if text.isascii() else text


def read_id_number(text: str) -> str | Problem:
    """A resident ID number in capitals and without spaces; whether it is valid is for validation."""
    code = read_code(text)
    return code if isinstance(code, Problem) else code.replace(" ", "").upper()


def read_department(text: str, separator: str) -> str:
    """The path of a department with ``/`` between its names; an empty separator: all is one name."""
    parts = text.replace("／", "/").split(separator) if separator else [text]
    return "/".join(name for part in parts if (name := read_line(part).replace("/", "／")))


def read_act(text: str, source: str) -> Uid:
    """The same identity for all entries of a source that name the same act."""
    return Uid(sha256(f"{source}\x1f{plain(text)}".encode()).hexdigest()[:32])


def read_choice(text: str, choices: Mapping[str, str]) -> str | Problem:
    """The choice whose word this is; ``choices`` is by word as ``plain`` gives it, in small letters."""
    found = choices.get(plain(text).lower())
    return Problem("", Fault.NOT_A_CHOICE, text) if found is None else found


_FIGURE = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?")
_MINUS = str.maketrans("−–—", "---")


def read_amount(text: str) -> int | Problem:
    """A figure in thousandths: 2.5, +3, −1,200. A unit beside it is refused: it may be another one."""
    figure = plain(text).translate(_MINUS).replace(" ", "")
    if not _FIGURE.fullmatch(figure):
        return Problem("", Fault.NOT_A_NUMBER, text)
    thousandths = Decimal(figure.replace(",", "")) * POINT
    return int(thousandths) if thousandths == int(thousandths) else Problem("", Fault.TOO_EXACT, text)


def read_count(text: str) -> int | Problem:
    """A whole number."""
    amount = read_amount(text)
    if isinstance(amount, Problem):
        return amount
    return Problem("", Fault.TOO_EXACT, text) if amount % POINT else amount // POINT


_TOTAL = re.compile(
    r"(?:本页|全部|以上)?[合总小共累]\s*计(?:数|人数)?(?:\s*[(:：（].*)?"
    r"|(?:sub ?|grand )?totals?(?:\s*[(:].*)?",
    re.IGNORECASE,
)


def total_of(cells: Sequence[str]) -> str:
    """The first words of a row that adds the others up, as the last one of many lists does; else empty."""
    first = (cells[0] or next(filter(None, cells), "")).strip()
    return first if _TOTAL.fullmatch(first) else ""


_CLOCK = r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
_AROUND_SEPARATORS = re.compile(r"\s*([-./年月日])\s*")
_FULL = re.compile(rf"([0-9]{{4}})[-./年]([0-9]{{1,2}})[-./月]([0-9]{{1,2}})(?:日|[T ]|$){_CLOCK}")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?")
_MONTH = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})(?:月份?)?|([0-9]{2}))")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
# A number cell cannot hold the last nought of 2015.10, and shows 2015.1 for both months.
_JANUARY_OR_OCTOBER = re.compile(r"[0-9]{4}\.1")
_SERIAL_ORIGIN = dt.date(1899, 12, 30)


def read_day(text: str, *, month_is_enough: bool = False, year_last: str = "") -> Day | Problem:
    """A date, with or without a time of day, which is not kept.

    ``month_is_enough`` takes 2015.3 for a month without a day. ``year_last`` says what 3/1/2015
    means: ``day_first``, ``month_first``, or (empty) that it is refused.
    """
    shape = plain(text)
    if " " in shape or not shape.isascii():
        shape = _AROUND_SEPARATORS.sub(r"\1", shape)
    if found := _FULL.fullmatch(shape) or _COMPACT.fullmatch(shape):
        return _calendar(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _SERIAL.fullmatch(shape):
        return _plausible(text, day_of(_SERIAL_ORIGIN + dt.timedelta(days=int(found[1]))))
    if found := _YEAR_LAST.fullmatch(shape):
        return _year_last(text, found, year_last)
    if found := _MONTH.fullmatch(shape):
        return _month(text, found, month_is_enough)
    return Problem("", Fault.DATE_SHORT_YEAR if _SHORT_YEAR.fullmatch(shape) else Fault.DATE_UNREADABLE, text)


def _calendar(text: str, year: int, month: int, day_of_month: int) -> Day | Problem:
    try:
        return _plausible(text, day_of(dt.date(year, month, day_of_month)))
    except ValueError:
        return Problem("", Fault.DATE_IMPOSSIBLE, text)


def _plausible(text: str, value: Day) -> Day | Problem:
    return value if value // 10000 in YEARS else Problem("", Fault.DATE_YEAR, text)


def _year_last(text: str, found: re.Match[str], order: str) -> Day | Problem:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if not order:
        return Problem("", Fault.DATE_ORDER, text)
    return _calendar(text, year, *((second, first) if order == "day_first" else (first, second)))


def _month(text: str, found: re.Match[str], enough: bool) -> Day | Problem:
    month = int(found[2] or found[3])
    if not 1 <= month <= 12:
        return Problem("", Fault.DATE_IMPOSSIBLE, text)
    if not enough:
        return Problem("", Fault.DATE_NO_DAY, text)
    if _JANUARY_OR_OCTOBER.fullmatch(found[0]):
        return Problem("", Fault.DATE_JANUARY_OR_OCTOBER, text)
    return _plausible(text, day(int(found[1]), month))
