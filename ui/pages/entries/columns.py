"""The columns of the table of entries."""

from app.labels import label as words
from app.queries.entry_list import EntryOrder, ListedEntry
from app.words import in_use, mark, tr
from models.types import EntryStatus, Polarity, iso, local_time
from ui import theme
from ui.tables.row_model import Column
from ui.widgets import sign

_COUNTING = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)


def _item(row: ListedEntry) -> str:
    return f"{sign(row.polarity)[0]} {row.item_name(in_use())}"


def _item_spoken(row: ListedEntry) -> str:
    said = tr("{item}, positive") if row.polarity is Polarity.POSITIVE else tr("{item}, negative")
    return said.format(item=row.item_name(in_use()))


def _item_colour(row: ListedEntry) -> theme.Role | None:
    return sign(row.polarity)[1] if row.status in _COUNTING else "muted"


def _status_icon(row: ListedEntry) -> tuple[str, theme.Role] | None:
    return ("flag", "dispute") if row.status is EntryStatus.DISPUTED else None


def _facts(row: ListedEntry) -> str:
    return " ".join(row.facts.split())


COLUMNS: tuple[Column[ListedEntry], ...] = (
    Column(EntryOrder.OCCURRED, mark("Occurred on"), lambda row: iso(row.occurred_on), 7),
    Column(EntryOrder.STAFF_NO, mark("Staff no."), lambda row: row.staff_no, 5),
    Column(EntryOrder.NAME, mark("Name"), lambda row: row.name, 5),
    Column(EntryOrder.DEPARTMENT, mark("Department"), lambda row: row.department, 7),
    Column(EntryOrder.ITEM, mark("Item"), _item, 10, colour=_item_colour, spoken=_item_spoken),
    Column(EntryOrder.STATUS, mark("Status"), lambda row: words(row.status), 6, icon=_status_icon),
    Column(EntryOrder.DOCUMENT, mark("Document number"), lambda row: row.document_no, 9),
    Column(
        EntryOrder.DECIDED,
        mark("Decided on"),
        lambda row: iso(row.decided_on) if row.decided_on else "",
        6,
        shown=False,
    ),
    Column(EntryOrder.AUTHORITY, mark("Authority"), lambda row: row.authority, 8, shown=False),
    Column(
        EntryOrder.RECORDED,
        mark("Recorded"),
        lambda row: f"{local_time(row.recorded_at):%Y-%m-%d %H:%M}",
        9,
        shown=False,
    ),
    Column(EntryOrder.FACTS, mark("Facts"), _facts, 8, tooltip=_facts),
)
