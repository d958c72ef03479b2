"""The tab 记录: the entries along a line of time, and beside them all about the selected one."""

from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedLayout, QWidget

from app.commands.changes import Changes
from app.context import AppContext
from app.files import write_whole
from app.permissions import Permission
from app.queries.evidence import evidence_content
from app.queries.files import EvidenceRow
from app.words import tr
from models.types import Uid
from ui import messages, tasks
from ui.pages.file.actions import Forms, offered
from ui.pages.file.entry_detail import EntryDetail
from ui.pages.file.erasing import erasing
from ui.pages.file.reading import FileReading
from ui.pages.file.timeline import Timeline
from ui.pages.file.timeline_model import timeline_rows
from ui.widgets import EmptyState, rule

DETAIL_WIDTH = 600


class EntriesTab(QWidget):
    """List left, details right."""

    again_wanted = Signal(object)
    """Record a returned entry again, beginning with what it said."""
    correct_wanted = Signal(object, str)
    """Record an entry in force as it should have been; given what is wrong in it."""
    same_act_wanted = Signal(object)
    """Record another decision on the act of an entry."""
    record_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: FileReading | None = None
        self.list = Timeline()
        self.detail = EntryDetail(self._save, self.list.choose)
        stays = self.detail.sizePolicy()
        stays.setRetainSizeWhenHidden(True)  # while the entry form lies over it
        self.detail.setSizePolicy(stays)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self._both, self.empty = QWidget(), self._empty()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, 1)
        row.addWidget(rule(vertical=True))
        row.addWidget(self.detail)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.empty)

    def put(self, reading: FileReading) -> None:
        """Show the entries of a file; the selected one stays selected, and in view."""
        same = self._reading is not None and self._reading.view.head.uid == reading.view.head.uid
        chosen = self.list.chosen() if same else None
        self._reading = reading
        at = self.list.verticalScrollBar().value()
        self.list.rows.put(timeline_rows(reading))
        self._stack.setCurrentWidget(self._both if reading.view.entries else self.empty)
        self.list.choose(chosen.uid if chosen else None)
        self.list.verticalScrollBar().setValue(at if same else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The details are where the sheet of the entry form will be, so that it covers nothing else."""
        super().resizeEvent(event)
        self.detail.setFixedWidth(min(DETAIL_WIDTH, self.width() * 6 // 11))

    def choose(self, uids: tuple[Uid, ...]) -> None:
        """Stand on the one of these that is in the file."""
        if self._reading and (known := [uid for uid in uids if self._reading.entry(uid)]):
            self.list.choose(known[0])

    def _show(self) -> None:
        entry = self.list.chosen()
        if entry and self._reading:
            had = self.window().focusWidget()
            forms = Forms(
                partial(self.again_wanted.emit, entry),
                partial(self.correct_wanted.emit, entry),
                partial(self.same_act_wanted.emit, entry),
            )
            offers = chain(
                offered(self, self._context, self._reading, entry, forms),
                erasing(self, self._context, self._reading, entry),
            )
            self.detail.put(self._reading, entry, () if self._reading.view.as_of else offers)
            if isinstance(had, QPushButton) and self.detail.isAncestorOf(had):  # it is gone
                self.list.setFocus()

    def _empty(self) -> EmptyState:
        sentence = tr(
            "Nothing is on record here. Entries are decided or verified facts about official conduct, "
            "positive and negative."
        )
        keeps = self._context.actor.may(Permission.KEEP_FILES)
        act = tr("Record the first…") if keeps else ""
        return EmptyState("file-plus", sentence, act, self.record_wanted.emit)

    def _save(self, evidence: EvidenceRow) -> None:
        """Write a copy of a file of evidence to where the reader wants it."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), evidence.title)
        if chosen:
            tasks.write(self, partial(_write_copy, self._context, evidence.uid, Path(chosen)), self._on_saved)

    def _on_saved(self, _: Changes) -> None:
        messages.say(self, "ok", tr("The copy is saved. Delete it when it is no longer needed."))


def _write_copy(context: AppContext, uid: Uid, path: Path) -> Changes:
    write_whole(path, context.ask(evidence_content, uid))
    return Changes()
