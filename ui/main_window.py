"""The frame: navigation left, search and identity above, the page, messages and jobs beneath it.

It knows no page: the composition root hands it the rail and a way to build each page.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.commands.changes import Changes
from app.words import listed, tr
from ui import bus, icons, tasks, theme
from ui.dialogs.confirm import Act, confirm
from ui.jobs import JobsStrip
from ui.memory import recall, remember
from ui.messages import Banner
from ui.page import History, Page, Pages, Place
from ui.rail import Rail, RailItem
from ui.search_box import Find, Hit, SearchBox
from ui.shortcuts import actions_of, show_shortcuts
from ui.widgets import Elided, IconLabel, rule

_NO_BOUND = 16777215  # Qt's own greatest height of a widget


class MainWindow(QMainWindow):
    """The one window. The desk remembers its size and the state of the rail."""

    def __init__(
        self,
        rail: Sequence[RailItem],
        pages: Pages,
        find: Find | None = None,
    ) -> None:
        super().__init__()
        self._items, self._build = rail, pages
        self._pages: dict[str, Page] = {}
        self._missed: dict[str, Changes] = {}
        self._history = History()
        self._icons: dict[QAction, str] = {}
        self._closing = False
        self._then: Callable[[], object] = _nothing
        self.setMinimumSize(960, 600)
        self._rail = Rail(rail, self)
        self._rail.wanted.connect(lambda page: self.go(Place(page)))
        self._stack = QStackedWidget(self)
        theme.mark(self._stack, "surface", "page")
        self.banner = Banner(self)
        self._make_actions()
        self.search = SearchBox(self._commands, self)
        self.search.finder = find
        self._lay_out()
        bus.changed.connect(self._on_changed)
        self._recall_shape()

    # Places

    def go(self, place: Place) -> None:
        """Show a place and remember the way. KeyError where there is no such page."""
        self._page(place.page)  # a page that cannot be built leaves the window where it is
        self._history.go(place)
        self._show(place)

    def here(self) -> Place | None:
        """The place shown."""
        return self._history.places[self._history.at] if self._history.places else None

    def page(self, name: str) -> Page | None:
        """A page, if it was ever gone to."""
        return self._pages.get(name)

    def set_badge(self, page: str, number: int) -> None:
        """Say in the rail how much waits on a page, built or not."""
        self._rail.set_badge(page, number)

    def show_identity(self, office: str, account: str, role: str) -> None:
        """Who works where, at the top right."""
        self._office.setText(office)
        self._account.setText(f"{account} · {role}")
        self._account.setAccessibleName(tr("Account: {name}, {role}").format(name=account, role=role))

    def show_connection(self, words: str, reachable: bool) -> None:
        """How the office is reached; in amber with another icon while it is not."""
        self._link.show_icon("shield-check" if reachable else "unplug", "muted" if reachable else "dispute")
        self._link.setToolTip(words)
        self._link.setAccessibleName(words)

    def _step(self, by: int) -> None:
        if place := self._history.step(by):
            self._show(place)

    def _show(self, place: Place) -> None:
        page = self._page(place.page)
        if page is not self._stack.currentWidget():
            self.banner.leave_page()
            self._last.clear()
        had = page.focusWidget()  # asked before the stack gives it to whatever comes first in the page
        self._stack.setCurrentWidget(page)
        (had or page).setFocus(Qt.FocusReason.OtherFocusReason)  # a place may give it to something else
        if missed := self._missed.pop(place.page, None):
            page.refresh(missed)
        page.show_place(place)
        if not page.isAncestorOf(self.focusWidget()):  # what had it is hidden or greyed by now
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rail.show_page(place.page)
        self._on_title()
        self.back.setEnabled(self._history.can(-1))
        self.forward.setEnabled(self._history.can(1))

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            page = self._pages[name] = self._build[name]()
            self._stack.addWidget(page)
            page.place_wanted.connect(self.go)
            page.badge.connect(lambda number: self.set_badge(name, number))
            page.windowTitleChanged.connect(self._on_title)
        return self._pages[name]

    def _on_title(self) -> None:
        page = self._stack.currentWidget()
        parts = (page.windowTitle() if page else "", tr("Integrity files"))
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def _on_changed(self, changes: Changes) -> None:
        for name, page in self._pages.items():
            if page is self._stack.currentWidget():
                page.refresh(changes)
            else:
                self._missed[name] = self._missed.get(name, Changes()) | changes

    # What it is made of

    def _make_actions(self) -> None:
        self.back = self._action(tr("Back"), "Alt+Left", "arrow-left", lambda: self._step(-1))
        self.forward = self._action(tr("Forward"), "Alt+Right", "arrow-right", lambda: self._step(1))
        self.narrow = self._action(tr("Navigation with or without words"), "Ctrl+B", "panel-left", self._fold)
        self._action(tr("Search"), "Ctrl+K", "search", lambda: self.search.begin())
        self._action(tr("Keyboard shortcuts"), "F1", "keyboard", self._show_shortcuts)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        for number, item in enumerate(self._items[:9], start=1):
            self._action(tr(item.title), f"Ctrl+{number}", item.icon, partial(self.go, Place(item.page)))

    def _action(self, text: str, keys: str, icon: str, do: Callable[[], object]) -> QAction:
        action = QAction(icons.icon(icon), text, self)
        action.setShortcut(keys)
        action.setToolTip(f"{text} ({keys})")
        self._icons[action] = icon
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _commands(self) -> list[Hit]:
        """What can be done now: here on the page, in the frame, in the menu of the account."""
        page = self._stack.currentWidget()
        here = [(action.text(), action) for action in (actions_of(page) if page else ())]
        frame = [(action.text(), action) for action, icon in self._icons.items() if icon != "search"]
        return [
            Hit(
                text.replace("&", ""),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                self._icons.get(action, "chevron-right"),
                action.trigger,
            )
            for text, action in (*here, *frame, *_in_menu(self.account_menu))
            if action.isEnabled()
        ]

    def _lay_out(self) -> None:
        middle = QWidget(self)
        grid = QGridLayout(middle)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self._rail, 0, 0, 5, 1)
        grid.addWidget(rule(vertical=True), 0, 1, 5, 1)
        for row, widget in enumerate((self._top_bar(), rule(), self._stack, rule(), self._status_strip())):
            grid.addWidget(widget, row, 2)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(2, 1)
        self.setCentralWidget(middle)

    def _top_bar(self) -> QFrame:
        self._link = IconLabel("shield-check", "muted")
        self._office = Elided()
        self._office.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._account = QToolButton()
        self._account.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._account.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.account_menu = QMenu(self._account)
        self._account.setMenu(self.account_menu)
        self.search.setMaximumWidth(460)
        bar, row = _bar(48)
        for action in (self.narrow, self.back, self.forward):
            row.addWidget(_button(action))
        row.addSpacing(theme.S)
        row.addWidget(self.search, 4)
        row.addStretch(1)
        for widget in (self._link, self._office, self._account):
            row.addWidget(widget)
        return bar

    def _status_strip(self) -> QFrame:
        """Where messages come and go: of one line, as nearly all are, they move nothing."""
        self._last = Elided()
        self._last.setContentsMargins(theme.S, 0, 0, 0)
        theme.mark(self._last, "look", "small")
        self.banner.begun.connect(self._last.hide)
        self.banner.said.connect(self._on_said)
        bar, row = _bar(36)
        bar.setMaximumHeight(_NO_BOUND)
        row.setContentsMargins(theme.XS, 2, theme.M, 2)
        for widget in (self._last, self.banner):
            row.addWidget(widget, 1)
        row.addWidget(JobsStrip(bar))
        return bar

    def _on_said(self, sentence: str) -> None:
        self._last.setText(" ".join(sentence.splitlines()))
        self._last.show()

    def _fold(self) -> None:
        self._rail.collapse(not self._rail.collapsed)
        remember("window/rail", "narrow" if self._rail.collapsed else "")

    def _show_shortcuts(self) -> None:
        show_shortcuts(self, self._stack.currentWidget())

    # Its shape, and its end

    def _recall_shape(self) -> None:
        self.resize(1280, 720)
        shape = recall("window/shape")
        self.restoreGeometry(QByteArray.fromBase64(QByteArray(shape.encode())))
        self._rail.collapse(recall("window/rail") == "narrow")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when nothing is unwritten; ask before something is lost or a job is stopped."""
        unsaved = [sentence for page in self._pages.values() if (sentence := page.unsaved())]
        if (unsaved or tasks.jobs()) and not self._closing:
            event.ignore()
            self._ask_to_close(unsaved)
            return
        if not tasks.wait_for_writes():
            event.ignore()
            return
        remember("window/shape", self.saveGeometry().toBase64().toStdString())
        super().closeEvent(event)

    def leave(self, then: Callable[[], object], sure: bool = False) -> None:
        """Close, and then do something; unless ``sure``, ask before something is lost or stopped."""
        self._then, self._closing = then, sure
        if self.close():
            then()
        self._then, self._closing = _nothing, False

    def _ask_to_close(self, unsaved: Sequence[str]) -> None:
        titles = listed(job.title for job in tasks.jobs())
        running = [tr("Still running: {titles}").format(titles=titles)] if titles else []
        act = Act(
            tr("Discard and close") if unsaved else tr("Stop it and close"),
            partial(self.leave, self._then, sure=True),
            danger=True,
        )
        confirm(self, tr("Close the window now?"), "\n".join((*unsaved, *running)), act)


def _nothing() -> None:
    """Nothing follows when the window is closed by itself."""


def _bar(height: int) -> tuple[QFrame, QHBoxLayout]:
    bar = QFrame()
    theme.mark(bar, "surface", "bar")
    bar.setFixedHeight(height)
    row = QHBoxLayout(bar)
    row.setContentsMargins(theme.M, 0, theme.M, 0)
    row.setSpacing(theme.S)
    return bar, row


def _in_menu(menu: QMenu, above: str = "") -> Iterator[tuple[str, QAction]]:
    """The words and actions of a menu and those below it, which are named after it."""
    # Not QAction.menu(): with Qt 6.8 what it gives takes the menu along when it is collected.
    below = {one.menuAction(): one for one in menu.findChildren(QMenu)}
    for action in menu.actions():
        if action in below:
            yield from _in_menu(below[action], action.text())
        elif action.text():
            named = tr("{menu}: {choice}").format(menu=above, choice=action.text())
            yield named if above else action.text(), action


def _button(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(action.text())
    return made
