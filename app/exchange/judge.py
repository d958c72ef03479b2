"""Judges the rows of a list: what each becomes and where it goes, or what is wrong with it.

The same generator serves the dry run and the commit, so that what the one passes the other never
rejects. It knows no database: what it must know of the office comes as Lookups.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, cast

from app.exchange.binding import Bound, Lookups, Pick, bind, picker
from app.exchange.fields import Placement
from app.exchange.mapping import ListMapping, rule_columns
from app.exchange.plans import Plan, Record, key_parts, rule_chooser
from app.exchange.tables import Row, Table
from app.exchange.values import clean, read_name, total_of
from app.rules.inputs import NewEntry, NewPerson
from app.rules.validation import (
    Fault,
    Problem,
    entry_contradictions,
    item_contradictions,
    lead_contradictions,
    person_contradictions,
)


class Judged(NamedTuple):
    """What was decided about one row."""

    row: int
    """Its number in the spreadsheet."""
    placement: Placement
    record: Record | None
    """None where it was left out or rejected."""
    identity: bytes
    """16 bytes, the same whenever the same row of the same source is judged again."""
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    """What the mapping says about its place."""
    cells: Sequence[str] = ()
    """As they stand in the list."""
    doubt: Problem | None = None
    """Why it should be looked at, although it is taken in."""


Check = Callable[[Any, int], list[Problem]]
"""What contradicts itself in a record, or others; given the number of its row."""


def judge(table: Table, mapping: ListMapping, lookups: Lookups) -> Iterator[Judged]:
    """Judge every row, in order. Raises Invalid, before the first row, where mapping and list do not fit.

    Two rows with the same key are told apart by their order in the list: the identity of a row is
    a digest of the source, its key, and how often this key has stood there by now.
    """
    bound = bind(mapping, table.columns, lookups)
    return _judged(table.rows, len(table.columns), bound, *rule_chooser(bound))


def _judged(
    rows: Iterable[Row], width: int, bound: Bound, pick: Pick, plans: Mapping[Any, Plan | None]
) -> Iterator[Judged]:
    identify = _identities(bound)
    checks = _checks(bound)
    unplaced = _unplaced(bound)
    rejected = Placement.REJECTED
    for number, cells in rows:
        if problem := _misfit(cells, width):
            identity = identify((*cells, *[""] * width))
            yield Judged(number, rejected, None, identity, (problem,), "", cells)
            continue
        identity = identify(cells)
        plan = plans[pick(cells)]
        if plan is None:
            yield Judged(number, rejected, None, identity, (unplaced(cells),), "", cells)
        elif plan.record is None:
            yield Judged(number, plan.placement, None, identity, (), plan.reason, cells)
        else:
            record, problems = _read(plan, cells)
            problems = problems or checks[plan.placement](record, number)
            if problems:
                yield Judged(number, rejected, None, identity, _named(bound, problems), "", cells)
            else:
                yield Judged(number, plan.placement, record, identity, (), plan.reason, cells)


def _read(plan: Plan, cells: list[str]) -> tuple[Any, list[Problem]]:
    """The record of a row, or all problems of its cells."""
    values = [read[pick(cells)] for pick, read in plan.steps]
    if Problem in map(type, values):
        return None, [value for value in values if isinstance(value, Problem)]
    # Straight to the tuple: the class's own constructor takes twice as long.
    return tuple.__new__(cast(type[Any], plan.record), plan.arrange([*values, *plan.fixed])), []


def _identities(bound: Bound) -> Callable[[Any], bytes]:
    parts = key_parts(bound)
    seen: dict[str, int] = {}
    start = blake2b(f"{clean(bound.mapping.source)}\x1e".encode(), digest_size=16)

    def identify(cells: list[str]) -> bytes:
        key = "\x1f".join([read[pick(cells)] for pick, read in parts])
        seen[key] = occurrence = seen.get(key, 0) + 1
        digest = start.copy()
        digest.update(f"{key}\x1e{occurrence}".encode())
        return digest.digest()

    return identify


def _misfit(cells: list[str], width: int) -> Problem | None:
    """A total is no row of the list, and one that is too short or too long cannot be trusted.

    Blank cells beyond the headings are cut.
    """
    if total := total_of(cells):
        return Problem("", Fault.TOTAL, total)
    if len(cells) == width:
        return None
    if len(cells) > width and not any(cells[width:]):
        del cells[width:]
        return None
    return Problem("", Fault.CELLS, params={"found": str(len(cells)), "expected": str(width)})


def _unplaced(bound: Bound) -> Callable[[list[str]], Problem]:
    columns = rule_columns(bound.mapping.place)
    picks = [(column, picker(bound, (column,))) for column in columns]

    def problem(cells: list[str]) -> Problem:
        shown = ", ".join(f"{column} = “{pick(cells)}”" for column, pick in picks)
        return Problem("", Fault.NO_PLACE, shown, column=", ".join(columns))

    return problem


def _checks(bound: Bound) -> dict[Placement, Check]:
    taken, polarities = _taken(bound.lookups), bound.lookups.polarities

    def entry_problems(entry: NewEntry, _: int) -> list[Problem]:
        problems, polarity = entry_contradictions(entry), polarities.get(entry.item)
        return problems + item_contradictions(entry, polarity) if polarity else problems

    return {
        Placement.PERSON: lambda person, row: person_contradictions(person) + taken(person, row),
        Placement.ENTRY: entry_problems,
        Placement.LEAD: lambda lead, _: lead_contradictions(lead),
    }


def _taken(lookups: Lookups) -> Callable[[NewPerson, int], list[Problem]]:
    """Finds staff numbers and ID numbers that are someone else's, in the list or in the office."""
    rows: dict[str, int] = {}
    owners: dict[str, str] = {}

    def problems(person: NewPerson, row: int) -> list[Problem]:
        found: list[Problem] = []
        number, name = person.staff_no, person.name
        if (first := rows.setdefault(number, row)) != row:
            found.append(Problem("staff_no", Fault.STAFF_NO_TWICE, number, {"row": str(first)}))
        known = lookups.people.get(number)
        if known is not None and read_name(known) != name:
            params = {"staff_no": number, "known": known}
            found.append(Problem("name", Fault.STAFF_NO_TAKEN, name, params))
        if identity := person.id_number:
            owner = lookups.id_numbers.get(identity) or owners.setdefault(identity, number)
            if owner != number:
                found.append(Problem("id_number", Fault.ID_TAKEN, identity, {"other": owner}))
        return found

    return problems


def _named(bound: Bound, problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems with the columns they come from."""
    columns = bound.mapping.columns
    return tuple(p if p.column else p._replace(column=columns.get(p.field, "")) for p in problems)
