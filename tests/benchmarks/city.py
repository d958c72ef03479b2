"""The files of a city: people and entries put straight into the tables, the same every time.

The entries of a file lie together. Nothing has an event, which would take longer to make than all that is
measured with it; what is appended to the empty chains is as sound as anywhere.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.pinyin import search_keys
from app.queries.schemes import schemes
from app.rules.grading.scheme import ItemRule, Scheme
from models.bulk import execute_many, insert_rows
from models.conduct import Item
from models.ledger import ORIGIN, Chain
from models.people import Department, IntegrityFile, Person
from models.types import POINT, AuthorityLevel, Capacity, Channel, EntryStatus, Polarity, day_of
from tests.benchmarks.records import name_of
from tests.offices import TestOffice

DEPARTMENTS = 40
MEAN, MOST = 15.9, 60
"""Entries of a file: thrown with this mean, of which the floor is taken and no more than the most."""
STANDINGS = (*[EntryStatus.EFFECTIVE] * 90, *[EntryStatus.SUBMITTED] * 4, *list(EntryStatus)[:6])
DAYS = [day_of(date(2020, 1, 1) + timedelta(days)) for days in range(6 * 365 - 15)]
"""Six years, up to what the clock shows."""
PART = 1_000
OFFICER, VERIFIER = 1, 2

DEPARTMENT = ("id", "uid", "parent_id", "name", "position", "version")
FILE = (
    *("id", "uid", "number", "person_id", "department_id", "chain_id", "opened_on", "closed_on"),
    "content_version",
)
ENTRY = (
    *("uid", "file_id", "department_id", "act", "item_id", "status", "occurred_on", "decided_on"),
    *("authority", "level", "document_no", "facts", "channel", "recorded_by", "recorded_at"),
    *("quantity", "given_points", "given_reason", "capacity", "authors", "corrected_on"),
    *("verified_by", "verified_at", "version"),
)


class ItemOf(NamedTuple):
    """An item of the standard, by its key."""

    id: int
    rule: ItemRule


class Items(NamedTuple):
    """What entries are of; three of four praise."""

    positive: list[ItemOf]
    negative: list[ItemOf]


def same_facts(_: random.Random) -> str:
    """What every entry says, where nobody looks at it."""
    return FACTS


def furnish(office: TestOffice, people: int, facts: Callable[[random.Random], str] = same_facts) -> None:
    """Departments, people, their files and entries, in an office that has a standard and nothing else."""
    dice = random.Random(people)
    marks = ", ".join("?" * len(ENTRY))
    insert = f"INSERT INTO entries ({', '.join(ENTRY)}) VALUES ({marks})"
    (published,) = office.as_("officer").ask(schemes)
    with office.database.write() as session:
        departments = _departments(session, dice)
        items = Items(*(_items(session, published.scheme, polarity) for polarity in Polarity))
        numbers = iter(range(1, people + 1))
        while part := list(islice(numbers, PART)):
            _people(session, dice, part, departments)
            rows = [row for number in part for row in _entries(dice, number, departments, items, facts)]
            execute_many(session, insert, rows)


def _departments(session: Session, dice: random.Random) -> list[int]:
    root = session.execute(select(Department.id)).scalar_one()
    keys = list(range(root + 1, root + 1 + DEPARTMENTS))
    rows = [(key, _uid(dice), root, f"第{key}局", key, 1) for key in keys]
    insert_rows(session, Department, rows, DEPARTMENT)
    return keys


def _items(session: Session, scheme: Scheme, polarity: Polarity) -> list[ItemOf]:
    rows = select(Item.id, Item.code).where(Item.polarity == polarity).order_by(Item.id)
    return [ItemOf(key, scheme.items[code]) for key, code in session.execute(rows)]


def _people(session: Session, dice: random.Random, numbers: list[int], departments: list[int]) -> None:
    """Each with the number as key of person and file; the first chain is the office's."""
    people, files, chains = [], [], []
    for number in numbers:
        name, department, no = name_of(dice), _department(number, departments), f"{number:06}"
        chains.append((number + 1, _uid(dice), 0, ORIGIN))
        named = (no, name, *search_keys(name))
        people.append((number, _uid(dice), *named, department, "", "", 20150301, None, None, 1))
        files.append((number, _uid(dice), no, number, department, number + 1, 20150301, None, 0))
    for table, rows, columns in ((Chain, chains, ()), (Person, people, ()), (IntegrityFile, files, FILE)):
        insert_rows(session, table, rows, columns)


def _department(number: int, departments: list[int]) -> int:
    return departments[number % len(departments)]


def _entries(
    dice: random.Random,
    number: int,
    departments: list[int],
    items: Items,
    facts: Callable[[random.Random], str],
) -> Iterator[tuple[object, ...]]:
    """Of one file: some none, some sixty; now and then two of one act."""
    act, department = "", _department(number, departments)
    for _ in range(min(MOST, int(dice.expovariate(1 / MEAN)))):
        uid = _uid(dice)
        act = act if act and dice.random() < 0.04 else _uid(dice)
        item = dice.choice(items.positive if dice.random() < 0.75 else items.negative)
        began = dice.randrange(len(DAYS))
        decided = _later(dice, began) if dice.random() < 0.8 else None
        what = (uid, number, department, act, item.id, dice.choice(STANDINGS), DAYS[began], decided)
        said = (f"泽政〔2025〕{number}号", facts(dice), Channel.OWN_UNIT)
        source = ("泽临市人民政府", dice.choice(LEVELS), *said)
        yield *what, *source, OFFICER, 0, *_more(dice, item.rule, began), VERIFIER, 0, 1


LEVELS = list(AuthorityLevel)
FACTS = "在全市政务服务工作中表现突出，经本单位研究决定予以登记，材料齐全，事实清楚。"


def _more(dice: random.Random, rule: ItemRule, began: int) -> tuple[object, ...]:
    """What the item asks beyond the facts that every entry has; every fifth wrong is put right."""
    needs, seldom = rule.needs, dice.random() < 0.2
    quantity = dice.randrange(1, 200) * POINT if "quantity" in needs else None
    given = dice.choice((rule.range.least, rule.range.most)) if rule.range else None
    capacity = Capacity.HEAD if "capacity" in needs and seldom else None
    authors = dice.randrange(2, 6) if "authors" in needs and seldom else None
    corrected = _later(dice, began) if seldom and rule.polarity is Polarity.NEGATIVE else None
    return quantity, given, FACTS if given else None, capacity, authors, corrected


def _later(dice: random.Random, day: int) -> int:
    return DAYS[min(day + dice.randrange(90), len(DAYS) - 1)]


def _uid(dice: random.Random) -> str:
    return f"{dice.getrandbits(128):032x}"
