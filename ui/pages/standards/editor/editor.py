"""The editor of a standard: its parts behind tabs, the checks beside them, what is done with the whole."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.context import AppContext
from app.queries.drafts import OpenDraft
from app.standards.draft_check import Seen, look_through
from app.standards.drafts import text_in
from app.standards.toml_text import Path
from app.words import in_use, tr
from models.types import Day, Moment, local_time
from ui import icons, tasks, theme
from ui.pages.standards.editor.bands_tab import BandsTab
from ui.pages.standards.editor.checks import ChecksPane
from ui.pages.standards.editor.examples_tab import ExamplesTab
from ui.pages.standards.editor.items_tab import ItemsTab
from ui.pages.standards.editor.opened import OpenedDraft
from ui.pages.standards.editor.part import EditorPart
from ui.pages.standards.editor.rules_tab import RulesTab
from ui.pages.standards.editor.text_tab import TextTab
from ui.widgets import Elided, Tabs, button, label

CHECK_AFTER = 300
"""Milliseconds of rest before a draft is looked through."""
TEXT = 4
"""Place of the tab with the text: the only one that a broken text can be mended in."""


class Editor(QWidget):
    """One draft at a time."""

    publish_wanted = Signal()
    copied = Signal(str)
    """What was written after a conflict is kept as a draft of its own, with this uid."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.opened: OpenedDraft | None = None
        self.seen: Seen | None = None
        self._today = Day(0)
        self.checks = ChecksPane()
        self.checks.wanted.connect(lambda place: self.go(*place))
        self.items, self.bands, self.rules = ItemsTab(), BandsTab(), RulesTab()
        self.examples, self.text = ExamplesTab(), TextTab()
        self.parts: tuple[EditorPart, ...] = (self.items, self.bands, self.rules, self.examples, self.text)
        self._stale: set[EditorPart] = set()
        self._timer = QTimer(self, singleShot=True, interval=CHECK_AFTER)
        self._timer.timeout.connect(self._look_through)
        self._lay_out()

    # Opening

    def open(self, found: OpenDraft, today: Day) -> None:
        """Show another draft; what was open is saved."""
        self.close_draft()
        self._today, self.seen = today, None
        self.opened = opened = OpenedDraft(self._context, found, self)
        opened.changed.connect(self._on_changed)
        opened.state_changed.connect(self._on_state)
        for part in self.parts:
            part.opened, part.seen = opened, None
        self.tabs.bar.setCurrentIndex(TEXT if opened.broken else 0)
        self._show()
        self._on_state()
        self._look_through()

    def close_draft(self) -> None:
        """Save what is open and let go of it."""
        if self.opened:
            self.commit()
            self.opened.changed.disconnect(self._on_changed)
            self.opened.state_changed.disconnect(self._on_state)
            self.opened.leave()
            self.opened = None

    def commit(self) -> None:
        """Take in what is being typed: in a cell, and in the text."""
        if (focus := QApplication.focusWidget()) and self.isAncestorOf(focus):
            self.tabs.bar.setFocus()
        self.text.flush()

    # Showing

    def _on_changed(self) -> None:
        self._show()
        self._timer.start()

    def _show(self) -> None:
        """The part in view now, the others when they are gone to."""
        self._stale = set(self.parts)
        self._show_part()
        self._show_head()

    def _show_part(self) -> None:
        part = self.parts[self.tabs.bar.currentIndex()]
        if part in self._stale and self.opened:
            self._stale.discard(part)
            part.show_draft()
            if self.seen:
                part.show_seen(self.seen)

    def _look_through(self) -> None:
        if self.opened:
            look = partial(look_through, self.opened.text, self._today)
            tasks.read(self, look, self._on_seen, key="checks")

    def _on_seen(self, seen: Seen) -> None:
        if not self.opened or seen.text != self.opened.text:
            return
        self.seen = seen
        self.checks.show_seen(seen)
        for part in self.parts:
            part.seen = seen
        self.parts[self.tabs.bar.currentIndex()].show_seen(seen)
        self._may_publish()

    def go(self, path: Path, line: int) -> None:
        """Go to a place: its tab, its row, its field."""
        broken = self.opened is not None and self.opened.broken
        parts = {"items": 0, "bands": 1, "examples": 3, "format": TEXT}
        where = parts.get(str(path[0]), 2) if path and not broken else TEXT
        self.tabs.bar.setCurrentIndex(where)
        self.parts[where].go(path, line)

    def go_to(self, number: int) -> None:
        """A part, with the keyboard on what comes first in it."""
        if self.tabs.bar.isTabEnabled(number):
            self.tabs.bar.setCurrentIndex(number)
            self.parts[number].begin()

    def _undo(self) -> None:
        if self.opened:
            self.text.flush()
            self.opened.undo()

    def _redo(self) -> None:
        if self.opened:
            self.opened.redo()

    def _keep_mine(self) -> None:
        if self.opened:
            self.opened.keep_as_another(self.copied.emit)

    # Tab

    def chain(self) -> list[QWidget]:
        """What Tab goes through, in the order of reading: the checks come after the part in view."""
        part = self.parts[self.tabs.bar.currentIndex()]
        all_ = (*self._acts, self.tabs.bar, *part.chain(), self.checks.list)
        return [one for one in all_ if one.isVisible() and one.isEnabled()]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Forms come and go, and Qt would put what is new at the end."""
        chain, place = self.chain(), QApplication.focusWidget()
        while place is not None and place not in chain:
            place = place.parentWidget() if place is not self else None
        if place is None:
            return super().focusNextPrevChild(forward)
        at = chain.index(place) + (1 if forward else -1)
        following = chain[at] if 0 <= at < len(chain) else self._beside(forward)
        following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def _beside(self, forward: bool) -> QWidget:
        """What comes after the editor, or before it."""
        one: QWidget = self
        for _ in self.window().findChildren(QWidget):  # never more steps than there are widgets
            one = (one.nextInFocusChain() if forward else one.previousInFocusChain()) or self
            wanted = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
            if wanted and not self.isAncestorOf(one):
                break
        return one

    # The head

    def _show_head(self) -> None:
        opened = self.opened
        if not opened:
            return
        content = opened.draft.content
        self.title.setText(text_in(content.get("title"), in_use()) or tr("Without a title"))
        self.undo.setEnabled(opened.can_undo())
        self.redo.setEnabled(opened.can_redo())
        for number in range(TEXT):
            self.tabs.bar.setTabEnabled(number, not opened.broken)
            self.parts[number].setEnabled(not opened.broken)
        self.broken.setVisible(opened.broken)

    def _on_state(self) -> None:
        opened = self.opened
        if not opened:
            return
        edition = opened.draft.content.get("edition", "")
        words = {
            "saved": tr("saved {time}").format(time=_clock(Moment(opened.saved_at))),
            "changed": tr("being saved"),
            "conflict": tr("not saved"),
            "gone": tr("not saved"),
        }[opened.state]
        if opened.broken and opened.state == "changed":
            words = tr("not saved until it can be read")
        parts = (tr("Draft"), tr("edition {n}").format(n=edition), words)
        self.beneath.setText(" · ".join(parts))
        self.notice.setVisible(opened.state in ("conflict", "gone"))
        self.notice_text.setText(
            tr("Someone else changed this draft meanwhile; what you wrote is still here.")
            if opened.state == "conflict"
            else tr("This draft was published or discarded meanwhile; what you wrote is still here.")
        )
        self.theirs.setVisible(opened.state == "conflict")
        self._may_publish()

    def _may_publish(self) -> None:
        seen, opened = self.seen, self.opened
        good = bool(seen and seen.scheme and not any(ran.misses for ran in seen.ran))
        kept = bool(opened and opened.state in ("saved", "changed"))
        self.publish.setEnabled(good and kept and bool(opened and seen and seen.text == opened.text))
        first = tr("Put right what stands at the right first; then it can be published.")
        other = tr("Somebody else changed or discarded this draft. Keep yours as a draft of its own first.")
        self.publish.setToolTip(first if not good else "" if kept else other)

    # What it is made of

    def _lay_out(self) -> None:
        self.tabs = Tabs(
            tr("Parts of the standard"),
            {
                tr("Items"): self.items,
                tr("Grades"): self.bands,
                tr("Rules"): self.rules,
                tr("Examples"): self.examples,
                tr("Text"): self.text,
            },
        )
        self.tabs.bar.currentChanged.connect(lambda _: self._show_part())
        sides = QSplitter()
        sides.addWidget(self.tabs)
        sides.addWidget(self.checks)
        sides.setChildrenCollapsible(False)
        sides.setStretchFactor(0, 1)
        sides.setSizes([700, 250])
        self.checks.setMinimumWidth(200)
        self.broken = _bar(
            tr("The text cannot be read; mend it here, or undo. Until then the other parts are closed.")
        )
        self.notice, self.theirs = self._notice(), self._theirs
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        for bar in (self.notice, self.broken):
            bar.hide()
            column.addWidget(bar)
        column.addWidget(sides, 1)
        self._number_keys()

    def _head(self) -> QHBoxLayout:
        self.title, self.beneath = Elided(), Elided()
        theme.mark(self.title, "look", "title")
        theme.mark(self.beneath, "look", "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.beneath)
        self.undo = self._tool(tr("Undo"), "Ctrl+Z", "undo-2", self._undo)
        self.redo = self._tool(tr("Redo"), "Ctrl+Y", "redo-2", self._redo)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(theme.XS)
        self.menu = QMenu(self)
        more = button(tr("More"), "flat")
        more.setMenu(self.menu)
        self.publish = button(tr("Publish…"), "primary")
        self.publish.clicked.connect(self.publish_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(theme.L, theme.S, theme.M, theme.S)
        row.setSpacing(theme.XS)
        row.addLayout(words, 1)
        self._acts = (self.undo, self.redo, more, self.publish)
        for one in (self.undo, self.redo):
            row.addWidget(one)
        row.addLayout(self.acts)
        row.addWidget(more)
        row.addWidget(self.publish)
        return row

    def _tool(self, words: str, keys: str, icon: str, do: Callable[[], object]) -> QToolButton:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        made = QToolButton()
        made.setIcon(icons.icon(icon))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(words)
        made.setToolTip(f"{words} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        made.clicked.connect(lambda: do())
        return made

    def _number_keys(self) -> None:
        """Alt and a digit goes to a part."""
        for number in range(len(self.parts)):
            action = QAction(self.tabs.bar.tabText(number), self)
            action.setShortcut(QKeySequence(f"Alt+{number + 1}"))
            action.triggered.connect(lambda _=False, number=number: self.go_to(number))
            self.addAction(action)

    def _notice(self) -> QFrame:
        bar = _bar("")
        self.notice_text = bar.words
        own = button(tr("Keep mine as another draft"))
        own.clicked.connect(self._keep_mine)
        self._theirs = button(tr("Show the other one"))
        bar.row.addWidget(own)
        bar.row.addWidget(self._theirs)
        return bar


class _Bar(QFrame):
    """A sentence across the editor."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        theme.mark(self, "banner", "dispute")
        self.words = label(sentence)
        self.words.setWordWrap(True)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.M, theme.XS, theme.M, theme.XS)
        self.row.addWidget(self.words, 1)


def _bar(sentence: str) -> _Bar:
    return _Bar(sentence)


def _clock(moment: Moment) -> str:
    return f"{local_time(moment):%H:%M}"
