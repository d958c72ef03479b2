"""What a unit adds to a standard of its own (自设事项), within what the standard leaves to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.rules.grading.dating import dating_problems, in_force
from app.rules.grading.faults import faults, worth_of
from app.rules.grading.parsing import ALWAYS, BadScheme, content_of, versions_of
from app.rules.grading.reading import MOST_POINTS, Code, Fault, Problem, Reader, Text, about
from app.rules.grading.scheme import FORMAT, ItemRule, Scheme
from models.types import POINT, Day, Polarity


@dataclass(frozen=True, kw_only=True, eq=False)
class Supplement:
    """The items that a unit adds."""

    format: int = about("1: the format described here.", least=FORMAT, most=FORMAT)
    kind: str = about("“local”.")
    code: Code = about("Code of the standard that it adds to.", key="id")
    edition: int = about("Number of the version, from 1.", least=1, most=100_000)
    title: Text = about("Its title.")
    adopted_by: str = about("Number of the document that adopts it.", "")
    item_rows: tuple[ItemRule, ...] = about("The items.", key="items")
    versions: Mapping[str, tuple[ItemRule, ...]] = field(default_factory=dict)
    """All versions of an item whose values change with the day of the act."""


def parse_supplement(text: str, on: Day = ALWAYS) -> Supplement:
    """What a unit's TOML text adds, as it stands on a day. Raises BadScheme with every problem."""
    content = content_of(text)
    reader = Reader()
    reader.problems += dating_problems(content)
    found = reader.table(Supplement, in_force(content, on), "")
    versions = dict(versions_of(content, reader))
    if found and found.kind != "local":
        reader.note("kind", Fault.NOT_A_CODE, found.kind)
    if found is None or reader.problems:
        raise BadScheme(reader.problems)
    return replace(found, versions=versions)


def supplemented(scheme: Scheme, own: Supplement) -> Scheme:
    """The standard with a unit's items. Raises BadScheme where the standard does not leave them to it."""
    problems = _beyond(scheme, own)
    rows = (*scheme.item_rows, *own.item_rows)
    made = replace(scheme, item_rows=rows, versions={**scheme.versions, **own.versions})
    problems += faults(made, list(_placed(own)))
    if problems:
        raise BadScheme(problems)
    return made


def _placed(own: Supplement) -> Iterator[tuple[str, ItemRule]]:
    """Every item, in all its versions, with its place."""
    for number, item in enumerate(own.item_rows, 1):
        for one in own.versions.get(item.code, (item,)):
            yield f"items[{number}]", one


def _beyond(scheme: Scheme, own: Supplement) -> list[Problem]:
    """What goes beyond that: another standard, too many items or points, a direct grade, a code in use."""
    room = scheme.local
    if own.code != scheme.code or room is None:
        return [Problem("id", Fault.NO_ROOM, own.code)]
    problems = [Problem("items", Fault.TOO_MANY, str(room.items))] if len(own.item_rows) > room.items else []
    for place, item in _placed(own):
        if item.code in scheme.items:
            problems.append(Problem(f"{place}.code", Fault.DOUBLE, item.code))
        if item.direct or item.over:
            problems.append(Problem(f"{place}.direct", Fault.NOT_LEFT, item.code))
        if item.unit_points and item.cap is None:
            problems.append(Problem(f"{place}.cap", Fault.MISSING))
        if item.head_share > POINT:
            problems.append(Problem(f"{place}.head_share", Fault.OUT_OF_RANGE, str(item.head_share / POINT)))
        if _largest(item) > room.points:
            problems.append(Problem(f"{place}.points", Fault.OUT_OF_RANGE, str(_largest(item) // POINT)))
    return problems


def _largest(item: ItemRule) -> int:
    """Most points that one entry of the item can bring; what is counted by the unit has a cap for that."""
    cap = item.cap
    if item.unit_points and cap:
        end = cap.ceiling if item.polarity is Polarity.POSITIVE else cap.floor
        return MOST_POINTS * POINT if end is None else abs(end)
    sizes: Sequence[int] = [abs(points) for points in worth_of(item)]
    return sum(sizes) if item.each_step else max(sizes, default=0)
