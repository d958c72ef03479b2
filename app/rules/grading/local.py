"""What a unit adds to a standard of its own (自设事项), within what the standard leaves to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.rules.grading.faults import faults, worth_of
from app.rules.grading.parsing import ALWAYS, BadScheme, content_of
from app.rules.grading.reading import Code, Fault, Problem, Reader, Text, about, dating_problems, in_force
from app.rules.grading.scheme import FORMAT, ItemRule, Scheme
from models.types import POINT, Day


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


def parse_supplement(text: str, on: Day = ALWAYS) -> Supplement:
    """What a unit's TOML text adds, as it stands on a day. Raises BadScheme with every problem."""
    content = content_of(text)
    reader = Reader()
    reader.problems += dating_problems(content)
    found = reader.table(Supplement, in_force(content, on), "")
    if found and found.kind != "local":
        reader.note("kind", Fault.NOT_A_CODE, found.kind)
    if found is None or reader.problems:
        raise BadScheme(reader.problems)
    return found


def supplemented(scheme: Scheme, own: Supplement) -> Scheme:
    """The standard with a unit's items. Raises BadScheme where the standard does not leave them to it."""
    problems = _beyond(scheme, own)
    rows = (*scheme.item_rows, *own.item_rows)
    made = replace(scheme, item_rows=rows)
    places = [(f"items[{number}]", item) for number, item in enumerate(own.item_rows, 1)]
    problems += faults(made, places)
    if problems:
        raise BadScheme(problems)
    return made


def _beyond(scheme: Scheme, own: Supplement) -> list[Problem]:
    """What goes beyond that: another standard, too many items or points, a direct grade, a code in use."""
    room = scheme.local
    if own.code != scheme.code or room is None:
        return [Problem("id", Fault.NO_ROOM, own.code)]
    problems = [Problem("items", Fault.TOO_MANY, str(room.items))] if len(own.item_rows) > room.items else []
    for number, item in enumerate(own.item_rows, 1):
        place = f"items[{number}]"
        if item.code in scheme.items:
            problems.append(Problem(f"{place}.code", Fault.DOUBLE, item.code))
        if item.direct or item.over:
            problems.append(Problem(f"{place}.direct", Fault.NOT_LEFT, item.code))
        if _largest(item) > room.points:
            problems.append(Problem(f"{place}.points", Fault.OUT_OF_RANGE, str(_largest(item) // POINT)))
    return problems


def _largest(item: ItemRule) -> int:
    sizes: Sequence[int] = [abs(points) for points in worth_of(item)]
    return sum(sizes) if item.each_step else max(sizes, default=0)
