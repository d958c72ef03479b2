"""A grading standard (等级评定标准) as data, read from its TOML text (``format = 1``).

Every construct that the text may use is a field here; there is no expression language. What stands
in the text but is not known is a problem, never passed over.
"""

import tomllib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, TypeGuard

from app.rules.validation import CODE, LINE
from models.types import POINT, AuthorityLevel, Category, Points, Polarity, ServiceState

FORMAT = 1
MOST_POINTS, MOST_MONTHS = 100_000, 1_200  # so that every score and every date has a place in the tables


class Fault(StrEnum):
    """What can be wrong with the text of a scheme."""

    SYNTAX = "syntax"
    FORMAT = "format"
    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_A_TEXT = "not_a_text"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CODE = "not_a_code"
    WRONG_SIGN = "wrong_sign"
    WRONG_CATEGORY = "wrong_category"
    RAISES = "raises"
    """A direct grade can only lower."""
    DOUBLE = "double"
    NOT_DESCENDING = "not_descending"
    NO_LOWEST_BAND = "no_lowest_band"
    TOO_LONG = "too_long"
    OUT_OF_RANGE = "out_of_range"


class Problem(NamedTuple):
    """One fault, where it stands, and the value that is wrong."""

    place: str
    fault: Fault
    value: str = ""


class RunsFrom(StrEnum):
    """What the validity of an item is counted from."""

    CONDUCT = "conduct"
    """The act, or the last day of continuing conduct."""
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Text:
    """A name in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The Chinese for ``zh…``, else the English."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Band:
    """A grade and the lowest score (inclusive) that earns it; the last band has none."""

    code: str
    name: Text
    lowest: Points | None


@dataclass(frozen=True, slots=True)
class ItemRule:
    """What one kind of act is worth."""

    code: str
    name: Text
    polarity: Polarity
    category: Category
    points: Mapping[AuthorityLevel, Points]
    """By level of the deciding body; a fixed number of points stands at every level."""
    validity: int
    """Months that an entry counts."""
    runs_from: RunsFrom
    direct: str
    """Band that one such act gives whatever the score; empty for none."""
    direct_validity: int
    appraisal: str
    """Effect on the annual appraisal of the year, in words of the law; empty for none."""
    influence: int
    """Months of the influence period (影响期); 0 for none."""
    reference: str


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """One version of a standard. Compared by identity, so that results can be remembered by it."""

    code: str
    edition: int
    title: Text
    issuer: str
    notice: Text
    """What must be said wherever a grade by this scheme is shown; empty but for drafts and examples."""
    base: Points
    floor: Points | None
    ceiling: Points | None
    bands: tuple[Band, ...]
    """Best first."""
    items: Mapping[str, ItemRule]
    not_rated: frozenset[ServiceState]


class BadScheme(Exception):
    """The text is not a scheme; ``problems`` say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)


