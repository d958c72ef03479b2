"""What the search box shows of what the office found, and where each hit leads."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from app.context import AppContext
from app.queries.finding import MOST, FoundDepartment, FoundEntry, FoundPerson, find
from app.words import in_use, ntr, tr
from models.types import iso
from ui.page import Place
from ui.search_box import Hit
from ui.widgets import sign

SHOWN = 6
"""Hits of a kind; who wants more goes to the list."""
AROUND = 10
"""Characters of the facts before what was typed."""

Go = Callable[[Place], object]


def hits(context: AppContext, go: Go, text: str) -> Sequence[Hit]:
    """The hits for what was typed, by kind; the line under a kind leads to all of it."""
    found = context.ask(find, text)
    people = [_person(one, go) for one in found.people[:SHOWN]]
    entries = [_entry(one, go, text) for one in found.entries[:SHOWN]]
    return [
        *people,
        *_more(len(found.people), tr("People"), partial(go, Place("people", ("text", text)))),
        *entries,
        *_more(len(found.entries), tr("Entries"), partial(go, Place("entries", ("text", text)))),
        *(_department(one, go) for one in found.departments[:SHOWN]),
    ]


def _person(found: FoundPerson, go: Go) -> Hit:
    where = f"{found.staff_no} · {found.department}"
    detail = tr("{where}, no longer serving").format(where=where) if found.left else where
    return Hit(found.name, detail, "user", partial(go, Place("file", (found.staff_no,))), tr("People"))


def _entry(found: FoundEntry, go: Go, text: str) -> Hit:
    place = Place("file", (found.staff_no, "entries", found.uid))
    title = f"{found.name}  {sign(found.polarity)[0]} {found.item_name(in_use())}"
    detail = f"{iso(found.occurred_on)}  {_said(found, text)}"
    return Hit(title, detail, "file-text", partial(go, place), tr("Entries"))


def _said(found: FoundEntry, text: str) -> str:
    """The document number where it was found by that, else the facts from shortly before what was typed."""
    if found.document_no.startswith(text.strip()):
        return found.document_no
    facts = " ".join(found.facts.split())
    at = max(0, min((facts.casefold().find(word) for word in text.casefold().split()), default=0))
    return f"…{facts[at - AROUND :]}" if at > AROUND else facts


def _department(found: FoundDepartment, go: Go) -> Hit:
    detail = ntr("{n} person", "{n} people", found.serving).format(n=f"{found.serving:,}")
    place = Place("people", ("department", found.id))
    return Hit(found.name, detail, "users", partial(go, place), tr("Departments"))


def _more(count: int, group: str, open_list: Callable[[], object]) -> Iterator[Hit]:
    rest = count - SHOWN
    if rest > 0:
        number = f"{rest}+" if count == MOST else str(rest)
        yield Hit(ntr("{n} more…", "{n} more…", rest).format(n=number), "", "list-filter", open_list, group)
