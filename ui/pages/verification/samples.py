"""The first entries of an imported list as a table: from each of them one goes to the file, and back."""

from array import array
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.queries.entries import SHOWN, Barred, WaitingEntry
from app.words import in_use, listed, mark, ntr, tr
from models.types import iso
from ui import theme
from ui.pages.verification.rows import doubts
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.widgets import label, sign


def _item(row: WaitingEntry) -> str:
    return f"{sign(row.polarity)[0]} {row.item_name(in_use())}"


def _column(
    key: str,
    title: str,
    text: Callable[[WaitingEntry], str],
    width: int,
    colour: Callable[[WaitingEntry], theme.Role | None] | None = None,
) -> Column[WaitingEntry]:
    return Column(key, title, text, width, colour=colour, sortable=False)


COLUMNS = (
    _column("name", mark("Person"), lambda row: f"{row.name} {row.staff_no}", 8),
    _column("day", mark("Date"), lambda row: iso(row.decided_on or row.occurred_on), 6),
    _column("item", mark("Item"), _item, 7, lambda row: sign(row.polarity)[1]),
    _column("document_no", mark("Document number"), lambda row: row.document_no, 11),
    _column(
        "doubts", mark("Remark"), lambda row: listed(one.text for one in doubts(row)), 8, lambda _: "dispute"
    ),
    _column("facts", mark("Facts"), lambda row: " ".join(row.facts.split()), 5),
)


class Samples(QWidget):
    """Shows entries; Enter opens one, Esc leaves."""

    opened = Signal(object)
    """The WaitingEntry whose file is wanted."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[WaitingEntry] = ()
        self._title = label("", "heading")
        self._title.setContentsMargins(theme.L, theme.S, theme.L, theme.XS)
        self.table = Table(RowModel(COLUMNS, self._rows, self), "samples", self)
        self.table.opened.connect(lambda number: self.opened.emit(self._entries[number]))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self.table, 1)

    def show_entries(self, entries: Sequence[WaitingEntry]) -> None:
        """Other entries, or the same once more: then the keyboard stays on its row."""
        shown = [row for row in entries if row.barred is not Barred.OWN_FILE]
        if [row.uid for row in shown] != [row.uid for row in self._entries]:
            self.table.replace(array("q"))
        self._entries = shown
        first = ntr("The first entry", "The first {n} entries", len(shown)).format(n=len(shown))
        title = tr("Its entries") if len(shown) < SHOWN else first
        self._title.setText(tr("{entries}: Enter opens the file, Alt+Left comes back").format(entries=title))
        self.table.setAccessibleName(title)
        self.table.replace(array("q", range(len(shown))), dict(enumerate(shown)))

    def take_keyboard(self) -> None:
        """Stand on the row where one was, or on the first."""
        if self._entries and self.table.current_id() is None:
            self.table.choose([0], 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_current(self) -> None:
        """Open the file of the row where one stands, or of the first."""
        if self._entries:
            self.opened.emit(self._entries[self.table.current_id() or 0])

    def _rows(self, numbers: Sequence[int]) -> Mapping[int, WaitingEntry]:
        entries = self._entries
        return {number: entries[number] for number in numbers if number < len(entries)}
