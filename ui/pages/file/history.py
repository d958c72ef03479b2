"""The tab 历史: what happened in the file, by day, the newest first. Nothing here can be changed."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.labels import event_label
from app.labels import label as words
from app.queries.files import FileView
from app.words import in_use, tr
from models.types import Moment, Uid, day_at, iso, local_time
from ui import theme
from ui.pages.file.reading import FileReading

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Happening(NamedTuple):
    """One line of the history."""

    seq: int
    moment: Moment
    what: str
    about: str
    who: str


class HistoryTab(QTreeWidget):
    """Days, and beneath each what was done, about what, by whom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("History"))
        self.setHeaderLabels([tr("Time"), tr("What"), tr("About"), tr("Who"), tr("No.")])
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.L)
        theme.mark(self, "surface", "plain")
        theme.mark(self, "cells", "true")
        self.headerItem().setTextAlignment(4, _RIGHT)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, 110), (1, 230), (3, 110), (4, 56)):
            self.setColumnWidth(section, width)

    def put_reading(self, reading: FileReading) -> None:
        """Show the history of a file."""
        self.clear()
        happened = list(happenings(reading.view))
        for day, group in groupby(happened, lambda one: day_at(one.moment)):
            top = QTreeWidgetItem([iso(day)])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.addTopLevelItem(top)
            top.addChildren([_item(one) for one in group])
        self.expandAll()


def _item(one: Happening) -> QTreeWidgetItem:
    time = f"{local_time(one.moment):%H:%M}"
    made = QTreeWidgetItem([time, one.what, one.about, one.who, str(one.seq)])
    made.setTextAlignment(4, _RIGHT)
    made.setToolTip(2, one.about)
    return made


def happenings(view: FileView) -> Iterator[Happening]:
    """The events in plain words. The event of an approval's own record says nothing new, and is left out."""
    names = dict(_names(view))
    for row in view.history:
        if row.kind.startswith("evaluation_") and row.subject not in names:
            continue
        yield Happening(
            row.seq, row.moment, event_label(row.kind), names.get(row.subject, ""), row.actor_name
        )


def _names(view: FileView) -> Iterator[tuple[Uid, str]]:
    items = {entry.uid: entry.item_name(in_use()) for entry in view.entries}
    for entry in view.entries:
        yield entry.uid, _joined(items[entry.uid], iso(entry.occurred_on), entry.document_no)
    for evidence in view.evidence:
        yield evidence.uid, _joined(evidence.title, items.get(evidence.entry, ""))
    for lead in view.leads:
        yield lead.uid, _joined(words(lead.channel), lead.order_no)
    for evaluation in view.evaluations:
        yield evaluation.uid, evaluation.period.label  # not the grade: it may have been another one then


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
