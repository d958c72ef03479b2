"""Grading: the desk of who decides, the year's overview of who submits, or both."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.context import AppContext
from app.permissions import Permission
from app.words import tr
from ui.page import Page, Place
from ui.pages.grading.decisions import Decisions
from ui.pages.grading.overview import Overview
from ui.widgets import EmptyState, Tabs

CARES = {Kind.EVALUATIONS, Kind.ENTRIES, Kind.PEOPLE, Kind.DEPARTMENTS, Kind.SCHEMES}


class InboxPage(Page):
    """``Place("inbox", (uid,))`` stands on one evaluation, ``Place("inbox", ("year", label))`` on how far
    a period has come."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Grading"))
        may = context.actor.may
        decides = may(Permission.DECIDE_GRADES) or may(Permission.DECIDE_HEADS_GRADES)
        self.decisions = Decisions(context) if decides else None
        self._tabs: Tabs | None = None
        self.overview = Overview(context) if may(Permission.PROPOSE_GRADES) else None
        for part in (self.decisions, self.overview):
            if part:
                part.file_wanted.connect(lambda staff_no: self.place_wanted.emit(Place("file", (staff_no,))))
        if self.decisions:
            self.decisions.waiting.connect(self.badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._content())
        self._reload()

    def show_place(self, place: Place) -> None:
        match place.args:
            case ("year", str(label)) if self.overview:
                self.overview.want(label)
                self._show_part(self.overview)
            case (str(uid),) if self.decisions:
                self.decisions.want(uid)
                self._show_part(self.decisions)

    def _show_part(self, part: Decisions | Overview) -> None:
        if self._tabs:
            self._tabs.bar.setCurrentIndex(0 if part is self.decisions else 1)
        part.setFocus()

    def refresh(self, changes: Changes) -> None:
        if changes.kinds & CARES:
            self._reload()

    def _reload(self) -> None:
        for part in (self.decisions, self.overview):
            if part:
                part.reload()

    def _content(self) -> QWidget:
        if self.decisions and self.overview:
            self.first = self.decisions
            parts = {tr("To decide"): self.decisions, tr("The year"): self.overview}
            self._tabs = Tabs(tr("Grading"), parts)
            return self._tabs
        only = self.decisions or self.overview
        if only:
            self.first = only
            return only
        return EmptyState(
            "scale", tr("Heads decide about grades here, and personnel officers submit them. You do neither.")
        )
