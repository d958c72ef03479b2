"""The tab 记录: the entries along a line of time, and beside them all about the selected one."""

from functools import partial
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QStackedWidget, QWidget

from app.context import AppContext
from app.permissions import Permission
from app.queries.files import EvidenceRow
from app.words import tr
from models.types import Uid
from ui.evidence import EvidencePane, Piece, save_copy
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
        self.detail = EntryDetail(self._preview, self._save, self.list.choose)
        stays = self.detail.sizePolicy()
        stays.setRetainSizeWhenHidden(True)  # while the entry form lies over it
        self.detail.setSizePolicy(stays)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self._both, self.empty = QWidget(), self._empty()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.evidence = EvidencePane(context)
        self.evidence.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.evidence.setAccessibleName(tr("Evidence"))
        self.evidence.listen(self.evidence)
        self.evidence.closed.connect(self._close_evidence)
        leave = QAction(tr("Close the evidence"), self.evidence)
        leave.setShortcut(QKeySequence("Esc"))
        leave.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.triggered.connect(self._close_evidence)
        self.evidence.addAction(leave)
        self._left = QStackedWidget()
        self._left.addWidget(self.list)
        self._left.addWidget(self.evidence)
        row.addWidget(self._left, 1)
        row.addWidget(rule(vertical=True))
        row.addWidget(self.detail)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.empty)

    def put(self, reading: FileReading) -> None:
        """Show the entries of a file; the selected one stays selected, and in view."""
        same = self._reading is not None and self._reading.view.head.uid == reading.view.head.uid
        chosen = self.list.chosen() if same else None
        if not same:
            self._left.setCurrentWidget(self.list)
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
            self._left.setCurrentWidget(self.list)
            self.list.choose(known[0])

    def _show(self) -> None:
        entry = self.list.chosen()
        if entry and self._reading:
            shown = self.evidence.shown()
            if shown and shown.uid not in (one.uid for one in self._reading.view.evidence_of(entry)):
                self._close_evidence()
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
        save_copy(self, self._context, Piece(evidence.uid, evidence.title))

    def _preview(self, evidence: EvidenceRow) -> None:
        """Show a file of evidence in the place of the list, beside what rests on it."""
        entry = self.list.chosen()
        if entry and self._reading:
            files = [one for one in self._reading.view.evidence_of(entry) if one.size is not None]
            self.evidence.show_pieces([Piece(one.uid, one.title) for one in files], files.index(evidence))
            self._left.setCurrentWidget(self.evidence)
            self.evidence.setFocus()

    def _close_evidence(self) -> None:
        had = self.window().focusWidget()
        self._left.setCurrentWidget(self.list)
        if had is None or self.evidence.isAncestorOf(had) or had is self.evidence:
            self.list.setFocus()
