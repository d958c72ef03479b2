"""Leads (线索): which at the left, the one chosen beside it with what is to be done next."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.commands.changes import Changes, Kind
from app.context import AppContext
from app.errors import NotFound, UserError
from app.permissions import Permission
from app.queries.lead_choices import LeadChoices, lead_choices
from app.queries.lead_list import LeadFilter, LeadOrder, Which, lead_ids, lead_lines
from app.queries.leads import LeadView, lead_view
from app.words import ntr, tr
from models.types import Channel, Day, Uid
from ui import messages, tasks, theme
from ui.fields import ChoiceField
from ui.page import Page, Place
from ui.pages.leads.columns import columns
from ui.pages.leads.detail import LeadDetail
from ui.pages.leads.form import CHANNELS, RegisterDialog
from ui.pages.leads.promises import show_promises
from ui.tables.columns import sorting
from ui.tables.row_model import Ids, RowModel
from ui.tables.table import Table
from ui.widgets import EmptyState, action_button, label, rule

NEW = "new"
_PAUSE = 120
"""Milliseconds without a key before the office is asked."""
_MOVED = {Kind.LEADS, Kind.ENTRIES, Kind.PEOPLE, Kind.DEPARTMENTS, Kind.CALENDARS}


DETAIL = 440


class LeadsPage(Page):
    """Place("leads", (which,)) of ``Which``; (uid,) stands on one; ("new", staff_no) opens the form."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._keeps = context.actor.may(Permission.KEEP_FILES)
        self._choices: LeadChoices | None = None
        self._view: LeadView | None = None
        self._standing, self._about = Uid(""), ""
        self._registers = False
        self.setWindowTitle(tr("Leads"))
        self.which, self.channel = ChoiceField(Which), ChoiceField(CHANNELS, tr("All channels"))
        self.channel.setMinimumContentsLength(7)
        self.search, self.count = QLineEdit(), label("…")
        self._columns = columns(self._today)
        self.model = RowModel(self._columns, lambda ids: context.ask(lead_lines, ids), self)
        self.table = Table(self.model, "leads")
        self.detail = LeadDetail(context)
        self.form = RegisterDialog(context, self)
        self._make_actions()
        self._lay_out()
        self._connect()
        if not self._keeps:
            self.which.choose(Which.MINE)
        self.first = self.table
        self._ask_choices()
        self._ask()

    def show_place(self, place: Place) -> None:
        """Show which leads, one of them, or the form."""
        first, about = (*place.args, "", "")[:2]
        if first == NEW:
            self._register(str(about))
        elif first in list(Which):
            self.which.choose(first)
            self._ask()
        elif first:
            self._stand_on(Uid(str(first)))

    def refresh(self, changes: Changes) -> None:
        """Other leads, or the same in another standing."""
        if changes.kinds & _MOVED:
            self._ask_choices()
            self._ask_again()

    # Asking

    def _today(self) -> Day:
        return self._choices.today if self._choices else Day(0)

    def _ask_choices(self) -> None:
        tasks.read(self, partial(self._context.ask, lead_choices), self._on_choices, key="choices")

    def _on_choices(self, choices: LeadChoices) -> None:
        self._choices = choices
        self.model.refetch()  # what is overdue is marked by the day
        if self._view:
            self._on_view(self._view)
        if self._registers:
            self._register(self._about)

    def _filter(self) -> LeadFilter:
        key, descending = sorting(self.table, self._columns) or (LeadOrder.RECEIVED, True)
        channel = self.channel.chosen()
        return LeadFilter(
            Which(self.which.chosen()),
            self.search.text().strip(),
            Channel(channel) if channel else None,
            order=LeadOrder(key),
            descending=descending,
        )

    def _ask(self) -> None:
        self._pause.stop()
        wanted = self._filter()
        ask = partial(self._context.ask, lead_ids, wanted)
        tasks.read(self, ask, partial(self._on_ids, wanted), key="ids")

    def _ask_again(self) -> None:
        """After something changed: what is looked at stays, also where it left the list."""
        if self._standing:
            self._stand_on(self._standing)
            return
        if self._view is None:
            self._ask()
            return
        ask = partial(_find, self._context, self._view.row.uid, self._filter())
        tasks.read(self, ask, self._on_found, key="ids")

    def _on_ids(self, wanted: LeadFilter, ids: Ids) -> None:
        self._show_list(wanted, ids)
        if not ids:
            self._view = None
            self.detail.say_nothing()
        elif self.table.current_id() is None:
            self.table.selectRow(0)
        else:
            self._look()

    def _show_list(self, wanted: LeadFilter, ids: Ids) -> None:
        if ids == self.model.ids:
            self.model.refetch()
        else:
            self.table.replace(ids)
        self.count.setText(ntr("{n} lead", "{n} leads", len(ids)).format(n=len(ids)))
        if ids:
            self._stack.setCurrentIndex(0)
        else:
            self._say_none(wanted)

    # One of them

    def _stand_on(self, uid: Uid) -> None:
        """Show a lead in the list, or among all leads where it does not stand in it."""
        self._standing = uid  # until it is found, whatever changes meanwhile
        ask = partial(_find, self._context, uid, self._filter(), surely=True)
        tasks.read(self, ask, self._on_stand, self._on_refused, key="ids")

    def _on_stand(self, found: "_Found") -> None:
        self._standing = Uid("")
        self.which.choose(found.wanted.which)
        self.channel.choose(found.wanted.channel or "")
        self.search.setText(found.wanted.text)
        self._on_found(found)
        self.detail.begin()

    def _on_found(self, found: "_Found") -> None:
        """The list, and the lead that is looked at, which may have left the list meanwhile."""
        self._show_list(found.wanted, found.ids)
        if found.view is None:
            self._on_ids(found.wanted, found.ids)
            return
        if found.view.id in found.ids:
            self.table.choose([found.view.id], found.view.id)
        else:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.table.rootIndex())
        self._on_view(found.view)

    def _look(self) -> None:
        key = self.table.current_id()
        if key is not None:
            tasks.read(self, partial(_read, self._context, key), self._on_view, self._on_refused, key="view")

    def _on_view(self, view: LeadView) -> None:
        self._view = view
        if self._choices:
            self.detail.put_view(view, self._choices)

    def _on_refused(self, refusal: UserError) -> None:
        self._view, self._standing = None, Uid("")
        self.detail.say_nothing()
        messages.say(self, "refusal", refusal.sentence)

    # Acting

    def _register(self, staff_no: str) -> None:
        self._about, self._registers = staff_no, self._choices is None
        if self._choices and self._keeps:
            self.form.begin(self._choices, staff_no)

    def _on_registered(self, uid: Uid) -> None:
        go = partial(self._stand_on, uid)
        messages.say(self, "ok", tr("The lead is registered."), messages.Action(tr("Look at it"), go))

    def _promises(self) -> None:
        if self._choices:
            show_promises(self, self._context, self._choices)

    def _leave(self) -> None:
        """From the detail to the list; from there the filter is cleared."""
        if self.detail.isAncestorOf(self.focusWidget()):
            self.table.setFocus()
        elif self._filter().active:
            self.search.clear()
            self.channel.choose("")
            self._ask()
            self.table.setFocus()

    def _make_actions(self) -> None:
        why_not = "" if self._keeps else tr("Only who keeps files registers leads.")
        self.register = self._action(tr("Register a lead…"), "Ctrl+N", partial(self._register, ""), why_not)
        self.promises = self._action(tr("Promises and handovers…"), "", self._promises, why_not)
        self.leave = self._action(tr("Back to the list"), "Esc", self._leave)
        self._action(tr("Search this list"), "Ctrl+F", lambda: self.search.setFocus())

    def _action(self, text: str, keys: str, do: Callable[[], object], why_not: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(why_not or text.rstrip("…") + (f" ({keys})" if keys else ""))
        action.setEnabled(not why_not)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.search.textEdited.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self._ask)
        self.which.activated.connect(lambda _: self._ask())
        self.channel.activated.connect(lambda _: self._ask())
        self.table.sort_wanted.connect(lambda *_: self._ask())
        self.table.chosen.connect(self._look)
        self.table.opened.connect(lambda _: self.detail.begin())
        self.detail.place_wanted.connect(self.place_wanted)
        self.detail.moved.connect(self._stand_on)
        self.form.registered.connect(self._on_registered)

    def _lay_out(self) -> None:
        self.table.setAccessibleName(tr("Leads"))
        self.which.setAccessibleName(tr("Which leads"))
        self.channel.setAccessibleName(tr("Channel"))
        self.search.setAccessibleName(tr("Search this list"))
        self.search.setPlaceholderText(tr("Name, staff number, work order, words of the matter"))
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addWidget(rule())
        self._stack = QStackedWidget(left)
        self._stack.addWidget(self.table)
        column.addWidget(self._stack)
        parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.addWidget(left)
        parts.addWidget(self.detail)
        parts.setCollapsible(0, False)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizes([720, DETAIL])
        self.detail.setMinimumWidth(DETAIL)  # its acts stand side by side, in English too
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(parts)

    def _bar(self) -> QVBoxLayout:
        above, below = QHBoxLayout(), QHBoxLayout()
        for row in (above, below):
            row.setSpacing(theme.S)
        above.addWidget(self.search, 1)
        above.addWidget(action_button(self.register))
        for widget in (self.which, self.channel, self.count):
            below.addWidget(widget)
        below.addStretch()
        below.addWidget(action_button(self.promises, "flat"))
        bar = QVBoxLayout()
        bar.setContentsMargins(theme.M, theme.M, theme.M, theme.S)
        bar.setSpacing(theme.S)
        bar.addLayout(above)
        bar.addLayout(below)
        return bar

    def _say_none(self, wanted: LeadFilter) -> None:
        if old := self._stack.widget(1):
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(self._stack.addWidget(self._none(wanted)))

    def _none(self, wanted: LeadFilter) -> EmptyState:
        if wanted.active:
            return EmptyState("list-filter", tr("No lead is found by this filter."), parent=self)
        if wanted.which is not Which.EVERY or not self._keeps:
            sentence = tr("Nothing is here. Leads in hand, overdue or to be followed up stand here.")
            return EmptyState("circle-check", sentence, parent=self)
        sentence = tr(
            "No lead is registered yet. Complaints and reports on service stand here until settled."
        )
        return EmptyState("flag", sentence, tr("Register a lead…"), self.register.trigger, self)


class _Found(NamedTuple):
    """The list, and one lead, in it or not; None where it is gone."""

    wanted: LeadFilter
    ids: Ids
    view: LeadView | None


def _find(context: AppContext, uid: Uid, wanted: LeadFilter, *, surely: bool = False) -> _Found:
    """On a worker. ``surely``: in a list in which the lead stands; raises NotFound where it is gone."""
    ids = context.ask(lead_ids, wanted)
    try:
        view = context.ask(lead_view, uid)
    except NotFound:
        if surely:
            raise
        return _Found(wanted, ids, None)
    if surely and view.id not in ids:
        wanted = replace(wanted, which=Which.EVERY, text="", channel=None)
        ids = context.ask(lead_ids, wanted)
    return _Found(wanted, ids, view)


def _read(context: AppContext, key: int) -> LeadView:
    """On a worker: the lead of a row."""
    return context.ask(lead_view, context.ask(lead_lines, [key])[key].uid)