def parse(text: str) -> Scheme:
    """The scheme that a TOML text says. Raises BadScheme with every problem found, once each."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadScheme([Problem("", Fault.SYNTAX, str(error))]) from error
    if content.get("format") != FORMAT:
        raise BadScheme([Problem("format", Fault.FORMAT, str(content.get("format", "")))])
    problems: list[Problem] = []
    scheme = _scheme(_Table(content, "", problems))
    problems += _doubles(content) + _band_problems(scheme)
    if problems:
        raise BadScheme(problems)
    return scheme


class _Table:
    """Takes the values out of a TOML table one by one, noting what is missing, wrong or left over."""

    def __init__(self, content: object, place: str, problems: list[Problem]) -> None:
        self.content = dict(content) if isinstance(content, dict) else {}
        self.place = place
        self.problems = problems
        if content is not None and not isinstance(content, dict):
            self.note("", Fault.MISSING)

    def note(self, name: str, fault: Fault, value: object = "") -> None:
        place = f"{self.place}.{name}" if self.place and name else self.place or name
        self.problems.append(Problem(place, fault, str(value)))

    def take(self, name: str, default: object = None) -> object:
        if name not in self.content and default is None:
            self.note(name, Fault.MISSING)
        return self.content.pop(name, default)

    def text(self, name: str, default: str | None = None, most: int | None = None) -> str:
        value = self.take(name, default)
        if value == "" and default is None:
            self.note(name, Fault.MISSING)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note(name, Fault.NOT_A_TEXT, value)
            return ""
        if most and len(value) > most:
            self.note(name, Fault.TOO_LONG, most)
        return value

    def texts(self, name: str) -> Text:
        table = self.table(name)
        text = Text(table.text("zh", most=LINE), table.text("en", most=LINE))
        table.end()
        return text

    def table(self, name: str) -> "_Table":
        return _Table(self.take(name), f"{self.place}.{name}".lstrip("."), self.problems)

    def tables(self, name: str) -> list["_Table"]:
        found = self.take(name)
        rows = found if isinstance(found, list) else []
        if found is not None and not rows:
            self.note(name, Fault.MISSING)
        return [_Table(row, f"{name}[{number}]", self.problems) for number, row in enumerate(rows, 1)]

    def whole(self, name: str, default: int | None = None, least: int = 0, most: int = MOST_MONTHS) -> int:
        value = self.take(name, default)
        if type(value) is int and least <= value <= most:
            return value
        if value is not None:
            self.note(name, Fault.OUT_OF_RANGE if type(value) is int else Fault.NOT_A_NUMBER, value)
        return least

    def points(self, name: str) -> Points:
        return self.as_points(name, self.take(name))

    def as_points(self, name: str, value: object) -> Points:
        if _is_points(value):
            return Points(int(value * POINT))
        if value is not None:
            self.note(name, Fault.NOT_A_NUMBER, value)
        return Points(0)

    def code(self, name: str, codes: type[StrEnum], otherwise: str, *, needed: bool = True) -> str:
        value = self.text(name, None if needed else otherwise)
        if value in set(codes):
            return value
        if value:
            self.note(name, Fault.NOT_A_CODE, value)
        return otherwise

    def end(self) -> None:
        for name in self.content:
            self.note(name, Fault.UNKNOWN)


def _is_points(value: object) -> TypeGuard[int | Decimal]:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    number = Decimal(value)
    return number.is_finite() and abs(number) <= MOST_POINTS and number * POINT % 1 == 0


def _scheme(table: _Table) -> Scheme:
    table.take("format")
    score = table.table("score")
    bands = tuple(_band(row) for row in table.tables("bands"))
    codes = {band.code for band in bands}
    scheme = Scheme(
        code=table.text("id", most=CODE),
        edition=table.whole("edition", least=1),
        title=table.texts("title"),
        issuer=table.text("issuer", ""),
        notice=_notice(table),
        base=score.points("base"),
        floor=score.points("floor") if "floor" in score.content else None,
        ceiling=score.points("ceiling") if "ceiling" in score.content else None,
        bands=bands,
        items={item.code: item for item in (_item(row, codes) for row in table.tables("items"))},
        not_rated=frozenset(_states(table)),
    )
    score.end()
    table.end()
    return scheme


def _notice(table: _Table) -> Text:
    """In both languages, or one text for both."""
    if isinstance(table.content.get("notice"), dict):
        return table.texts("notice")
    text = table.text("notice", "")
    return Text(text, text)


def _states(table: _Table) -> Iterable[ServiceState]:
    listed = table.take("not_rated", [])
    for value in listed if isinstance(listed, list) else [listed]:
        if isinstance(value, str) and value in set(ServiceState):
            yield ServiceState(value)
        else:
            table.note("not_rated", Fault.NOT_A_CODE, value)


def _band(table: _Table) -> Band:
    lowest = table.points("from") if "from" in table.content else None
    band = Band(table.text("code", most=CODE), table.texts("name"), lowest)
    table.end()
    return band


def _item(table: _Table, bands: Set[str]) -> ItemRule:
    known = table.content.get("polarity") in tuple(Polarity)
    polarity = Polarity(table.code("polarity", Polarity, Polarity.POSITIVE))
    item = ItemRule(
        code=table.text("code", most=CODE),
        name=table.texts("name"),
        polarity=polarity,
        category=Category(table.code("category", Category, _CATEGORIES[polarity][0])),
        points=_points(table),
        validity=table.whole("validity", least=1),
        runs_from=RunsFrom(table.code("runs_from", RunsFrom, RunsFrom.CONDUCT, needed=False)),
        direct=table.text("direct", ""),
        direct_validity=table.whole("direct_validity", 0),
        appraisal=table.text("appraisal", ""),
        influence=table.whole("influence", 0),
        reference=table.text("reference", ""),
    )
    table.end()
    if item.direct and bands and item.direct not in bands:
        table.note("direct", Fault.NOT_A_CODE, item.direct)
    if known:  # else what follows from it would be found wrong too
        _note_contradictions(table, item, bands)
    return item


_POSITIVE = (Category.PERFORMANCE, Category.LAWFULNESS, Category.EXAMPLE)
_CATEGORIES = {
    Polarity.POSITIVE: _POSITIVE,
    Polarity.NEGATIVE: tuple(category for category in Category if category not in _POSITIVE),
}


def _note_contradictions(table: _Table, item: ItemRule, bands: Set[str]) -> None:
    """Where the values of an item, each good alone, do not go together."""
    positive = item.polarity is Polarity.POSITIVE
    if any(points < 0 if positive else points > 0 for points in item.points.values()):
        table.note("points", Fault.WRONG_SIGN, item.code)
    if item.category not in _CATEGORIES[item.polarity]:
        table.note("category", Fault.WRONG_CATEGORY, item.category)
    if item.direct in bands and positive:
        table.note("direct", Fault.RAISES, item.direct)


def _points(table: _Table) -> Mapping[AuthorityLevel, Points]:
    if not isinstance(table.content.get("points"), dict):
        return dict.fromkeys(AuthorityLevel, table.points("points"))
    by_level = table.table("points")
    levels = {str(level): level for level in AuthorityLevel}
    for name in sorted(by_level.content.keys() - levels.keys()):
        by_level.note(name, Fault.NOT_A_CODE, name)
    return {
        levels[name]: by_level.as_points(name, value)
        for name, value in by_level.content.items()
        if name in levels
    }


def _doubles(content: Mapping[str, object]) -> list[Problem]:
    problems = []
    for name in ("items", "bands"):
        rows = content.get(name)
        seen: set[str] = set()
        for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
            code = row.get("code") if isinstance(row, dict) else None
            if isinstance(code, str) and code in seen:
                problems.append(Problem(f"{name}[{number}].code", Fault.DOUBLE, code))
            seen.add(str(code))
    return problems


def _band_problems(scheme: Scheme) -> list[Problem]:
    if scheme.bands and scheme.bands[-1].lowest is not None:
        return [Problem("bands", Fault.NO_LOWEST_BAND)]
    upper = [band.lowest for band in scheme.bands[:-1]]
    problems = [Problem(f"bands[{n}].from", Fault.MISSING) for n, one in enumerate(upper, 1) if one is None]
    for number, (above, one) in enumerate(pairwise(upper), 2):
        if above is not None and one is not None and one >= above:
            problems.append(Problem(f"bands[{number}].from", Fault.NOT_DESCENDING))
    return problems
