"""The tab 历史: what happened in the file, by day, the newest first, and beneath each what it changed."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.history_words import Names, change_words, why
from app.labels import event_label
from app.labels import label as words
from app.queries.files import FileView
from app.queries.history import HistoryRow
from app.words import in_use, tr
from models.types import Moment, Uid, day_at, iso, local_time
from ui import theme
from ui.pages.file.reading import FileReading

_SEQ = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Happening(NamedTuple):
    """One line of the history."""

    row: HistoryRow
    what: str
    about: str
    why: str

    @property
    def moment(self) -> Moment:
        """When it happened."""
        return self.row.moment


class HistoryTab(QTreeWidget):
    """Days, and beneath each what was done, about what, by whom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("History"))
        self.setHeaderLabels([tr("Time"), tr("What"), tr("About"), tr("Who"), tr("No.")])
        self.setRootIsDecorated(False)
        self._names: Names = {}
        self._happened: dict[int, Happening] = {}
        self.setUniformRowHeights(True)
        self.setIndentation(theme.L)
        theme.mark(self, "surface", "plain")
        theme.mark(self, "cells", "true")
        self.headerItem().setTextAlignment(4, _RIGHT)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, 130), (1, 250), (3, 110), (4, 56)):
            self.setColumnWidth(section, width)
        self.itemExpanded.connect(self._tell_changes)

    def put_reading(self, reading: FileReading) -> None:
        """Show the history of a file."""
        self.clear()
        self._names = {**reading.names, **dict(_names(reading.view)), **dict(_bands(reading.view))}
        happened = list(happenings(reading.view))
        self._happened = {one.row.seq: one for one in happened}
        for day, group in groupby(happened, lambda one: day_at(one.moment)):
            top = QTreeWidgetItem([iso(day)])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.addTopLevelItem(top)
            top.addChildren([_item(one) for one in group])
            top.setExpanded(True)

    def _tell_changes(self, item: QTreeWidgetItem) -> None:
        """What an event changed is told when it is asked for."""
        one = self._happened.get(item.data(0, _SEQ) or 0)
        if one is None or item.childCount():
            return
        for change in change_words(one.row, self._names):
            text = change.after if not change.before else f"{change.before} → {change.after or tr('nothing')}"
            made = QTreeWidgetItem(["", change.field, text])
            made.setToolTip(2, text)
            item.addChild(made)


def _item(one: Happening) -> QTreeWidgetItem:
    row = one.row
    about = " — ".join(part for part in (one.about, one.why) if part)
    made = QTreeWidgetItem([f"{local_time(row.moment):%H:%M}", one.what, about, row.actor_name, str(row.seq)])
    made.setTextAlignment(4, _RIGHT)
    made.setToolTip(2, about)
    made.setData(0, _SEQ, row.seq)
    if row.changes:
        made.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
    return made


def happenings(view: FileView) -> Iterator[Happening]:
    """The events in plain words, without readings, which have a register of their own.

    The event of an approval's own record says nothing new, and is left out too.
    """
    called = dict(_names(view))
    for row in view.history:
        if row.record == "reading" or (row.kind.startswith("evaluation_") and row.subject not in called):
            continue
        yield Happening(row, event_label(row.kind), called.get(row.subject, ""), why(row))


def _bands(view: FileView) -> Iterator[tuple[str, str]]:
    for evaluation in view.evaluations:
        if band := evaluation.grade.band:
            yield band, evaluation.band_name(in_use())


def _names(view: FileView) -> Iterator[tuple[Uid, str]]:
    items = {entry.uid: entry.item_name(in_use()) for entry in view.entries}
    for entry in view.entries:
        yield entry.uid, _joined(items[entry.uid], iso(entry.occurred_on), entry.document_no)
    for evidence in view.evidence:
        yield evidence.uid, _joined(evidence.title, items.get(evidence.entry, ""))
    around = view.around
    for notice in around.notices:
        yield notice.uid, _joined(notice.number, items.get(notice.entry, ""))
    for statement in around.statements:
        yield statement.uid, items.get(statement.entry, "")
    for revocation in around.revocations:
        yield revocation.uid, items.get(revocation.entry, "")
    for objection in view.objections:
        yield objection.uid, objection.target_name(in_use())
    for order in view.erasures:
        yield order.uid, _joined(order.document_no, order.authority)
    for lead in view.leads:
        yield lead.uid, _joined(words(lead.channel), lead.order_no)
    for evaluation in view.evaluations:
        yield evaluation.uid, evaluation.period.label  # not the grade: it may have been another one then


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
