"""What the acts on an entry have in common."""

from collections.abc import Callable
from typing import NamedTuple

from app.labels import label
from app.queries.files import EntryRow, FileHead
from app.words import in_use, mark, tr
from models.types import EntryStatus, iso
from ui.dialogs.reason import Field


class Offered(NamedTuple):
    """An act: its words, why it cannot be done now (empty where it can), and what it does."""

    text: str
    why_not: str
    do: Callable[[], object]
    dangerous: bool = False
    more: bool = False
    """Whether it stands in the menu, and not as a button of its own."""


IN_FORCE = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)
DAY = Field("on", mark("Date of the document"), "day", mark("Enter the date of the document."))


def unless(entry: EntryRow, allowed: tuple[EntryStatus, ...], sentence: str) -> str:
    """Why not, where the entry does not stand as it should; empty where it does."""
    if entry.status in allowed:
        return ""
    now = tr("This one is: {status}.").format(status=label(entry.status))
    return f"{sentence}\n{now}"


def named_entry(head: FileHead, entry: EntryRow) -> str:
    """Whose entry it is, and which."""
    words = tr("{name}: {item}, {date}").format(
        name=head.name, item=entry.item_name(in_use()), date=iso(entry.occurred_on)
    )
    return f"{words} · {entry.document_no}" if entry.document_no else words
