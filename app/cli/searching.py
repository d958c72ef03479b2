"""The verb that finds people, entries and departments."""

from argparse import Namespace
from functools import partial

from app.cli.offices import entered
from app.labels import label
from app.queries.finding import FoundEntry, find
from app.words import tr
from models.types import iso


def search(given: Namespace) -> tuple[int, object, str]:
    """``search``"""
    found = entered(given).ask(find, " ".join(given.words))
    lines = [
        *((one.staff_no, one.name, one.department, one.post) for one in found.people),
        *map(partial(_line, given.language), found.entries),
        *((one.name,) for one in found.departments),
    ]
    data = {
        "people": [one._asdict() | {"left": bool(one.left)} for one in found.people],
        "entries": [one._asdict() | {"occurred_on": iso(one.occurred_on)} for one in found.entries],
        "departments": [one._asdict() for one in found.departments],
    }
    return 0, data, "\n".join(map("\t".join, lines)) or tr("Nothing is found.")


def _line(language: str, one: FoundEntry) -> tuple[str, ...]:
    facts = " ".join(one.facts.split())
    where = (one.staff_no, one.name, one.item_name(language), label(one.status))
    return (*where, iso(one.occurred_on), one.document_no, facts)
