"""The entries of a file as a list along a line of time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QWidget

from app.queries.files import EntryRow
from app.words import tr
from models.types import Uid
from ui import theme
from ui.pages.file.timeline_model import TimelineModel
from ui.pages.file.timeline_paint import TimelinePainter


class Timeline(QListView):
    """The list. Up and down move, the details follow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TimelineModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(TimelinePainter(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(tr("Entries"))
        theme.mark(self, "surface", "plain")

    def chosen(self) -> EntryRow | None:
        """The entry that the keyboard stands on."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].entry if index.isValid() else None

    def choose(self, uid: Uid | None) -> None:
        """Stand on an entry, or on the first where it is not here."""
        found = (number for number, row in enumerate(self.rows.rows) if row.entry.uid == uid)
        self.setCurrentIndex(self.rows.index(next(found, 0)))
